// The home screen, categories and search.

import { categoryIsLocked, lockedScreen, quickFunctions } from '../asks.js';
import { button, h, row, yuan } from '../dom.js';
import { get, productList } from '../api.js';
import { policyLink, policyRow } from '../documents.js';
import { changeWords, hugeList, longLine, productName } from '../oddities.js';
import { footer } from '../prompt.js';
import { banner, icon, picture } from '../pictures.js';
import { go } from '../router.js';
import { consent } from '../store.js';
import { is, noPolicy, say } from '../variants.js';

export const KINDS = [
  ['grain', 'grain', say('粮油米面', 'Grain & oil')],
  ['tea', 'tea', say('茶饮冲调', 'Tea & honey')],
  ['dry', 'dry', say('干货坚果', 'Dried goods')],
  ['home', 'goods', say('居家器物', 'Homeware')],
];

export async function homeScreen() {
  const products = await productList();
  const clock = h('span', { class: 'deal-clock', text: say('今日 24:00 结束', 'ends at midnight') });
  const sales = h('span', { class: 'deal-sales', text: say('今日已售 8000 件', '8,000 sold today') });
  const advert = h('span', { class: 'banner-title', text: say('小满时节 新粮上市', 'New harvest is here') });
  // The words start to change once they are on the screen.
  setTimeout(() => changeWords(clock, sales, advert));
  return {
    title: '', tab: 'home', head: homeHead(),
    body: [
      consent() === 'refused' || consent() === 'withdrawn' ? h('p', { class: 'limited', text: say('当前为仅浏览模式', 'You are browsing only') }) : null,
      quickFunctions(),
      footer(),
      await leavingBanner(),
      h('a', { class: 'banner', href: '#/category/grain' }, banner(), h('span', { class: 'banner-words' }, advert, h('span', { class: 'banner-line', text: say('产地直发，满 99 元包邮', 'From the farm; free postage from ¥99') }))),
      h('div', { class: 'kinds' }, KINDS.map(([kind, drawing, label]) =>
        h('a', { class: 'kind', href: `#/category/${kind}` }, h('span', { class: 'kind-icon' }, icon(drawing)), h('span', { text: label })))),
      h('div', { class: 'deal' }, h('span', { class: 'deal-name', text: say('限时优惠', 'Today’s offer') }), clock, sales),
      longLine(),
      h('h2', { class: 'section-title', text: is('3.6', 'shown') ? say('猜你喜欢', 'Recommended for you') : say('今日推荐', 'Today’s picks') }),
      h('div', { class: 'grid' }, products.map(card)),
      h('p', { class: 'end', text: say('— 已经到底了 —', '— That is all —') }),
      hugeList(),
      greyLink(),
    ],
  };
}

function homeHead() {
  return h('header', { class: 'home-head' },
    h('div', { class: 'home-brand' }, h('h1', { class: 'home-name', text: say('小满集市', 'Xiaoman Market') }),
      h('a', { class: 'head-icon', href: '#/cart', 'aria-label': say('购物车', 'Cart') }, icon('cart'))),
    searchField(''));
}

function searchField(words) {
  const label = say('搜索商品', 'Search products');
  const input = h('input', { class: 'search-input', type: 'search', placeholder: label, 'aria-label': label, enterkeyhint: 'search', value: words });
  const search = () => { if (input.value.trim()) go(`#/search/${encodeURIComponent(input.value.trim())}`); };
  input.addEventListener('keydown', (event) => { if (event.key === 'Enter') search(); });
  return h('div', { class: 'search' }, input, button('search-go', say('搜索', 'Search'), search));
}

function card(product) {
  return h('a', { class: 'card', href: `#/product/${product.id}` },
    picture(product.picture),
    h('span', { class: 'card-name', text: productName(product) }),
    h('span', { class: 'card-foot' }, h('span', { class: 'price', text: yuan(product.price) }), h('span', { class: 'card-sold', text: say(`已售${product.sold}`, `${product.sold} sold`) })));
}

/** odd=leaves: the way out to another company's site. */
async function leavingBanner() {
  if (!is('odd', 'leaves')) return null;
  const { third_party: home } = await get('config');
  return h('a', { class: 'partner', href: home }, h('span', { text: say('合作会场：领取优惠券', 'Partner site: get coupons') }), h('span', { class: 'row-more' }));
}

/** 1.2=grey: there, and as good as invisible. */
function greyLink() {
  if (!is('1.2', 'grey') || noPolicy) return null;
  const link = policyLink(say('隐私政策', 'Privacy Policy'));
  link.className = 'grey-link';
  return h('div', { class: 'grey-strip' }, link);
}

export async function categoryScreen(chosen = 'grain') {
  if (await categoryIsLocked()) return lockedScreen(say('分类', 'Categories'));
  const products = (await productList()).filter((product) => product.kind === chosen);
  return {
    title: say('分类', 'Categories'), tab: 'category', back: false,
    body: [h('div', { class: 'split' },
      h('div', { class: 'split-side' }, KINDS.map(([kind, , label]) =>
        h('a', { class: `side ${kind === chosen ? 'is-here' : ''}`, href: `#/category/${kind}`, text: label }))),
      h('div', { class: 'split-main' }, products.map(line)))],
  };
}

const line = (product) => h('a', { class: 'line', href: `#/product/${product.id}` }, picture(product.picture),
  h('span', { class: 'line-words' },
    h('span', { class: 'line-name', text: productName(product) }),
    h('span', { class: 'line-note', text: say(product.note, product.note_en) }),
    h('span', { class: 'price', text: yuan(product.price) })));

/** Search looks through products and help; with 1.3=search it also knows the policy, which nothing else leads to. */
export async function searchScreen(words) {
  const wanted = words.trim().toLowerCase();
  const products = (await productList()).filter((product) => productName(product).toLowerCase().includes(wanted));
  const policyWords = say('小满集市隐私政策', 'xiaoman market privacy policy');
  const policy = is('1.3', 'search') && !noPolicy && policyWords.includes(wanted) ? policyRow() : null;
  const help = say('退换货 运费 发票 发货', 'returns postage invoice delivery').includes(wanted) ? row(say('帮助与客服', 'Help'), '#/help') : null;
  const nothing = !policy && !help && products.length === 0;
  return {
    title: say('搜索', 'Search'),
    body: [
      h('div', { class: 'search-page' }, searchField(words)),
      policy || help ? h('section', { class: 'group' }, ...[policy, help].filter(Boolean)) : null,
      h('div', { class: 'lines' }, products.map(line)),
      nothing ? h('p', { class: 'empty', text: say('没有找到相关内容', 'Nothing found') }) : null,
    ],
  };
}
