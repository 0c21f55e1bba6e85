// 旧书铺: second-hand books. Each page is an address; what stands on it comes a moment after its skeleton.
const BOOKS = [['1', '边城', '沈从文 · 七成新 · 12 元'], ['2', '雅舍小品', '梁实秋 · 八成新 · 15 元'], ['3', '城南旧事', '林海音 · 六成新 · 9 元'], ['4', '呼兰河传', '萧红 · 九成新 · 18 元']];
const link = (to, text, more) => `<a class="book-row" href="${to}">${text}${more ? `<small>${more}</small>` : ''}</a>`;
const RULES = `<h1>旧书铺隐私条款</h1>
<p>旧书铺由成都旧书铺文化传播有限公司经营。本条款2026年2月10日起施行。</p>
<h2>收集与使用</h2><p>您下单时，我们收集收货人姓名、手机号码和收货地址，用于寄送图书并在送达时与您联系。您求购图书时，我们收集您留下的书名和手机号码，用于到货后通知您。</p>
<p>[[if personal]]我们根据您的浏览记录和订单，利用算法向您定向推送您可能想买的书。[[else]]我们不做个性化推荐：首页的书按上架时间排列。[[end]]</p>
<h2>提供给别人</h2><p>为寄送图书，我们向您所选的快递公司提供收货人姓名、手机号码和收货地址。</p>
<h2>保管</h2><p>订单依法保存三年，求购信息在到货通知后三十日内删除。</p>
<h2>您的权利</h2><p>您可以查阅、更正、删除自己的信息。[[if not silent]]需要撤回同意的，在“柜台”页点击“收回我的同意”，即时生效。[[end]]</p>
[[if not silent]]<h2>联系我们</h2><p>投诉和举报请打 028-85410099，或者用“柜台”页的留言单，五个工作日内有人答复。</p>[[end]]`;
const PAGES = {
  '/': () => BOOKS.map(([id, name, more]) => link('/book/' + id, name, more)).join(''),
  '/sorts': () => ['小说', '散文', '诗集', '画册'].map(name => link('/sorts/' + encodeURIComponent(name), name)).join(''),
  '/counter': () => `${link('/wanted', '求购登记', '没有的书，到货了告诉您')}${[[if far]]link('/counter/house', '铺子', '开门时间与其他')[[else]]link('/privacy', '隐私条款')[[end]]}${[[if silent]]''[[else]]link('/note', '留言单', '投诉、举报、建议') + (localStorage.shopSaid === 'yes' ? '<p class="page-text"><button class="bare-btn" data-deed="take-back">收回我的同意</button></p>' : '')[[end]]}`,
  '/counter/house': () => link('/counter/house/hours', '开门时间') + link('/counter/house/papers', '单据'),
  '/counter/house/hours': () => '<div class="page-text"><p>每日十点到二十点，雨天也开。</p></div>',
  '/counter/house/papers': () => link('/counter/house/papers/old', '旧文件') + link('/counter/house/papers/rent', '出租书'),
  '/counter/house/papers/rent': () => '<div class="page-text"><p>出租书每日一元，押金二十元。</p></div>',
  '/counter/house/papers/old': () => link('/counter/house/papers/old/2026', '二〇二六'),
  '/counter/house/papers/old/2026': () => link('/privacy', '隐私条款'),
  '/wanted': () => '<div class="page-text"><h1>求购登记</h1><p>书名和手机号用于到货后通知您。</p><p><label>书名 <input></label></p><p><label>手机号 <input type="tel"></label></p><button class="bare-btn">登记</button></div>',
  '/note': () => '<div class="page-text"><h1>留言单</h1><p>投诉、举报个人信息方面的问题写在这里，五个工作日内有人答复。</p><textarea rows="4" aria-label="投诉内容"></textarea><p><button class="bare-btn">交给柜台</button></p></div>',
  '/privacy': () => `<div class="page-text">${RULES}</div>`,
};
const page = path => {
  if (PAGES[path]) return PAGES[path]();
  const book = BOOKS.find(([id]) => path === '/book/' + id);
  if (book) return `<div class="page-text"><h1>${book[1]}</h1><p>${book[2]}</p><p>铺主按：书角略有磨损，不影响阅读。</p></div>`;
  if (path.startsWith('/sorts/')) return `<div class="page-text"><h1>${decodeURIComponent(path.slice(7))}</h1><p>这一类的书过两天上架。</p></div>`;
  return '<div class="page-text"><p>没有这一页。</p></div>';
};
