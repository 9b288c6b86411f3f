/* The last door, which is always there: the whole new file is copied, and the way
   leads to the forge's own editor of that file. */
(function () {
  'use strict';

  var forms = window.suqiuForms;
  var tag = document.querySelector('meta[name="suqiu-forge"]');

  function setting(name) { return tag.getAttribute('data-' + name); }

  function encoded(path) { return path.split('/').map(encodeURIComponent).join('/'); }

  /* editor is where a file is edited or, if it is not there yet, made; empty if
     nobody said where the repository lives. */
  forms.editor = function (path, isNew) {
    if (!tag) { return ''; }
    var of = setting('base') + '/' + encoded(setting('project')), branch = encoded(setting('main'));
    if (setting('platform') === 'GitLab') {
      return of + (isNew ? '/-/new/' + branch + '?file_name=' + encodeURIComponent(path) : '/-/edit/' + branch + '/' + encoded(path));
    }
    return of + (isNew ? '/_new/' + branch + '/?filename=' + encodeURIComponent(path) : '/_edit/' + branch + '/' + encoded(path));
  };

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
          return { path: c.path, text: c.text, isNew: isNew[c.path], url: forms.editor(c.path, isNew[c.path]) };
        })
      });
    }
  });
})();
