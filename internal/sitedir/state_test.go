package sitedir

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/search"
)

// A state is read as it was written; of one that is damaged, or of other
// key, nothing is taken for true that was not written so.
func TestState(t *testing.T) {
	m := State{"0a1b",
		map[string]fileState{"cases/202607-NFZX-001.html": {InputHash{1, 2}, 10, 20}, "data/ledger.csv": {InputHash{}, 50, 60}, "reports/2026Q3.docx": {InputHash{3}, 30, -40}},
		map[string]map[string]chunk{"data/ledger.csv": {"0f 1": {0, 12, "3 48.5 行"}, "0e": {12, 38, ""}}},
		map[string]Segment{"2026Q3": {InputHash{4}, 5, search.Made{Key: "2026Q3", Docs: 6, Buckets: 7, Texts: "89abcdef", List: "01234567"}}}}
	text := m.text([]string{"cases/202607-NFZX-001.html", "data/ledger.csv", "index.html", "reports/2026Q3.docx"})
	all := cmp.AllowUnexported(State{}, fileState{}, chunk{}, Segment{})
	if diff := cmp.Diff(m, ParseState(text).on("0a1b"), all); diff != "" {
		t.Error(diff)
	}
	for _, other := range []string{"", "0a1", "0a1c"} {
		if got := ParseState(text).on(other); len(got.files)+len(got.chunks)+len(got.segments) > 0 {
			t.Errorf("key %q: %v", other, got)
		}
	}
	for i := range text {
		got := ParseState(text[:i]).on("0a1b")
		for name, f := range got.files {
			if f != m.files[name] {
				t.Errorf("cut at %d: %s %v", i, name, f)
			}
		}
		for name, list := range got.chunks {
			for key, p := range list {
				if p != m.chunks[name][key] {
					t.Errorf("cut at %d: %s %q %v", i, name, key, p)
				}
			}
		}
		for key, s := range got.segments {
			if s != m.segments[key] {
				t.Errorf("cut at %d: %s %v", i, key, s)
			}
		}
	}
}
