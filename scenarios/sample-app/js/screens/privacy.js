// Privacy settings: personalised recommendations, withdrawing consent, closing the account.

import { ask, button, group, h, row, toast, toggleRow } from '../dom.js';
import { touched, whoAmI } from '../api.js';
import { go, render } from '../router.js';
import { consent, setConsent, setSetting, setting } from '../store.js';
import { cancelForm } from '../cancelling.js';
import { guestOnly, is, noPolicy, say } from '../variants.js';

// 3.6=returns: what the person switched off is on again at each start.
if (is('3.6', 'returns')) setSetting('personal', true);

// 3.5=reset: the upgrade puts what the person set back to what the app would have.
if (is('3.5', 'reset') && consent() && !setting('upgraded')) {
  setSetting('personal', true);
  setSetting('upgraded', true);
}

/** Item 3.6: the switch for recommendations, where the app has one. */
function personalRow(phone) {
  if (is('3.6', 'none', 'nowhere', 'shown', 'nothing') || (is('3.6', 'login') && !phone)) return null;
  const on = setting('personal', is('3.6', 'lasts', 'reversed', 'login'));
  if (is('3.6', 'reversed')) {
    return toggleRow(say('关闭个性化推荐', 'Turn off personalised recommendations'), '', !on, (off) => setSetting('personal', !off));
  }
  return toggleRow(say('个性化推荐', 'Personalised recommendations'), say('打开后按您的浏览和购买记录推荐商品', 'Uses what you looked at and bought'),
    on, (to) => setSetting('personal', to));
}

/** Item 3.8: the entry to withdraw consent, where the app has one. */
function withdrawRow(agreed, phone) {
  const label = say('撤回同意', 'Withdraw consent');
  if (is('3.8', 'none', 'nowhere', 'policy-only', 'mail', 'article') || (is('3.8', 'login') && !phone)) return null;
  if (is('3.8', 'asks-login') && !phone) return row(label, '#/login');
  return row(label, is('3.8', 'contact') ? '#/withdraw' : withdraw, agreed ? '' : say('当前未同意', 'Not given'));
}

export async function privacyScreen() {
  const agreed = consent() === 'agreed';
  const phone = await whoAmI();
  const cancels = !is('6.1', 'no-cancel') && (!is('6.1', 'after-login') || phone);
  return {
    title: say('隐私设置', 'Privacy settings'),
    body: [
      ...[personalRow(phone)].filter(Boolean).map((line) => group(line)),
      group(...[withdrawRow(agreed, phone)].filter(Boolean),
        cancels ? row(say('注销账号', 'Close account'), () => { touched('cancel-account'); go('#/cancel'); }) : null),
      h('p', { class: 'foot', text: say('系统权限可以在手机系统的“设置”中随时关闭。', 'Permissions can be turned off in the settings of your phone.') }),
    ],
  };
}

/** 3.8=contact: all that the entry leads to. */
export const withdrawByMail = () => ({
  title: say('撤回同意', 'Withdraw consent'),
  body: [h('section', { class: 'sheet' }, h('p', { class: 'product-note', text: say('如需撤回同意，请发送邮件至 privacy@xiaoman.example。', 'To withdraw your consent, write to privacy@xiaoman.example.') }))],
});

export function withdraw() {
  const agreed = consent() === 'agreed';
  const what = noPolicy ? say('用户协议', 'the terms') : say('隐私政策', 'the privacy policy');
  if (!agreed) return toast(say('您尚未同意，无需撤回', 'You have not agreed yet'));
  if (is('3.8', 'closes')) {
    return ask(say('撤回同意', 'Withdraw consent'), say('撤回同意后，您的账号将被注销，且无法恢复。', 'When you withdraw your consent, we delete your account for good.'),
      say('确认撤回', 'Withdraw'), say('再想想', 'Not now'), () => touched('cancel-account-confirm'));
  }
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
    h('p', { class: 'empty', text: guestOnly ? say('暂无内容', 'Nothing here yet') : say('登录后可以查看', 'Log in to see this') }),
    guestOnly ? null : h('div', { class: 'actions' }, button('btn btn-plain', say('去登录', 'Log in'), () => go('#/login'))),
  ],
});
