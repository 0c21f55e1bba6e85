// 2.3: a form that asks for the number of an identity card, with or without saying what for.

import { button, field, h, toast } from '../dom.js';
import { is, say } from '../variants.js';

export function identityScreen() {
  const card = field(say('身份证号', 'Identity card'), { placeholder: say('请输入身份证号', '18 characters') });
  return {
    title: say('实名认证', 'Verify identity'),
    body: [h('section', { class: 'form' },
      is('2.3', 'identity-stated') ? h('p', { class: 'form-note', text: say('身份证号用于购买进口食品时的海关申报。', 'Your card number is needed for the customs when you buy imported food.') }) : null,
      card.element, button('btn btn-main', say('提交', 'Send'), () => toast(say('已提交', 'Sent'))))],
  };
}
