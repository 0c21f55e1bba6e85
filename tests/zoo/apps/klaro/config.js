// The site's own settings for klaro, as its documentation asks for them.
var klaroConfig = {
  version: 1,
  elementID: 'klaro',
  storageMethod: 'localStorage',
  lang: 'zh',
  default: [[if on_by_default]]true[[else]]false[[end]],
  mustConsent: [[if must]]true[[else]]false[[end]],
  acceptAll: true,
  hideDeclineAll: [[if must]]true[[else]]false[[end]],
  hideLearnMore: [[if must]]true[[else]]false[[end]],
  translations: {
    zh: {
      privacyPolicyUrl: '/privacy.html',
      [[if not shipped]]consentNotice: { description: '你好！我们可以为{purposes}启用一些额外的服务吗？您可以随时更改或撤回您的同意，详见{privacyPolicy}。' },[[end]]
      purposes: { analytics: '访问统计', livechat: '在线答疑' },
      counter: { description: '统计哪些文章常被阅读' },
      chatbox: { description: '在页面上回答读者的问题' },
    },
  },
  services: [
    { name: 'counter', title: '访问统计', purposes: ['analytics'] },
    { name: 'chatbox', title: '在线答疑', purposes: ['livechat'] },
  ],
};
