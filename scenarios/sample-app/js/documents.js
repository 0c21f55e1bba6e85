// The policy and the terms, and the ways in which a policy may open.

import { dialog, button, h } from './dom.js';
import { get } from './api.js';
import { is, noPolicy, query, say, value } from './variants.js';

/** How the policy is called. */
export const policyName = say('《隐私政策》', 'Privacy Policy');
export const termsName = say('《用户协议》', 'Terms of Use');

const asDialog = is('opens', 'scroller');

/** What a link to the policy needs: properties for an `a`, or for a button where it opens as a dialog. */
export function policyTarget() {
  if (is('opens', 'tab')) return { href: `/policy.html${query}`, target: '_blank', rel: 'noopener' };
  if (is('opens', 'pdf')) return { href: `/policy.pdf${query}` };
  return { href: '#/policy' };
}

/** A link to the policy within a sentence; none when the app has no policy. */
export function policyLink(label = policyName) {
  if (noPolicy) return null;
  if (asDialog) return button('link', label, openInDialog);
  return h('a', { class: 'link', ...policyTarget(), text: label });
}

export const termsLink = () => h('a', { class: 'link', href: '#/terms', text: termsName });

/** The policy's row in a list; none when the app has no policy. */
export function policyRow(label = say('隐私政策', 'Privacy Policy')) {
  if (noPolicy) return null;
  const inner = [h('span', { class: 'row-label', text: label }), h('span', { class: 'row-more', 'aria-hidden': 'true' })];
  if (asDialog) return h('button', { type: 'button', class: 'row', onclick: openInDialog }, inner);
  return h('a', { class: 'row', ...policyTarget() }, inner);
}

/** "《用户协议》和《隐私政策》", or the first alone when there is no policy; `linked` false gives plain words. */
export function bothNames(linked = true) {
  const terms = linked ? termsLink() : h('span', { text: termsName });
  if (noPolicy) return [terms];
  return [terms, say('和', ' and the '), linked ? policyLink() : h('span', { text: policyName })];
}

/** The screen at #/policy. */
export async function policyScreen() {
  const title = say('隐私政策', 'Privacy Policy');
  if (noPolicy) return { title: say('页面不存在', 'Not found'), body: [h('p', { class: 'empty', text: say('页面不存在', 'There is no such page') })] };
  if (is('opens', 'iframe')) return { title, body: [frame(`/policy.html${query}`, title)] };
  if (is('opens', 'foreign')) {
    const { third_party: home } = await get('config');
    return { title, body: [frame(`${home}policy.html${query}`, title)] };
  }
  const article = await policyArticle();
  return { title, body: [is('opens', 'shadow') ? inShadow(article) : article] };
}

/** The screen at #/terms. It names the policy and does not link to it. */
export async function termsScreen() {
  const article = await fetchArticle(say('/texts/terms.html', '/texts/terms-en.html'));
  if (noPolicy) article.querySelector('[data-mentions-policy]')?.remove();
  // 6.5: these name no contact anywhere but where the switch says.
  if (is('6.5', 'none', 'policy-only', 'sales', 'contact-page', 'login', 'nowhere')) dropContact(article);
  return { title: say('用户协议', 'Terms of Use'), body: [article] };
}

function dropContact(article) {
  const heading = [...article.querySelectorAll('h2')].find((each) => /联系我们|contact/i.test(each.textContent));
  heading?.nextElementSibling?.remove();
  heading?.remove();
}

async function policyArticle() {
  const article = await fetchArticle(`/texts/policy.html${query}`);
  article.className = policyClass;
  if (is('3.7', 'contradicts')) {
    const text = say('我们收集您的位置信息，用于向您推送个性化广告和精准营销。', 'We collect your location, used for personalized advertising and marketing.');
    article.append(h('p', { text }));
  }
  return article;
}

async function fetchArticle(address) {
  const answer = await fetch(address);
  return h('article', { class: 'document', html: await answer.text() });
}

/** Item 1.4: how the policy's text is set; the styles of `hard-…` are in document.css. */
const policyClass = value('1.4') ? `document hard-${value('1.4')}` : 'document';

const frame = (src, title) => h('iframe', { class: 'document-frame', src, title });

function inShadow(article) {
  const host = h('div', { class: 'document-host' });
  host.attachShadow({ mode: 'open' }).append(h('link', { rel: 'stylesheet', href: '/document.css' }), article);
  return host;
}

async function openInDialog() {
  const title = say('隐私政策', 'Privacy Policy');
  const article = await policyArticle();
  const reader = dialog('reader', title,
    h('h2', { class: 'dialog-title', text: title }),
    h('div', { class: 'scroller', tabindex: '0' }, article),
    h('div', { class: 'dialog-buttons' }, button('btn btn-plain', say('关闭', 'Close'), () => reader.close())));
}
