package site

import (
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/report"
	"suqiu/internal/search"
)

// TestReportIsAllExported: what a report is made of is told by its JSON, which
// leaves out a field that is not exported.
func TestReportIsAllExported(t *testing.T) {
	seen := map[reflect.Type]bool{}
	var look func(reflect.Type)
	look = func(typ reflect.Type) {
		switch {
		case typ.Kind() == reflect.Pointer || typ.Kind() == reflect.Slice:
			look(typ.Elem())
		case typ.Kind() != reflect.Struct || seen[typ] || typ.PkgPath() != reflect.TypeFor[report.Document]().PkgPath():
			return // quarters and days tell of themselves
		default:
			seen[typ] = true
			for i := range typ.NumField() {
				f := typ.Field(i)
				if !f.IsExported() || f.Tag != "" {
					t.Errorf("%s.%s is not in the JSON as it is", typ, f.Name)
				}
				look(f.Type)
			}
		}
	}
	look(reflect.TypeFor[report.Document]())
	if len(seen) < 6 {
		t.Errorf("only %d types", len(seen))
	}
}

// A memory is read as it was written; of one that is damaged, or of other
// ground, nothing is taken for true that was not written so.
func TestMemory(t *testing.T) {
	m := memory{"0a1b",
		map[string]made{"cases/202607-NFZX-001.html": {basis{1, 2}, 10, 20}, "data/ledger.csv": {basis{}, 50, 60}, "reports/2026Q3.docx": {basis{3}, 30, -40}},
		map[string]map[string]piece{"data/ledger.csv": {"0f 1": {0, 12, "3 48.5 行"}, "0e": {12, 38, ""}}},
		map[string]madeSegment{"2026Q3": {basis{4}, 5, search.Made{Key: "2026Q3", Docs: 6, Buckets: 7, Texts: "89abcdef", List: "01234567"}}}}
	text := m.text([]string{"cases/202607-NFZX-001.html", "data/ledger.csv", "index.html", "reports/2026Q3.docx"})
	all := cmp.AllowUnexported(memory{}, made{}, piece{}, madeSegment{})
	if diff := cmp.Diff(m, parseMemory(text).on("0a1b"), all); diff != "" {
		t.Error(diff)
	}
	for _, other := range []string{"", "0a1", "0a1c"} {
		if got := parseMemory(text).on(other); len(got.files)+len(got.pieces)+len(got.segments) > 0 {
			t.Errorf("ground %q: %v", other, got)
		}
	}
	for i := range text {
		got := parseMemory(text[:i]).on("0a1b")
		for name, f := range got.files {
			if f != m.files[name] {
				t.Errorf("cut at %d: %s %v", i, name, f)
			}
		}
		for name, list := range got.pieces {
			for key, p := range list {
				if p != m.pieces[name][key] {
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
