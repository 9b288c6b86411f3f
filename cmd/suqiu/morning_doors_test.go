package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/workday"
)

// morningAgrees holds the headline of the sheet of the morning, on its page, in Word and
// on what the first page prints, against the pages and the command that say the same,
// and what it says of the last working day against the sheet of that day.
func morningAgrees(t *testing.T, dir, site string, today workday.Date) {
	t.Helper()
	read := func(name string) string {
		data, err := os.ReadFile(filepath.Join(site, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	number := func(page, pattern string) int {
		found := regexp.MustCompile(pattern).FindStringSubmatch(page)
		if found == nil {
			t.Fatalf("nothing is like %s", pattern)
		}
		n, _ := strconv.Atoi(found[1])
		return n
	}
	index, overdue := read("index.html"), read("overdue/index.html")
	want := []int{number(index, `class="what">在办</span><b>(\d+)`), number(overdue, `#late">超期 <b>(\d+)`),
		number(overdue, `#today">今日到期 <b>(\d+)`), number(overdue, `#soon">临期 <b>(\d+)`),
		number(index, `id="h-wait">待联席会议确认 <span class="count">(\d+)`)}
	if late := number(index, `class="what">超期未办</span><b>(\d+)`); late != want[1] || late == 0 {
		t.Errorf("the first page has %d late, the list %d", late, want[1])
	}
	day, before := headlines(t, read("daily.html"))
	if diff := cmp.Diff(want, day); diff != "" {
		t.Errorf("the sheet (-pages +sheet):\n%s", diff)
	}
	printed, _ := headlines(t, index)
	if diff := cmp.Diff(want, printed); diff != "" {
		t.Errorf("what the first page prints (-pages +paper):\n%s", diff)
	}
	row := "今日"
	for _, n := range want {
		row += "|" + strconv.Itoa(n)
	}
	if wordRows(t, filepath.Join(site, "daily.docx"))[row] == 0 {
		t.Errorf("Word has no row %s", row)
	}

	_, text, _ := invoke(t.Context(), "overdue", "-C", dir, "--as-of", today.String(), "--format", "json")
	var listed struct {
		Items []struct{ Class, Status string }
	}
	if err := json.Unmarshal([]byte(text), &listed); err != nil {
		t.Fatal(err)
	}
	late := 0
	for _, item := range listed.Items {
		if item.Status == "overdue" && item.Class != "内部控制" && item.Class != "本局口径" {
			late++
		}
	}
	if late != day[1] {
		t.Errorf("overdue lists %d late, the sheet %d", late, day[1])
	}

	last := workday.NewCalendar(workday.Overrides{}).Add(today, -1)
	code, _, stderr := invoke(t.Context(), "build", "-C", dir, "--as-of", last.String(), "--out", site+"-before")
	if code != 0 {
		t.Fatal(stderr)
	}
	data, err := os.ReadFile(filepath.Join(site+"-before", "daily.html"))
	if err != nil {
		t.Fatal(err)
	}
	then, _ := headlines(t, string(data))
	if diff := cmp.Diff(then, before); diff != "" {
		t.Errorf("of the last working day (-its own sheet +the sheet of the day after):\n%s", diff)
	}
}

// headlines are the figures of the day and of the last working day, as a sheet has them.
func headlines(t *testing.T, page string) (day, before []int) {
	t.Helper()
	_, table, _ := strings.Cut(page, "sheet-figures")
	table, _, _ = strings.Cut(table, "</table>")
	rows := strings.Split(table, "<tr")
	if len(rows) != 5 {
		t.Fatalf("the headline has %d rows", len(rows)-2)
	}
	figure := regexp.MustCompile(`<td class="n">(?:<a [^>]*>)?(\d+)`)
	for i, list := range []*[]int{&day, &before} {
		for _, cell := range figure.FindAllStringSubmatch(rows[2+i], -1) {
			n, _ := strconv.Atoi(cell[1])
			*list = append(*list, n)
		}
		if len(*list) != 5 {
			t.Errorf("row %d has %d figures", i+1, len(*list))
		}
	}
	return day, before
}
