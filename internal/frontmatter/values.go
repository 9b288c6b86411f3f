package frontmatter

import (
	"cmp"
	"strconv"
	"strings"

	"suqiu/internal/problem"
	"suqiu/internal/slip"
	"suqiu/internal/workday"
)

func (d *decoder) day(p place) workday.Date {
	text := d.scalar(p)
	if text == "" {
		return 0
	}
	if date, err := workday.Parse(text); err == nil {
		return date
	}
	fixed := slip.Date(text)
	switch {
	case fixed == "" && slip.IsDate(text):
		d.at("date-invalid", p, "“"+p.key.Name+"”的“"+problem.Clip(text)+"”这一天不存在",
			d.paste(p.field, p.key.Placeholder()))
	case fixed == "":
		d.at("date-invalid", p, "“"+p.key.Name+"”的“"+problem.Clip(text)+"”不是日期",
			d.paste(p.field, cmp.Or(slip.MonthEnd(text), p.key.Placeholder())))
	case fixed == slip.HalfWidth(text):
		d.at("fullwidth-punctuation", p, "“"+p.key.Name+"”用了全角数字或符号", d.paste(p.field, fixed))
	default:
		d.at("date-invalid", p, "“"+p.key.Name+"”的“"+problem.Clip(text)+"”不是 2026-07-01 这样的格式",
			d.paste(p.field, fixed))
	}
	date, err := workday.Parse(fixed)
	if err != nil {
		return 0
	}
	return date
}

// maxCount bounds 件数 and numbers of days.
const maxCount = 100000

func (d *decoder) count(p place) int {
	text := d.scalar(p)
	if text == "" {
		return 0
	}
	if n, ok := wholeFrom1(text); ok {
		return n
	}
	for _, unit := range []string{"个工作日", "工作日", "天", "日", "件", "个"} {
		text = strings.TrimSuffix(text, unit)
	}
	half := strings.TrimSpace(slip.HalfWidth(text))
	n, ok := wholeFrom1(half)
	if !ok {
		d.at("value-type", p, "“"+p.key.Name+"”应当是不小于 1 的整数，只写数字", d.paste(p.field, p.key.Placeholder()))
		return 0
	}
	rule, what := "value-type", "只写数字，不写单位"
	if half != text {
		rule, what = "fullwidth-punctuation", "用了全角数字"
	}
	d.at(rule, p, "“"+p.key.Name+"”"+what, d.paste(p.field, half))
	return n
}

func wholeFrom1(text string) (int, bool) {
	for i := 0; i < len(text); i++ {
		if text[i] < '0' || text[i] > '9' {
			return 0, false
		}
	}
	n, err := strconv.Atoi(text)
	return n, err == nil && n >= 1 && n <= maxCount
}

// period reads a month or a quarter.
func (d *decoder) period(p place, mend func(string) string, what, example string) string {
	text := d.scalar(p)
	if text == "" {
		return ""
	}
	fixed := mend(text)
	switch {
	case fixed == text:
	case fixed == "":
		d.at("date-invalid", p, "“"+p.key.Name+"”的“"+problem.Clip(text)+"”不是"+what,
			d.paste(p.field, p.key.Placeholder()))
	case fixed == slip.HalfWidth(text):
		d.at("fullwidth-punctuation", p, "“"+p.key.Name+"”用了全角数字或符号", d.paste(p.field, fixed))
	default:
		d.at("date-invalid", p, "“"+p.key.Name+"”的“"+problem.Clip(text)+"”不是 "+example+" 这样的格式",
			d.paste(p.field, fixed))
	}
	return fixed
}

// points reads a number of points.
func (d *decoder) points(p place) string {
	text := d.scalar(p)
	if text == "" {
		return ""
	}
	fixed, ok := slip.Points(text)
	if !ok {
		d.at("value-type", p, "“"+p.key.Name+"”应当是不小于 0 的数，至多两位小数",
			d.paste(p.field, p.key.Placeholder()))
		return ""
	}
	if fixed != text {
		d.at("value-type", p, "“"+p.key.Name+"”只写数字，不写单位", d.paste(p.field, fixed))
	}
	return fixed
}
