/* The page's side of the engine of the forms: it starts the engine in a Worker, or
   from file:// in the page itself, hands it what is asked, and loads the data of
   the site, which are scripts. ES2017, as in site.js. */
(function () {
  'use strict';

  var forms = window.suqiuForms = window.suqiuForms || { doors: [] }, waiting = {}, asked = 0, started = null;

  function script(name) {
    return new Promise(function (done, fail) {
      var s = document.createElement('script');
      s.charset = 'utf-8';
      s.onload = done;
      s.onerror = function () { fail(new Error('没有取到 ' + name)); };
      s.src = name;
      document.head.appendChild(s);
    });
  }

  /* ---- Data ---- */

  /* load gives what a script of step/ hands over: bureau, case/<编号> or engine. One
     comes after the other, as all call the same function. */
  var queue = Promise.resolve();
  forms.load = function (name) {
    var next = queue.then(function () {
      var got = null;
      forms.bureau = forms.case = forms.module = function (value) { got = value; };
      return script('step/' + name + '.js').then(function () { return got; });
    });
    queue = next.catch(function () {});
    return next;
  };

  /* ---- Starting ---- */

  function inWorker() {
    return new Promise(function (done, fail) {
      var worker = new Worker('step/worker.js');
      worker.onerror = function () { fail(new Error('浏览器不能运行表单的程序')); };
      worker.onmessage = function (event) {
        var m = event.data;
        if (m.ready === false) { fail(new Error(m.error)); return; }
        if (m.ready) {
          done(function (name, request) {
            return new Promise(function (answer, refuse) {
              waiting[++asked] = { answer: answer, refuse: refuse };
              worker.postMessage({ id: asked, name: name, request: request });
            });
          });
          return;
        }
        var call = waiting[m.id];
        delete waiting[m.id];
        if (m.error) { call.refuse(new Error(m.error)); } else { call.answer(m.answer); }
      };
    });
  }

  function inPage() {
    return script('step/worker.js').then(function () { return forms.load('engine'); }).then(function (module) {
      var text = atob(module), data = new Uint8Array(text.length);
      for (var i = 0; i < text.length; i++) { data[i] = text.charCodeAt(i); }
      return window.suqiuStart(data.buffer);
    });
  }

  function start() {
    if (typeof WebAssembly === 'undefined') { return Promise.reject(new Error('浏览器没有 WebAssembly')); }
    return location.protocol === 'file:' ? inPage() : inWorker();
  }

  /* call asks the engine. Its first call starts it; a page that wants no delay then
     calls start early. */
  forms.engine = {
    start: function () { return started || (started = start()); },
    call: function (name, request) {
      return forms.engine.start().then(function (call) { return call(name, JSON.stringify(request)); }).then(JSON.parse);
    }
  };
}());
