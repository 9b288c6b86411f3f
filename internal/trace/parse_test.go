package trace_test

import (
	"strings"
	"testing"

	"suqiu/internal/trace"
)

// A 留痕编号 is the beginning of a commit and the day; people type it from paper,
// so the dot, its spaces and capitals do not matter, and the day may be left out.
func TestParse(t *testing.T) {
	const commit = "3f2a9c10b4d5e6a1"
	for typed, day := range map[string]string{
		commit + "·2026-09-30":                  "2026-09-30",
		commit + "・2026-09-30":                  "2026-09-30",
		commit + ".2026-09-30":                  "2026-09-30",
		"  " + commit + " · 2026-09-30\n":       "2026-09-30",
		strings.ToUpper(commit) + "•2026-09-30": "2026-09-30",
		commit:                    "",
		commit[:7]:                "",
		strings.Repeat(commit, 4): "",
		strings.Repeat(commit, 4) + " 2026-09-30": "2026-09-30",
		commit + " 2026-09-30":                    "2026-09-30",
		commit + "\t2026-09-30":                   "2026-09-30",
		strings.ToUpper(commit[:8]) + "   ":       "",
	} {
		id, err := trace.Parse(typed)
		if err != nil || id.Day.String() != day || !strings.HasPrefix(strings.Repeat(commit, 4), id.Commit) ||
			len(id.Commit) < 7 {
			t.Errorf("%q: %+v, %v", typed, id, err)
		}
	}
	for typed, says := range map[string]string{
		"":                              "不是留痕编号",
		commit[:6]:                      "不是留痕编号",
		strings.Repeat(commit, 4) + "a": "不是留痕编号",
		"3f2a9c1g":                      "不是留痕编号",
		commit + "2026-09-30x":          "不是留痕编号",
		commit + "·2026-9-30":           "不是留痕编号",
		commit + "·2026-02-30":          "“2026-02-30”不是日期",
	} {
		if id, err := trace.Parse(typed); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q is read as %+v, %v; want …%s", typed, id, err, says)
		}
	}
}
