// The third party's analytics script: loaded after consent and not before, stopped when consent is withdrawn.

import { get } from './api.js';
import { consent, onConsent } from './store.js';

let loading = null;

/** Starts with consent given earlier, and listens for consent given or withdrawn later. */
export function startAnalytics() {
  onConsent((answer) => {
    if (answer !== 'agreed') window.yunhe?.stop();
    else if (window.yunhe) window.yunhe.start();
    else load();
  });
  if (consent() === 'agreed') load();
}

/** Counts a screen. Names of screens only: what the policy says and no more. */
export async function count(path) {
  if (consent() !== 'agreed') return;
  await load();
  if (consent() === 'agreed') window.yunhe?.send('screen', { name: path.split('/')[1] });
}

function load() {
  loading ??= get('config').then(({ third_party: home }) => addScript(`${home}sdk.js`)).catch(() => {});
  return loading;
}

function addScript(src) {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = src;
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
}
