/* The door of suqiu serve: what a form made becomes a branch of the clone on this
   machine. Only suqiu serve puts a token into the page; it writes once, and each
   answer brings the next. */
(function () {
  'use strict';

  var forms = window.suqiuForms = window.suqiuForms || { doors: [] };
  var meta = document.querySelector('meta[name="suqiu-serve"]');
  var token = meta ? meta.content : '', me = null;

  function ask(method, address, body) {
    return new Promise(function (resolve, reject) {
      var r = new XMLHttpRequest();
      function failed(message) { reject(Object.assign(new Error(message), { kind: 'refused' })); }
      r.open(method, '_suqiu/' + address);
      r.setRequestHeader('Suqiu-Token', token);
      if (body) { r.setRequestHeader('Content-Type', 'application/json'); }
      r.onerror = function () { failed('suqiu serve 没有应答：它可能已经结束，请重新运行，再刷新页面'); };
      r.onload = function () {
        var answer;
        token = r.getResponseHeader('Suqiu-Token') || token;
        try { answer = JSON.parse(r.responseText); } catch (e) { return failed('suqiu serve 的应答读不懂（' + r.status + '）'); }
        if (r.status === 200) { return resolve(answer); }
        return reject(Object.assign(new Error(answer.message), answer));
      };
      r.send(body ? JSON.stringify(body) : null);
    });
  }

  function read(paths) {
    return ask('GET', 'file?' + paths.map(function (p) { return 'path=' + encodeURIComponent(p); }).join('&'));
  }

  forms.doors.unshift({
    name: 'serve',
    label: '提交到本机的分支',
    here: function () { return token !== ''; },

    /* who is whoever Git says that it is. */
    who: function () {
      if (me) { return Promise.resolve(me); }
      return read([]).then(function (answer) {
        me = { name: answer.name, email: answer.email };
        return me;
      });
    },

    read: read,

    numbers: function () { return ask('GET', 'numbers'); },

    /* submit hands in the files alone: what else there is to say, suqiu serve says. */
    submit: function (work) {
      return ask('POST', 'step', { files: work.files, branch: work.branch });
    },

    follow: function (result, onUpdate) { onUpdate({ done: true, text: result.next }); }
  });
})();
