// 邻里拼: groups of neighbours who buy together. Pages are parts of one document, as jQuery Mobile had them.
$(function () {
  function turn(id) { $('[data-role=page]').hide(); $(id).show(); window.scrollTo(0, 0); $('#veil').toggle(!!asking() && id !== '#p-privacy'); $('#pop-hello, #pop-first').each(function () { $(this).toggle(asking() === this.id && id !== '#p-privacy'); }); }
  function asking() {
    [[if improve]]if (!localStorage.llFirst) return 'pop-first'; return localStorage.llMore ? '' : 'pop-hello';[[else]]return localStorage.llFirst ? '' : 'pop-hello';[[end]]
  }
  function here() { return location.hash.indexOf('#p-') === 0 ? location.hash : '#p-home'; }
  function bundle() {
    [[if bundle]]
    if (localStorage.llFirst !== 'yes') return;
    var left = 3, fine = true;
    function done(ok) { left -= 1; fine = fine && ok; if (!left) { $('#pop-shut, #veil').toggle(!fine); } }
    navigator.geolocation.getCurrentPosition(function () { done(true); }, function () { done(false); });
    navigator.mediaDevices.getUserMedia({ video: true }).then(function () { done(true); }, function () { done(false); });
    navigator.mediaDevices.getUserMedia({ audio: true }).then(function () { done(true); }, function () { done(false); });
    [[end]]
  }
  $(document).on('click', 'a[href^="#p-"]', function () {
    var name = $(this).data('name');
    if (name) { $('#p-item h1').text(name); $('.it-price').text($(this).data('price')); }
  });
  $(window).on('hashchange', function () { turn(here()); tell(); });
  function tell() { var said = localStorage.llFirst === 'yes'; $('#t-grant').text(said ? '您已接受《用户隐私协议》。' : '您尚未接受《用户隐私协议》。'); $('#b-undo').toggle(said); }
  function answer(how) { localStorage.llFirst = how; turn(here()); tell(); bundle(); return false; }
  $('#b-take').on('click', function () { [[if improve]]localStorage.llMore = 'yes'; turn(here()); return false;[[else]]return answer('yes');[[end]] });
  $('#b-leave').on('click', function () { return answer('no'); });
  $('#b-yes1').on('click', function () { return answer('yes'); });
  $('#b-no1').on('click', function () { return answer('no'); });
  $('#b-again').on('click', function () { bundle(); return false; });
  $('#b-undo').on('click', function () { if (window.confirm('取消授权同意之后，参团时要重新接受协议。确定取消吗？')) { answer('no'); window.alert('已取消授权'); } return false; });
  $('#b-near').on('click', function () {
    navigator.geolocation.getCurrentPosition(function () { $('#t-near').text('已为您选择：东门便利店'); }, function () { $('#t-near').text('没有位置，请从上面挑选'); });
    return false;
  });
  turn(here()); tell(); bundle();
});
