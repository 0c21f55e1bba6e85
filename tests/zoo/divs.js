// Every button is a div: scripts that make one get a div, which acts as the button did.
(() => {
  const make = Document.prototype.createElement;
  Document.prototype.createElement = function (name, ...more) {
    if (String(name).toLowerCase() !== 'button') return make.call(this, name, ...more);
    const div = make.call(this, 'div', ...more);
    div.dataset.was = 'button';
    return div;
  };
  // A div does not know `disabled`, and would not send its form.
  Object.defineProperty(HTMLDivElement.prototype, 'disabled', {
    configurable: true,
    get() { return this.hasAttribute('disabled'); },
    set(off) { this.toggleAttribute('disabled', !!off); },
  });
  const was = event => event.composedPath().find(one => one.dataset && one.dataset.was === 'button');
  addEventListener('click', event => {
    const div = was(event);
    if (div && div.hasAttribute('disabled')) { event.stopImmediatePropagation(); event.preventDefault(); }
  }, true);
  addEventListener('click', event => {
    const div = was(event);
    const form = div && !event.defaultPrevented && div.getAttribute('type') !== 'button' && div.closest('form');
    if (form) form.requestSubmit();
  });
  const style = make.call(document, 'style');
  style.textContent = '[data-was=button]{display:inline-block;cursor:pointer;text-align:center}[data-was=button][disabled]{opacity:.5}';
  (document.head || document.documentElement).append(style);
})();
