package ledger

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"suqiu/internal/workday"
)

// dateForms are the ways in which people type a day: 2026-07-15, 2026/7/15,
// 2026.7.15, 2026年7月15日, each perhaps with a time behind; and 20260715.
var dateForms = regexp.MustCompile(`^(\d{4})(?:[-/.年－／．](\d{1,2})[-/.月－／．](\d{1,2})日?|(\d{2})(\d{2}))(?:[ T　]*\d{1,2}[:：时]\d{1,2}(?:[:：分]\d{1,2}秒?)?(?:\.\d+)?)?$`)

// excelDay is the number of 1970-01-01 in Excel's calendar; 20000 to 80000 are
// the years 1954 to 2119.
const (
	excelDay   = 25569
	excelFirst = 20000
	excelLast  = 80000
)

// parseDay reads a day as people type it, or as Excel counts it.
func parseDay(s string) (workday.Date, error) {
	s = strings.TrimSpace(s)
	if m := dateForms.FindStringSubmatch(s); m != nil {
		month, day := m[2]+m[4], m[3]+m[5]
		y, _ := strconv.Atoi(m[1])
		mo, _ := strconv.Atoi(month)
		da, _ := strconv.Atoi(day)
		return workday.Parse(fmt.Sprintf("%04d-%02d-%02d", y, mo, da))
	}
	if serial, err := strconv.ParseFloat(s, 64); err == nil && serial >= excelFirst && serial < excelLast {
		return workday.New(1970, time.January, 1+int(serial)-excelDay), nil
	}
	return 0, fmt.Errorf("“%s”不是日期，日期应写成 2026-07-15 的样子", s)
}
