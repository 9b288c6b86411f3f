/* Everything works without this file; with it, blocks can be copied, lists
   filtered by text, and printing opens what is folded. ES2017, no modules:
   the pages open from file:// in old browsers. */
(function () {
  'use strict';

  function copyText(text, done) {
    function old() {
      var area = document.createElement('textarea');
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

  Array.prototype.forEach.call(document.querySelectorAll('button[data-copy]'), function (button) {
    var label = button.textContent;
    button.hidden = false;
    button.addEventListener('click', function () {
      var block = document.getElementById(button.getAttribute('data-copy'));
      copyText(block.textContent, function (ok) {
        button.textContent = ok ? '已复制' : '请手动复制';
        button.focus();
        setTimeout(function () { button.textContent = label; }, 2000);
      });
    });
  });

  Array.prototype.forEach.call(document.querySelectorAll('table[data-filter]'), function (table) {
    var rows = Array.prototype.slice.call(table.tBodies[0].rows);
    if (rows.length < 8) { return; }
    var texts = rows.map(function (row) { return row.textContent.toLowerCase(); });
    var box = document.createElement('p');
    box.className = 'filter';
    var label = document.createElement('label');
    label.textContent = '筛选 ';
    var input = document.createElement('input');
    input.type = 'search';
    input.placeholder = '编号、标题、单位、状态';
    var note = document.createElement('span');
    note.setAttribute('role', 'status');
    label.appendChild(input);
    box.appendChild(label);
    box.appendChild(note);
    table.parentNode.parentNode.insertBefore(box, table.parentNode);
    input.addEventListener('input', function () {
      var words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      var shown = 0;
      rows.forEach(function (row, i) {
        var hit = words.every(function (w) { return texts[i].indexOf(w) >= 0; });
        row.hidden = !hit;
        if (hit) { shown++; }
      });
      note.textContent = words.length ? ' 显示 ' + shown + ' / ' + rows.length : '';
    });
  });

  var opened = [];
  window.addEventListener('beforeprint', function () {
    opened = Array.prototype.filter.call(document.querySelectorAll('details'), function (d) { return !d.open; });
    opened.forEach(function (d) { d.open = true; });
  });
  window.addEventListener('afterprint', function () {
    opened.forEach(function (d) { d.open = false; });
  });
})();
