package site

import (
	"reflect"
	"testing"

	"suqiu/internal/document"
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
		case typ.Kind() != reflect.Struct || seen[typ] ||
			typ.PkgPath() != reflect.TypeFor[document.Document]().PkgPath():
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
	look(reflect.TypeFor[document.Document]())
	if len(seen) < 6 {
		t.Errorf("only %d types", len(seen))
	}
}
