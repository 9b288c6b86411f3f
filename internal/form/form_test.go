package form_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"suqiu/internal/demo"
	"suqiu/internal/form"
	"suqiu/internal/git"
	"suqiu/internal/mdfile"
	"suqiu/internal/record"
	"suqiu/internal/register"
	"suqiu/internal/step"
	"suqiu/internal/view"
	"suqiu/internal/workday"
)

// site is what the site of the sample tells, and the files in the repository.
type site struct {
	bureau json.RawMessage
	cases  map[string]json.RawMessage
	files  map[string]string
	config string
	lines  map[string][]string // what each step on a case writes
}

const now = "2026-09-30T17:00:00+08:00"

// TestEngine asks the engine as the page does, of one sample repository.
func TestEngine(t *testing.T) {
	public, supervision := sites(t)
	t.Run("call", func(t *testing.T) { call(t, public) })
	t.Run("several", func(t *testing.T) { several(t, supervision) })
	t.Run("register", func(t *testing.T) { registers(t, public) })
	t.Run("lines", func(t *testing.T) { lines(t, supervision); lines(t, public) })
	t.Run("hostile", func(t *testing.T) { hostile(t, supervision) })
}

func sites(t *testing.T) (public, supervision site) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "sample")
	today := workday.New(2026, time.September, 30)
	if err := demo.Sample(dir, today, nil); err != nil {
		t.Fatal(err)
	}
	repo, err := git.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	d, err := register.Load(context.Background(), repo, register.Options{AsOf: today})
	if err != nil {
		t.Fatal(err)
	}
	return told(t, d, view.Public), told(t, d, view.Supervision)
}

// told is what an edition tells.
func told(t *testing.T, d *register.Register, e view.Edition) site {
	t.Helper()
	v := view.New(d, e)
	forms := v.Forms()
	s := site{forms.Bureau(), map[string]json.RawMessage{}, map[string]string{}, string(d.Source("suqiu.yaml")),
		map[string][]string{}}
	for _, c := range forms.Fillable() {
		data, err := forms.Case(context.Background(), c)
		if err != nil {
			t.Fatal(err)
		}
		s.cases[c.ID], s.files[c.ID] = data, string(d.Source(record.PathOf(c.ID)))
		of := d.Cases[slices.IndexFunc(d.Cases, func(of *register.Case) bool { return of.ID == c.ID })]
		scene := step.Scene{Case: of.Case, Life: &of.Life}
		for _, st := range scene.Listed() {
			text, _ := st.Asked(nil)
			s.lines[c.ID] = append(s.lines[c.ID], st.Title+" "+st.Who+" "+string(st.To)+"\n"+text)
		}
	}
	v.ReleaseHistory()
	for _, c := range forms.Fillable() {
		if data, err := forms.Case(context.Background(), c); err != nil || string(data) != string(s.cases[c.ID]) {
			t.Errorf("%s is told of otherwise once the history is released (%v)", c.ID, err)
		}
	}
	return s
}

// lines: DESIGN 15: "without signing in there is a fragment with its place". What a
// step writes is told without the text as with it; in the 公开 edition nothing is told
// of how a restricted case came where it is, and so not what comes next.
func lines(t *testing.T, s site) {
	hidden := 0
	for id, data := range s.cases {
		var c object
		if err := json.Unmarshal(data, &c); err != nil {
			t.Fatal(err)
		}
		if c["Text"] == nil {
			hidden++
		}
		delete(c, "Text")
		a := answers(t, &form.Engine{}, "lines", object{"bureau": s.bureau, "case": c, "now": now}, "")
		if a["path"] != record.PathOf(id) {
			t.Errorf("%s is at %v", id, a["path"])
		}
		var got []string
		for _, st := range a["steps"].([]any) {
			st := st.(object)
			got = append(got, fmt.Sprint(st["title"], " ", st["who"], " ", st["after"], "\n", st["lines"]))
		}
		want := s.lines[id]
		if c["History"] == nil {
			want = nil
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: without the text there are\n%q\nwith it\n%q", id, got, want)
		}
	}
	if hidden == 0 {
		t.Error("no case is restricted")
	}
}

type object = map[string]any

// answers asks and reads what is answered.
func answers(t *testing.T, e *form.Engine, name string, q object, wrong string) object {
	t.Helper()
	data, err := json.Marshal(q)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := e.Call(name, data)
	if wrong != "" {
		if err == nil || !strings.Contains(err.Error(), wrong) {
			t.Fatalf("%s: %v, want %q", name, err, wrong)
		}
		return nil
	}
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	var a object
	if err := json.Unmarshal(answer, &a); err != nil {
		t.Fatal(err)
	}
	return a
}

// names are the names of the steps that are offered.
func names(a object) (list []string) {
	for _, s := range a["steps"].([]any) {
		list = append(list, s.(object)["name"].(string))
	}
	return list
}

// call: what a form asks is answered from what the site tells; what that may not
// tell comes from the forge.
func call(t *testing.T, s site) {
	var e form.Engine
	const pushed = "202609-NFZX-007" // 已推送 to 第二税务分局
	open := func(id, unit string) object {
		return object{"bureau": s.bureau, "case": s.cases[id], "who": object{"unit": unit}, "now": now}
	}
	a := answers(t, &e, "open", open(pushed, "DEFJ"), "")
	if can := fmt.Sprint(a["can"]); a["stale"] != false || !strings.Contains(can, "第二税务分局") ||
		!slices.Contains(names(a), "接收办理") || slices.Contains(names(a), "推送") {
		t.Errorf("%v: %v", can, names(a))
	}
	a = answers(t, &e, "apply", object{"step": "接收办理", "values": object{}}, "")
	file := a["files"].([]any)[0].(object)
	if a["branch"] != "suqiu/DEFJ/"+pushed+"-接收办理" || a["changed"] != "状态（已推送 → 办理中）" ||
		!strings.Contains(file["text"].(string), "\n状态: 办理中\n") || a["subject"] == "" {
		t.Errorf("%v", a)
	}
	copied := a["copies"].([]any)[0].(object)["text"].(string)
	if at := mdfile.Origins(copied); len(at) != 1 || at[0].Blob != file["blob"] || at[0].Line != 2 {
		t.Errorf("a copy says %v", at)
	}
	var diff []string
	for _, l := range a["diff"].([]any) {
		if l := l.(object); l["kind"] != " " {
			diff = append(diff, l["kind"].(string)+l["text"].(string))
		}
	}
	if fmt.Sprint(diff) != "[-状态: 已推送 +状态: 办理中]" {
		t.Errorf("the change is %q", diff)
	}
	answers(t, &e, "apply", object{"step": "办结"}, "现在不能“办结”")

	// What stands in a value is said at once, though the rest is missing.
	a = answers(t, &e, "apply", object{"step": "提出异议", "values": object{"理由": "请致电 13912345678"}}, "")
	if p := a["personal"].([]any); len(p) != 1 || strings.Contains(fmt.Sprint(a), "13912345678") ||
		len(a["files"].([]any)) > 0 || len(a["faults"].([]any)) == 0 {
		t.Errorf("%v", a)
	}

	// A newer text than the site's.
	q := open(pushed, "DEFJ")
	q["text"] = strings.Replace(s.files[pushed], "状态: 已推送", "状态: 办理中", 1)
	if a = answers(t, &e, "open", q, ""); a["stale"] != true || a["case"].(object)["state"] != "办理中" ||
		!slices.Contains(names(a), "反馈") || slices.Contains(names(a), "接收办理") {
		t.Errorf("of a newer text: %v", names(a))
	}

	// Of a case that has no 办理类别 yet the 公开 edition tells nothing.
	var hidden string
	for id, data := range s.cases {
		if strings.Contains(s.files[id], "\n状态: 分析中\n") {
			hidden = id
			if strings.Contains(string(data), "Text") || strings.Contains(string(data), "History") {
				t.Errorf("%s tells %s", id, data)
			}
		}
	}
	answers(t, &e, "open", open(hidden, "NSFWK"), "请先登录")
	q = open(hidden, "NSFWK")
	q["text"] = s.files[hidden]
	if a = answers(t, &e, "open", q, ""); a["case"].(object)["restricted"] != true ||
		!slices.Contains(names(a), "推送") {
		t.Errorf("%s: %v", hidden, names(a))
	}

	// Who signed in is known by suqiu.yaml itself.
	q = open(pushed, "")
	q["who"] = object{"email": "a@defj.example", "config": s.config}
	if a = answers(t, &e, "open", q, ""); !slices.Contains(names(a), "接收办理") {
		t.Errorf("%v", names(a))
	}
	q["who"] = object{"email": "a@nowhere.example", "config": s.config}
	answers(t, &e, "open", q, "没有登记")
	answers(t, &e, "open", open(pushed, "NOBODY"), "没有单位")
	answers(t, &e, "close", nil, "不是同一版本")
}

// several: what is taken on several cases is one commit, and nothing where one
// of them refuses.
func several(t *testing.T, s site) {
	var e form.Engine
	var list []any
	var ids []string
	for _, id := range slices.Sorted(maps.Keys(s.cases)) {
		if strings.Contains(s.files[id], "\n状态: 已反馈\n") || strings.Contains(s.files[id], "\n状态: 办理中\n") {
			list = append(list, object{"case": s.cases[id], "text": s.files[id]})
			ids = append(ids, id)
		}
	}
	q := object{"bureau": s.bureau, "several": list, "who": object{"unit": "NSFWK"}, "now": now}
	a := answers(t, &e, "open", q, "")
	for _, alone := range []string{"审核通过", "退回反馈"} {
		if slices.Contains(names(a), alone) {
			t.Errorf("%q is offered for several", alone)
		}
	}
	if !slices.Contains(names(a), "修改要素") {
		t.Fatalf("%d cases: %v", len(ids), names(a))
	}
	a = answers(t, &e, "apply", object{"step": "修改要素", "values": object{"原渠道期限": "2026-12-30"}}, "")
	if len(a["files"].([]any)) != len(ids) || a["subject"] != fmt.Sprintf("修改要素：%d 件", len(ids)) ||
		strings.Count(a["body"].(string), "\n") != len(ids)-1 {
		t.Errorf("%v %v %v", a["subject"], a["body"], a["faults"])
	}
	a = answers(t, &e, "apply", object{"step": "修改要素", "values": object{"原渠道期限": "年底"}}, "")
	if len(a["files"].([]any)) != 0 || len(a["faults"].([]any)) < len(ids) || a["branch"] != "" {
		t.Errorf("%v", a)
	}
}

// registers: a new case has the number after those that the site knows and those
// on open branches.
func registers(t *testing.T, s site) {
	var e form.Engine
	a := answers(t, &e, "open", object{"bureau": s.bureau, "who": object{"unit": "NFZX"}, "now": now}, "")
	if fmt.Sprint(a["can"]) != "[纳税服务中心]" || len(names(a)) != 1 {
		t.Errorf("%v %v", a["can"], names(a))
	}
	values := object{"标题": "打印完税证明失败", "性质": "诉求", "渠道": "12366热线", "收集日期": "2026-09-29",
		"诉求内容": "某纳税人反映打印失败。"}
	a = answers(t, &e, "register", object{"unit": "NFZX", "values": values, "taken": object{"202609-NFZX": 41}}, "")
	if len(a["files"].([]any)) != 1 {
		t.Fatalf("%v", a["faults"])
	}
	file := a["files"].([]any)[0].(object)
	if file["path"] != "cases/2026/09/202609-NFZX-042.md" || file["blob"] != "" ||
		a["branch"] != "suqiu/NFZX/202609-NFZX-042-登记" || a["subject"] != "登记：202609-NFZX-042" {
		t.Errorf("%v %v %v", file["path"], a["branch"], a["subject"])
	}
	answers(t, &e, "register", object{"unit": "BGS", "values": values}, "由该单位登记")
}

// RFC 7636, appendix B.
func TestDigest(t *testing.T) {
	a := answers(t, &form.Engine{}, "sha256", object{"text": "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"}, "")
	if a["base64url"] != "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM" {
		t.Errorf("%v", a)
	}
}

// hostile: whatever a request or the data of a site says, there is an
// answer or a reason in Chinese, and no panic.
func hostile(t *testing.T, s site) {
	tries := 200
	if os.Getenv("SUQIU_LONG") != "" {
		tries = 20_000
	}
	chance := rand.New(rand.NewPCG(7, 7))
	ids := slices.Sorted(maps.Keys(s.cases))
	var e form.Engine
	for range tries {
		id := ids[chance.IntN(len(ids))]
		requests := []struct {
			name string
			of   object
		}{
			{"open", object{"bureau": s.bureau, "case": s.cases[id], "text": s.files[id], "now": now,
				"who": object{"unit": "NSFWK"}}},
			{"apply", object{"step": "更正", "values": object{"事项": "一", "原因": "二", "状态": "办理中"}}},
			{"register", object{"unit": "NFZX", "values": object{"收集日期": "2026-09-29"},
				"taken": object{"202609-NFZX": 7}}},
		}
		for i, q := range requests {
			data, _ := json.Marshal(q.of)
			var v any
			_ = json.Unmarshal(data, &v)
			for range chance.IntN(3) + 1 - min(i, 1) {
				v = spoiled(chance, v)
			}
			data, _ = json.Marshal(v)
			if chance.IntN(20) == 0 {
				data = data[:chance.IntN(len(data)+1)]
			}
			_, err := e.Call(q.name, data)
			chinese := func(r rune) bool { return unicode.Is(unicode.Han, r) }
			if err != nil && !strings.ContainsFunc(err.Error(), chinese) {
				t.Errorf("%s: %v", q.name, err)
			}
		}
	}
}

// spoiled is a value with something else at one place.
func spoiled(chance *rand.Rand, v any) any {
	switch x := v.(type) {
	case object:
		if keys := slices.Sorted(maps.Keys(x)); len(keys) > 0 && chance.IntN(5) > 0 {
			k := keys[chance.IntN(len(keys))]
			x[k] = spoiled(chance, x[k])
			return x
		}
	case []any:
		if len(x) > 0 && chance.IntN(4) > 0 {
			i := chance.IntN(len(x))
			x[i] = spoiled(chance, x[i])
			return x
		}
	}
	junk := []any{nil, -1, 1e18, "", "=99", "=0", "略7", "---\n", "2026-02-30", []any{}, []any{nil, 3}, object{}, true,
		strings.Repeat("[", 99), "9999-12-31T00:00:00Z", "0001-01-01T00:00:00Z"}
	return junk[chance.IntN(len(junk))]
}
