package site

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"suqiu/internal/papers"
	"suqiu/internal/record"
	"suqiu/internal/register"
	"suqiu/internal/view"
	"suqiu/internal/workflow"
)

// TestManyMerged: a case that hundreds were merged into names some by title and
// leads to all of them.
func TestManyMerged(t *testing.T) {
	in := input(view.Public)
	for i := range 120 {
		in.Register.Cases = append(in.Register.Cases,
			&register.Case{Case: &record.Case{ID: fmt.Sprintf("202608-NSFWK-%03d", i+100), Title: "同一故障",
				Channel: "办税服务厅", Category: "系统技术类", Tickets: 1,
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
	if n := strings.Count(page, ">同一故障<"); n != 10 {
		t.Errorf("%d titles, want 10", n)
	}
	if !strings.Contains(page, "另有 110 件并入本件：") {
		t.Error("the rest is not counted")
	}
}

// TestRelated: a case names each meeting that dealt with it once, and those just
// before it under its 主题.
func TestRelated(t *testing.T) {
	in := input(view.Public)
	add := func(id string) {
		in.Register.Cases = append(in.Register.Cases,
			&register.Case{Case: &record.Case{ID: id, Title: "标题", Channel: "办税服务厅", Category: "系统技术类",
				Tickets: 1,
				State:   "已登记", Topics: []string{"停机"}}, Life: workflow.Life{State: workflow.Registered}})
	}
	for i := 9; i > 0; i-- { // in no order
		add(fmt.Sprintf("202605-NSFWK-%03d", i))
	}
	matter := papers.Topic{Matter: "事项", Cases: []string{"202605-NSFWK-008", "202605-NSFWK-009"}}
	in.Register.Meetings = append(in.Register.Meetings,
		&register.Meeting{Meeting: &papers.Meeting{ID: "LH2026-77", Type: "例会", Held: in.Register.AsOf,
			Topics: []papers.Topic{matter, matter}}})
	v := in.builder()
	list, _ := v.caseMaker.Related(v.Case("202605-NSFWK-008"))
	var got []string
	for _, r := range list {
		got = append(got, r.Name)
	}
	want := []string{"LH2026-77"}
	for i := range list[1:] {
		want = append(want, "标题")
		if id := fmt.Sprintf("202605-NSFWK-%03d", 7-i); list[i+1].ID != id {
			t.Errorf("neighbour %d is %s, want %s", i, list[i+1].ID, id)
		}
	}
	if !slices.Equal(got, want) || len(got) != 1+5 {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestReferencesLead: the answer that another follows (参照), and the one to
// follow instead (替代), are a click away if they have a page.
func TestReferencesLead(t *testing.T) {
	in := input(view.Public)
	c := in.Register.Cases[0]
	c.Feedback[0].Follows = "202609-NSFWK-001"
	c.Lapsed = record.Lapse{Date: day("2026-09-20"), Replaces: "202609-NSFWK-002"}
	out := t.TempDir()
	build(t, in, out)
	page := tree(t, out)["cases/"+c.ID+".html"]
	for _, want := range []string{
		`<dt>参照</dt><dd><a href="202609-NSFWK-001.html">202609-NSFWK-001</a></dd>`,
		`<dt>答复失效</dt><dd>2026-09-20　<a href="202609-NSFWK-002.html">202609-NSFWK-002</a></dd>`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	c.Feedback[0].Follows = "202601-NSFWK-001" // no such case
	build(t, in, out)
	if page := tree(t, out)["cases/"+c.ID+".html"]; !strings.Contains(page, "<dt>参照</dt><dd>202601-NSFWK-001</dd>") {
		t.Error("a 编号 without a page is no plain text")
	}
}
