package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// calendarAgrees holds the days of each calendar against the rows of the lists on its
// page, the ages and the line of the chart against the number of open cases.
func calendarAgrees(t *testing.T, site string) {
	t.Helper()
	units, err := filepath.Glob(filepath.Join(site, "units", "[A-Z]*.html"))
	if err != nil || len(units) < 10 {
		t.Fatalf("%d pages of units, %v", len(units), err)
	}
	cells := 0
	for _, name := range append(units, filepath.Join(site, "overdue", "index.html")) {
		page := readPage(t, name)
		if filepath.Base(filepath.Dir(name)) == "units" { // of which 待办 is what its calendar is of
			for _, id := range []string{"h-wait", "h-open", "h-help"} {
				page, _, _ = strings.Cut(page, `aria-labelledby="`+id+`"`)
			}
		}
		rows := map[string]int{}
		for _, row := range regexp.MustCompile(`(?s)<tr.*?</tr>`).FindAllString(page, -1) {
			m := regexp.MustCompile(`data-label="(?:现)?到期日" data-v="([\d-]+)"`).FindStringSubmatch(row)
			if m != nil && !regexp.MustCompile(`<small>(异议|说明)</small>`).MatchString(row) {
				rows[m[1]]++
			}
		}
		for _, m := range regexp.MustCompile(`<a href="#(d-[\d-]+)" data-day="([\d-]+)"[^>]*>(\d+)</a>`).
			FindAllStringSubmatch(page, -1) {
			if n, _ := strconv.Atoi(m[3]); n != rows[m[2]] {
				t.Errorf("%s: the calendar has %d on %s, the lists %d", filepath.Base(name), n, m[2], rows[m[2]])
			}
			if strings.Count(page, `<tr id="`+m[1]+`"`) != 1 {
				t.Errorf("%s: %s leads to no row", filepath.Base(name), m[1])
			}
			delete(rows, m[2])
			cells++
		}
		beyond := 0
		for _, n := range rows {
			beyond += n
		}
		told := numberIn(page, `此前各月到期、还没有办的 (\d+) 个`) + numberIn(page, `以后各月到期的 (\d+) 个`)
		if beyond != told {
			t.Errorf("%s: %d rows stand on no day, %d are told", filepath.Base(name), beyond, told)
		}
	}
	if cells < 15 {
		t.Errorf("only %d days have something due", cells)
	}
	index := readPage(t, filepath.Join(site, "index.html"))
	overdue := readPage(t, filepath.Join(site, "overdue", "index.html"))
	open := numberIn(index, `在办</span><b>(\d+)</b>`)
	if n := numberIn(overdue, `在办时长 <span class="count">(\d+)<`); n != open || open == 0 {
		t.Errorf("%d cases have an age, %d are open", n, open)
	}
	if n := numberIn(index, `<text class="end"[^>]*>(\d+)<`); n != open {
		t.Errorf("the line of what is open ends in %d, %d are open", n, open)
	}
}

func numberIn(page, pattern string) int {
	m := regexp.MustCompile(pattern).FindStringSubmatch(page)
	if m == nil {
		return 0
	}
	n, _ := strconv.Atoi(m[1])
	return n
}

func readPage(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
