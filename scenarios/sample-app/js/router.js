// Hash routes. A screen is a function that answers with {title, body, tab?, back?, bar?}; the router puts the frame around it.

import { h } from './dom.js';
import { icon } from './pictures.js';
import { english, say } from './variants.js';

const TABS = [
  ['home', say('首页', 'Home')],
  ['category', say('分类', 'Categories')],
  ['me', say('我的', 'Me')],
];

let table = [];
let instead = () => null;
let after = () => {};
let latest = 0;

/** Starts routing. `guard(path)` may answer with a screen to show in place of the asked one; `shown(path)` is told afterwards. */
export function start(routes, { guard, shown }) {
  table = routes.map(([pattern, screen]) => [new RegExp(`^${pattern.replace(/:\w+/g, '([^/]+)')}$`), screen]);
  instead = guard;
  after = shown;
  addEventListener('hashchange', render);
  return render();
}

export const path = () => decodeURI(location.hash.replace(/^#/, '') || '/home');
export const go = (route) => { location.hash = route; };
export function back() {
  if (history.length > 1) history.back();
  else go('#/home');
}

/** Draws the screen that the address names. */
export async function render() {
  const turn = ++latest;
  const here = path();
  const [screen, parameters] = match(here);
  const made = await (instead(here) ?? screen)(...parameters);
  // A slower, earlier screen must not overwrite a newer one.
  if (turn !== latest) return;
  document.documentElement.lang = english ? 'en' : 'zh-CN';
  document.title = made.title ? `${made.title} - ${say('小满集市', 'Xiaoman Market')}` : say('小满集市', 'Xiaoman Market');
  document.getElementById('app').replaceChildren(frame(made));
  scrollTo(0, 0);
  after(here, made);
}

function match(here) {
  for (const [pattern, screen] of table) {
    const found = here.match(pattern);
    if (found) return [screen, found.slice(1).map(decodeURIComponent)];
  }
  return [() => ({ title: say('页面不存在', 'Not found'), back: true, body: [h('p', { class: 'empty', text: say('页面不存在', 'There is no such page') })] }), []];
}

function frame({ title, body, tab, back: withBack = !tab, bar, head, bare }) {
  if (bare) return h('div', { class: 'screen bare' }, h('main', {}, ...body));
  return h('div', { class: `screen ${tab ? 'with-tabs' : ''} ${bar ? 'with-bar' : ''}` },
    head ?? h('header', { class: 'top' },
      withBack && h('button', { type: 'button', class: 'top-back', 'aria-label': say('返回', 'Back'), onclick: back }, icon('back')),
      h('h1', { class: 'top-title', text: title })),
    h('main', {}, ...body),
    bar && h('div', { class: 'bar' }, ...bar),
    tab && h('nav', { class: 'tabs', 'aria-label': say('主导航', 'Main') }, TABS.map(([name, label]) =>
      h('a', { class: `tab ${name === tab ? 'is-here' : ''}`, href: `#/${name}`, 'aria-current': name === tab ? 'page' : null },
        icon(name), h('span', { text: label })))));
}
