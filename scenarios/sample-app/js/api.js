// Talking to the shop's own server.

import { query } from './variants.js';

async function call(method, path, body) {
  const answer = await fetch(`/api/${path}${query}`, {
    method,
    headers: body ? { 'Content-Type': 'application/json' } : {},
    body: body ? JSON.stringify(body) : undefined,
  });
  const data = answer.headers.get('content-type')?.includes('json') ? await answer.json() : null;
  if (!answer.ok) throw new Error(data?.error ?? `请求失败（${answer.status}）`);
  return data;
}

export const get = (path) => call('GET', path);
export const post = (path, body = {}) => call('POST', path, body);
export const put = (path, body) => call('PUT', path, body);
export const remove = (path) => call('DELETE', path);

/** Tells the server that something was tapped which no test may tap; see /api/touched. */
export const touched = (name) => post('touched', { name }).catch(() => {});

let products;

/** The price list, fetched once. */
export async function productList() {
  products ??= fetch('/products.json').then((answer) => answer.json());
  return products;
}

/** The signed-in phone number, or null. */
export async function whoAmI() {
  return (await get('session')).phone;
}
