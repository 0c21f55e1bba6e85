// 小纸条: notes. A router on the address's hash; the first words stand in a <dialog>.
const stack = document.getElementById('paper-stack');
const words = document.getElementById('first-words');
const slips = ['周六带伞', '给妈妈回电话', '护照年底到期'];
const RULES = [
  ['这份须知', '《小纸条隐私须知》由南京小纸条软件有限公司制定，2026年7月1日生效。'],
  ['您不开启备份时', '纸条只存放在您的设备上，我们不收集任何个人信息。'],
  ['您开启备份时', '我们收集您的电子邮箱，用于在换设备后找回纸条；收集纸条的内容，用于备份。'],
  ['别人能看到吗', '不能。我们不向任何人提供您的个人信息。'],
  ['保存与删除', '备份保存在境内。您可以在“更多－云端备份”中查看、更正、删除备份。'],
  ['改变主意', '您可以在“更多－停止授权”里撤回对本须知的同意，撤回后备份立即删除。'],
  [[if no_desk]][[else]]['找我们', '个人信息方面的投诉可以联系在线客服（更多－在线客服，每天9点到21点），或者加QQ群 638201157，三个工作日内答复。'],[[end]]
];
const menu = rows => `<div class="menu-list">${rows.map(([to, text]) => `<a href="#${to}">${text}</a>`).join('')}</div>`;
const views = {
  '/': () => slips.map((text, at) => `<a class="slip" style="display:block;color:inherit" href="#/slip/${at}">${text}</a>`).join('') + menu([['/more', '更多']]),
  '/more': () => menu([['/backup', '云端备份'], ['/privacy', '隐私须知'], ['/stop', '停止授权'], [[if not no_desk]]['/desk', '在线客服'],[[end]] ['/tips', '使用技巧']]),
  '/backup': () => '<p>开启后用电子邮箱找回纸条，邮箱只用于找回。</p><label>电子邮箱 <input type="email"></label><p><button class="plain-key">开启备份</button></p>',
  '/privacy': () => '<h2>隐私须知</h2>' + RULES.map(([head, text], at) => `<details ${at < 3 ? 'open' : 'open'}><summary>${head}</summary>${text}</details>`).join(''),
  '/stop': () => (localStorage.slipSaid === 'yes' ? '<p>停止授权等于撤回您对《隐私须知》的同意，备份会立即删除，本机的纸条还在。</p><button class="plain-key" id="stop-now">撤回同意</button>' : '<p>您目前没有授权。</p>'),
  '/desk': () => '<h2>在线客服</h2><p>您好，请问有什么可以帮您？个人信息方面的投诉也可以在这里提出。</p><p><input placeholder="输入您的问题" style="width:100%;padding:10px"></p>',
  '/tips': () => '<p>长按纸条可以换颜色。</p><p>把纸条拖到顶端可以置顶。</p>',
};
function show() {
  const path = location.hash.slice(1) || '/';
  const slip = path.match(/^\/slip\/(\d)$/);
  stack.innerHTML = slip ? `<div class="slip"><h2>${slips[slip[1]]}</h2><p>写于昨天晚上</p></div>` : (views[path] || views['/'])();
  document.getElementById('where-now').textContent = path === '/' ? '' : '›';
  const stop = document.getElementById('stop-now');
  if (stop) stop.onclick = () => { localStorage.slipSaid = 'no'; show(); };
  if (!localStorage.slipSaid && path !== '/privacy') { if (!words.open) words.showModal(); } else if (words.open) words.close();
}
words.addEventListener('close', () => { if (words.returnValue) { localStorage.slipSaid = words.returnValue; } });
words.addEventListener('cancel', event => event.preventDefault());
addEventListener('hashchange', show);
show();
