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
}
window.__candorHeard.length = 0;
