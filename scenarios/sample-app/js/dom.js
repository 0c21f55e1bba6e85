// Making elements. Everything that can be tapped is made here, so that odd=div-soup can take its meaning away in one place.

import { is } from './variants.js';

const soup = is('odd', 'div-soup');

/** What tags with a meaning become when the app is written by someone who knows div and span only. */
const PLAIN = { button: 'div', a: 'span', nav: 'div', main: 'div', header: 'div', section: 'div', ul: 'div', li: 'div' };
const MEANING = /^(role|aria-.*|tabindex|type|href|target|rel|title)$/;

/** An element. Properties: class, style, text, html, onclick… (functions become listeners), anything else an attribute. */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(soup ? PLAIN[tag] ?? tag : tag);
  const plain = soup && tag in PLAIN;
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'text') element.textContent = value;
    else if (name === 'html') element.innerHTML = value;
    else if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (soup && MEANING.test(name) && (plain || /^(role|aria-)/.test(name))) continue;
    else element.setAttribute(name, value === true ? '' : value);
  }
  if (plain && props.href) element.addEventListener('click', () => follow(props.href, props.target));
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

function follow(href, target) {
  if (target === '_blank') window.open(href, '_blank');
  else if (href.startsWith('#')) location.hash = href;
  else if (!href.startsWith('tel:')) location.href = href;
}

/** A button: class names, text or node, what it does. */
export const button = (kind, content, onclick, props = {}) =>
  h('button', { type: 'button', class: kind, onclick, ...props }, content);

/** Makes a button look and be disabled, whatever element it is. */
export function setDisabled(element, disabled) {
  element.classList.toggle('is-disabled', disabled);
  if ('disabled' in element) element.disabled = disabled;
}

/** A row of a list that leads somewhere: `to` is a hash route, or a function to call. */
export function row(label, to, note = '') {
  const inner = [h('span', { class: 'row-label', text: label }), h('span', { class: 'row-note', text: note }), h('span', { class: 'row-more', 'aria-hidden': 'true' })];
  return typeof to === 'string' ? h('a', { class: 'row', href: to }, inner) : h('button', { type: 'button', class: 'row', onclick: to }, inner);
}

/** A group of rows. */
export const group = (...rows) => h('section', { class: 'group' }, ...rows);

/** A labelled input; answers with the element and the input. */
export function field(label, props = {}) {
  const input = h('input', { class: 'input', ...props });
  return { element: h('label', { class: 'field' }, h('span', { class: 'field-label', text: label }), input), input };
}

/** A row with a switch at its end. */
export function toggleRow(label, note, on, onchange) {
  const input = h('input', { type: 'checkbox', class: 'toggle-input', role: 'switch' });
  input.checked = on;
  input.addEventListener('change', () => onchange(input.checked));
  return h('label', { class: 'row' },
    h('span', { class: 'row-label' }, h('span', { text: label }), note && h('span', { class: 'row-explain', text: note })),
    h('span', { class: 'toggle' }, input, h('span', { class: 'toggle-track' })));
}

/** A short message that goes away by itself. */
export function toast(text) {
  document.querySelector('.toast')?.remove();
  const element = h('div', { class: 'toast', role: 'status', text });
  document.body.append(element);
  setTimeout(() => element.remove(), 2200);
}

/** A dialog over everything: {close(), show(shown)}. What lies under a shown dialog can be neither tapped nor focused. */
export function dialog(kind, label, ...children) {
  const backdrop = h('div', { class: `backdrop ${kind}-backdrop` },
    h('div', { class: `dialog ${kind}`, role: 'dialog', 'aria-modal': 'true', 'aria-label': label }, ...children));
  const layers = document.getElementById('layers');
  const settle = () => { document.getElementById('app').inert = [...layers.children].some((layer) => !layer.hidden); };
  layers.append(backdrop);
  settle();
  return {
    close() { backdrop.remove(); settle(); },
    show(shown) { backdrop.hidden = !shown; settle(); },
  };
}

/** Asks one question with two answers. */
export function ask(title, text, yes, no, onYes) {
  const asked = dialog('ask', title,
    h('h2', { class: 'dialog-title', text: title }), h('p', { class: 'dialog-text', text }),
    h('div', { class: 'dialog-buttons' },
      button('btn btn-plain', no, () => asked.close()),
      button('btn btn-plain', yes, () => { asked.close(); onYes(); })));
}

/** A price in fen, as people read it. */
export const yuan = (fen) => `¥${(fen / 100).toFixed(2)}`;
