// A product, the cart and the checkout.

import { ask, button, h, toast, yuan } from '../dom.js';
import { get, post, productList, touched, whoAmI } from '../api.js';
import { productName } from '../oddities.js';
import { icon, picture } from '../pictures.js';
import { go, render } from '../router.js';
import { addToCart, cart, clearCart } from '../store.js';
import { say } from '../variants.js';

const REVIEWS = [
  ['小满*友', say('包装很仔细，和描述一样，家里老人也喜欢。', 'Packed with care and just as described.')],
  ['青*', say('第二次买了，发货快。', 'My second order; quick delivery.')],
];

export async function productScreen(id) {
  const product = (await productList()).find((each) => String(each.id) === id);
  if (!product) return { title: say('商品', 'Product'), body: [h('p', { class: 'empty', text: say('商品已下架', 'No longer on sale') })] };
  const review = h('textarea', { class: 'input', rows: '3', placeholder: say('说说您的使用感受', 'How do you like it?'), 'aria-label': say('评价内容', 'Your review') });
  return {
    title: say('商品详情', 'Product'),
    body: [
      h('div', { class: 'hero' }, picture(product.picture)),
      h('section', { class: 'sheet' },
        h('p', { class: 'price price-big', text: yuan(product.price) }),
        h('h2', { class: 'product-name', text: productName(product) }),
        h('p', { class: 'product-note', text: say(product.note, product.note_en) }),
        h('p', { class: 'product-meta', text: say(`已售 ${product.sold} 件 · 48 小时内发货 · 七天无理由退货`, `${product.sold} sold · leaves within 48 hours · 7-day returns`) })),
      h('section', { class: 'sheet' },
        h('h2', { class: 'sheet-title', text: say('顾客评价', 'Reviews') }),
        REVIEWS.map(([name, text]) => h('div', { class: 'review' }, h('p', { class: 'review-name', text: name }), h('p', { class: 'review-text', text }))),
        review,
        button('btn btn-small', say('发布评价', 'Post review'), async () => {
          touched('review');
          toast(await whoAmI() ? say('评价已提交审核', 'Sent for review') : say('请先登录', 'Please log in first'));
        })),
    ],
    bar: [
      h('a', { class: 'bar-icon', href: '#/cart' }, icon('cart'), h('span', { text: say('购物车', 'Cart') })),
      button('btn btn-plain', say('加入购物车', 'Add to cart'), () => { addToCart(product.id); toast(say('已加入购物车', 'Added to cart')); }),
      button('btn btn-main', say('立即购买', 'Buy now'), () => { addToCart(product.id); go('#/checkout'); }),
    ],
  };
}

/** The cart's lines with their products, and what they cost together. */
async function cartLines() {
  const products = await productList();
  const lines = cart().map((line) => ({ ...line, product: products.find((each) => each.id === line.product) })).filter((line) => line.product);
  return { lines, total: lines.reduce((sum, { product, count }) => sum + product.price * count, 0) };
}

const cartLine = ({ product, count }) => h('div', { class: 'line' }, picture(product.picture),
  h('span', { class: 'line-words' },
    h('span', { class: 'line-name', text: productName(product) }),
    h('span', { class: 'line-foot' }, h('span', { class: 'price', text: yuan(product.price) }), h('span', { class: 'line-count', text: `× ${count}` }))));

export async function cartScreen() {
  const { lines, total } = await cartLines();
  const title = say('购物车', 'Cart');
  if (lines.length === 0) {
    return { title, body: [h('p', { class: 'empty', text: say('购物车还是空的', 'Your cart is empty') }), h('div', { class: 'actions' }, button('btn btn-plain', say('去逛逛', 'Look around'), () => go('#/home')))] };
  }
  return {
    title,
    body: [
      h('div', { class: 'lines' }, lines.map(cartLine)),
      h('div', { class: 'actions' }, button('btn btn-quiet', say('清空购物车', 'Empty the cart'), () => { touched('clear-cart'); clearCart(); render(); })),
    ],
    bar: [
      h('span', { class: 'bar-total' }, h('span', { text: say('合计 ', 'Total ') }), h('span', { class: 'price', text: yuan(total) })),
      button('btn btn-main', say('去结算', 'Check out'), () => go('#/checkout')),
    ],
  };
}

export async function checkoutScreen() {
  const { lines, total } = await cartLines();
  const phone = await whoAmI();
  const [address] = phone ? await get('addresses') : [];
  const place = address ? [address.name, address.phone, address.region, address.detail].join(' ') : say('请选择收货地址', 'Choose a delivery address');
  return {
    title: say('确认订单', 'Checkout'),
    body: [
      h('section', { class: 'group' }, h('a', { class: 'row', href: '#/addresses' }, h('span', { class: 'row-label', text: place }), h('span', { class: 'row-more', 'aria-hidden': 'true' }))),
      h('div', { class: 'lines' }, lines.map(cartLine)),
      h('section', { class: 'sheet' }, h('p', { class: 'product-meta', text: say('运费 ¥0.00，支付由通宝支付完成。', 'Postage ¥0.00. Payment is made with Tongbao Pay.') })),
    ],
    bar: [
      h('span', { class: 'bar-total' }, h('span', { text: say('应付 ', 'To pay ') }), h('span', { class: 'price', text: yuan(total) })),
      button('btn btn-main', say('立即支付', 'Pay now'), () => { touched('pay'); pay(phone, address, lines); }),
    ],
  };
}

async function pay(phone, address, lines) {
  if (lines.length === 0) return toast(say('购物车还是空的', 'Your cart is empty'));
  if (!phone) return toast(say('请先登录', 'Please log in first'));
  if (!address) return toast(say('请先添加收货地址', 'Please add an address first'));
  ask(say('确认支付', 'Pay'), say('将从通宝支付扣款', 'Tongbao Pay will be charged'), say('确认', 'Confirm'), say('取消', 'Cancel'), async () => {
    try {
      await post('orders', { lines: lines.map(({ product, count }) => ({ product: product.id, count })), address: address.id });
      clearCart();
      go('#/orders');
    } catch (error) {
      toast(error.message);
    }
  });
}
