// Asks for consent in two layers: everything, only what is needed, or one by one.
import { LitElement, html, css } from '/lib/lit.js';

const PURPOSES = [['stats', '统计', '了解哪些页面常被打开'], ['weather', '天气', '按城市提供浇水建议'], ['ads', '推广', '展示园艺用品的广告']];

class FloraConsent extends LitElement {
  static properties = { layer: { state: true }, on: { state: true }, again: { type: Boolean } };
  static styles = css`
    :host { position: fixed; inset: 0; background: rgba(10, 25, 8, .55); display: flex; align-items: flex-end; font: 16px/1.7 sans-serif; }
    .leaf { background: #fff; padding: 18px; width: 100%; border-radius: 16px 16px 0 0; }
    .pick { display: flex; flex-wrap: wrap; gap: 10px; margin-top: 12px; }
    .pick > span { flex: 1; min-width: 120px; text-align: center; padding: 11px 4px; border-radius: 22px; background: #dcebd3; color: #1d3519; }
    .pick > .wide { flex-basis: 100%; background: none; text-decoration: underline; }
    .row { display: flex; justify-content: space-between; align-items: center; padding: 8px 0; }
    .knob { width: 46px; height: 26px; border-radius: 13px; background: #c9c9c9; position: relative; flex: none; }
    .knob::after { content: ''; position: absolute; left: 3px; top: 3px; width: 20px; height: 20px; border-radius: 10px; background: #fff; }
    .knob[aria-checked=true] { background: #4d7c3a; }
    .knob[aria-checked=true]::after { left: 23px; }
    u { color: #2d6a1f; }
  `;

  constructor() {
    super();
    this.layer = 1;
    const old = JSON.parse(localStorage.getItem('flora.purposes') || 'null');
    this.on = old || Object.fromEntries(PURPOSES.map(([key]) => [key, [[if purposes_on]]true[[else]]false[[end]]]));
  }

  settle(choice, all) {
    const on = all === undefined ? this.on : Object.fromEntries(PURPOSES.map(([key]) => [key, all]));
    localStorage.setItem('flora.purposes', JSON.stringify(on));
    this.dispatchEvent(new CustomEvent('settled', { detail: choice }));
  }

  render() {
    const papers = html`<u @click=${() => this.dispatchEvent(new CustomEvent('papers'))}>《隐私保护指引》</u>`;
    if (this.layer === 2) {
      return html`<div class="leaf" role="dialog"><b>让我来选</b>
        <div class="row"><span>必要：保存您的选择</span><span>始终开启</span></div>
        ${PURPOSES.map(([key, name, why]) => html`<div class="row"><span>${name}：${why}</span><span class="knob" role="switch" aria-label="同意${name}" aria-checked=${this.on[key]} @click=${() => { this.on = { ...this.on, [key]: !this.on[key] }; }}></span></div>`)}
        <div class="pick"><span @click=${() => this.settle('some')}>保存选择</span><span @click=${() => { this.layer = 1; }}>返回</span></div></div>`;
    }
    return html`<div class="leaf" role="dialog"><b>${this.again ? '修改隐私选择' : '先说两句'}</b>
      <div>阳台花事想用您的使用记录做统计、提供天气建议和推广。都可以不同意，也可以随时在“小屋”里修改或撤回。详见${papers}。</div>
      <div class="pick">[[if not no_refusal]]<span @click=${() => this.settle('need', false)}>仅必要</span>[[end]]<span @click=${() => this.settle('all', true)}>接受全部</span>[[if not no_refusal]]<span class="wide" @click=${() => { this.layer = 2; }}>让我来选</span>[[end]]</div></div>`;
  }
}
customElements.define('flora-consent', FloraConsent);
