// The first run: what stands between the splash and the main screen.

import { ask, button, dialog, h, setDisabled, toast } from './dom.js';
import { bothNames, policyLink, policyName, termsLink, termsName } from './documents.js';
import { consentBox } from './boxes.js';
import { consent, setConsent, setSetting, setting } from './store.js';
import { is, noPolicy, say, value } from './variants.js';

const TICKED = { preticked: 'native', drawn: 'drawn', canvas: 'canvas', aria: 'aria', hidden: 'hidden', switch: 'switch', radio: 'radio', login: 'native',
  pseudo: 'pseudo', picture: 'picture', svg: 'svg', 'icon-font': 'iconFont', 'aria-radio': 'ariaRadio', locked: 'locked', bundled: 'native', second: 'native',
  'told-off': 'toldOff' };
const UNTICKED = {
  unticked: 'native', 'unticked-drawn': 'drawn', 'unticked-canvas': 'canvas', 'unticked-aria': 'aria', 'unticked-hidden': 'hidden',
  'ticks-on-agree': 'native', mismatch: 'mismatch', marketing: 'native', remember: 'native',
  'unticked-pseudo': 'pseudo', 'unticked-picture': 'picture', 'unticked-svg': 'svg', 'unticked-icon-font': 'iconFont', 'unticked-aria-radio': 'ariaRadio',
  'unticked-switch': 'switch', 'unticked-radio': 'radio', 'unticked-bundled': 'native', late: 'late', 'late-drawn': 'lateDrawn',
};

/** What the switches make of the first run. */
export const plan = {
  form: form(),
  splash: is('1.2', 'late') ? 3000 : 200,
  box: box(),
  implied: is('3.4', 'implied'),
  marketing: is('3.4', 'marketing'),
  remember: is('3.4', 'remember'),
};

function form() {
  if (is('1.2', 'login') || is('3.4', 'login', 'remember')) return 'login';
  if (is('1.2', 'none', 'grey') || is('3.4', 'implied-footer')) return 'none';
  if (is('1.2', 'page')) return 'page';
  return is('1.2', 'alert') ? 'alert' : 'dialog';
}

function box() {
  const way = value('3.4');
  if (way in TICKED) return { kind: TICKED[way], on: true };
  return way in UNTICKED ? { kind: UNTICKED[way], on: false } : null;
}

let answered = false;

/** Whether the person has still to be asked. */
export const waiting = () => plan.form !== 'none' && (consent() === null || asksAgain() || asksAfterUpgrade());

/** 2.2=again: the ordinary prompt once more, to whoever agreed before. */
const asksAfterUpgrade = () => is('2.2', 'again') && consent() === 'agreed' && !setting('upgraded');

/** 3.2: asks on a later start although the answer was no. */
function asksAgain() {
  if (answered || consent() !== 'refused') return false;
  if (is('3.2', 'nags')) return true;
  if (is('3.2', 'once-more')) return setting('refusals', 0) < 2;
  return is('3.2', 'two-days') && Date.now() - setting('refused-at', 0) > 48 * 3600000;
}

/** Takes an answer, as the switches of 3.2 and 3.7 have it. */
function take(which) {
  if (which === 'refused' && is('3.2', 'exits')) return location.replace('about:blank');
  if (which === 'refused' && is('3.2', 'loop')) return null;
  if (which === 'refused') {
    setSetting('refusals', setting('refusals', 0) + 1);
    setSetting('refused-at', Date.now());
  }
  answered = true;
  if (is('2.2', 'again')) setSetting('upgraded', true);
  return setConsent(which);
}

/** Asks by the browser's own dialog. */
export function askNatively() {
  const names = noPolicy ? termsName : say(`${policyName}和${termsName}`, `${policyName} and ${termsName}`);
  const text = say(`欢迎使用小满集市！请您阅读并同意${names}`, `Welcome to Xiaoman Market! Please read and agree to the ${names}`);
  take(confirm(text) ? 'agreed' : 'refused');
}

/** The prompt as a dialog over the main screen. `done` is called once it is answered. */
export function promptDialog(done) {
  const layer = dialog('prompt', title(), ...content((answer) => {
    layer.close();
    done(answer);
  }));
  return layer;
}

/** The prompt as a screen of its own. */
export function promptScreen(done) {
  return { title: '', bare: true, body: [h('div', { class: 'prompt-page' }, h('div', { class: 'prompt-logo', 'aria-hidden': 'true' }), ...content(done))] };
}

const title = () => say('个人信息保护提示', 'Your privacy');

function content(done) {
  const way = plan.box?.on ? 'continue' : plan.implied ? 'implied' : 'choice';
  const extra = plan.marketing
    ? consentBox('native', true, [say('接收优惠活动短信和消息', 'Send me offers by message')])
    : null;
  const terms = is('3.4', 'second') ? consentBox('native', false, [say('我已阅读并同意', 'I have read and agree to the '), termsLink()]) : null;
  const consentTo = plan.box && consentBox(plan.box.kind, plan.box.on, boxLabel());
  return [
    closer(done),
    h('h2', { class: 'dialog-title', text: title() }),
    h('div', { class: 'prompt-text' }, ...WORDS[way](), ...moreWords()),
    is('3.4', 'icon') ? h('p', { class: 'shield-row' }, h('span', { class: 'shield', 'aria-hidden': 'true' }), h('span', {}, ...boxLabel())) : null,
    h('div', { class: 'prompt-boxes' }, extra?.element, terms?.element, consentTo?.element),
    h('div', { class: 'dialog-buttons' }, ...buttons(way, consentTo, done)),
  ];
}

const boxLabel = () => [say('我已阅读并同意', 'I have read and agree to the '), noPolicy ? termsLink() : policyLink(),
  is('3.4', 'bundled', 'unticked-bundled') ? say('，并同意接收优惠活动短信', ' and want offers by message') : null];

/** The words of a home screen that takes its use for consent, or that only reminds of a consent that was given. */
export const footer = () => (is('3.4', 'implied-footer', 'implied-reminder')
  ? h('p', { class: 'deal' }, h('span', {}, say('使用本应用即表示您同意', 'By using this app you agree to the '), policyLink())) : null);

const WORDS = {
  choice: () => [welcome(), is('3.4', 'implied-choice') ? h('p', {}, say('点击“同意”即表示您已阅读并同意', 'By tapping Agree you agree to the '), policyLink(), say('的全部内容。', '.')) : null, is('3.7', 'lure') ? h('p', { text: say('现在同意，立得 20 元新人红包！', 'Agree now and get a coupon of 20 yuan!') }) : null, h('p', {}, say('您点击“同意”，我们才会开始收集上述信息；您点击“不同意”，仍可以在仅浏览模式下查看商品。',
    'We begin to collect this information only if you tap Agree. If you tap Decline, you can still browse the products.'))],
  continue: () => [welcome()],
  implied: () => [h('p', {}, say('欢迎使用小满集市！为了向您提供商品购买和配送服务，我们会收集和使用您的手机号码、收货地址等个人信息。',
    'Welcome to Xiaoman Market! To sell and deliver products we collect and use personal information such as your phone number and address.')),
  h('p', {}, say('继续使用即表示您同意', 'By continuing to use the app you agree to the '), noPolicy ? termsLink() : policyLink(), say('。', '.'))],
};

function welcome() {
  return h('p', {},
    say('欢迎使用小满集市！我们重视您的个人信息。为了完成注册、下单和配送，我们需要收集和使用您的手机号码、收货人姓名、收货地址等个人信息。使用前请您认真阅读',
      'Welcome to Xiaoman Market! To register you and to deliver your orders, we need to collect and use your phone number, name and delivery address. Before you start, please read the '),
    ...bothNames(), say('，了解我们如何处理这些信息，以及您有哪些权利。', ', which say how we handle this information and what your rights are.'));
}

function buttons(way, consentTo, done) {
  const answer = (which) => { take(which); done(which); };
  if (way === 'implied') return [button('btn btn-main', say('我知道了', 'Got it'), () => answer('agreed'))];
  if (way === 'continue') {
    return [button('btn btn-main', say('继续', 'Continue'), () => answer(consentTo.ticked() ? 'agreed' : 'refused'))];
  }
  const lure = is('3.7', 'lure-button') ? say('同意并领取红包', 'Agree and get a coupon') : say('同意', 'Agree');
  const agree = button('btn btn-main', lure, () => {
    if (is('3.4', 'ticks-on-agree')) {
      consentTo.set(true);
      setTimeout(() => answer('agreed'), 500);
    } else if (consentTo && !consentTo.ticked()) {
      toast(say('请先阅读并勾选同意', 'Please read and tick the box first'));
    } else {
      answer('agreed');
    }
  });
  if (is('3.4', 'unticked')) {
    setDisabled(agree, true);
    consentTo.element.addEventListener('change', () => setDisabled(agree, !consentTo.ticked()));
  }
  if (is('3.7', 'no-refuse')) return [agree];
  // Item 3.7: how refusing looks beside agreeing; the styles are in forms.css.
  const look = value('3.7') ? `btn refuse-${value('3.7')}` : 'btn btn-main';
  const refuse = () => (is('3.2', 'sure') ? askWhetherSure(answer) : answer('refused'));
  if (CLOSING.includes(value('3.7'))) return [agree];
  return [button(look, say('不同意', 'Decline'), refuse), agree];
}

/** 3.2=sure: one more question before the answer counts. */
function askWhetherSure(answer) {
  ask(title(), say('不同意《隐私政策》将只能浏览商品，是否再考虑一下？', 'If you decline the Privacy Policy you can only browse. Think again?'), say('不同意', 'Decline'), say('再想想', 'Back'), () => answer('refused'));
}

/** 3.7: prompts that have a cross to close them in place of a control that refuses. */
const CLOSING = ['x-agrees', 'x-collects', 'x-refuses'];

/** What the cross comes to: agreeing in two of the three. */
function closer(done) {
  if (!CLOSING.includes(value('3.7'))) return null;
  const answer = () => { take(is('3.7', 'x-refuses') ? 'refused' : 'agreed'); done(); };
  return h('div', { class: 'prompt-closer' }, button('prompt-close', '×', answer, { 'aria-label': say('关闭', 'Close') }));
}

function moreWords() {
  if (is('3.7', 'x-agrees')) return [h('p', { text: say('关闭本提示即视为您同意。', 'Closing this notice means you agree.') })];
  if (is('3.7', 'contradicts')) return [h('p', { text: say('我们会使用您的位置信息，仅用于推荐您附近的自提点。', 'We use your location only to show pick-up points nearby.') })];
  if (is('3.7', 'agrees-with')) return [h('p', { text: say('我们会使用您的位置信息，用于自动填写收货地区。', 'We use your location to fill in the delivery area.') })];
  return [];
}
