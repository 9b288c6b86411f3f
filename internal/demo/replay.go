package demo

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"suqiu/cases"
	"suqiu/internal/record"
	"suqiu/internal/workday"
)

// replay turns the sample into landings in order of time.
func (s *sample) replay(publish Publisher) ([]landing, error) {
	landings, err := s.opening()
	if err != nil {
		return nil, err
	}
	for _, p := range s.lives {
		own, err := s.live(p)
		if err != nil {
			return nil, err
		}
		landings = append(landings, own...)
	}
	minutes, err := s.writeMinutes()
	if err != nil {
		return nil, err
	}
	landings = append(landings, minutes...)
	landings = append(landings, s.monthly()...)
	s.planRisks()
	landings = append(landings, s.writeRisks()...)
	landings = append(landings, s.submissions()...)
	counties, err := s.summaries()
	if err != nil {
		return nil, err
	}
	landings = append(landings, counties...)
	published, err := s.publications(publish)
	if err != nil {
		return nil, err
	}
	landings = append(landings, published...)
	sortStable(landings, func(a, b landing) int { return a.at.Compare(b.at) })
	return landings, nil
}

// opening is the first commit: the organisation.
func (s *sample) opening() ([]landing, error) {
	var files []file
	for _, name := range []string{"README.md", "suqiu.yaml"} {
		data, err := cases.FS.ReadFile(name)
		if err != nil {
			return nil, err
		}
		files = append(files, file{name, data})
	}
	at := s.first.Start().Add(8*time.Hour + 30*time.Minute)
	return []landing{{at: at, entries: []entry{{author: officeIdentity, authored: at,
		message: "建立税费服务诉求和舆情分析办理库", files: files}}}}, nil
}

// live replays one life: each act changes what the last one left.
func (s *sample) live(p *placed) ([]landing, error) {
	if len(p.acts) == 0 {
		return nil, nil
	}
	c := &record.Case{Path: p.path(), ID: p.id, Tickets: 1, Sections: emptyBody()}
	var landings []landing
	var waiting []entry
	for i := range p.acts {
		a := &p.acts[i]
		at := scene{p: p, a: a}
		if err := s.apply(c, at); err != nil {
			return nil, fmt.Errorf("%s（%s） line %d: %w", p.name, p.title, a.line, err)
		}
		message, err := s.message(at)
		if err != nil {
			return nil, fmt.Errorf("%s line %d: %w", p.name, a.line, err)
		}
		e := entry{author: a.who, authored: a.authored, message: message,
			files: []file{{p.path(), record.Print(c)}}}
		if a.how == "待并" {
			waiting = append(waiting, e)
			continue
		}
		by := officeIdentity
		if scatter(p.title, a.n)%7 == 0 {
			by = officeDeputy
		}
		code := "lianxiban"
		if u := s.config.Unit(a.unit); u != nil && !a.office {
			code = strings.ToLower(u.Code)
		}
		landings = append(landings, landing{at: a.landed, style: s.style(p, a), by: by,
			branch: code + "/" + p.id, entries: append(waiting, e)})
		waiting = nil
		if err := s.riskOfAct(at); err != nil {
			return nil, fmt.Errorf("%s line %d: %w", p.name, a.line, err)
		}
	}
	return landings, nil
}

func (s *sample) message(at scene) (string, error) {
	text := steps[at.a.step].message
	if at.a.note != "" {
		text = at.a.note
	}
	text, err := s.expand(text, at)
	return text, err
}

// apply makes one act's changes: what its step stands for, then its own facts
// and texts on top.
func (s *sample) apply(c *record.Case, at scene) error {
	st, own := steps[at.a.step], at.a.facts
	if st.state != "" {
		c.State = st.state
	}
	for _, key := range st.copies {
		value, err := s.word(key, at)
		if err != nil {
			return err
		}
		if value == "" || own.has(key) {
			continue
		}
		if err := set(c, fact{key: key, value: value}); err != nil {
			return err
		}
	}
	for _, heading := range st.texts {
		if body := at.p.section(heading); body != "" {
			if err := writeSection(c, text{heading, body}); err != nil {
				return err
			}
		}
	}
	usual, err := s.usual(at)
	if err != nil {
		return err
	}
	for _, f := range append(usual, own...) {
		if f.key == "转送风险点" || f.key == "退回原因" {
			continue
		}
		full, err := s.expandFact(f, at)
		if err != nil {
			return err
		}
		if err := set(c, full); err != nil {
			return err
		}
	}
	for _, t := range at.a.texts {
		if err := writeSection(c, t); err != nil {
			return err
		}
	}
	// What a section says may name days and numbers.
	for i := range c.Sections {
		if c.Sections[i].Text, err = s.expand(c.Sections[i].Text, at); err != nil {
			return err
		}
	}
	return nil
}

func (s *sample) expandFact(f fact, at scene) (fact, error) {
	if f.key == "说明单" && !f.sub.has("单位") && f.sub.has("事由") {
		f.sub = append(slices.Clone(f.sub), fact{key: "单位", value: at.a.unit})
	}
	value, err := s.expand(f.value, at)
	if err != nil {
		return f, err
	}
	f.value = value
	sub := make(facts, 0, len(f.sub))
	for _, x := range f.sub {
		x, err := s.expandFact(x, at)
		if err != nil {
			return f, err
		}
		sub = append(sub, x)
	}
	f.sub = sub
	return f, nil
}

// usual has the record that a step brings if the act does not write its own.
func (s *sample) usual(at scene) (facts, error) {
	a, p := at.a, at.p
	record := steps[a.step].record
	if a.step == "协办反馈" && !a.facts.has("协办反馈") {
		result := p.facts.under("协办反馈").get(a.unit)
		if result == "" {
			return nil, fmt.Errorf("the preface does not say what %s answers", a.unit)
		}
		return facts{{key: "协办反馈", sub: facts{{key: a.unit, value: result}}}}, nil
	}
	if record == "" || a.facts.has(record) {
		return nil, nil
	}
	switch a.step {
	case "反馈":
		sub := facts{{key: "结果", value: p.facts.get("结果")}, {key: "措施", value: p.facts.get("措施")},
			{key: "后续措施", value: p.facts.get("后续措施")}, {key: "完成期限", value: p.facts.get("完成期限")},
			{key: "答复日期", value: workday.Of(a.authored).String()}}
		return facts{{key: "反馈", sub: sub}}, nil
	case "退回":
		return facts{{key: "反馈", sub: facts{{key: "审核", value: "退回"},
			{key: "退回原因", value: a.facts.get("退回原因")}}}}, nil
	case "审核":
		return facts{{key: "反馈", sub: facts{{key: "审核", value: "通过"}}}}, nil
	case "评估":
		return facts{{key: "评估", sub: facts{{key: "方式", value: "{评估方式}"}, {key: "单位", value: a.unit},
			{key: "结果", value: "{评估结果}"}}}}, nil
	}
	return nil, fmt.Errorf("%s needs its %s", a.step, record)
}
