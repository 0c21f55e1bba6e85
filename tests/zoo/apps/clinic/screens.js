// 安和门诊: a clinic's appointments. React with antd-mobile; each screen is a step in the browser's history.
const { Button, Checkbox, Dialog, Form, ImageUploader, Input, List, NavBar, TabBar, Toast } = antdMobile;
const h = React.createElement;
const { useState, useEffect } = React;
const DOCTORS = [['陈仲平', '内科', '周一、周四上午'], ['顾瑶', '儿科', '每日下午'], ['苗青山', '针灸', '周二、周五']];
const say = words => Toast.show({ content: words, duration: 1800 });

const Policy = () => h('div', { className: 'ah-words' }, h('h1', { style: { fontSize: 20 } }, '隐私声明'), CHAPTERS.flatMap(([head, text]) => [h('h2', { key: head }, head), h('p', { key: head + 1 }, text)]));
const Terms = () => h('div', { className: 'ah-words' }, h('h1', { style: { fontSize: 20 } }, '服务条例'), h('p', {}, '挂号成功后请按时就诊；爽约三次的，一个月内不能再挂号。'), h('p', {}, '费用以收费处单据为准。'));

function Enter({ open, done }) {
  const [tel, setTel] = useState('');
  const [code, setCode] = useState('');
  const [read, setRead] = useState([[if box_on]]true[[else]]false[[end]]);
  const send = () => post('code', { tel }).then(() => say('验证码已发送'));
  const enter = () => {
    if (!read) return say('请先阅读并勾选');
    post('enter', { tel, code }).then(({ token }) => { localStorage.ahToken = token; done(); }, error => say(error.message));
  };
  return h('div', {},
    h(List, { header: '手机号登录，新号码自动注册' },
      h(List.Item, { prefix: '手机号' }, h(Input, { placeholder: '请输入手机号', type: 'tel', value: tel, onChange: setTel })),
      h(List.Item, { prefix: '验证码', extra: h('a', { onClick: send }, '获取验证码') }, h(Input, { placeholder: '短信验证码', value: code, onChange: setCode }))),
    h('div', { className: 'ah-words' },
      h(Checkbox, { checked: read, onChange: setRead }, '我已阅读并同意'), h('span', { className: 'ah-link', onClick: () => open('terms') }, '《服务条例》'), h('span', { className: 'ah-link', onClick: () => open('policy') }, '《隐私声明》')),
    h('div', { style: { padding: 16 } }, h(Button, { block: true, color: 'primary', onClick: enter }, '登录 / 注册')));
}

function Booking({ doctor, open }) {
  const [name, setName] = useState('');
  const [card, setCard] = useState('');
  return h('div', {},
    h('div', { className: 'ah-words' }, doctor[0] + ' · ' + doctor[1] + ' · ' + doctor[2]),
    h(Form, { layout: 'horizontal', mode: 'card' },
      h(Form.Item, { label: '就诊人' }, h(Input, { placeholder: '请输入姓名', value: name, onChange: setName })),
      h(Form.Item, { label: '身份证号'[[if not id_silent]], description: '用于向医院核对就诊人身份、打印病历'[[end]] }, h(Input, { placeholder: '18 位身份证号', value: card, onChange: setCard }))),
    h('div', { style: { padding: 16 } }, h(Button, { block: true, color: 'primary', onClick: () => (localStorage.ahToken ? say('请填写完整') : open('enter')) }, '提交挂号')));
}

function Profile() {
  const [me, setMe] = useState(null);
  const [nick, setNick] = useState('');
  const load = () => mine().then(said => { setMe(said); setNick((said && said.nickname) || ''); });
  useEffect(() => { load(); }, []);
  const save = () => post('me/edit', { nickname: nick }).then(() => { say('已保存'); load(); });
  const clear = () => post('me/edit', { nickname: null }).then(() => { say('已删除'); load(); });
  if (!me) return h('div', { className: 'ah-words' }, '正在读取…');
  return h('div', {},
    h(List, {},
      h(List.Item, { extra: me.tel || me.phone || '' }, '手机号'),
      h(List.Item, { prefix: '昵称' }, h(Input, { placeholder: '请输入昵称', value: nick, onChange: setNick }))),
    h('div', { style: { padding: 16, display: 'grid', gap: 10 } }, h(Button, { block: true, color: 'primary', onClick: save }, '保存'), h(Button, { block: true, onClick: clear }, '删除昵称')));
}

function Leave({ home }) {
  const [files, setFiles] = useState([]);
  const [sure, setSure] = useState(false);
  const [code, setCode] = useState('');
  const go = () => {
    [[if photo_to_leave]]if (!files.length) return say('请上传手持身份证照片');[[end]]
    if (!sure) return say('请勾选确认');
    Dialog.confirm({ content: '注销后账号中的昵称、挂号记录将被删除，无法恢复。', confirmText: '确认注销', cancelText: '再想想' })
      .then(yes => yes && post('me/leave').then(() => { delete localStorage.ahToken; say('账号已注销'); home(); }));
  };
  return h('div', {},
    h('div', { className: 'ah-words' }, h('h2', {}, '注销账号'), h('p', {}, '注销后，昵称和挂号记录立即删除；依法保存的病历除外。没有未完成的挂号即可注销。'),
      [[if photo_to_leave]]h('p', {}, '为核实身份，请上传本人手持身份证的照片：'), h(ImageUploader, { value: files, onChange: setFiles, upload: async file => ({ url: URL.createObjectURL(file) }) }),[[end]]
      h(Checkbox, { checked: sure, onChange: setSure }, '我清楚注销的后果')),
    h('div', { style: { padding: 16 } }, h(Button, { block: true, color: 'danger', onClick: go }, '注销账号')));
}

function App() {
  const [trail, setTrail] = useState(['home']);
  const [doctor, setDoctor] = useState(DOCTORS[0]);
  const [said, setSaid] = useState(localStorage.ahSaid || '');
  const [inside, setInside] = useState(!!localStorage.ahToken);
  const page = trail[trail.length - 1];
  useEffect(() => {
    const back = () => setTrail(trail => (trail.length > 1 ? trail.slice(0, -1) : trail));
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);
  // Who was logged in may have cancelled the account elsewhere.
  useEffect(() => { if (localStorage.ahToken) mine().then(me => { if (!me) { delete localStorage.ahToken; home(); } }); }, []);
  const open = name => { history.pushState({}, ''); setTrail(trail => [...trail, name]); scrollTo(0, 0); };
  const home = () => { setInside(!!localStorage.ahToken); setTrail(['home']); };
  const decide = how => { localStorage.ahSaid = how; setSaid(how); };
  const titles = { home: '安和门诊', news: '就诊须知', me: '我的', policy: '隐私声明', terms: '服务条例', enter: '登录', booking: '挂号', profile: '个人资料', safe: '账号与安全', leave: '注销账号', help: '联系门诊' };
  const body = {
    home: () => h(List, { header: '请选择医生' }, DOCTORS.map(one => h(List.Item, { key: one[0], description: one[2], onClick: () => { setDoctor(one); open('booking'); } }, one[0] + ' ' + one[1]))),
    news: () => h('div', { className: 'ah-words' }, h('p', {}, '就诊请提前十五分钟到二楼导诊台取号。'), h('p', {}, '抽血请空腹，可以喝少量白水。'), h('p', {}, '停车场入口在学院路一侧。')),
    me: () => h(List, {},
      h(List.Item, { onClick: () => open(inside ? 'profile' : 'enter') }, inside ? '个人资料' : '登录 / 注册'),
      inside && h(List.Item, { onClick: () => open('safe') }, '账号与安全'),
      h(List.Item, { onClick: () => open('help') }, '联系门诊'),
      h(List.Item, { onClick: () => open('terms') }, '服务条例'),
      h(List.Item, { onClick: () => open('policy') }, '隐私声明')),
    policy: () => h(Policy), terms: () => h(Terms), profile: () => h(Profile), leave: () => h(Leave, { home }),
    enter: () => h(Enter, { open, done: home }),
    booking: () => h(Booking, { doctor, open }),
    safe: () => h(List, {},
      [[if not no_leave]]h(List.Item, { onClick: () => open('leave') }, '注销账号'),
      h(List.Item, { onClick: () => Dialog.confirm({ content: '撤回后您将退出登录，门诊不再处理您的信息。确定撤回对《隐私声明》的同意吗？', confirmText: '确定撤回', cancelText: '取消' }).then(yes => { if (yes) { delete localStorage.ahToken; decide(''); home(); } }) }, '撤回同意'),[[end]]
      h(List.Item, { onClick: () => { post('exit'); delete localStorage.ahToken; home(); } }, '退出登录')),
    help: () => h('div', { className: 'ah-words' }, h('p', {}, '导诊台：0571-88230416'), h('p', {}, '隐私投诉：privacy@anhe-clinic.cn'), h('p', {}, '地址：学院路 18 号二楼')),
  };
  const outside = said === 'no';
  const actions = [
    { key: 'yes', text: '接受并继续', bold: true, onClick: () => decide('yes') },
    { key: 'no', text: '不接受', [[if pale]]style: { color: '#f2f2f2', fontSize: 11 },[[end]] onClick: () => decide('no') },
  ];
  return h('div', {},
    h(NavBar, { back: trail.length > 1 && page !== 'news' && page !== 'me' ? '返回' : null, onBack: () => history.back() }, titles[page]),
    outside ? h('div', { className: 'ah-words' }, h('p', {}, '您没有接受隐私声明，目前只能查看就诊须知。'), h('p', {}, '就诊请提前十五分钟到二楼导诊台取号。抽血请空腹。'), h(Button, { onClick: () => decide('') }, '重新查看声明')) : body[page](),
    ['home', 'news', 'me'].includes(page) && !outside && h('div', { style: { position: 'fixed', bottom: 0, left: 0, right: 0, background: '#fff' } },
      h(TabBar, { activeKey: page, onChange: key => setTrail([key]) }, h(TabBar.Item, { key: 'home', title: '挂号' }), h(TabBar.Item, { key: 'news', title: '就诊须知' }), h(TabBar.Item, { key: 'me', title: '我的' }))),
    h(Dialog, {
      visible: said === '' && page !== 'policy' && page !== 'terms', title: '个人信息保护提示',
      content: h('div', { className: 'ah-say' }, '挂号需要就诊人的姓名、手机号码和身份证号码。请您阅读', h('span', { className: 'ah-link', onClick: () => open('terms') }, '《服务条例》'), '和', h('span', { className: 'ah-link', onClick: () => open('policy') }, '《隐私声明》'), '，接受之后再使用挂号。'),
      actions,
    }));
}
ReactDOM.createRoot(document.getElementById('root')).render(h(App));
