// The person's own page.

import { group, h, row } from '../dom.js';
import { get, whoAmI } from '../api.js';
import { guestName } from '../oddities.js';
import { icon } from '../pictures.js';
import { guestOnly, is, say } from '../variants.js';

const STATES = [
  ['unpaid', 'pay', say('待付款', 'To pay')],
  ['packing', 'box', say('待发货', 'Packing')],
  ['sent', 'truck', say('待收货', 'On its way')],
  ['all', 'list', say('全部订单', 'All orders')],
];

export async function meScreen() {
  const phone = await whoAmI();
  const name = phone ? (await get('profile')).nickname || `${phone.slice(0, 3)}****${phone.slice(-4)}` : guestName();
  const line = phone ? say('查看和编辑个人资料', 'See and edit your profile') : guestOnly ? say('订单保存在本机', 'Your orders stay on this phone') : say('登录后查看订单和优惠', 'Log in to see your orders');
  return {
    title: say('我的', 'Me'), tab: 'me', back: false,
    body: [
      h('a', { class: 'person', href: phone ? '#/profile' : guestOnly ? '#/me' : '#/login' },
        h('span', { class: 'person-face' }, icon('me')),
        h('span', { class: 'person-words' }, h('span', { class: 'person-name', text: name }), h('span', { class: 'person-line', text: line })),
        h('span', { class: 'row-more', 'aria-hidden': 'true' })),
      h('div', { class: 'states' }, STATES.map(([state, drawing, label]) =>
        h('a', { class: 'state', href: `#/orders/${state}` }, icon(drawing), h('span', { text: label })))),
      group(row(say('我的订单', 'My orders'), '#/orders'), row(say('收货地址', 'Addresses'), '#/addresses'), row(say('购物车', 'Cart'), '#/cart')),
      is('2.3', 'identity', 'identity-stated') ? group(row(say('实名认证', 'Verify identity'), '#/identity')) : null,
      group(row(say('帮助与客服', 'Help'), '#/help'), row(say('设置', 'Settings'), '#/settings')),
    ],
  };
}
