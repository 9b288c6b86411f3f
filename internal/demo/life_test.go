package demo

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"suqiu/internal/record"
	"suqiu/internal/workday"
)

// The script is written as FORMAT.md says.
func TestParseLives(t *testing.T) {
	lives, err := parseLives("试.md", `# 甲

写给读者的说明。

    渠道: 12366热线
    协办反馈:
      信息中心: 已配合

### 诉求内容

内容一
## +0 09:30 纳税服务中心 登记
## +2 10:00 信息中心 [合并 +3 09:00] 反馈：写明：原因
    反馈:
      结果: 已解决
# 乙
`)
	if err != nil || len(lives) != 2 {
		t.Fatal(lives, err)
	}
	l := lives[0]
	if l.title != "甲" || l.facts.get("渠道") != "12366热线" || l.section("诉求内容") != "内容一" ||
		l.facts.find("协办反馈").sub.get("信息中心") != "已配合" || l.facts.has("承办单位") {
		t.Errorf("%+v", l)
	}
	b := l.blocks[1]
	if len(l.blocks) != 2 || b.step != "反馈" || b.note != "写明：原因" || b.how != "合并" || b.line != 13 ||
		b.when != (moment{"+2", "10:00"}) || b.lands != (moment{"+3", "09:00"}) || b.who != "信息中心" {
		t.Errorf("%+v", b)
	}
	for src, want := range map[string]string{
		"":                        "no life in the file",
		"甲\n":                     `试.md:1: text before the first title: "甲"`,
		"# 甲\n## +0 09:30 信息中心\n": "试.md:2: a commit needs day, time, unit and step",
		"# 甲\n## +0 09:30 某 [合并 登记\n":     "试.md:2: [ without ]",
		"# 甲\n## +0 09:30 某 [合并 +1] 登记\n": "试.md:2: how it lands is a word, or a word, a day and a time",
		"# 甲\n    没有冒号\n":                 "试.md:2: not a fact (键: 值)",
		"# 甲\n      键: 值\n":               "试.md:2: an indented fact without one above it",
	} {
		if _, err := parseLives("试.md", src); err == nil || !strings.HasPrefix(err.Error(), want) &&
			!strings.HasSuffix(err.Error(), want) {
			t.Errorf("%q: %v, want %s", src, err, want)
		}
	}
}

// Each step leads to a state that there is, writes keys that there are, and is used.
func TestSteps(t *testing.T) {
	known, err := readSteps()
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	lives, err := readLives(known)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lives {
		for _, b := range l.blocks {
			used[b.step] = true
		}
	}
	for name, step := range known {
		if !used[name] {
			t.Errorf("no life has %s", name)
		}
		if step.facts.get(message) == "" {
			t.Errorf("%s has no message", name)
		}
		c := &record.Case{Sections: emptyBody(), CoFeedback: []record.CoFeedback{{Unit: "{单位}"}},
			Feedback: []record.Feedback{{}}}
		for _, f := range step.facts {
			if f.key == message || f.key == copies || f.key == copied || f.key == "反馈" {
				continue // a 反馈 has days, which stand in braces
			}
			if err := set(c, f); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		for _, key := range names(step.facts.get(copies)) {
			if key != "分级" && record.Schema().Key(key) == nil {
				t.Errorf("%s copies %s, which is no key", name, key)
			}
		}
		for _, heading := range names(step.facts.get(copied)) {
			if err := writeSection(c, text{heading: heading}); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// What stands in braces is replaced, or the script is refused.
func TestExpand(t *testing.T) {
	s, err := loadSample(parseDay(t, "2026-11-24"))
	if err != nil {
		t.Fatal(err)
	}
	life := &life{title: "题目", facts: facts{{key: "承办单位", value: "信息中心"},
		{key: "协办单位", value: "法制科、稽查局"},
		{key: "完成期限", value: "{+5}"}}}
	p := &placed{life: life, id: "202611-NFZX-001", start: parseDay(t, "2026-11-02"),
		collected: parseDay(t, "2026-10-30"), collector: s.config.Unit("纳税服务中心")}
	a := &act{block: &block{}, unit: "信息中心", landed: at(parseDay(t, "2026-11-16"), 10, 0),
		authored: at(parseDay(t, "2026-11-13"), 10, 0)}
	for text, want := range map[string]string{
		"无": "无", "{编号}：{标题}": "202611-NFZX-001：题目", "{+0}": "2026-11-02", "{+5}": "2026-11-09",
		"{收集+60日}": "2026-12-29", "{T-1}": "2026-11-23", "{协办1}和{协办2}": "法制科和稽查局",
		"{完成期限}": "2026-11-09",
		"{清单}":   "RW202611-02", "{单位}": "信息中心", "{当日}": "2026-11-13", "{性质}": "诉求", "{属地}": "",
		"{收集单位}": "纳税服务中心",
	} {
		if got, err := s.expand(text, scene{p: p, a: a}); got != want || err != nil {
			t.Errorf("%s is %q (%v), want %q", text, got, err, want)
		}
	}
	for _, text := range []string{"{没有}", "{编号 99}", "{会议 没有}", "{编号", "{协办答复}"} {
		if got, err := s.expand(text, scene{p: p, a: a}); err == nil {
			t.Errorf("%s is %q", text, got)
		}
	}
}

// What cannot be made is refused with a cure, and leaves nothing behind.
func TestRefusals(t *testing.T) {
	day := parseDay(t, "2026-11-24")
	broken := errors.New("no figures")
	failing := func(string, workday.Quarter, workday.Date) ([]byte, error) { return nil, broken }
	for name, c := range map[string]struct {
		make func(dir string) error
		want string
	}{
		"no cases": {func(dir string) error { return Synthetic(dir, Options{Today: day}) },
			"请用 1 至 1000000 之间的件数"},
		"a far day": {func(dir string) error { return Sample(dir, parseDay(t, "2024-12-31"), nil) },
			"请用 2025 年至 2199 年"},
		"no figures": {func(dir string) error { return Sample(dir, day, failing) }, "no figures"},
	} {
		dir := filepath.Join(t.TempDir(), "d")
		if err := c.make(dir); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
		if _, err := os.Lstat(dir); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s left a folder (%v)", name, err)
		}
	}
}
