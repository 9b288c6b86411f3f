package step

import (
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/draft"
	"suqiu/internal/misuse"
	"suqiu/internal/papers"
	"suqiu/internal/record"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// CaseFile is a case with the text of its file.
type CaseFile struct {
	*Scene
	Text string
}

// decision is a case on which a meeting decides.
type decision struct {
	CaseFile
	steps []Step // that rest on a meeting
}

// Resolution is the step that takes the decisions of a meeting into its cases and
// back: what was decided on a case goes into its file and into the minutes. An
// empty text stands for minutes that are begun, of a meeting of a kind.
func (s *Scene) Resolution(id, kind, text string, cases []CaseFile) (*Paper, error) {
	p := s.paper(ResolutionStep, "meetings/", id, papers.MeetingPath(id), text, &papers.Meeting{ID: id, Type: kind,
		Proposer: s.Env.Config.OfficeUnit(), Reason: "研究等待确认、决定的事项", Host: "召集人"})
	m := papers.ParseMeeting(p.scene.Case.Path, []byte(p.text), s.Env.Config.Canon)
	switch {
	case m.Unreadable:
		return nil, misuse.New("会议“%s”的文件读不出来，请先运行 suqiu fmt，按提示改好", id)
	case text == "" && !s.office():
		return nil, misuse.New("会议由联席办召集")
	}
	p.minutes = m
	p.Who, p.With = string(record.Office), "各事项的决定；还没有写召开日期的，一并写上"
	if s.office() {
		p.lacking(m)
	} else if m.Held == 0 {
		return nil, misuse.New("%s 还没有召开", id)
	}
	for _, c := range cases {
		d := decision{CaseFile: c}
		for _, st := range c.Steps() {
			if st.decides() {
				d.steps = append(d.steps, st)
			}
		}
		if len(d.steps) > 0 {
			p.decided = append(p.decided, d)
			p.options(&d)
		}
	}
	if len(p.decided) == 0 {
		return nil, misuse.New("%s 没有等您填写决定的事项", id)
	}
	return p, nil
}

// lacking asks for what the minutes lack to be those of a meeting that was held.
func (p *Paper) lacking(m *papers.Meeting) {
	if m.Held == 0 {
		p.asksFor("召开日期", "召开日期", "召开日期", true)
	}
	if m.Printed == 0 {
		p.asksFor("印发日期", "印发日期", "印发日期", false)
	}
	if m.Number == "" {
		p.asksFor("文号", "文号", "文号", false)
	}
}

// decides reports whether a step is a decision that a meeting takes: on what waits
// for one, or on an agreed date.
func (st *Step) decides() bool {
	if st.row == nil || st.Proxy || st.row.Record.Key == "反馈" {
		return false
	}
	return slices.ContainsFunc(st.Fields, func(f Field) bool {
		return f.Kind == Meeting && (st.row.Record.Decides || f.Required && f.path == agreedBasis)
	})
}

// source is why the case is on the agenda, where that step is decided.
func (d *decision) source(st *Step) string {
	for _, o := range st.outputs {
		list, at, _ := strings.Cut(o.key, "[")
		at, _, _ = strings.Cut(at, "]")
		if n, err := strconv.Atoi(at); err == nil && list == "说明单" {
			switch reason := d.Case.Statements[n].Reason; reason {
			case workflow.Objection, papers.FromAdHoc:
				return reason
			}
			return papers.FromEscalation
		}
	}
	if d.Life.State == workflow.LongTerm {
		return papers.FromReview
	}
	return papers.FromExtension
}

// topic is the place of what the minutes say about the case, by the reason for
// which it is on the agenda before all; -1: they say nothing.
func (d *decision) topic(m *papers.Meeting, source string) int {
	at := -1
	for i, t := range m.Topics {
		if slices.Contains(t.Cases, d.Case.ID) && (at < 0 || t.Source == source) {
			at = i
		}
	}
	return at
}

// options asks what was decided on a case: which of its steps, where there are
// several, and what each of them asks for beside the meeting.
func (p *Paper) options(d *decision) {
	id := d.Case.ID
	if len(d.steps) > 1 {
		f := Field{Name: id, Kind: Choice, Help: "现为“" + string(d.Life.State) + "”，不填的不动", path: id}
		for _, st := range d.steps {
			f.Choices = append(f.Choices, st.Name)
		}
		p.Fields = append(p.Fields, f)
	}
	for i := range d.steps {
		if st := &d.steps[i]; p.Until == 0 || st.Until != 0 && st.Until < p.Until {
			p.Until, p.Late = st.Until, st.Late
		}
		for _, f := range d.steps[i].Fields {
			f.Name, f.Required = id+"."+f.Name, false
			at := slices.IndexFunc(p.Fields, func(o Field) bool { return o.Name == f.Name })
			switch {
			case f.Kind == Meeting:
			case at < 0:
				p.Fields = append(p.Fields, f)
			case f.Kind == Choice:
				p.Fields[at].Choices = union(p.Fields[at].Choices, f.Choices)
			}
		}
	}
}

// decide are the files of the cases after what was decided on them, and what the
// minutes say of it.
func (p *Paper) decide(given map[string]string) (files []File, writes []draft.Write, faults []Fault) {
	if p.decided == nil {
		return nil, nil, nil
	}
	for i := range p.decided {
		d := &p.decided[i]
		values := map[string]string{}
		for name, value := range given {
			if own, ok := strings.CutPrefix(name, d.Case.ID+"."); ok {
				values[own] = value
			}
		}
		st := d.chosen(given[d.Case.ID], values)
		switch {
		case st != nil:
		case len(values) > 0:
			faults = append(faults, p.fault(d.Case.ID, "transition-requires", "没有选择对"+d.Case.ID+"的决定",
				"可选："+strings.Join(p.choices(d.Case.ID), "、")))
			continue
		default:
			continue
		}
		says, source := saidOf(st, values), d.source(st)
		at, topic := d.topic(p.minutes, source), papers.Topic{Source: source}
		if at >= 0 {
			topic = p.minutes.Topics[at]
		}
		rest(st, p.Number, topic.Due, values)
		text, wrong := st.Apply(d.Text, values)
		for _, f := range wrong {
			if f.Field != "" {
				f.Field = d.Case.ID + "." + f.Field
			}
			faults = append(faults, f)
		}
		files = append(files, File{d.Case.Path, text})
		if p.scene.office() {
			writes = append(writes, d.back(at, &topic, says, values["日期"])...)
		}
	}
	if len(files)+len(faults) == 0 {
		faults = append(faults, p.fault("", "transition-requires", "没有填写任何一项决定", ""))
	}
	return files, writes, faults
}

func (p *Paper) choices(field string) []string {
	i := slices.IndexFunc(p.Fields, func(f Field) bool { return f.Name == field })
	return p.Fields[i].Choices
}

// meant completes the names of decisions, of which the beginning is enough.
func (p *Paper) meant(given map[string]string) {
	for i := range p.decided {
		d := &p.decided[i]
		if name := given[d.Case.ID]; name != "" {
			if st := Find(d.steps, name); st != nil {
				given[d.Case.ID] = st.Name
			}
		}
	}
}

// chosen is the step that was decided; the only one there is need not be named.
func (d *decision) chosen(name string, values map[string]string) *Step {
	switch {
	case len(d.steps) == 1 && len(values) > 0:
		return &d.steps[0]
	case name == "":
		return nil
	}
	return Find(d.steps, name)
}

// rest lets a decision rest on the meeting, and an agreed date be that of the
// minutes.
func rest(st *Step, meeting string, due workday.Date, values map[string]string) {
	agreed := false
	for i := range st.Fields {
		f := &st.Fields[i]
		if f.path == agreedDate && values[f.Name] == "" && due != 0 && !strings.HasPrefix(values["决定"], "不") {
			values[f.Name] = due.String()
		}
		agreed = agreed || f.path == agreedDate && values[f.Name] != ""
	}
	for i := range st.Fields {
		f := &st.Fields[i]
		if f.Kind == Meeting && (f.Required || f.path != agreedBasis || agreed) {
			values[f.Name] = meeting
		}
	}
}

const (
	agreedDate  = "会议议定期限.日期"
	agreedBasis = "会议议定期限.依据"
)

// saidOf is what minutes say of a step.
func saidOf(st *Step, values map[string]string) string {
	text := st.Title
	var list []string
	for _, f := range st.Fields {
		if value := values[f.Name]; value != "" {
			list = append(list, last(f.Name)+" "+value)
		}
	}
	if len(list) > 0 {
		text += "：" + strings.Join(list, "，")
	}
	return text
}

// back are the minutes' words about the case, in a topic that is there or in one of
// its own.
func (d *decision) back(n int, topic *papers.Topic, says, due string) []draft.Write {
	at := "议题[" + strconv.Itoa(n) + "]."
	var list []draft.Write
	if n < 0 {
		at = "议题[+]."
		list = []draft.Write{{Key: at + "事项", Value: d.called()}, {Key: at + "来源", Value: topic.Source},
			{Key: at + "诉求", Value: d.Case.ID}, {Key: at + "责任单位", Value: d.Life.Lead},
			{Key: at + "提请党委会", Value: "否"}}
	}
	if topic.Decision == "" {
		list = append(list, draft.Write{Key: at + "决定", Value: says})
	}
	if topic.Due == 0 && due != "" {
		list = append(list, draft.Write{Key: at + "完成期限", Value: due})
	}
	return list
}
