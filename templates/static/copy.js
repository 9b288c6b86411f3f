/* The last door, which is always there: the whole new file is copied, and the
   forge's own editor of that file opens. */
(function () {
  'use strict';

  var forms = window.suqiuForms = window.suqiuForms || { doors: [] };

  function encoded(path) { return path.split('/').map(encodeURIComponent).join('/'); }

  /* editor is where a file is edited or, if it is not there yet, made. */
  function editor(bureau, path, isNew) {
    if (!bureau.url) { return ''; }
    var branch = encoded(bureau.branch);
    if (bureau.forge && bureau.forge.platform && bureau.forge.platform !== 'GitLab') {
      return bureau.url + (isNew ? '/_new/' + branch + '/?filename=' + encodeURIComponent(path) : '/_edit/' + branch + '/' + encoded(path));
    }
    return bureau.url + (isNew ? '/-/new/' + branch + '?file_name=' + encodeURIComponent(path) : '/-/edit/' + branch + '/' + encoded(path));
  }

  forms.doors.push({
    name: '复制',
    label: '复制全文，去粘贴提交',
    here: function () { return true; },
    who: function () { return Promise.resolve(null); },
    submit: function (work) {
      var isNew = {};
      work.files.forEach(function (f) { isNew[f.path] = !f.blob; });
      return Promise.resolve({
        branch: work.branch,
        subject: work.subject,
        copies: work.copies.map(function (c) {
          return { path: c.path, text: c.text, isNew: isNew[c.path], url: editor(forms.data, c.path, isNew[c.path]) };
        })
      });
    }
  });
})();
