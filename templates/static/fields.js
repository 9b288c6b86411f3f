/* The fields of a form, each with its label, its help and what is wrong with it
   beside it. Only text is ever put into the page. */
(function () {
  'use strict';

  var make = window.suqiuPage.make;
  var forms = window.suqiuForms;

  /* el makes an element of a class with text or elements inside. */
  function el(name, className, inside) {
    var e = make(name);
    if (className) { e.className = className; }
    [].concat(inside === undefined ? [] : inside).forEach(function (part) {
      if (part) { e.appendChild(typeof part === 'string' ? document.createTextNode(part) : part); }
    });
    return e;
  }

  /* ---- What one types into ---- */

  function grow(area) {
    while (area.scrollHeight > area.clientHeight && area.rows < 30) { area.rows++; }
  }

  function written(f, id) {
    var long = f.kind === 'long-text' || f.kind === 'section';
    var box = el(long ? 'textarea' : 'input');
    box.id = id;
    box.name = f.name;
    box.autocomplete = 'off';
    if (long) {
      box.rows = f.kind === 'section' ? 6 : 3;
      box.addEventListener('input', function () { grow(box); });
    } else {
      box.type = f.kind === 'date' ? 'date' : 'text';
      box.spellcheck = false;
      if (f.kind === 'number') { box.inputMode = 'numeric'; }
      if (f.kind === 'number' || f.kind === 'date' || f.kind === 'case' || f.kind === 'meeting') { box.className = 'short'; }
    }
    var node = box;
    if (f.kind === 'date') {
      var today = el('button', '', '今天');
      today.type = 'button';
      today.addEventListener('click', function () {
        var now = new Date();
        box.value = new Date(now.getTime() - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
        box.dispatchEvent(new Event('input', { bubbles: true }));
      });
      node = el('div', 'with-button', [box, today]);
    }
    return {
      node: node,
      boxes: [box],
      read: function () { return box.value; },
      write: function (value) {
        box.value = value;
        if (long) { setTimeout(function () { grow(box); }, 0); }
      }
    };
  }

  function select(f, id) {
    var box = el('select');
    box.id = id;
    box.name = f.name;
    [''].concat(f.choices).forEach(function (choice) {
      var option = el('option', '', choice || (f.required ? '请选择' : '不填'));
      option.value = choice;
      box.appendChild(option);
    });
    return { node: box, boxes: [box], read: function () { return box.value; }, write: function (value) { box.value = value; } };
  }

  /* ticks are radio buttons, or boxes to tick of which several may be ticked. */
  function ticks(f, id, type, choices) {
    var boxes = [];
    var list = el('div', type === 'radio' ? 'ticks' : 'ticks many', choices.map(function (choice, i) {
      var box = el('input');
      box.type = type;
      box.name = id;
      box.value = choice;
      box.id = i ? id + '-' + i : id;
      boxes.push(box);
      var label = el('label', '', choice || '不填');
      label.htmlFor = box.id;
      return el('div', 'tick', [box, label]);
    }));
    return {
      node: list,
      boxes: boxes,
      group: true,
      radios: type === 'radio',
      read: function () {
        return boxes.filter(function (b) { return b.checked; }).map(function (b) { return b.value; }).join('、');
      },
      write: function (value) {
        var words = value.split('、');
        boxes.forEach(function (b) { b.checked = words.indexOf(b.value) >= 0 && (b.value !== '' || value === ''); });
      }
    };
  }

  function control(f, id) {
    if (f.kind === 'units') { return ticks(f, id, 'checkbox', f.choices); }
    if (f.kind === 'choice' && f.choices.length <= 7) {
      return ticks(f, id, 'radio', f.required ? f.choices : [''].concat(f.choices));
    }
    return f.kind === 'choice' || f.kind === 'unit' ? select(f, id) : written(f, id);
  }

  /* field is a field on the page. */
  function field(f, id) {
    var c = control(f, id), described = [];
    var label = el(c.group ? 'legend' : 'label', 'label', (f.label || f.name).replace('.', '：') + (f.required ? '' : '（选填）'));
    var text = f.kind === 'units' ? f.help.replace(/；?几个用顿号隔开/, '') : f.help; /* they are ticked */
    var help = text ? el('p', 'help', text) : null;
    var error = el('p', 'error'), personal = el('p', 'personal');
    if (!c.group) { label.htmlFor = id; }
    if (help) {
      help.id = id + '-help';
      described.push(help.id);
    }
    error.id = id + '-error';
    personal.id = id + '-personal';
    error.hidden = personal.hidden = true;
    var node = el(c.group ? 'fieldset' : 'div', 'field', [label, help, error, personal, c.node]);
    /* A radio button by itself is neither required nor invalid: their group is. */
    var judged = c.radios ? [node] : c.boxes;
    if (c.radios) { node.setAttribute('role', 'radiogroup'); }
    if (f.required && (c.radios || !c.group)) { judged[0].setAttribute('aria-required', 'true'); }
    function say(p, prefix, lines) {
      p.textContent = '';
      p.hidden = !lines.length;
      if (lines.length) {
        p.appendChild(el('span', 'sr', prefix));
        lines.forEach(function (line, i) {
          if (i) { p.appendChild(make('br')); }
          p.appendChild(document.createTextNode(line));
        });
      }
    }
    function describe(ids) {
      (c.group ? [node] : c.boxes).forEach(function (b) {
        if (ids.length) { b.setAttribute('aria-describedby', ids.join(' ')); } else { b.removeAttribute('aria-describedby'); }
      });
    }
    describe(described);
    return {
      name: f.name,
      help: f.help,
      id: id,
      node: node,
      read: c.read,
      write: c.write,
      /* tell shows what is wrong with the field, and what in it is about a person. */
      tell: function (faults, persons) {
        say(error, '错误：', faults);
        say(personal, '个人信息：', persons);
        node.classList.toggle('wrong', faults.length > 0);
        judged.forEach(function (b) {
          if (faults.length) { b.setAttribute('aria-invalid', 'true'); } else { b.removeAttribute('aria-invalid'); }
        });
        describe(described.concat(faults.length ? error.id : [], persons.length ? personal.id : []));
      }
    };
  }

  forms.el = el;
  forms.field = field;
})();
