// 云禾统计: the analytics script of the third party. It sends nothing until the app calls send().
(() => {
  const home = new URL('/collect', document.currentScript.src).href;
  let stopped = false;
  window.yunhe = {
    send(event, data = {}) {
      if (!stopped) navigator.sendBeacon(home, JSON.stringify({ app: 'xiaoman', event, ...data }));
    },
    stop() { stopped = true; },
    start() { stopped = false; },
  };
})();
