// Waits until the page's structure has been quiet for a moment: nothing added, removed, shown or hidden, no
// transition that ends still running. Text that changes (a countdown) does not count. What a script moves by style,
// as a dialog that fades, is waited for at first only: a picture that turns for ever moves so, too. Answers through
// the callback with {quiet, ready}; gives up after options.most ms.
const options = arguments[0], done = arguments[arguments.length - 1];
const begun = performance.now();
const STYLED = 600; // ms
let last = begun, over = false, grown = false;
const watched = new WeakSet(), observers = [], shadows = [];
const touch = records => {
  const now = performance.now();
  for (const record of records) if (record.type !== 'attributes' || record.target.isConnected) {
    if (record.attributeName === 'style' && now - begun > STYLED) continue;
    if (record.type === 'childList') {
      if ([...record.addedNodes, ...record.removedNodes].every(node => node.nodeType === 3)) continue;
      grown = true;
    }
    last = now;
  }
};
function watch(root) {
  if (!root || watched.has(root)) return;
  watched.add(root);
  const observer = new MutationObserver(touch);
  observer.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ['class', 'hidden', 'open', 'src', 'aria-hidden', 'disabled', 'style'] });
  observers.push(observer);
}
function roots(root, depth) {
  watch(root);
  if (depth > 3 || !root.querySelectorAll) return;
  for (const el of root.querySelectorAll('*')) if (el.shadowRoot) {
    if (!watched.has(el.shadowRoot)) shadows.push(el.shadowRoot);
    roots(el.shadowRoot, depth);
  }
  for (const frame of root.querySelectorAll('iframe')) { try { if (frame.contentDocument) roots(frame.contentDocument, depth + 1); } catch (e) { /* another origin */ } }
}
function loading(root) {
  if (root.readyState && root.readyState !== 'complete') return true;
  for (const frame of root.querySelectorAll('iframe')) { try { if (frame.contentDocument && loading(frame.contentDocument)) return true; } catch (e) { /* another origin */ } }
  return false;
}
const moving = () => [document, ...shadows].some(root => root.getAnimations().some(ends));
const ends = a => a.playState === 'running' && a.effect && isFinite(a.effect.getComputedTiming().endTime);
function finish(quiet) {
  if (over) return;
  over = true;
  for (const observer of observers) observer.disconnect();
  done({ quiet, ready: document.readyState });
}
roots(document, 0);
(function check() {
  if (over) return;
  const now = performance.now();
  const quiet = now - last >= options.quiet && !loading(document);
  if (quiet && grown) { grown = false; roots(document, 0); }
  if (quiet && !moving()) return finish(true);
  if (now - begun >= options.most) return finish(false);
  setTimeout(check, 20);
})();
