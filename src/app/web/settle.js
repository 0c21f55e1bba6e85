// Waits until the page's structure has been quiet for a moment: nothing added, removed, shown or hidden, no
// transition that ends still running. Text that changes (a countdown) does not count. Answers through the callback
// with {quiet, ready}; gives up after options.most ms.
const options = arguments[0], done = arguments[arguments.length - 1];
const begun = performance.now();
let last = begun, over = false;
const watched = new WeakSet(), observers = [];
const touch = records => {
  for (const record of records) if (record.type !== 'attributes' || record.target.isConnected) {
    if (record.type === 'childList' && [...record.addedNodes, ...record.removedNodes].every(node => node.nodeType === 3)) continue;
    last = performance.now();
  }
};
function watch(root) {
  if (!root || watched.has(root)) return;
  watched.add(root);
  const observer = new MutationObserver(touch);
  observer.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ['class', 'hidden', 'open', 'src', 'aria-hidden', 'disabled'] });
  observers.push(observer);
}
function roots(root, depth) {
  watch(root);
  if (depth > 3 || !root.querySelectorAll) return;
  for (const frame of root.querySelectorAll('iframe')) { try { if (frame.contentDocument) roots(frame.contentDocument, depth + 1); } catch (e) { /* another origin */ } }
}
function loading(root) {
  if (root.readyState && root.readyState !== 'complete') return true;
  for (const frame of root.querySelectorAll('iframe')) { try { if (frame.contentDocument && loading(frame.contentDocument)) return true; } catch (e) { /* another origin */ } }
  return false;
}
const moving = () => document.getAnimations().some(a => a.playState === 'running' && a.effect && isFinite(a.effect.getComputedTiming().endTime));
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
  if (now - last >= options.quiet && !loading(document) && !moving()) return finish(true);
  if (now - begun >= options.most) return finish(false);
  setTimeout(check, 20);
})();
