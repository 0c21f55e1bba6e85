// The site's own settings for Osano's Cookie Consent.
window.cookieconsent.initialise({
  palette: { popup: { background: '#eaf2ea', text: '#1e2b23' }, button: { background: '#2f5d43', text: '#ffffff' } },
  [[if optin]]
  type: 'opt-in', revokable: true, animateRevokable: false,
  content: { message: '山行社想用 Cookie 统计哪些路线受欢迎，允许与否都能查看全部路线。', allow: '允许', deny: '拒绝', link: '隐私权声明', href: '/privacy.html', target: '_self', policy: 'Cookie 设置' },
  [[else]][[if optout]]
  type: 'opt-out',
  content: { message: '我们使用 Cookie 统计访问。继续浏览即表示您同意。', allow: '好的', link: '隐私权声明', href: '/privacy.html', target: '_self' },
  elements: { deny: '' },
  [[else]]
  content: { href: '/privacy.html' },
  [[end]][[end]]
});
