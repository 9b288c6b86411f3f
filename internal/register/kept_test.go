package register

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/store"
	"suqiu/internal/workday"
)

// TestJudgedCaseIsWhole fills every field that a kept case can have: none is lost,
// and a field that cannot be kept fails here.
func TestJudgedCaseIsWhole(t *testing.T) {
	n := 0
	var fill func(v reflect.Value)
	fill = func(v reflect.Value) {
		n++
		switch v.Kind() {
		case reflect.String:
			v.SetString(fmt.Sprint("文", n))
		case reflect.Bool:
			v.SetBool(true)
		case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
			v.SetInt(int64(n%100 + 1))
		case reflect.Uint8:
			v.SetUint(uint64(n%100 + 1))
		case reflect.Slice:
			v.Set(reflect.MakeSlice(v.Type(), 2, 2))
			fill(v.Index(0))
			fill(v.Index(1))
		case reflect.Pointer:
			v.Set(reflect.New(v.Type().Elem()))
			fill(v.Elem())
		case reflect.Struct:
			if v.Type() == reflect.TypeFor[time.Time]() {
				v.Set(reflect.ValueOf(time.Unix(int64(1e9+n), 0).In(workday.Shanghai)))
				return
			}
			for i := range v.NumField() {
				if f := v.Type().Field(i); !f.IsExported() {
					t.Fatalf("%s.%s is not exported, so it is not kept", v.Type(), f.Name)
				}
				fill(v.Field(i))
			}
		default:
			t.Fatalf("nobody has said how to keep %s", v.Type())
		}
	}
	var j judgedCase
	fill(reflect.ValueOf(&j).Elem())
	d := store.Dir{Path: t.TempDir(), Build: "build"}
	store.Write(d, "cases", "label", []*judgedCase{&j})
	if diff := cmp.Diff([]*judgedCase{&j}, store.Read[*judgedCase](d, "cases", "label")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
