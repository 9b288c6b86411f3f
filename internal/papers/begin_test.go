package papers_test

import (
	"strings"
	"testing"

	"suqiu/internal/frontmatter"
	"suqiu/internal/papers"
	"suqiu/internal/workday"
)

// What a unit must say itself is not answered for it (DESIGN section 3): no 0
// for a channel of which nothing was registered, no 零报告.
func TestBegunMonthlyHasNoAnswers(t *testing.T) {
	month, err := workday.ParseMonth("2026-07")
	if err != nil {
		t.Fatal(err)
	}
	m := &papers.Monthly{Unit: "纳税服务中心", Month: month, Volumes: []frontmatter.Named{{Name: "12366热线"},
		{Name: "网络舆情"}}}
	m.Zero = m.Total() == 0
	src := papers.BeginMonthly(m)
	got := papers.ParseMonthly("monthly/2026-07/NFZX.md", src, canon)
	if len(got.Problems) != 3 || got.Zero || strings.Contains(string(src), ": 0") {
		t.Errorf("%+v\n%s", got.Problems, src)
	}
	for _, p := range got.Problems {
		if p.Rule != "placeholder-left" {
			t.Errorf("%+v", p)
		}
	}
	// What was registered since is filled in; the rest stays for the unit.
	out, filled, ok := papers.FillMonthly("monthly/2026-07/NFZX.md", src,
		[]frontmatter.Named{{Name: "12366热线", N: 3, Given: true}, {Name: "网络舆情"}}, canon)
	want := strings.Replace(string(src), "12366热线: 〔请填：件数，没有的填 0〕", "12366热线: 3", 1)
	if !ok || len(filled) != 1 || string(out) != want {
		t.Errorf("%v %v\n%s", filled, ok, out)
	}
}
