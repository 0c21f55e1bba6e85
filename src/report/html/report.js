// Shows the browser's own language. Choosing and filtering are done by style; without this script both languages are shown.
'use strict';
(() => {
  const root = document.documentElement;
  const radios = [...document.querySelectorAll('input[name=language]')];
  const choose = value => {
    const radio = radios.find(each => each.value === value);
    if (!radio) return;
    radio.checked = true;
    root.lang = value === 'en' ? 'en' : 'zh-CN';
  };
  for (const radio of radios) radio.addEventListener('change', () => choose(radio.value));
  choose((navigator.language || '').toLowerCase().startsWith('zh') ? 'zh' : 'en');

  // An article none of whose items is shown needs no heading.
  const boxes = [...document.querySelectorAll('.filter input')];
  const tidy = () => {
    const hidden = new Set(boxes.filter(box => !box.checked).map(box => box.id.replace('show-', '')));
    for (const article of document.querySelectorAll('.article')) {
      const items = [...article.querySelectorAll('.item')];
      article.hidden = items.every(item => [...item.classList].some(name => hidden.has(name)));
    }
  };
  for (const box of boxes) box.addEventListener('change', tidy);

  // A link to something that is folded away or filtered out unfolds it.
  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target) return;
    for (let each = target; each; each = each.parentElement) if (each.tagName === 'DETAILS') each.open = true;
    const box = boxes.find(each => target.classList.contains(each.id.replace('show-', '')));
    if (box && !box.checked) { box.checked = true; tidy(); }
    target.scrollIntoView();
  };
  addEventListener('hashchange', reveal);
  if (location.hash) reveal();
})();
