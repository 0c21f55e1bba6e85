// Privacy settings: personalised recommendations, withdrawing consent, closing the account.

import { ask, button, group, h, row, toast, toggleRow } from '../dom.js';
import { touched, whoAmI } from '../api.js';
import { go, render } from '../router.js';
import { consent, setConsent, setSetting, setting } from '../store.js';
import { is, noPolicy, say } from '../variants.js';
import { cancelForm } from '../cancelling.js';

export async function privacyScreen() {
  const cancels = !is('6.1', 'no-cancel') && (!is('6.1', 'after-login') || await whoAmI());
  const agreed = consent() === 'agreed';
  const what = noPolicy ? say('用户协议', 'the terms') : say('隐私政策', 'the privacy policy');
  return {
    title: say('隐私设置', 'Privacy settings'),
    body: [
      group(toggleRow(say('个性化推荐', 'Personalised recommendations'), say('打开后按您的浏览和购买记录推荐商品', 'Uses what you looked at and bought'),
        setting('personal'), (on) => setSetting('personal', on))),
      group(
        row(say('撤回同意', 'Withdraw consent'), () => withdraw(agreed, what), agreed ? '' : say('当前未同意', 'Not given')),
        cancels ? row(say('注销账号', 'Close account'), () => { touched('cancel-account'); go('#/cancel'); }) : null),
      h('p', { class: 'foot', text: say('系统权限可以在手机系统的“设置”中随时关闭。', 'Permissions can be turned off in the settings of your phone.') }),
    ],
  };
}

function withdraw(agreed, what) {
  if (!agreed) return toast(say('您尚未同意，无需撤回', 'You have not agreed yet'));
  ask(say('撤回同意', 'Withdraw consent'),
    say(`撤回对${what}的同意后，应用回到仅浏览模式，我们停止收集您的个人信息。`, `After you withdraw your consent to ${what}, the app goes back to browsing only and we stop collecting.`),
    say('确认撤回', 'Withdraw'), say('再想想', 'Not now'), () => {
      setConsent('withdrawn');
      toast(say('已撤回同意', 'Consent withdrawn'));
      render();
    });
}

export async function cancelScreen() {
  const title = say('注销账号', 'Close account');
  const phone = await whoAmI();
  if (!phone) return signedOut(title);
  return { title, body: cancelForm() };
}

/** What a guest sees in place of a screen about an account. */
export const signedOut = (title) => ({
  title,
  body: [
    h('p', { class: 'empty', text: say('登录后可以查看', 'Log in to see this') }),
    h('div', { class: 'actions' }, button('btn btn-plain', say('去登录', 'Log in'), () => go('#/login'))),
  ],
});
