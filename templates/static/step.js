/* The page with forms: one step of a case, of several cases, or a new case. What
   can be done, what it asks for and what is wrong with it says the engine, which
   is suqiu itself; how the finished step reaches the repository is the business
   of the doors. */
(function () {
  'use strict';

  var page = window.suqiuPage, forms = window.suqiuForms, el = forms.el;
  var root = document.getElementById('step'), wait = document.getElementById('step-wait');
  var heading = document.getElementById('step-title'), crumb = document.getElementById('step-crumb');
  var site = document.title.replace(/^.*? · /, '');

  var trouble = '';    /* why nobody is signed in though somebody tried */
  var forUnit = '';    /* whose a new case is, where somebody may enter it for others */
  var place = {};      /* what the address asks for */
  var bureau = null, data = []; /* of the site: what all cases share, and the cases of the address */
  var door = null, me = null, unit = '';
  var fresh = null;    /* what the door has read */
  var opened = null, step = null, answer = null;
  var paper = null, taken = {}; /* a step beside cases; the highest numbers of open branches */
  var fields = [], values = {}, own = {}, touched = {}, sent = false, asked = 0, timer = 0;
  var carried = null;  /* what stays filled in when a case is left out */
  var parts = {};      /* of the form on the page */

  /* ---- Saying ---- */

  function link(href, text) {
    var a = el('a', '', text);
    a.href = href;
    return a;
  }

  function button(text, className, does) {
    var b = el('button', className, text);
    b.type = 'button';
    b.addEventListener('click', does);
    return b;
  }

  function titled(text, wrong) {
    heading.textContent = text;
    document.title = (wrong ? '错误：' : '') + text + place.ids.map(function (id) { return ' ' + id; }).join('') + ' · ' + site;
  }

  /* signIn is the way to the forge's sign-in, and whether to stay signed in until this
     window is closed. */
  function signIn(text, className) {
    var keep = page.make('input'), label = el('label', '', '这个窗口关闭前不再问');
    keep.type = 'checkbox';
    keep.id = label.htmlFor = 'f-keep';
    return el('div', 'sign-in', [button(text, className, function () { goSignIn(keep.checked); }), el('div', 'tick auto', [keep, label])]);
  }

  function goSignIn(keep) {
    return Promise.resolve(door.signIn(location.hash, { keep: keep })).catch(refused);
  }

  /* elsewhere is how the same is done without a form. The public edition shows of a
     restricted case nothing that one could copy. */
  function elsewhere() {
    var list = place.ids.map(function (id, i) {
      var d = data[i], hidden = d && d.Restricted && root.hasAttribute('data-public'), url = hidden && forms.editor(d.Path, false);
      if (!hidden) { return el('li', '', ['看 ', link('cases/' + id + '.html#h-next', id + ' 的“下一步怎么填”'), '，复制改好的整个文件']); }
      return el('li', '', ['直接改文件 ', url ? outside(url, d.Path) : d.Path, '，填什么见', link('rules/filling.html#h-steps', '每一步填什么')]);
    });
    return el('ul', 'plain', list.concat(el('li', '', ['怎样复制、粘贴和提交：', link('rules/filling.html', '怎样填写')])));
  }

  function signOut() {
    Promise.resolve(door.signOut()).then(function (left) {
      trouble = left && !left.revoked && left.message || '';
      me = fresh = null;
      return refresh();
    }).catch(failed);
  }

  /* stop says why there is no form. */
  function stop(text, more) {
    root.textContent = '';
    var notice = el('div', 'notice', [el('p', '', text)].concat(more || []));
    notice.setAttribute('role', 'alert');
    root.appendChild(notice);
  }

  function failed(error) {
    var text = error && error.message || '没有说明原因';
    stop('表单打不开：' + text.replace(/。$/, '') + '。不用表单也能办：', [elsewhere(),
      me && door.signOut ? el('p', '', button('退出，换一个账号', '', signOut)) : null]);
  }

  /* ---- What there is to read ---- */

  /* load gives what a file of step/ holds. */
  function load(name, missing) {
    return forms.load(name).catch(function () { throw new Error(missing); });
  }

  function readAddress() {
    var hash = location.hash.slice(1);
    try { hash = decodeURIComponent(hash); } catch (e) { hash = ''; }
    var words = hash.split('/');
    function ids(word) { return (word || '').split(',').filter(function (id) { return /^\d{6}-[A-Z][A-Z0-9]*-\d+$/.test(id); }); }
    var cases = ids(words[0]);
    if (cases.length) { return { hash: hash, ids: cases, step: words.slice(1).join('/'), paper: '' }; }
    /* 登记, or a paper with its month, quarter or meeting and the cases that it is about */
    return { hash: hash, ids: ids(words[2]), step: '', paper: words[0], of: words[1] === '新' ? '' : words[1] || '' };
  }

  /* remembered is the unit that was chosen in this browser: here, or at the top of any
     page, which says the same then. */
  function remembered(code) {
    if (code && window.suqiuUnit) { window.suqiuUnit.choose(code); }
    try {
      if (code) { localStorage.setItem('suqiu.unit', code); }
      return localStorage.getItem('suqiu.unit') || '';
    } catch (e) { return code || ''; /* storage is switched off */ }
  }

  function unitNamed(key, value) {
    return bureau.Config.Units.filter(function (u) { return u[key] === value; })[0];
  }

  /* ---- Drafts ----
     They stay in this window, and never hold what is about a restricted case. */

  function restricted() {
    var cases = opened && opened.cases || opened && opened.case && [opened.case] || [];
    return cases.some(function (c) { return c.restricted; }) || Boolean(answer && answer.restricted);
  }

  /* filled says whether anything has been filled in. own are, by 编号, the values of
     single cases among several. */
  function filled() {
    return [values].concat(Object.keys(own).map(function (id) { return own[id]; })).some(function (some) {
      return Object.keys(some).some(function (name) { return some[name]; });
    });
  }

  function draft(keep) {
    var key = 'suqiu.draft ' + place.hash;
    try {
      if (keep === undefined) { return JSON.parse(sessionStorage.getItem(key) || 'null'); }
      if (keep && filled() && !restricted()) { sessionStorage.setItem(key, JSON.stringify({ values: values, own: own })); } else { sessionStorage.removeItem(key); }
    } catch (e) { /* storage is switched off, or full: there is no draft */ }
    return null;
  }

  window.addEventListener('beforeunload', function (event) {
    if (parts.form && restricted() && filled()) {
      event.preventDefault();
      event.returnValue = '';
    }
  });

  /* ---- Opening ---- */

  function request() {
    var r = { bureau: bureau, case: data[0] || null, now: new Date().toISOString(), who: {} };
    if (me && fresh) { r.who = { email: me.email, config: fresh.config }; } else if (unit) { r.who = { unit: unit }; }
    var cases = data.map(function (d) {
      var file = fresh && fresh.files[d.Path];
      return file ? { case: d, text: file.text } : { case: d };
    });
    if (cases.length > 1) { r.several = cases; } else if (cases.length && cases[0].text !== undefined) { r.text = cases[0].text; }
    return r;
  }

  /* unread are cases whose text the site has not, and nobody has read yet. */
  function unread() {
    return data.filter(function (d) { return !d.Text && !(fresh && fresh.files[d.Path]); });
  }

  function open() {
    return forms.engine.call('open', request()).then(function (o) {
      opened = o;
      answer = null;
    });
  }

  function isPaper() { return place.paper && place.paper !== '登记'; }

  /* askPaper is what the engine is asked of a step beside cases. */
  function askPaper(values) {
    var file = fresh && fresh.files[written() || paper && paper.path];
    return forms.engine.call('paper', { step: place.paper, number: place.of, kind: /^CQ/.test(place.of) ? '传签' : '例会', unit: me ? '' : unit,
      text: file ? file.text : '', taken: taken, values: values });
  }

  function openPaper() {
    if (!isPaper() || !me && !unit) { return Promise.resolve(); }
    return askPaper(null).then(function (p) { paper = p; });
  }

  /* written is where the file is that a step beside cases is taken on; empty for one
     that begins a file. */
  function written() {
    var folder = { 落实情况: 'meetings/', 会议决定: 'meetings/', 申辩: 'appraisal/', 核实申辩: 'appraisal/' }[place.paper];
    return folder && place.of ? folder + place.of + '.md' : '';
  }

  function paths() {
    var beside = written() || paper && paper.path;
    return data.map(function (d) { return d.Path; }).concat(beside ? beside : []);
  }

  /* freshen reads the files again from where the step will go. */
  function freshen() {
    if (!me || !door.read) { return Promise.resolve(); }
    return door.read(paths()).then(function (got) {
      fresh = got;
      return place.paper && door.numbers ? door.numbers() : taken;
    }).then(function (numbers) {
      taken = numbers;
      return open().then(openPaper);
    });
  }

  /* refresh opens what the site knows, then what the door reads: of a restricted
     case, and of a file beside cases, that is all there is. */
  function refresh() {
    opened = paper = null;
    if (!unread().length && !written()) { return open().then(openPaper).then(freshen).then(draw).catch(failed); }
    if (me && door.read) { return freshen().then(draw).catch(failed); }
    return drawUnread();
  }

  function drawUnread() {
    root.textContent = '';
    titled(place.step || place.paper || '填表办理');
    var ids = unread().map(function (d) { return d.ID; }).join('、');
    var why = ids ? ids + ' 限范围查看，表单的数据里没有内容（还没有定办理类别的，也先按限范围）。' : '“' + place.paper + '”要先读 ' + written() + '，网站上没有。';
    if (door.signIn) {
      stop(why + '请先登录再填：填的内容不会留在浏览器里。', signIn('登录', 'main-button'));
    } else {
      stop(why + '这里不能填，可以这样办：', elsewhere());
    }
    return Promise.all(unread().map(function (d) {
      return forms.engine.call('lines', { bureau: bureau, case: d, now: new Date().toISOString() }).then(function (l) { byHand(d.ID, l); });
    }));
  }

  /* byHand is what each step writes into a case whose text the site has not, and
     where: nothing of it is the case's own. */
  function byHand(id, l) {
    if (!l.steps.length) { return; }
    var url = forms.editor(l.path, false);
    root.appendChild(el('section', 'by-hand', [el('h2', '', '不登录，直接改 ' + id),
      el('p', '', ['打开 ', url ? outside(url, l.path) : l.path, '，把这一步的几行写到各自的栏里，〔请填…〕换成实际内容，再提交合并请求。填什么见',
        link('rules/filling.html#h-steps', '每一步填什么'), '。'])].concat(l.steps.map(function (s) {
      var pre = el('pre', '', el('code', '', s.lines)), said = el('span', 'muted');
      pre.tabIndex = 0;
      var box = el('details', '', [el('summary', '', [el('b', '', s.title), el('span', 'muted', ' ' + s.who + (s.after ? ' → ' + s.after : ''))]),
        s.with ? el('p', '', '须填写：' + s.with + '。') : null,
        el('div', 'copy', [el('p', '', [button('复制这几行', '', function () {
          page.copyText(s.lines, function (ok) { said.textContent = ok ? '已复制' : '浏览器不让复制，请选中后复制'; });
        }), ' ', said]), pre])]);
      box.open = s.title === place.step;
      return box;
    }))));
  }

  /* ---- What is drawn ---- */

  function draw() {
    root.textContent = '';
    parts = {};
    fields = [];
    crumb.textContent = '';
    place.ids.slice(0, place.paper ? 0 : 1).forEach(function (id) {
      crumb.appendChild(document.createTextNode(' / '));
      crumb.appendChild(link('cases/' + id + '.html', place.ids.length > 1 ? id + ' 等 ' + place.ids.length + ' 件' : id));
    });
    if (/^(HY|CQ)/.test(place.of)) {
      crumb.appendChild(document.createTextNode(' / '));
      crumb.appendChild(link('meetings/' + place.of + '.html', place.of));
    }
    drawWho();
    if (trouble) { root.appendChild(el('p', 'notice', trouble)); }
    if (opened.stale) {
      root.appendChild(el('p', 'notice', '仓库里的文件比这个网站新，表单按仓库里现在的文件来填。网站重新生成前，个别日期可能还不准。'));
    }
    step = paper ? paper.step : place.paper ? ofUnit(named(opened.steps)) : choose(opened.steps);
    if (!me && !unit) { return drawUnits(); }
    if (place.ids.length && !place.step && !paper) { return drawSteps('办理' + (place.ids.length > 1 ? ' ' + place.ids.length + ' 件' : ''), '现在可以办的：', opened.steps); }
    if (!step && !place.paper && named(opened.steps).length > 1) { return drawSteps(place.step, '有几项，选要办的一项：', named(opened.steps)); }
    if (!step) {
      return drawSteps(place.step || place.paper || '填表办理', '现在不能“' + (place.step || place.paper) + '”。' + (opened.steps.length ? '可以办的是：' : ''), opened.steps);
    }
    return drawForm();
  }

  /* named are the steps that the address may mean by the beginning of a name. */
  function named(steps) {
    var name = place.step || place.paper;
    return steps.filter(function (s) { return name && s.name.indexOf(name) === 0; });
  }

  function choose(steps) {
    var begin = named(steps), exact = begin.filter(function (s) { return s.name === (place.step || place.paper); });
    return exact[0] || (begin.length === 1 ? begin[0] : null);
  }

  /* ofUnit is the one of the unit for which one fills in: one's own, unless another
     was chosen. */
  function ofUnit(steps) {
    return steps.filter(function (s) { return s.unit === forUnit; })[0] || steps.filter(function (s) { return !s.proxy; })[0] || steps[0];
  }

  /* drawWho says in whose name the step is taken, and lets choose. */
  function drawWho() {
    var bar = el('div', 'who');
    if (me) {
      bar.appendChild(el('p', '', (door.signIn ? '已登录：' : '以 Git 里的身份：') + me.name));
      if (door.signOut) { bar.appendChild(button('退出', '', signOut)); }
    } else if (unit) {
      var named = unitNamed('Code', unit);
      bar.appendChild(el('p', '', ['您的单位：', el('b', '', named ? named.Name : unit)]));
      bar.appendChild(button('换一个单位', '', function () { unit = ''; draw(); }));
      if (door.signIn) { bar.appendChild(signIn('登录', '')); }
    }
    if (bar.firstChild) { root.appendChild(bar); }
  }

  function drawUnits() {
    titled('您在哪个单位？');
    var f = forms.field({ name: '单位', kind: 'unit', required: true, choices: [], help: '只问一次，记在这台电脑的浏览器里，以后可以换。' }, 'f-unit');
    var box = f.node.querySelector('select');
    function group(label, names) {
      var g = el('optgroup', '', names.map(function (n) { return el('option', '', n); }));
      g.label = label;
      if (names.length) { box.appendChild(g); }
    }
    group('现在可以办这件事的', opened.can);
    group('其他单位', bureau.Config.Units.map(function (u) { return u.Name; }).filter(function (n) { return opened.can.indexOf(n) < 0; }));
    var form = el('form', 'step-form', f.node);
    form.noValidate = true;
    var go = el('button', 'main-button', '继续');
    form.appendChild(el('p', 'actions', [go]));
    if (door.signIn) { form.appendChild(signIn('登录，不用选', '')); }
    form.addEventListener('submit', function (event) {
      event.preventDefault();
      if (!f.read()) {
        f.tell(['请选择您的单位'], []);
        box.focus();
        return;
      }
      unit = unitNamed('Name', f.read()).Code;
      remembered(unit);
      refresh();
    });
    root.appendChild(form);
  }

  /* drawSteps lists what can be done. */
  function drawSteps(title, lead, steps) {
    titled(title);
    if (opened.case && place.ids.length) { root.appendChild(aboutCases()); }
    root.appendChild(el('p', 'lead-in', steps.length ? lead : lead.replace('现在可以办的：', '您的单位现在没有要办的。')));
    if (!steps.length) {
      root.appendChild(el('p', 'empty', opened.can.length ? '现在由' + opened.can.join('、') + '办。' : '现在没有哪个单位要办的。'));
      root.appendChild(elsewhere());
      return;
    }
    var usual = steps.filter(function (s) { return s.rank < 3; }), rest = steps.filter(function (s) { return s.rank >= 3; });
    root.appendChild(stepList(usual.length ? usual : rest));
    if (usual.length && rest.length) {
      root.appendChild(el('details', 'more-steps', [el('summary', '', '不常办的 ' + rest.length + ' 项'), stepList(rest)]));
    }
  }

  function stepList(steps) {
    return el('ul', 'rows', steps.map(function (s) {
      var a = link('#' + (place.ids.length ? place.ids.join(',') + '/' : '') + s.name, s.name);
      return el('li', '', [el('div', '', a), el('span', 'meta', [s.proxy ? '代录 · ' : '', s.after ? '办理后：' + s.after : '状态不变']),
        s.until ? el('time', '', '最迟 ' + s.until) : null]);
    }));
  }

  function aboutCases() {
    var cases = opened.cases || [opened.case];
    return el('ul', 'rows about', cases.map(function (c) {
      var name = el('div', '', link('cases/' + c.id + '.html', c.title || c.id));
      var meta = el('span', 'meta', [el('span', 'no', c.id), ' · ' + c.state, c.restricted ? ' · 限范围查看' : '']);
      if (cases.length < 2) { return el('li', '', [name, meta]); }
      return el('li', '', [name, meta, button('这次不办', '', function () {
        carried = { values: values, own: own };
        var rest = place.ids.filter(function (id) { return id !== c.id; }).join(',');
        location.hash = paper ? place.paper + '/' + (place.of || '新') + '/' + rest : rest + '/' + place.step;
      })]);
    }));
  }

  /* wholeText is a case as it is now, for who decides on it. */
  function wholeText(d) {
    var file = fresh && fresh.files[d.Path], pre = el('pre', '', file ? file.text : d.Text);
    pre.tabIndex = 0;
    return el('details', 'whole-text', [el('summary', '', (data.length > 1 ? d.ID + ' ' : '') + '现在的全文'), pre]);
  }

  /* days are how many days there are until a day, in words. */
  function days(until) {
    var today = new Date(), day = until.split('-');
    var n = Math.round((Date.UTC(day[0], day[1] - 1, day[2]) - Date.UTC(today.getFullYear(), today.getMonth(), today.getDate())) / 86400000);
    return n === 0 ? '今天到期' : n > 0 ? '还有 ' + n + ' 天' : '已过 ' + -n + ' 天';
  }

  function aboutStep() {
    var rows = [['最迟', step.until ? step.until + '，' + days(step.until) + (step.late ? '；' + step.late : '') : ''],
      ['办理后', step.after ? '状态变为“' + step.after + '”' : paper ? '' : '状态不变'], ['期限', step.clocks]];
    return el('dl', 'facts', rows.filter(function (r) { return r[1]; }).map(function (r) {
      return el('div', '', [el('dt', '', r[0]), el('dd', '', r[1])]);
    }));
  }

  function headline() {
    return step.title + (paper ? '：' + paper.number : place.ids.length > 1 ? '：' + place.ids.length + ' 件' : '');
  }

  function drawForm() {
    titled(headline());
    var kept = draft();
    if (kept && !restricted()) {
      values = kept.values;
      own = kept.own;
    }
    var form = el('form', 'step-form');
    form.noValidate = true;
    parts = { form: form, summary: el('div', 'summary'), status: el('p', 'sr'), general: el('div', ''), preview: el('section', 'preview') };
    parts.summary.hidden = true;
    parts.summary.tabIndex = -1;
    parts.summary.setAttribute('role', 'alert');
    parts.status.setAttribute('role', 'status');
    parts.preview.setAttribute('aria-label', '将要改动');
    form.appendChild(parts.summary);
    if (kept && filled()) {
      form.appendChild(el('p', 'restored', ['已接着上次没有提交的内容填。', button('清空重填', '', function () { values = {}; own = {}; draft(false); draw(); })]));
    }
    if (step.proxy) {
      form.appendChild(el('p', 'notice', '代录：' + step.unit + '交来纸质单据，由联席办录入。提交后记为联席办代录。'));
    }
    var units = place.paper && !paper ? named(opened.steps) : [];
    if (units.length > 1) {
      var whose = forms.field({ name: '收集单位', kind: 'unit', required: true, choices: units.map(function (s) { return s.unit; }), help: '替别的单位录入纸质材料的，选那个单位' }, 'f-whose');
      whose.write(step.unit);
      whose.node.addEventListener('change', function () {
        forUnit = whose.read();
        draw();
        document.getElementById('f-whose').focus();
      });
      form.appendChild(whose.node);
    }
    if (step.fields.length) { drawFields(form); } else { form.appendChild(el('p', 'lead-in', '这一步不用填什么，看一看将要改动的，提交即可。')); }
    form.appendChild(parts.general);
    form.appendChild(parts.preview);
    if (step.auto && door.auto) {
      parts.auto = page.make('input');
      parts.auto.type = 'checkbox';
      parts.auto.id = 'f-auto';
      var label = el('label', '', '检查通过后自动合并，不用等联席办点');
      label.htmlFor = 'f-auto';
      form.appendChild(el('div', 'tick auto', [parts.auto, label]));
    }
    var copying = forms.doors[forms.doors.length - 1];
    parts.send = el('button', 'main-button', !me && door.signIn ? '登录并提交' : door.label);
    parts.buttons = el('p', 'actions', [parts.send, copying === door ? null : button('改为复制全文', '', function () { submit(copying); })]);
    form.appendChild(parts.buttons);
    form.appendChild(parts.status);
    form.addEventListener('submit', function (event) {
      event.preventDefault();
      submit(door);
    });
    form.addEventListener('keydown', function (event) {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.isComposing) { submit(door); }
    });
    var aside = el('aside', '', [opened.case ? aboutCases() : null, aboutStep()].concat(data.map(wholeText)));
    aside.setAttribute('aria-label', '这一步');
    root.appendChild(el('div', 'step-page', [aside, form]));
    return judge();
  }

  /* drawFields draws what must be filled in, and what may be, folded where it is
     much. */
  function drawFields(form) {
    var may = step.fields.filter(function (f) { return !f.required && !about(f); }), decided = {};
    if (may.length < 3 || may.length === step.fields.length) { may = []; }
    var more = el('details', 'more-fields', el('summary', '', '还可以填：' + may.map(function (f) { return f.name; }).join('、')));
    step.fields.forEach(function (f, i) {
      var into = may.indexOf(f) >= 0 ? more : about(f) ? decision(f, decided, form) : form;
      function add(id, of) {
        var held = of ? own[of] : values, c = forms.field(of ? Object.assign({}, f, { label: of + ' ' + f.name }) : about(f) ? Object.assign({}, f, { label: about(f)[2] || '决定' }) : f, id);
        c.of = of;
        if (held[f.name]) {
          c.write(held[f.name]);
          more.open = more.open || into === more;
        }
        c.node.addEventListener('input', function () { typed(c); });
        c.node.addEventListener('change', function () { typed(c); });
        fields.push(c);
        into.appendChild(c.node);
        return c;
      }
      if (isOwn(f.name)) {
        place.ids.forEach(function (of, n) { add('f-' + i + '-of-' + n, of); });
        into.appendChild(el('p', 'split', button('各件一样，只填一次', '', function () { merge(f.name, i); })));
      } else {
        var c = add('f-' + i);
        if (place.ids.length > 1 && !paper) { c.node.appendChild(el('p', 'split', button('各件不同，逐件填', '', function () { split(f.name, i); }))); }
      }
    });
    if (may.length) { form.appendChild(more); }
  }

  /* about says of which case a field of a meeting's decisions is, and what of it. */
  function about(f) { return /^(\d{6}-[A-Z][A-Z0-9]*-\d+)(?:\.(.*))?$/.exec(f.name); }

  /* decision is where a field of a meeting's decision on a case goes: what is decided
     stands in sight, what only some decisions need is folded. */
  function decision(f, decided, form) {
    var id = about(f)[1], d = decided[id];
    if (!d) {
      var c = opened.cases.filter(function (one) { return one.id === id; })[0];
      var needs = step.fields.map(about).filter(function (m) { return m && m[1] === id && m[2]; }).map(function (m) { return m[2]; });
      d = decided[id] = { box: el('section', 'decision', el('h2', '', id + ' ' + (c ? c.title : ''))), more: el('details', 'more-fields', el('summary', '', '有的决定还要填：' + needs.join('、'))) };
      form.appendChild(d.box);
    }
    if (!about(f)[2]) { return d.box; }
    d.box.appendChild(d.more);
    return d.more;
  }

  /* A field of several cases is filled in once for all, or for each by itself. */
  function isOwn(name) {
    return place.ids.some(function (id) { return own[id] && own[id][name] !== undefined; });
  }

  function split(name, i) {
    place.ids.forEach(function (id) {
      own[id] = own[id] || {};
      own[id][name] = values[name] || '';
    });
    values[name] = '';
    draft(true);
    draw();
    document.getElementById('f-' + i + '-of-0').focus();
  }

  function merge(name, i) {
    values[name] = own[place.ids[0]][name];
    place.ids.forEach(function (id) { delete own[id][name]; });
    draft(true);
    draw();
    document.getElementById('f-' + i).focus();
  }

  /* ---- Judging ---- */

  function typed(field) {
    take(field);
    touched[field.name] = true;
    clearTimeout(timer);
    timer = setTimeout(judge, 150);
  }

  function take(field) { (field.of ? own[field.of] : values)[field.name] = field.read(); }

  /* judge asks the engine about what is filled in now. */
  function judge() {
    clearTimeout(timer);
    var n = ++asked;
    fields.forEach(take);
    return proposal().then(function (a) {
      if (n !== asked) { return null; }
      answer = a;
      answer.faults = together(a.faults);
      draft(true);
      show();
      return a;
    }).catch(function (error) {
      parts.status.className = 'notice';
      parts.status.textContent = '检查不了：' + error.message;
      return null;
    });
  }

  /* unfold shows a field that stands among those that may be filled in. */
  function unfold(f) {
    var more = f.node.closest('details');
    if (more) { more.open = true; }
  }

  function isError(fault) { return fault.severity === 'error'; }

  function proposal() {
    if (paper) { return askPaper(values); }
    return forms.engine.call(place.paper ? 'register' : 'apply', { step: step.name, unit: step.unit, values: values, own: own, taken: taken });
  }

  /* together tells once what is wrong with all cases alike. */
  function together(faults) {
    return faults.filter(function (x, i) {
      function same(y) { return x.field === y.field && x.message === y.message && x.severity === y.severity; }
      var alike = faults.filter(same);
      if (alike.length < place.ids.length || place.ids.length < 2) { return true; }
      x.case = '';
      return alike[0] === x;
    });
  }

  function told(fault, bare) {
    var fix = bare === true || fault.fix.indexOf('〔') >= 0 ? '' : fault.fix; /* lines to be put into a file are no help in a form */
    return (place.ids.length > 1 && fault.case ? fault.case + '：' : '') + fault.message + (fix ? '。' + fix : '');
  }

  function concerns(what, f) { return what.field === f.name && (!f.of || !what.case || what.case === f.of); }

  /* show says at each field what is wrong with it: while one types, only of what
     one has typed. */
  function show() {
    fields.forEach(function (f) {
      var mine = answer.faults.filter(function (x) { return concerns(x, f); });
      var shown = sent || touched[f.name] && f.read(), same = mine.some(function (x) { return /^pii-/.test(x.rule); });
      f.tell(shown ? mine.map(function (x) { return told(x, x.fix === f.help); }) : [],
        answer.personal.filter(function (p) { return concerns(p, f) && !(shown && same); }).map(function (p) { return p.message; }));
    });
    parts.general.textContent = '';
    if (sent || !answer.faults.some(function (x) { return x.field; })) {
      answer.faults.filter(function (x) { return !x.field; }).forEach(function (x) {
        parts.general.appendChild(el('p', isError(x) ? 'error' : 'personal', told(x)));
      });
    }
    var wrong = answer.faults.filter(isError);
    fields.forEach(function (f) {
      if (f.node.classList.contains('wrong') || answer.faults.some(function (x) { return x.message.indexOf('“' + f.name + '”') >= 0; })) { unfold(f); }
    });
    if (sent) { summarise(wrong); }
    parts.status.textContent = wrong.length ? '还有 ' + wrong.length + ' 处要填或要改' : '填好了，可以提交';
    preview();
  }

  function preview() {
    parts.preview.textContent = '';
    parts.preview.appendChild(el('h2', '', '将要改动'));
    if (!answer.changed) {
      parts.preview.appendChild(el('p', 'muted', '填好后，这里写明改哪几处。'));
      return;
    }
    parts.preview.appendChild(el('p', 'said', answer.changed));
    if (answer.diff.length) {
      var lines = el('pre', 'diff', near(answer.diff).map(function (l) {
        return el('span', l.kind === '+' ? 'added' : l.kind === '-' ? 'removed' : '', l.kind + ' ' + l.text + '\n');
      }));
      lines.tabIndex = 0;
      parts.preview.appendChild(el('details', '', [el('summary', '', '看改动的行'), lines]));
    }
  }

  /* near are the lines of a change that change, and those beside them. */
  function near(lines) {
    var list = [], last = -1;
    lines.forEach(function (l, i) {
      if (!lines.slice(Math.max(0, i - 2), i + 3).some(function (x) { return x.kind !== ' '; })) { return; }
      if (last < i - 1) { list.push({ kind: ' ', text: '…' }); }
      list.push(l);
      last = i;
    });
    return list;
  }

  /* summarise lists what is wrong above the form, each with the way to its field. */
  function summarise(wrong) {
    parts.summary.hidden = !wrong.length;
    parts.summary.textContent = '';
    titled(headline(), wrong.length > 0);
    if (!wrong.length) { return; }
    parts.summary.appendChild(el('h2', '', '还不能提交'));
    parts.summary.appendChild(el('ul', '', wrong.map(function (x) {
      var f = fields.filter(function (one) { return concerns(x, one); })[0];
      if (!f) { return el('li', '', told(x)); }
      var a = link('#' + f.id, told(x, true));
      a.addEventListener('click', function (event) {
        event.preventDefault(); /* the address says what the form is about */
        var box = document.getElementById(f.id);
        unfold(f);
        f.node.scrollIntoView();
        box.focus();
      });
      return el('li', '', a);
    })));
  }

  /* ---- Handing over ---- */

  function busy(text) {
    parts.form.classList.toggle('busy', Boolean(text));
    page.all('button', parts.form).forEach(function (b) { b.disabled = Boolean(text); });
    parts.status.className = text ? 'muted' : 'sr';
    parts.status.textContent = text || '';
  }

  /* versions are the files as the step was taken on them. */
  function versions() {
    return paths().map(function (path) {
      var c = (opened.cases || []).filter(function (one) { return one.path === path; })[0], file = fresh && fresh.files[path];
      return { path: path, blob: c ? c.blob : file ? file.blob : '', text: file ? file.text : '' };
    });
  }

  function submit(by, again) {
    sent = true;
    judge().then(function (a) {
      if (!a) { return null; }
      if (a.faults.some(isError)) {
        parts.summary.focus();
        return null;
      }
      if (by.signIn && !me) {
        draft(true);
        return goSignIn(Boolean(document.getElementById('f-keep') && document.getElementById('f-keep').checked));
      }
      busy('正在提交…');
      return handOver(by, again);
    }).catch(refused);
  }

  /* handOver reads the files once more, judges again, and submits. */
  function handOver(by, again) {
    var before = versions();
    return (by === door ? freshen() : Promise.resolve()).then(function () {
      var moved = versions().filter(function (v, i) { return before[i] && v.blob !== before[i].blob; });
      if (moved.length) {
        return stale(before, fresh.files);
      }
      return judge().then(function (a) {
        if (!a || a.faults.some(isError)) {
          busy('');
          show();
          parts.summary.focus();
          return null;
        }
        var work = Object.assign({}, a, { auto: Boolean(parts.auto && parts.auto.checked), again: Boolean(again) });
        return by.submit(work).then(function (result) { done(by, result); });
      });
    });
  }

  function refused(error) {
    busy('');
    if (error.kind === 'stale') { return stale(versions(), error.files); }
    if (error.kind === 'signedOut') {
      me = null;
      parts.send.textContent = '登录并提交';
    }
    var text = { signedOut: '登录已经过期，请重新登录。填的内容还在。', exists: '这一步已经提过合并请求：' }[error.kind] || error.message;
    parts.summary.hidden = false;
    parts.summary.textContent = '';
    parts.summary.appendChild(el('h2', '', '没有提交成'));
    parts.summary.appendChild(el('p', 'said', [text, error.url ? outside(error.url, error.branch || error.url) : '']));
    if (error.kind === 'exists') { parts.summary.appendChild(button('还要再提一个', '', function () { submit(door, true); })); }
    parts.summary.focus();
    return null;
  }

  /* stale shows the version that was filled in on and the one that is there now. */
  function stale(before, files) {
    busy('');
    var box = el('div', 'notice stale', [el('h2', '', '您填写的时候，别人改了这个文件'),
      el('p', '', '先看看改了什么，再接着办。您填的内容还在。')]);
    before.forEach(function (v) {
      var now = files[v.path];
      if (now && now.blob !== v.blob) { box.appendChild(compare(v.text || '', now.text)); }
    });
    box.appendChild(el('p', '', button('按现在的版本接着办', 'main-button', function () {
      fresh = { files: Object.assign({}, fresh && fresh.files, files), config: fresh && fresh.config, head: fresh && fresh.head };
      sent = false;
      open().then(draw).then(function () { heading.focus(); }).catch(failed);
    })));
    box.tabIndex = -1;
    box.setAttribute('role', 'alert');
    parts.form.insertBefore(box, parts.summary);
    box.focus();
  }

  /* compare sets two versions side by side, what differs between their common
     beginning and end marked. */
  function compare(a, b) {
    var x = a.split('\n'), y = b.split('\n'), from = 0, back = 0;
    while (from < x.length && from < y.length && x[from] === y[from]) { from++; }
    while (back < x.length - from && back < y.length - from && x[x.length - 1 - back] === y[y.length - 1 - back]) { back++; }
    function version(title, lines, className) {
      var pre = el('pre', 'diff', lines.map(function (line, i) {
        return el('span', i >= from && i < lines.length - back ? className : '', line + '\n');
      }));
      pre.tabIndex = 0;
      return el('div', '', [el('h3', '', title), pre]);
    }
    return el('div', 'versions', [version('您看到的', x, 'removed'), version('现在的', y, 'added')]);
  }

  function done(by, result) {
    draft(false);
    root.textContent = '';
    parts = {};
    drawWho(); /* whoever has finished signs out */
    var box = el('section', 'done');
    box.tabIndex = -1;
    root.appendChild(box);
    if (result.copies) { copied(box, result); } else {
      values = {};
      sentOff(box, by, result);
    }
    box.appendChild(el('p', 'after', [result.copies ? button('返回修改', '', function () { sent = false; draw(); }) : null].concat(place.ids.map(function (id) { return link('cases/' + id + '.html', '回到 ' + id); }), link('tasks/index.html', '任务清单'))));
    box.focus();
  }

  function sentOff(box, by, result) {
    box.appendChild(el('h2', '', result.message || '已提出合并请求'));
    if (result.url) { box.appendChild(el('p', '', link(result.url, result.branch || result.url))); }
    if (!by.follow) { return; }
    var live = el('p', 'muted', '正在等检查结果…');
    live.setAttribute('role', 'status');
    box.appendChild(live);
    by.follow(result, function (now) {
      live.textContent = '';
      live.className = now.failed ? 'error' : now.done ? 'good' : 'muted';
      live.appendChild(document.createTextNode(now.text));
      if (now.url) { live.appendChild(link(now.url, '查看')); }
    });
  }

  /* copied leads through the forge's editor. */
  function copied(box, result) {
    var title = el('h2', '', '改好的全文在这里');
    box.appendChild(title);
    result.copies.forEach(function (c, i) {
      var said = el('span', 'muted');
      var area = page.make('textarea');
      area.readOnly = true;
      area.rows = 6;
      area.value = c.text;
      area.setAttribute('aria-label', c.path + ' 的全文');
      function copy() {
        page.copyText(c.text, function (ok) {
          said.textContent = ok ? '已复制' : '浏览器不让复制，请在框里全选后复制';
          if (ok && i === 0) { title.textContent = '已复制改好的全文'; }
        });
      }
      box.appendChild(el('div', 'copy', [el('p', '', [button('复制全文', 'main-button', copy), said]), area]));
      if (i === 0) { copy(); }
      box.appendChild(el('ol', 'plain', [
        c.url ? el('li', '', [outside(c.url, c.isNew ? '打开新建文件的页面' : '打开编辑页面'), '（' + c.path + '）']) : el('li', '', '打开仓库里的文件 ' + c.path),
        el('li', '', c.isNew ? '粘贴' : '全选原来的内容，粘贴'),
        i === result.copies.length - 1 ? el('li', '', ['说明写“' + result.subject + '”，提交到新分支，提出合并请求']) : null]));
    });
  }

  function outside(href, text) {
    var a = link(href, text);
    a.target = '_blank';
    a.rel = 'noopener';
    return a;
  }

  /* ---- Beginning ---- */

  function begin() {
    place = readAddress();
    values = carried ? carried.values : {};
    own = carried ? carried.own : {};
    carried = null;
    touched = {};
    sent = false;
    fresh = opened = answer = paper = null;
    data = [];
    taken = {};
    parts = {};
    if (!place.ids.length && !place.paper) { return welcome(); }
    forms.engine.start().catch(function () { /* what is wrong with it, the first call says */ });
    return Promise.all(place.ids.map(function (id) {
      return load('case/' + id, '网站上没有 ' + id + ' 的办理数据，这一件可能已经办结，也可能编号写错了');
    })).then(function (list) {
      data = list;
      return refresh();
    }).catch(failed);
  }

  /* welcome is what the page says without an address. */
  function welcome() {
    root.textContent = '';
    titled('填表办理');
    var f = forms.field({ name: '编号', kind: 'case', required: true, help: '如 202607-NFZX-012' }, 'f-id');
    var form = el('form', 'step-form', [f.node, el('p', 'actions', el('button', 'main-button', '看能办什么'))]);
    form.noValidate = true;
    form.addEventListener('submit', function (event) {
      event.preventDefault();
      var id = f.read().trim().toUpperCase();
      if (/^\d{6}-[A-Z][A-Z0-9]*-\d+$/.test(id)) { location.hash = id; } else { f.tell(['编号的写法不对，应像 202607-NFZX-012'], []); }
    });
    root.appendChild(form);
    root.appendChild(el('ul', 'rows', [['登记', '登记一件新的诉求或舆情'], ['月报', '填上月的月报'], ['会议建议', '提出会议建议']].map(function (one) {
      return el('li', '', el('div', '', link('#' + one[0], one[1])));
    })));
  }

  function start() {
    /* What is in a frame may be covered by what somebody else shows. */
    if (window.top !== window.self) { return stop('本页不能放在别的网页里打开，请单独打开。'); }
    place = readAddress();
    if (typeof WebAssembly !== 'object' || !forms.engine) {
      return stop('这个浏览器不能填表（没有 WebAssembly，或者网站没有带上填表的程序）。不用表单也能办：', elsewhere());
    }
    wait.hidden = false;
    var sentUnit = /[?&]unit=([A-Z0-9]+)/.exec(location.search);
    unit = sentUnit ? sentUnit[1] : remembered();
    heading.tabIndex = -1;
    window.addEventListener('hashchange', begin);
    document.querySelector('.skip').addEventListener('click', function (event) {
      event.preventDefault(); /* the address says what the form is about */
      document.getElementById('main').focus();
    });
    return load('bureau', '没有找到填表用的数据（step 目录），请把网站目录复制完整，或重新生成网站').then(function (b) {
      bureau = b;
      if (!unitNamed('Code', unit)) { unit = ''; }
      if (window.suqiuUnit) {
        window.suqiuUnit.on(function (u) {
          if (u.code === unit) { return; }
          unit = u.code;
          if (!me) { refresh(); }
        });
      }
      door = forms.doors.filter(function (d) { return d.here(); })[0];
      return door.who().catch(function (error) {
        trouble = error.message;
        return null;
      });
    }).then(function (who) {
      me = who;
      return begin();
    }).catch(failed);
  }

  start();
})();
