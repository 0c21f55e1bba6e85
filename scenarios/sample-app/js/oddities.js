// What makes some apps hard to drive (odd=…). None of it says anything about personal information.

import { h } from './dom.js';
import { guestOnly, is, say } from './variants.js';

/** Texts that break programs which trust texts. */
const HOSTILE = [
  '</script><img src=x onerror=alert(1)>',
  ']]></title><!--',
  '\u001b[31m红色\u001b[2J\u001b]0;owned\u0007',
  '\u202E倒着写的字\u202C \u2066嵌套\u2069',
  '空\u0000字\u0001符\u200b\ufeff\uFFFE',
  '../../etc/passwd',
  '{{7*7}} ${HOME} $(id) %n%s',
  '"引号\' \\反斜杠\\ \r\n换行 & &amp;',
];

/** A product's name, or a hostile text in its place. */
export const productName = (product) =>
  is('odd', 'hostile') && product.id <= HOSTILE.length ? HOSTILE[product.id - 1] : say(product.name, product.en);

/** The name shown to a guest. */
export const guestName = () => (is('odd', 'hostile') ? '../../etc' : guestOnly ? say('游客', 'Guest') : say('登录 / 注册', 'Log in / Register'));

/** A line of 100 kB, cut off by style. */
export const longLine = () =>
  is('odd', 'hostile') ? h('p', { class: 'long-line', text: '很长的一行'.repeat(6_700) }) : null;

/** 50,000 nodes below everything else on the home screen. */
export function hugeList() {
  if (!is('odd', 'huge')) return null;
  const list = h('div', { class: 'huge' });
  for (let number = 1; number <= 25_000; number += 1) {
    const line = document.createElement('p');
    const text = document.createElement('span');
    text.textContent = say(`第 ${number} 号农户，已入驻`, `Farm no. ${number}`);
    line.append(text);
    list.append(line);
  }
  return list;
}

/** Words that change while the structure stays: [clock, sales, advert], each an element already on the screen. */
export function changeWords(clock, sales, advert) {
  if (!is('odd', 'counter')) return;
  const adverts = say(['新米上市', '满99减10', '今日包邮', '限量礼盒'], ['New rice', '10 off 99', 'Free postage', 'Gift boxes']);
  let turn = 0;
  const timer = setInterval(() => {
    if (!clock.isConnected) return clearInterval(timer);
    turn += 1;
    const left = 36_000 - turn;
    const two = (part) => String(Math.floor(part) % 60).padStart(2, '0');
    clock.textContent = `${two(left / 3600)}:${two(left / 60)}:${two(left)}.${turn % 10}`;
    sales.textContent = say(`今日已售 ${8_000 + turn * 3} 件`, `${8_000 + turn * 3} sold today`);
    advert.textContent = adverts[turn % adverts.length];
  }, 200);
}

/** Nodes that come and go on every screen, and a request that never ends. */
export function neverSettle() {
  if (!is('odd', 'never-settles')) return;
  const feed = h('div', { class: 'feed', 'aria-hidden': 'true' });
  document.body.append(feed);
  let turn = 0;
  setInterval(() => {
    turn += 1;
    feed.append(h('span', { class: 'feed-item', text: say(`顾客${turn % 97}刚刚下单`, `Customer ${turn % 97} ordered`) }));
    if (feed.children.length > 3) feed.firstChild.remove();
  }, 50);
  (async () => {
    for (;;) {
      await fetch('/api/poll').catch(() => new Promise((resolve) => setTimeout(resolve, 1000)));
    }
  })();
}
