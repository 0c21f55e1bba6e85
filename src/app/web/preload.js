// Runs before the page's own scripts in every document: notes which elements listen for taps, so that a plain
// <div> with a listener is known as a control, and makes sure that a tap meets the control that was looked at. The
// notes are kept in the page's memory, weakly, and sent nowhere.
(() => {
  const key = Symbol.for('candor.listeners');
  if (window[key]) return;
  const FINGER = new Set(['touchend', 'touchstart', 'pointerup', 'pointerdown', 'mousedown', 'mouseup']);
  const noted = new WeakMap();           // element → whether it acts on a finger rather than on a click
  const add = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (type, ...rest) {
    if ((type === 'click' || FINGER.has(type)) && this instanceof Element && this !== document.body && this !== document.documentElement) {
      noted.set(this, noted.get(this) || FINGER.has(type));
    }
    return add.call(this, type, ...rest);
  };

  // The words of a control, as the look has them; numbers count down and are all the same.
  const ICONS = /[\u{e000}-\u{f8ff}\u{f0000}-\u{10ffff}]/gu;
  const BUTTONS = new Set(['button', 'submit', 'reset', 'image']);
  const fold = text => String(text).slice(0, 600).replace(ICONS, '').replace(/\s+/g, ' ').trim().slice(0, 60).replace(/\d+/g, '0');
  const isField = (el, tag) => tag === 'textarea' || tag === 'select' || el.isContentEditable || (tag === 'input' && !BUTTONS.has(el.type));
  function words(el) {
    const tag = el.localName;
    const name = el.getAttribute('aria-label') || el.getAttribute('alt') || el.getAttribute('placeholder')
      || (tag === 'input' && BUTTONS.has(el.type) && el.value) || el.getAttribute('title') || '';
    return [fold(name), isField(el, tag) ? '' : fold((el.shadowRoot || el).textContent || '')];
  }
  const same = (a, b) => a[0] === b[0] && a[1] === b[1];
  const shownIn = el => el.assignedSlot || el.parentElement || el.getRootNode().host || null;
  function* chain(el) { for (let at = el; at && at.localName; at = shownIn(at)) yield at; }
  const actsOnFinger = el => {
    for (const at of chain(el)) {
      if (noted.get(at) || at.ontouchstart || at.ontouchend || at.onpointerdown || at.onpointerup || at.onmousedown || at.onmouseup) return true;
      if (at._vei && (at._vei.onTouchend || at._vei.onTouchstart)) return true;
    }
    return false;
  };

  // While a tap is under way, what does not meet the control that it is meant for is stopped.
  let aim = null;
  const meets = event => {
    for (const at of event.composedPath()) {
      if (!at || !at.localName || !at.getAttribute) continue;
      if (at === aim.el ? (aim.finger || same(words(at), aim.words)) : (at.localName === aim.kind && same(words(at), aim.words))) return true;
    }
    return false;
  };
  const watch = event => {
    if (!aim || aim.done || !event.isTrusted) return;
    if (meets(event)) {
      if (event.type === 'click') aim.done = true;
      else aim.touched = true;
      return;
    }
    event.stopImmediatePropagation();
    event.preventDefault();
    // A control that acts on the finger has done so: what comes after is stopped, and the tap was one.
    if (!(aim.touched && aim.finger)) aim.missed = true;
  };
  for (const type of [...FINGER, 'click', 'auxclick', 'dblclick', 'contextmenu']) add.call(window, type, watch, { capture: true, passive: false });

  function windows() {
    const found = [];
    (function enter(win, depth) {
      found.push(win);
      if (depth > 4) return;
      for (let i = 0; i < win.frames.length && found.length < 60; i++) { try { if (win.frames[i].document) enter(win.frames[i], depth + 1); } catch { /* another origin */ } }
    })(window, 0);
    return found;
  }
  const armAll = state => { for (const win of windows()) { try { win[key]?.arm(state); } catch { /* it is gone */ } } };

  // What lies uppermost at a point, CSS px, through shadow roots and frames of the same origin.
  function at(x, y) {
    let root = document, hit = null;
    for (let depth = 0; depth < 30; depth++) {
      const inner = root.elementFromPoint(x, y);
      if (!inner || inner === hit) break;
      hit = inner;
      if (hit.shadowRoot) { root = hit.shadowRoot; continue; }
      if (hit.localName !== 'iframe' && hit.localName !== 'frame') break;
      const rect = hit.getBoundingClientRect(), [ox, oy] = [rect.left + hit.clientLeft, rect.top + hit.clientTop];
      let inside = null;
      try { inside = hit.contentDocument; } catch { /* another origin */ }
      if (!inside) {
        for (let i = 0; i < window.frames.length; i++) if (window.frames[i] === hit.contentWindow) return { frame: i, x: x - ox, y: y - oy };
        break;
      }
      x -= ox; y -= oy; root = inside;
    }
    return { hit };
  }

  // When the page's structure changed last, by its own clock: added, removed, shown, hidden. Words that change (a
  // countdown) do not count.
  const clock = performance.now.bind(performance);   // the page may put its own in the place of it
  let changed = clock();
  const shadows = [];
  const WATCHED = { childList: true, subtree: true, attributes: true, attributeFilter: ['class', 'hidden', 'open', 'src', 'aria-hidden', 'disabled'] };
  const observer = new MutationObserver(records => {
    if (records.some(record => record.type !== 'childList' || [...record.addedNodes, ...record.removedNodes].some(node => node.nodeType !== 3))) changed = clock();
  });
  observer.observe(document, WATCHED);
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options);
    if (shadows.length < 2000) { shadows.push(root); observer.observe(root, WATCHED); framed.observe(root, FRAMED); }
    return root;
  };
  const ends = a => a.playState === 'running' && a.effect && isFinite(a.effect.getComputedTiming().endTime);

  // How often the page asked what other processes of the browser answer, in their time: its storage, its keys, the
  // person's permissions, the place. And how many of these calls have no answer yet.
  let asked = 0, unanswered = 0;
  const follow = answer => {
    let done = false;
    const end = () => { if (!done) { done = true; unanswered--; } };
    unanswered++;
    if (answer instanceof Promise) answer.then(end, end);
    else if (answer instanceof EventTarget) for (const type of ['success', 'error', 'complete', 'abort']) add.call(answer, type, end);
    return end;
  };
  const ask = (owner, names) => {
    for (const name of names) {
      const old = owner?.prototype?.[name];
      if (typeof old !== 'function') continue;
      owner.prototype[name] = { [name](...rest) {
        asked++;
        // What answers by calling back is open until then.
        let end = () => {};
        rest = rest.map(each => typeof each === 'function' ? function (...said) { end(); return Reflect.apply(each, this, said); } : each);
        const answer = Reflect.apply(old, this, rest);
        end = follow(answer);
        return answer;
      } }[name];
    }
  };
  ask(window.IDBFactory, ['open', 'deleteDatabase', 'databases']);
  ask(window.IDBDatabase, ['transaction']);
  ask(window.CacheStorage, ['open', 'match', 'has', 'keys', 'delete']);
  ask(window.Cache, ['match', 'matchAll', 'put', 'add', 'addAll', 'keys', 'delete']);
  ask(window.SubtleCrypto, ['generateKey', 'importKey', 'deriveKey', 'deriveBits', 'encrypt', 'decrypt', 'sign', 'verify']);
  ask(window.Geolocation, ['getCurrentPosition', 'watchPosition']);
  ask(window.MediaDevices, ['getUserMedia', 'getDisplayMedia', 'enumerateDevices']);
  ask(window.Permissions, ['query']);
  ask(window.Clipboard, ['read', 'readText', 'write', 'writeText']);
  ask(window.StorageManager, ['getDirectory', 'persist', 'persisted']);

  // What a page moves by itself, a step in each frame, moves in our time: frames it waits for.
  const waiting = new Set();
  const [request, cancel] = [window.requestAnimationFrame, window.cancelAnimationFrame];
  Object.assign(window, {
    requestAnimationFrame(callback) {
      if (typeof callback !== 'function') return request.call(window, callback);
      const id = request.call(window, time => { waiting.delete(id); callback(time); });
      waiting.add(id);
      return id;
    },
    cancelAnimationFrame(id) { waiting.delete(id); cancel.call(window, id); },
  });

  // What leads to another app (weixin:, alipays:, intent:, tel:) is not followed: there is none here, and the browser would
  // ask in a dialog of its own, behind which nothing can be tapped.
  const OWN = /^(https?|wss?|about|blob|data|javascript|file|filesystem|chrome|chrome-error|view-source):/i;
  const leads = address => /^[a-z][a-z0-9+.-]*:/i.test(address) && !OWN.test(address);
  const led = [];
  const keep = address => { if (led.length < 60) led.push(String(address).slice(0, 300)); };
  const stay = (event, address) => { keep(address); event.preventDefault(); };
  if (window.navigation) add.call(window.navigation, 'navigate', event => {
    if (event.cancelable && leads(event.destination.url)) stay(event, event.destination.url);
  });
  // A link for another tab is not the page's own navigation.
  add.call(window, 'click', event => {
    const link = event.composedPath().find(each => each && each.localName === 'a' && typeof each.href === 'string' && leads(each.href));
    if (link && link.target && link.target !== '_self') stay(event, link.href);
  }, { capture: true });
  const open = window.open;
  Object.assign(window, {
    open(address, ...rest) {
      let whole = String(address ?? '');
      try { whole = new URL(whole, document.baseURI).href; } catch { /* the browser says so */ }
      if (!leads(whole)) return open.call(window, address, ...rest);
      keep(whole);
      return null;
    },
  });
  // A frame that is to lead there is taken out and put back without its address, before the browser has looked at it.
  const disarm = frame => {
    if (!leads(frame.src || '')) return;
    keep(frame.src);
    const [parent, next] = [frame.parentNode, frame.nextSibling];
    frame.remove();
    frame.removeAttribute('src');
    if (parent) parent.insertBefore(frame, next);
  };
  const framed = new MutationObserver(records => {
    for (const record of records) {
      for (const node of record.type === 'attributes' ? [record.target] : record.addedNodes) {
        if (node.localName === 'iframe') disarm(node);
        else if (node.querySelectorAll) node.querySelectorAll('iframe').forEach(disarm);
      }
    }
  });
  const FRAMED = { childList: true, subtree: true, attributes: true, attributeFilter: ['src'] };
  framed.observe(document, FRAMED);

  let looked = [];
  const NEAR = 2;                        // px of the picture: rounding
  const OPERATED = 'a[href],button,input,select,textarea,summary,label,[onclick],[role=button],[role=link],[role=checkbox],[role=radio],[role=switch],[role=tab]';
  const has = el => noted.has(el);
  const eye = {
    has,
    arm(state) { aim = state; },
    // How long the page has been as it is, ms of its own time; 0 while it loads or something moves to an end.
    rest() {
      let least = Infinity;
      for (const win of windows()) {
        try {
          const own = win === window ? eye : win[key];
          least = Math.min(least, win.document.readyState === 'complete' ? own.still() : 0);
        } catch { /* it is gone */ }
      }
      return isFinite(least) ? least : 0;
    },
    calls() {
      let sum = 0;
      for (const win of windows()) { try { sum += win === window ? asked : win[key].asked(); } catch { /* it is gone */ } }
      return sum;
    },
    asked: () => asked,
    // How many of its calls have no answer yet.
    unanswered() {
      let sum = 0;
      for (const win of windows()) { try { sum += win === window ? unanswered : win[key].waited(); } catch { /* it is gone */ } }
      return sum;
    },
    waited: () => unanswered,
    // Where the page wanted to lead to another app since this was asked last.
    led: () => led.splice(0),
    // Whether it waits for a frame, to move something on.
    moves() {
      return windows().some(win => { try { return win === window ? waiting.size > 0 : win[key].waits(); } catch { return false; } });
    },
    waits: () => waiting.size > 0,
    still: () => ([document, ...shadows].some(root => root.getAnimations && root.getAnimations().some(ends)) ? 0 : clock() - changed),
    // What a look saw: [x, y, element], px of the picture.
    note(points) { looked = points.map(([x, y, el]) => ({ x, y, ref: new WeakRef(el), kind: el.localName, words: words(el) })); },
    // Finds what lies at a point now, and takes aim where it is what was looked at: the answer says {met}.
    take(px, py, x, y, label) {
      const { hit, frame, x: fx, y: fy } = at(x, y);
      if (frame !== undefined) return { frame, x: fx, y: fy };
      if (!hit) return { met: false };
      const state = (el, said) => ({ el, kind: el.localName, words: said, finger: actsOnFinger(el), touched: false, done: false, missed: false });
      const notes = looked.filter(note => Math.abs(note.x - px) <= NEAR && Math.abs(note.y - py) <= NEAR);
      const above = [...chain(hit)];
      for (const note of notes) {
        const el = note.ref.deref();
        const found = above.find(each => each === el) ?? above.find(each => each.localName === note.kind && same(words(each), note.words));
        if (found && same(words(found), note.words)) { armAll(state(found, note.words)); return { met: true }; }
      }
      if (notes.length) return { met: false };
      // Nobody looked at this point: the label has to do. Words may stand beside a box or a field, not in it.
      const wanted = fold(label);
      const like = said => said.some(each => each && wanted && (each === wanted || each.startsWith(wanted) || wanted.startsWith(each)));
      const control = above.find(each => each.matches(OPERATED) || has(each));
      const wordless = el => words(el).every(each => !each);
      const found = above.slice(0, 8).find(each => like(words(each)))
        ?? (control && (wordless(control) || ['input', 'select', 'textarea', 'label'].includes(control.localName)) ? control : null)
        ?? (!control && wordless(hit) ? hit : null);
      if (!found) return { met: false };
      armAll(state(found, words(found)));
      return { met: true };
    },
    // Lets everything through again; whether the last tap was stopped.
    release() {
      const missed = !!aim && aim.missed;
      armAll(null);
      return missed;
    },
  };
  Object.defineProperty(window, key, { value: Object.freeze(eye), enumerable: false });
})();
