// Starting the app: splash, first run, then the screens.

import { afterRefusal, atStart, beforeConsent } from './asks.js';
import { button, dialog, h } from './dom.js';
import { startAnalytics, count } from './analytics.js';
import { neverSettle } from './oddities.js';
import { askNatively, plan, promptDialog, promptScreen, waiting } from './prompt.js';
import { askAtStart, askBeforeConsent } from './phone.js';
import { go, render, start } from './router.js';
import { loginScreen } from './screens/account.js';
import { routes } from './screens/index.js';
import { policyLink } from './documents.js';
import { consent, setSetting, setting } from './store.js';
import { is, say } from './variants.js';

/** Screens that can be read while the first-run question is open. */
const READABLE = ['/policy', '/terms'];

let question = null;
let started = false;

await boot();

async function boot() {
  neverSettle();
  startAnalytics();
  const splash = h('div', { class: 'splash' },
    h('div', { class: 'splash-logo' }),
    h('p', { class: 'splash-name', text: say('小满集市', 'Xiaoman Market') }),
    h('p', { class: 'splash-line', text: say('好物有时节', 'Good things in season') }));
  document.body.append(splash);
  await new Promise((resolve) => setTimeout(resolve, plan.splash));
  if (waiting()) {
    beforeConsent();
    await askBeforeConsent();
  }
  if (waiting() && plan.form === 'alert') askNatively();
  await start(routes, { guard, shown });
  splash.remove();
}

/** A screen in place of the asked one, while the first-run question is a screen itself. */
function guard(here) {
  if (!waiting() || READABLE.includes(here)) return null;
  if (plan.form === 'page') return () => promptScreen(() => render());
  if (plan.form === 'login' && here !== '/register') return () => loginScreen({ first: true });
  return null;
}

function shown(here) {
  count(here);
  if (waiting() && plan.form === 'dialog') {
    question ??= promptDialog(() => { question = null; render(); });
    question.show(!READABLE.includes(here));
  } else if (!waiting() && here === '/home' && !started) {
    started = true;
    mainStarted();
  }
}

/** Once for each start of the app, when the main screen is first there. */
function mainStarted() {
  if (is('1.3', 'advert')) advert();
  if (is('2.2', 'told') && consent() === 'agreed' && !setting('told')) tellOfChange();
  // 3.8=goes-on: what was withdrawn is collected all the same.
  if (is('3.8', 'goes-on') && consent() === 'withdrawn') navigator.geolocation.getCurrentPosition(() => {}, () => {});
  askAtStart();
  if (consent() === 'refused') afterRefusal();
  else atStart();
  if (is('odd', 'alert')) setTimeout(() => alert(say('欢迎', 'Welcome')), 100);
}

/** 2.2=told: what changed in the policy, once. */
function tellOfChange() {
  setSetting('told', true);
  const layer = dialog('notice', say('隐私政策更新', 'Privacy Policy'),
    h('p', { class: 'dialog-text' }, say('我们更新了', 'We have updated our '), policyLink(),
      say('：新增会员认证，收集人脸照片和职业。请您阅读。', ': membership checks now collect a photo of your face and your occupation.')),
    h('div', { class: 'dialog-buttons' }, button('btn btn-main', say('我知道了', 'Got it'), () => layer.close())));
}

function advert() {
  const layer = dialog('advert', say('活动', 'Offer'),
    h('div', { class: 'advert-head' }, button('advert-skip', say('跳过', 'Skip'), () => layer.close())),
    h('p', { class: 'advert-title', text: say('小满尝新节', 'Harvest week') }),
    h('p', { class: 'advert-text', text: say('新米、新茶、新蜜，满99元减10元', 'New rice, new tea, new honey: 10 off every 99') }),
    button('btn btn-main', say('立即查看', 'Have a look'), () => { layer.close(); go('#/category/grain'); }),
    button('btn btn-plain', say('关闭', 'Close'), () => layer.close()));
}
