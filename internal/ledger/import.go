package ledger

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/casefile"
	"suqiu/internal/config"
	"suqiu/internal/workday"
)

// Fault is what is wrong with one cell of a ledger, or with one line.
type Fault struct {
	Line   int    // of the file, from 1
	Column string // as Excel calls it, or the number of a CSV field; empty: the whole line
	Title  string // of the column
	What   string
}

// String says it to the user.
func (f Fault) String() string {
	where := "第 " + strconv.Itoa(f.Line) + " 行"
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
	Cases   []*casefile.Case // new ones, with 编号 and Path, in the order of the file
	Faults  []Fault          // lines with a fault bring no case
	Ignored []string         // titles of columns that were not read
}

// aliases are the titles, without blanks and signs, under which people keep
// the columns that Import reads.
var aliases = map[string][]string{
	"编号":    {"诉求编号", "事项编号", "案件编号"},
	"标题":    {"诉求标题", "事项", "事项名称", "诉求事项", "诉求概要", "主要诉求", "问题", "名称"},
	"性质":    {"类型", "诉求性质", "诉求舆情"},
	"渠道":    {"来源", "来源渠道", "收集渠道", "诉求渠道", "诉求来源"},
	"收集单位":  {"登记单位", "报送单位", "收集部门", "收集科室", "提交单位"},
	"收集日期":  {"收集时间", "登记日期", "登记时间", "受理日期", "受理时间", "日期", "时间", "收到日期"},
	"件数":    {"数量", "工单数", "工单件数"},
	"属地":    {"所属地区", "地区", "旗县", "属地单位", "主管税务机关"},
	"税费种":   {"税种", "费种", "涉及税费种"},
	"主题":    {"关键词", "标签"},
	"原渠道单号": {"工单号", "工单编号", "单号", "原单号", "原工单号", "流水号"},
	"原渠道期限": {"工单期限", "原期限", "渠道期限", "办理期限", "要求办结日期"},
	"公开范围":  {"公开"},
	"诉求内容":  {"内容", "诉求详情", "问题描述", "具体内容", "诉求描述", "详情", "事项内容"},
}

// importer reads lines into cases.
type importer struct {
	cfg     *config.Config
	table   *Table
	columns map[string]int // title of ours → column
	taken   map[string]bool
	last    map[string]int // month and code → last number
	plan    *Plan
	line    *Line
	faulty  bool
}

// Import makes new cases, 已登记, of the lines of a ledger. The first line in
// which the titles of at least two columns stand is its head. taken are the
// 编号 in use; a line without one gets the next of its month and unit. The
// error says that the file as a whole cannot be read as a ledger.
func Import(t *Table, cfg *config.Config, taken []string) (*Plan, error) {
	if len(cfg.Units) == 0 {
		return nil, errors.New("suqiu.yaml 中没有读到任何单位，不知道渠道归谁；请先运行 suqiu check，把 suqiu.yaml 改好")
	}
	im := &importer{cfg: cfg, table: t, taken: map[string]bool{}, last: map[string]int{}, plan: &Plan{}}
	head, err := im.head()
	if err != nil {
		return nil, err
	}
	for _, id := range taken {
		im.take(id)
	}
	// Numbers that stand in the file come before those that are given out.
	if _, ok := im.columns["编号"]; ok {
		for i := head + 1; i < len(t.Lines); i++ {
			im.line = &t.Lines[i]
			im.count(im.cell("编号"))
		}
	}
	for i := head + 1; i < len(t.Lines); i++ {
		im.line, im.faulty = &t.Lines[i], false
		if c := im.one(); !im.faulty {
			im.plan.Cases = append(im.plan.Cases, c)
		}
	}
	if len(im.plan.Cases) == 0 && len(im.plan.Faults) == 0 {
		return nil, fmt.Errorf("表头（第 %d 行）下面没有内容", t.Lines[head].N)
	}
	return im.plan, nil
}

// bare is a title without what people decorate it with.
func bare(s string) string {
	s, _, _ = strings.Cut(s, "（")
	s, _, _ = strings.Cut(s, "(")
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\r\n\u3000*＊:：/、“”\"", r) {
			return -1
		}
		return r
	}, s)
}

// head finds the line of titles among the first twenty.
func (im *importer) head() (int, error) {
	names := map[string]string{}
	for name, others := range aliases {
		names[name] = name
		for _, other := range others {
			names[other] = name
		}
	}
	for i := range min(len(im.table.Lines), 20) {
		found := map[string]int{}
		var rest []string
		for column, cell := range im.table.Lines[i].Cells {
			name := names[bare(cell)]
			at, again := found[name]
			switch {
			case name == "":
				if cell != "" {
					rest = append(rest, cell)
				}
			case !again:
				found[name] = column
			case bare(im.table.Lines[i].Cells[at]) == name: // our own title before an alias
				rest = append(rest, cell)
			case bare(cell) == name:
				rest = append(rest, im.table.Lines[i].Cells[at])
				found[name] = column
			default:
				return 0, fmt.Errorf("第 %d 行有两列都像“%s”：%s、%s；请只留一列，或把表头改为“%s”",
					im.table.Lines[i].N, name, im.table.Lines[i].Cells[at], cell, name)
			}
		}
		if len(found) < 2 {
			continue
		}
		im.columns, im.plan.Ignored = found, rest
		var missing []string
		for _, name := range []string{"标题", "渠道", "收集日期"} {
			if _, ok := found[name]; !ok {
				missing = append(missing, "“"+name+"”")
			}
		}
		if len(missing) > 0 {
			return 0, fmt.Errorf("表头（第 %d 行）缺少%s列", im.table.Lines[i].N, strings.Join(missing, "、"))
		}
		return i, nil
	}
	return 0, fmt.Errorf("没有找到表头：前 20 行中应有一行写着“标题”“渠道”“收集单位”“收集日期”“诉求内容”等列名")
}

func (im *importer) cell(name string) string {
	column, ok := im.columns[name]
	if !ok || column >= len(im.line.Cells) {
		return ""
	}
	return im.line.Cells[column]
}

func (im *importer) fault(name, what string) {
	im.faulty = true
	f := Fault{Line: im.line.N, What: what}
	if column, ok := im.columns[name]; ok {
		f.Column, f.Title = im.table.cells(column), name
	}
	im.plan.Faults = append(im.plan.Faults, f)
}

// one reads the line at hand.
func (im *importer) one() *casefile.Case {
	if im.cell("标题") == Restricted && im.cell("渠道") == "" {
		im.fault("标题", "这一件在公开版台账中"+Restricted+"，没有内容可导入；请用监督版台账")
		return nil
	}
	c := &casefile.Case{
		Title: oneLine(im.cell("标题")), Locality: im.cfg.Canon(im.cell("属地")), Tickets: 1, State: "已登记",
		Taxes: names(im.cell("税费种")), Topics: names(im.cell("主题")), SourceNos: names(im.cell("原渠道单号")),
	}
	im.channel(c)
	c.Nature = im.oneOf("性质", "诉求", "舆情")
	if c.Nature == "" {
		c.Nature = "诉求"
		if strings.Contains(c.Channel, "舆情") {
			c.Nature = "舆情"
		}
	}
	c.Scope = im.oneOf("公开范围", "全文", "仅要素")
	c.Collected = im.day("收集日期", true)
	c.SourceDue = im.day("原渠道期限", false)
	if s := im.cell("件数"); s != "" {
		n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSuffix(s, "件"), ".0"))
		if err != nil || n < 1 {
			im.fault("件数", "“"+s+"”不是件数，应为 1 以上的整数")
		}
		c.Tickets = n
	}
	if text := im.cell("诉求内容"); text != "" {
		c.Sections = []casefile.Section{{Heading: "诉求内容", Text: body(text)}}
	}
	im.number(c)
	if im.faulty {
		return nil
	}
	// Whatever a case file may not say, a ledger may not bring.
	for _, p := range casefile.Parse(c.Path, casefile.Print(c), im.cfg.Canon).Problems {
		what := p.Message
		if p.Fix != "" {
			what += "；" + p.Fix
		}
		im.fault(strings.TrimPrefix(p.Key, "## "), what)
	}
	return c
}

// oneLine joins the lines of a cell.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// names reads a cell with several names.
func names(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("、，,；;\n\r\t", r) })
}

// body makes text of a cell the text of a section: a line that begins as a
// heading would begin another section.
func body(s string) string {
	var lines []string
	for line := range strings.Lines(s) {
		lines = append(lines, strings.TrimLeft(strings.TrimRight(line, " \t\r\n"), " \t\u3000#"))
	}
	return strings.Join(lines, "\n\n")
}

func (im *importer) oneOf(name string, words ...string) string {
	s := im.cell(name)
	if s != "" && !slices.Contains(words, s) {
		im.fault(name, "“"+s+"”不对，应为“"+strings.Join(words, "”或“")+"”")
	}
	return s
}

func (im *importer) day(name string, required bool) workday.Date {
	s := im.cell(name)
	if s == "" {
		if required {
			im.fault(name, "没有填写")
		}
		return 0
	}
	d, err := parseDay(s)
	if err != nil {
		im.fault(name, err.Error())
	}
	return d
}

// number gives the case its 编号 and place: the one that stands in the line,
// else the next of its month and unit.
func (im *importer) number(c *casefile.Case) {
	unit := im.cfg.Unit(c.Collector)
	if im.faulty || unit == nil {
		return
	}
	month := strings.ReplaceAll(c.Collected.String()[:7], "-", "")
	prefix := month + "-" + unit.Code + "-"
	if id := im.cell("编号"); id != "" {
		switch {
		case casefile.PathOf(id) == "":
			im.fault("编号", "“"+id+"”不是编号，应写成 "+prefix+"001 的样子；留空则自动编号")
		case im.taken[id]:
			im.fault("编号", "编号“"+id+"”已经有了；新的一件请把编号留空")
		case !strings.HasPrefix(id, prefix):
			im.fault("编号", "编号“"+id+"”与收集日期、收集单位不符，应以 "+prefix+" 开头；留空则自动编号")
		}
		c.ID = id
	} else {
		im.last[prefix]++
		c.ID = fmt.Sprintf("%s%03d", prefix, im.last[prefix])
	}
	if !im.faulty {
		im.take(c.ID)
		c.Path = casefile.PathOf(c.ID)
	}
}

// take notes that a 编号 is in use.
func (im *importer) take(id string) {
	im.taken[id] = true
	im.count(id)
}

// count keeps the numbers to be given out beyond that of a 编号.
func (im *importer) count(id string) {
	i := strings.LastIndexByte(id, '-')
	if i < 0 || casefile.PathOf(id) == "" {
		return
	}
	if n, err := strconv.Atoi(id[i+1:]); err == nil {
		im.last[id[:i+1]] = max(im.last[id[:i+1]], n)
	}
}
