package site

import (
	"fmt"
	"strings"
	"testing"

	"suqiu/internal/casefile"
	"suqiu/internal/docket"
	"suqiu/internal/workflow"
)

// TestManyMerged: a case that hundreds were merged into names some by title and
// leads to all of them.
func TestManyMerged(t *testing.T) {
	in := input(Public)
	for i := range 120 {
		in.Docket.Cases = append(in.Docket.Cases, &docket.Case{Case: &casefile.Case{ID: fmt.Sprintf("202608-NSFWK-%03d", i+100), Title: "同一故障", Channel: "办税服务厅", Tickets: 1,
			State: "已合并", MergedInto: "202608-NSFWK-001"}, Life: workflow.Life{State: workflow.Merged}})
	}
	out := t.TempDir()
	build(t, in, out)
	page := tree(t, out)["cases/202608-NSFWK-001.html"]
	for i := range 120 {
		if link := fmt.Sprintf(`href="202608-NSFWK-%03d.html"`, i+100); strings.Count(page, link) != 1 {
			t.Errorf("%d times %s", strings.Count(page, link), link)
		}
	}
	if n := strings.Count(page, ">同一故障<"); n != mergedInFull {
		t.Errorf("%d titles, want %d", n, mergedInFull)
	}
	if !strings.Contains(page, "另有 110 件并入本件：") {
		t.Error("the rest is not counted")
	}
}
