package ledger

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/config"
	"suqiu/internal/frontmatter"
	"suqiu/internal/mdfile"
	"suqiu/internal/office"
	"suqiu/internal/record"
	"suqiu/internal/view"
	"suqiu/internal/workday"
)

// importer reads lines into cases.
type importer struct {
	cfg    *config.Config
	table  *Table
	head   *head
	reads  []reading
	today  workday.Date
	taken  map[string]bool
	last   map[string]int // month and code → last number
	inUse  func(prefix string) (int, error)
	known  *twins
	here   *twins // of this ledger
	lines  map[*record.Case]int
	plan   *Plan
	told   remarks
	line   *Line
	faulty bool
}

// Import makes new cases, 已登记, of the lines of a ledger that are not there
// yet. A line without 编号 gets the next of its month and unit. today is the day
// of registration. The error says that the file as a whole cannot be read as a
// ledger.
func Import(t *Table, cfg *config.Config, known Known, today workday.Date) (*Plan, error) {
	if len(cfg.Units) == 0 {
		return nil, errors.New("suqiu.yaml 中没有读到任何单位，不知道渠道归谁；请先运行 suqiu check，把 suqiu.yaml " +
			"改好")
	}
	h, err := findHead(t)
	if err != nil {
		if t.Sheet != "" {
			return nil, fmt.Errorf("工作表“%s”%w", t.Sheet, err)
		}
		return nil, err
	}
	im := &importer{cfg: cfg, table: t, head: h, reads: readings(h.columns), today: today, taken: map[string]bool{},
		last:  map[string]int{},
		inUse: known.Highest, known: newTwins(), here: newTwins(), lines: map[*record.Case]int{},
		plan: &Plan{Told: slices.Clone(t.Told)}}
	for _, id := range known.Numbers {
		im.take(id)
	}
	for _, c := range known.Cases {
		im.known.add(c)
	}
	cases := im.cases()
	if len(cases) == 0 && len(im.plan.Faults) == 0 && im.plan.Again == 0 {
		return nil, fmt.Errorf("表头（第 %d 行）下面没有内容", t.Lines[h.last].N)
	}
	if err := im.number(cases); err != nil {
		return nil, err
	}
	im.unread()
	im.plan.Told = append(im.plan.Told, im.told.texts()...)
	slices.SortStableFunc(im.plan.Faults, func(a, b Fault) int { return a.Line - b.Line })
	return im.plan, nil
}

// draft is a case before it has a 编号.
type draft struct {
	*record.Case
	line *Line
}

// cases reads the lines below the head.
func (im *importer) cases() (list []draft) {
	for i := im.head.last + 1; i < len(im.table.Lines); i++ {
		im.line, im.faulty = &im.table.Lines[i], false
		if im.idle() {
			continue
		}
		c := im.one()
		if im.faulty || im.again(c) {
			continue
		}
		list = append(list, draft{c, im.line})
	}
	return list
}

func (im *importer) cell(name string) string {
	column, ok := im.head.columns[name]
	if !ok || column >= len(im.line.Cells) {
		return ""
	}
	return im.line.Cells[column]
}

// word is a cell in which a full-width letter or figure is as good as any.
func (im *importer) word(name string) string { return strings.TrimSpace(narrow(im.cell(name))) }

func (im *importer) fault(name, what string) {
	im.faulty = true
	f := Fault{Sheet: im.table.Sheet, Line: im.line.N, What: what}
	if column, ok := im.head.columns[name]; ok {
		f.Column, f.Title = im.table.cells(column), name
	}
	im.plan.Faults = append(im.plan.Faults, f)
}

// closing begins a line that is no case: a sum, or who keeps the ledger.
var closing = regexp.MustCompile(`^(?:(?:合计|总计|小计|共计|累计|本页合计)(?:[:：（(0-9共]|$)|` +
	`(?:填表人|填报人|填表日期|填表时间|填报日期|填报时间|制表人?|制表日期|审核人?|复核人?|负责人|经办人|联系人|` +
	`联系电话|` +
	`填报单位|填表单位|主管领导|分管领导|科室负责人|备注|注|说明|填表说明|注意事项)(?:[:：（(_]|$))`)

// idle reports whether a line is no case, and tells of it.
func (im *importer) idle() bool {
	n := strconv.Itoa(im.line.N)
	empty, title := true, true
	for name, column := range im.head.columns {
		cell := im.cell(name)
		empty = empty && cell == ""
		title = title && cell == im.head.titles[column]
	}
	switch {
	case empty && !slices.ContainsFunc(im.line.Cells, func(s string) bool { return closing.MatchString(s) }):
		im.told.add("没有读的行，各列都空着：第 %s 行", n)
		return true
	case title:
		im.told.add("没有读的行，是重复的表头：第 %s 行", n)
		return true
	case !slices.ContainsFunc(im.line.Cells, func(s string) bool { return strings.Trim(s, "-—:=_ ") != "" }):
		im.told.add("没有读的行，只有横线：第 %s 行", n)
		return true
	}
	if _, err := parseDay(im.cell("收集日期"), im.table.epoch); err == nil {
		return false
	}
	for _, cell := range im.line.Cells {
		if cell == "" {
			continue
		}
		spaceless := strings.Join(strings.Fields(cell), "")
		if m := closing.FindString(spaceless); m != "" {
			im.told.add("没有读的行，不是事项：%s", "第 "+n+" 行（"+strings.TrimRight(m, ":：（(_0123456789共")+"）")
			return true
		}
		return false // what a line begins with says what it is
	}
	return false
}

// again reports whether a case is there already.
func (im *importer) again(c *record.Case) bool {
	if twin, by := im.known.of(c); twin != nil {
		im.plan.Again++
		im.told.add("已经登记、没有再写：%s", fmt.Sprintf("第 %d 行与 %s 相同（%s）", im.line.N, twin.ID, by))
		return true
	}
	if twin, by := im.here.of(c); twin != nil {
		im.fault("标题", fmt.Sprintf("与第 %d 行相同（%s）；是同一件的请删去一行，多人反映同一件事的请合成一行，"+
			"在“件数”中写明件数", im.lines[twin], by))
		return true
	}
	im.here.add(c)
	im.lines[c] = im.line.N
	return false
}

// one reads the line at hand.
func (im *importer) one() *record.Case {
	if im.cell("标题") == view.Restricted && im.cell("渠道") == "" {
		im.fault("标题", "这一件在公开版台账中"+view.Restricted+"，没有内容可导入；请用监督版台账")
		return nil
	}
	if im.overflows() {
		return nil
	}
	im.sound()
	c := &record.Case{Title: oneLine(im.cell("标题")), Tickets: 1, State: "已登记"}
	im.channel(c)
	im.plain(record.Schema(), c)
	c.Locality, c.SourceNos = im.unitName(im.word("属地")), names(im.word("原渠道单号"))
	if c.Nature == "" {
		c.Nature = "诉求"
		if strings.Contains(c.Channel, "舆情") {
			c.Nature = "舆情"
		}
	}
	c.Collected = im.day("收集日期", true)
	if c.Collected > im.today {
		im.fault("收集日期", fmt.Sprintf("收集日期“%s”晚于登记的日子（今天，%s）；请核对年、月、日", c.Collected,
			im.today))
	}
	if s := im.word("件数"); s != "" {
		n, err := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(s, "件"), ".0")))
		if err != nil || n < 1 {
			im.fault("件数", "“"+im.cell("件数")+"”不是件数，应为 1 以上的整数，如 3")
		}
		c.Tickets = n
	}
	if text := im.cell("诉求内容"); text != "" {
		c.Sections = []mdfile.Section{{Heading: "诉求内容", Text: body(text)}}
	}
	if !im.faulty {
		im.remark()
		return c
	}
	for _, p := range record.Parse("", record.Print(c), im.cfg.Canon).Problems {
		if p.Key == "标题" && !im.faulted("标题") { // told at once, with the others of the line
			im.fault("标题", p.Message+"；"+p.Fix)
		}
	}
	return c
}

// plain reads the keys whose cells mean what they say; others have own readers.
func (im *importer) plain(schema *frontmatter.Schema, c *record.Case) {
	for _, k := range readKeys(schema) {
		switch {
		case k.At == nil || k.Required && k.Type != frontmatter.Enum || k.Type == frontmatter.Count:
		case k.Type == frontmatter.Enum:
			*k.At(c).(*string) = im.oneOf(k.Name, k.Values...)
		case k.Type == frontmatter.Day:
			*k.At(c).(*workday.Date) = im.day(k.Name, false)
		case k.Shape == frontmatter.Many:
			*k.At(c).(*[]string) = names(im.cell(k.Name))
		default:
			*k.At(c).(*string) = oneLine(im.cell(k.Name))
		}
	}
}

// errorCell is what Excel shows in place of a value that it cannot work out.
var errorCell = regexp.MustCompile(`^#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA|FIELD!|` +
	`BLOCKED!|UNKNOWN!)$`)

// sound tells of cells that do not say what was typed into them.
func (im *importer) sound() {
	for _, r := range im.reads {
		column, name := r.column, r.name
		if column >= len(im.line.Cells) {
			continue
		}
		cell := im.line.Cells[column]
		switch {
		case errorCell.MatchString(cell):
			im.fault(name, "“"+cell+"”是公式出错的结果，不是内容；请把这一格改成要写的文字")
		case strings.HasSuffix(cell, office.Cut):
			im.fault(name, "这一格导出时太长，后面的内容没有列出；请照原件补全再导入")
		case im.line.has(column, damaged) && name != "收集日期" && name != "原渠道期限" && name != "件数":
			cure := "请先把这一列的单元格格式设为“文本”，再照原件重填"
			if im.table.Sheet == "" {
				cure = `请照原件重填，在表格软件中先把这一列设为“文本”；号码本来就是这样的，写成 ="` + cell + `"`
			}
			im.fault(name, "“"+cell+"”是当作数值存的长号码，第 15 位以后 Excel 不保留，可能已经不对；"+cure)
		case cell == "" && im.line.has(column, covered) && slices.Contains(required, name):
			im.fault(name, "没有填写：这一格在合并单元格里；请取消合并，每一行都填上")
		}
	}
}

// overflows reports whether a line of a text file has more cells than the head:
// then none of them is sure to stand in its column.
func (im *importer) overflows() bool {
	if im.table.Sheet != "" {
		return false
	}
	for column := len(im.head.titles); column < len(im.line.Cells); column++ {
		if cell := im.line.Cells[column]; cell != "" {
			im.fault("", "比表头多出内容“"+cell+"”；文字里有分隔符的，请把整格用英文双引号括起来，或另存为 .xlsx "+
				"再导入")
			return true
		}
	}
	return false
}

// reading is a column that is read, with its title.
type reading struct {
	column int
	name   string
}

// readings are the columns that are read, in their order.
func readings(columns map[string]int) (list []reading) {
	for name, column := range columns {
		list = append(list, reading{column, name})
	}
	slices.SortFunc(list, func(a, b reading) int { return a.column - b.column })
	return list
}

// remark tells of what somebody may not have meant to import.
func (im *importer) remark() {
	n := strconv.Itoa(im.line.N)
	if im.line.hidden {
		im.told.add("隐藏的行也读了：第 %s 行；不要的请删去这些行", n)
	}
	for _, r := range im.reads {
		if im.line.has(r.column, struck) && r.column < len(im.line.Cells) && im.line.Cells[r.column] != "" {
			im.told.add("有划掉的文字，照原文读了：第 %s；作废的请删去", n+" 行"+r.name)
		}
	}
}

// unread tells of columns that are not read, and of hidden ones that are.
func (im *importer) unread() {
	read := map[int]bool{}
	var hidden []string
	for _, r := range im.reads {
		read[r.column] = true
		if im.table.hidden[r.column] {
			hidden = append(hidden, im.table.cells(r.column)+" 列（"+r.name+"）")
		}
	}
	if len(hidden) > 0 {
		im.plan.Told = append(im.plan.Told, "隐藏的列也读了："+strings.Join(hidden, "、"))
	}
	filled := map[int]bool{}
	for _, line := range im.table.Lines[im.head.last+1:] {
		for column, cell := range line.Cells {
			if cell != "" {
				filled[column] = true
			}
		}
	}
	most := len(im.head.titles)
	for column := range filled {
		most = max(most, column+1)
	}
	for column := range most {
		switch {
		case read[column]:
		case column < len(im.head.titles) && im.head.titles[column] != "":
			im.plan.Ignored = append(im.plan.Ignored, im.head.titles[column])
		case filled[column] && im.table.Sheet != "":
			im.plan.Ignored = append(im.plan.Ignored, im.table.cells(column)+" 列（没有列名）")
		}
	}
}
