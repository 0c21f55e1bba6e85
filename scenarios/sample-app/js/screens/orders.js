// The person's orders.

import { h, yuan } from '../dom.js';
import { get, productList, whoAmI } from '../api.js';
import { productName } from '../oddities.js';
import { say } from '../variants.js';
import { signedOut } from './privacy.js';

const STATES = [['all', say('全部', 'All')], ['unpaid', say('待付款', 'To pay')], ['packing', say('待发货', 'Packing')], ['sent', say('待收货', 'On its way')]];

export async function ordersScreen(state = 'all') {
  const title = say('我的订单', 'My orders');
  if (!await whoAmI()) return signedOut(title);
  const products = await productList();
  // Nothing is ever really paid here, so every order is still to be paid.
  const orders = ['all', 'unpaid'].includes(state) ? await get('orders') : [];
  const names = (order) => order.lines.map(({ product, count }) => `${productName(products.find((each) => each.id === product))} × ${count}`).join('，');
  return {
    title,
    body: [
      h('div', { class: 'filter' }, STATES.map(([name, label]) => h('a', { class: `filter-item ${name === state ? 'is-here' : ''}`, href: `#/orders/${name}`, text: label }))),
      orders.length === 0 ? h('p', { class: 'empty', text: say('没有相关订单', 'No orders') }) : null,
      ...orders.map((order) => h('section', { class: 'sheet' },
        h('p', { class: 'address-name', text: say(`订单 ${order.id} · 待付款`, `Order ${order.id} · to pay`) }),
        h('p', { class: 'product-note', text: names(order) }),
        h('p', { class: 'price', text: yuan(order.total) }))),
    ],
  };
}
