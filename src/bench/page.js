// Draws one page of text and tells the truth about every line of it: what it says, where it is, how large it is set
// and in which colours. Runs as the body of a WebDriver script; its argument is {seed, background, dark, language}.
const asked = arguments[0];

// mulberry32: a small generator of random numbers, so that a seed always gives the same page.
let state = asked.seed >>> 0;
function random() {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = state;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const between = (low, high) => low + random() * (high - low);
const pick = list => list[Math.floor(random() * list.length)];

// ---- colours (sRGB 0-255; contrast as WCAG 2.x defines it)
const linear = v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
const luminance = c => 0.2126 * linear(c[0]) + 0.7152 * linear(c[1]) + 0.0722 * linear(c[2]);
const contrast = (a, b) => {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
};
const mix = (a, b, t) => a.map((v, i) => Math.round(v + (b[i] - v) * t));
const css = c => `rgb(${c.join(',')})`;
function hue(h, s, l) {
  const f = n => {
    const k = (n + h / 30) % 12;
    return Math.round(255 * (l - s * Math.min(l, 1 - l) * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [f(0), f(8), f(4)];
}
// The colour of a random hue that has the wanted contrast to the ground, as near as it can be had.
function inkFor(ground, wanted) {
  const end = luminance(ground) > 0.18 ? [0, 0, 0] : [255, 255, 255];
  const tint = random() < 0.5 ? end : mix(hue(between(0, 360), 0.8, end[0] ? 0.75 : 0.3), end, between(0, 0.5));
  const target = contrast(ground, tint) >= wanted ? tint : end;
  let [low, high] = [0, 1];
  for (let turn = 0; turn < 24; turn += 1) {
    const middle = (low + high) / 2;
    if (contrast(mix(ground, target, middle), ground) < wanted) low = middle; else high = middle;
  }
  return mix(ground, target, high);
}

// ---- words
const CHINESE = [
  '我们会在您注册账号时收集您的手机号码和昵称', '为了把商品送到您手中，需要收件人的姓名、地址与电话', '您可以随时在设置里查看、更正或者删除自己的资料',
  '未经您的同意，我们不会向任何第三方提供这些信息', '位置只在您打开附近门店时使用，关闭以后不再读取', '支付由银行处理，卡号不会保存在我们的服务器上',
  '日志保存六个月，到期后自动清除或作匿名处理', '如果您未满十四周岁，请在父母陪同下阅读本政策', '客服会在十五个工作日内答复您的投诉与建议',
  '更新本政策时，我们会用弹窗提醒并再次征得同意', '同意并继续', '暂不使用', '查看全部条款', '个人信息保护政策', '生效日期：二〇二六年一月八日',
  '设备标识用于识别异常登录，防止盗号和作弊行为', '相机权限只用来扫描二维码，照片不会上传', '通讯录功能默认关闭，拒绝授权不影响购物',
  '注销账户后，除法律另有规定，数据将被彻底删除', '推荐内容可以关闭，关闭后展示的商品与您无关', '本应用使用的统计组件由合作伙伴开发和维护',
  '请仔细阅读加粗的部分，它们与您的权益关系重大', '语音搜索需要麦克风，松开按钮就停止录音', '数据存放在境内，不会传到其他国家或者地区',
];
const ENGLISH = [
  'We collect your phone number when you create an account.', 'Orders need a name, a street address and a contact.',
  'You can look up, correct or delete what we hold about you.', 'Nothing is shared with partners before you agree.',
  'Location is read only while nearby stores are shown.', 'Payments are handled by your bank; we never keep card numbers.',
  'Logs are kept for six months and then removed.', 'Children under fourteen should read this with a parent.',
  'Support answers every complaint within fifteen days.', 'Agree and continue', 'Not now', 'Privacy policy', 'Terms of service',
  'The camera scans codes; pictures stay on your phone.', 'Turn off suggestions whenever you like in Settings.',
  'Contacts are never uploaded, even if you allow access.', 'Voice search stops as soon as you release the button.',
  'Closing your account erases orders, coupons and reviews.', 'A banner tells you about every change of these rules.',
];
const MIXED = [
  '使用 Wi-Fi 或 GPS 定位时，我们会先弹窗询问', 'SDK 名称：Map Kit，用途：展示附近的门店', '您的 IMEI 与 Android ID 不会用于广告推送',
  '发送邮件至 help@shop.example 申请导出资料', '订单编号 A20260108 对应的物流信息保留 90 天', '登录方式包括微信、Apple ID 以及短信验证码',
  '版本 3.2.1 起，Cookie 的有效期缩短为 7 天', '点击 OK 表示您已阅读并同意 Privacy Policy', '客服电话 400-123-4567，每天 9:00 到 21:00',
  '我们采用 TLS 加密传输，AES 256 加密存储', 'PDF 版本可以在 www.shop.example 下载', '会员积分 1200 分可兑换 12 元优惠券',
];
const FONTS = {
  zh: ['Noto Sans CJK SC', 'Noto Serif CJK SC', 'WenQuanYi Micro Hei', 'AR PL UKai CN'],
  en: ['Noto Sans CJK SC', 'Noto Serif CJK SC', 'Roboto', 'DejaVu Sans'],
  mixed: ['Noto Sans CJK SC', 'Noto Serif CJK SC', 'WenQuanYi Micro Hei', 'Noto Sans CJK SC'],
};
function words(language) {
  const list = { zh: CHINESE, en: ENGLISH, mixed: MIXED }[language];
  const end = language === 'en' ? ' ' : '。';
  const count = 1 + Math.floor(random() * 3);
  return Array.from({ length: count }, () => pick(list)).join(end);
}

// ---- backgrounds
const light = !asked.dark;
let page = light ? mix(hue(between(0, 360), 0.6, 0.9), [255, 255, 255], between(0.3, 1)) : mix(hue(between(0, 360), 0.5, 0.15), [18, 18, 20], between(0.2, 1));
if (random() < 0.35) page = light ? [255, 255, 255] : [18, 18, 18];
// Something like a photograph: soft shapes over three octaves of noise, in the tones of the page.
function photo(width, height) {
  const canvas = document.createElement('canvas');
  canvas.width = width; canvas.height = height;
  const pen = canvas.getContext('2d');
  pen.fillStyle = css(page); pen.fillRect(0, 0, width, height);
  const span = light ? 60 : 45;
  for (let shape = 0; shape < 26; shape += 1) {
    const [x, y, r] = [between(0, width), between(0, height), between(20, 170)];
    const shade = pen.createRadialGradient(x, y, 0, x, y, r);
    const colour = mix(page, hue(between(0, 360), 0.5, 0.5), between(0.05, 0.35));
    shade.addColorStop(0, `rgba(${colour.join(',')},0.8)`); shade.addColorStop(1, `rgba(${colour.join(',')},0)`);
    pen.fillStyle = shade; pen.fillRect(x - r, y - r, 2 * r, 2 * r);
  }
  const data = pen.getImageData(0, 0, width, height);
  for (const cell of [48, 12, 3]) {
    const columns = Math.ceil(width / cell) + 2;
    const grid = Array.from({ length: columns * (Math.ceil(height / cell) + 2) }, () => random() - 0.5);
    const strength = span * (cell === 48 ? 0.5 : cell === 12 ? 0.22 : 0.1);
    for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) {
      const [i, j] = [Math.floor(x / cell), Math.floor(y / cell)];
      const [u, v] = [x / cell - i, y / cell - j];
      const at = (a, b) => grid[b * columns + a];
      const noise = (at(i, j) * (1 - u) + at(i + 1, j) * u) * (1 - v) + (at(i, j + 1) * (1 - u) + at(i + 1, j + 1) * u) * v;
      for (let c = 0; c < 3; c += 1) data.data[(y * width + x) * 4 + c] += noise * strength;
    }
  }
  pen.putImageData(data, 0, 0);
  return canvas.toDataURL();
}

document.documentElement.innerHTML = "<head><title>page</title><meta name=viewport content='width=device-width,initial-scale=1'></head><body></body>";
document.documentElement.lang = 'zh-CN';
const style = document.createElement('style');
style.textContent = 'html,body{margin:0;height:100%;overflow:hidden}p{margin:0;box-sizing:border-box;overflow-wrap:anywhere}.bare p{color:transparent!important;text-decoration:none!important}';
document.head.append(style);
const [width, height] = [innerWidth, innerHeight];
document.body.style.backgroundColor = css(page);
if (asked.background === 'photo') document.body.style.backgroundImage = `url(${photo(width, height)})`;

let top_ = between(8, 30);
const blocks = [];
while (blocks.length < 60) {
  const language = asked.language === 'any' ? pick(['zh', 'zh', 'en', 'mixed']) : asked.language;
  const size = Math.round(between(8, 24) * 2) / 2;
  const p = document.createElement('p');
  const card = random() < 0.25 && asked.background === 'plain';
  let ground = card ? mix(page, hue(between(0, 360), 0.6, light ? 0.85 : 0.25), between(0.2, 0.9)) : page;
  if (asked.background === 'gradient') {
    const other = mix(ground, hue(between(0, 360), 0.6, light ? 0.7 : 0.35), between(0.2, 0.7));
    p.style.background = `linear-gradient(${Math.round(between(0, 360))}deg,${css(ground)},${css(other)})`;
    ground = mix(ground, other, 0.5);
  } else if (card) p.style.background = css(ground);
  const wanted = Math.exp(between(Math.log(1.12), Math.log(21)));
  const ink = inkFor(ground, wanted);
  const family = pick(FONTS[language]);
  const side = between(8, 28);
  Object.assign(p.style, {
    color: css(ink), fontFamily: `"${family}"`, fontSize: `${size}px`, fontWeight: pick([400, 400, 400, 300, 700]),
    lineHeight: (Math.round(between(1.0, 1.8) * 20) / 20).toString(), padding: `4px ${side}px`, position: 'absolute', left: 0, top: `${top_}px`, width: '100%',
    textAlign: pick(['left', 'left', 'left', 'center', 'justify']),
  });
  p.textContent = words(language);
  document.body.append(p);
  const box = p.getBoundingClientRect();
  if (box.bottom > height - 6) { p.remove(); break; }
  top_ = box.bottom + between(3, 18);
  blocks.push({ p, language, size, ink, ground, family });
}

const lines = [];
blocks.forEach((block, number) => {
  const node = block.p.firstChild;
  const range = document.createRange();
  let line = null;
  const chosen = getComputedStyle(block.p);
  for (let at = 0; at < node.data.length; at += 1) {
    range.setStart(node, at); range.setEnd(node, at + 1);
    const rect = range.getClientRects()[0];
    if (!rect || rect.width === 0) continue;
    if (!line || Math.abs(rect.top - line.top) > block.size / 2) {
      line = {
        text: '', block: number, left: rect.left, top: rect.top, right: rect.right, bottom: rect.bottom, size: block.size,
        pitch: parseFloat(chosen.lineHeight), weight: Number(chosen.fontWeight), ink: block.ink, ground: block.ground, family: block.family, language: block.language,
      };
      lines.push(line);
    }
    line.text += node.data[at];
    line.left = Math.min(line.left, rect.left); line.right = Math.max(line.right, rect.right);
    line.top = Math.min(line.top, rect.top); line.bottom = Math.max(line.bottom, rect.bottom);
  }
});
return { background: asked.background, dark: asked.dark, lines };
