// Boxes for consent, drawn in all the ways in which apps draw them.
//
// Each answers with {element, ticked(), set(on)}. A link inside the label opens its page and does not tick the box.

import { h } from './dom.js';
import { say } from './variants.js';

/** A box of a kind, ticked or not, beside a label (an array of texts and nodes). */
export function consentBox(kind, on, label) {
  return KINDS[kind](on, h('span', { class: 'check-label' }, label));
}

/** A native checkbox, for consent and for everything else. */
function native(on, label) {
  const input = h('input', { type: 'checkbox', class: 'check-native' });
  input.checked = on;
  return { element: h('label', { class: 'check' }, input, label), ticked: () => input.checked, set: (to) => { input.checked = to; } };
}

/** Keeps a state outside the tree, calls `show` when it changes, and lets a tap anywhere but on a link change it. */
function homemade(on, mark, label, show) {
  let state = on;
  const set = (to) => { state = to; show(to); };
  set(on);
  const element = h('div', { class: 'check' }, mark, label);
  element.addEventListener('click', (event) => {
    if (!event.target.closest('.link')) set(!state);
  });
  return { element, ticked: () => state, set };
}

/** A span with a drawn tick: nothing in the tree says what it is. */
function drawn(on, label) {
  const mark = h('span', { class: 'check-drawn' });
  return homemade(on, mark, label, (to) => mark.classList.toggle('is-on', to));
}

/** The same on a canvas: not even a class tells its state. */
function canvas(on, label) {
  const SIZE = 20;
  const scale = Math.max(2, Math.round(devicePixelRatio));
  const mark = h('canvas', { class: 'check-canvas', width: SIZE * scale, height: SIZE * scale });
  const pen = mark.getContext('2d');
  pen.scale(scale, scale);
  return homemade(on, mark, label, (to) => {
    pen.clearRect(0, 0, SIZE, SIZE);
    pen.beginPath();
    pen.roundRect(1.5, 1.5, SIZE - 3, SIZE - 3, 4);
    pen.fillStyle = to ? '#2f7a4d' : '#fff';
    pen.fill();
    pen.lineWidth = 1.5;
    pen.strokeStyle = to ? '#2f7a4d' : '#8a8f86';
    pen.stroke();
    if (!to) return;
    pen.beginPath();
    pen.moveTo(5.5, 10.5);
    pen.lineTo(8.8, 13.6);
    pen.lineTo(14.6, 6.8);
    pen.lineWidth = 2;
    pen.strokeStyle = '#fff';
    pen.stroke();
  });
}

/** A div that says what it is to a screen reader. */
function aria(on, label) {
  const mark = h('div', { class: 'check-drawn', role: 'checkbox', tabindex: '0', 'aria-checked': 'false' });
  const box = homemade(on, mark, label, (to) => tell(mark, to, label));
  mark.addEventListener('keydown', (event) => {
    if (event.key === ' ') { event.preventDefault(); mark.click(); }
  });
  return box;
}

/** A transparent native checkbox over a drawn one; style keeps the two alike. */
function hidden(on, label) {
  const input = h('input', { type: 'checkbox', class: 'check-hidden' });
  input.checked = on;
  const element = h('label', { class: 'check' }, h('span', { class: 'check-stack' }, input, h('span', { class: 'check-drawn' })), label);
  return { element, ticked: () => input.checked, set: (to) => { input.checked = to; } };
}

/** The same gone wrong: the input starts checked, the drawing starts empty. What the person sees is what counts. */
function mismatch(on, label) {
  const input = h('input', { type: 'checkbox', class: 'check-hidden apart' });
  input.checked = true;
  const mark = h('span', { class: 'check-drawn' });
  input.addEventListener('change', () => mark.classList.toggle('is-on'));
  const element = h('label', { class: 'check' }, h('span', { class: 'check-stack' }, input, mark), label);
  return { element, ticked: () => mark.classList.contains('is-on'), set: (to) => mark.classList.toggle('is-on', to) };
}

/** A switch. */
function toggle(on, label) {
  const mark = h('button', { type: 'button', class: 'switch', role: 'switch', 'aria-checked': 'false' }, h('span', { class: 'switch-knob' }));
  return homemade(on, mark, label, (to) => tell(mark, to, label));
}

/** Shows a state in the drawing, and to a screen reader unless odd=div-soup took the role away. */
function tell(mark, on, label) {
  mark.classList.toggle('is-on', on);
  if (!mark.hasAttribute('role')) return;
  mark.setAttribute('aria-checked', String(on));
  mark.setAttribute('aria-label', label.textContent);
}

/** Two radio buttons, agree and decline. */
function radio(on, label) {
  const choice = (text, checked) => {
    const input = h('input', { type: 'radio', name: 'consent', class: 'check-native' });
    input.checked = checked;
    return { input, element: h('label', { class: 'check' }, input, h('span', { class: 'check-label', text })) };
  };
  const yes = choice(say('同意', 'Agree'), on);
  const no = choice(say('不同意', 'Decline'), false);
  const element = h('div', { class: 'choices', role: 'radiogroup' }, label, h('div', { class: 'choice-row' }, yes.element, no.element));
  return { element, ticked: () => yes.input.checked, set: (to) => { yes.input.checked = to; no.input.checked = !to; } };
}

/** The words' own ::before: no element is there for the box. */
function pseudo(on, label) {
  let state = on;
  const element = h('div', { class: 'check-words' }, ...label.childNodes);
  const set = (to) => { state = to; element.classList.toggle('is-on', to); };
  set(on);
  element.addEventListener('click', (event) => {
    if (!event.target.closest('.link')) set(!state);
  });
  return { element, ticked: () => state, set };
}

/** A background picture in the space to the left of the words. */
function picture(on, label) {
  const box = pseudo(on, label);
  box.element.className = on ? 'check-picture is-on' : 'check-picture';
  return box;
}

/** An SVG drawing whose tick is there or not. */
function svg(on, label) {
  const mark = h('span', { class: 'check-svg' });
  return homemade(on, mark, label, (to) => {
    mark.innerHTML = `<svg viewBox="0 0 20 20" width="20" height="20"><rect x="1.5" y="1.5" width="17" height="17" rx="4" fill="${to ? '#2f7a4d' : '#fff'}" stroke="${to ? '#2f7a4d' : '#8a8f86'}" stroke-width="1.5"/>${
      to ? '<path d="M5.5 10.5 8.8 13.6 14.6 6.8" fill="none" stroke="#fff" stroke-width="2"/>' : ''}</svg>`;
  });
}

/** A character of an icon font. */
function iconFont(on, label) {
  const mark = h('i', { class: 'check-font' });
  return homemade(on, mark, label, (to) => {
    mark.textContent = to ? '\ue002' : '\ue001';
    mark.classList.toggle('is-on', to);
  });
}

/** Two circles that say to a screen reader what they are, and are no inputs. */
function ariaRadio(on, label) {
  const choice = (text, checked) => {
    const mark = h('span', { class: 'circle', role: 'radio', tabindex: '0', 'aria-checked': 'false', 'aria-label': text });
    return { ...homemade(checked, mark, h('span', { class: 'check-label', text }), (to) => {
      mark.classList.toggle('is-on', to);
      mark.setAttribute('aria-checked', String(to));
    }) };
  };
  const yes = choice(say('同意', 'Agree'), on);
  const no = choice(say('不同意', 'Decline'), false);
  const element = h('div', { class: 'choices', role: 'radiogroup' }, label, h('div', { class: 'choice-row' }, yes.element, no.element));
  return { element, ticked: yes.ticked, set: (to) => { yes.set(to); no.set(!to); } };
}

/** Ticked, and not to be changed. */
function locked(on, label) {
  const box = native(on, label);
  box.element.querySelector('input').disabled = true;
  return box;
}

/** Empty when it comes; the app ticks it a moment later, as if the person had. */
function late(kind) {
  return (on, label) => {
    const box = kind(false, label);
    setTimeout(() => box.set(true), 1500);
    return box;
  };
}

/** Looks ticked, and tells a screen reader that it is not. */
function toldOff(on, label) {
  const mark = h('div', { class: 'check-drawn is-on', role: 'checkbox', tabindex: '0', 'aria-checked': 'false' });
  return homemade(true, mark, label, (to) => mark.classList.toggle('is-on', to));
}

const KINDS = {
  native, drawn, canvas, aria, hidden, mismatch, switch: toggle, radio, pseudo, picture, svg, iconFont, ariaRadio, locked,
  late: late(native), lateDrawn: late(drawn), toldOff,
};
