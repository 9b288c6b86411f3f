package site

import (
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/report"
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
	m := memory{"0a1b", map[string]made{"cases/202607-NFZX-001.html": {basis{1, 2}, 10, 20}, "reports/2026Q3.docx": {basis{3}, 30, -40}}}
	text := m.text([]string{"cases/202607-NFZX-001.html", "index.html", "reports/2026Q3.docx"})
	all := cmp.AllowUnexported(memory{}, made{})
	if diff := cmp.Diff(m, parseMemory(text, "0a1b"), all); diff != "" {
		t.Error(diff)
	}
	for _, other := range []string{"", "0a1", "0a1c"} {
		if got := parseMemory(text, other); len(got.files) > 0 {
			t.Errorf("ground %q: %v", other, got)
		}
	}
	for i := range text {
		for name, f := range parseMemory(text[:i], "0a1b").files {
			if f != m.files[name] {
				t.Errorf("cut at %d: %s %v", i, name, f)
			}
		}
	}
}
