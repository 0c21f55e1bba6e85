// 阳台花事: what grows on a balcony. Web components, each with a shadow root of its own.
import { LitElement, html, css, nothing } from '/lib/lit.js';
import './flora-consent.js';
import './flora-papers.js';

const PLANTS = [
  ['绿萝', '每周浇水一次，避免直晒。'], ['薄荷', '喜水喜阳，掐尖后更茂盛。'],
  ['长寿花', '见干见湿，花后剪去残花。'], ['小番茄', '每天六小时日照，搭架绑枝。'],
];

class FloraApp extends LitElement {
  static properties = { room: { state: true }, chosen: { state: true }, asked: { state: true }, trail: { state: true } };
  static styles = css`
    :host { display: block; font: 16px/1.7 sans-serif; color: #20351f; padding-bottom: 70px; }
    header { padding: 14px 16px; background: #4d7c3a; color: #fff; font-size: 19px; }
    header a { color: #fff; margin-right: 10px; text-decoration: none; }
    ul { list-style: none; margin: 0; padding: 0; }
    li { padding: 15px 16px; border-bottom: 1px solid #d9e6d1; }
    nav { position: fixed; bottom: 0; left: 0; right: 0; display: flex; background: #e7f2df; }
    nav span { flex: 1; padding: 15px; text-align: center; }
    section { padding: 8px 16px; }
  `;

  constructor() {
    super();
    this.room = 'balcony';
    this.trail = [];
    this.asked = !localStorage.getItem('flora.consent');
  }

  open(room) { this.trail = [...this.trail, this.room]; this.room = room; }
  back() { this.room = this.trail[this.trail.length - 1] || 'balcony'; this.trail = this.trail.slice(0, -1); }
  tab(room) { this.trail = []; this.room = room; }
  settle(choice) { localStorage.setItem('flora.consent', choice); this.asked = false; }

  draw() {
    switch (this.room) {
      case 'balcony': return html`<ul>${PLANTS.map((plant, at) => html`<li @click=${() => { this.chosen = at; this.open('plant'); }}>${plant[0]}</li>`)}</ul>`;
      case 'plant': return html`<section><h2>${PLANTS[this.chosen][0]}</h2><p>${PLANTS[this.chosen][1]}</p></section>`;
      case 'diary': return html`<section><h2>养护日记</h2><p>日记只保存在这台设备上。</p><p>还没有记录，去阳台看看吧。</p></section>`;
      case 'hut': return html`<ul>
        [[if not buried]]<li @click=${() => this.open('papers')}>隐私保护指引</li>[[end]]
        [[if not no_back]]<li @click=${() => { this.asked = true; this.again = true; }}>修改隐私选择</li>[[end]]
        <li @click=${() => this.open('help')}>帮助与反馈</li>
        <li @click=${() => this.open('credits')}>关于</li></ul>`;
      case 'help': return html`<section><h2>帮助与反馈</h2><p>浇水提醒可以在日记里设置。</p>[[if no_channel]]<p>更多问题请看养护手册。</p>[[else]]<p>隐私投诉：写信到 hello@yangtai-huashi.cn，我们在十个工作日内答复。</p>[[end]]</section>`;
      case 'credits': return html`<ul><li>版本 0.9.4</li><li @click=${() => this.open('licences')}>法律声明</li></ul>`;
      case 'licences': return html`<ul><li @click=${() => this.open('books')}>文书</li><li>插图授权</li></ul>`;
      case 'books': return html`<ul><li>软件许可</li>[[if buried]]<li @click=${() => this.open('shelf')}>规则</li>[[end]]</ul>`;
      [[if buried]]case 'shelf': return html`<ul><li @click=${() => this.open('papers')}>隐私保护指引</li></ul>`;[[end]]
      case 'papers': return html`<flora-papers></flora-papers>`;
      default: return nothing;
    }
  }

  render() {
    return html`
      <header>${this.trail.length ? html`<a @click=${this.back}>‹</a>` : nothing}阳台花事</header>
      ${this.draw()}
      <nav><span @click=${() => this.tab('balcony')}>阳台</span><span @click=${() => this.tab('diary')}>日记</span><span @click=${() => this.tab('hut')}>小屋</span></nav>
      ${this.asked && this.room !== 'papers' ? html`<flora-consent ?again=${this.again} @settled=${event => this.settle(event.detail)} @papers=${() => this.open('papers')}></flora-consent>` : nothing}`;
  }
}
customElements.define('flora-app', FloraApp);
