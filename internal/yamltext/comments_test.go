package yamltext

import "testing"

// Every comment belongs to the value that a reader would say it is about.
func TestComments(t *testing.T) {
	root, problems := Parse([]byte(canonical), 1)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	at := func(keys ...string) *Node {
		n := root
		for _, k := range keys {
			if k == "0" || k == "1" {
				n = n.Items[k[0]-'0']
			} else {
				n = n.Get(k).Value
			}
		}
		return n
	}
	for _, c := range []struct {
		what, got, want string
	}{
		{"above the first key", at("编号").Head()[0].Text, "# 最上面"},
		{"behind a value", at("件数").Inline().Text, "# 九件"},
		{"above a key", at("状态").Head()[0].Text, "# suqiu:忽略 title-length 试点"},
		{"behind a colon", at("协办单位").Inline().Text, "# 两家"},
		{"above an item", at("协办单位", "1").Head()[0].Text, "# 已商定"},
		{"behind an item", at("协办单位", "1").Inline().Text, "# 新增"},
		{"below a record", at("会议议定期限").Foot()[0].Text, "# 以纪要为准"},
		{"above a record of a list", at("说明单", "0").Head()[0].Text, "# 第一次"},
		{"behind a value of a record", at("说明单", "0", "单位").Inline().Text, "# 承办"},
		{"below a record of a list", at("说明单", "1").Foot()[0].Text, "# 已决定"},
		{"below everything", root.Foot()[0].Text, "# 最下面"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.what, c.got, c.want)
		}
	}
	if c := at("件数").Inline(); c.Line != 4 || c.Column != 17 {
		t.Errorf("comment at %d:%d, want 4:17", c.Line, c.Column)
	}
	if n := len(root.Foot()) + len(at("说明单", "1").Foot()); n != 2 {
		t.Errorf("%d feet, want 2", n)
	}
}

// Scalars are the text as typed, whatever YAML would take them for.
func TestScalars(t *testing.T) {
	root, problems := Parse([]byte("a: 0471202607\nb: 2026-02-30\nc: yes\nd: ~\ne: 1e3\n"+
		"f: \"x: y # z\"\ng: 'it''s'\nh: |\n  甲\n  乙 # 丙\n\n"+
		"i: >\n  甲\n  乙\nj: 甲\n  乙\nk: 0x10\nl: 甲：乙\n"), 1)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for key, want := range map[string]string{"a": "0471202607", "b": "2026-02-30", "c": "yes", "d": "~", "e": "1e3",
		"f": "x: y # z", "g": "it's",
		"h": "甲\n乙 # 丙", "i": "甲 乙", "j": "甲 乙", "k": "0x10", "l": "甲：乙"} {
		if got := root.Get(key).Value.Text; got != want {
			t.Errorf("%s: %q, want %q", key, got, want)
		}
	}
	if n := root.Get("h").Value; n.Line != 8 || n.EndLine != 10 {
		t.Errorf("block scalar at %d-%d, want 8-10", n.Line, n.EndLine)
	}
	if root.Get("nothing") != nil || (*Node)(nil).Get("a") != nil {
		t.Error("Get finds what is not there")
	}
}

// All faults come at once, in file order, each with the line to paste.
func TestParseTellsAll(t *testing.T) {
	_, problems := Parse([]byte("名称：甲\n格式:1\n主分支: @main\n主分支: main\n单位:\n\t- 名称: 乙\n"+
		"基线: \"abc\n网址: x: y\n"), 5)
	want := []struct {
		rule string
		line int
		fix  string
	}{
		{"fullwidth-punctuation", 5, "名称: 甲"},
		{"yaml-syntax", 6, "格式: 1"},
		{"yaml-syntax", 7, `主分支: "@main"`},
		{"key-duplicate", 8, "请只保留一处，删去另一处"},
		{"yaml-syntax", 10, "  - 名称: 乙"},
		{"yaml-syntax", 11, `基线: '"abc'`},
		{"yaml-syntax", 12, `网址: "x: y"`},
	}
	if len(problems) != len(want) {
		t.Fatalf("%d problems, want %d: %+v", len(problems), len(want), problems)
	}
	for i, w := range want {
		if p := problems[i]; p.Rule != w.rule || p.Line != w.line || p.Fix != w.fix {
			t.Errorf("problem %d: %+v, want %+v", i, p, w)
		}
	}
}
