// One look at the page as a person would have it: every element that can be seen, tapped or read,
// with its rectangle in px of the picture, in document order, through same-origin frames and open
// shadow roots. One round trip, whatever the page's size. Runs inside the page and changes nothing but
// preload.js's note of what lies where.
const options = arguments[0];
// A frame of another origin may not know of the phone's density.
const dpr = options.dpr || window.devicePixelRatio || 1;
const limit = options.limit;
const listeners = window[Symbol.for('candor.listeners')];
const nodes = [], indexOf = new Map(), foreign = [], points = [];
let omitted = 0, visited = 0;
const fold = (text, max) => text.replace(/\s+/g, ' ').trim().slice(0, max);
// Characters of an icon font are drawings, not words: they lie in the ranges that are left to private use ...
const ICONS = /[\u{e000}-\u{f8ff}\u{f0000}-\u{10ffff}]/gu;
// ... or are names that such a font turns into one drawing.
const ICON_FONT = /(material|google)[ -]?(icons|symbols)/i;
const plain = text => text.replace(ICONS, '');
const RADIO = /radio/, SWITCH = /switch|toggle/, CHECK = /check/;

const TAGS = { a: 'link', button: 'button', summary: 'button', select: 'button', textarea: 'text_field', label: 'label',
  img: 'image', svg: 'image', picture: 'image', video: 'image', canvas: 'canvas', iframe: 'frame', frame: 'frame', embed: 'frame',
  object: 'frame', dialog: 'dialog', ul: 'list', ol: 'list', li: 'list_item', h1: 'heading', h2: 'heading', h3: 'heading',
  h4: 'heading', h5: 'heading', h6: 'heading' };
const INPUTS = { checkbox: 'checkbox', radio: 'radio', button: 'button', submit: 'button', reset: 'button', image: 'button',
  search: 'search_field', file: 'button', range: 'group', color: 'group' };
const ARIA = { button: 'button', link: 'link', checkbox: 'checkbox', menuitemcheckbox: 'checkbox', radio: 'radio',
  menuitemradio: 'radio', switch: 'switch', tab: 'tab', dialog: 'dialog', alertdialog: 'dialog', heading: 'heading', img: 'image',
  list: 'list', listitem: 'list_item', textbox: 'text_field', searchbox: 'search_field', menuitem: 'button', option: 'button',
  combobox: 'text_field' };
const PRESSES = new Set(['button', 'link', 'checkbox', 'radio', 'switch', 'tab']);

function roleOf(el, tag) {
  const said = (el.getAttribute('role') || '').trim().split(/\s+/)[0];
  if (ARIA[said]) return ARIA[said];
  if (tag === 'input') return INPUTS[el.type] || (/search|搜索/i.test(el.name + el.placeholder + el.id) ? 'search_field' : 'text_field');
  if (tag === 'a' && !el.hasAttribute('href')) return 'text';
  if (ownState(el, tag)) return RADIO.test(tag) ? 'radio' : SWITCH.test(tag) ? 'switch' : 'checkbox';
  return TAGS[tag] || 'text';
}

// An element of the app's own making that keeps its state itself: the role that it has is not written anywhere.
function ownState(el, tag) {
  return tag.includes('-') && (RADIO.test(tag) || SWITCH.test(tag) || CHECK.test(tag)) && typeof el.checked === 'boolean'
    && !(el.shadowRoot || el).querySelector('input[type=checkbox],input[type=radio],[aria-checked]');
}

// Frameworks that listen at the root leave their handlers on the element.
function frameworkListens(el) {
  if (el._vei && (el._vei.onClick || el._vei.onTouchend)) return true;
  for (const key in el) if (key.startsWith('__reactProps$')) return !!(el[key] && (el[key].onClick || el[key].onTouchEnd));
  return false;
}

// What listens for all that it holds, such as a list or a dialog with one listener: what is made out as a key inside of it is a
// control, whether the pointer says so or not.
const delegates = (el, press) => press === 'listener' && el.localName !== 'a' && el.querySelectorAll('a,[data-action],[class*=btn],[class*=button],[class*=key]').length > 1;
const KEY = /(^|[-_ ])(btn|button|key|action|confirm|cancel|ok|agree|submit)([-_ ]|$)/i;
function isKey(el, tag) {
  if (el.children.length > 2 || !(el.textContent || '').trim() || el.textContent.trim().length > 24) return false;
  // A row of keys is none.
  if (el.querySelector('a,button,input,[role=button],[data-action],[class*=btn],[class*=button],[class*=key]')) return false;
  return tag === 'a' || el.hasAttribute('data-action') || KEY.test(String(el.getAttribute('class') || ''));
}

function tappable(el, tag, role, style, above) {
  if ((tag === 'a' && el.hasAttribute('href')) || tag === 'button' || tag === 'summary' || tag === 'select'
      || (tag === 'input' && el.type !== 'hidden')) return 'native';
  if (tag === 'label' && el.control) return 'native';
  if (PRESSES.has(role)) return 'role';
  if (el.onclick || el.hasAttribute('onclick') || el.ontouchend || (listeners && listeners.has(el)) || frameworkListens(el)) return 'listener';
  if (above.delegates && isKey(el, tag)) return 'listener';
  if (style.cursor === 'pointer' && !above.pointer) return 'looks';
  return null;
}

// A ground that lets through what lies below, darkened: that of a dialog.
function dims(style) {
  const alpha = /rgba\([^)]*,\s*([\d.]+)\)/.exec(style.backgroundColor);
  return !!alpha && +alpha[1] > 0.1 && +alpha[1] < 0.95;
}

function checkedOf(el, tag, role) {
  if (tag === 'input' && (el.type === 'checkbox' || el.type === 'radio')) return el.indeterminate ? 'mixed' : el.checked ? 'on' : 'off';
  if (ownState(el, tag)) return el.indeterminate === true ? 'mixed' : el.checked ? 'on' : 'off';
  const said = el.getAttribute('aria-checked') ?? (role === 'switch' ? el.getAttribute('aria-pressed') : null);
  return said === 'true' ? 'on' : said === 'false' ? 'off' : said === 'mixed' ? 'mixed' : null;
}

function nameOf(el, tag, root) {
  const by = el.getAttribute('aria-labelledby');
  if (by && root.getElementById) {
    const text = by.split(/\s+/).map(id => root.getElementById(id)?.textContent || '').join(' ');
    if (text.trim()) return fold(text, 200);
  }
  let name = el.getAttribute('aria-label') || el.getAttribute('alt') || el.getAttribute('placeholder');
  if (!name && tag === 'input' && (INPUTS[el.type] === 'button')) name = el.value;
  return fold(name || el.getAttribute('title') || '', 200);
}

// Names that the page's code gives a control: its classes, its icon's, its handler's; then words that nameOf leaves out,
// each behind U+001F.
function hintsOf(el, role, words) {
  const names = [];
  const take = (node, all) => {
    for (const name of ['class', 'name', 'data-icon', 'data-action', 'data-method', 'data-type', 'data-testid', 'icon', 'href', 'xlink:href', 'src'])
      if ((all || name !== 'href') && node.hasAttribute(name)) {
        const said = node.getAttribute(name);
        // Of a picture's address only its file's name.
        names.push(name === 'src' ? said.startsWith('data:') ? '' : said.split(/[?#]/)[0].split('/').pop() : said);
      }
  };
  take(el, false);
  const handler = el.getAttribute('onclick'); if (handler) names.push(handler);
  const inner = el.querySelectorAll('svg,use,i,img,em,span[class],[data-icon]');
  for (let at = 0; at < inner.length && at < 6; at++) take(inner[at], true);
  const drawn = getComputedStyle(el).backgroundImage.match(/url\("?([^")]+)/);
  if (drawn && !drawn[1].startsWith('data:')) names.push(drawn[1].split(/[?#]/)[0].split('/').pop());
  // What a field holds is a person's own.
  const said = [el.getAttribute('title'), role === 'button' ? el.value : '', ...[...el.querySelectorAll('svg title,[title],[aria-label],img[alt]')].slice(0, 4)
    .map(node => node.localName === 'title' ? node.textContent : node.getAttribute('title') || node.getAttribute('aria-label') || node.getAttribute('alt'))];
  const more = said.filter(text => typeof text === 'string' && text.trim() && text.trim() !== words).map(text => '\u001f' + fold(text, 80));
  return fold(names.join(' '), 300).replace(/\u001f/g, ' ') + more.join('');
}

// The form that a control or a field sends, as "method address".
function formOf(el, tag, role) {
  const form = el.form;
  if (!form || !form.getAttribute) return '';
  const sends = (tag === 'button' && el.type === 'submit') || (tag === 'input' && /^(submit|image)$/.test(el.type))
    || role === 'text_field' || role === 'search_field';
  if (!sends) return '';
  const said = name => el.getAttribute('form' + name) ?? form.getAttribute(name) ?? '';
  return ((said('method') || 'get').toLowerCase() + ' ' + said('action')).slice(0, 300);
}

// A small drawn thing without text of its own: a box, a circle, an icon.
function isDrawn(el, tag, style, rect) {
  if (tag === 'canvas' || tag === 'svg') return true;
  if (rect.width < 6 || rect.width > 80 || rect.height < 6 || rect.height > 60) return false;
  if (tag === 'img') return true;
  const generated = side => { const c = getComputedStyle(el, side); return c.content !== 'none' && c.content !== 'normal'; };
  return style.backgroundImage !== 'none' || style.borderTopWidth !== '0px' || style.maskImage !== 'none'
    || style.backgroundColor !== 'rgba(0, 0, 0, 0)' || generated('::before') || generated('::after');
}

const BESIDE = ['::before', '::after', ''];
// A box that is drawn beside an element's words without being an element: generated content, or a background
// picture in the space that the words leave. Answers with its rectangle in CSS px of the frame, or null.
function drawnBeside(el, side, style, rect) {
  const own = side ? getComputedStyle(el, side) : style;
  const px = name => parseFloat(own[name]) || 0;
  const fits = (w, h) => w >= 8 && w <= 72 && h >= 8 && h <= 44;
  if (!side) {
    if (own.backgroundImage === 'none' || !own.backgroundRepeat.startsWith('no-repeat')) return null;
    const [width, height = 'auto'] = own.backgroundSize.split(',')[0].trim().split(' ');
    const [left, right] = [px('paddingLeft'), px('paddingRight')];
    if (!width.endsWith('px')) {
      // The picture's own size is not known: the space that is left for it is.
      const space = Math.max(left, right), w = Math.min(space, 32), h = Math.min(rect.height, 32);
      return space >= 14 && fits(w, h) ? new DOMRect(left >= right ? rect.left : rect.right - w, rect.top + (rect.height - h) / 2, w, h) : null;
    }
    const w = parseFloat(width), h = height.endsWith('px') ? parseFloat(height) : w;
    const at = (said, room) => /^-?[\d.]+%$/.test(said) ? room * parseFloat(said) / 100 : /^-?[\d.]+px$/.test(said) ? parseFloat(said) : NaN;
    const [sx, sy] = own.backgroundPosition.split(',')[0].trim().split(' ');
    const [x, y] = [at(sx, el.clientWidth - w), at(sy, el.clientHeight - h)];
    return fits(w, h) && w < rect.width / 2 && !isNaN(x + y) ? new DOMRect(rect.left + el.clientLeft + x, rect.top + el.clientTop + y, w, h) : null;
  }
  if (own.content === 'none' || own.content === 'normal' || own.display === 'none' || own.visibility !== 'visible' || !(parseFloat(own.opacity) > .05)) return null;
  const words = own.content !== '""' && own.content !== "''";
  if (!words && own.backgroundImage === 'none' && own.maskImage === 'none' && own.borderTopWidth === '0px' && own.backgroundColor === 'rgba(0, 0, 0, 0)') return null;
  let w = parseFloat(own.width), h = parseFloat(own.height);
  if (isNaN(w + h)) {
    // Set as text: one drawing of an icon font, or words that are none of a box's.
    if ([...own.content].length !== 3) return null;
    w = h = px('fontSize');
  } else if (own.boxSizing !== 'border-box') {
    w += px('paddingLeft') + px('paddingRight') + px('borderLeftWidth') + px('borderRightWidth');
    h += px('paddingTop') + px('paddingBottom') + px('borderTopWidth') + px('borderBottomWidth');
  }
  if (!fits(w, h)) return null;
  const moved = own.transform === 'none' ? { e: 0, f: 0 } : new DOMMatrixReadOnly(own.transform);
  if (own.position === 'absolute' || own.position === 'fixed') {
    const holder = style.position !== 'static' ? el : el.offsetParent;
    if (!holder || own.position === 'fixed') return null;
    const outer = holder.getBoundingClientRect();
    return new DOMRect(outer.left + holder.clientLeft + px('left') + px('marginLeft') + moved.e, outer.top + holder.clientTop + px('top') + px('marginTop') + moved.f, w, h);
  }
  const range = el.ownerDocument.createRange(); range.selectNodeContents(el);
  const lines = [...range.getClientRects()].filter(line => line.width > 0);
  const line = side === '::before' ? lines[0] : lines[lines.length - 1];
  if (!line) return null;
  const before = line.left - px('marginRight') - w, after = line.right + px('marginLeft');
  const middle = /flex/.test(style.display) && style.alignItems === 'center' ? rect.top + rect.height / 2 : (line.top + line.bottom) / 2;
  const shift = own.position === 'relative' ? [px('left'), px('top')] : [0, 0];
  return new DOMRect((side === '::before' ? Math.max(before, rect.left) : after) + shift[0] + moved.e, middle - h / 2 + shift[1] + moved.f, w, h);
}

// What lies uppermost at a point, through shadow roots.
function hits(frame, el, x, y) {
  if (x < 0 || y < 0 || x >= frame.win.innerWidth || y >= frame.win.innerHeight) return null;
  let hit = el.ownerDocument.elementFromPoint(x, y);
  for (let depth = 0; hit && hit.shadowRoot && depth < 20; depth++) {
    const inner = hit.shadowRoot.elementFromPoint(x, y);
    if (!inner || inner === hit || inner.getRootNode() !== hit.shadowRoot) break;
    hit = inner;
  }
  return hit;
}

// The element that this one is shown in: a slot where it is given to one, the host at the top of a shadow root.
function shownIn(el) { return el.assignedSlot || el.parentElement || el.getRootNode().host || null; }
function holds(outer, inner) {
  if (outer.contains(inner)) return true;
  for (let at = inner; at; at = shownIn(at)) if (at === outer) return true;
  return false;
}

// Seen: the hit is the element, inside it, or (for text of a parent) around it without anything between.
function uncovered(frame, el, rect) {
  const l = Math.max(rect.left, frame.clip.l), r = Math.min(rect.right, frame.clip.r);
  const t = Math.max(rect.top, frame.clip.t), b = Math.min(rect.bottom, frame.clip.b);
  for (const [fx, fy] of [[.5, .5], [.15, .5], [.85, .5], [.5, .15], [.5, .85]]) {
    const hit = hits(frame, el, l + (r - l) * fx, t + (b - t) * fy);
    if (hit && (holds(el, hit) || holds(hit, el))) return true;
  }
  return false;
}

// A point where a tap lands on this control and on no other one nested in it.
function pointFor(frame, el) {
  const hands = !!listeners && listeners.has(el) && delegates(el, 'listener');
  const nested = hit => { for (let at = hit; at && at !== el; at = shownIn(at)) if ((hands && isKey(at, at.localName)) || at.matches('a[href],button,input,select,textarea,[onclick],[role=button],[role=link],[role=checkbox]') || (listeners && listeners.has(at))) return true; return false; };
  for (const box of [...el.getClientRects()].slice(0, 4)) {
    const l = Math.max(box.left, frame.clip.l), r = Math.min(box.right, frame.clip.r);
    const t = Math.max(box.top, frame.clip.t), b = Math.min(box.bottom, frame.clip.b);
    if (r - l < 1 || b - t < 1) continue;
    for (const [fx, fy] of [[.5, .5], [.25, .5], [.75, .5], [.1, .5], [.9, .5], [.5, .2], [.5, .8]]) {
      const x = l + (r - l) * fx, y = t + (b - t) * fy, hit = hits(frame, el, x, y);
      if (hit && holds(el, hit) && !nested(hit)) return [(x + frame.ox) * dpr, (y + frame.oy) * dpr];
    }
  }
  return null;
}

// As seen, px of the picture: `zoom` enlarges what the style says.
function fontOf(el, style) { return parseFloat(style.fontSize) * (el.currentCSSZoom || 1) * dpr; }
function place(rect, frame) { return [(rect.left + frame.ox) * dpr, (rect.top + frame.oy) * dpr, rect.width * dpr, rect.height * dpr]; }
function onScreen(rect, frame) {
  return rect.width > 0 && rect.height > 0 && rect.right > frame.clip.l && rect.left < frame.clip.r && rect.bottom > frame.clip.t && rect.top < frame.clip.b;
}

function visit(el, parent, frame, above) {
  visited++;
  const tag = el.localName;
  if (tag === 'script' || tag === 'style' || tag === 'noscript' || tag === 'template' || tag === 'head' || tag === 'option') return;
  const style = getComputedStyle(el);
  const role = roleOf(el, tag), checked = checkedOf(el, tag, role);
  if (style.display === 'none' && checked === null) return;
  const contents = style.display === 'contents';
  const rect = el.getBoundingClientRect();
  const opacity = above.opacity * (parseFloat(style.opacity) || 0);
  // A field that is transparent until it is typed into is a field all the same.
  const ghost = opacity < 0.05 && (role === 'text_field' || role === 'search_field');
  const hidden = style.visibility !== 'visible' || (opacity < 0.05 && !ghost) || style.display === 'none'
    || (checked !== null && (rect.width < 3 || rect.height < 3));
  const kids = el.children.length;
  let own = '', runs = null, icon = false;
  // Words of an element with a shadow root show only where a slot takes them.
  if (!el.shadowRoot) for (const child of el.childNodes) if (child.nodeType === 3 && child.data.trim()) {
    if (!plain(child.data).trim() || ICON_FONT.test(style.fontFamily)) icon = true;
    else if (kids) (runs ||= []).push(child); else own += child.data;
  }
  own = fold(plain(own), options.text);
  const press = tappable(el, tag, role, style, above);
  const visible = onScreen(rect, frame) && !hidden;
  const drawn = !own && visible && (icon || isDrawn(el, tag, style, rect));
  const dialog = role === 'dialog' || el.getAttribute('aria-modal') === 'true';
  const layer = visible && (dialog || (style.position === 'fixed' || style.position === 'absolute')
    && rect.width * rect.height > 0.25 * frame.win.innerWidth * frame.win.innerHeight && (+style.zIndex > 0 || dims(style)));
  const left = [el.scrollWidth - el.clientWidth - el.scrollLeft, el.scrollHeight - el.clientHeight - el.scrollTop];
  const rolls = /auto|scroll/.test(style.overflowX + style.overflowY) && (left[0] > 4 || left[1] > 4) && el.clientHeight > 40;
  const matters = press || checked !== null || own || drawn || layer || rolls || (role !== 'text' && role !== 'list_item' && role !== 'list');
  const keep = !contents && matters && (visible || own || checked !== null || (press && rect.width > 0))
    || (!contents && visible && (kids > 1 || runs));
  let at = parent;
  if (keep) {
    if (nodes.length >= limit && !visible) omitted++;
    else {
      at = nodes.length;
      indexOf.set(el, at);
      const node = { p: parent, r: role === 'text' && !own && (kids || drawn) ? 'group' : role, k: tag, b: place(rect, frame) };
      if (own && !hidden) node.t = own;
      const name = nameOf(el, tag, el.getRootNode()); if (name) node.n = name;
      if (el.id) node.i = el.id.slice(0, 100);
      if (checked !== null) node.c = checked;
      if (press && el.disabled !== true) node.a = press;
      if (el.disabled === true || el.getAttribute('aria-disabled') === 'true') node.d = 1;
      if (visible && (press || own || drawn || role === 'image' || role === 'text_field' || role === 'search_field') ? uncovered(frame, el, rect) : visible) node.s = 1;
      if ((press || role === 'text_field' || role === 'search_field' || drawn) && node.s) { const point = pointFor(frame, el); if (point) { node.o = point; points.push([...point, el]); } }
      if (hidden) node.h = 1;
      if (drawn) node.w = 1;
      if (layer) node.l = 1;
      if (rolls) node.m = left.map(v => v * dpr);
      if (tag === 'a' && el.href) node.u = String(el.href).slice(0, 300);
      if (press || checked !== null || role === 'search_field') { const hints = hintsOf(el, role, name || own); if (hints) node.g = hints; }
      const sent = formOf(el, tag, role); if (sent) node.y = sent;
      // What was typed stays in candor's memory: it says what must be painted over.
      if (role === 'text_field' || role === 'search_field') {
        if (el.type === 'password' || /password|one-time-code/.test(el.autocomplete || '')) node.x = 1;
        const held = typeof el.value === 'string' ? el.value : el.isContentEditable ? el.textContent : '';
        if (held) node.v = held.slice(0, options.text);
      }
      if (own) node.f = fontOf(el, style);
      nodes.push(node);
    }
  }
  if (keep && at === parent) return;
  if (hidden && opacity < 0.05 && checked === null && tag !== 'slot' && !el.querySelector('input,textarea,[aria-checked],slot')) return;
  const inherited = { pointer: style.cursor === 'pointer', opacity, delegates: above.delegates || delegates(el, press) };
  if (tag === 'iframe' || tag === 'frame') { enter(el, at, frame, rect); return; }
  if (tag === 'svg' || tag === 'canvas' || tag === 'select') return;
  if (visible && !drawn && rect.height < 300) for (const side of BESIDE) {
    const box = drawnBeside(el, side, style, rect);
    if (!box || !onScreen(box, frame) || nodes.length >= limit) continue;
    const node = { p: at, r: 'group', k: side || 'background', b: place(box, frame), w: 1 };
    if (uncovered(frame, el, box)) {
      node.s = 1;
      node.o = [(box.left + box.width / 2 + frame.ox) * dpr, (box.top + box.height / 2 + frame.oy) * dpr];
      points.push([...node.o, el]);
    }
    nodes.push(node);
  }
  for (const child of shownBy(el)) {
    if (child.nodeType === 1) visit(child, at, frame, inherited);
    else if (child.nodeType === 3 && !hidden && isRun(child, el, runs)) run(child, el, at, frame, style);
  }
}

// What an element shows: its shadow root, what a slot was given (or holds where it was given nothing), its children.
function shownBy(el) {
  if (el.shadowRoot) return el.shadowRoot.childNodes;
  const given = el.localName === 'slot' ? el.assignedNodes() : [];
  return given.length ? given : el.childNodes;
}

// Whether words stand between elements: words that are all that an element holds are its own text.
function isRun(text, el, runs) {
  return el.localName === 'slot' ? text.data.trim() !== '' : !!runs && runs.includes(text);
}

function run(text, el, at, frame, style) {
  const words = ICON_FONT.test(style.fontFamily) ? '' : fold(plain(text.data), options.text);
  const range = el.ownerDocument.createRange(); range.selectNodeContents(text);
  const box = range.getBoundingClientRect();
  const seen = onScreen(box, frame) && uncovered(frame, text.parentElement || el, box);
  if (nodes.length >= limit && !seen) { omitted++; return; }
  if (!words) nodes.push({ p: at, r: 'group', k: '#text', b: place(box, frame), s: seen ? 1 : 0, w: 1 });
  else nodes.push({ p: at, r: 'text', k: '#text', t: words, b: place(box, frame), s: seen ? 1 : 0, f: fontOf(el, style) });
}

function enter(el, at, frame, rect) {
  let doc = null;
  try { doc = el.contentDocument; } catch (e) { /* another origin */ }
  const ox = frame.ox + rect.left + el.clientLeft, oy = frame.oy + rect.top + el.clientTop;
  const l = Math.max(frame.clip.l - rect.left, 0), t = Math.max(frame.clip.t - rect.top, 0);
  const clip = { l, t, r: Math.min(frame.clip.r - rect.left, rect.width), b: Math.min(frame.clip.b - rect.top, rect.height) };
  if (doc && doc.documentElement && doc.body) {
    visit(doc.body, at, { ox, oy, clip, win: doc.defaultView }, { pointer: false, opacity: 1, delegates: false });
  } else if (frame.win === window && rect.width > 20 && rect.height > 20) {
    for (let i = 0; i < window.frames.length; i++) if (window.frames[i] === el.contentWindow) foreign.push({ index: i, parent: at, ox, oy, clip });
  }
}

const frame = { ox: options.ox || 0, oy: options.oy || 0, win: window,
  clip: options.clip || { l: 0, t: 0, r: window.innerWidth, b: window.innerHeight } };
if (document.body) visit(document.body, null, frame, { pointer: false, opacity: 1, delegates: false });
const page = document.scrollingElement || document.documentElement;
for (const [el, at] of indexOf) if (el.localName === 'label' && el.control && indexOf.has(el.control)) nodes[at].z = indexOf.get(el.control);
// What lies where, so that a tap can make sure that it still does.
if (listeners && listeners.note) listeners.note(points);
return { width: window.innerWidth * dpr, height: window.innerHeight * dpr, density: dpr, address: location.href, title: document.title,
  type: document.contentType, omitted, visited, nodes, foreign,
  rest: listeners && listeners.rest ? listeners.rest() : null, calls: listeners && listeners.calls ? listeners.calls() : 0, unanswered: listeners && listeners.unanswered ? listeners.unanswered() : 0, moves: !!(listeners && listeners.moves && listeners.moves()), led: listeners && listeners.led ? listeners.led() : [],
  down: page ? (page.scrollHeight - window.innerHeight - page.scrollTop) * dpr : 0 };
