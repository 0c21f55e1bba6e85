// What a page of a kit asks, as its address says, and in which words:
//   ?control=none|checkbox|switch|radio   what is ticked for consent (none: the two buttons are all)
//   &on=1                                 it is on when it comes
//   &where=dialog|login                   in a dialog of the first run, or on a log-in form
//   &remember=1                           a "remember me" that is on stands beside it
//   &dark=1                               the kit's dark theme
(() => {
  const said = new URLSearchParams(location.search);
  window.ask = {
    control: said.get('control') ?? 'none',
    on: said.get('on') === '1',
    where: said.get('where') ?? 'dialog',
    remember: said.get('remember') === '1',
    dark: said.get('dark') === '1',
    title: '个人信息保护提示',
    text: '欢迎使用青禾书店。为了注册和配送，我们会收集您的手机号码和收货地址，详情请阅读',
    policy: '《隐私政策》',
    label: '我已阅读并同意',
    agree: '同意',
    refuse: '不同意',
    remembered: '记住我',
  };
  // What the page did, for whoever looks: nothing is sent anywhere.
  window.answered = (how) => { document.title = how; };
})();
