// What the app asks for by itself, as items 2.3, 3.1, 3.2, 4.2, 4.5, 4.6 and 5.1 have it. Without switches it asks for nothing
// before a function needs it.

import { get } from './api.js';
import { button, dialog, h } from './dom.js';
import { askPlatform, askPlatformForAll, frameThatAsks, readCanvas, readDevice, readMotion } from './platform.js';
import { go } from './router.js';
import { setSetting, setting } from './store.js';
import { is, say, value } from './variants.js';

const NAMES = {
  location: say('位置', 'location'),
  camera: say('相机', 'camera'),
  microphone: say('麦克风', 'microphone'),
};

/** A dialog of the app's own with a text and answers; resolves to the answer's key. */
function question(title, text, answers) {
  return new Promise((resolve) => {
    const buttons = Object.entries(answers).map(([key, label]) =>
      button(key === 'yes' ? 'btn btn-main' : 'btn btn-plain', label, () => { layer.close(); resolve(key); }));
    const layer = dialog('ask', title, h('h2', { class: 'dialog-title', text: title }), h('p', { class: 'dialog-text', text }),
      h('div', { class: 'dialog-buttons' }, buttons));
  });
}

const allowOrNot = { no: say('不允许', "Don't allow"), yes: say('允许', 'Allow') };
const permissionTitle = say('权限申请', 'Permission');

/** The app's own words before the platform is asked, then the platform. */
async function explainAndAsk(permission, text) {
  return await question(permissionTitle, text, allowOrNot) === 'yes' && await askPlatform(permission);
}

/** 3.1: before anyone has agreed to anything. */
export async function beforeConsent() {
  const way = value('3.1');
  if (way === 'location') await askPlatform('location');
  if (way === 'motion') readMotion();
  if (way === 'fingerprint') await readDevice();
  if (way === 'canvas') readCanvas();
  if (way === 'frame') await frameThatAsks();
  if (way === 'beacon') await sendOut({ android_id: DEVICE });
  if (way === 'views') await sendOut({ event: 'splash', time: Date.now() });
}

/** What a phone would tell of itself. */
const DEVICE = '9f3c2b1a0d4e5f67';

/** 3.1, 5.1: tells the analytics company something, without waiting for an answer. */
async function sendOut(data) {
  const { third_party: home } = await get('config');
  navigator.sendBeacon(`${home}collect`, JSON.stringify({ app: 'xiaoman', ...data }));
}

/** Once for each start, when the main screen is first there and consent was given. */
export async function atStart() {
  for (const [item, ways] of Object.entries(START)) await ways[value(item)]?.();
}

/** Asks on the first start only. */
const once = (ask) => () => {
  if (setting('asked')) return null;
  setSetting('asked', true);
  return ask();
};

const START = {
  '2.3': {
    bare: once(() => askPlatform('location')),
    general: once(() => explainAndAsk('location', say('为了给您提供更好的服务，小满集市需要获取您的位置权限。', 'To give you a better service we need access to your location.'))),
    stated: once(() => explainAndAsk('location', locationPurpose)),
    other: once(() => explainAndAsk('location', say('小满集市需要获取您的位置权限。相机权限用于扫描商品条码。', 'We need access to your location. The camera is used for scanning product codes.'))),
    before: once(beforeIsTold),
  },
  '3.1': { after: once(() => explainAndAsk('location', locationPurpose)) },
  '3.2': { 'permission-nags': nagForLocation, 'permission-once': onceForLocation },
  '3.7': { 'x-collects': readMotion },
  '4.2': {
    blocked: () => blockUntil('location'),
    limited: once(() => explainAndAsk('location', locationPurpose)),
  },
  '4.5': {
    forced: () => improvement({ yes: say('同意', 'Agree') }, improvementText),
    optional: () => improvement({ no: say('不同意', 'Decline'), yes: say('同意', 'Agree') }, improvementText),
    delivery: () => improvement({ yes: say('同意', 'Agree') }, say('为了向您配送商品，我们需要使用您的收货人姓名和收货地址，用于打印面单。', 'To deliver your orders we use your name and address, used for printing the label.')),
  },
  '4.3': {
    hostage: () => blockUntil('location'),
    fair: once(() => explainAndAsk('microphone', voiceText)),
  },
  '5.1': {
    device: () => sendOut({ android_id: DEVICE }),
    views: () => sendOut({ event: 'home' }),
  },
  '4.6': {
    bundle: bundle,
    'bundle-own': () => ownBundle({ yes: say('全部允许', 'Allow all') }),
    'bundle-optional': () => ownBundle({ no: say('暂不', 'Not now'), yes: say('允许', 'Allow') }),
  },
};

const locationPurpose = say('小满集市申请获取您的位置权限，用于推荐您附近的自提点。', 'We ask for access to your location to show pick-up points nearby.');
const voiceText = say('新功能“语音下单”申请麦克风权限，用于识别您说的商品名称。', 'The new “order by voice” asks for the microphone, used for hearing what you order.');
const improvementText = say('用户体验改进计划：为了改善服务质量、提升用户体验，我们将收集您的浏览记录。', 'Improvement plan: we collect what you browse in order to improve our service.');

/** 2.3=before: what for is said on a screen of its own, then the platform asks. */
async function beforeIsTold() {
  await question(say('权限说明', 'About permissions'), say('接下来系统会询问位置权限：位置用于推荐您附近的自提点。', 'Next you are asked for the location: it is used for showing pick-up points nearby.'), { yes: say('下一步', 'Next') });
  await askPlatform('location');
}

/** 3.2: asks for the location on each start although it was refused, or a single time more. */
async function nagForLocation() {
  await explainAndAsk('location', locationPurpose);
}
async function onceForLocation() {
  const asked = setting('asked', 0);
  if (asked < 2) {
    setSetting('asked', asked + 1);
    await explainAndAsk('location', locationPurpose);
  }
}

/** 4.2=blocked, and 4.3=hostage after an upgrade: nothing can be done without the location. */
async function blockUntil(permission) {
  while (!await explainAndAsk(permission, locationPurpose)) {
    await question(say('无法使用', 'Not available'), say('未获得位置权限，无法使用小满集市。请开启位置权限。', 'Without access to your location the app cannot be used. Please turn it on.'), { yes: say('重试', 'Try again') });
  }
}

/** 4.5: agreeing to the improvement plan, once. */
async function improvement(answers, text) {
  if (setting('improvement', null) !== null) return;
  setSetting('improvement', await question(say('温馨提示', 'Please note'), text, answers));
}

/** 4.6: three permissions at once, by the platform; nothing works unless all are granted. */
async function bundle() {
  while (!await askPlatformForAll(['location', 'camera', 'microphone'])) {
    await question(say('权限不足', 'Permissions needed'), say('请先开启位置、相机和麦克风权限，否则无法使用。', 'Please turn on location, camera and microphone; the app cannot be used without.'), { yes: say('重新授权', 'Grant') });
  }
}

/** 4.6: the same in one dialog of the app's own. */
async function ownBundle(answers) {
  if (setting('bundle', null) !== null) return;
  const names = Object.values(NAMES).join(say('、', ', '));
  const text = say(`小满集市需要开启以下权限：${names}。位置用于推荐自提点，相机用于扫码，麦克风用于语音搜索。`, `We need access to: ${names}. Location is used for pick-up points, the camera used for scanning, the microphone used for voice search.`);
  const answer = await question(permissionTitle, text, answers);
  setSetting('bundle', answer);
  if (answer === 'yes') await askPlatformForAll(Object.keys(NAMES));
}

/** 3.2: what is done on the main screen although consent was refused. */
export async function afterRefusal() {
  if (is('3.2', 'collects')) { readMotion(); await readDevice(); }
  if (is('3.2', 'asks')) await askPlatform('location');
}

/** Functions that need a permission; shown on the home screen where a switch is about them. */
const shown = is('2.3', 'scan') || ['4.2', '4.6'].some((item) => value(item) !== null) || is('3.2', 'wish');

export function quickFunctions() {
  if (!shown) return null;
  return h('div', { class: 'quick' },
    button('btn btn-small', say('扫一扫', 'Scan'), () => go('#/scan')),
    button('btn btn-small', say('附近自提点', 'Stores nearby'), () => go('#/nearby')));
}

/** A function's screen once its permission was asked for. */
const needing = (permission, title, works, without) => async () => {
  const granted = await askPlatform(permission);
  return { title, body: [h('p', { class: granted ? 'document' : 'empty', text: granted ? works : without })] };
};

export const scanScreen = needing('camera', say('扫一扫', 'Scan'), say('请将条码放入框内', 'Hold the code inside the frame'), say('没有相机权限，可以手动输入条码', 'Without the camera you can type the code'));
export const nearbyScreen = needing('location', say('附近自提点', 'Stores nearby'), say('西湖区文三路 12 号（1.2 公里）', '12 Wensan Road (1.2 km)'), say('没有位置权限，可以手动选择城市', 'Without the location you can choose a city'));

/** 4.2=function: looking at a category is made to depend on the location, which it does not need. */
export async function categoryIsLocked() {
  return is('4.2', 'function') && !await askPlatform('location');
}

export const lockedScreen = (title) => ({ title, tab: 'category', back: false, body: [h('p', { class: 'empty', text: say('请开启位置权限后查看商品', 'Turn on location to see the products') })] });
