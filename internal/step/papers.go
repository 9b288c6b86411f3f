package step

import (
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/caserules"
	"suqiu/internal/config"
	"suqiu/internal/draft"
	"suqiu/internal/frontmatter"
	"suqiu/internal/misuse"
	"suqiu/internal/papers"
	"suqiu/internal/problem"
	"suqiu/internal/record"
	"suqiu/internal/workday"
)

// Paper is a step beside cases: it writes a file that is no case, and with the
// decisions of a meeting the cases as well.
type Paper struct {
	Step
	Number string // what it is about: 2026-11, 2026Q3, HY2026-05

	folder string
	text   string // of the file as it stands, or of a new one before the step
	is     bool   // there is such a file
	// follows completes the values by what follows from them, or says what is wrong.
	follows func(given map[string]string) []Fault
	decided []decision // of a meeting
	minutes *papers.Meeting
}

// File is a file as a step leaves it.
type File struct{ Path, Text string }

// The steps beside cases.
const (
	MonthlyStep    = "月报"
	PleaStep       = "申辩"
	FindingStep    = "核实申辩"
	WishStep       = "会议建议"
	CarriedOutStep = "落实情况"
	ResolutionStep = "会议决定"
)

// PaperSteps lists the steps beside cases.
func PaperSteps() []string {
	return []string{MonthlyStep, PleaStep, FindingStep, WishStep, CarriedOutStep, ResolutionStep}
}

// paper is a step that writes a file of a folder; an empty text stands for no file.
func (s *Scene) paper(title, folder, number, path, text string, blank any) *Paper {
	scene := *s
	scene.Case = &record.Case{Path: path}
	p := &Paper{Number: number, folder: folder, text: text, is: text != "",
		Step: Step{Name: title, Title: title, scene: &scene}}
	if !p.is {
		p.text = string(papers.SchemaOf(folder).Print(blank, nil, ""))
	}
	return p
}

// Path is where the paper belongs.
func (p *Paper) Path() string { return p.scene.Case.Path }

// inName takes the step in a unit's name, the office for whoever has only paper.
func (p *Paper) inName(unit string) error {
	who := p.scene.actor()
	p.Unit, p.Who = unit, unit
	switch {
	case p.scene.Email == "" || !p.scene.Env.Config.HasAddresses() || who.In(unit):
	case who.Has(config.Office):
		p.Proxy = true
	default:
		return misuse.New("“%s”的%s由该单位提交，收到纸质材料的由联席办代录", unit, p.Title)
	}
	return nil
}

// office reports whether whoever takes the step is the office, or nobody is known.
func (s *Scene) office() bool {
	return s.Email == "" || !s.Env.Config.HasAddresses() || s.actor().Has(config.Office)
}

// day is that on which the step is taken.
func (s *Scene) day() workday.Date { return workday.Of(s.Now) }

// asksFor adds a field for a value at a place, and returns it.
func (p *Paper) asksFor(name, path, key string, required bool) *Field {
	k := papers.SchemaOf(p.folder).Key(path)
	if k == nil {
		k = &frontmatter.Key{Name: path, Type: frontmatter.Count}
	}
	f := p.scene.fieldOf(k, path, "")
	f.Name, f.Required = name, required
	p.Fields = append(p.Fields, f)
	p.outputs = append(p.outputs, output{key: key, field: name})
	return &p.Fields[len(p.Fields)-1]
}

// says adds a value that the step says by itself.
func (p *Paper) says(key, value string) {
	p.outputs = append(p.outputs, output{key: key, value: value})
}

// Apply is what the step makes of the files, with the values of its fields by
// name. Where there are faults the files are not to be used.
func (p *Paper) Apply(values map[string]string) ([]File, []Fault) {
	given := filled(values)
	p.meant(given)
	faults := p.check(given)
	if len(faults) == 0 && p.follows != nil {
		faults = p.follows(given)
	}
	if len(faults) > 0 {
		return nil, faults
	}
	files, writes, faults := p.decide(given)
	if len(faults) > 0 {
		return nil, faults
	}
	if writes = append(p.writes(given), writes...); len(writes) == 0 {
		return files, nil
	}
	text, faults := p.write(writes)
	return append(files, File{p.scene.Case.Path, text}), faults
}

// write is the paper after some writes, with the errors that they bring.
func (p *Paper) write(writes []draft.Write) (string, []Fault) {
	text, ok := written(papers.SchemaOf(p.folder), p.text, writes, p.scene.Env.Config.Canon)
	if !ok {
		return "", []Fault{p.unwritable()}
	}
	var landed [][]byte
	var before []problem.Problem
	if p.is {
		landed, before = [][]byte{[]byte(p.text)}, p.problems(p.text)
	}
	found := append(added(before, p.problems(text)), p.scene.personal(text, landed)...)
	var faults []Fault
	for _, x := range grade(found, "", p.scene.Case.Path) {
		if x.Severity == problem.Error {
			faults = append(faults, Fault{x, p.fieldOf(x.Key)})
		}
	}
	return asTyped(p.text, text), faults
}

// problems are what is wrong with a text by itself.
func (p *Paper) problems(text string) []problem.Problem {
	path, src, canon := p.scene.Case.Path, []byte(text), p.scene.Env.Config.Canon
	switch p.folder {
	case "monthly/":
		return papers.ParseMonthly(path, src, canon).Problems
	case "appraisal/":
		return papers.ParseAppraisal(path, src, canon).Problems
	}
	return papers.ParseMeeting(path, src, canon).Problems
}

// Appraised is what is known of a quarter's appraisal.
type Appraised struct {
	Text   string // of its file; empty: there is none
	Landed workday.Date
	Frozen bool // the quarter is published
}

// Plea is the step by which a unit answers to a deduction.
func (s *Scene) Plea(unit string, q workday.Quarter, known Appraised) (*Paper, error) {
	cfg := s.Env.Config
	p := s.appraisal(PleaStep, q, known)
	u := cfg.Unit(unit)
	switch {
	case u == nil:
		return nil, misuse.New("suqiu.yaml 中没有单位“%s”", unit)
	case q.First() > s.day():
		return nil, misuse.New("%s 还没有开始", q)
	case known.Frozen:
		return nil, misuse.New("%s 已经留存发布，不再申辩", q)
	}
	if err := p.inName(u.Name); err != nil {
		return nil, err
	}
	if known.Landed != 0 {
		p.Until, p.Late = cfg.Calendar.Add(known.Landed, cfg.Limits.Plea), "期满以后季度数字留存发布，不再改动"
	}
	p.With = "对哪一项扣分、理由"
	p.says("申辩[+].单位", u.Name)
	p.asksFor("诉求", "申辩.诉求", "申辩[+].诉求", false)
	item := p.asksFor("扣分项", "申辩.扣分项", "申辩[+].扣分项", true)
	item.Kind = Choice
	for _, k := range cfg.Appraisal.Deductions() {
		item.Choices = append(item.Choices, k.Key)
	}
	p.asksFor("申辩", "申辩.申辩", "申辩[+].申辩", true)
	return p, nil
}

func (s *Scene) appraisal(title string, q workday.Quarter, known Appraised) *Paper {
	return s.paper(title, "appraisal/", q.String(), "appraisal/"+q.String()+".md", known.Text,
		&papers.Appraisal{Quarter: q})
}

// Finding is the step by which the office decides on the pleas that wait.
func (s *Scene) Finding(q workday.Quarter, known Appraised) (*Paper, error) {
	p := s.appraisal(FindingStep, q, known)
	if !s.office() {
		return nil, misuse.New("申辩由联席办核实")
	}
	a := papers.ParseAppraisal(p.scene.Case.Path, []byte(p.text), s.Env.Config.Canon)
	p.some, p.With, p.Who = true, "核实结论、核实说明", string(record.Office)
	for i := range a.Pleas {
		x := &a.Pleas[i]
		if x.Verdict != "" {
			continue
		}
		for _, name := range []string{"核实结论", "核定扣分", "核实说明", "依据"} {
			f := p.asksFor("申辩"+strconv.Itoa(i+1)+"."+name, "申辩."+name,
				"申辩["+strconv.Itoa(i)+"]."+name, false)
			if name == "核实结论" {
				f.Help = strings.TrimSpace(x.Unit+" "+x.Case) + " " + x.Item + "：" + x.Plea
			}
		}
	}
	if len(p.Fields) == 0 {
		return nil, misuse.New("%s 没有等待核实的申辩", q)
	}
	return p, nil
}

// Wish is the step by which a unit suggests a meeting, or that it decides on some
// cases one by one (一事一议). id is the number that the suggestion gets.
func (s *Scene) Wish(unit, id string, cases []*Scene) (*Paper, error) {
	u := s.Env.Config.Unit(unit)
	if u == nil {
		return nil, misuse.New("suqiu.yaml 中没有单位“%s”", unit)
	}
	m := &papers.Meeting{ID: id, Type: "专题", Proposer: u.Name}
	for _, c := range cases {
		if state := c.Life.State; !state.IsOpen() || state.BeforePush() {
			return nil, misuse.New("事项“%s”的状态是“%s”，不在办理之中，不能提请一事一议", c.Case.ID, state)
		}
		m.Type = "即时"
		m.Topics = append(m.Topics, papers.Topic{Matter: c.called(), Source: papers.FromAdHoc,
			Cases: []string{c.Case.ID}, Units: []string{c.Life.Lead}})
	}
	p := s.paper(WishStep, "meetings/", id, papers.MeetingPath(id), "", m)
	if err := p.inName(u.Name); err != nil {
		return nil, err
	}
	p.With = "事由；提请一事一议的，写明事项编号"
	p.asksFor("事由", "事由", "事由", true)
	kind := p.asksFor("类型", "类型", "类型", false)
	kind.Choices = slices.DeleteFunc(slices.Clone(kind.Choices), func(s string) bool { return s == "传签" })
	kind.Help = "不填为“" + m.Type + "”"
	p.asksFor("并轨会商", "并轨会商", "并轨会商", false)
	return p, nil
}

// called is what a paper calls a case: by its title, or by its number where the
// title is not for everybody.
func (s *Scene) called() string {
	if caserules.Restricted(s.Env.Config, s.Case) {
		return s.Case.ID
	}
	return s.Case.Title
}

// CarriedOut is the step by which units say what became of a meeting's decisions.
func (s *Scene) CarriedOut(id, text string) (*Paper, error) {
	p := s.paper(CarriedOutStep, "meetings/", id, papers.MeetingPath(id), text, &papers.Meeting{})
	m := papers.ParseMeeting(p.scene.Case.Path, []byte(text), s.Env.Config.Canon)
	var own []int
	for i, t := range m.Topics {
		unit := slices.IndexFunc(t.Units, func(unit string) bool { return s.office() || s.actor().In(unit) })
		if m.Held == 0 || t.Decision == "" || t.Done != "" || unit < 0 {
			continue
		}
		own = append(own, i)
		if p.Unit == "" {
			p.Unit = t.Units[unit]
		}
		if t.Due != 0 && (p.Until == 0 || t.Due < p.Until) {
			p.Until, p.Late = t.Due, "逾期的，计为超期"
		}
	}
	if len(own) == 0 {
		return nil, misuse.New("%s 没有等您填写落实情况的议题", id)
	}
	p.Who, p.With, p.some = "责任单位", "怎样落实的", true
	for _, i := range own {
		name := "落实情况"
		if len(own) > 1 {
			name += strconv.Itoa(i + 1)
		}
		f := p.asksFor(name, "议题.落实情况", "议题["+strconv.Itoa(i)+"].落实情况", false)
		f.Help = m.Topics[i].Matter + "：" + m.Topics[i].Decision
	}
	return p, nil
}
