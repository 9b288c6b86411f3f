/* Everything works without this file. With it, blocks can be copied, lists
   sort and filter, and printing opens what is folded. ES2017 and no modules:
   the pages open from file:// in the browsers of 2019. */
(function () {
  'use strict';

  function each(list, f) { Array.prototype.forEach.call(list, f); }
  function all(selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); }
  function make(name, text) {
    var e = document.createElement(name);
    if (text) { e.textContent = text; }
    return e;
  }

  /* ---- The box for searching: / leads to it ---- */

  document.addEventListener('keydown', function (event) {
    if (event.key !== '/' || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) { return; }
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) { return; }
    var box = document.querySelector('input[name=q]');
    if (box) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  });

  /* ---- A site that was not built today says so: what it calls 今日 is another day ---- */

  function age() {
    var time = document.querySelector('.asof time');
    var parts = time && /^(\d{4})-(\d\d)-(\d\d)$/.exec(time.getAttribute('datetime'));
    if (!parts) { return 0; }
    var now = new Date();
    return Math.round((Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) -
      Date.UTC(parts[1], parts[2] - 1, parts[3])) / 864e5);
  }

  var days = age(), content = document.getElementById('main');
  if (days > 0 && content) {
    var banner = make('p', '这个网站是 ' + days + ' 天前（' + document.querySelector('.asof time').textContent +
      '）生成的：页面上的“今日”“剩余”都按那一天算。请告知联席办。');
    banner.className = 'notice outdated no-print';
    banner.setAttribute('role', 'status');
    content.insertBefore(banner, content.firstChild);
  }

  /* ---- Copying ---- */

  function copyText(text, done) {
    function old() {
      var area = make('textarea');
      area.value = text;
      area.setAttribute('readonly', '');
      area.className = 'sr';
      document.body.appendChild(area);
      area.select();
      var ok = false;
      try { ok = document.execCommand('copy'); } catch (e) { ok = false; }
      document.body.removeChild(area);
      done(ok);
    }
    /* The clipboard interface is missing where the intranet has no TLS. */
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(text).then(function () { done(true); }, old);
    } else {
      old();
    }
  }

  all('button[data-copy]').forEach(function (button) {
    var label = button.textContent;
    button.hidden = false;
    button.addEventListener('click', function () {
      copyText(document.getElementById(button.getAttribute('data-copy')).textContent, function (ok) {
        button.textContent = ok ? '已复制' : '请手动复制';
        button.focus();
        setTimeout(function () { button.textContent = label; }, 2000);
      });
    });
  });

  /* ---- Printing: the figures of a chart are folded on the screen only ---- */

  var opened = [];
  window.addEventListener('beforeprint', function () {
    opened = all('figure details').filter(function (d) { return !d.open; });
    opened.forEach(function (d) { d.open = true; });
  });
  window.addEventListener('afterprint', function () {
    opened.forEach(function (d) { d.open = false; });
  });

  /* ---- Lists ----
     A table with data-list can be sorted by the columns whose heading has a
     data-k and filtered by those that also have data-pick; with data-first it is
     the first word of a cell that counts (超期 of 超期 9 日), to filter only. All such tables of
     a page obey one bar. What is chosen stands in the address, behind #?, so
     that a filtered list can be sent on and survives going back. A list of
     several pages has data-all, how many rows there are in all: the bar then
     says that it only sees this page, and leads to the search, which sees all
     and knows the same choices by the same names; the other pages take over what
     is chosen. One with data-part is of several pages as well, but the search
     does not know what it lists. */

  /* values are the words of a cell that can be picked: a cell may name several
     units, 、 between them and a line break after the first. */
  function values(cell) {
    var found = [];
    (function walk(node) {
      each(node.childNodes, function (child) {
        if (child.nodeType === 1) { walk(child); return; }
        child.nodeValue.split('、').forEach(function (word) {
          word = word.trim();
          if (word && word !== '—' && word !== '未定') { found.push(word); }
        });
      });
    })(cell);
    return found;
  }

  function readState() {
    var state = {};
    var hash = location.hash;
    if (hash.slice(0, 2) === '#?') {
      hash.slice(2).split('&').forEach(function (pair) {
        var at = pair.indexOf('=');
        try { state[decodeURIComponent(pair.slice(0, at))] = decodeURIComponent(pair.slice(at + 1)); } catch (e) { /* mistyped: ignored */ }
      });
    }
    return state;
  }

  /* address is a state behind #?; unit is that by which the page comes filtered, which
     need not stand there. */
  function address(state, keys, unit) {
    var parts = keys.filter(function (k) { return k === 'unit' && unit ? state[k] !== unit : state[k]; }).map(function (k) {
      return encodeURIComponent(k) + '=' + encodeURIComponent(state[k] || '');
    });
    return parts.length ? '#?' + parts.join('&') : '#';
  }

  function writeState(state, unit) {
    var hash = address(state, Object.keys(state), unit);
    if (hash !== (location.hash || '#')) { history.replaceState(null, '', hash); }
  }

  /* What the scripts of single pages use too. */
  window.suqiuPage = { all: all, make: make, copyText: copyText, readState: readState, writeState: writeState };

  function List(table) {
    this.table = table;
    this.keys = [];
    var self = this;
    each(table.tHead.rows[0].cells, function (th, i) {
      var key = th.getAttribute('data-k');
      if (key) { self.keys.push({ key: key, at: i, th: th, pick: th.hasAttribute('data-pick'), first: th.hasAttribute('data-first'), label: th.textContent }); }
    });
    /* Groups of rows keep their heading row, and are sorted each by itself. */
    this.bodies = Array.prototype.slice.call(table.tBodies);
    this.rows = all('tbody > tr:not(.group-row)', table).map(function (tr, i) {
      var row = { tr: tr, body: tr.parentNode, n: i, text: tr.textContent.toLowerCase(), sort: {}, pick: {} };
      self.keys.forEach(function (k) {
        var cell = tr.cells[k.at];
        var value = cell.getAttribute('data-v') || cell.textContent.trim();
        row.sort[k.key] = value === '—' ? '' : value;
        if (k.pick) { row.pick[k.key] = cell.hasAttribute('data-v') ? [value] : k.first ? values(cell).slice(0, 1).map(function (w) { return w.split(/[ ：]/)[0]; }) : values(cell); }
      });
      return row;
    });
    this.group = table.closest('.rule'); /* goes with its table */
    if (this.group && this.group.previousElementSibling.matches('.rule')) { return; }
    /* The first group of a section speaks for all. */
    this.none = make('p', this.group ? '没有符合条件的记录。' : '没有符合条件的事项。');
    this.none.className = 'empty';
    this.none.hidden = true;
    if (this.group) { this.group.parentNode.insertBefore(this.none, this.group); } else { table.parentNode.appendChild(this.none); }
  }

  /* hits are the rows that what is chosen leaves, whatever is chosen of one key. */
  List.prototype.hits = function (state, but) {
    var words = (state.q || '').toLowerCase().split(/\s+/).filter(Boolean), self = this;
    return this.rows.filter(function (row) {
      return words.every(function (w) { return row.text.indexOf(w) >= 0; }) && self.keys.every(function (k) {
        return !k.pick || k.key === but || !state[k.key] || row.pick[k.key].indexOf(state[k.key]) >= 0;
      });
    });
  };

  List.prototype.show = function (state) {
    var self = this, hits = this.hits(state), shown = hits.length;
    this.rows.forEach(function (row) { row.tr.hidden = true; });
    hits.forEach(function (row) { row.tr.hidden = false; });
    if (this.group) { this.group.hidden = shown === 0; } else { this.none.hidden = shown > 0; }
    this.table.hidden = shown === 0;
    if (this.bodies.length > 1) {
      this.bodies.forEach(function (body) {
        body.hidden = shown < self.rows.length && !hits.some(function (row) { return row.body === body; });
      });
    }
    var by = state.sort, sign = state.down ? -1 : 1;
    var order = this.rows.slice().sort(function (a, b) {
      if (!by || a.sort[by] === undefined) { return a.n - b.n; }
      var x = a.sort[by], y = b.sort[by];
      if (!x !== !y) { return x ? -1 : 1; } /* nothing comes last either way */
      var d = x !== '' && y !== '' && !isNaN(x) && !isNaN(y) ? x - y : x.localeCompare(y, 'zh-CN');
      return d * sign || a.n - b.n;
    });
    if (by !== this.by || sign !== this.sign) {
      order.forEach(function (row) { row.body.appendChild(row.tr); });
      this.by = by;
      this.sign = sign;
    }
    this.keys.forEach(function (k) {
      if (k.key === by) { k.th.setAttribute('aria-sort', sign < 0 ? 'descending' : 'ascending'); } else { k.th.removeAttribute('aria-sort'); }
    });
    return shown;
  };

  function startLists(tables) {
    var total = tables.reduce(function (n, t) { return n + t.tBodies[0].rows.length; }, 0);
    var chosen = window.suqiuUnit, ownUnit = '', begun = false;
    if (!tables.some(function (t) { return t.querySelector('th[data-k=unit][data-pick]'); })) { chosen = null; }
    /* The lists come filtered by the reader's unit, but not by that of the office, whose
       lists are those of all. */
    function takeUnit() {
      var u = chosen ? chosen.now() : null;
      ownUnit = u && !u.office ? u.name : '';
    }
    function read() {
      var s = readState();
      if (ownUnit && s.unit === undefined) { s.unit = ownUnit; }
      return s;
    }
    takeUnit();
    var state = read();
    if (total < 4 && !Object.keys(state).length) { /* all in one look */
      if (chosen) { chosen.on(function () { if (!begun && chosen.now().code) { begun = true; startLists(tables); } }); }
      return;
    }
    var lists = tables.map(function (t) { return new List(t); });
    var every = tables[0].getAttribute('data-all'), part = every || tables[0].hasAttribute('data-part');
    var bar = make('div'), fields = {};
    bar.className = 'filter';
    bar.setAttribute('role', 'search');
    bar.setAttribute('aria-label', '筛选本页');

    function field(key, label, control) {
      var l = make('label');
      var s = make('span', label);
      s.className = 'sr';
      l.appendChild(s);
      l.appendChild(control);
      bar.appendChild(l);
      control.name = key;
      fields[key] = control;
      control.addEventListener(control.tagName === 'SELECT' ? 'change' : 'input', function () {
        if (key === 'order') {
          state.sort = control.value.split(' ')[0];
          state.down = / down$/.test(control.value) ? '1' : '';
        } else { state[key] = control.value; }
        apply();
      });
    }

    var text = make('input');
    text.type = 'search';
    text.placeholder = lists[0].keys[0].key === 'id' ? '编号、标题、单位' : '按文字筛选';
    field('q', '按文字筛选', text);
    lists.forEach(function (list) {
      list.keys.forEach(function (k) {
        if (!k.pick || fields[k.key]) { return; }
        var words = [];
        lists.forEach(function (l) {
          l.rows.forEach(function (row) {
            (row.pick[k.key] || []).forEach(function (w) { if (words.indexOf(w) < 0) { words.push(w); } });
          });
        });
        var own = chosen && k.key === 'unit';
        if (words.length < 2 && !state[k.key] && !own) { return; }
        if (state[k.key] && words.indexOf(state[k.key]) < 0) { words.push(state[k.key]); }
        words.sort(function (a, b) { return a.localeCompare(b, 'zh-CN'); });
        var name = k.th.getAttribute('data-pick') || k.label;
        var select = make('select');
        var any = make('option', '全部' + name);
        any.value = '';
        select.appendChild(any);
        words.forEach(function (w) { select.appendChild(make('option', w)); });
        field(k.key, name, select);
      });
    });
    var note = make('span');
    note.setAttribute('role', 'status');
    var clear = make('button', '清除');
    clear.type = 'button';
    clear.addEventListener('click', function () { state = ownUnit ? { unit: '' } : {}; fill(); apply(); text.focus(); });
    bar.appendChild(clear);
    bar.appendChild(note);
    var wider = make('a');
    if (every) { bar.appendChild(wider); }

    lists.forEach(function (list) {
      list.keys.forEach(function (k) {
        if (k.first) { return; }
        var button = make('button', k.label);
        button.type = 'button';
        button.className = 'sort';
        button.title = '按“' + k.label + '”排序';
        button.addEventListener('click', function () {
          if (state.sort !== k.key) { state.sort = k.key; state.down = ''; } else if (!state.down) { state.down = '1'; } else { state.sort = state.down = ''; }
          apply();
        });
        var label = make('span', k.label); /* for paper, and for who hears cards */
        label.className = 'sort-label';
        k.th.textContent = '';
        k.th.appendChild(button);
        k.th.appendChild(label);
      });
    });

    /* Cards have no headings to sort by. */
    var order = make('select');
    order.appendChild(make('option', '按原来的顺序')).value = '';
    lists[0].keys.forEach(function (k) {
      if (k.first) { return; }
      order.appendChild(make('option', '按' + k.label + '排序')).value = k.key;
      order.appendChild(make('option', '按' + k.label + '倒序')).value = k.key + ' down';
    });
    field('order', '排序', order);
    delete fields.order;
    order.parentNode.className = 'for-cards';

    /* The days of a calendar lead to what is due on them, and count what is left of the lists. */
    var dates = all('a[data-day]').filter(function () { return lists.some(function (l) { return l.keys.some(function (k) { return k.key === 'due' && k.pick; }); }); });
    dates.forEach(function (a) { a.dates = a.getAttribute('data-day'); });
    function recount() {
      if (!dates.length) { return; }
      var due = {};
      lists.forEach(function (l) {
        l.hits(state, 'due').forEach(function (row) { due[row.sort.due] = (due[row.sort.due] || 0) + 1; });
      });
      all('[data-beyond]').forEach(function (e) { e.hidden = Object.keys(fields).some(function (key) { return state[key]; }); });
      dates.forEach(function (a) {
        var n = due[a.dates] || 0, to = {};
        Object.keys(state).forEach(function (k) { to[k] = state[k]; });
        to.due = state.due === a.dates ? '' : a.dates;
        a.textContent = n;
        a.hidden = !n;
        a.setAttribute('aria-label', a.getAttribute('aria-label').replace(/\d+ 个/, n + ' 个'));
        a.hash = address(to, Object.keys(to), ownUnit);
      });
    }

    function fill() {
      order.value = state.sort ? state.sort + (state.down ? ' down' : '') : '';
      Object.keys(fields).forEach(function (key) {
        var control = fields[key], value = state[key] || '';
        control.value = value;
        if (control.value !== value) { /* nothing of that unit is on the page */
          control.appendChild(make('option', value));
          control.value = value;
        }
      });
    }
    /* One heading row does for the groups of a section: that of the first which
       is shown. A section without any says so. */
    function lead() {
      var led = [];
      lists.forEach(function (l) {
        if (!l.group || l.group.hidden) { return; }
        var first = led.indexOf(l.group.parentNode) < 0;
        led.push(l.group.parentNode);
        l.group.classList.toggle('leads', first);
        all('button', l.table.tHead).forEach(function (b) { b.tabIndex = first ? 0 : -1; });
      });
      lists.forEach(function (l) {
        if (l.group && l.none) { l.none.hidden = led.indexOf(l.group.parentNode) >= 0; }
      });
    }
    function apply() {
      var shown = lists.reduce(function (n, l) { return n + l.show(state); }, 0);
      lead();
      recount();
      var filtered = Object.keys(fields).some(function (key) { return state[key]; });
      var of = part ? '本页 ' + total + ' 条' : '共 ' + total + ' 条';
      note.textContent = filtered ? '符合 ' + shown + ' 条，' + of : of;
      if (every) {
        wider.textContent = filtered ? '在全部事项中找' : '在全部 ' + every + ' 条中找';
        wider.href = '../search.html' + address(state, ['q', 'state', 'light', 'category', 'unit']);
      }
      all('.pages a').forEach(function (a) { a.hash = address(state, Object.keys(state), ownUnit); });
      clear.hidden = !filtered && !state.sort;
      writeState(state, ownUnit);
    }
    var place = document.querySelector('[data-bar]');
    if (place) { place.appendChild(bar); } else { tables[0].parentNode.parentNode.insertBefore(bar, tables[0].parentNode); }
    fill();
    apply();
    window.addEventListener('hashchange', function () {
      if (location.hash.slice(0, 2) === '#?' || location.hash.length < 2) { state = read(); fill(); apply(); }
    });
    if (chosen) {
      chosen.on(function () {
        takeUnit();
        state.unit = ownUnit;
        fill();
        apply();
      });
    }
  }

  /* Months run to the right; the latest are what one comes for. */
  all('.matrix, .volumes').forEach(function (t) { t.parentNode.scrollLeft = t.scrollWidth; });

  var tables = all('table[data-list]');
  if (tables.length) { startLists(tables); }
})();
