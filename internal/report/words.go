package report

import (
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/register"
	"suqiu/internal/workday"
)

func itoa(n int) string { return strconv.Itoa(n) }

// items is 5项, the way official documents write a number.
func items(n int) string { return itoa(n) + "项" }

// quarterName is 2026年第三季度.
func quarterName(q workday.Quarter) string {
	return itoa(q.Year) + "年第" + [...]string{"", "一", "二", "三", "四"}[q.Q] + "季度"
}

// chineseDate is 2026年10月9日.
func chineseDate(d workday.Date) string {
	return itoa(d.Year()) + "年" + itoa(int(d.Month())) + "月" + itoa(d.Day()) + "日"
}

// dateOrNothing is the day, or a dash.
func dateOrNothing(d workday.Date) string {
	if d == 0 {
		return nothing
	}
	return d.String()
}

// enumerate joins parts with 、 and leaves out the empty ones.
func enumerate(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "、")
}

// some is name and number, or nothing of none: 超期未办2项.
func some(name string, n int) string {
	if n == 0 {
		return ""
	}
	return name + items(n)
}

// rate is a share in prose: 92.3%（12/13）; bare counts if the whole is small;
// 无 of nothing.
func rate(s Share) string {
	if s.Of == 0 {
		return "无可比数"
	}
	counts := itoa(s.N) + "/" + itoa(s.Of)
	if p, ok := s.Percent(); ok {
		return p + "（" + counts + "）"
	}
	return counts
}

// against says how a number compares with that of another quarter, in words;
// empty where the other one has none, and bare numbers where one is small.
func against(label string, now, base int) string {
	switch {
	case base == 0:
		return ""
	case base < MinBase || now < MinBase:
		return "（" + label + items(base) + "）"
	case now == base:
		return "，与" + label + "持平"
	}
	verb, by := "增加", now-base
	if by < 0 {
		verb, by = "减少", -by
	}
	return "，比" + label + verb + items(by) + "（" + signed(1000*(now-base), base) + "%）"
}

// name is how a case is called in running text.
func (w *composer) name(c *register.Case) string {
	if w.hidden(c) {
		return c.ID + "（限范围查看）"
	}
	return "“" + c.Title + "”（" + c.ID + "）"
}

// title is what a table shows as 标题.
func (w *composer) title(c *register.Case) string {
	if w.hidden(c) {
		return "限范围查看"
	}
	return c.Title
}

// hidden reports whether only the 要素 of a case may be shown.
func (w *composer) hidden(c *register.Case) bool { return !w.o.Supervision && w.d.Restricted(c) }

// several names units in running text, at most a few of them.
func several(units []string) string {
	const most = 8
	if len(units) <= most {
		return strings.Join(units, "、")
	}
	return strings.Join(units[:most], "、") + "等" + itoa(len(units)) + "个单位，各单位数目见附件"
}

// names lists cases in running text, at most a few of them.
func (w *composer) names(tracks []*track) string {
	const most = 5
	var list []string
	for _, tr := range tracks {
		if len(list) == most {
			return strings.Join(list, "、") + "等"
		}
		list = append(list, w.name(tr.c))
	}
	return strings.Join(list, "、")
}

// paragraphs makes blocks of the texts that say something.
func paragraphs(texts ...string) []Block {
	var blocks []Block
	for _, t := range texts {
		if t != "" {
			blocks = append(blocks, Block{Text: t})
		}
	}
	return blocks
}

// prefixed is a text behind another, or nothing if there is no text.
func prefixed(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}
