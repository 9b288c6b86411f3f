package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"suqiu/internal/gittest"
)

// TestDoors compares what waits for a decision and what is overdue on every door.
// DESIGN 9, One truth: "what waits for a decision (objections of leads and
// co-handlers, 说明单, extensions, requests for 一事一议; waiting time in working
// days) and what is overdue (cases, 月报, duties) are computed once; overdue,
// meeting, index, lists, office, units, feeds and calendars show that."
func TestDoors(t *testing.T) {
	t.Parallel()
	dir := sample(t)
	type place struct{ name, dir, asOf string }
	places := []place{{"the sample", dir, day.String()}, {"the sample, earlier", dir, "2026-09-16"},
		{"where everything waits", waitingForAll(t), "2025-07-25"}}
	for seed := range 1 {
		made := filepath.Join(t.TempDir(), "made")
		if code, _, errs := invoke(t.Context(), "demo", made, "--cases", "250", "--seed", strconv.Itoa(seed+3),
			"-q"); code == 2 {
			t.Fatal(errs)
		}
		places = append(places, place{"made up " + strconv.Itoa(seed), made, day.AddDays(-40).String()})
	}
	sources := map[string]bool{}
	for _, p := range places {
		for _, edition := range []string{"公开", "监督"} {
			t.Run(p.name+" "+edition, func(t *testing.T) {
				d := openDoors(t, p.dir, p.asOf, edition)
				d.compare(t)
				for _, w := range d.overdue.Waiting {
					sources[w.Source] = true
				}
			})
		}
	}
	if got := slices.Sorted(maps.Keys(sources)); fmt.Sprint(got) != "[一事一议 延期申请 异议 说明单]" {
		t.Errorf("only %v ever waited", got)
	}
}

// waitingForAll is a repository in which one case waits for each kind of decision,
// one more that is 仅要素, one is overdue, a co-handler objects, a month was not
// handed in and a resolution was not carried out.
func waitingForAll(t *testing.T) string {
	t.Helper()
	config := settings(t)
	const office, lead, co = "by 纳税服务科 <a@nsfwk.example>\n", "by 信息中心 <a@xxzx.example>\n",
		"by 征收管理科 <a@zsglk.example>\n"
	script := "at 2025-05-06 09:00\n" + office +
		"write suqiu.yaml\ncommit 启用\nat 2025-06-04 09:00\nwrite monthly/2025-05/NFZX.md\nwrite meetings/HY2025-01." +
		"md\ncommit 月报和会议\n"
	for n := 1; n <= 6; n++ {
		script += fmt.Sprintf("at 2025-07-01 09:0%d\nby 纳税服务中心 <a@nfzx.example>\nnew 202507-NFZX-00%d\ncommit "+
			"登记\n", n, n)
	}
	script += "at 2025-07-01 09:10\n" + office + "new 202507-NSFWK-001 渠道=投诉\ncommit 登记\n"
	for _, id := range []string{"NFZX-001", "NFZX-002", "NFZX-003", "NFZX-004", "NFZX-005", "NFZX-006", "NSFWK-001"} {
		script += "at 2025-07-07 10:00\n" + office + "set 202507-" + id +
			" 状态=已推送 任务清单=RW202507-01 办理类别=系统技术类 涉及面=高 影响度=中 复杂度=中 紧急程度=一般 " +
			"承办单位=信息中心 协办单位=征收管理科\ncommit 推送\n"
	}
	script += "at 2025-07-08 09:00\n" + lead +
		"set 202507-NFZX-001 状态=异议待确认\nrecord 202507-NFZX-001 说明单 事由=异议 单位=信息中心 理由=不属本单位\n" +
		"commit 异议\n" +
		"set 202507-NSFWK-001 状态=异议待确认\nrecord 202507-NSFWK-001 说明单 事由=异议 单位=信息中心 " +
		"理由=不属本单位\ncommit 异议\n" +
		co + "record 202507-NFZX-002 说明单 事由=异议 单位=征收管理科 理由=不涉及\ncommit 异议\n" +
		"at 2025-07-09 09:00\n" + lead +
		"set 202507-NFZX-003 状态=待研究决定\nrecord 202507-NFZX-003 说明单 事由=无法解决 单位=信息中心 " +
		"理由=区局运维\ncommit 说明\n" +
		"at 2025-07-14 09:00\n" + "record 202507-NFZX-004 延期申请 申请天数=10 原因=扩容 措施=辅导\ncommit 延期\n" +
		"record 202507-NFZX-005 说明单 事由=一事一议 单位=信息中心 理由=须区局排期\ncommit 一事一议\n"
	r := gittest.Empty(t)
	r.Run(script + "-- suqiu.yaml --\n" + config +
		"-- monthly/2025-05/NFZX.md --\n---\n单位: 纳税服务中心\n月份: 2025-05\n渠道收集量:\n  12366热线: 0\n零报告: " +
		"是\n风险点:\n---\n" +
		"-- meetings/HY2025-01.md --\n---\n编号: HY2025-01\n类型: 例会\n召开日期: 2025-06-03\n议题:\n  - 事项: " +
		"错峰提醒\n    决定: 同意\n    责任单位: 信息中心\n    完成期限: 2025-07-10\n---\n")
	return r.Dir
}

// doors are what a repository says on each of them.
type doors struct {
	site    string
	asOf    string
	public  bool
	meeting string // the output of suqiu meeting
	overdue struct {
		Items []struct {
			Case, Title, Unit, Clock, Class, Due, Status, Path string
		}
		Waiting []struct {
			Case, Source string
			Units        []string
			Days         int
		}
	}
	units []struct{ name, code string }
}

func openDoors(t *testing.T, dir, asOf, edition string) *doors {
	t.Helper()
	d := &doors{site: filepath.Join(t.TempDir(), "site"), asOf: asOf, public: edition == "公开"}
	if code, _, errs := invoke(t.Context(), "-C", dir, "--as-of", asOf, "build", "--no-cache", "--edition", edition,
		"--out", d.site); code != 0 {
		t.Fatal(errs)
	}
	_, out, _ := invoke(t.Context(), "-C", dir, "--as-of", asOf, "overdue", "--format", "json")
	if err := json.Unmarshal([]byte(out), &d.overdue); err != nil {
		t.Fatal(err)
	}
	_, d.meeting, _ = invoke(t.Context(), "-C", dir, "--as-of", asOf, "meeting")
	config, err := os.ReadFile(filepath.Join(dir, "suqiu.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`(?m)^  - 名称: (\S+)\n    代码: (\S+)$`).FindAllStringSubmatch(string(config),
		-1) {
		d.units = append(d.units, struct{ name, code string }{m[1], m[2]})
	}
	if len(d.units) == 0 || len(d.overdue.Items) == 0 {
		t.Fatalf("%d units, %d items", len(d.units), len(d.overdue.Items))
	}
	return d
}

func (d *doors) page(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(d.site, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// section is the part of a page with an id, up to the next one.
func section(t *testing.T, page, id string) string {
	t.Helper()
	_, rest, ok := strings.Cut(page, `<h2 id="`+id+`"`)
	if !ok {
		return ""
	}
	before, _, _ := strings.Cut(rest, "</section>")
	return before
}

// queue is the group of rows of the office's page that has an id.
func queue(t *testing.T, page, id string) string {
	t.Helper()
	_, rest, ok := strings.Cut(page, `<tbody id="`+id+`"`)
	if !ok {
		t.Fatalf("no group %s", id)
	}
	before, _, _ := strings.Cut(rest, "</tbody>")
	return before
}

var (
	counted = regexp.MustCompile(`<span class="count">(\d+)</span>`)
	waits   = regexp.MustCompile(`data-wait="([^"]*)"`)
	waited  = regexp.MustCompile(`(\d+) 个工作日`)
)

// number is the count in the heading of a section.
func number(t *testing.T, section string) int {
	t.Helper()
	m := counted.FindStringSubmatch(section)
	if m == nil {
		t.Fatalf("no count in %.200q", section)
	}
	n, _ := strconv.Atoi(m[1])
	return n
}

// listedWaits are the requests that a section lists, sorted.
func listedWaits(section string) []string {
	var list []string
	for _, m := range waits.FindAllStringSubmatch(section, -1) {
		id, _, _ := strings.Cut(m[1], " ") // what is asked is not told of a case that is 仅要素
		list = append(list, id)
	}
	slices.Sort(list)
	return list
}

// counts reports whether a limit of that class can be 超期; right whether the
// clock is of something that a unit may do.
func counts(class string) bool {
	return slices.Contains([]string{"制度规定", "会议议定", "原渠道"}, class)
}
func right(clock string) bool { return clock == "异议" || clock == "说明" }

func (d *doors) compare(t *testing.T) {
	t.Helper()
	var asked []string
	sources, longest := map[string]int{}, 0
	for _, w := range d.overdue.Waiting {
		asked = append(asked, w.Case)
		sources[w.Source]++
		longest = max(longest, w.Days)
	}
	slices.Sort(asked)
	var late, today, soon, hints int
	byUnit := map[string]int{}
	for _, it := range d.overdue.Items {
		switch {
		case right(it.Clock):
		case it.Status == "overdue" && counts(it.Class):
			late++
			byUnit[it.Unit]++
		case it.Status == "overdue":
			hints++
		case it.Status == "soon" && counts(it.Class) && it.Due == d.asOf:
			today++
		case it.Status == "soon" && counts(it.Class):
			soon++
		}
	}

	same := func(door string, got, want any) {
		t.Helper()
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: %v, overdue says %v", door, got, want)
		}
	}
	index := d.page(t, "index.html")
	same("index, late", number(t, section(t, index, "h-late")), late)
	same("index, today", number(t, section(t, index, "h-today")), today)
	same("index, soon", number(t, section(t, index, "h-soon")), soon)
	same("index, what waits", listedWaits(index), asked)
	if longest > 0 {
		same("index, longest", waited.FindStringSubmatch(section(t, index, "h-wait"))[1], longest)
	}
	overdue := d.page(t, "overdue/index.html")
	for id, want := range map[string]int{"h-late": late, "h-today": today, "h-soon": soon, "h-hints": hints} {
		part := section(t, overdue, id)
		if id == "h-hints" && d.public {
			continue // it does not show the office's limits of a case that is 仅要素
		}
		same("overdue page, "+id, number(t, part), want)
		same("overdue page, rows of "+id, strings.Count(part, `data-label="责任单位"`), want)
	}
	same("meetings", listedWaits(d.page(t, "meetings/index.html")), asked)
	office := d.page(t, "office.html")
	same("office, 异议", number(t, queue(t, office, "confirm")), sources["异议"])
	same("office, 说明单 and 一事一议", number(t, queue(t, office, "decide")), sources["说明单"]+
		sources["一事一议"])
	same("office, 延期", number(t, queue(t, office, "extend")), sources["延期申请"])
	for _, w := range d.overdue.Waiting {
		if !strings.Contains(d.meeting, w.Case) {
			t.Errorf("suqiu meeting says nothing of %s", w.Case)
		}
	}
	d.compareUnits(t, byUnit, same)
}

// compareUnits compares the pages, lists and calendars of the units.
func (d *doors) compareUnits(t *testing.T, late map[string]int, same func(string, any, any)) {
	t.Helper()
	months := regexp.MustCompile(`^(\d{4}-\d{2}) 月度报送$`)
	for _, u := range d.units {
		var asked []string
		for _, w := range d.overdue.Waiting {
			if slices.Contains(w.Units, u.name) {
				asked = append(asked, w.Case)
			}
		}
		slices.Sort(asked)
		page := d.page(t, "units/"+u.code+".html")
		same(u.name+", what it asked", listedWaits(page), asked)
		said := 0
		if m := regexp.MustCompile(`超期 (\d+)</b>`).FindStringSubmatch(page); m != nil {
			said, _ = strconv.Atoi(m[1])
		}
		same(u.name+", late", said, late[u.name])
		list, calendar := d.page(t, "tasks/"+u.code+".html"), unfold(d.page(t, "feeds/"+u.code+".ics"))
		for _, it := range d.overdue.Items {
			if it.Unit != u.name || right(it.Clock) || d.public && !counts(it.Class) {
				continue
			}
			id := it.Case
			if m := months.FindStringSubmatch(it.Title); id == "" && m != nil {
				id = m[1]
			}
			id = cmp.Or(id, strings.TrimSuffix(filepath.Base(it.Path), ".md"))
			for door, text := range map[string]string{"its page": page, "its list": list, "its calendar": calendar} {
				if !strings.Contains(text, id) || door != "its calendar" && !strings.Contains(text, it.Due) {
					t.Errorf("%s: %s has no %s of %s", u.name, door, it.Clock, id)
				}
			}
			if !strings.Contains(calendar, "SUMMARY:"+it.Clock+"到期：") {
				t.Errorf("%s: no %s in the calendar", u.name, it.Clock)
			}
		}
	}
}

// unfold joins the lines that RFC 5545 folds.
func unfold(s string) string {
	return strings.NewReplacer("\r\n ", "", "\r\n\t", "").Replace(s)
}
