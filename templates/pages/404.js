/* A server shows 404.html at the address that is missing, be it in a folder of
   the site, below one or beside it; links are relative to where the site
   begins. Most often the folder tells; whether a place is right is seen by the
   style sheet that lies there. */
(function () {
  'use strict';

  var folders = ['appraisal', 'cases', 'changes', 'counties', 'data', 'feeds', 'forms', 'help', 'meetings', 'monthly', 'overdue', 'quality', 'reports', 'risks', 'rules', 'search', 'step', 'submissions', 'tasks', 'topics', 'units'];
  var parts = location.pathname.split('/'), name = parts.pop(), places = [];

  function add(depth) {
    var place = parts.slice(0, depth).concat('').join('/');
    if (places.indexOf(place) < 0) { places.push(place); }
  }

  if (name !== '404.html') { /* else this is the file itself, where it lies */
    for (var i = parts.length - 1; i > 0; i--) {
      if (folders.indexOf(parts[i]) >= 0) { add(i); }
    }
  }
  for (var depth = parts.length; depth > 0; depth--) { add(depth); }

  var base = document.createElement('base');
  document.head.insertBefore(base, document.head.firstChild);

  function look(n) {
    base.href = places[n];
    var sheet = document.createElement('link');
    sheet.rel = 'stylesheet';
    sheet.media = 'speech'; /* it is only asked for */
    sheet.href = 'style.css';
    sheet.onerror = function () {
      if (n + 1 < places.length) { look(n + 1); } else { base.href = places[0]; }
    };
    document.head.appendChild(sheet);
  }
  look(0);

  var id = /(\d{6}-[A-Z][A-Z0-9]*-\d+)(\.html)?$/.exec(name);
  if (id) {
    var find = document.getElementById('find-it');
    find.textContent = '查询“' + id[1] + '”';
    find.href = 'search.html#?q=' + id[1];
  }
})();
