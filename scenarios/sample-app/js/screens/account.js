// Logging in, registering, the profile.

import { button, field, h, toast } from '../dom.js';
import { get, post, put, whoAmI } from '../api.js';
import { consentBox } from '../boxes.js';
import { bothNames, policyLink, termsLink } from '../documents.js';
import { plan } from '../prompt.js';
import { go, render } from '../router.js';
import { setConsent } from '../store.js';
import { is, noPolicy, oneWayIn, say } from '../variants.js';
import { signedOut } from './privacy.js';

/** The login screen. `first` makes it the first screen of a fresh install, where it asks for consent and can be skipped. */
export function loginScreen({ first = false } = {}) {
  const phone = phoneField();
  const password = passwordField();
  const remember = consentBox('native', plan.remember, [say('记住我', 'Remember me')]);
  const consent = consentPart(first);
  const submit = async () => {
    if (!consent.ticked()) return toast(say('请先阅读并勾选同意', 'Please read and tick the box first'));
    await enter('login', { phone: phone.input.value, password: password.input.value });
  };
  onEnter(password.input, submit);
  return {
    title: say('登录', 'Log in'), back: !first,
    body: [
      hello(),
      h('section', { class: 'form' }, phone.element, password.element, remember.element,
        button('btn btn-main', say('登录', 'Log in'), submit), consent.element,
        h('div', { class: 'form-foot' },
          h('a', { class: 'link', href: '#/register', text: say('注册新账号', 'Register') }),
          first && button('link', say('先逛逛', 'Skip'), () => { setConsent('refused'); go('#/home'); render(); }))),
    ],
  };
}

export function registerScreen() {
  const phone = phoneField();
  const password = passwordField();
  const code = field(say('验证码', 'Code'), { inputmode: 'numeric', maxlength: '6', autocomplete: 'one-time-code', placeholder: say('6 位验证码', '6 digits') });
  const consent = consentPart(false);
  const send = button('btn btn-small', say('获取验证码', 'Send code'), async () => toast(say('验证码已发送：', 'Code sent: ') + (await post('code')).code));
  const submit = async () => {
    if (!consent.ticked()) return toast(say('请先阅读并勾选同意', 'Please read and tick the box first'));
    await enter('register', { phone: phone.input.value, password: password.input.value, code: code.input.value });
  };
  return {
    title: say('注册', 'Register'),
    body: [
      hello(),
      h('section', { class: 'form' },
        h('p', { class: 'form-note', text: say('手机号码用于创建账号和确认是您本人操作。', 'Your phone number is used to create the account and to know that it is you.') }),
        phone.element, h('div', { class: 'field-pair' }, code.element, send), password.element, consent.element,
        button('btn btn-main', say('注册', 'Register'), submit)),
    ],
  };
}

/** The consent box of a form. On the first run it is as the switches say, later it is native and unticked. */
function consentPart(first) {
  if (first && plan.implied) {
    const words = [say('继续使用即表示您同意', 'By continuing to use the app you agree to the '), noPolicy ? termsLink() : policyLink()];
    return { element: h('p', { class: 'check-label' }, words), ticked: () => true };
  }
  const { kind, on } = first && plan.box ? plan.box : { kind: 'native', on: false };
  // Before the main screen a link is no shortcut to the policy; after it, one here would be.
  const label = [say('我已阅读并同意', 'I have read and agree to the '), ...bothNames(first || !oneWayIn)];
  return consentBox(kind, on, label);
}

const hello = () => h('div', { class: 'hello' }, h('div', { class: 'about-logo', 'aria-hidden': 'true' }), h('p', { class: 'hello-title', text: say('欢迎来到小满集市', 'Welcome to Xiaoman Market') }));
const phoneField = () => field(say('手机号码', 'Phone number'), { type: 'tel', maxlength: '11', autocomplete: 'tel', placeholder: say('请输入手机号码', '11 digits') });
const passwordField = () => field(say('密码', 'Password'), { type: 'password', autocomplete: 'current-password', placeholder: say('至少 6 位', 'At least 6 characters') });

function onEnter(input, act) {
  input.addEventListener('keydown', (event) => { if (event.key === 'Enter') act(); });
}

/** Logs in or registers. Ticking the box in the form was consent. */
async function enter(way, who) {
  try {
    await post(way, who);
    setConsent('agreed');
    go('#/me');
    render();
  } catch (error) {
    toast(error.message);
  }
}

export async function profileScreen() {
  const title = say('个人资料', 'Profile');
  const phone = await whoAmI();
  if (!phone) return signedOut(title);
  const profile = await get('profile');
  if (is('6.1', 'no-correct')) {
    return { title, body: [h('section', { class: 'sheet' }, h('p', { class: 'product-note', text: `${say('手机号码', 'Phone number')} ${phone.slice(0, 3)}****${phone.slice(-4)}` }))] };
  }
  const nickname = field(say('昵称', 'Nickname'), { value: profile.nickname, placeholder: say('用于展示您的评价', 'Shown beside your reviews') });
  const gender = field(say('性别', 'Gender'), { value: profile.gender, placeholder: say('选填，用于称呼', 'Optional; how to address you') });
  const birthday = field(say('生日', 'Birthday'), { value: profile.birthday, placeholder: say('选填，用于发放生日优惠券', 'Optional; for a coupon') });
  const save = async () => {
    try {
      await put('profile', { nickname: nickname.input.value, gender: gender.input.value, birthday: birthday.input.value });
      toast(say('已保存', 'Saved'));
    } catch (error) {
      toast(error.message);
    }
  };
  return {
    title,
    body: [h('section', { class: 'form' },
      h('p', { class: 'form-note', text: `${say('手机号码', 'Phone number')} ${phone.slice(0, 3)}****${phone.slice(-4)}` }),
      nickname.element, gender.element, birthday.element, button('btn btn-main', say('保存', 'Save'), save))],
  };
}
