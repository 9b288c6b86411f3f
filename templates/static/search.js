/* The page that searches. The index beside it, in search/, is a set of scripts
   that hand over strings: the one way to read a file from a page that was
   opened from a folder. What they hold, package search of suqiu says; here it
   is read.

   A word is found where all its pairs of characters stand at their distances.
   That is exact, so texts are only fetched to be shown. */
(function () {
  'use strict';

  var page = window.suqiuPage, make = page.make;

  /* ---- Files ---- */

  var catalogue = null, parts = {}, files = {};

  function script(name) {
    return new Promise(function (done, fail) {
      var s = make('script');
      s.charset = 'utf-8';
      s.onload = done;
      s.onerror = function () { fail(new Error('missing')); };
      s.src = 'search/' + name + '.js';
      document.head.appendChild(s);
    });
  }

  /* load fetches one string of the index, once. */
  function load(kind, key, n, digest) {
    var name = key + '-' + kind + n;
    if (!files[name]) {
      files[name] = script(name).then(function () {
        var more = [];
        for (var i = 1; parts[name] && i < parts[name].length; i++) { more.push(script(name + '.' + i)); }
        return Promise.all(more);
      }).then(function () {
        var got = parts[name] || [];
        delete parts[name];
        return got.map(function (part) {
          /* The site was built again while this page was open. */
          if (!part || part.digest !== digest) { throw new Error('stale'); }
          return part.payload;
        }).join('');
      });
    }
    return files[name];
  }

  /* ---- Strings ---- */

  function Reader(s, at) { this.s = s; this.at = at || 0; }

  Reader.prototype.number = function () {
    var n = 0, scale = 1;
    for (;;) {
      var d = this.s.charCodeAt(this.at++) - 35;
      if (d > 57) { d--; }
      if (d < 45) { return n + d * scale; }
      n += (d - 45) * scale;
      scale *= 45;
    }
  };

  Reader.prototype.take = function (n) { this.at += n; return this.s.slice(this.at - n, this.at); };

  function foldUnit(u) {
    if (u === 0x3000 || u === 0xa0 || u === 9) { return 32; }
    if (u >= 0xff01 && u <= 0xff5e) { u -= 0xfee0; }
    return u >= 65 && u <= 90 ? u + 32 : u;
  }

  /* fold keeps the length, so that what is found in the folded text can be
     marked in the one that is shown. */
  function fold(s) {
    return s.replace(/[\t\u00a0\u3000\uff01-\uff5eA-Z]/g, function (c) { return String.fromCharCode(foldUnit(c.charCodeAt(0))); });
  }

  function wordsOf(query) {
    return fold(query).split(/[ \n\r]+/).filter(function (w, i, list) { return w && list.indexOf(w) === i; });
  }

  /* ---- Segments ---- */

  function Segment(entry) { this.entry = entry; }

  /* list is the columns of the documents of a segment, as arrays. */
  Segment.prototype.list = function () {
    var entry = this.entry;
    if (!this.listed) {
      this.listed = load('l', entry.key, 0, entry.list).then(function (s) {
        var r = new Reader(s), n = r.number();
        var l = { n: n, starts: [0], heads: [], pages: [], states: [], categories: [], lights: [], units: [], chunks: [] };
        for (var i = 0; i < n; i++) {
          l.starts.push(l.starts[i] + r.number());
          l.heads.push(l.starts[i] + r.number());
          l.pages.push(r.number() === 1);
          l.states.push(r.number());
          l.categories.push(r.number());
          l.lights.push(r.number());
          var units = [];
          for (var k = r.number(); k > 0; k--) { units.push(r.number()); }
          l.units.push(units);
        }
        for (var c = r.number(); c > 0; c--) { l.chunks.push({ from: r.number(), digest: r.take(8) }); }
        l.ids = n ? s.slice(r.at).split('\n') : [];
        return l;
      });
    }
    return this.listed;
  };

  /* lists are the places of the pairs that begin with one unit; of all of them
     if second is negative. */
  Segment.prototype.lists = function (first, second) {
    var n = this.entry.buckets, bucket = (Math.imul(first, 2654435761) >>> 16) & (n - 1);
    return load('i', this.entry.key, bucket, this.entry.texts).then(function (s) {
      var r = new Reader(s), count = r.number(), pairs = r.at, found = [], sum = 0;
      r.at += 2 * count;
      for (var i = 0; i < count; i++) {
        var length = r.number();
        if (s.charCodeAt(pairs + 2 * i) === first && (second < 0 || s.charCodeAt(pairs + 2 * i + 1) === second)) {
          found.push({ from: sum, to: sum + length });
        }
        sum += length;
      }
      return found.map(function (f) {
        var places = [], at = -1, l = new Reader(s, r.at + f.from);
        while (l.at < r.at + f.to) {
          at += l.number() + 1;
          places.push(at);
        }
        return places;
      });
    });
  };

  /* seldom orders the pairs of a word by how much they tell: digits stand
     everywhere in numbers and days, and so do the words of every tax bureau. */
  function seldom(pair) {
    return /[\d -]/.test(pair) ? 3 : /[\u3000-\u303f\uff00-\uffef!-~]/.test(pair) ? 2 : /[的了一不人在有是税务局纳办理]/.test(pair) ? 1 : 0;
  }

  /* places are where a word stands, as lists in rising order. Of a long word
     the pairs are asked for two at a time, the telling ones first: most
     segments have no place left after that. What is left in a text or two is
     looked up in the texts themselves. */
  Segment.prototype.places = function (word) {
    if (word.length === 1) { return this.lists(word.charCodeAt(0), -1); }
    var self = this, offsets = [];
    for (var i = 0; i + 1 < word.length; i += 2) { offsets.push(i); }
    if (word.length % 2) { offsets.push(word.length - 2); }
    offsets.sort(function (a, b) { return seldom(word.substr(a, 2)) - seldom(word.substr(b, 2)) || a - b; });
    function narrow(start, next) {
      if (next >= offsets.length || start && !start.length) { return [start]; }
      var wave = offsets.slice(next, next + 2);
      return Promise.all(wave.map(function (o) { return self.lists(word.charCodeAt(o), word.charCodeAt(o + 1)); })).then(function (all) {
        all.forEach(function (lists, n) {
          var list = lists[0] || [], offset = wave[n], k = 0;
          start = start ? start.filter(function (p) {
            while (k < list.length && list[k] < p + offset) { k++; }
            return list[k] === p + offset;
          }) : list.map(function (p) { return p - offset; });
        });
        return self.list().then(function (l) {
          var texts = start.length <= 50 ? self.chunksOf(l, start) : 0, left = offsets.length - next - 2;
          return texts && texts <= 2 && texts <= left ? self.verified(l, start, word) : narrow(start, next + 2);
        });
      });
    }
    return Promise.resolve(narrow(null, 0));
  };

  /* chunksOf is how many chunks of texts some places lie in. */
  Segment.prototype.chunksOf = function (l, places) {
    var n = 0, last = -1;
    places.forEach(function (p) {
      var c = chunkOf(l, docAt(l.starts, Math.max(p, 0), 0));
      if (c !== last) { n++; }
      last = c;
    });
    return n;
  };

  /* verified are the places at which a word stands in the texts. */
  Segment.prototype.verified = function (l, places, word) {
    var self = this;
    return Promise.all(places.map(function (p) {
      var doc = docAt(l.starts, Math.max(p, 0), 0);
      return self.text(l, doc).then(function (text) { return fold(text).substr(p - l.starts[doc], word.length) === word; });
    })).then(function (stands) { return [places.filter(function (p, i) { return p >= 0 && stands[i]; })]; });
  };

  /* found says for each document whether it holds all words: 0 no, 1 yes, 2 in
     its number or title. */
  Segment.prototype.found = function (words) {
    var self = this;
    return this.list().then(function (l) {
      return Promise.all(words.map(function (w) { return self.places(w); })).then(function (all) {
        var hits = new Uint8Array(l.n).fill(words.length ? 2 : 1);
        all.forEach(function (lists) {
          var here = new Uint8Array(l.n);
          lists.forEach(function (places) {
            for (var i = 0, doc = 0; i < places.length; i++) {
              if (places[i] >= l.starts[doc + 1]) { doc = docAt(l.starts, places[i], doc + 1); }
              if (places[i] < l.heads[doc]) { here[doc] = 2; } else if (!here[doc]) { here[doc] = 1; }
            }
          });
          for (var d = 0; d < l.n; d++) { hits[d] = Math.min(hits[d], here[d]); }
        });
        return { segment: self, list: l, hits: hits };
      });
    });
  };

  function docAt(starts, place, low) {
    var high = starts.length - 1;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (starts[middle + 1] <= place) { low = middle + 1; } else { high = middle; }
    }
    return low;
  }

  function chunkOf(l, doc) {
    var n = 0;
    while (n + 1 < l.chunks.length && l.chunks[n + 1].from <= doc) { n++; }
    return n;
  }

  /* text is one document as it is shown. */
  Segment.prototype.text = function (l, doc) {
    var n = chunkOf(l, doc);
    return load('t', this.entry.key, n, l.chunks[n].digest).then(function (s) { return s.split('\f')[doc - l.chunks[n].from]; });
  };

  var segments = [];

  /* find lists what holds all words and passes the filters: first what has
     them in its number or title, then the rest, the latest first. */
  function find(query, filters) {
    var words = wordsOf(query);
    var state = number(catalogue.states, filters.state), category = number(catalogue.categories, filters.category);
    var light = number(catalogue.lights, filters.light), unit = number(catalogue.units, filters.unit);
    return Promise.all(segments.map(function (s) { return s.found(words); })).then(function (all) {
      var head = [], rest = [];
      all.reverse().forEach(function (f) {
        for (var d = f.list.n - 1; d >= 0; d--) {
          if (!f.hits[d] || state && f.list.states[d] !== state || category && f.list.categories[d] !== category || light && f.list.lights[d] !== light || unit && f.list.units[d].indexOf(unit) < 0) { continue; }
          (f.hits[d] === 2 ? head : rest).push({ segment: f.segment, list: f.list, doc: d, id: f.list.ids[d] });
        }
      });
      return head.concat(rest);
    });
  }

  /* number is that of a value of a column; 0: any. A value that is unknown
     fits nothing. */
  function number(terms, value) { return value ? terms.indexOf(value) + 1 || -1 : 0; }

  /* ---- The page ---- */

  var form = document.getElementById('search'), status = document.getElementById('search-status');
  var results = document.getElementById('results'), more = document.getElementById('more');
  var input = form.elements.q, step = 20;
  var state = {}, found = [], shown = 0, run = 0, timer = 0;

  function say(text) { status.textContent = text; }

  function failed(error) {
    say(error.message === 'stale' ? '网站刚更新过，请刷新本页再查。' : error.message === 'missing' ? '没有找到查询用的索引文件（search 目录），请把网站目录复制完整，或重新生成网站。' : '查询出错：' + error.message);
  }

  /* mark adds text with the words in it marked. */
  function mark(parent, text, words) {
    var folded = fold(text), at = 0;
    while (at < text.length) {
      var from = -1, to = 0;
      words.forEach(function (w) {
        var i = folded.indexOf(w, at);
        if (i >= 0 && (from < 0 || i < from || i === from && i + w.length > to)) { from = i; to = i + w.length; }
      });
      if (from < 0) { break; }
      parent.appendChild(document.createTextNode(text.slice(at, from)));
      parent.appendChild(make('mark', text.slice(from, to)));
      at = to;
    }
    parent.appendChild(document.createTextNode(text.slice(at)));
  }

  /* snippets are the places of a text that show why it was found. */
  function snippets(lines, words) {
    var list = [], left = words.slice();
    lines.forEach(function (line) {
      var folded = fold(line);
      for (var i = 0; i < left.length && list.length < 3; i++) {
        var at = folded.indexOf(left[i]);
        if (at < 0) { continue; }
        var from = at > 40 ? at - 28 : 0, to = Math.min(line.length, from + 96);
        var cut = line.slice(from, to);
        list.push((from ? '…' : '') + cut + (to < line.length ? '…' : ''));
        cut = fold(cut);
        left = left.filter(function (w) { return cut.indexOf(w) < 0; });
        i = -1;
      }
    });
    if (!list.length) {
      lines.slice(1).some(function (line) {
        if (line.length > 24) { list.push(line.slice(0, 96) + (line.length > 96 ? '…' : '')); }
        return list.length;
      });
    }
    return list;
  }

  function term(terms, n) { return n ? terms[n - 1] : ''; }

  function item(hit, text, words) {
    var l = hit.list, lines = text.split('\n'), li = make('li');
    var title = make(l.pages[hit.doc] ? 'a' : 'span');
    title.className = 'hit';
    if (l.pages[hit.doc]) { title.href = 'cases/' + hit.id + '.html'; }
    mark(title, lines[1], words);
    li.appendChild(title);
    var meta = make('p');
    meta.className = 'meta';
    var no = make('span');
    no.className = 'no';
    mark(no, lines[0], words);
    meta.appendChild(no);
    var units = l.units[hit.doc].map(function (u) { return term(catalogue.units, u); }).filter(Boolean);
    [term(catalogue.states, l.states[hit.doc]), term(catalogue.lights, l.lights[hit.doc]), term(catalogue.categories, l.categories[hit.doc]), units.join('、')].forEach(function (word) {
      if (word) { mark(meta, ' · ' + word, words); }
    });
    li.appendChild(meta);
    /* The line with the category and the units stands above already. */
    var above = [term(catalogue.categories, l.categories[hit.doc])].concat(units).filter(Boolean).join(' ');
    snippets(lines.slice(lines[2] === above ? 3 : 2), words).forEach(function (s) {
      var p = make('p');
      p.className = 'snippet';
      mark(p, s, words);
      li.appendChild(p);
    });
    return li;
  }

  function show(words, mine) {
    var batch = found.slice(shown, shown + step);
    return Promise.all(batch.map(function (hit) { return hit.segment.text(hit.list, hit.doc); })).then(function (texts) {
      if (mine !== run) { return; }
      texts.forEach(function (text, i) { results.appendChild(item(batch[i], text, words)); });
      shown += batch.length;
      more.hidden = shown >= found.length;
      more.textContent = '再显示 ' + Math.min(step, found.length - shown) + ' 件';
    });
  }

  function search() {
    clearTimeout(timer);
    ['q', 'state', 'light', 'category', 'unit'].forEach(function (key) { state[key] = form.elements[key].value; });
    state.q = state.q.trim();
    page.writeState(state);
    var mine = ++run, words = wordsOf(state.q);
    if (!words.length && !state.state && !state.light && !state.category && !state.unit) {
      results.textContent = '';
      more.hidden = true;
      say('共 ' + catalogue.docs + ' 件可查。');
      return Promise.resolve();
    }
    return find(state.q, state).then(function (list) {
      if (mine !== run) { return; }
      var old = results.childNodes.length;
      found = list;
      shown = 0;
      return show(words, mine).then(function () {
        if (mine !== run) { return; }
        for (; old > 0; old--) { results.removeChild(results.firstChild); }
        say(list.length ? '找到 ' + list.length + ' 件。' : '没有找到。可以少写几个字，或把词用空格分开（须同时出现）。');
      });
    }).catch(function (error) { if (mine === run) { failed(error); } });
  }

  function fill() {
    ['q', 'state', 'light', 'category', 'unit'].forEach(function (key) { form.elements[key].value = state[key] || ''; });
  }

  function options(key, terms) {
    terms.forEach(function (t) { form.elements[key].appendChild(make('option', t)); });
    if (state[key] && terms.indexOf(state[key]) < 0) { form.elements[key].appendChild(make('option', state[key])); }
  }

  /* moveTo puts the focus on the result that lies some steps further. */
  function moveTo(steps, event) {
    var links = page.all('a.hit', results), at = links.indexOf(document.activeElement) + steps;
    if (document.activeElement === input) { at = 0; }
    if (at < 0) { input.focus(); } else if (links[at]) { links[at].focus(); } else { return; }
    event.preventDefault();
  }

  function start() {
    segments = catalogue.segments.map(function (entry) { return new Segment(entry); });
    state = page.readState();
    /* The box at the top of every page sends ?q=. */
    var sent = /[?&]q=([^&]*)/.exec(location.search);
    if (sent && !state.q) {
      try { state.q = decodeURIComponent(sent[1].replace(/\+/g, ' ')); } catch (e) { state.q = ''; }
      /* Not from a folder: there some browsers let only the part behind # change. */
      try { history.replaceState(null, '', location.pathname); } catch (e) { sent = null; }
    }
    /* Every word needs the lists; fetched while it is typed. */
    segments.forEach(function (s) { s.list().catch(failed); });
    options('state', catalogue.states);
    options('light', catalogue.lights);
    options('category', catalogue.categories);
    options('unit', catalogue.units);
    fill();
    form.hidden = false;
    form.addEventListener('submit', function (event) { event.preventDefault(); search(); });
    ['state', 'light', 'category', 'unit'].forEach(function (key) { form.elements[key].addEventListener('change', search); });
    /* While an input method composes, the box holds letters that nobody wants
       to find. */
    function soon(event) {
      clearTimeout(timer);
      if (!event.isComposing) { timer = setTimeout(search, 80); }
    }
    input.addEventListener('input', soon);
    input.addEventListener('compositionend', function () { clearTimeout(timer); timer = setTimeout(search, 80); });
    more.addEventListener('click', function () {
      var next = results.childNodes.length;
      show(wordsOf(state.q), run).then(function () {
        var link = results.childNodes[next] && results.childNodes[next].querySelector('a.hit');
        if (link) { link.focus(); }
      }).catch(failed);
    });
    document.addEventListener('keydown', function (event) {
      if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.altKey || event.metaKey) { return; }
      if (document.activeElement !== input && !results.contains(document.activeElement)) { return; }
      if (event.key === 'ArrowDown') { moveTo(1, event); }
      if (event.key === 'ArrowUp' && document.activeElement !== input) { moveTo(-1, event); }
    });
    window.addEventListener('hashchange', function () { state = page.readState(); fill(); search(); });
    if (!state.q) { input.focus(); }
    search();
  }

  window.suqiuSearch = {
    manifest: function (m) {
      catalogue = m;
      start();
    },
    add: function (kind, key, n, part, of, digest, payload) {
      var name = key + '-' + kind + n;
      if (!parts[name]) { parts[name] = new Array(of).fill(null); }
      parts[name][part] = { digest: digest, payload: payload };
    },
    find: function (query, filters) {
      return find(query, filters || {}).then(function (list) { return list.map(function (hit) { return hit.id; }); });
    }
  };
  window.addEventListener('load', function () { if (!catalogue) { failed(new Error('missing')); } });
})();
