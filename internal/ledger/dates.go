package ledger

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/width"

	"suqiu/internal/workday"
)

// dateForms are the ways in which people type a day: 2026-07-15, 2026/7/15,
// 2026.7.15, 2026年7月15日, and 20260715; behind it perhaps a day of the week
// and a time.
var dateForms = regexp.MustCompile(`^(\d{4})(?: ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2}) ?[日号]?|(\d{2})(\d{2}))\.?` +
	`[ T,]*(?:\(?(?:星期|周|礼拜)[一二三四五六日天]\)?)?[ ,]*` +
	`(?:(上午|下午|晚上|早上|中午|凌晨|AM|PM)? *(\d{1,2})[:时点](?:(\d{1,2})(?:[:分](\d{1,2})秒?)?分?)?(?:\.\d+)? *(` +
	`AM|PM|am|pm|上午|下午)?(Z|[+-]\d{2}:?\d{2})?)?$`)

// excelDay is the number of 1970-01-01 in Excel's calendar; 20000 to 80000 are
// the years 1954 to 2119.
const (
	excelDay   = 25569
	excelFirst = 20000
	excelLast  = 80000
)

// parseDay reads a day as people type it, or as Excel counts it; epoch is the
// number of 1970-01-01 in the calendar of the file.
func parseDay(typed string, epoch int) (workday.Date, error) {
	s := strings.TrimSpace(narrow(typed))
	if strings.ContainsAny(s, "〇零一二三") && strings.Contains(s, "年") {
		s = chineseDay(s)
	}
	if m := dateForms.FindStringSubmatch(s); m != nil {
		number := func(s string) int { n, _ := strconv.Atoi(s); return n }
		y, mo, da := number(m[1]), number(m[2]+m[4]), number(m[3]+m[5])
		d, err := workday.Parse(fmt.Sprintf("%04d-%02d-%02d", y, mo, da))
		if err != nil || m[11] == "" {
			return d, err
		}
		// With a zone it is an instant, and may be another day in Shanghai.
		for _, zone := range []string{"Z07:00", "Z0700"} {
			text := fmt.Sprintf("%s %02d:%02d%s", d, number(m[7]), number(m[8]), m[11])
			if at, err := time.Parse("2006-01-02 15:04"+zone, text); err == nil {
				return workday.Of(at), nil
			}
		}
		return d, nil
	}
	if serial, err := strconv.ParseFloat(s, 64); err == nil && serial >= excelFirst-excelDay+float64(epoch) &&
		serial < excelLast {
		return workday.New(1970, time.January, 1+int(serial)-epoch), nil
	}
	if yearless.MatchString(s) {
		return 0, fmt.Errorf("“%s”没有四位的年份，日期应写成 2026-07-15 的样子", typed)
	}
	return 0, fmt.Errorf("“%s”不是日期，日期应写成 2026-07-15 的样子", typed)
}

// yearless is a day without its century, or without its year.
var yearless = regexp.MustCompile(`^(?:\d{2}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?$`)

// narrow makes full-width letters, figures and signs half-width ones.
func narrow(s string) string { return width.Fold.String(s) }

// chineseDay writes 二〇二六年七月十五日 in figures; other texts stay.
func chineseDay(s string) string {
	m := chineseDays.FindStringSubmatch(s)
	if m == nil {
		return s
	}
	var year strings.Builder
	for _, r := range m[1] {
		year.WriteString(strconv.Itoa(chineseDigit(r)))
	}
	return fmt.Sprintf("%s-%d-%d%s", year.String(), chineseNumber(m[2]), chineseNumber(m[3]), m[4])
}

var chineseDays = regexp.MustCompile(`^([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([` +
	`一二三四五六七八九十]{1,3})[日号](.*)$`)

func chineseDigit(r rune) int {
	for i, d := range []rune("〇一二三四五六七八九") {
		if r == d {
			return i
		}
	}
	return 0 // 零, ○
}

// chineseNumber reads a number up to 99.
func chineseNumber(s string) int {
	tens, ones, ten := strings.Cut(s, "十")
	if !ten {
		tens, ones = "", s
	}
	n := 0
	for _, r := range ones {
		n = n*10 + chineseDigit(r)
	}
	switch {
	case ten && tens == "":
		n += 10
	case ten:
		n += 10 * chineseNumber(tens)
	}
	return n
}
