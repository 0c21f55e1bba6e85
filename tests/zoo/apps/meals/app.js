// 灶台: recipes. Vue with Vant; screens are kept in a stack of their own, and the address never changes.
const { createApp, reactive, computed } = Vue;
const memory = JSON.parse(localStorage.zt || '{}');
const keep = () => { localStorage.zt = JSON.stringify(memory); };

createApp({
  setup() {
    const s = reactive({
      tab: 'feed', stack: [], asks: !memory.answer, ticked: [[if box_at_start]]true[[else]]false[[end]],
      agreed: [[if box_on]]true[[else]]false[[end]], phone: '', code: '', personal: memory.personal !== false, dish: null, places: '', confirm: false,
    });
    const top = computed(() => s.stack[s.stack.length - 1] || s.tab);
    const go = page => { s.stack.push(page); scrollTo(0, 0); };
    const back = () => { s.stack.pop(); };
    const answer = how => {
      memory.answer = how; keep(); s.asks = false;
      if (how === 'no') vant.showToast('已进入浏览模式');
    };
    const agree = () => {
      [[if box_at_start]]if (!s.ticked) { vant.showToast('请先勾选'); return; }[[end]]
      answer('yes');
    };
    const setTab = tab => {
      s.tab = tab; s.stack = [];
      [[if nag]]if (memory.answer === 'no') s.asks = true;[[end]]
    };
    const personal = on => { s.personal = memory.personal = on; keep(); };
    const withdraw = () => vant.showConfirmDialog({ title: '撤回同意', message: '撤回后将回到浏览模式，不再收集您的个人信息。确定撤回吗？', confirmButtonText: '确定撤回', cancelButtonText: '再想想' })
      .then(() => { memory.answer = 'no'; keep(); s.stack = []; s.tab = 'feed'; vant.showToast('已撤回同意'); }, () => {});
    const locate = () => {
      [[if silent_place]]
      navigator.geolocation.getCurrentPosition(() => { s.places = '文三路菜场 320 米、翠苑菜场 900 米'; }, () => { s.places = '请按城市查找'; });
      [[else]]
      vant.showConfirmDialog({ title: '使用位置', message: '用您的位置列出离您最近的菜场，不允许也可以按城市查找。', confirmButtonText: '去允许', cancelButtonText: '按城市查找' })
        .then(() => navigator.geolocation.getCurrentPosition(() => { s.places = '文三路菜场 320 米、翠苑菜场 900 米'; }, () => { s.places = '请按城市查找'; }), () => { s.places = '杭州：文三路菜场、翠苑菜场'; });
      [[end]]
    };
    const logIn = () => vant.showToast(s.agreed ? '验证码错误' : '请先阅读并勾选协议');
    return { s, top, go, back, answer, agree, setTab, personal, withdraw, locate, logIn, DISHES, POLICY, TERMS, memory };
  },
  template: `
  <div>
    <van-nav-bar v-if="s.stack.length" :title="{ dish: '菜谱', set: '设置', rec: '推荐与隐私', policy: '隐私权政策', terms: '用户协议', about: '关于灶台', login: '手机号登录', general: '通用', legal: '法律信息', files: '文件', market: '附近菜场' }[top]" left-arrow @click-left="back"></van-nav-bar>
    <van-nav-bar v-else title="灶台"></van-nav-bar>
    <div v-if="memory.answer === 'no' && !s.stack.length" class="guest-bar">您正在浏览模式：菜谱都能看[[if not guests]]，登录后才能收藏[[end]]。</div>

    <div v-if="top === 'feed'">
      <div class="dish-card" v-for="(d, i) in DISHES" @click="s.dish = i; go('dish')"><div class="dish-pot"></div><div><b>{{ d[0] }}</b>{{ d[1] }}</div></div>
    </div>
    <div v-if="top === 'dish'" class="paper"><h3>{{ DISHES[s.dish][0] }}</h3>{{ DISHES[s.dish][2] }}</div>
    <div v-if="top === 'saved'"><van-empty description="[[if guests]]还没有收藏[[else]]登录后收藏喜欢的菜谱[[end]]"></van-empty></div>
    <div v-if="top === 'market'" class="paper"><p>看看哪家菜场离您最近。</p><van-button block @click="locate">查找附近菜场</van-button><p>{{ s.places }}</p></div>
    <div v-if="top === 'mine'">
      [[if not guests]]<van-cell title="未登录" label="点击登录后同步收藏" is-link @click="go('login')"></van-cell>[[end]]
      <van-cell title="设置" is-link @click="go('set')"></van-cell>
      <van-cell title="关于灶台" is-link @click="go('about')"></van-cell>
    </div>
    <div v-if="top === 'set'">
      [[if not no_way]]<van-cell title="推荐与隐私" is-link @click="go('rec')"></van-cell>[[end]]
      [[if deep]]<van-cell title="通用" is-link @click="go('general')"></van-cell>[[end]]
      <van-cell title="字体大小" value="标准"></van-cell>
    </div>
    <div v-if="top === 'rec'">
      [[if not no_switch]]<van-cell center title="个性化推荐" label="根据浏览记录推荐菜谱"><template #right-icon><van-switch :model-value="s.personal" @update:model-value="personal"></van-switch></template></van-cell>[[end]]
      [[if not deep]]<van-cell title="隐私权政策" is-link @click="go('policy')"></van-cell>[[end]]
      [[if not no_way]]<van-cell title="撤回同意" is-link @click="withdraw"></van-cell>[[end]]
    </div>
    <div v-if="top === 'general'"><van-cell title="法律信息" is-link @click="go('legal')"></van-cell><van-cell title="语言" value="简体中文"></van-cell></div>
    <div v-if="top === 'legal'"><van-cell title="文件" is-link @click="go('files')"></van-cell><van-cell title="开源许可"></van-cell></div>
    <div v-if="top === 'files'"><van-cell title="用户协议" is-link @click="go('terms')"></van-cell><van-cell title="隐私权政策" is-link @click="go('policy')"></van-cell></div>
    <div v-if="top === 'about'">
      <van-cell title="版本" value="3.2.0"></van-cell>
      [[if not deep]]<van-cell title="用户协议" is-link @click="go('terms')"></van-cell><van-cell title="隐私权政策" is-link @click="go('policy')"></van-cell>[[end]]
    </div>
    <div v-if="top === 'login'">
      <van-field v-model="s.phone" type="tel" label="手机号" placeholder="请输入手机号"></van-field>
      <van-field v-model="s.code" label="验证码" placeholder="请输入验证码"><template #button><van-button size="small">获取验证码</van-button></template></van-field>
      <div style="padding: 16px"><van-checkbox v-model="s.agreed" icon-size="18px">我已阅读并同意[[if deep]]《用户协议》和《隐私权政策》[[else]]<a @click.stop="go('terms')">《用户协议》</a>和<a @click.stop="go('policy')">《隐私权政策》</a>[[end]]</van-checkbox></div>
      <div style="padding: 0 16px"><van-button block type="primary" @click="logIn">登录</van-button></div>
    </div>
    <div v-if="top === 'policy'" class="paper"><template v-for="p in POLICY"><h3 v-if="p[0]">{{ p[0] }}</h3><p>{{ p[1] }}</p></template></div>
    <div v-if="top === 'terms'" class="paper"><template v-for="p in TERMS"><h3 v-if="p[0]">{{ p[0] }}</h3><p>{{ p[1] }}</p></template></div>

    <van-tabbar v-if="!s.stack.length" :model-value="s.tab" @update:model-value="setTab">
      <van-tabbar-item name="feed" icon="home-o">菜谱</van-tabbar-item>
      <van-tabbar-item name="market" icon="location-o">附近菜场</van-tabbar-item>
      <van-tabbar-item name="saved" icon="star-o">收藏</van-tabbar-item>
      <van-tabbar-item name="mine" icon="user-o">我</van-tabbar-item>
    </van-tabbar>

    <van-popup :show="s.asks && top !== 'policy' && top !== 'terms'" position="bottom" round :close-on-click-overlay="false">
      <h3 style="text-align: center">欢迎来到灶台</h3>
      <div class="sheet-text">灶台需要您了解我们怎样处理个人信息：[[if not guests]]登录时用到手机号，[[end]]查找菜场时用到位置。请阅读<span class="doc" @click="go('terms')">《用户协议》</span>和<span class="doc" @click="go('policy')">《隐私权政策》</span>，再决定是否同意。
        [[if box_at_start]]<van-checkbox v-model="s.ticked" style="margin-top: 12px">我已阅读并同意上述文件</van-checkbox>[[end]]
      </div>
      <div class="sheet-row"><van-button block [[if lure]][[else]]@click="answer('no')"[[end]] [[if lure]]style="display: none"[[end]]>暂不使用</van-button><van-button block type="primary" @click="agree">[[if lure]]同意并领取 18 元红包[[else]]同意并开始[[end]]</van-button></div>
    </van-popup>
  </div>`,
}).use(vant).mount('#app');
