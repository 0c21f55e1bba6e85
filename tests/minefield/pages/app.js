// Makes the controls of the minefield act. Every tap is noted by the request of a picture before anything else happens.
const note = (what, id) => { new Image().src = `/${what}?k=${id}&at=${Math.random()}`; };
const post = (el, how) => {
  const { k, to } = el.dataset, body = JSON.stringify({ id: k, mutation: 'run' });
  if (how === 'beacon') return navigator.sendBeacon(to, body);
  if (how === 'xhr') { const request = new XMLHttpRequest(); request.open('POST', to); return request.send(body); }
  return fetch(to, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
};

function ask(el) {
  const mask = document.createElement('div');
  mask.className = 'mask';
  mask.setAttribute('role', 'dialog');
  const box = mask.appendChild(document.createElement('div'));
  box.appendChild(document.createElement('p')).textContent = el.dataset.ask;
  const cancel = box.appendChild(document.createElement('button'));
  cancel.textContent = '取消';
  cancel.addEventListener('click', () => mask.remove());
  const go = box.appendChild(document.createElement('button'));
  go.textContent = el.dataset.say;
  go.addEventListener('click', () => { note('touch', el.dataset.k); post(el, 'fetch'); mask.remove(); });
  document.body.appendChild(mask);
}

const acts = {
  hit: el => note('hit', el.dataset.k),
  confirm: el => { if (confirm(el.dataset.ask)) post(el, 'fetch'); },
  prompt: el => { if (prompt(el.dataset.ask) !== null) post(el, 'fetch'); },
  toggle: el => { el.setAttribute('aria-checked', el.getAttribute('aria-checked') !== 'true'); note('hit', el.dataset.k); },
  row: el => note('hit', el.dataset.k),
  sheet: ask,
};
for (const el of document.querySelectorAll('[data-how]')) {
  const { how, k } = el.dataset;
  if (how === 'swipeall') {
    let done = false;
    el.addEventListener('scroll', () => {
      if (done || el.scrollLeft < (el.scrollWidth - el.clientWidth) * 0.7) return;
      done = true;
      note('touch', k);
      post(el, 'fetch');
    });
    continue;
  }
  el.addEventListener('click', () => { if (how !== 'sheet') note('touch', k); (acts[how] || (it => post(it, how)))(el); });
}
for (const form of document.querySelectorAll('form[method=post]')) form.addEventListener('submit', () => {
  note('touch', new URL(form.action).searchParams.get('k'));
});
for (const el of document.querySelectorAll('[data-go]')) el.addEventListener('click', () => { location.href = el.dataset.go; });
for (const el of document.querySelectorAll('details')) el.addEventListener('toggle', () => { if (el.open) note('seen', el.dataset.k); });
for (const el of document.querySelectorAll('[data-panel]')) el.addEventListener('click', () => {
  document.getElementById(el.dataset.panel).hidden = false;
  note('seen', el.dataset.k);
});
for (const el of document.querySelectorAll('[data-open]')) el.addEventListener('click', () => {
  const menu = document.getElementById(el.dataset.open);
  menu.hidden = !menu.hidden;
});

// The mine slides under the finger: as soon as it touches; or by itself, long after the page came to rest on the first
// visit, soon after it on every later one.
for (const el of document.querySelectorAll('.late')) {
  const slide = () => el.classList.add('now');
  if (el.dataset.by === 'timer') setTimeout(slide, localStorage.lateSeen ? 250 : 900);
  else for (const type of ['pointerdown', 'touchstart']) el.querySelector('.decoy').addEventListener(type, slide);
}
if (document.querySelector('.late')) localStorage.lateSeen = '1';

// Where the recommendation was stands the order's button, once it was looked at.
const first = document.getElementById('swap-first');
if (first) {
  const mine = document.getElementById('swap-mine');
  const swap = () => { mine.hidden = false; first.parentNode.insertBefore(mine, first); };
  if (localStorage.swapped) swap();
  first.addEventListener('click', () => {
    note('seen', first.dataset.k);
    localStorage.swapped = '1';
    swap();
    const links = ['保温杯', '雨伞', '台灯', '茶叶'].map((word, at) => `<a class=row href=/view/good-${'abcd'[at]}>${word}</a>`);
    document.body.insertAdjacentHTML('beforeend', `<p>今日推荐</p>${links.join('')}`);
  });
}

// The first run's prompt.
const consent = document.getElementById('consent');
if (!localStorage.agreed && !sessionStorage.refused && !['/policy', '/agreement'].includes(location.pathname)) consent.hidden = false;
document.getElementById('agree').addEventListener('click', () => { localStorage.agreed = '1'; consent.hidden = true; });
document.getElementById('refuse').addEventListener('click', () => { sessionStorage.refused = '1'; consent.hidden = true; });

// Registering and logging in.
for (const form of document.querySelectorAll('form.person')) form.addEventListener('submit', async event => {
  event.preventDefault();
  const says = form.querySelector('output');
  if (!form.elements.box.checked) { says.textContent = '请先阅读并同意隐私政策'; return; }
  const body = JSON.stringify({ phone: form.elements.phone.value, password: form.elements.password.value });
  const answer = await fetch(form.dataset.at, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  if (answer.ok) location.href = '/me'; else says.textContent = await answer.text();
});
