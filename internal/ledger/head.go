package ledger

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// headLines is among how many lines a head is looked for.
const headLines = 20

// aliases are the titles, without blanks and signs, under which people keep
// the columns that Import reads.
var aliases = map[string][]string{
	"编号":    {"诉求编号", "事项编号", "案件编号"},
	"标题":    {"诉求标题", "事项", "事项名称", "诉求事项", "诉求概要", "主要诉求", "问题", "名称"},
	"性质":    {"类型", "诉求性质", "诉求舆情"},
	"渠道":    {"来源", "来源渠道", "收集渠道", "诉求渠道", "诉求来源"},
	"收集单位":  {"登记单位", "报送单位", "收集部门", "收集科室", "提交单位"},
	"收集日期":  {"收集时间", "登记日期", "登记时间", "受理日期", "受理时间", "日期", "时间", "收到日期", "反映时间", "反映日期", "来电时间", "接收时间", "接收日期", "提出时间", "提出日期"},
	"件数":    {"数量", "工单数", "工单件数"},
	"属地":    {"所属地区", "地区", "旗县", "属地单位", "主管税务机关"},
	"税费种":   {"税种", "费种", "涉及税费种"},
	"主题":    {"关键词", "标签"},
	"原渠道单号": {"工单号", "工单编号", "单号", "原单号", "原工单号", "流水号"},
	"原渠道期限": {"工单期限", "原期限", "渠道期限", "办理期限", "要求办结日期"},
	"公开范围":  {"公开"},
	"诉求内容":  {"内容", "诉求详情", "问题描述", "具体内容", "诉求描述", "详情", "事项内容"},
}

// titlesOfOurs are the titles of Import by all names that they go under.
var titlesOfOurs = func() map[string]string {
	names := map[string]string{}
	for name, others := range aliases {
		names[name] = name
		for _, other := range others {
			names[other] = name
		}
	}
	return names
}()

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
			return nil, errTwice{fmt.Errorf("第 %d 行%w；请只留一列，或把要读的那一列的列名改得不一样", t.Lines[h.last].N, err)}
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
		if _, err := parseDay(cell, excelDay); err == nil || strings.Trim(narrow(cell), "0123456789.") == "" && cell != "" {
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
			twice = fmt.Errorf("有两列都像“%s”：%s 列“%s”、%s 列“%s”", c.name, t.cells(at), claims[at].typed, t.cells(i), c.typed)
		}
	}
	return h, twice
}
