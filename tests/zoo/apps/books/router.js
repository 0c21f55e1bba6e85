// A router on the browser's history. At the first visit a page of its own asks, before anything else.
const front = document.getElementById('shop-front');
const sign = '<header class="shop-sign"><a href="/">旧书铺</a></header>';
const foot = '<footer class="shop-foot"><a href="/">新到</a><a href="/sorts">分类</a><a href="/counter">柜台</a></footer>';
const WELCOME = `<div class="page-text"><h1>进门之前</h1><p>旧书铺只在您下单和求购时收集姓名、手机号码和地址，用来寄书和通知您。细则在<a href="/privacy">《隐私条款》</a>里，请读一读再决定。</p>
<p><button class="bare-btn" data-deed="yes">照单全收</button> <button class="bare-btn" data-deed="no">再想想</button></p></div>`;
const LATER = '<div class="page-text"><h1>不急</h1><p>没有同意之前，您可以先翻翻书目：</p><p>边城、雅舍小品、城南旧事、呼兰河传。</p><p><button class="bare-btn" data-deed="ask">回去看条款</button></p></div>';
let drawing = 0;

function draw() {
  const path = location.pathname;
  const turn = ++drawing;
  const said = [[if unasked]]'none'[[else]]localStorage.shopSaid[[end]];
  if (!said && path !== '/privacy') { front.innerHTML = WELCOME; return; }
  if (said === 'no' && path !== '/privacy') { front.innerHTML = LATER; return; }
  front.innerHTML = sign + '<div class="ghost-lines"></div>' + foot;
  // The shop's old computer takes its time.
  setTimeout(() => { if (turn === drawing) front.innerHTML = sign + page(path) + foot; }, 420);
}
addEventListener('click', event => {
  const to = event.target.closest('a');
  if (to && to.origin === location.origin) { event.preventDefault(); history.pushState({}, '', to.pathname); scrollTo(0, 0); draw(); }
  const deed = event.target.closest('[data-deed]');
  if (!deed) return;
  if (deed.dataset.deed === 'take-back') { if (confirm('收回同意之后要重新同意才能下单和求购。确定收回吗？')) { localStorage.shopSaid = 'no'; draw(); } return; }
  if (deed.dataset.deed === 'ask') delete localStorage.shopSaid; else localStorage.shopSaid = deed.dataset.deed;
  draw();
});
addEventListener('popstate', draw);
draw();
