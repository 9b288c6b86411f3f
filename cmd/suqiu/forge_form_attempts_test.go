package main

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// formDeeds are steps in the form that one account alone may take, when 征收管理科 has
// accepted its case.
var formDeeds = []struct{ owner, id, step, values string }{
	{"lin", "202507-NFZX-002", "推送", "任务清单=RW202507-03 办理类别=系统技术类 涉及面=高 影响度=中 复杂度=中 " +
		"紧急程度=一般 承办单位=征收管理科"},
	{"lin", "202507-NFZX-001", "审核通过", ""},
	{"zheng", "202507-ZSGLK-003", "申请延期", "申请天数=2 原因=等待上级答复。 措施=已经请示。"},
	{"san", "202507-DSFJ-004", "接收办理", ""},
	{"nan", "", "登记", "标题=自助终端打印失败 性质=诉求 渠道=12366热线 收集日期=2025-07-17 诉求内容=不能打印。"},
	{"wang", "202507-NFZX-001", "补充办理情况", "办理情况=又作了测试。"},
}

// ways are what somebody can do before the form: fill it in as oneself; choose the
// other unit; tell the engine the other's address; name the main branch, or a branch
// of the other's that is there; say that the text is another case's.
var ways = []string{"自己的表单", "选别的单位", "别人的邮箱", "主分支", "别人的分支", "别人的事项"}

// actAs takes a step in the page as a script can that somebody types into its
// console, and says where it ends.
const actAs = `(async (t) => {
	const f = suqiuForms, door = f.doors.find(d => d.name === 'forge'), now = new Date().toISOString();
	try {
		const me = await door.who(), bureau = await f.load('bureau'), told = t.id ? await f.load('case/' + t.id) : null;
		const got = await door.read([t.other].concat(told ? [told.Path] : []));
		const as = email => ({email, config: got.config});
		const who = {自己的表单: as(me.email), 别人的邮箱: as(t.email)}[t.way];
		const o = await f.engine.call('open', {bureau, case: told, text: told ? got.files[told.Path].text : undefined,
			who: who || {unit: t.code}, now});
		const s = o.steps.find(s => s.name === t.step && (told || s.unit === t.unit));
		if (!s) { return ['form', '没有这一步']; }
		const a = told ? await f.engine.call('apply', {step: s.name, unit: s.unit, values: t.values}) :
			await f.engine.call('register', {unit: s.unit, values: t.values, taken: await door.numbers()});
		if (!a.files.length) { return ['form', JSON.stringify(a.faults)]; }
		if (t.way === '主分支') { a.branch = 'main'; }
		if (t.way === '别人的分支') { a.branch = t.branch; }
		if (t.way === '别人的事项') { Object.assign(a.files[0], {path: t.other, blob: got.files[t.other].blob}); }
		const made = await door.submit(Object.assign({}, a, {again: true}));
		return ['request', made.branch];
	} catch (e) { return [e.kind ? 'forge' : 'form', e.message]; }
})(%s)`

// formAttempts are some 150 attempts to act as another unit in the form: every step
// that one unit alone may take, by every other that is not the office, which may take
// some down for others, in every way. None comes to main.
func formAttempts(t *testing.T, f *formForge) {
	main := f.git(t, "rev-parse", "main")
	const theirs = "suqiu/ZSGLK/202507-ZSGLK-003-申请延期"
	n, ends := 0, map[string]int{}
	for _, a := range accounts[1:] {
		signedIn := false
		for _, d := range formDeeds {
			for _, way := range ways {
				if a.user == d.owner {
					continue
				}
				n++
				if os.Getenv("SUQIU_LONG") == "" && n%17 > 0 {
					continue
				}
				if !signedIn {
					f.open(t, "登记")
					f.enter(t, a.user)
					signedIn = true
				}
				f.git(t, "branch", "-f", theirs, "main")
				end, words := f.actAs(t, d.owner, d.id, d.step, d.values, way, theirs)
				if end == "request" {
					end = f.merging(words)
				}
				ends[end]++
				name := fmt.Sprintf("%s %s：%s%s", a.unit, way, d.id, d.step)
				if end == "" || way == "自己的表单" && end != "form" {
					t.Errorf("%s ends %q: %s", name, end, words)
				}
				if f.git(t, "rev-parse", "main") != main || f.git(t, "rev-parse", theirs) != main {
					t.Errorf("%s: a branch that is another's has moved", name)
					f.git(t, "update-ref", "refs/heads/main", main)
				}
			}
		}
		if signedIn {
			f.leave(t)
		}
	}
	if n < 100 {
		t.Errorf("only %d attempts", n)
	}
	if ends["form"] == 0 || ends["merge"] == 0 {
		t.Errorf("they end %v", ends)
	}
	t.Logf("of %d attempts end %v", n, ends)
}

// actAs makes one attempt.
func (f *formForge) actAs(t *testing.T, owner, id, step, values, way, theirs string) (end, words string) {
	t.Helper()
	try := map[string]any{"id": id, "step": step, "way": way, "email": emailOf(owner), "branch": theirs,
		"code":  strings.ToUpper(strings.TrimSuffix(strings.TrimPrefix(emailOf(owner), "a@"), ".example")),
		"other": "cases/2025/07/202507-DSFJ-004.md", "values": valuesOf(values)}
	if id == "202507-DSFJ-004" {
		try["other"] = "cases/2025/07/202507-ZSGLK-003.md"
	}
	for _, a := range accounts {
		if a.user == owner {
			try["unit"] = a.unit
		}
	}
	got := eval[[]string](t, f.browser, fmt.Sprintf(actAs, asJS(try)))
	return got[0], got[1]
}

// merging is the office that merges what it finds; empty: it came to main.
func (f *formForge) merging(branch string) string {
	requests := f.forge.Requests()
	if requests[len(requests)-1].Source != branch {
		return ""
	}
	if f.forge.Merge(len(requests), "lin") != nil {
		return "merge"
	}
	return ""
}

// valuesOf are the values of a step as a command has them.
func valuesOf(args string) map[string]string {
	values := map[string]string{}
	for _, word := range strings.Fields(args) {
		name, value, _ := strings.Cut(word, "=")
		values[name] = value
	}
	return values
}
