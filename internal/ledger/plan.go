package ledger

import (
	"fmt"
	"strconv"
	"strings"

	"suqiu/internal/record"
)

// Fault is what is wrong with one cell of a ledger, or with one line.
type Fault struct {
	Sheet  string // of an Excel file
	Line   int    // of the file, from 1
	Column string // as Excel calls it, or the number of a CSV field; empty: the whole line
	Title  string // of the column
	What   string
}

// String says it to the user.
func (f Fault) String() string {
	where := ""
	if f.Sheet != "" {
		where = "工作表“" + f.Sheet + "”"
	}
	where += "第 " + strconv.Itoa(f.Line) + " 行"
	if f.Column != "" {
		where += " " + f.Column + " 列"
	}
	if f.Title != "" {
		where += "（" + f.Title + "）"
	}
	return where + "：" + f.What
}

// Plan is what a ledger brings.
type Plan struct {
	Cases   []*record.Case // new ones, with 编号 and Path, in the order of the file
	Faults  []Fault        // lines with a fault bring no case
	Again   int            // lines whose case is there already: they bring none either
	Ignored []string       // titles of columns that were not read
	Told    []string       // remarks about what was read, and what was left out
}

// Known are the cases that are there before a ledger is read.
type Known struct {
	Numbers []string       // every 编号 in use
	Cases   []*record.Case // those with which a line may agree
	// Highest is the highest sequence number that is in use elsewhere, on some other
	// branch, behind what a 编号 begins with; nil: nowhere. A case without 编号 gets
	// none of those.
	Highest func(prefix string) (int, error)
}

// remarks gathers the lines about which something is to be told.
type remarks struct {
	order []string
	lines map[string][]string
}

func (r *remarks) add(what, line string) {
	if r.lines == nil {
		r.lines = map[string][]string{}
	}
	if _, ok := r.lines[what]; !ok {
		r.order = append(r.order, what)
	}
	r.lines[what] = append(r.lines[what], line)
}

// mostTold is how many lines a remark names.
const mostTold = 10

func (r *remarks) texts() (list []string) {
	for _, what := range r.order {
		lines := r.lines[what]
		text := strings.Join(lines[:min(len(lines), mostTold)], "、")
		if len(lines) > mostTold {
			text += fmt.Sprintf("等 %d 行", len(lines))
		}
		list = append(list, fmt.Sprintf(what, text))
	}
	return list
}

// twins finds a case that says the same as another: by the number of its source
// channel, or by title, channel and day.
type twins struct {
	byNumber, bySubject map[string]*record.Case
}

func newTwins() *twins {
	return &twins{map[string]*record.Case{}, map[string]*record.Case{}}
}

func sourceNumber(s string) string { return strings.ToUpper(plainName(s)) }

func subject(c *record.Case) string {
	return plainName(c.Title) + "\x00" + plainName(c.Channel) + "\x00" + c.Collected.String()
}

func (t *twins) add(c *record.Case) {
	for _, no := range c.SourceNos {
		if key := sourceNumber(no); t.byNumber[key] == nil {
			t.byNumber[key] = c
		}
	}
	if key := subject(c); t.bySubject[key] == nil {
		t.bySubject[key] = c
	}
}

// of is the case that c says again, and by what that is seen; nil if there is
// none. Two with numbers of their own are two.
func (t *twins) of(c *record.Case) (*record.Case, string) {
	for _, no := range c.SourceNos {
		if twin := t.byNumber[sourceNumber(no)]; twin != nil {
			return twin, "原渠道单号 " + no
		}
	}
	if twin := t.bySubject[subject(c)]; twin != nil && (len(c.SourceNos) == 0 || len(twin.SourceNos) == 0) {
		return twin, "标题、渠道和收集日期"
	}
	return nil, ""
}
