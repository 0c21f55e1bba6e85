// Delivery addresses: the list, and one to add or change.

import { button, field, h, toast } from '../dom.js';
import { get, post, put, remove, touched, whoAmI } from '../api.js';
import { back, go, render } from '../router.js';
import { is, say } from '../variants.js';
import { signedOut } from './privacy.js';

/** 6.1=fake-delete: what this start of the app pretends to have deleted. */
const dropped = new Set();

export async function addressesScreen() {
  const title = say('收货地址', 'Addresses');
  if (!await whoAmI()) return signedOut(title);
  const addresses = (await get('addresses')).filter((address) => !dropped.has(address.id));
  return {
    title,
    body: [
      addresses.length === 0 ? h('p', { class: 'empty', text: say('还没有收货地址', 'No address yet') }) : null,
      ...addresses.map((address) => h('section', { class: 'sheet' },
        h('p', { class: 'address-name', text: `${address.name} ${address.phone}` }),
        h('p', { class: 'product-note', text: `${address.region} ${address.detail}` }),
        h('div', { class: 'sheet-buttons' },
          button('btn btn-small', say('编辑', 'Edit'), () => go(`#/addresses/${address.id}`)),
          is('6.1', 'no-delete') ? null : button('btn btn-small', say('删除', 'Delete'), () => { touched('delete-address'); drop(address.id); })))),
    ],
    bar: [button('btn btn-main', say('新增收货地址', 'Add an address'), () => go('#/addresses/new'))],
  };
}

async function drop(id) {
  if (is('6.1', 'fake-delete')) dropped.add(id);
  await remove(`addresses/${id}`).catch((error) => toast(error.message));
  render();
}

export async function addressScreen(id) {
  const title = id === 'new' ? say('新增收货地址', 'Add an address') : say('编辑收货地址', 'Edit the address');
  if (!await whoAmI()) return signedOut(title);
  const known = id === 'new' ? {} : (await get('addresses')).find((address) => String(address.id) === id) ?? {};
  const fields = {
    name: field(say('收货人', 'Recipient'), { value: known.name, placeholder: say('姓名', 'Name') }),
    phone: field(say('手机号码', 'Phone number'), { value: known.phone, type: 'tel', maxlength: '11', placeholder: say('配送员联系您时使用', 'For the courier') }),
    region: field(say('所在地区', 'Region'), { value: known.region, placeholder: say('省 市 区', 'Province, city, district') }),
    detail: field(say('详细地址', 'Street'), { value: known.detail, placeholder: say('街道、门牌号', 'Street and number') }),
  };
  const save = async () => {
    const address = Object.fromEntries(Object.entries(fields).map(([name, { input }]) => [name, input.value]));
    try {
      await (id === 'new' ? post('addresses', address) : put(`addresses/${id}`, address));
      back();
    } catch (error) {
      toast(error.message);
    }
  };
  return {
    title,
    body: [h('section', { class: 'form' },
      h('p', { class: 'form-note', text: say('收货信息仅用于配送和与收货人联系。', 'Used for delivery only.') }),
      ...Object.values(fields).map(({ element }) => element), button('btn btn-main', say('保存', 'Save'), save))],
  };
}
