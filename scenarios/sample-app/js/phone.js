// The system's own permission dialog, as a phone draws it over the app (phone=…). Only the tests' simulated phone
// asks for it: the element ids are those of Android's permission controller, and a second refusal is for good.

import { button, dialog, h } from './dom.js';
import { is, say } from './variants.js';

const KEY = 'phone.permissions';

const ASKS = {
  location: () => say('允许“小满集市”获取此设备的位置信息吗？', 'Allow Xiaoman Market to access this device’s location?'),
  contacts: () => say('允许“小满集市”访问您的通讯录吗？', 'Allow Xiaoman Market to access your contacts?'),
};

const states = () => JSON.parse(localStorage.getItem(KEY) ?? '{}');

function remember(permission, state) {
  localStorage.setItem(KEY, JSON.stringify({ ...states(), [permission]: state }));
}

/** What the app asks for before anyone has agreed to anything. */
export async function askBeforeConsent() {
  if (!is('phone', 'asks-early')) return;
  document.querySelector('.splash')?.remove();
  await ask('location');
}

/** What the app asks for at its start. */
export async function askAtStart() {
  if (is('phone', 'asks-once')) await ask('location');
  if (is('phone', 'asks-two')) {
    await ask('location');
    await ask('contacts');
  }
}

/** One ask of the system: granted, refused, or refused without asking because it was refused twice. */
function ask(permission) {
  const before = states()[permission] ?? '';
  if (before === 'granted' || before === 'refused twice') return Promise.resolve(before === 'granted');
  return new Promise((resolve) => {
    const answer = (state) => () => {
      remember(permission, state);
      layer.close();
      resolve(state === 'granted');
    };
    const again = before === 'refused';
    const layer = dialog('prompt', 'permission',
      h('p', { class: 'dialog-title', id: 'permission_message', text: ASKS[permission]() }),
      button('btn btn-main', say('仅在使用该应用时允许', 'While using the app'), answer('granted'), { id: 'permission_allow_foreground_only_button' }),
      button('btn btn-main', say('仅限这一次', 'Only this time'), answer('granted'), { id: 'permission_allow_one_time_button' }),
      again
        ? button('btn btn-main', say('不允许，且不再询问', 'Don’t allow, don’t ask again'), answer('refused twice'), { id: 'permission_deny_and_dont_ask_again_button' })
        : button('btn btn-main', say('不允许', 'Don’t allow'), answer('refused'), { id: 'permission_deny_button' }));
  });
}
