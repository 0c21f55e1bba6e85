// Runs before the page's own scripts in every document: notes which elements listen for taps, so that a plain
// <div> with a listener is known as a control. The notes are kept in the page's memory, weakly, and sent nowhere.
(() => {
  const key = Symbol.for('candor.listeners');
  if (window[key]) return;
  const noted = new WeakSet();
  Object.defineProperty(window, key, { value: noted, enumerable: false });
  const TAPS = new Set(['click', 'touchend', 'touchstart', 'pointerup', 'pointerdown', 'mousedown', 'mouseup']);
  const add = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (type, ...rest) {
    if (TAPS.has(type) && this instanceof Element && this !== document.body && this !== document.documentElement) noted.add(this);
    return add.call(this, type, ...rest);
  };
})();
