package ledger

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"suqiu/internal/frontmatter"
	"suqiu/internal/record"
)

// headLines is among how many lines a head is looked for.
const headLines = 20

// titlesOfOurs are the titles of the columns that Import reads, by all names that
// they go under, without blanks and signs.
var titlesOfOurs = titlesByName(record.Schema())

func titlesByName(s *frontmatter.Schema) map[string]string {
	names := map[string]string{}
	for _, k := range readKeys(s) {
		name := strings.TrimPrefix(k.Name, "## ")
		for _, other := range append(strings.Fields(k.Ledger.Aliases), name) {
			names[other] = name
		}
	}
	return names
}

// readKeys are the keys that Import reads: those of the registration, which end
// at 状态, and the sections that have a column.
func readKeys(s *frontmatter.Schema) []*frontmatter.Key {
	var list []*frontmatter.Key
	for i := range s.Keys {
		k := &s.Keys[i]
		if k.Name == "状态" {
			break
		}
		if k.Ledger.Width > 0 {
			list = append(list, k)
		}
	}
	for i := range s.Sections {
		if k := &s.Sections[i]; k.Ledger.Width > 0 {
			list = append(list, k)
		}
	}
	return list
}

// required are the columns without which there is no case.
var required = []string{"标题", "渠道", "收集日期"}

// bare is a title without what people decorate it with.
func bare(s string) string {
	s = narrow(s)
	s, _, _ = strings.Cut(s, "(")
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\r\n*:/、“”\"·.", r) {
			return -1
		}
		return r
	}, s)
}

// head is where the titles stand and what they say.
type head struct {
	columns map[string]int // title of ours → column
	titles  []string       // as typed, by column
	last    int            // index of the last line of the head
}

// How surely a title is meant: ours to the letter, under another name, by the
// lower line of a head of two, by the upper one.
const (
	byGroup = iota
	byLower
	byAlias
	exact
)

var errNoHead = errors.New("没有找到表头：前 20 行中应有一行写着“标题”“渠道”“收集单位”“收集日期”“诉求内容”等列名")

// errTwice says that two columns claim one title.
type errTwice struct{ error }

// findHead finds the line of titles among the first twenty, or two lines of
// which the upper one groups the titles of the lower one.
func findHead(t *Table) (*head, error) {
	for i := range min(len(t.Lines), headLines) {
		h, err := headOf(t, singles(t.Lines[i].Cells))
		if h != nil {
			h.last = i
		}
		if i+1 < len(t.Lines) && groups(&t.Lines[i], &t.Lines[i+1]) {
			below, _ := headOf(t, singles(t.Lines[i+1].Cells))
			two, err2 := headOf(t, pairs(t.Lines[i].Cells, t.Lines[i+1].Cells))
			if two != nil && len(two.columns) > h.len() && len(two.columns) >= below.len() {
				h, err = two, err2
				h.last = i + 1
			}
		}
		if h.len() < 2 {
			continue
		}
		if err != nil {
			return nil, errTwice{fmt.Errorf("第 %d 行%w；请只留一列，或把要读的那一列的列名改得不一样",
				t.Lines[h.last].N, err)}
		}
		var missing []string
		for _, name := range required {
			if _, ok := h.columns[name]; !ok {
				missing = append(missing, "“"+name+"”")
			}
		}
		if len(missing) > 0 {
			cure := "请补上，或把意思相同的列名改成它"
			if _, ok := h.columns["诉求内容"]; ok && slices.Contains(missing, "“标题”") {
				cure += "；有了“诉求内容”也要有“标题”，每件用一句话概括"
			}
			return nil, fmt.Errorf("表头（第 %d 行）缺少%s列；%s", t.Lines[h.last].N, strings.Join(missing, "、"), cure)
		}
		return h, nil
	}
	return nil, errNoHead
}

func (h *head) len() int {
	if h == nil {
		return 0
	}
	return len(h.columns)
}

// groups reports whether the lower of two lines may hold the titles of columns
// that the upper one groups: it holds no days and no figures.
func groups(upper, lower *Line) bool {
	n := 0
	for _, cell := range upper.Cells {
		if cell != "" {
			n++
		}
	}
	for _, cell := range lower.Cells {
		if _, err := parseDay(cell, excelDay); err == nil || strings.Trim(narrow(cell), "0123456789.") == "" &&
			cell != "" {
			return false
		}
	}
	return n >= 2
}

// claim is the title of ours that a column claims.
type claim struct {
	name  string
	rank  int
	typed string
}

func claimOf(typed string) claim {
	name, ok := titlesOfOurs[bare(typed)]
	switch {
	case !ok:
		return claim{typed: typed}
	case name == bare(typed):
		return claim{name, exact, typed}
	}
	return claim{name, byAlias, typed}
}

func singles(cells []string) []claim {
	list := make([]claim, len(cells))
	for i, cell := range cells {
		list[i] = claimOf(cell)
	}
	return list
}

// pairs reads two lines as one: what groups some columns stands above the first
// of them only.
func pairs(upper, lower []string) []claim {
	at := func(cells []string, i int) string {
		if i < len(cells) {
			return cells[i]
		}
		return ""
	}
	list := make([]claim, max(len(upper), len(lower)))
	group := ""
	for i := range list {
		top, bottom := at(upper, i), at(lower, i)
		switch {
		case bottom == "":
			group = ""
			list[i] = claimOf(top)
			continue
		case top != "":
			group = top
		}
		list[i] = claimOf(strings.Trim(group+"·"+bottom, "·"))
		if list[i].name == "" && !later.MatchString(group) {
			if c := claimOf(bottom); c.name != "" {
				list[i] = claim{c.name, byLower, bottom}
			} else if c := claimOf(top); c.name != "" {
				list[i] = claim{c.name, byGroup, top}
			}
		}
	}
	return list
}

// later groups columns about what happened to a case after it was collected: the
// day there is not the day of its collection.
var later = regexp.MustCompile(`办|反馈|答复|评估|回访|推送|审核|处理|整改`)

// headOf takes each title for the column that claims it best. The error names
// two that claim it alike.
func headOf(t *Table, claims []claim) (*head, error) {
	h := &head{columns: map[string]int{}}
	var twice error
	for i, c := range claims {
		h.titles = append(h.titles, c.typed)
		if at, again := h.columns[c.name]; c.name != "" && (!again || c.rank > claims[at].rank) {
			h.columns[c.name] = i
		}
	}
	for i, c := range claims {
		if at := h.columns[c.name]; c.name != "" && at != i && c.rank == claims[at].rank && twice == nil {
			twice = fmt.Errorf("有两列都像“%s”：%s 列“%s”、%s 列“%s”", c.name, t.cells(at), claims[at].typed,
				t.cells(i), c.typed)
		}
	}
	return h, twice
}
