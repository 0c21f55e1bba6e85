// Settings, about, and the legal pages that hide the policy when told to.

import { ask, button, group, h, row, toast, toggleRow } from '../dom.js';
import { post, touched, whoAmI } from '../api.js';
import { policyRow } from '../documents.js';
import { go } from '../router.js';
import { setSetting, setting } from '../store.js';
import { is, oneWayIn, say } from '../variants.js';
import { withdraw } from './privacy.js';

/** Where "about" leads on to before the policy comes: 1.3=deep has two such pages, 1.3=toofar has four. */
const LEGAL = [
  say('法律信息', 'Legal'),
  say('更多条款', 'More terms'),
  say('平台规则', 'Platform rules'),
  say('个人信息相关规则', 'Rules on personal information'),
];
const legalDepth = is('1.3', 'toofar') ? 4 : is('1.3', 'deep') ? 2 : 0;

export async function settingsScreen() {
  const phone = await whoAmI();
  const policy = oneWayIn && !is('1.3', 'below') ? null : policyRow();
  const terms = row(say('用户协议', 'Terms of Use'), '#/terms');
  const about = row(say('关于我们', 'About us'), '#/about');
  return {
    title: say('设置', 'Settings'),
    body: [
      group(row(say('个人资料', 'Profile'), '#/profile'), row(say('收货地址', 'Addresses'), '#/addresses')),
      group(row(say('消息通知', 'Notifications'), '#/notices'), row(say('隐私设置', 'Privacy settings'), '#/privacy')),
      ...(is('1.3', 'below') ? manyRows() : []),
      // 6.1=article: it reads like the entry, and leads to a text.
      is('6.1', 'article') ? group(row(say('注销账号', 'Close account'), '#/paper/closing')) : null,
      group(...[policy, terms, about].filter(Boolean)),
      phone ? h('div', { class: 'actions' }, h('button', { type: 'button', class: 'btn btn-quiet', onclick: logout, text: is('6.1', 'logout-like') ? say('注销', 'Close account') : say('退出登录', 'Log out') })) : null,
    ],
  };
}

/** 1.3=below: enough switches to push the policy out of sight. */
function manyRows() {
  const names = say(
    ['深色模式', '大字模式', '省流量', '图片高清显示', '自动播放', '按键音', '摇一摇', '商品角标', '价格提示', '库存提示', '默认按销量排序', '列表显示', '显示原价', '记住分类', '返回顶部按钮', '左手模式'],
    ['Dark mode', 'Large text', 'Save data', 'Sharp pictures', 'Autoplay', 'Key sounds', 'Shake', 'Badges', 'Price hints', 'Stock hints', 'Sort by sales', 'List view', 'Show old price', 'Remember category', 'Back to top', 'Left-handed'],
  );
  const rows = names.map((name, number) => toggleRow(name, '', setting(`look${number}`), (on) => setSetting(`look${number}`, on)));
  return [group(...rows.slice(0, 5)), group(...rows.slice(5, 11)), group(...rows.slice(11))];
}

/** 6.1=logout-like: the button says 注销, and only ends the session after asking once. */
function logout() {
  if (!is('6.1', 'logout-like')) return leave();
  ask(say('退出登录', 'Log out'), say('退出后可以随时重新登录，您的账号和信息都会保留。', 'You can log in again at any time; your account stays.'),
    say('确定', 'OK'), say('取消', 'Cancel'), leave);
}

async function leave() {
  touched('logout');
  await post('logout').catch((error) => toast(error.message));
  go('#/me');
}

export function noticesScreen() {
  const toggle = (name, label, note, on) => toggleRow(label, note, setting(name, on), (to) => setSetting(name, to));
  return {
    title: say('消息通知', 'Notifications'),
    body: [group(
      toggle('notice.order', say('订单消息', 'Order messages'), say('发货、送达时提醒', 'When your order leaves and arrives'), true),
      toggle('notice.offer', say('促销消息', 'Offers'), say('上新和优惠活动', 'New products and offers'), false))],
  };
}

export function aboutScreen() {
  const rows = [
    legalDepth > 0 ? row(LEGAL[0], '#/legal/1') : null,
    legalDepth > 0 || (oneWayIn && !is('1.3', 'four')) ? null : policyRow(),
    row(say('用户协议', 'Terms of Use'), '#/terms'),
    row(say('资质证照', 'Licences'), '#/paper/licence'),
    row(say('检查更新', 'Check for updates'), () => toast(say('已经是最新版本', 'This is the newest version'))),
  ];
  return {
    title: say('关于我们', 'About us'),
    body: [
      h('div', { class: 'about' }, h('div', { class: 'about-logo', 'aria-hidden': 'true' }), h('p', { class: 'about-name', text: say('小满集市', 'Xiaoman Market') }), h('p', { class: 'about-version', text: say('版本 3.2.0', 'Version 3.2.0') })),
      group(...rows.filter(Boolean)),
      h('p', { class: 'foot', text: say('青禾小满（杭州）商贸有限公司', 'Qinghe Xiaoman (Hangzhou) Trading Ltd') }),
    ],
  };
}

/** One of the nested legal pages; the last of them holds the policy. */
export function legalScreen(depth) {
  const here = Math.min(Math.max(Number.parseInt(depth, 10) || 1, 1), LEGAL.length);
  const next = here < legalDepth ? row(LEGAL[here], `#/legal/${here + 1}`) : null;
  const policy = here === legalDepth ? policyRow() : null;
  const others = [row(say('售后规则', 'After-sales rules'), '#/paper/returns'), row(say('评价规则', 'Review rules'), '#/paper/reviews')];
  return { title: LEGAL[here - 1], body: [group(...[...others, next, policy].filter(Boolean))] };
}

const PAPERS = {
  closing: [say('注销账号', 'Close account'), say('如果您不再使用小满集市，可以在“我的”里的“设置”中找到“隐私设置”，按提示操作。账号注销之后无法恢复，请先用完余额。', 'Closing an account: go to Me, Settings, Privacy settings. It cannot be undone.')],
  licence: [say('资质证照', 'Licences'), say('营业执照、食品经营许可证均在有效期内，原件存放于注册地址，可以预约查看。', 'The business and food licences are valid and can be seen at our address.')],
  returns: [say('售后规则', 'After-sales rules'), say('签收七日内可以无理由退货，质量问题由我们承担来回运费。退款在收到退货后两日内原路返回。', 'Returns within seven days of delivery; refunds within two days of receipt.')],
  contact: [say('联系我们', 'Contact us'), say('欢迎联系我们。您的每一条意见我们都很重视。', 'You are welcome to contact us. We value what you say.')],
  withdraw: [say('如何撤回同意', 'How to withdraw consent'), say('您可以随时撤回对隐私政策的同意，点击下方按钮即可。', 'You can withdraw your consent to the privacy policy at any time with the button below.')],
  reviews: [say('评价规则', 'Review rules'), say('请围绕商品和服务如实评价，不发布广告和攻击他人的内容。', 'Please write about the product and be fair.')],
};

export function paperScreen(name) {
  const [title, text] = PAPERS[name] ?? PAPERS.licence;
  return { title, body: [h('article', { class: 'document' }, h('h1', { text: title }), h('p', { text }),
    name === 'withdraw' && is('3.8', 'article') ? button('btn btn-quiet', say('撤回同意', 'Withdraw consent'), withdraw) : null)] };
}
