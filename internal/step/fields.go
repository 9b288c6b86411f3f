package step

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/frontmatter"
	"suqiu/internal/mdfile"
	"suqiu/internal/record"
	"suqiu/internal/workflow"
)

// Kind says how a field is asked for.
type Kind string

// The kinds.
const (
	Text     Kind = "text"
	LongText Kind = "long-text"
	Choice   Kind = "choice"
	Unit     Kind = "unit"
	Units    Kind = "units"
	Date     Kind = "date"
	Number   Kind = "number"
	Case     Kind = "case"
	Meeting  Kind = "meeting"
	Section  Kind = "section"
)

// Field is one thing that a step asks for. It never has an answer already.
type Field struct {
	Name     string // the key or section that it fills: 措施, 反馈答复
	Kind     Kind
	Required bool
	Choices  []string
	Help     string // may be empty
	path     string // of the schema: 反馈.措施
}

// output is one value that a step writes.
type output struct {
	key   string // as of a draft.Write
	value string // what the step says by itself; empty: what its field says
	field string
}

// take makes a step's fields and outputs of what the table says that it writes.
func (st *Step) take(inputs []workflow.Input) {
	names := fieldNames(inputs)
	for i := range inputs {
		in := &inputs[i]
		o := output{key: in.Key, value: in.Value}
		if in.Value == "" {
			o.field = names[i]
			f := st.scene.field(in)
			f.Name = names[i]
			f.Required = in.Need == workflow.Required
			if in.Of.Soft && f.Kind == Section {
				f.Required = !mdfile.HasText(st.scene.Case.Section(heading(in.Key)))
			} else if in.Of.Soft {
				f.Required = f.Required && workflow.Said(st.scene.Case, in.Of.Key, 0) == ""
			}
			st.Fields = append(st.Fields, f)
		}
		st.outputs = append(st.outputs, o)
	}
}

// heading is the heading of a section's key.
func heading(key string) string { return strings.TrimPrefix(key, "## ") }

// fieldNames calls each input by the last part of its key. Where several have
// that, it is left to the one that must be filled in, and the others are called by
// as much as tells them apart.
func fieldNames(inputs []workflow.Input) []string {
	all, required, paths := map[string]int{}, map[string]int{}, map[string]int{}
	var names []string
	for _, in := range inputs {
		name := last(in.Of.Key)
		names = append(names, name)
		if in.Value == "" {
			all[name]++
		}
		if in.Value == "" && in.Need == workflow.Required {
			required[name]++
		}
	}
	for i, in := range inputs {
		name := names[i]
		if in.Value != "" || all[name] == 1 || required[name] == 1 && in.Need == workflow.Required {
			continue
		}
		names[i] = in.Of.Key
		if paths[in.Of.Key]++; paths[in.Of.Key] > 1 {
			top, _, _ := strings.Cut(in.Of.Key, ".")
			names[i] = top + strconv.Itoa(paths[in.Of.Key]) + "." + name
		}
	}
	return names
}

// last is the last part of a key's path, or a heading.
func last(path string) string {
	_, name, nested := strings.Cut(path, ".")
	if !nested {
		name = path
	}
	return heading(name)
}

// field is what the table and the schema say of an input.
func (s *Scene) field(in *workflow.Input) Field {
	f := s.fieldOf(record.Schema().Key(in.Of.Key), in.Of.Key, in.Of.Ask)
	if in.Of.Choices != "" {
		f.Choices = strings.Split(in.Of.Choices, "、")
	}
	return f
}

// fieldOf is what a schema says of the key at a path; ask is what somebody asks
// for there instead.
func (s *Scene) fieldOf(k *record.Key, path, ask string) Field {
	f := Field{Kind: kindOf(k), Help: help(ask, k), path: path}
	switch {
	case k.Type == record.Enum:
		f.Choices = k.Values
	case k.Type == record.Unit:
		for i := range s.Env.Config.Units {
			f.Choices = append(f.Choices, s.Env.Config.Units[i].Name)
		}
	case k.Type == record.Channel:
		f.Choices = s.channels()
	}
	return f
}

// channels are those of the unit that collects, or of all.
func (s *Scene) channels() []string {
	if u := s.Env.Config.Unit(s.Case.Collector); u != nil && len(u.Channels) > 0 {
		return u.Channels
	}
	var all []string
	for i := range s.Env.Config.Units {
		all = append(all, s.Env.Config.Units[i].Channels...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func kindOf(k *record.Key) Kind {
	switch {
	case strings.HasPrefix(k.Name, "## "):
		return Section
	case k.Type == record.Unit && k.Shape == record.Many:
		return Units
	case k.Shape == record.Many || k.Line:
		return Text
	case k.Meeting:
		return Meeting
	}
	kind, ok := map[frontmatter.Type]Kind{record.Unit: Unit, record.Day: Date, record.Count: Number,
		record.CaseID: Case,
		record.Enum:   Choice, record.Channel: Choice, record.Word: Text}[k.Type]
	if !ok {
		return LongText
	}
	return kind
}

// help is what the table or the schema say of a field. Of what a text to copy
// would leave to be deleted, a form says that it stays empty.
func help(ask string, k *record.Key) string {
	text := cmp.Or(ask, k.Ask, k.Note)
	text = strings.ReplaceAll(text, "再删去括号和里面的字", "这一项不填")
	text = strings.ReplaceAll(text, "删去括号和里面的字", "不填")
	if k.Shape == record.Many && !strings.Contains(text, "顿号") {
		text = strings.TrimPrefix(text+"；几个用顿号隔开", "；")
	}
	return text
}
