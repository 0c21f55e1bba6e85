// 泡泡: a game. All of it is drawn on one canvas, its prompt and its policy too.
const pool = document.getElementById('pool');
const ink = pool.getContext('2d');
const dense = devicePixelRatio || 1;
let wide = 0, high = 0, keys = [], scene = localStorage.bub || [[if unasked]]'play'[[else]]'ask'[[end]], score = 0;
const popped = new Set();
const RULES = ['泡泡隐私政策', '青岛泡泡游戏有限公司，2026年3月3日生效。', '您登录时，我们收集您的手机号码，用于保存', '游戏进度；您上榜时，我们收集您的昵称，用', '于显示在排行榜上。', '我们不向他人提供您的个人信息。', '您可以在设置里更正、删除昵称，或者撤回同意。', '投诉邮箱：kefu@paopao-demo.cn，十个工作日', '内答复。'];

function fit() { wide = innerWidth; high = innerHeight; pool.width = wide * dense; pool.height = high * dense; pool.style.width = wide + 'px'; pool.style.height = high + 'px'; ink.setTransform(dense, 0, 0, dense, 0, 0); draw(); }
function write(text, x, y, size, colour) { ink.font = size + 'px sans-serif'; ink.fillStyle = colour || '#f4fbff'; ink.textAlign = 'center'; ink.fillText(text, x, y); }
function key(text, x, y, w, then) { ink.fillStyle = '#2a6f97'; ink.fillRect(x - w / 2, y - 26, w, 44); write(text, x, y + 2, 18); keys.push([x - w / 2, y - 26, w, 44, then]); }
function to(next) { scene = next; draw(); }
function draw() {
  keys = [];
  ink.fillStyle = '#0d2238'; ink.fillRect(0, 0, wide, high);
  const mid = wide / 2;
  if (scene === 'ask') {
    write('欢迎来到泡泡', mid, 200, 26);
    write('登录需要您的手机号码，请先阅读', mid, 260, 18);
    key('《隐私政策》', mid, 310, 180, () => to('rules'));
    key('不同意', mid - 90, 420, 150, () => { localStorage.bub = 'play'; to('play'); });
    key('同意', mid + 90, 420, 150, () => { localStorage.bub = 'play'; to('play'); });
  } else if (scene === 'rules') {
    RULES.forEach((line, at) => write(line, mid, 110 + at * 36, at ? 17 : 24));
    key('返回', mid, high - 60, 150, () => to(localStorage.bub || [[if unasked]]'play'[[else]]'ask'[[end]]));
  } else if (scene === 'set') {
    write('设置', mid, 90, 24);
    [[if not ruleless]]key('隐私政策', mid, 190, 220, () => to('rules'));[[end]]
    key('音效：开', mid, 260, 220, () => {});
    key('返回', mid, high - 60, 150, () => to('play'));
  } else {
    write('得分 ' + score, mid, 70, 24);
    for (let at = 0; at < 12; at += 1) {
      const x = mid - 120 + (at % 4) * 80, y = 180 + Math.floor(at / 4) * 90;
      if (popped.has(at)) continue;
      ink.beginPath(); ink.arc(x, y, 28, 0, 7); ink.fillStyle = ['#ef476f', '#ffd166', '#06d6a0'][at % 3]; ink.fill();
      keys.push([x - 28, y - 28, 56, 56, () => { popped.add(at); score += 10; draw(); }]);
    }
    key('设置', mid, high - 60, 150, () => to('set'));
  }
}
pool.addEventListener('click', event => { const hit = keys.find(([x, y, w, h]) => event.clientX >= x && event.clientX <= x + w && event.clientY >= y && event.clientY <= y + h); if (hit) hit[4](); });
addEventListener('resize', fit);
fit();
