/* 本单位: the reader chooses his unit once, at the top of any page. It is kept in the
   browser, and stands in the address, which also works where a browser keeps nothing.
   An address that names a unit is believed for that page and what it leads to, and is
   not kept: it may have come from somebody of another unit.

   units.js, made with the site, says which units there are (start); units/CODE.js
   what the first page opens with for one of them (show). */
(function () {
  'use strict';

  var key = 'suqiu.unit', units = [], listeners = [], box = null, told = null;
  var own = { code: '', name: '', office: false };

  function kept() {
    try { return localStorage.getItem(key) || ''; } catch (e) { return ''; }
  }

  function keep(code) {
    try {
      if (code) { localStorage.setItem(key, code); } else { localStorage.removeItem(key); }
    } catch (e) { /* the address still says it */ }
  }

  function sent() {
    var m = /[?&]unit=([^&]*)/.exec(location.search);
    try { return m ? decodeURIComponent(m[1]) : ''; } catch (e) { return ''; }
  }

  function find(code) { return units.filter(function (u) { return u.code === code; })[0]; }

  /* withUnit is what stands behind an address, with the unit or without one. */
  function withUnit(query) {
    var parts = query.replace(/^\?/, '').split('&').filter(function (p) { return p && !/^unit=/.test(p); });
    if (own.code) { parts.push('unit=' + encodeURIComponent(own.code)); }
    return parts.length ? '?' + parts.join('&') : '';
  }

  function writeAddress() {
    var query = withUnit(location.search);
    if (query === location.search) { return; }
    try { history.replaceState(null, '', location.pathname + query + location.hash); } catch (e) { /* some browsers allow none in a folder */ }
  }

  /* Links of the site take the unit along, whichever way they are followed. */
  function carry(event) {
    var a = event.target.closest && event.target.closest('a[href]');
    if (!a || a.protocol !== location.protocol || a.host !== location.host || !/\.html$/.test(a.pathname)) { return; }
    if (a.getAttribute('href').charAt(0) === '#') { return; }
    var query = withUnit(a.search);
    if (query !== a.search) { a.search = query; }
  }
  ['click', 'auxclick', 'contextmenu'].forEach(function (name) { document.addEventListener(name, carry, true); });

  /* So does the box for searching. */
  function fillForm() {
    var form = document.querySelector('form.find');
    if (!form) { return; }
    var field = form.querySelector('input[name=unit]');
    if (!field) {
      field = document.createElement('input');
      field.type = 'hidden';
      field.name = 'unit';
      form.appendChild(field);
    }
    field.value = own.code;
    field.disabled = !own.code;
  }

  /* ---- What the first page opens with ---- */

  var root = document.querySelector('script[src$="unit.js"]').getAttribute('src').replace(/unit\.js$/, '');
  var shown = '';

  function open() {
    var place = document.getElementById('own');
    if (!place || shown === own.code) { return; }
    shown = own.code;
    place.textContent = '';
    if (!own.code) { return; }
    var script = document.createElement('script');
    script.src = root + 'units/' + own.code + '.js';
    script.onerror = function () {
      var p = document.createElement('p'), a = document.createElement('a');
      p.className = 'notice';
      a.href = root + 'units/' + own.code + '.html';
      a.textContent = own.name;
      p.appendChild(document.createTextNode('没有读到本单位的数据，请把网站目录复制完整；或者看单位的页面：'));
      p.appendChild(a);
      place.appendChild(p);
    };
    document.head.appendChild(script);
  }

  function show(code, html) {
    if (code !== own.code) { return; } /* another was chosen meanwhile */
    document.getElementById('own').innerHTML = html;
    if (told) { told.textContent = '本页先列' + own.name + '的待办'; }
  }

  /* ---- Choosing ---- */

  function set(code) {
    own = find(code) || { code: '', name: '', office: false };
    if (box) { box.value = own.code; }
    writeAddress();
    fillForm();
    open();
    listeners.forEach(function (f) { f(own); });
  }

  function choose(code) {
    keep(find(code) ? code : '');
    set(code);
  }

  function draw() {
    var place = document.querySelector('.own-unit');
    if (!place) { return; } /* a template of the bureau's own */
    var label = document.createElement('label');
    label.appendChild(document.createTextNode('本单位'));
    box = document.createElement('select');
    box.appendChild(new Option('未选', ''));
    ['成员单位', '旗县市区局'].forEach(function (name) {
      var group = document.createElement('optgroup');
      group.label = name;
      units.forEach(function (u) { if (u.group === name) { group.appendChild(new Option(u.name, u.code)); } });
      if (group.firstChild) { box.appendChild(group); }
    });
    box.addEventListener('change', function () { choose(box.value); });
    label.appendChild(box);
    told = document.createElement('span');
    told.className = 'sr';
    told.setAttribute('role', 'status');
    place.textContent = '';
    place.appendChild(label);
    place.appendChild(told);
  }

  function start(members, counties) {
    function add(list, group) {
      (list || []).forEach(function (u) { units.push({ code: u[0], name: u[1], office: u[2], group: group }); });
    }
    add(members, '成员单位');
    add(counties, '旗县市区局');
    draw();
    var code = sent();
    set(find(code) ? code : kept());
  }

  window.suqiuUnit = {
    start: start, show: show, choose: choose,
    now: function () { return own; },
    /* on calls f with the unit when another is chosen. */
    on: function (f) { listeners.push(f); }
  };
})();
