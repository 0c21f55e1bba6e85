// Keeps short texts that appear from now on: a message may be gone before anyone can look.
const LONGEST = 120, MOST = 200;
if (!Array.isArray(window.__candorHeard)) {
  window.__candorHeard = [];
  const hear = text => {
    const said = String(text ?? '').replace(/\s+/g, ' ').trim();
    if (said && said.length <= LONGEST && window.__candorHeard.length < MOST) window.__candorHeard.push(said);
  };
  new MutationObserver(changes => {
    for (const change of changes) {
      if (change.type === 'characterData') hear(change.target.data);
      for (const node of change.addedNodes) hear(node.textContent);
    }
  }).observe(document.documentElement, { childList: true, subtree: true, characterData: true });
  // The browser's own bubble beside a field that must be filled in stands in no tree.
  document.addEventListener('invalid', event => {
    const field = event.target;
    if (!field || !field.validationMessage) return;
    const name = (field.labels && field.labels[0] && field.labels[0].textContent) || field.getAttribute('aria-label') || field.placeholder || field.name || '';
    hear(`${String(name).slice(0, 40)} ${field.validationMessage}`);
  }, true);
}
window.__candorHeard.length = 0;
