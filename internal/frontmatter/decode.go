package frontmatter

import (
	"regexp"
	"slices"
	"strings"
	"unique"

	"suqiu/internal/caseid"
	"suqiu/internal/mdfile"
	"suqiu/internal/problem"
	"suqiu/internal/slip"
	"suqiu/internal/yamltext"
)

// decoder fills a record from the tree of its front matter. Strings are cloned
// or shared, so that what it fills does not hold on to the source.
type decoder struct {
	schema       *Schema
	src          []byte
	lines        []string // of src, once a problem needs them
	canon        func(string) string
	root         *yamltext.Node
	suppressions []mdfile.Suppression
	problems     []problem.Problem
	unreadable   bool     // a list is beyond all bounds
	meant        []string // key paths that a misspelt key probably stands for
	openOf       *yamltext.Node
	openKeys     []Key // of that map
}

// place is a key and where it stands; path is built only for a problem.
type place struct {
	key   *Key
	field *yamltext.Field
	path  func() string
}

func (d *decoder) report(rule, path string, line, column, endLine int, message, fix string) {
	d.problems = append(d.problems, problem.Problem{
		Rule: rule, Key: path, Line: line, Column: column, EndLine: max(line, endLine), Message: message, Fix: fix})
}

// at reports a problem with a field's value.
func (d *decoder) at(rule string, p place, message, fix string) {
	v := p.field.Value
	line, column := v.Line, v.Column
	if v.Kind != yamltext.Scalar || v.Text == "" {
		line, column = p.field.Line, p.field.Column
	}
	d.report(rule, p.path(), line, column, v.EndLine, message, fix)
}

// line is a line of the source as typed.
func (d *decoder) line(n int) string {
	if d.lines == nil {
		d.lines = strings.Split(string(d.src), "\n")
	}
	if n < 1 || n > len(d.lines) {
		return ""
	}
	return strings.TrimSuffix(d.lines[n-1], "\r")
}

// paste is the field's line with another value, where it belongs, with the
// remark that stands behind it.
func (d *decoder) paste(f *yamltext.Field, value string) string {
	l := d.line(f.Line)
	lead := strings.Repeat(" ", max(f.Column-1, 0))
	if at := strings.Index(l, f.Key); at >= 0 {
		switch typed := l[:at]; {
		case strings.Trim(typed, " -") == "":
			lead = typed
		case strings.ContainsAny(typed, "-－–—") && len(lead) >= 2:
			lead = lead[:len(lead)-2] + "- "
		}
	}
	line := lead + f.Key + ": " + value
	if in := f.Value.Inline(); strings.HasPrefix(in.Text, "# ") && !strings.Contains(value, in.Text) {
		line += "  " + in.Text
	}
	return line
}

// top reads one key of the front matter.
func (d *decoder) top(owner any, f *yamltext.Field) {
	k := Find(d.schema.Keys, f.Key)
	if k == nil {
		d.unknown(d.schema.Keys, d.root, f, "")
		return
	}
	d.suppress(f.Value, f.Key)
	if !k.hoists(f) || !d.hoist(owner, f, k) {
		d.keep(owner, place{k, f, func() string { return f.Key }})
	}
}

// hoists reports whether the keys below a key may have been indented by
// mistake: it is no map itself.
func (k *Key) hoists(f *yamltext.Field) bool {
	return f.Value.Kind == yamltext.Map &&
		(k.Shape == One || k.Shape == Many || k.Shape == Records && Find(k.Fields, firstKey(f.Value)) == nil)
}

func firstKey(n *yamltext.Node) string {
	if len(n.Fields) == 0 {
		return ""
	}
	return n.Fields[0].Key
}

// hoist reads keys that were indented by mistake below an empty key as the top
// keys they are. It reports whether the fields were such keys.
func (d *decoder) hoist(owner any, f *yamltext.Field, k *Key) bool {
	if !d.misplaced(f) {
		return false
	}
	for i := range f.Value.Fields {
		g := &f.Value.Fields[i]
		d.report("yaml-syntax", g.Key, g.Line, 1, g.Line, "“"+g.Key+"”前面多了空格，被当成了“"+k.Name+"”的内容",
			strings.TrimLeft(d.line(g.Line), " \t　"))
		d.top(owner, g)
	}
	return true
}

// misplaced tells whether all fields below a key are top keys that are not there
// otherwise.
func (d *decoder) misplaced(f *yamltext.Field) bool {
	return len(f.Value.Fields) > 0 && !slices.ContainsFunc(f.Value.Fields, func(below yamltext.Field) bool {
		return Find(d.schema.Keys, below.Key) == nil || d.root.Get(below.Key) != nil
	})
}

// unknown tells of a key that a map of these keys does not have.
func (d *decoder) unknown(keys []Key, of *yamltext.Node, f *yamltext.Field, prefix string) {
	message := "没有“" + f.Key + "”这一项"
	fix := "请删去这一行；需要说明的写到正文里"
	// What is filled in already was not meant again.
	if near := NearestKey(d.open(keys, of), f.Key); near != "" {
		d.meant = append(d.meant, prefix+near)
		message += "，是不是“" + near + "”"
		lead, _, _ := strings.Cut(d.line(f.Line), f.Key)
		fix = lead + near + ":"
		if v := f.Value; v.Kind == yamltext.Scalar && !strings.Contains(v.Text, "\n") {
			fix = strings.TrimRight(strings.Replace(d.line(f.Line), f.Key, near, 1), " ")
		}
		if of.Get(near) != nil {
			fix = "请写到“" + near + "”那一行，删去这一行"
		}
	} else if owners := owners(keys, f.Key); len(owners) > 0 {
		message = "“" + f.Key + "”是“" + strings.Join(owners, "”“") + "”里的一项，不能单独写在这里"
		fix = "请写到“" + owners[0] + "”下面的那一条里"
		if len(owners) == 1 && f.Value.Kind == yamltext.Scalar && of.Get(owners[0]) == nil {
			fix = "    " + f.Key + ": " + f.Value.Text
			if !slices.Contains(d.meant, owners[0]) {
				d.meant = append(d.meant, owners[0])
				fix = owners[0] + ":\n  - " + f.Key + ": " + f.Value.Text
			}
		}
	}
	d.report("key-unknown", prefix+f.Key, f.Line, f.Column, f.Line, message, fix)
}

// open are the keys of a map that are not filled in. Of one with thousands of
// unknown keys they are looked for once.
func (d *decoder) open(keys []Key, of *yamltext.Node) []Key {
	if d.openOf != of {
		d.openOf = of
		d.openKeys = slices.DeleteFunc(slices.Clone(keys), func(k Key) bool {
			other := of.Get(k.Name)
			return other != nil && !Blank(other.Value)
		})
	}
	return d.openKeys
}

// owners are the keys whose records have a key of this name.
func owners(keys []Key, name string) []string {
	var list []string
	for i := range keys {
		if keys[i].Shape == Records && Find(keys[i].Fields, name) != nil {
			list = append(list, keys[i].Name)
		}
	}
	return list
}

// keySuppress is what stands in such a comment.
var keySuppress = regexp.MustCompile(`^#\s*suqiu[:：]忽略\s+(\S+)[ \t　]*(.*)$`)

// suppress keeps the `# suqiu:忽略` comments above a key.
func (d *decoder) suppress(n *yamltext.Node, path string) {
	for _, c := range n.Head() {
		if m := keySuppress.FindStringSubmatch(c.Text); m != nil {
			d.suppressions = append(d.suppressions, mdfile.Suppression{
				Rule: strings.Clone(m[1]), Key: path, Reason: strings.TrimSpace(strings.Clone(m[2])), Line: c.Line})
		}
	}
}

// scalar returns the valid text of a One value, "" for an absent or invalid
// one.
func (d *decoder) scalar(p place) string {
	v := p.field.Value
	if v.Kind != yamltext.Scalar {
		return d.listForOne(p, v)
	}
	text := d.whole(p, v)
	if text == "" || d.isLeft(p, v) {
		return ""
	}
	return d.valid(p, v, text)
}

// listForOne reads the one item of a list that stands for a scalar; of several
// items one is to be chosen.
func (d *decoder) listForOne(p place, v *yamltext.Node) string {
	if raw := d.rawValue(p.field); raw != "" && p.key.Type == Text {
		d.at("value-type", p, "“"+p.key.Name+"”的内容以括号开头，被当成了列表，应当加引号",
			d.paste(p.field, yamltext.Quote(raw)))
		return ""
	}
	var texts []string
	for _, item := range v.Items {
		if item.Kind == yamltext.Scalar && item.Text != "" {
			texts = append(texts, item.Text)
		}
	}
	message := "“" + p.key.Name + "”只填一个内容，不能填列表"
	switch {
	case len(texts) == 1 && !mdfile.HasPlaceholder(texts[0]):
		d.at("value-type", p, message, d.paste(p.field, yamltext.InlineScalar(texts[0])))
		return d.valid(p, v.Items[0], texts[0])
	case len(texts) > 1:
		d.at("value-type", p, message, d.paste(p.field, mdfile.Placeholder(strings.Join(texts, "、")+"，其中一个")))
	default:
		d.at("value-type", p, message, d.paste(p.field, p.key.Placeholder()))
	}
	return ""
}

// rawValue is what stands behind a field's colon if it is a flow collection on
// that line.
func (d *decoder) rawValue(f *yamltext.Field) string {
	if f.Value.Style != yamltext.Flow || f.Value.EndLine != f.Line {
		return ""
	}
	_, after, ok := strings.Cut(d.line(f.Line), f.Key)
	if !ok {
		return ""
	}
	return strings.TrimSpace(strings.TrimLeft(after, ":： "))
}

// whole is the text of a scalar, with the part that a # cut off by mistake.
func (d *decoder) whole(p place, v *yamltext.Node) string {
	in := v.Inline()
	if in.Text == "" || v.Style != yamltext.Plain || v.EndLine != v.Line || in.Line != v.Line {
		return v.Text
	}
	remark := in.Text == "#" || strings.HasPrefix(in.Text, "# ") || strings.HasPrefix(in.Text, "#\t")
	gap := in.Column - v.Column - len([]rune(v.Text))
	if remark && (p.key.Type != Text || gap != 1 || v.Text == "") {
		return v.Text
	}
	if p.key.Type == Enum || p.key.Type == Day || p.key.Type == Count {
		return v.Text // what is cut off cannot belong to such a value
	}
	text := in.Text
	if v.Text != "" {
		text = v.Text + strings.Repeat(" ", max(gap, 0)) + in.Text
	}
	fix := yamltext.Quote(text)
	if v == p.field.Value {
		fix = d.paste(p.field, fix)
	} else {
		fix = d.pasteItem(p, v, fix)
	}
	d.report("value-truncated", p.path(), in.Line, in.Column, in.Line,
		"“"+p.key.Name+"”从空格加 # 起被当作备注，后面的内容会丢失", fix)
	return text
}

// valid checks a text against its key's type and returns it as it is kept.
func (d *decoder) valid(p place, v *yamltext.Node, text string) string {
	switch p.key.Type {
	case Enum:
		for _, allowed := range p.key.Values {
			if allowed == text {
				return allowed
			}
		}
		return d.badEnum(p, text)
	case Unit:
		if strings.ContainsAny(text, "、，,;；") && p.key.Shape == One {
			d.at("value-type", p, "“"+p.key.Name+"”只填一个单位", d.paste(p.field, mdfile.Placeholder(oneOf(text))))
			return ""
		}
		return d.unit(text)
	case Channel:
		return share(text)
	case CaseID:
		if caseid.WellFormed(text) {
			break
		}
		fixed := strings.ToUpper(slip.HalfWidth(text))
		if caseid.WellFormed(fixed) {
			rule, what := "fullwidth-punctuation", "用了全角字符"
			if slip.HalfWidth(text) == text {
				rule, what = "id-mismatch", "的单位代码应当大写"
			}
			d.at(rule, p, "“"+p.key.Name+"”"+what, d.paste(p.field, fixed))
			return fixed
		}
		if !p.key.Required {
			d.at("value-type", p, "“"+p.key.Name+"”应当是诉求编号，如 202607-NFZX-012",
				d.paste(p.field, p.key.Placeholder()))
			return ""
		}
	}
	return strings.Clone(text)
}

func (d *decoder) badEnum(p place, text string) string {
	list := strings.Join(p.key.Values, "、")
	fix := d.paste(p.field, p.key.Placeholder())
	if near := slip.Nearest(p.key.Values, text); near != "" && slip.Negated(near) == slip.Negated(text) {
		fix = d.paste(p.field, near)
	}
	d.at("value-enum", p, "“"+p.key.Name+"”不能填“"+problem.Clip(text)+"”，可填："+list, fix)
	return ""
}

func (d *decoder) unit(text string) string {
	if d.canon != nil {
		text = d.canon(text)
	}
	return share(text)
}

// share returns a text that equal texts share: units and channels stand in
// every case.
func share(text string) string { return unique.Make(text).Value() }
