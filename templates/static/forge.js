/* The door from a form to the bureau's own forge: signing in by OAuth with PKCE,
   reading what stands there with the reader's rights, one commit on a branch of
   its own, a merge request, and what its checks say. GitLab, Gitea and Forgejo
   differ in addresses and names alone; what they are told is the same.

   The token goes nowhere but into the Authorization header of requests to that
   one forge. It is in memory, and in sessionStorage only if somebody asked. */
(function () {
  'use strict';

  var forms = window.suqiuForms = window.suqiuForms || { doors: [] };
  var tag = document.querySelector('meta[name="suqiu-forge"]');
  if (!tag || window.top !== window) { return; }

  function setting(name) { return tag.getAttribute('data-' + name) || ''; }

  var base = setting('base'), project = setting('project'), app = setting('app'), main = setting('main');
  var signingIn = 'suqiu.signin.' + app, kept = 'suqiu.token.' + app, tenMinutes = 600000;

  /* ---- What goes wrong ---- */

  /* fault is an error that the form tells apart by its kind. */
  function fault(kind, message, more) {
    var e = new Error(session ? message.split(session.token).join('…') : message);
    e.kind = kind;
    Object.keys(more || {}).forEach(function (key) { e[key] = more[key]; });
    return e;
  }

  /* words are what the forge says in an answer that is no success. */
  function words(data) {
    var said = [];
    (function gather(value) {
      if (typeof value === 'string') { said.push(value); } else if (value && typeof value === 'object') { Object.keys(value).forEach(function (key) { gather(value[key]); }); }
    })(data && (data.message || data.error_description || data.error));
    return said.join('\n').replace(/<br ?\/?>/g, '\n').replace(/^(remote:|GL-HOOK-ERR:|GitLab:) */gm, '').trim();
  }

  /* known says in Chinese what the forges say in English. */
  var known = [
    [/insufficient_scope|does not have at least one of required scope|higher privileges/, '登录时没有给足权限，请退出后重新登录；仍不行，请管理员查看应用登记的权限'],
    [/^\W*message\W*403 Forbidden|not allowed to push|cannot commit to|protected branch|not allowed to (create|push)/i, '您的账号不能在这个项目里建立分支，请管理员给您 Developer（写）权限'],
    [/only create or edit files when you are on a branch|branch does not exist|not found branch/i, '平台上没有主分支“' + main + '”，请管理员核对 suqiu.yaml 的“主分支”']
  ];

  function refusal(answer) {
    if (answer.status >= 500) { return fault('refused', '平台现在不能用（' + answer.status + '），请稍后再提交，填的内容还在'); }
    var said = words(answer.data), all = JSON.stringify(answer.data || '');
    known.forEach(function (k) { if (k[0].test(all)) { said = k[1] + '（' + said + '）'; } });
    return fault('refused', said || '平台没有接受（' + answer.status + '），请稍后再试');
  }

  /* ---- Asking ---- */

  var session = null; /* {token, until} */

  function send(url, options) {
    options.credentials = 'omit';
    options.cache = 'no-store';
    options.redirect = 'error';
    options.referrerPolicy = 'no-referrer';
    var late = new Promise(function (done, fail) { setTimeout(function () { fail(new Error('late')); }, 60000); });
    return Promise.race([fetch(url, options), late]).then(function (response) {
      return response.text().then(function (text) {
        var data = null;
        try { data = JSON.parse(text); } catch (e) { /* a proxy's page, or nothing */ }
        return { status: response.status, data: data };
      });
    }, function () {
      throw fault('offline', '连不上 ' + base + '：网络不通，或者平台没有允许本网站访问（跨域设置）');
    });
  }

  /* ask is one request to the API; what comes back with one of the statuses that
     may be is an answer, anything else an error. */
  function ask(method, path, body, may) {
    if (!session || session.until < Date.now()) { return Promise.reject(signedOut()); }
    var options = { method: method, headers: { Authorization: 'Bearer ' + session.token } };
    if (body) {
      options.headers['Content-Type'] = 'application/json';
      options.body = JSON.stringify(body);
    }
    return send(base + forge.api + path, options).then(function (answer) {
      if (answer.status < 300 || (may || []).indexOf(answer.status) >= 0) { return answer; }
      throw answer.status === 401 ? signedOut() : refusal(answer);
    });
  }

  function signedOut() {
    forget();
    return fault('signedOut', '没有登录，或者登录已经过期，请重新登录；填写的内容还在');
  }

  function get(path) { return ask('GET', path).then(function (answer) { return answer.data; }); }

  /* pages are all entries of a list. */
  function pages(path, size, n) {
    n = n || 1;
    return get(path + (path.indexOf('?') < 0 ? '?' : '&') + size + '&page=' + n).then(function (list) {
      if (!list.length || n === 20) { return list; }
      return list.length < 50 ? list : pages(path, size, n + 1).then(function (more) { return list.concat(more); });
    });
  }

  function segments(path) { return path.split('/').map(encodeURIComponent).join('/'); }

  function post(url, fields) {
    return send(base + url, { method: 'POST', body: new URLSearchParams(fields) });
  }

  /* link is an address that the forge gave, if it is one of its own. */
  function link(url) { return url && url.indexOf(base + '/') === 0 ? url : ''; }

  /* ---- Texts ---- */

  function decoded(content) {
    var raw = atob(content), bytes = new Uint8Array(raw.length);
    for (var i = 0; i < raw.length; i++) { bytes[i] = raw.charCodeAt(i); }
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  }

  function encoded(text) {
    var raw = '';
    new TextEncoder().encode(text).forEach(function (b) { raw += String.fromCharCode(b); });
    return btoa(raw);
  }

  /* ---- The two forges ---- */

  var home = '/projects/' + encodeURIComponent(project);

  var gitlab = {
    api: '/api/v4', scope: 'api', authorize: '/oauth/authorize', token: '/oauth/token', revoke: '/oauth/revoke',
    size: 'per_page=50',
    email: function (user) { return user.commit_email || user.email; },
    account: function (user) { return user.username; },
    branch: function (name) { return home + '/repository/branches/' + encodeURIComponent(name); },
    branches: home + '/repository/branches',
    file: function (path, ref) {
      return ask('GET', home + '/repository/files/' + encodeURIComponent(path) + '?ref=' + ref, null, [404]).then(function (a) {
        return a.status === 404 ? null : { text: decoded(a.data.content), blob: a.data.blob_id, last: a.data.last_commit_id };
      });
    },
    folder: function (path) { return pages(home + '/repository/tree?path=' + encodeURIComponent(path) + '&ref=' + encodeURIComponent(main), this.size); },
    changed: function (name) {
      return get(home + '/repository/compare?from=' + encodeURIComponent(main) + '&to=' + encodeURIComponent(name)).then(function (c) {
        return c.diffs.map(function (d) { return d.new_path; });
      });
    },
    commit: function (p, name, found) {
      return ask('POST', home + '/repository/commits', {
        branch: name, start_branch: main, commit_message: message(p),
        actions: p.files.map(function (f) {
          var there = found[f.path];
          return { action: there ? 'update' : 'create', file_path: f.path, content: f.text, encoding: 'text', last_commit_id: there ? there.last : undefined };
        })
      }, [400, 403, 404, 409, 422]);
    },
    request: function (p, name) {
      return ask('POST', home + '/merge_requests', { source_branch: name, target_branch: main, title: p.subject, description: p.body || '', remove_source_branch: true }, [409]);
    },
    open: function (name) { return get(home + '/merge_requests?state=opened&source_branch=' + encodeURIComponent(name)); },
    made: function (r) { return { number: r.iid, url: link(r.web_url) }; },
    state: function (made) {
      return get(home + '/merge_requests/' + made.number).then(function (r) {
        var p = r.head_pipeline, is = p ? p.status : '';
        return {
          state: r.state === 'merged' || r.state === 'closed' ? r.state : !p ? 'none' : is === 'success' ? 'green' : /^(failed|canceled|skipped)$/.test(is) ? 'failed' : 'waiting',
          url: p && link(p.web_url), head: r.sha, gated: true
        };
      });
    },
    /* GitLab before 17.11 knows the second name alone; one that it does not know
       it passes over, and would merge at once. */
    merge: function (made, head) {
      return ask('PUT', home + '/merge_requests/' + made.number + '/merge', { auto_merge: true, merge_when_pipeline_succeeds: true, sha: head, should_remove_source_branch: true }, [401, 403, 405, 406, 409, 422]);
    }
  };

  var repo = '/repos/' + segments(project);

  var gitea = {
    api: '/api/v1', scope: 'write:repository read:user', authorize: '/login/oauth/authorize', token: '/login/oauth/access_token',
    size: 'limit=50',
    email: function (user) { return user.email; },
    account: function (user) { return user.login; },
    branch: function (name) { return repo + '/branches/' + segments(name); },
    branches: repo + '/branches',
    file: function (path, ref) {
      return ask('GET', repo + '/contents/' + segments(path) + '?ref=' + ref, null, [404]).then(function (a) {
        return a.status === 404 ? null : { text: decoded(a.data.content), blob: a.data.sha };
      });
    },
    folder: function (path) {
      return ask('GET', repo + '/contents/' + segments(path) + '?ref=' + encodeURIComponent(main), null, [404]).then(function (a) { return a.status === 404 ? [] : a.data; });
    },
    changed: function (name) {
      return get(repo + '/compare/' + segments(main) + '...' + segments(name)).then(function (c) {
        return c.commits.reduce(function (all, one) { return all.concat((one.files || []).map(function (f) { return f.filename; })); }, []);
      });
    },
    commit: function (p, name, found) {
      return ask('POST', repo + '/contents', {
        branch: main, new_branch: name, message: message(p),
        files: p.files.map(function (f) {
          var there = found[f.path];
          return { operation: there ? 'update' : 'create', path: f.path, content: encoded(f.text), sha: there ? there.blob : undefined };
        })
      }, [400, 403, 404, 409, 422]);
    },
    request: function (p, name) { return ask('POST', repo + '/pulls', { head: name, base: main, title: p.subject, body: p.body || '' }, [409]); },
    open: function (name) {
      return pages(repo + '/pulls?state=open', this.size).then(function (list) { return list.filter(function (r) { return r.head.ref === name; }); });
    },
    made: function (r) { return { number: r.number, url: link(r.html_url) }; },
    state: function (made) {
      return get(repo + '/pulls/' + made.number).then(function (r) {
        if (r.merged || r.state === 'closed') { return { state: r.merged ? 'merged' : 'closed' }; }
        return Promise.all([get(repo + '/commits/' + r.head.sha + '/status'), get(gitea.branch(main))]).then(function (both) {
          var s = both[0];
          return {
            state: !s.total_count ? 'none' : s.state === 'success' ? 'green' : s.state === 'pending' ? 'waiting' : 'failed',
            head: r.head.sha, gated: both[1].enable_status_check
          };
        });
      });
    },
    merge: function (made, head) {
      return ask('POST', repo + '/pulls/' + made.number + '/merge', { Do: 'merge', merge_when_checks_succeed: true, head_commit_id: head, delete_branch_after_merge: true }, [403, 405, 409, 422]);
    }
  };

  var forge = setting('platform') === 'GitLab' ? gitlab : gitea;

  function message(p) { return p.subject + (p.body ? '\n\n' + p.body : ''); }

  /* ---- Signing in ---- */

  function stored(key) {
    try { return JSON.parse(sessionStorage.getItem(key)); } catch (e) { return null; }
  }

  function store(key, value) {
    try {
      if (value) { sessionStorage.setItem(key, JSON.stringify(value)); } else { sessionStorage.removeItem(key); }
      return true;
    } catch (e) { return false; }
  }

  function forget() {
    session = null;
    store(kept, null);
  }

  function redirect() { return location.origin + location.pathname; }

  function random() {
    var bytes = crypto.getRandomValues(new Uint8Array(32)), text = '';
    bytes.forEach(function (b) { text += ('0' + b.toString(16)).slice(-2); });
    return text;
  }

  /* signIn leaves for the forge, which leads back to this page at that hash. */
  function signIn(hash, options) {
    var begun = { state: random(), verifier: random(), at: Date.now(), back: location.search + (hash || location.hash), keep: !!(options && options.keep) };
    return forms.engine.call('sha256', { text: begun.verifier }).then(function (hash) {
      if (!store(signingIn, begun)) { throw fault('refused', '浏览器不让本页记下登录的状态（sessionStorage），请换一个窗口或放开设置'); }
      location.assign(base + forge.authorize + '?' + new URLSearchParams({
        client_id: app, redirect_uri: redirect(), response_type: 'code', scope: forge.scope,
        state: begun.state, code_challenge: hash.base64url, code_challenge_method: 'S256'
      }));
    });
  }

  /* returned takes what the forge brought back out of the address, before
     anything else reads it. */
  function returned() {
    var begun = stored(signingIn), query = new URLSearchParams(location.search), state = query.get('state');
    if (begun && !(Date.now() - begun.at < tenMinutes)) {
      store(signingIn, null);
      begun = null;
    }
    if (!state || !query.get('code') && !query.get('error')) { return null; }
    store(signingIn, null);
    history.replaceState(null, '', location.pathname + (begun && begun.state === state ? begun.back : location.hash));
    if (!begun || begun.state !== state) { return { failed: '登录没有完成：这次登录不是从本页开始的，或者已经过了十分钟。请重新登录' }; }
    if (!query.get('code')) { return { failed: '登录没有完成：您没有在平台上同意，或者应用没有登记好' }; }
    return { code: query.get('code'), verifier: begun.verifier, keep: begun.keep };
  }

  var back = returned(), arriving = null;

  /* arrive changes what the forge brought back for a token, once. */
  function arrive() {
    var got = back;
    back = null;
    if (!got) { return Promise.resolve(); }
    if (got.failed) { return Promise.reject(fault('signIn', got.failed)); }
    return post(forge.token, { grant_type: 'authorization_code', client_id: app, code: got.code, redirect_uri: redirect(), code_verifier: got.verifier }).then(function (answer) {
      var t = answer.data;
      if (answer.status >= 300 || !t || !t.access_token) { throw fault('signIn', '登录没有完成，平台说：' + (words(t) || answer.status) + '。请重新登录'); }
      session = { token: t.access_token, until: Date.now() + 1000 * (t.expires_in || 3600) };
      if (got.keep) { store(kept, session); }
    });
  }

  function who() {
    arriving = arriving || arrive();
    return arriving.then(function () {
      session = session || stored(kept);
      if (session && session.until < Date.now()) { forget(); }
      return session ? get('/user') : null;
    }).then(function (user) {
      return user && { name: user.name || user.full_name || forge.account(user), email: forge.email(user), account: forge.account(user) };
    }).catch(function (e) {
      arriving = null;
      if (e.kind === 'signedOut') { return null; }
      throw e;
    });
  }

  /* signOut revokes the token where the forge can, and forgets it in any case. */
  function signOut() {
    var token = session && session.token;
    forget();
    if (!token) { return Promise.resolve({ revoked: true, message: '已退出' }); }
    if (!forge.revoke) { return Promise.resolve({ revoked: false, message: '已退出；这个平台不能由网页撤销授权，令牌到期即失效，也可以在平台的“设置—应用”里撤销' }); }
    return post(forge.revoke, { client_id: app, token: token }).then(function (answer) {
      if (answer.status >= 300) { throw answer; }
      return { revoked: true, message: '已退出，授权已经撤销' };
    }).catch(function () { return { revoked: false, message: '已退出，但平台没有确认撤销，请在平台的“设置—应用”里撤销授权' }; });
  }

  /* ---- Reading ---- */

  function head() { return get(forge.branch(main)).then(function (b) { return b.commit.id; }); }

  /* filesAt are files as they stand in one commit; of what is not there, nothing. */
  function filesAt(commit, paths) {
    return Promise.all(paths.map(function (path) { return forge.file(path, commit); })).then(function (list) {
      var found = {};
      list.forEach(function (f, i) { if (f) { found[paths[i]] = f; } });
      return found;
    });
  }

  function read(paths) {
    return head().then(function (commit) {
      return filesAt(commit, paths.concat('suqiu.yaml')).then(function (found) {
        var config = found['suqiu.yaml'];
        if (paths.indexOf('suqiu.yaml') < 0) { delete found['suqiu.yaml']; }
        return { head: commit, files: found, config: config ? config.text : '' };
      });
    });
  }

  /* numbers are the highest taken numbers of each month and unit: on the main
     branch in this month and the last one, which the site may not show yet, and on
     all branches: of one that the forms made the name tells, of the latest forty
     others what they change. */
  function numbers() {
    var taken = {};
    function note(text) {
      var m = /(?:^|\/)(\d{6}-[A-Z][A-Z0-9]*)-(\d+)(?:\.md$|-)/.exec(text || '');
      if (m && !(taken[m[1]] >= Number(m[2]))) { taken[m[1]] = Number(m[2]); }
      return m;
    }
    var day = new Date(Date.now() + 8 * 3600000), months = [day.toISOString().slice(0, 7)];
    day.setUTCDate(0);
    months.push(day.toISOString().slice(0, 7));
    var folders = months.map(function (month) {
      return forge.folder('cases/' + month.replace('-', '/')).then(function (list) { list.forEach(function (f) { note(f.path); }); }, function (e) {
        if (e.kind !== 'refused') { throw e; } /* no such folder yet */
      });
    });
    var branches = pages(forge.branches, forge.size).then(function (list) {
      function when(b) { return b.commit.committed_date || b.commit.timestamp || ''; }
      var others = list.filter(function (b) { return b.name !== main && !note(b.name) && !b.merged; });
      others.sort(function (a, b) { return when(a) < when(b) ? 1 : -1; });
      return Promise.all(others.slice(0, 40).map(function (b) {
        return forge.changed(b.name).then(function (paths) { paths.forEach(note); }, function (e) {
          if (e.kind !== 'refused') { throw e; } /* gone since, or of another root */
        });
      }));
    });
    return Promise.all(folders.concat(branches)).then(function () { return taken; });
  }

  /* ---- Writing ---- */

  var begun = null; /* a proposal whose branch is there, and its request not yet */

  function exists(name) {
    return ask('GET', forge.branch(name), null, [404]).then(function (a) { return a.status !== 404; });
  }

  /* freeName is the first name that no branch has. Under one that has an open
     request the same step waits already: the form is told, unless it goes on. */
  function freeName(p, n) {
    var name = p.branch + (n > 1 ? '-' + n : '');
    return exists(name).then(function (taken) {
      if (!taken) { return name; }
      return (p.again ? Promise.resolve([]) : forge.open(name)).then(function (list) {
        if (list.length) { throw fault('exists', '这一步已有合并请求在等着合并', { branch: name, url: forge.made(list[0]).url }); }
        return freeName(p, n + 1);
      });
    });
  }

  /* fresh are the files of a proposal as they stand now; it fails if one is not
     the version from which the proposal was made. */
  function fresh(p) {
    return head().then(function (commit) {
      return filesAt(commit, p.files.map(function (f) { return f.path; }));
    }).then(function (found) {
      var same = p.files.every(function (f) { return (f.blob || '') === (found[f.path] ? found[f.path].blob : ''); });
      if (!same) { throw fault('stale', '您填写的时候，别人的修改已经合并进来', { files: found }); }
      return found;
    });
  }

  /* commit makes the branch. Why it was refused is found out by looking again: the
     words differ by version and by the language of the user. */
  function commit(p, tries) {
    return fresh(p).then(function (found) {
      return freeName(p, 1).then(function (name) {
        return forge.commit(p, name, found).then(function (answer) {
          if (answer.status < 300) { return name; }
          return fresh(p).then(function () { return exists(name); }).then(function (taken) {
            if (taken && tries < 5) { return commit(p, tries + 1); }
            throw refusal(answer);
          });
        });
      });
    });
  }

  function submit(p) {
    var key = JSON.stringify([p.files, p.subject, p.body]);
    var branch = begun && begun.key === key ? Promise.resolve(begun.name) : commit(p, 1);
    return branch.then(function (name) {
      begun = { key: key, name: name };
      return forge.request(p, name).then(function (answer) {
        return answer.status === 409 ? forge.open(name).then(function (list) { return list[0]; }) : answer.data;
      }).then(function (request) {
        begun = null;
        var made = forge.made(request);
        made.branch = name;
        made.auto = !!p.auto;
        made.message = '已建立合并请求' + (made.number ? ' !' + made.number : '');
        return made;
      });
    });
  }

  /* ---- What becomes of it ---- */

  var says = {
    waiting: '正在检查', green: '检查通过，等联席办合并', failed: '检查没有通过，请打开查看哪里不对',
    auto: '正在检查，通过后自动合并', merged: '已合并', closed: '合并请求已被关闭', none: '平台还没有开始检查'
  };

  /* follow asks how a request stands until it is over, and for auto-merge as soon
     as there are checks: a request without any would be merged unchecked. */
  function follow(made, onUpdate) {
    var stopped = false, asked = false, wait = 1000, end = Date.now() + 1800000, tries = 0;

    function tell(state, url, done, more) {
      if (!stopped) { onUpdate({ state: state, text: says[state] + (more ? '：' + more : ''), url: url || made.url, done: !!done, failed: state === 'failed' || state === 'closed' }); }
      if (done) { stopped = true; }
    }

    function autoMerge(now) {
      if (!made.auto || asked || tries > 20 || !(now.state === 'green' || now.state === 'waiting' && now.gated)) { return Promise.resolve(); }
      tries++;
      return forge.merge(made, now.head).then(function (answer) {
        if (answer.status < 300) { asked = true; } else if (answer.status === 401 || answer.status === 403) {
          made.auto = false;
          tell(now.state, now.url, false, '您的账号不能合并，不能自动合并，等联席办合并');
        } else { wait = 1000; } /* 405: not ready yet */
      });
    }

    function look() {
      if (stopped) { return; }
      forge.state(made).then(function (now) {
        return autoMerge(now).then(function () {
          var over = now.state === 'merged' || now.state === 'closed' || now.state === 'failed' || now.state === 'green' && !made.auto || Date.now() > end;
          tell(asked && now.state !== 'merged' && now.state !== 'failed' ? 'auto' : now.state, now.url, over);
        });
      }).catch(function (e) {
        if (e.kind === 'signedOut') { tell('none', '', true, e.message); }
      }).then(function () {
        wait = Math.min(wait * 1.4, 15000);
        if (!stopped && Date.now() < end) { setTimeout(look, wait); }
      });
    }

    look();
    return function () { stopped = true; };
  }

  forms.doors.push({
    name: 'forge', label: '提交合并请求', auto: true,
    here: function () { return !!app && /^https?:$/.test(location.protocol); },
    who: who, signIn: signIn, signOut: signOut, read: read, numbers: numbers, submit: submit, follow: follow
  });
})();
