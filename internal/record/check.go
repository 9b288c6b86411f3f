package record

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"suqiu/internal/bounds"
	"suqiu/internal/yamltext"
)

// A title has 4 to 60 characters: shorter says nothing, longer does not fit a
// task list.
const (
	minTitle = 4
	maxTitle = 60
)

// check looks at what the whole file says: what is missing, and what does not
// agree with another part of it.
func (d *decoder) check(p parts) {
	d.required(p)
	d.title()
	d.identity()
	d.sections(p)
	d.taskList()
	d.leadAmongCo()
	d.strayRecords(p)
	d.stateBehind()
}

// size tells of a file that is no summary any more.
func (d *decoder) size() {
	if n := len(d.src); n > bounds.MaxFile {
		d.report("size-limit", "", 1, 1, 1, "文件有 "+strconv.FormatFloat(float64(n)/(1<<20), 'f', 1, 64)+" MB，超过 1 MB，服务器不接收",
			"请只留摘要：原文、长表、附件另行保管，正文写明存放的地方")
	}
}

// required tells of keys that must be filled whatever the state. Those that a
// state requires are the workflow's.
func (d *decoder) required(p parts) {
	for i := range d.keys {
		k := &d.keys[i]
		if !k.Required {
			continue
		}
		f := d.root.Get(k.Name)
		if f == nil && (d.hoisted(k.Name) || slices.Contains(d.meant, k.Name)) || f != nil && (f.Value.Kind != yamltext.Scalar || f.Value.Text != "" || f.Value.Inline().Text != "" && *d.kept(k.Name) != "") {
			continue // there, or told of as what it is
		}
		line, column, message := p.line, 1, "缺少“"+k.Name+"”"
		if f != nil {
			line, column, message = f.Line, f.Column, "“"+k.Name+"”没有填写"
		}
		d.report("key-missing", k.Name, line, column, line, message, k.Name+": "+d.example(k))
	}
}

// kept is where a required text is kept; dates have no text and never count.
func (d *decoder) kept(key string) *string {
	if d.c == nil {
		text := d.fields.Text(key)
		return &text
	}
	if to := d.c.textOf(key); to != nil {
		return to
	}
	return new(string)
}

// hoisted reports whether a top key was found indented below another key.
func (d *decoder) hoisted(name string) bool {
	for i := range d.root.Fields {
		f := &d.root.Fields[i]
		if k := field(d.keys, f.Key); k != nil && (k.Shape == One || k.Shape == Many || k.Shape == Records) && f.Value.Get(name) != nil {
			return true
		}
	}
	return false
}

// example is what to write for a key that is missing: what the file's name
// says, or a place to fill in.
func (d *decoder) example(k *Key) string {
	if d.c != nil && k.Name == "编号" {
		if id, ok := IDOf(d.c.Path); ok && wellFormed(id) {
			return id
		}
	}
	return k.Placeholder()
}

func (d *decoder) title() {
	n := utf8.RuneCountInString(d.c.Title)
	if n == 0 || n >= minTitle && n <= maxTitle && !strings.Contains(d.c.Title, "\n") {
		return
	}
	f := d.root.Get("标题")
	if f == nil {
		return
	}
	p := place{field(schema, "标题"), f, func() string { return "标题" }}
	message := "“标题”有 " + strconv.Itoa(n) + " 个字，应当在 " + strconv.Itoa(minTitle) + " 至 " + strconv.Itoa(maxTitle) + " 个字之间，写在一行"
	d.at("title-length", p, message, "请用一句话概括诉求，不写姓名和企业名称")
}

// identity checks 编号 against its form, the file's name and place, and the
// month of 收集日期.
func (d *decoder) identity() {
	c := d.c
	f := d.root.Get("编号")
	if f == nil || c.ID == "" {
		return
	}
	p := place{field(schema, "编号"), f, func() string { return "编号" }}
	fileID, named := IDOf(c.Path)
	month, ok := idMonth(c.ID)
	switch {
	case !ok:
		fix := "编号: 202607-NFZX-012（收集年月-单位代码-三位以上序号）"
		if named && wellFormed(fileID) {
			fix = d.paste(f, fileID)
		}
		d.at("id-mismatch", p, "编号“"+clip(c.ID)+"”的写法不对，应当是“收集年月-单位代码-序号”", fix)
		return
	case named && fileID != c.ID:
		fix := d.paste(f, fileID)
		if !wellFormed(fileID) {
			fix = "请把文件改名为 " + c.ID + ".md"
		}
		d.at("id-mismatch", p, "编号“"+c.ID+"”与文件名“"+clip(fileID)+".md”不一致", fix)
	case c.Collected != 0 && c.Collected.String()[:7] != month[:4]+"-"+month[4:]:
		d.at("id-mismatch", p, "编号的年月 "+month+" 与收集日期 "+c.Collected.String()+" 不是同一个月",
			"请核对：收集日期填错的，改收集日期；编号填错、还没有入库的，改编号和文件名")
	}
	switch want := PathOf(c.ID); {
	case !named || fileID != c.ID || c.Path == want:
	case strings.EqualFold(c.Path, want):
		d.at("path-mismatch", p, "文件名的大小写不对：现在是 "+c.Path, "请改名为 "+want)
	default:
		d.at("path-mismatch", p, "文件放错了文件夹：现在是 "+c.Path, "请移到 "+want)
	}
}

// taskListNumber is what the number of a 任务清单 looks like: its page and its
// Word file are named after it.
var taskListNumber = regexp.MustCompile(`^RW\d{6}-\d{2,}$`)

func (d *decoder) taskList() {
	f := d.root.Get("任务清单")
	if f == nil || d.c.TaskList == "" || taskListNumber.MatchString(d.c.TaskList) {
		return
	}
	p := place{field(schema, "任务清单"), f, func() string { return "任务清单" }}
	fix := p.key.Placeholder()
	if mended := strings.ToUpper(strings.ReplaceAll(halfWidth(d.c.TaskList), " ", "")); taskListNumber.MatchString(mended) {
		fix = mended
	}
	d.at("value-type", p, "“任务清单”的“"+clip(d.c.TaskList)+"”不是清单编号，应当是“RW年月-序号”", d.paste(f, fix))
}

// leadAmongCo tells of a lead that is to help itself.
func (d *decoder) leadAmongCo() {
	f := d.root.Get("协办单位")
	if f == nil || d.c.Lead == "" || !slices.Contains(d.c.Co, d.c.Lead) {
		return
	}
	fix := "协办单位:"
	for _, unit := range d.c.Co {
		if unit != d.c.Lead {
			fix += "\n  - " + inlineScalar(unit)
		}
	}
	p := place{field(schema, "协办单位"), f, func() string { return "协办单位" }}
	d.at("value-type", p, "“协办单位”里的“"+d.c.Lead+"”就是承办单位，不能又是协办单位", fix)
}

// answered are the states that only a feedback leads to.
var answered = []string{"已反馈", "评估中", "改进中", "已办结"}

// sections checks that the four sections are there once, and say something
// where they must.
func (d *decoder) sections(p parts) {
	lines := d.lastLine(p)
	for _, h := range headings {
		key, n := "## "+h, 0
		for i := range d.c.Sections {
			s := &d.c.Sections[i]
			if s.Heading != h {
				continue
			}
			n++
			if n == 2 {
				d.report("key-duplicate", key, s.Line, 1, s.Line, "标题“"+h+"”重复", "请合并成一节，只保留一个标题")
			}
		}
		if n == 0 {
			d.report("section-missing", key, lines, 1, lines, "正文缺少“"+h+"”一节", key)
		}
	}
	state, what := d.c.State, "状态是“"+d.c.State+"”"
	if _, to := d.behind(); to != "" && !slices.Contains(answered, state) {
		state, what = to, "已经反馈" // as it is told to be
	}
	if d.c.Inherited != nil || !slices.Contains(answered, state) {
		return
	}
	for _, s := range d.c.Sections {
		if (s.Heading == "办理情况" || s.Heading == "反馈答复") && !hasText(d.c.Section(s.Heading)) {
			d.report("section-missing", "## "+s.Heading, s.Line, 1, s.Line, what+"，“"+s.Heading+"”一节不能为空",
				"## "+s.Heading+"\n\n"+Placeholder(map[string]string{"办理情况": "怎样办理的", "反馈答复": "怎样答复的"}[s.Heading]))
		}
	}
}

// lastLine is the last line of the file.
func (d *decoder) lastLine(p parts) int {
	return max(p.line, p.bodyLine-1+strings.Count(strings.TrimRight(p.body, "\n"), "\n")+min(len(p.body), 1), 1)
}
