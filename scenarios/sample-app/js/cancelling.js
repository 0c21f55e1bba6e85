// Closing the account: what it asks for, by the switches 6.2 and 6.4, and what the server answers.

import { ask, button, field, h, toast } from './dom.js';
import { post, remove, touched } from './api.js';
import { go } from './router.js';
import { is, say } from './variants.js';

/** The body of the screen. */
export function cancelForm() {
  const note = (...texts) => h('section', { class: 'sheet' }, texts.filter(Boolean).map((text) => h('p', { class: 'product-note', text })));
  if (is('6.2', 'phone-only')) {
    return [note(say('注销账号须拨打客服电话 400-000-0191 办理，请在 9:00 至 21:00 致电。', 'Accounts are closed by phone only: call us at 400-000-0191.'))];
  }
  const code = field(say('验证码', 'Code'), { inputmode: 'numeric', maxlength: '6', placeholder: say('6 位验证码', '6 digits') });
  const more = moreFields();
  return [
    note(whatHappens(), ...whatItTakes()),
    h('section', { class: 'form' }, ...more.map(({ element }) => element), code.element,
      button('btn btn-small', say('获取验证码', 'Send code'), async () => toast(say('验证码已发送：', 'Code sent: ') + (await post('code')).code)),
      button('btn btn-quiet', say('确认注销', 'Close my account'), () => confirm(code.input.value, more)),
      button('btn btn-plain', say('我再想想', 'Keep my account'), () => go('#/privacy'))),
  ];
}

function whatHappens() {
  if (is('6.2', 'cooling')) return say('提交后有 7 天冷静期，期间重新登录即可撤销。', 'You have 7 days to change your mind: log in again to keep the account.');
  return say('注销后，您的手机号码、个人资料和收货地址会立即删除，且无法恢复。', 'Your phone number, profile and addresses are deleted at once and for good.');
}

function whatItTakes() {
  return [
    is('6.2', 'long-wait') && say('提交后我们将在 20 个工作日内完成审核。', 'We complete the review within 20 working days.'),
    is('6.2', 'photo') && say('请上传身份证照片正反面，用于核验身份。', 'Upload a photo of your ID card, both sides.'),
    is('6.2', 'captcha') && say('请按住滑块拖动到最右侧，完成验证。', 'Solve the captcha: drag the slider to the right.'),
    is('6.2', 'no-photo') && say('我们不会要求您上传身份证照片。如有疑问，可拨打客服电话 400-000-0191。', 'No photo of your ID is required. Questions? Call us.'),
  ];
}

/** Fields beside the code, each with what is wrong with its value. */
function moreFields() {
  const fields = [];
  const add = (made, wrong) => fields.push({ element: made.element, wrong: () => wrong(made.input.value.trim()) });
  if (is('6.2', 'photo')) add(field(say('身份证照片', 'Photo of your ID'), { type: 'file', accept: 'image/*' }), (held) => !held && say('请上传身份证照片', 'Please upload the photo'));
  if (is('6.2', 'identity')) add(field(say('身份证号', 'ID card number'), { placeholder: say('必填，用于核验身份', 'Required') }), (held) => held.length < 15 && say('请输入身份证号', 'Please enter the number'));
  if (is('6.2', 'reason')) add(field(say('注销原因', 'Reason'), { placeholder: say('必填，不少于 50 字', 'Required, at least 50 characters') }), (held) => held.length < 50 && say('请填写注销原因，不少于 50 字', 'Please write at least 50 characters'));
  if (is('6.2', 'reason-optional')) add(field(say('注销原因', 'Reason'), { placeholder: say('选填，帮助我们改进', 'Optional') }), () => false);
  if (is('6.2', 'typed')) add(field(say('确认', 'Confirmation'), { placeholder: say('请输入“确认注销”', 'Type “CLOSE”') }), (held) => held !== say('确认注销', 'CLOSE') && say('请输入“确认注销”', 'Please type “CLOSE”'));
  if (is('6.2', 'captcha')) {
    const slider = h('input', { type: 'range', min: '0', max: '100', value: '0', 'aria-label': say('滑块', 'Slider') });
    fields.push({ element: slider, wrong: () => Number(slider.value) < 100 && say('请先完成滑块验证', 'Please drag the slider') });
  }
  return fields;
}

function confirm(code, more) {
  touched('cancel-account-confirm');
  const wrong = more.map((each) => each.wrong()).find(Boolean);
  if (wrong) return toast(wrong);
  if (!/^\d{6}$/.test(code)) return toast(say('请输入 6 位验证码', 'Please enter the 6 digits'));
  ask(say('注销账号', 'Close account'), say('确定要注销吗？', 'Close the account now?'), say('确定', 'Confirm'), say('取消', 'Cancel'), cancel);
}

async function cancel() {
  touched('cancel-account-last');
  try {
    await remove('account');
    toast(is('6.2', 'cooling') ? say('注销申请已提交，7 天后生效', 'Your request was received; the account will be closed in 7 days') : say('账号已注销', 'Your account is closed'));
    go('#/me');
  } catch (error) {
    toast(error.message);
  }
}
