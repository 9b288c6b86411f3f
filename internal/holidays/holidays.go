// Package holidays reads the State Council's yearly notice (国务院办公厅关于部分节假日
// 安排的通知) as its text, as somebody pastes it from a web page, checks it by what
// it says of itself and by the law, and writes it into suqiu.yaml as 日历.
package holidays

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"suqiu/internal/problem"
	"suqiu/internal/workday"
)

// Notice is what a notice says of one year.
type Notice struct {
	Year     int
	Holidays []Holiday // in the order of the text
}

// Holiday is one paragraph: the days off and the weekend days that are worked in
// return (调休上班).
type Holiday struct {
	Name string // 中秋节、国庆节
	Off  []Range
	Work []workday.Date
	Line int // of the paragraph, from one
}

// Range is some days, both ends included.
type Range struct{ First, Last workday.Date }

// String is the range as 日历 has it: 2027-02-05/2027-02-11, or one date.
func (r Range) String() string {
	if r.First == r.Last {
		return r.First.String()
	}
	return r.First.String() + "/" + r.Last.String()
}

// Days is how many days there are.
func (r Range) Days() int { return int(r.Last-r.First) + 1 }

const festivals = "元旦|春节|清明节|劳动节|端午节|中秋节|国庆节"

var (
	yearPattern      = regexp.MustCompile(`(\d{4})年(?:部分)?(?:节假日|放假)`)
	paragraphPattern = regexp.MustCompile(`((?:` + festivals + `)(?:[、和](?:` + festivals + `))*)：`)
	datePattern      = regexp.MustCompile(`(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:（([^）]*)）)?`)
	countPattern     = regexp.MustCompile(`(?:共|放假)(\d{1,2})天`)
	weekdayPattern   = regexp.MustCompile(`(?:周|星期)([一二三四五六日天])`)
)

// Read reads a notice. A year of zero is that which the text names. Where there
// are problems of severity error the notice is not to be used.
func Read(text string, year int) (*Notice, []problem.Problem) {
	r := &reader{text: normal(text)}
	n := &Notice{Year: cmp.Or(year, r.year())}
	if n.Year == 0 {
		r.tell(0, problem.Error, "看不出是哪一年的通知",
			"把标题“国务院办公厅关于2027年部分节假日安排的通知”一起贴上，或者用 --year 写明年份")
		return n, r.problems
	}
	r.of = n.Year
	starts := paragraphPattern.FindAllStringSubmatchIndex(r.text.plain, -1)
	for i, at := range starts {
		end := len(r.text.plain)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		n.Holidays = append(n.Holidays, r.holiday(r.text.plain[at[2]:at[3]], at[1], end))
	}
	if len(n.Holidays) == 0 {
		r.tell(0, problem.Error, "没有“元旦：…”“春节：…”这样的段落", "把通知中写放假和上班日期的各段原样贴上")
		return n, r.problems
	}
	r.law(n)
	return n, r.problems
}

// reader reads one text.
type reader struct {
	text     plainText
	of       int // the year
	problems []problem.Problem
}

// plainText is a text without blanks and in one spelling of signs and digits, and
// where each of its bytes stood.
type plainText struct {
	plain string
	lines []int
}

var spelling = strings.NewReplacer("(", "（", ")", "）", ":", "：", ",", "，", ";", "；",
	"~", "至", "～", "至", "—", "至", "–", "至", "到", "至", "号", "日")

func normal(text string) plainText {
	var b strings.Builder
	var lines []int
	for i, line := range strings.Split(text, "\n") {
		for _, word := range strings.Fields(line) {
			word = spelling.Replace(strings.Map(narrow, word))
			b.WriteString(word)
			for range len(word) {
				lines = append(lines, i+1)
			}
		}
	}
	return plainText{b.String(), lines}
}

// narrow is a digit that was typed wide.
func narrow(r rune) rune {
	if r >= '０' && r <= '９' {
		return r - '０' + '0'
	}
	return r
}

func (r *reader) tell(at int, severity problem.Severity, message, fix string) {
	line := 1
	if at > 0 && at < len(r.text.lines) {
		line = r.text.lines[at]
	}
	r.problems = append(r.problems, problem.Problem{Rule: "date-invalid", Severity: severity, Line: line,
		Message: message, Fix: fix})
}

func (r *reader) year() int {
	m := yearPattern.FindStringSubmatch(r.text.plain)
	if m == nil {
		return 0
	}
	year, _ := strconv.Atoi(m[1])
	return year
}

// holiday reads one paragraph. What it recommends (鼓励…在除夕休息) is no day off.
func (r *reader) holiday(name string, from, to int) Holiday {
	h := Holiday{Name: strings.ReplaceAll(name, "和", "、"), Line: r.text.lines[from-1]}
	for from < to {
		sentence := r.text.plain[from:to]
		if i := strings.Index(sentence, "。"); i >= 0 {
			sentence = sentence[:i+len("。")]
		}
		if !strings.Contains(sentence, "鼓励") && !strings.Contains(sentence, "建议") {
			r.sentence(&h, sentence, from)
		}
		from += len(sentence)
	}
	if len(h.Off) == 0 {
		r.tell(from, problem.Error, "“"+name+"”一段没有写哪天放假",
			"原样贴上“1月1日至3日放假调休，共3天”这样的句子")
	}
	return h
}

// sentence takes over the days of a sentence: those before 放假 are off, those
// before 上班 are worked.
func (r *reader) sentence(h *Holiday, sentence string, at int) {
	for sentence != "" {
		off, work := strings.Index(sentence, "放假"), strings.Index(sentence, "上班")
		end, worked := off, false
		if end < 0 || work >= 0 && work < off {
			end, worked = work, true
		}
		if end < 0 {
			if datePattern.MatchString(sentence) {
				r.tell(at, problem.Error, "看不出是放假还是上班：“"+sentence+"”", "句中写明“放假”或者“上班”")
			}
			return
		}
		ranges := r.ranges(sentence[:end], at)
		rest := sentence[end+len("放假"):]
		switch {
		case worked:
			for _, x := range ranges {
				for d := x.First; d <= x.Last; d++ {
					h.Work = append(h.Work, d)
				}
			}
		default:
			h.Off = append(h.Off, ranges...)
			r.count(ranges, sentence[end:], at)
		}
		at += len(sentence) - len(rest)
		sentence = rest
	}
}

// count compares how many days there are with 共3天.
func (r *reader) count(ranges []Range, text string, at int) {
	if i := strings.Index(text[1:], "上班"); i >= 0 {
		text = text[:i+1]
	}
	m := countPattern.FindStringSubmatch(text)
	if m == nil {
		return
	}
	told, _ := strconv.Atoi(m[1])
	days := 0
	for _, x := range ranges {
		days += x.Days()
	}
	if told != days {
		r.tell(at, problem.Error, fmt.Sprintf("写的是共 %d 天，日期却有 %d 天", told, days), "对照原文改正日期")
	}
}

// ranges are the days that a text names: 2月15日（周日）至23日、2月28日.
func (r *reader) ranges(text string, at int) (list []Range) {
	month, last := 0, 0
	first := "" // what is said of the weekday of the day that may begin a range
	for _, m := range datePattern.FindAllStringSubmatchIndex(text, -1) {
		group := func(i int) string { return text[max(m[2*i], 0):max(m[2*i+1], 0)] }
		if group(2) != "" {
			month, _ = strconv.Atoi(group(2))
		}
		d, ok := r.date(group(1), month, group(3), at+m[0])
		if !ok {
			return list
		}
		until := len(list) > 0 && text[last:m[0]] == "至"
		last = m[1]
		if !until {
			list = append(list, Range{d, d})
			first = group(4)
			if !strings.HasPrefix(text[last:], "至") {
				r.weekday(d, first, at+m[0])
			}
			continue
		}
		open := &list[len(list)-1]
		if d < open.First && group(1) == "" { // 12月31日至1月2日
			open.First = workday.New(open.First.Year()-1, open.First.Month(), open.First.Day())
		}
		open.Last = d
		r.weekday(open.First, first, at+m[0])
		r.weekday(d, group(4), at+m[0])
		if days := open.Days(); days < 2 || days > longest {
			r.tell(at+m[0], problem.Error, fmt.Sprintf("%s 至 %s 前后颠倒，或者超过 %d 天", open.First, d, longest),
				"对照原文改正日期")
			return list[:len(list)-1]
		}
	}
	return list
}

// longest is how many days 日历 takes as one range.
const longest = 31

func (r *reader) date(year string, month int, day string, at int) (workday.Date, bool) {
	y := r.of
	if year != "" {
		y, _ = strconv.Atoi(year)
	}
	n, _ := strconv.Atoi(day)
	text := fmt.Sprintf("%04d-%02d-%02d", y, month, n)
	d, err := workday.Parse(text)
	if err != nil || y < r.of-1 || y > r.of+1 {
		r.tell(at, problem.Error, "“"+text+"”不是 "+strconv.Itoa(r.of)+" 年安排里的日期", "对照原文改正日期")
		return 0, false
	}
	return d, true
}

// weekday compares a date with the day of the week behind it.
func (r *reader) weekday(d workday.Date, note string, at int) {
	m := weekdayPattern.FindStringSubmatch(note)
	if m == nil {
		return
	}
	told := strings.Replace(m[1], "天", "日", 1)
	if is := weekdayName(d); told != is {
		r.tell(at, problem.Error, fmt.Sprintf("%s 是星期%s，写的是星期%s", d, is, told),
			"对照原文改正日期，也看看年份对不对")
	}
}

func weekdayName(d workday.Date) string {
	return string([]rune("日一二三四五六")[d.Weekday()])
}

func weekend(d workday.Date) bool { return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday }

// Off reports whether a day is off by the notice.
func (n *Notice) Off(d workday.Date) bool {
	return slices.ContainsFunc(n.Holidays, func(h Holiday) bool {
		return slices.ContainsFunc(h.Off, func(x Range) bool { return x.First <= d && d <= x.Last })
	})
}
