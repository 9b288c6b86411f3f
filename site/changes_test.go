package site

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"suqiu/internal/changes"
	"suqiu/internal/timeline"
	"suqiu/internal/view"
	"suqiu/internal/workflow"
)

// busy is the sample with news on its last two working days.
func busy(e view.Edition) testInput {
	in := input(e)
	land := func(id, on string, ev workflow.Event) {
		in.Register.Landings = append(in.Register.Landings, timeline.Landing{At: at(on)})
		ev.At, ev.Landing, ev.Unit = timeline.MomentOf(at(on)), len(in.Register.Landings)-1, "信息中心"
		life := &in.Register.Case(id).Life
		life.Events = append(life.Events, ev)
	}
	entry := func(key, word string, decided bool) []workflow.Entry {
		return []workflow.Entry{{Key: key, Word: word, Decided: decided, Unit: "信息中心"}}
	}
	const first, second = "202609-NSFWK-001", "202609-NSFWK-002"
	land(first, "2026-09-28", workflow.Event{Title: "申请延期", Entries: entry("延期申请", "", false)})
	land(first, "2026-09-29", workflow.Event{Title: "延期申请：同意", Entries: entry("延期申请", "同意", true)})
	land(first, "2026-09-29", workflow.Event{Title: "反馈", Entries: entry("反馈", "已解决", false)})
	land(second, "2026-09-29", workflow.Event{Title: "反馈", Entries: entry("反馈", "已解决", false)})
	land(first, "2026-09-30", workflow.Event{Title: "退回反馈", Entries: entry("反馈", "退回", true)})
	land(first, "2026-09-30", workflow.Event{Title: "反馈", Entries: entry("反馈", "已解决", false)})
	land(hiddenID, "2026-09-30", workflow.Event{Title: "机密标题", Entries: entry("反馈", "已解决", false)})
	return in
}

// counted reads how many there are of each kind.
func counted(text, pattern string) map[string]int {
	counts := map[string]int{}
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
		counts[m[1]], _ = strconv.Atoi(m[2])
	}
	return counts
}

// What is new is as much on the first page as on the pages of the two days, and as
// much there as the feed says; and as many rows.
func TestChangesAgree(t *testing.T) {
	for e, answered := range map[view.Edition]int{view.Public: 3, view.Supervision: 4} {
		out := t.TempDir()
		build(t, busy(e), out)
		files := tree(t, out)
		index := counted(files["index.html"], `<h3 class="kind">(\S+) <span class="count">(\d+)</span>`)
		const figure = `<(?:a|span)[^>]*>(\S+) <b>(\d+)</b>`
		days := []map[string]int{counted(files["changes/2026-09-30.html"], figure),
			counted(files["changes/2026-09-29.html"], figure)}
		for _, kind := range changes.Kinds() {
			if sum := days[0][string(kind)] + days[1][string(kind)]; index[string(kind)] != sum {
				t.Errorf("%s: %s: %d on the first page, %d on the days", e, kind, index[string(kind)], sum)
			}
		}
		if index["反馈"] != answered || index["决定"] != 1 || index["审核"] != 1 || index["延期申请"] != 0 {
			t.Errorf("%s: the first page counts %v", e, index)
		}
		feed := map[string]string{}
		for _, entry := range strings.Split(files["feeds/changes.atom"], "<entry>")[1:] {
			feed[regexp.MustCompile(`href="../(changes/[0-9-]+\.html)"`).FindStringSubmatch(entry)[1]] = entry
		}
		pages := 0
		for name, page := range files {
			if !strings.HasPrefix(name, "changes/") {
				continue
			}
			pages++
			told := counted(feed[name], `([^\s>，]+) (\d+)(?:，|</summary>)`)
			rows := 0
			for kind, n := range counted(page, figure) {
				if told[kind] != n {
					t.Errorf("%s: %s: %s: %d in the feed, %d on the page", e, name, kind, told[kind], n)
				}
				rows += n
			}
			if got := strings.Count(page, "<tr>") - strings.Count(page, "<thead>"); got != rows {
				t.Errorf("%s: %s: %d rows, %d counted", e, name, got, rows)
			}
			if (feed[name] != "") != (rows > 0) {
				t.Errorf("%s: %s: a day without news is in the feed, or one with news is not", e, name)
			}
		}
		if pages != 30 {
			t.Errorf("%s: %d pages", e, pages)
		}
	}
}

// Each of the last thirty working days has a page, which leads to the one before it and
// the one after. From 2026-09-30 back there are thirty to 08-20: 28 to 30, 20 to 24, 14 to
// 18, 7 to 11 and 1 to 4 of September (20 is a Sunday that is worked); 31, 24 to 28, 20
// and 21 of August.
func TestChangesAreLinked(t *testing.T) {
	out := t.TempDir()
	build(t, busy(view.Public), out)
	files := tree(t, out)
	walk := func(from, rel string) (last string, n int) {
		link := regexp.MustCompile(`<a href="([0-9-]+)\.html" rel="` + rel + `">`)
		for day := from; ; n++ {
			page, ok := files["changes/"+day+".html"]
			if !ok {
				t.Fatalf("no page of %s", day)
			}
			m := link.FindStringSubmatch(page)
			if m == nil {
				return day, n + 1
			}
			day = m[1]
		}
	}
	if last, n := walk("2026-09-30", "prev"); last != "2026-08-20" || n != 30 {
		t.Errorf("back to %s, %d pages", last, n)
	}
	if last, n := walk("2026-08-20", "next"); last != "2026-09-30" || n != 30 {
		t.Errorf("on to %s, %d pages", last, n)
	}
}

// What the first page opens with is no page of its own: its links lead from the first
// page to what is there, and its ids are none of that page's.
func TestOwnIsSound(t *testing.T) {
	for _, e := range []view.Edition{view.Public, view.Supervision} {
		out := t.TempDir()
		build(t, busy(e), out)
		files := tree(t, out)
		values := func(text, attribute string) (list []string) {
			for _, m := range regexp.MustCompile(` `+attribute+`="([^"]*)"`).FindAllStringSubmatch(text, -1) {
				list = append(list, m[1])
			}
			return list
		}
		taken := values(files["index.html"], "id")
		links := 0
		for _, code := range []string{"NSFWK", "BGS", "XXZX", "JNQ"} {
			var call []string
			script := strings.TrimSuffix(strings.TrimPrefix(files["units/"+code+".js"], "suqiuUnit.show("), ");\n")
			if err := json.Unmarshal([]byte("["+script+"]"), &call); err != nil || len(call) != 2 || call[0] != code {
				t.Fatalf("%s: %v: %.100s", code, err, script)
			}
			for _, href := range values(call[1], "href") {
				path, _, _ := strings.Cut(href, "#")
				path, _, _ = strings.Cut(path, "?")
				if links++; files[path] == "" {
					t.Errorf("%s %s: no %s", e, code, href)
				}
			}
			ids := append(values(call[1], "id"), taken...)
			slices.Sort(ids)
			if len(slices.Compact(ids)) != len(values(call[1], "id"))+len(taken) {
				t.Errorf("%s %s: an id twice", e, code)
			}
		}
		if links < 20 {
			t.Errorf("%s: only %d links", e, links)
		}
	}
}
