package rules_test

import (
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"suqiu/internal/rules"
)

// TestBaselineStories: what was before the 基线 is no finding, whoever landed
// it and however; what comes after is.
func TestBaselineStories(t *testing.T) {
	for story, want := range map[string]string{
		"baseline-before-is-not-judged": "transition-illegal",
		"baseline-later-states":         "",
		"baseline-late-before":          "",
		"baseline-overdue":              "feedback-overdue",
		"baseline-without-dates":        "",
	} {
		archive, err := txtar.ParseFile("../register/testdata/stories/" + story + ".txtar")
		if err != nil {
			t.Fatal(err)
		}
		var found []string
		for _, f := range rules.Run(tell(t, archive)) {
			switch f.Rule { // what the stories' own files leave open, and deadlines of other papers
			case "section-missing", "title-length", "meeting-missing", "monthly-missing", "report-missing",
				"upward-missing", "minutes-late",
				"similar-feedback", "duplicate-suspected":
			default:
				found = append(found, f.Rule)
			}
		}
		if got := strings.Join(found, " "); got != want {
			t.Errorf("%s: found %q, want %q", story, got, want)
		}
	}
}

// TestBaselineLost: a 基线 that never landed would let everything be judged;
// check says so instead of being silent.
func TestBaselineLost(t *testing.T) {
	archive := txtar.Parse([]byte("# asof 2026-07-08\nat 2026-07-02 09:00\nby 纳税服务科 " +
		"<a@nsfwk.example>\nappend suqiu.yaml '基线: 0123456789abcdef'\ncommit 基线\n"))
	for _, f := range rules.Run(tell(t, archive)) {
		if f.Rule == "value-type" && f.Path == "suqiu.yaml" && f.Key == "基线" && f.Line > 1 &&
			strings.Contains(f.Message, "不是主分支上的提交") {
			return
		}
	}
	t.Error("nothing is said of the 基线")
}
