// Help, the service phone and feedback.

import { button, field, group, h, row, toast } from '../dom.js';
import { touched, whoAmI } from '../api.js';
import { is, say } from '../variants.js';

const ANSWERS = [
  [say('多久发货？', 'When does it leave?'), say('现货商品在付款后四十八小时内发出。', 'Within 48 hours of payment.')],
  [say('怎么退换货？', 'How do I return things?'), say('签收七日内，在订单中联系客服办理。', 'Within seven days; write to us about the order.')],
  [say('运费怎么算？', 'What is the postage?'), say('满 99 元包邮，不满收取 8 元。', 'Free from ¥99, otherwise ¥8.')],
];

/** Item 6.5: the app has no channel of its own. */
const noChannel = (phone) => is('6.5', 'none', 'nowhere', 'policy-only', 'sales', 'contact-page') || (is('6.5', 'login') && !phone);
const days = is('6.5', 'thirty') ? 30 : 15;

/** What stands in the channel's place. */
function otherRows() {
  return [
    is('6.5', 'sales') ? h('p', { class: 'foot', text: say('团购订购热线：400-000-0192', 'Orders: 400-000-0192') }) : null,
    is('6.5', 'contact-page') ? row(say('联系我们', 'Contact us'), '#/paper/contact') : null,
    is('3.8', 'article') ? row(say('如何撤回同意', 'How to withdraw consent'), '#/paper/withdraw') : null,
  ].filter(Boolean);
}

export async function helpScreen() {
  const hidden = noChannel(await whoAmI());
  const call = say('拨打客服电话', 'Call us');
  return {
    title: say('帮助与客服', 'Help'),
    body: [
      h('section', { class: 'sheet' }, ANSWERS.map(([question, answer]) => h('div', { class: 'review' }, h('p', { class: 'address-name', text: question }), h('p', { class: 'product-note', text: answer })))),
      ...otherRows(),
      hidden ? null : group(
        row(say('意见反馈', 'Feedback'), '#/feedback'),
        h('a', { class: 'row', href: 'tel:4000000191', onclick: calling }, h('span', { class: 'row-label', text: call }), h('span', { class: 'row-note', text: '400-000-0191' }))),
      hidden ? null : h('p', { class: 'foot', text: say(`客服时间 9:00 至 21:00。投诉和举报会在 ${days} 个工作日内处理。`, `Daily from 9:00 to 21:00. We deal with complaints within ${days} working days.`) }),
    ],
  };
}

/** A real call would leave the app, so it is reported and stopped. */
function calling(event) {
  event.preventDefault();
  touched('call');
  toast(say('正在呼叫客服…', 'Calling…'));
}

export function feedbackScreen() {
  const text = h('textarea', { class: 'input', rows: '5', placeholder: say('请描述您遇到的问题', 'What went wrong?'), 'aria-label': say('反馈内容', 'Your feedback') });
  const contact = field(say('联系方式', 'Contact'), { placeholder: say('选填，用于回复您', 'Optional; so that we can answer') });
  const send = () => {
    touched('feedback');
    toast(text.value.trim() ? say(`已收到，我们会在 ${days} 个工作日内答复`, `Received; we answer within ${days} working days`) : say('请填写反馈内容', 'Please write something'));
  };
  return { title: say('意见反馈', 'Feedback'), body: [h('section', { class: 'form' }, text, contact.element, button('btn btn-main', say('提交', 'Send'), send))] };
}
