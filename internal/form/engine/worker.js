
/* Runs the engine of the forms. In a Worker it answers messages; a page that was
   opened from a folder, where there are no Workers, loads this file as a script
   and calls suqiuStart itself. What compiles WebAssembly is then the Worker, whose
   script has no policy: pages need no unsafe-eval in browsers older than
   wasm-unsafe-eval (Chromium 97). */
(function (self) {
  'use strict';

  /* unpacked gives the module, whether or not the server has unpacked it already. */
  function unpacked(data) {
    var head = new Uint8Array(data, 0, 2);
    if (head[0] !== 0x1f || head[1] !== 0x8b) { return Promise.resolve(data); }
    if (typeof DecompressionStream === 'undefined') { return Promise.resolve(inflated(new Uint8Array(data))); }
    return new Response(new Response(data).body.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
  }

  /* inflated unpacks gzip (RFC 1951, 1952) for Chromium 78 and 79, which cannot. */
  function inflated(data) {
    var at = 10, flags = data[3], bits = 0, have = 0;
    if (flags & 4) { at += 2 + data[at] + data[at + 1] * 256; }
    if (flags & 8) { while (data[at++]) {} }
    if (flags & 16) { while (data[at++]) {} }
    if (flags & 2) { at += 2; }
    var n = data.length, out = new Uint8Array(new DataView(data.buffer).getUint32(n - 4, true)), to = 0;
    var base = [], extra = [], far = [], farther = [], i, k;
    for (i = 0, k = 3; i < 29; i++) { extra[i] = i < 8 || i === 28 ? 0 : (i - 4) >> 2; base[i] = i === 28 ? 258 : k; k += 1 << extra[i]; }
    for (i = 0, k = 1; i < 30; i++) { farther[i] = i < 4 ? 0 : (i - 2) >> 1; far[i] = k; k += 1 << farther[i]; }

    function take(count) {
      while (have < count) { bits |= data[at++] << have; have += 8; }
      var v = bits & ((1 << count) - 1);
      bits >>>= count;
      have -= count;
      return v;
    }
    /* A table gives for the next fifteen bits the symbol and its length. */
    function table(lengths) {
      var count = new Uint16Array(16), next = new Uint16Array(16), t = new Uint16Array(1 << 15), code = 0, i, j;
      for (i = 0; i < lengths.length; i++) { count[lengths[i]]++; }
      count[0] = 0;
      for (i = 1; i < 16; i++) { code = (code + count[i - 1]) << 1; next[i] = code; }
      for (i = 0; i < lengths.length; i++) {
        var size = lengths[i], c = next[size]++, reversed = 0;
        if (!size) { continue; }
        for (j = 0; j < size; j++) { reversed |= ((c >> j) & 1) << (size - 1 - j); }
        for (j = reversed; j < 1 << 15; j += 1 << size) { t[j] = i << 4 | size; }
      }
      return t;
    }
    function symbol(t) {
      while (have < 15) { bits |= data[at++] << have; have += 8; }
      var v = t[bits & 0x7fff];
      bits >>>= v & 15;
      have -= v & 15;
      return v >> 4;
    }
    function block(letters, distances) {
      for (;;) {
        var s = symbol(letters);
        if (s < 256) { out[to++] = s; continue; }
        if (s === 256) { return; }
        var length = base[s - 257] + take(extra[s - 257]), d = symbol(distances), from = to - far[d] - take(farther[d]);
        while (length-- > 0) { out[to++] = out[from++]; }
      }
    }
    function fixed() {
      var l = [];
      for (i = 0; i < 288; i++) { l[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8; }
      block(table(l), table(new Array(30).fill(5)));
    }
    function dynamic() {
      var letters = take(5) + 257, distances = take(5) + 1, codes = take(4) + 4, l = new Array(19).fill(0), all = [];
      for (i = 0; i < codes; i++) { l[[16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15][i]] = take(3); }
      var t = table(l);
      while (all.length < letters + distances) {
        var s = symbol(t), again = s < 16 ? 1 : s === 16 ? 3 + take(2) : s === 17 ? 3 + take(3) : 11 + take(7);
        var what = s < 16 ? s : s === 16 ? all[all.length - 1] : 0;
        while (again-- > 0) { all.push(what); }
      }
      block(table(all.slice(0, letters)), table(all.slice(letters)));
    }
    for (var last = 0; !last;) {
      last = take(1);
      var kind = take(2);
      if (kind === 0) {
        at -= have >> 3;
        bits = have = 0;
        var size = data[at] + data[at + 1] * 256;
        out.set(data.subarray(at + 4, at + 4 + size), to);
        at += 4 + size;
        to += size;
      } else if (kind === 1) { fixed(); } else { dynamic(); }
    }
    return out.buffer;
  }

  /* suqiuStart runs the engine and gives the function that calls it. */
  self.suqiuStart = function (data) {
    var go = new self.Go();
    return unpacked(data).then(function (module) {
      return WebAssembly.instantiate(module, go.importObject);
    }).then(function (made) {
      go.run(made.instance);
      return function (name, request) {
        var answer = self.suqiuEngine(name, request);
        if (answer.error) { throw new Error(answer.error); }
        return answer.answer;
      };
    });
  };

  if (self.document) { return; }
  var started = self.fetch('engine.wasm.gz').then(function (answer) {
    if (!answer.ok) { throw new Error('表单的程序没有取到（engine.wasm.gz：' + answer.status + '）'); }
    return answer.arrayBuffer();
  }).then(self.suqiuStart);
  started.then(function () { self.postMessage({ ready: true }); },
    function (e) { self.postMessage({ ready: false, error: String(e.message || e) }); });
  self.onmessage = function (event) {
    var q = event.data;
    started.then(function (call) { return call(q.name, q.request); }).then(function (answer) {
      self.postMessage({ id: q.id, answer: answer });
    }, function (e) {
      self.postMessage({ id: q.id, error: String(e.message || e) });
    });
  };
}(self));
