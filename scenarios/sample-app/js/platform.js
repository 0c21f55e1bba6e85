// What the app asks the browser for, and what it reads without asking.

import { get } from './api.js';

const media = (wish) => navigator.mediaDevices.getUserMedia(wish).then((stream) => stream.getTracks().forEach((track) => track.stop()));

/** Each permission: the call that asks, and its name for permissions.query. */
const PERMISSIONS = {
  location: ['geolocation', () => new Promise((resolve) => navigator.geolocation.getCurrentPosition(resolve, resolve))],
  camera: ['camera', () => media({ video: true })],
  microphone: ['microphone', () => media({ audio: true })],
  notifications: ['notifications', () => Notification.requestPermission()],
};

/** Asks for a permission; answers whether it is granted once the person, or the browser for them, has decided. */
export async function askPlatform(permission) {
  const [name, call] = PERMISSIONS[permission];
  const status = await navigator.permissions.query({ name });
  const decided = new Promise((resolve) => status.addEventListener('change', resolve, { once: true }));
  // A device without a camera fails and is granted all the same; a prompt that nobody sees is decided elsewhere.
  await Promise.race([decided, call().catch(() => {})]);
  return status.state === 'granted';
}

/** Asks for one after the other; answers whether all are granted. */
export async function askPlatformForAll(permissions) {
  let all = true;
  for (const permission of permissions) all = await askPlatform(permission) && all;
  return all;
}

/** Listens to how the device is moved. */
export const readMotion = () => addEventListener('devicemotion', () => {});

/** Reads what tells this device from others. */
export async function readDevice() {
  readCanvas();
  const gl = document.createElement('canvas').getContext('webgl');
  const names = gl?.getExtension('WEBGL_debug_renderer_info');
  if (names) gl.getParameter(names.UNMASKED_RENDERER_WEBGL);
  await navigator.mediaDevices?.enumerateDevices();
  await navigator.userAgentData?.getHighEntropyValues(['model', 'platformVersion']);
}

/** Draws words where nobody sees them and reads how they came out. */
export function readCanvas() {
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d');
  pen.fillText('小满 xiaoman', 2, 20);
  canvas.toDataURL();
}

/** A frame of the third party that asks for the location. */
export async function frameThatAsks() {
  const { third_party: home } = await get('config');
  const frame = document.createElement('iframe');
  frame.allow = 'geolocation';
  frame.src = `${home}locate.html`;
  frame.style.cssText = 'position:absolute;width:1px;height:1px;border:0';
  document.body.append(frame);
}
