// Runs before the page's own scripts, in every frame: tells of calls that ask for a permission, read a sensor, or
// read what tells one device from another. Every call goes on as if nobody were listening. `tell` is reachable from
// here only, so a page cannot make up calls. Dedicated and shared workers are out of a preload script's reach.
(tell, hours) => {
  const MOST = 12;                       // tellings of one call a document: a canvas may be read sixty times a second
  const told = new Map();
  const { apply, construct } = Reflect;
  const now = Date.now;
  const say = (kind, what, call) => {
    const count = (told.get(call) ?? 0) + 1;
    told.set(call, count);
    if (count > MOST) return;
    let script = '';
    for (const line of (new Error().stack ?? '').split('\n')) {
      const found = /(https?:\/\/[^\s)]+?):\d+:\d+/.exec(line);
      if (found) { script = found[1]; break; }
    }
    try {
      tell({ kind, what, call, from: location.origin + location.pathname, script, framed: window !== window.top, hand: navigator.userActivation?.isActive === true });
    } catch { /* the listener went away with the session */ }
  };
  /** Puts a listener before a function; `what` may be a function of the arguments that answers with a list. */
  const listen = (owner, name, kind, what, call) => {
    const old = owner?.[name];
    if (typeof old !== 'function') return;
    const heard = function (...rest) {
      for (const each of typeof what === 'function' ? what.call(this, rest) : [what]) say(kind, each, call);
      return new.target ? construct(old, rest, new.target === heard ? old : new.target) : apply(old, this, rest);
    };
    Object.defineProperty(heard, 'name', { value: name });
    Object.defineProperty(heard, 'length', { value: old.length });
    heard.prototype = old.prototype;
    Object.setPrototypeOf(heard, old);
    try { owner[name] = heard; } catch { /* not writable: not heard */ }
  };
  const of = (type) => window[type]?.prototype;

  // Asks for a permission.
  listen(of('Geolocation'), 'getCurrentPosition', 'ask', 'location', 'navigator.geolocation.getCurrentPosition');
  listen(of('Geolocation'), 'watchPosition', 'ask', 'location', 'navigator.geolocation.watchPosition');
  const media = ([wish]) => [wish?.video && 'camera', wish?.audio && 'microphone'].filter(Boolean);
  listen(of('MediaDevices'), 'getUserMedia', 'ask', media, 'navigator.mediaDevices.getUserMedia');
  listen(of('Navigator'), 'getUserMedia', 'ask', media, 'navigator.getUserMedia');
  listen(of('Navigator'), 'webkitGetUserMedia', 'ask', media, 'navigator.webkitGetUserMedia');
  listen(of('MediaDevices'), 'getDisplayMedia', 'ask', 'screen', 'navigator.mediaDevices.getDisplayMedia');
  listen(window.Notification, 'requestPermission', 'ask', 'notifications', 'Notification.requestPermission');
  listen(of('PushManager'), 'subscribe', 'ask', 'notifications', 'PushManager.subscribe');
  listen(of('Clipboard'), 'read', 'ask', 'clipboard', 'navigator.clipboard.read');
  listen(of('Clipboard'), 'readText', 'ask', 'clipboard', 'navigator.clipboard.readText');
  listen(of('ContactsManager'), 'select', 'ask', 'contacts', 'navigator.contacts.select');
  listen(of('Bluetooth'), 'requestDevice', 'ask', 'bluetooth', 'navigator.bluetooth.requestDevice');
  listen(of('USB'), 'requestDevice', 'ask', 'usb', 'navigator.usb.requestDevice');
  listen(of('Serial'), 'requestPort', 'ask', 'serial', 'navigator.serial.requestPort');
  listen(of('Navigator'), 'requestMIDIAccess', 'ask', 'midi', 'navigator.requestMIDIAccess');
  listen(window.IdleDetector, 'requestPermission', 'ask', 'idle', 'IdleDetector.requestPermission');
  listen(window, 'queryLocalFonts', 'ask', 'fonts', 'queryLocalFonts');
  listen(of('Document'), 'requestStorageAccess', 'ask', 'storage_access', 'document.requestStorageAccess');
  listen(window.DeviceMotionEvent, 'requestPermission', 'ask', 'motion', 'DeviceMotionEvent.requestPermission');
  listen(window.DeviceOrientationEvent, 'requestPermission', 'ask', 'motion', 'DeviceOrientationEvent.requestPermission');

  // Sensors that ask nobody.
  for (const type of ['Accelerometer', 'LinearAccelerationSensor', 'GravitySensor', 'Gyroscope', 'Magnetometer', 'AbsoluteOrientationSensor', 'RelativeOrientationSensor', 'AmbientLightSensor']) {
    listen(window, type, 'sensor', type === 'AmbientLightSensor' ? 'light' : 'motion', `new ${type}`);
  }
  const MOTION = ['devicemotion', 'deviceorientation', 'deviceorientationabsolute'];
  listen(of('EventTarget'), 'addEventListener', 'sensor', ([type]) => (MOTION.includes(type) ? ['motion'] : []), 'addEventListener(devicemotion)');
  for (const type of MOTION) {
    const field = Object.getOwnPropertyDescriptor(window, `on${type}`);
    if (!field?.set || !field.configurable) continue;
    Object.defineProperty(window, `on${type}`, { ...field, set(to) { if (to) say('sensor', 'motion', `on${type}`); apply(field.set, this, [to]); } });
  }

  // What tells one device from another. A canvas that is shown is a drawing; one that nobody sees is read for how it was drawn.
  const unseen = (canvas) => !canvas?.isConnected || canvas.getBoundingClientRect().width === 0;
  // Whether the browser knows a kind of picture is asked of a canvas of a few pixels, or of one that nothing was drawn on.
  const drawnOn = new WeakSet();
  for (const name of ['fillText', 'strokeText', 'fillRect', 'fill', 'stroke', 'drawImage']) {
    listen(of('CanvasRenderingContext2D'), name, 'identifier', function () { drawnOn.add(this.canvas); return []; }, `canvas.${name}`);
  }
  const asksForKind = (canvas, type) => canvas.width < 16 || canvas.height < 16 || (/webp|avif/i.test(String(type || '')) && !drawnOn.has(canvas));
  const drawn = function ([type]) { return unseen(this) && !asksForKind(this, type) ? ['canvas'] : []; };
  listen(of('HTMLCanvasElement'), 'toDataURL', 'identifier', drawn, 'canvas.toDataURL');
  listen(of('HTMLCanvasElement'), 'toBlob', 'identifier', function ([, type]) { return drawn.call(this, [type]); }, 'canvas.toBlob');
  listen(of('CanvasRenderingContext2D'), 'getImageData', 'identifier', function () { return unseen(this.canvas) && !asksForKind(this.canvas) ? ['canvas'] : []; }, 'canvas.getImageData');
  const UNMASKED = [0x9245, 0x9246];
  for (const type of ['WebGLRenderingContext', 'WebGL2RenderingContext']) {
    listen(of(type), 'getParameter', 'identifier', ([name]) => (UNMASKED.includes(name) ? ['graphics'] : []), 'WebGL.getParameter(UNMASKED_RENDERER)');
  }
  listen(of('MediaDevices'), 'enumerateDevices', 'identifier', 'devices', 'navigator.mediaDevices.enumerateDevices');
  listen(of('NavigatorUAData'), 'getHighEntropyValues', 'identifier', 'browser details', 'navigator.userAgentData.getHighEntropyValues');

  // The clock, moved forward: what an app does again after two days is seen without waiting for them.
  if (hours > 0) {
    const ahead = hours * 3600000;
    const Old = Date;
    const Moved = function (...rest) {
      if (!new.target) return new Old(now() + ahead).toString();
      return construct(Old, rest.length ? rest : [now() + ahead], new.target === Moved ? Moved : new.target);
    };
    Moved.prototype = Old.prototype;
    Object.setPrototypeOf(Moved, Old);
    Object.defineProperty(Moved, 'name', { value: 'Date' });
    Old.prototype.constructor = Moved;
    Moved.now = () => now() + ahead;
    window.Date = Moved;
  }
}
