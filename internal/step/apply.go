package step

import (
	"slices"
	"strings"

	"suqiu/internal/draft"
	"suqiu/internal/frontmatter"
	"suqiu/internal/mdfile"
	"suqiu/internal/problem"
	"suqiu/internal/record"
)

// Fault is what is wrong with the values of a step.
type Fault struct {
	problem.Problem
	Field string // whose value it is; empty: of the step as a whole
}

// Asked is the text of 下一步怎么填: the whole file with what is to be filled in
// marked, or its lines where the file cannot be written into.
func (st *Step) Asked(file *draft.Draft) (text string, whole bool) {
	if file != nil {
		if text, whole = file.With(st.asks); whole {
			return text, true
		}
	}
	return draft.Fragment(st.asks), false
}

// Apply is the file after the step, with the values of its fields by name. It
// changes the lines of the step alone, but takes out what a copied text says of
// its origin. Where there are faults the text is not to be used.
func (st *Step) Apply(src string, values map[string]string) (text string, faults []Fault) {
	text, faults = st.Try(src, values)
	return text, slices.DeleteFunc(faults, func(f Fault) bool { return f.Severity != problem.Error })
}

// Try is Apply that tells of warnings too, which do not stand in the way.
func (st *Step) Try(src string, values map[string]string) (text string, faults []Fault) {
	given := filled(values)
	if faults = st.check(given); len(faults) > 0 {
		return "", faults
	}
	text, ok := written(record.Schema(), src, st.writes(given), st.scene.Env.Config.Canon)
	if !ok {
		return "", []Fault{st.unwritable()}
	}
	for _, p := range st.scene.Judge(text) {
		faults = append(faults, Fault{p, st.fieldOf(p.Key)})
	}
	return asTyped(src, text), faults
}

// filled are the values that say something.
func filled(values map[string]string) map[string]string {
	given := map[string]string{}
	for name, value := range values {
		if value = strings.TrimSpace(strings.ReplaceAll(value, "\r\n", "\n")); value != "" {
			given[name] = value
		}
	}
	return given
}

// written is a text after some writes, without what it says of its origin.
func written(schema *frontmatter.Schema, src string, writes []draft.Write, canon func(string) string) (text string,
	ok bool) {
	file, ok := draft.New(schema, []byte(mdfile.WithoutOrigin(src)), canon)
	if ok {
		text, ok = file.With(writes)
	}
	return text, ok
}

// asTyped is a text with the ends of lines and the byte order mark of another.
func asTyped(src, text string) string {
	if strings.Contains(src, "\r\n") {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	if strings.HasPrefix(src, byteOrderMark) {
		text = byteOrderMark + text
	}
	return text
}

// byteOrderMark begins files that some editors write. It stays, as the ends of
// lines do.
const byteOrderMark = "\uFEFF"

func (st *Step) unwritable() Fault {
	return st.fault("", "yaml-syntax", "文件的写法不能由程序改动", "先运行 suqiu fmt，或直接编辑文件")
}

func (st *Step) fault(field, rule, message, fix string) Fault {
	return Fault{problem.Problem{Rule: rule, Severity: problem.Error, Case: st.scene.Case.ID, Path: st.scene.Case.Path,
		Message: message, Fix: fix}, field}
}

// check looks at the values by themselves.
func (st *Step) check(given map[string]string) []Fault {
	var faults []Fault
	var names []string
	for _, f := range st.Fields {
		names = append(names, f.Name)
		value := given[f.Name]
		switch {
		case value == "" && f.Required:
			faults = append(faults, st.fault(f.Name, "transition-requires", "没有填写“"+f.Name+"”", f.cure()))
		case value != "" && f.Kind == Choice && !slices.Contains(f.Choices, value):
			faults = append(faults, st.fault(f.Name, "value-enum", "“"+f.Name+"”的“"+problem.Clip(value)+
				"”不在可选范围", "可选："+strings.Join(f.Choices, "、")))
		case f.Kind == Unit || f.Kind == Units:
			for name := range strings.SplitSeq(value, "、") {
				if name != "" && st.scene.Env.Config.Unit(name) == nil {
					faults = append(faults, st.fault(f.Name, "unit-unknown", "“"+problem.Clip(name)+
						"”不是 suqiu.yaml 中登记的单位", "可选："+strings.Join(f.Choices, "、")))
				}
			}
		case f.Kind == Section && strings.Contains("\n"+value, "\n## "):
			faults = append(faults, st.fault(f.Name, "section-missing", "“"+f.Name+"”里不能另起一节（以“## ”开头的行）",
				"小标题用“### ”"))
		}
	}
	for name := range given {
		if !slices.Contains(names, name) {
			faults = append(faults, st.fault(name, "key-unknown", "“"+st.Name+"”没有“"+name+"”这一项",
				"可填："+strings.Join(names, "、")))
		}
	}
	if st.some && len(given) == 0 {
		faults = append(faults, st.fault("", "transition-requires", "没有填写任何一项",
			"可填："+strings.Join(names, "、")))
	}
	return faults
}

// cure says what may be filled in: the choices where there are some.
func (f *Field) cure() string {
	if len(f.Choices) > 0 {
		return "可选：" + strings.Join(f.Choices, "、")
	}
	return f.Help
}

// named are the units that a value names, by their names.
func (st *Step) named(value string) string {
	names := strings.Split(value, "、")
	for i, name := range names {
		names[i] = st.scene.Env.Config.Canon(strings.TrimSpace(name))
	}
	return strings.Join(names, "、")
}

// writes are what the step writes, all of one key together.
func (st *Step) writes(given map[string]string) []draft.Write {
	var list []draft.Write
	for _, o := range st.outputs {
		w := draft.Write{Key: o.key, Value: o.value, More: true}
		if o.field != "" {
			if w.Value = given[o.field]; w.Value == "" {
				continue
			}
			if f := st.field(o.field); f.Kind == Unit || f.Kind == Units {
				w.Value = st.named(w.Value)
			}
		}
		at := len(list)
		top, _, _ := strings.Cut(o.key, ".")
		for i := range list {
			if other, _, _ := strings.Cut(list[i].Key, "."); other == top {
				at = i + 1
			}
		}
		list = slices.Insert(list, at, w)
	}
	return append(list, st.seeds(list)...)
}

func (st *Step) field(name string) *Field {
	return &st.Fields[slices.IndexFunc(st.Fields, func(f Field) bool { return f.Name == name })]
}

// seeds give each new co-handler its key, as a push does: so each writes below
// its own.
func (st *Step) seeds(list []draft.Write) []draft.Write {
	const co, answers = "协办单位", "协办反馈"
	i := slices.IndexFunc(list, func(w draft.Write) bool { return w.Key == co })
	if i < 0 {
		return nil
	}
	var seeds []draft.Write
	for unit := range strings.SplitSeq(list[i].Value, "、") {
		if !slices.ContainsFunc(st.scene.Case.CoFeedback, func(f record.CoFeedback) bool { return f.Unit == unit }) {
			key := answers + "." + unit + "." + record.KeyOf(answers).Fields[0].Name
			seeds = append(seeds, draft.Write{Key: key})
		}
	}
	return seeds
}

// fieldOf is the field that fills what a key path is of; empty if none does.
func (st *Step) fieldOf(key string) string {
	for _, o := range st.outputs {
		if o.key == key && o.field != "" {
			return o.field
		}
	}
	for _, want := range []string{plain(key), topOf(key)} {
		for _, f := range st.Fields {
			if want != "" && (f.path == want || want == topOf(key) && topOf(f.path) == want) {
				return f.Name
			}
		}
	}
	return ""
}

// plain is a key path without the numbers of entries.
func plain(key string) string {
	for {
		before, after, found := strings.Cut(key, "[")
		if !found {
			return key
		}
		_, after, _ = strings.Cut(after, "]")
		key = before + after
	}
}

func topOf(key string) string {
	top, _, _ := strings.Cut(plain(key), ".")
	return top
}
