package record

import (
	"slices"
	"strings"
	"testing"

	"suqiu/internal/frontmatter"
	"suqiu/internal/problem"
)

// A key that is added to a copy of the schema, and nowhere else, is read,
// compared, printed, formatted, told of and found; the schema itself does not
// know it.
func TestAddKey(t *testing.T) {
	lives := map[*Case]*string{}
	where := func(c *Case) *string {
		if lives[c] == nil {
			lives[c] = new(string)
		}
		return lives[c]
	}
	s := *caseSchema
	at := 1 + slices.IndexFunc(s.Keys, func(k Key) bool { return k.Name == "主题" })
	s.Keys = slices.Insert(slices.Clone(s.Keys), at, Key{
		Name: "难度", Type: Enum, Values: []string{"难", "易"}, At: of(func(c *Case) any { return where(c) }),
		Write: by(Office, underWay), Page: Page{Label: "难度"},
	})
	s.New = func() any { return &Case{} }

	const before = "---\n编号: 202607-NFZX-012\n标题: 征期末日申报提交失败\n状态: 办理中\n难度: 难\n---\n\n## " +
		"诉求内容\n"
	c := parse(&s, "", []byte(before), nil)
	if *where(c) != "难" || slices.ContainsFunc(c.Problems, isUnknownKey) {
		t.Errorf("read as %q, %+v", *where(c), c.Problems)
	}
	other := parse(&s, "", []byte(strings.Replace(before, "难度: 难", "难度: 易", 1)), nil)
	if d := diffOf(&s, c, other); len(d) != 1 || d[0] != (Change{Key: "难度", Old: "难", New: "易"}) {
		t.Errorf("compared: %+v", d)
	}
	if out := string(s.Print(c, c.Sections, "")); !strings.Contains(out, "\n主题:\n难度: 难\n涉及系统:\n") {
		t.Errorf("printed:\n%s", out)
	}
	out, problems := s.Format([]byte(before), nil)
	if len(problems) > 0 || !strings.Contains(string(out), "\n主题:\n难度: 难\n涉及系统:\n") {
		t.Errorf("formatted, %+v:\n%s", problems, out)
	}
	wrong := parse(&s, "", []byte(strings.Replace(before, "难度: 难", "难度: 中", 1)), nil)
	if !slices.ContainsFunc(wrong.Problems, func(p problem.Problem) bool {
		return p.Rule == "value-enum" && p.Line == 5 && p.Fix == "难度: 〔请填：难、易〕"
	}) {
		t.Errorf("中 is told of as %+v", wrong.Problems)
	}
	if line, _, _ := s.Places([]byte(before))("难度"); line != 5 {
		t.Errorf("found on line %d", line)
	}
	k := s.Key("难度")
	if !k.Write.Holds("办理中") || k.Write.Holds("已办结") || k.Write.By != Office {
		t.Errorf("its right is %+v", k.Write)
	}
	if frontmatter.Find(Schema().Keys, "难度") != nil || !slices.ContainsFunc(Parse("", []byte(before), nil).Problems,
		isUnknownKey) {
		t.Error("the schema itself knows the key")
	}
}

func isUnknownKey(p problem.Problem) bool { return p.Rule == "key-unknown" }

// EXAMPLES 61: 方式 微信 is no way to urge a unit.
func TestSupervisionMethod(t *testing.T) {
	src := "---\n编号: 202607-NFZX-012\n状态: 办理中\n督办:\n  - 单位: 信息中心\n    方式: 微信\n    内容: 请抓紧\n--" +
		"-\n\n## 诉求内容\n"
	c := Parse("", []byte(src), nil)
	if !slices.ContainsFunc(c.Problems, func(p problem.Problem) bool {
		return p.Rule == "value-enum" && p.Key == "督办[0].方式" && p.Line == 6
	}) {
		t.Errorf("%+v", c.Problems)
	}
	if len(c.Supervisions) != 1 || c.Supervisions[0] != (Supervision{Unit: "信息中心", Content: "请抓紧"}) {
		t.Errorf("%+v", c.Supervisions)
	}
}
