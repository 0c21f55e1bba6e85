// One look at the page as a person would have it: every element that can be seen, tapped or read,
// with its rectangle in px of the picture, in document order, through same-origin frames and open
// shadow roots. One round trip, whatever the page's size. Runs inside the page and changes nothing.
const options = arguments[0];
const dpr = window.devicePixelRatio || 1;
const limit = options.limit;
const listeners = window[Symbol.for('candor.listeners')];
const nodes = [], indexOf = new Map(), foreign = [];
let omitted = 0, visited = 0;
const fold = (text, max) => text.replace(/\s+/g, ' ').trim().slice(0, max);

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
  return TAGS[tag] || 'text';
}

// Frameworks that listen at the root leave their handlers on the element.
function frameworkListens(el) {
  if (el._vei && (el._vei.onClick || el._vei.onTouchend)) return true;
  for (const key in el) if (key.startsWith('__reactProps$')) return !!(el[key] && (el[key].onClick || el[key].onTouchEnd));
  return false;
}

function tappable(el, tag, role, style, pointerAbove) {
  if ((tag === 'a' && el.hasAttribute('href')) || tag === 'button' || tag === 'summary' || tag === 'select'
      || (tag === 'input' && el.type !== 'hidden')) return 'native';
  if (tag === 'label' && el.control) return 'native';
  if (PRESSES.has(role)) return 'role';
  if (el.onclick || el.hasAttribute('onclick') || el.ontouchend || (listeners && listeners.has(el)) || frameworkListens(el)) return 'listener';
  if (style.cursor === 'pointer' && !pointerAbove) return 'looks';
  return null;
}

function checkedOf(el, tag, role) {
  if (tag === 'input' && (el.type === 'checkbox' || el.type === 'radio')) return el.indeterminate ? 'mixed' : el.checked ? 'on' : 'off';
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

// A small drawn thing without text of its own: a box, a circle, an icon.
function isDrawn(el, tag, style, rect) {
  if (tag === 'canvas' || tag === 'svg') return true;
  if (rect.width < 6 || rect.width > 80 || rect.height < 6 || rect.height > 60) return false;
  const generated = side => { const c = getComputedStyle(el, side); return c.content !== 'none' && c.content !== 'normal'; };
  return style.backgroundImage !== 'none' || style.borderTopWidth !== '0px' || style.maskImage !== 'none'
    || style.backgroundColor !== 'rgba(0, 0, 0, 0)' || generated('::before') || generated('::after');
}

function hits(frame, el, x, y) {
  if (x < 0 || y < 0 || x >= frame.win.innerWidth || y >= frame.win.innerHeight) return null;
  const root = el.getRootNode();
  return (root.elementFromPoint ? root : el.ownerDocument).elementFromPoint(x, y);
}

// Seen: the hit is the element, inside it, or (for text of a parent) around it without anything between.
function uncovered(frame, el, rect) {
  const l = Math.max(rect.left, frame.clip.l), r = Math.min(rect.right, frame.clip.r);
  const t = Math.max(rect.top, frame.clip.t), b = Math.min(rect.bottom, frame.clip.b);
  for (const [fx, fy] of [[.5, .5], [.15, .5], [.85, .5], [.5, .15], [.5, .85]]) {
    const hit = hits(frame, el, l + (r - l) * fx, t + (b - t) * fy);
    if (hit && (hit === el || el.contains(hit) || hit.contains(el) || hit.shadowRoot?.contains(el))) return true;
  }
  return false;
}

// A point where a tap lands on this control and on no other one nested in it.
function pointFor(frame, el) {
  const nested = hit => { for (let at = hit; at && at !== el; at = at.parentElement) if (at.matches('a[href],button,input,select,textarea,[onclick],[role=button],[role=link],[role=checkbox]') || (listeners && listeners.has(at))) return true; return false; };
  for (const box of [...el.getClientRects()].slice(0, 4)) {
    const l = Math.max(box.left, frame.clip.l), r = Math.min(box.right, frame.clip.r);
    const t = Math.max(box.top, frame.clip.t), b = Math.min(box.bottom, frame.clip.b);
    if (r - l < 1 || b - t < 1) continue;
    for (const [fx, fy] of [[.5, .5], [.25, .5], [.75, .5], [.1, .5], [.9, .5], [.5, .2], [.5, .8]]) {
      const x = l + (r - l) * fx, y = t + (b - t) * fy, hit = hits(frame, el, x, y);
      if (hit && (hit === el || el.contains(hit)) && !nested(hit)) return [(x + frame.ox) * dpr, (y + frame.oy) * dpr];
    }
  }
  return null;
}

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
  const hidden = style.visibility !== 'visible' || opacity < 0.05 || style.display === 'none'
    || (checked !== null && (rect.width < 3 || rect.height < 3));
  const kids = el.children.length;
  let own = '', runs = null;
  for (const child of el.childNodes) if (child.nodeType === 3 && child.data.trim()) {
    if (kids) (runs ||= []).push(child); else own += child.data;
  }
  own = fold(own, options.text);
  const press = tappable(el, tag, role, style, above.pointer);
  const visible = onScreen(rect, frame) && !hidden;
  const drawn = !own && visible && isDrawn(el, tag, style, rect);
  const dialog = role === 'dialog' || el.getAttribute('aria-modal') === 'true';
  const layer = visible && (dialog || (style.position === 'fixed' || style.position === 'absolute')
    && rect.width * rect.height > 0.25 * frame.win.innerWidth * frame.win.innerHeight && style.zIndex !== 'auto' && +style.zIndex > 0);
  const left = [el.scrollWidth - el.clientWidth - el.scrollLeft, el.scrollHeight - el.clientHeight - el.scrollTop];
  const rolls = /auto|scroll/.test(style.overflowX + style.overflowY) && (left[0] > 4 || left[1] > 4) && el.clientHeight > 40;
  const matters = press || checked !== null || own || drawn || layer || rolls || (role !== 'text' && role !== 'list_item' && role !== 'list');
  const keep = !contents && matters && (visible || own || checked !== null || (press && rect.width > 0))
    || (!contents && visible && kids > 1);
  let at = parent;
  if (keep) {
    if (nodes.length >= limit && !visible) omitted++;
    else {
      at = nodes.length;
      indexOf.set(el, at);
      const node = { p: parent, r: role === 'text' && !own && (kids || drawn) ? 'group' : role, k: tag, b: place(rect, frame) };
      if (own && !hidden) node.t = own;
      const name = nameOf(el, tag, el.getRootNode()); if (name) node.n = name;
      if ((role === 'text_field' || role === 'search_field') && el.type !== 'password' && el.value) node.v = fold(String(el.value), 200);
      if (el.id) node.i = el.id.slice(0, 100);
      if (checked !== null) node.c = checked;
      if (press && el.disabled !== true) node.a = press;
      if (el.disabled === true || el.getAttribute('aria-disabled') === 'true') node.d = 1;
      if (visible && (press || own || drawn || role === 'image' || role === 'text_field' || role === 'search_field') ? uncovered(frame, el, rect) : visible) node.s = 1;
      if ((press || role === 'text_field' || role === 'search_field' || drawn) && node.s) { const point = pointFor(frame, el); if (point) node.o = point; }
      if (hidden) node.h = 1;
      if (drawn) node.w = 1;
      if (layer) node.l = 1;
      if (rolls) node.m = left.map(v => v * dpr);
      if (tag === 'a' && el.href) node.u = String(el.href).slice(0, 300);
      if (own) node.f = parseFloat(style.fontSize) * dpr;
      nodes.push(node);
    }
  }
  if (keep && at === parent) return;
  if (hidden && opacity < 0.05 && checked === null) return;
  const inherited = { pointer: style.cursor === 'pointer', opacity };
  if (tag === 'iframe' || tag === 'frame') { enter(el, at, frame, rect); return; }
  if (tag === 'svg' || tag === 'canvas' || tag === 'select') return;
  for (const child of (el.shadowRoot || el).childNodes) {
    if (child.nodeType === 1) {
      if (child.localName === 'slot') for (const slotted of child.assignedElements()) visit(slotted, at, frame, inherited);
      else visit(child, at, frame, inherited);
    } else if (child.nodeType === 3 && runs && runs.includes(child) && !hidden) {
      const range = el.ownerDocument.createRange(); range.selectNodeContents(child);
      const box = range.getBoundingClientRect();
      const seen = onScreen(box, frame) && uncovered(frame, el, box);
      if (nodes.length >= limit && !seen) { omitted++; continue; }
      nodes.push({ p: at, r: 'text', k: '#text', t: fold(child.data, options.text), b: place(box, frame), s: seen ? 1 : 0, f: parseFloat(style.fontSize) * dpr });
    }
  }
}

function enter(el, at, frame, rect) {
  let doc = null;
  try { doc = el.contentDocument; } catch (e) { /* another origin */ }
  const ox = frame.ox + rect.left + el.clientLeft, oy = frame.oy + rect.top + el.clientTop;
  const l = Math.max(frame.clip.l - rect.left, 0), t = Math.max(frame.clip.t - rect.top, 0);
  const clip = { l, t, r: Math.min(frame.clip.r - rect.left, rect.width), b: Math.min(frame.clip.b - rect.top, rect.height) };
  if (doc && doc.documentElement && doc.body) {
    visit(doc.body, at, { ox, oy, clip, win: doc.defaultView }, { pointer: false, opacity: 1 });
  } else if (frame.win === window && rect.width > 20 && rect.height > 20) {
    for (let i = 0; i < window.frames.length; i++) if (window.frames[i] === el.contentWindow) foreign.push({ index: i, parent: at, ox, oy, clip });
  }
}

const frame = { ox: options.ox || 0, oy: options.oy || 0, win: window,
  clip: options.clip || { l: 0, t: 0, r: window.innerWidth, b: window.innerHeight } };
if (document.body) visit(document.body, null, frame, { pointer: false, opacity: 1 });
const page = document.scrollingElement || document.documentElement;
for (const [el, at] of indexOf) if (el.localName === 'label' && el.control && indexOf.has(el.control)) nodes[at].z = indexOf.get(el.control);
return { width: window.innerWidth * dpr, height: window.innerHeight * dpr, density: dpr, address: location.href, title: document.title,
  type: document.contentType, omitted, visited, nodes, foreign,
  down: page ? (page.scrollHeight - window.innerHeight - page.scrollTop) * dpr : 0 };
