// The policy, one part after the other.
import { LitElement, html, css } from '/lib/lit.js';

class FloraPapers extends LitElement {
  static styles = css`:host { display: block; padding: 6px 18px 40px; font-size: 16px; line-height: 1.8; } h3 { margin: 14px 0 2px; }`;

  render() {
    return html`<h2>阳台花事隐私保护指引</h2>
      <p>运营者：厦门阳台花事园艺工作室。2026年5月20日发布，同日生效。</p>
      <h3>收集什么、为什么</h3>
      <p>您同意“统计”的，我们收集您打开页面的记录，用于改进页面；您同意“天气”的，我们收集您填写的城市，用于给出浇水建议；您同意“推广”的，我们收集您点击广告的记录，用于统计广告效果。养护日记只保存在您的设备上。</p>
      <h3>不同意会怎样</h3>
      <p>都不同意也能使用全部养护内容。</p>
      <h3>给谁</h3>
      <p>我们不向他人提供您的个人信息。</p>
      <h3>保存</h3>
      <p>上述记录在境内保存六个月，之后删除。</p>
      <h3>您的权利</h3>
      <p>您可以查阅、更正、删除上述信息。[[if not no_back]]同意之后，可以随时在“小屋－修改隐私选择”中撤回同意。[[end]]</p>
      [[if not no_channel]]<h3>投诉</h3><p>写信到 hello@yangtai-huashi.cn，我们在十个工作日内答复。</p>[[end]]`;
  }
}
customElements.define('flora-papers', FloraPapers);
