// 班级圈: what a class tells its parents. Nobody gets past the log-in.
const root = document.getElementById('cc');
const at = { page: localStorage.ccKey ? 'news' : 'enter', me: null, back: [] };
const node = (name, props, ...inside) => { const made = document.createElement(name); Object.assign(made, props); made.append(...inside.flat().filter(Boolean)); return made; };
const p = text => node('p', {}, text);
const go = page => { at.back.push(at.page); at.page = page; paint(); };
const item = (text, page) => node('a', { className: 'cc-item', onclick: () => go(page) }, text);
const note = text => { const shown = node('div', { className: 'cc-note' }, text); document.body.append(shown); setTimeout(() => shown.remove(), 1800); };
const ask = (path, body) => fetch('/api/class/' + path, { method: body ? 'POST' : 'GET', headers: { 'content-type': 'application/json', authorization: localStorage.ccKey || '' }, body: body && JSON.stringify(body) })
  .then(async answer => { const said = answer.status === 204 ? {} : await answer.json(); if (!answer.ok) throw new Error(said.message); return said; });
const field = (placeholder, type) => node('input', { className: 'cc-in', placeholder, type: type || 'text' });
const button = (text, onclick) => node('button', { className: 'cc-go', onclick }, text);
const papers = () => [node('a', { className: 'cc-alt', onclick: () => go('rules') }, '《家长隐私保护声明》')];

function form(title, fields, send, other) {
  const box = node('input', { type: 'checkbox', checked: [[if box_on]]true[[else]]false[[end]] });
  return [p(title), ...fields, node('label', {}, box, ' 我已阅读并同意'), ...papers(), button(title, () => { if (!box.checked) return note('请先勾选同意'); send().then(({ token }) => { localStorage.ccKey = token; at.back = []; at.page = 'news'; paint(); }, error => note(error.message)); }), other];
}
const pages = {
  enter() {
    const phone = field('手机号', 'tel'), pass = field('密码', 'password');
    return form('登录', [phone, pass], () => ask('enter', { phone: phone.value, password: pass.value }), node('a', { className: 'cc-alt', onclick: () => go('join') }, '没有账号？注册新账号'));
  },
  join() {
    const phone = field('手机号', 'tel'), pass = field('设置密码', 'password'), child = field('孩子的称呼（选填）');
    return form('注册', [phone, pass, child], () => (pass.value.length < 6 ? Promise.reject(new Error('密码至少六位')) : ask('join', { phone: phone.value, password: pass.value, child: child.value })), null);
  },
  news: () => [item('周五秋游，请带水壶', 'trip'), item('阅读打卡第三周', 'read'), item('下周三家长会', 'meet')],
  trip: () => [p('周五八点在校门口集合，去植物园，下午三点回校。')],
  read: () => [p('本周读《小鹿斑比》第三章，和孩子说一说最喜欢的段落。')],
  meet: () => [p('下周三晚上七点在教室，请准时参加。')],
  table: () => [p('周一：语文、数学、体育'), p('周二：数学、音乐、美术'), p('周三：语文、英语、劳动')],
  own: () => [item('我的资料', 'profile'), item('设置', 'set')],
  set: () => [[[if not login_only]]item('家长隐私保护声明', 'rules'), [[end]][[if not captive]]item('注销账号', 'leave'), item('撤回同意', 'undo'), [[end]]item('帮助与投诉', 'help'), item('退出登录', 'exit')],
  help: () => [p('使用问题请先问班主任。'), p('个人信息投诉：tousu@banjiquan.cn，十个工作日内答复。')],
  profile() {
    const nick = field('昵称');
    nick.value = (at.me && at.me.nickname) || '';
    if (!at.me) ask('me').then(me => { at.me = me; paint(); }, error => note(error.message));
    return [p('手机号：' + ((at.me && at.me.phone) || '')), node('label', {}, '昵称', nick),
      button('保存', () => [[if no_save]]{ at.me.nickname = nick.value; note('保存成功'); }[[else]]ask('me/edit', { nickname: nick.value }).then(me => { at.me = me; note('保存成功'); paint(); })[[end]]),
      [[if not no_save]]button('清空昵称', () => ask('me/edit', { nickname: null }).then(me => { at.me = me; paint(); }))[[end]]];
  },
  leave() {
    const why = node('textarea', { className: 'cc-in', rows: 4, placeholder: '请说明注销原因，不少于五十字（必填）' });
    return [p('注销后，资料和打卡记录立即删除，不能恢复。'), [[if essay]]why,[[end]]
      button('注销账号', () => { [[if essay]]if (why.value.length < 50) return note('注销原因不少于五十字');[[end]] sure('真的要注销账号吗？资料会立即删除。', '确认注销', () => ask('me/leave', {}).then(() => { note('账号已注销'); out(); })); })];
  },
  undo: () => [p('撤回同意之后将退出登录，不再收集您的信息，账号可以随时回来。'), button('确认撤回', () => { note('已撤回同意'); out(); })],
  rules: () => [node('h2', {}, '家长隐私保护声明'), p('苏州班级圈教育科技有限公司，2026年9月1日施行。'),
    p('一、收集和使用。注册时，我们收集您的手机号码和密码，用于建立账号；您填写孩子称呼的，我们收集该称呼，用于在班级里显示；您填写昵称的，用于显示在留言旁。'),
    p('二、提供。同班家长能看到您的昵称，除此之外我们不向他人提供您的信息。'), p('三、保存。信息在境内保存到您注销账号时。'),
    p('四、您的权利。您可以在“我的－我的资料”查阅、更正和删除信息[[if not captive]]，在“我的－设置”注销账号、撤回同意[[end]]。'),
    p('五、投诉。请写信到 tousu@banjiquan.cn，十个工作日内答复。')],
};
const out = () => { delete localStorage.ccKey; at.me = null; at.back = []; at.page = 'enter'; paint(); };
function sure(words, yes, then) {
  const mask = node('div', { className: 'cc-mask' }, node('div', { className: 'cc-card' }, p(words), button(yes, () => { mask.remove(); then(); }), node('a', { className: 'cc-alt', onclick: () => mask.remove() }, '再想想')));
  document.body.append(mask);
}
function paint() {
  if (at.page === 'exit') { at.page = 'set'; sure('退出登录吗？', '退出', out); }
  const top = ['enter', 'news', 'table', 'own'].includes(at.page);
  const bar = node('div', { className: 'cc-bar' }, top ? '班级圈' : node('a', { onclick: () => { at.page = at.back.pop() || 'news'; paint(); } }, '← 返回'));
  const tab = (text, page) => node('a', { onclick: () => { at.back = []; at.page = page; paint(); } }, text);
  const tabs = ['news', 'table', 'own'].includes(at.page) && node('div', { className: 'cc-tabs' }, tab('班级', 'news'), tab('课表', 'table'), tab('我的', 'own'));
  root.replaceChildren(bar, node('div', { className: 'cc-body' }, pages[at.page]()), ...(tabs ? [tabs] : []));
  if (!localStorage.ccSaid && at.page !== 'rules') greet();
}
function greet() {
  if (document.querySelector('.cc-mask')) return;
  const done = how => { localStorage.ccSaid = how; mask.remove(); };
  const mask = node('div', { className: 'cc-mask' }, node('div', { className: 'cc-card' }, p('班级圈用手机号码建立家长账号，用昵称显示留言。请先阅读'), ...[node('a', { className: 'cc-alt', onclick: () => { mask.remove(); go('rules'); } }, '《家长隐私保护声明》')],
    button('同意并继续', () => done('yes')), node('a', { className: 'cc-item', style: 'text-align:center;background:#f6ead4', onclick: () => done('no') }, '不同意')));
  document.body.append(mask);
}
// Who was logged in may have left the class elsewhere.
if (localStorage.ccKey) ask('me').then(me => { at.me = me; paint(); }, out); else paint();
