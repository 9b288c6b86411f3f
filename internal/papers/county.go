package papers

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"suqiu/internal/problem"
	"suqiu/internal/workday"
)

// County is one file of counties/: what a bureau below handed in for a quarter.
type County struct {
	File
	Unit    string // by the folder; else as the file says
	Code    string
	Quarter workday.Quarter
	Summary *Summary // nil: it cannot be read
}

// Figures are those that may be set beside others and added up; nil if the file
// cannot be read or something is wrong with it: what does not add up in itself
// would spoil every sum.
func (c *County) Figures() *Summary {
	if c == nil || len(c.Problems) > 0 {
		return nil
	}
	return c.Summary
}

// CountyPath is where a bureau's summary of a quarter belongs.
func CountyPath(code string, q workday.Quarter) string {
	return "counties/" + code + "/" + q.String() + ".json"
}

// handIn is what to do about a summary that is wrong: nobody mends figures by
// hand.
func (r *countyReader) handIn() string {
	quarter := "季度"
	if q, err := workday.ParseQuarter(stem(r.c.Path)); err == nil {
		quarter = q.String()
	}
	return "请在报送单位的库里重新运行 suqiu report " + quarter + " --summary，用新生成的文件替换，不要手工改数"
}

// ParseCounty reads a file of counties/.
func ParseCounty(p string, src []byte, canon func(string) string) *County {
	r := countyReader{c: &County{File: File{Path: p}}}
	root := r.root(src)
	if root == nil {
		r.c.Unreadable = true
	} else {
		r.summary(root)
	}
	r.place(root, canon)
	slices.SortStableFunc(r.c.Problems, func(a, b problem.Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Key, b.Key),
			cmp.Compare(a.Message, b.Message))
	})
	return r.c
}

type countyReader struct {
	c       *County
	version int  // of the schema that the file follows
	wrong   bool // the figures cannot be taken over
}

func (r *countyReader) tell(rule, key string, n *node, message, fix string) {
	p := problem.Problem{Rule: rule, Key: key, Line: 1, Column: 1, EndLine: 1, Message: message, Fix: fix}
	if n != nil {
		p.Line, p.Column, p.EndLine = n.line, n.column, n.line
	}
	r.c.Problems = append(r.c.Problems, p)
}

// root reads the file as one JSON object of a version that this program knows.
func (r *countyReader) root(src []byte) *node {
	src = bytes.TrimPrefix(src, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(src) {
		r.tell("encoding", "", nil, "文件不是 UTF-8 编码", r.handIn())
		return nil
	}
	root, fault := parseJSON(src)
	if fault != nil {
		r.tell("json-syntax", "", &node{line: fault.line, column: fault.column}, fault.message, r.handIn())
		return nil
	}
	if !root.is('{') {
		r.tell("json-syntax", "", root, "季度报送应当是一个 JSON 对象", r.handIn())
		return nil
	}
	v := root.get("version")
	if v == nil {
		r.tell("key-missing", "version", root, "缺少“version”（格式版本）", r.handIn())
		return nil
	}
	known := strconv.Itoa(SummaryVersion)
	switch n, ok := v.whole(); {
	case root.get("balance") == nil && root.get("figures") != nil:
		r.tell("value-enum", "version", v, "这是季度报告的数字（--format json），不是报送上级的季度汇总", r.handIn())
	case ok && n > SummaryVersion:
		r.tell("value-enum", "version", v, "季度报送的格式版本是 "+strconv.Itoa(n)+"，本库的 suqiu 只认识 "+known+
			"：报送单位用的 suqiu 比本库的新", "请把本库的 suqiu 升级到与报送单位相同的版本；文件不用改")
	case !ok || n < 1:
		r.tell("value-enum", "version", v, "“version”（格式版本）应为 "+known, r.handIn())
	default:
		return root
	}
	return nil
}

// summary reads and checks the object.
func (r *countyReader) summary(root *node) {
	version, _ := root.get("version").whole()
	r.version = version
	s := &Summary{Version: version}
	r.known("", root, "version", "tool", "head", "as_of", "unit", "code", "quarter", "balance", "funnel", "deadlines",
		"steps",
		"evaluation", "durations", "monthly", "categories", "channels", "parts")
	for key, to := range map[string]*string{"tool": &s.Tool, "head": &s.Head, "unit": &s.Unit, "code": &s.Code,
		"quarter": &s.Name} {
		*to = r.text(root, key, key == "tool" || key == "unit" || key == "quarter")
	}
	if asOf := r.text(root, "as_of", true); asOf != "" {
		var err error
		if s.AsOf, err = workday.Parse(asOf); err != nil {
			r.tell("date-invalid", "as_of", root.get("as_of"), "“as_of”有误："+err.Error(), r.handIn())
		}
	}
	if s.Name != "" {
		var err error
		if s.Quarter, err = workday.ParseQuarter(s.Name); err != nil {
			r.tell("date-invalid", "quarter", root.get("quarter"), "“quarter”有误："+err.Error(), r.handIn())
		}
	}
	r.figures(root, s)
	s.Categories, s.Channels = r.rows(root, "categories"), r.rows(root, "channels")
	r.parts(root, s)
	if r.wrong {
		return
	}
	r.totals(root, s)
	r.c.Summary = s
}

// known tells of keys that the schema does not have, and of those that stand
// twice.
func (r *countyReader) known(at string, n *node, keys ...string) {
	for i, k := range n.keys {
		switch {
		case slices.Contains(n.keys[:i], k):
			r.tell("key-duplicate", join(at, k), n.members[i], "“"+join(at, k)+"”重复", r.handIn())
		case !slices.Contains(keys, k):
			r.tell("key-unknown", join(at, k), n.members[i], "季度报送格式 "+strconv.Itoa(r.version)+" 没有“"+
				join(at, k)+"”这一项", r.handIn())
		}
	}
}

func join(at, key string) string {
	if at == "" {
		return key
	}
	return at + "." + key
}

func (r *countyReader) text(n *node, key string, required bool) string {
	v := n.get(key)
	if v == nil {
		if required {
			r.tell("key-missing", key, n, "缺少“"+key+"”", r.handIn())
		}
		return ""
	}
	s, ok := v.text()
	switch {
	case !ok:
		r.tell("value-type", key, v, "“"+key+"”应当是一段文字", r.handIn())
	case s == "" && required:
		r.tell("key-missing", key, v, "“"+key+"”是空的", r.handIn())
	}
	return s
}

// figures reads every number of the schema. A group or a figure that is not
// there is told of: a missing figure is not a zero.
func (r *countyReader) figures(root *node, s *Summary) {
	groups := map[string][]string{}
	for _, f := range s.figures() {
		if f.since > s.Version {
			continue // what the bureau's older suqiu did not count
		}
		group, name, _ := strings.Cut(f.path, ".")
		groups[group] = append(groups[group], name)
		g := root.get(group)
		if g == nil || !g.is('{') {
			if len(groups[group]) == 1 {
				r.tell("key-missing", group, cmp.Or(g, root), "缺少“"+group+"”这一组数字", r.handIn())
			}
			r.wrong = true
			continue
		}
		*f.n = r.number(g, name, f.path)
	}
	for _, f := range s.figures() {
		group, _, _ := strings.Cut(f.path, ".")
		if names := groups[group]; names != nil {
			if g := root.get(group); g != nil && g.is('{') {
				r.known(group, g, names...)
			}
			delete(groups, group)
		}
	}
}

func (r *countyReader) number(n *node, key, path string) int {
	v := n.get(key)
	if v == nil {
		r.tell("key-missing", path, n, "缺少“"+path+"”", r.handIn())
		r.wrong = true
		return 0
	}
	number, ok := v.whole()
	if !ok {
		r.tell("value-type", path, v, "“"+path+"”应当是不小于 0 的整数", r.handIn())
		r.wrong = true
	}
	return number
}

func (r *countyReader) rows(root *node, key string) []SummaryRow {
	rows := []SummaryRow{}
	for i, item := range r.list(root, key, true) {
		at := key + "[" + strconv.Itoa(i) + "]"
		if !item.is('{') {
			r.tell("value-type", at, item, "“"+key+"”的每一项应当是一个对象", r.handIn())
			r.wrong = true
			continue
		}
		r.known(at, item, "name", "tickets", "registered", "done")
		row := SummaryRow{Name: r.text(item, "name", true)}
		for name, to := range map[string]*int{"tickets": &row.Tickets, "registered": &row.Registered,
			"done": &row.Done} {
			*to = r.number(item, name, at+"."+name)
		}
		if row.Name != "" && slices.ContainsFunc(rows, func(other SummaryRow) bool { return other.Name == row.Name }) {
			r.tell("key-duplicate", at+".name", item.get("name"), "“"+key+"”里“"+row.Name+"”有两行", r.handIn())
			r.wrong = true
		}
		rows = append(rows, row)
	}
	return rows
}

func (r *countyReader) parts(root *node, s *Summary) {
	for i, item := range r.list(root, "parts", false) {
		var part SummaryPart
		at := "parts[" + strconv.Itoa(i) + "]"
		if !item.is('{') {
			r.tell("value-type", at, item, "“parts”的每一项应当是一个对象", r.handIn())
			continue
		}
		r.known(at, item, "code", "unit", "head", "as_of")
		part.Unit = r.text(item, "unit", true)
		part.Code, part.Head = r.text(item, "code", false), r.text(item, "head", false)
		part.AsOf, _ = workday.Parse(r.text(item, "as_of", false))
		s.Parts = append(s.Parts, part)
	}
}

func (r *countyReader) list(root *node, key string, required bool) []*node {
	v := root.get(key)
	switch {
	case v == nil && required:
		r.tell("key-missing", key, root, "缺少“"+key+"”", r.handIn())
		r.wrong = true
	case v == nil:
	case !v.is('['):
		r.tell("value-type", key, v, "“"+key+"”应当是一个列表", r.handIn())
		r.wrong = true
	default:
		return v.members
	}
	return nil
}

// place checks what the file says against where it lies. One in the wrong
// place counts for what it says.
func (r *countyReader) place(root *node, canon func(string) string) {
	c, s := r.c, r.c.Summary
	if canon == nil {
		canon = func(name string) string { return name }
	}
	parts := strings.Split(c.Path, "/")
	q, err := workday.ParseQuarter(stem(c.Path))
	if len(parts) != 3 || err != nil || !strings.HasSuffix(c.Path, ".json") {
		r.misplaced(canon)
		return
	}
	c.Code, c.Quarter, c.Unit = parts[1], q, canon(parts[1])
	if s == nil {
		return
	}
	said := canon(s.Unit)
	switch {
	case c.Unit == c.Code && said != c.Unit || !unitCode.MatchString(c.Code):
		r.misplaced(canon)
	case said != "" && said != c.Unit:
		r.tell("id-mismatch", "unit", root.get("unit"), "“unit”是“"+s.Unit+"”，与文件夹“"+parts[1]+"”的单位“"+c.Unit+
			"”不一致", "请移到该单位的文件夹，或请报送单位核对其 suqiu.yaml 的“名称”")
	case s.Code != "" && s.Code != c.Code:
		r.tell("id-mismatch", "code", root.get("code"), "“code”是“"+s.Code+"”，与文件夹“"+parts[1]+"”不一致",
			"请报送单位加上 --code "+parts[1]+" 重新运行 suqiu report "+q.String()+
				" --summary；确是别的单位的，请移到该单位的文件夹")
	}
	if s.Quarter != q {
		r.tell("id-mismatch", "quarter", root.get("quarter"), "“quarter”是“"+s.Name+"”，与文件名“"+parts[2]+"”不一致",
			r.handIn())
	}
	if s.AsOf != 0 && s.AsOf < q.Last() {
		r.tell("totals-mismatch", "as_of", root.get("as_of"), "数字只算到 "+s.AsOf.String()+"，季度到 "+
			q.Last().String()+" 才结束", r.handIn())
	}
}

// misplaced tells that the file does not lie where such a file belongs.
func (r *countyReader) misplaced(canon func(string) string) {
	c, to := r.c, "counties/单位代码/年季度.json，如 counties/JNQ/2026Q3.json"
	if s := c.Summary; s != nil {
		c.Unit, c.Code, c.Quarter = canon(s.Unit), s.Code, s.Quarter
		if unitCode.MatchString(s.Code) {
			to = CountyPath(s.Code, s.Quarter)
		}
	}
	c.Misplaced = true
	r.tell("path-mismatch", "", nil, "文件名或位置不对：现在是 "+c.Path, "请改为 "+to)
}

// WriteSummary is a summary as it is handed in: indented JSON with a newline at
// its end.
func WriteSummary(s *Summary) ([]byte, error) {
	out := *s
	out.Version, out.Name = SummaryVersion, s.Quarter.String()
	if out.Categories == nil {
		out.Categories = []SummaryRow{}
	}
	if out.Channels == nil {
		out.Channels = []SummaryRow{}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(out)
	return b.Bytes(), err
}
