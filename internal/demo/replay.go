package demo

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"suqiu/cases"
	"suqiu/internal/record"
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
	for _, papers := range []func() ([]landing, error){s.writeMinutes, s.monthly, s.writeRisks,
		s.submissions, s.summaries,
		func() ([]landing, error) { return s.publications(publish) }} {
		list, err := papers()
		if err != nil {
			return nil, err
		}
		landings = append(landings, list...)
	}
	slices.SortStableFunc(landings, func(a, b landing) int { return a.at.Compare(b.at) })
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
	return []landing{byOffice(at(s.first, 8, 30), "建立税费服务诉求和舆情分析办理库", files...)}, nil
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
	return s.expand(cmp.Or(at.a.note, s.steps[at.a.step].facts.get(message)), at)
}

// apply makes one act's changes: what its step stands for, then its own facts
// and texts on top.
func (s *sample) apply(c *record.Case, at scene) error {
	list, err := s.writes(at)
	if err != nil {
		return err
	}
	for _, f := range list {
		if err := set(c, f); err != nil {
			return err
		}
	}
	texts := at.a.texts
	for _, heading := range slices.Backward(names(s.steps[at.a.step].facts.get(copied))) {
		if body := at.p.section(heading); body != "" {
			texts = append([]text{{heading, body}}, texts...)
		}
	}
	for _, t := range texts {
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
	var err, err2 error
	f.key, err = s.expand(f.key, at)
	f.value, err2 = s.expand(f.value, at)
	if err := errors.Join(err, err2); err != nil {
		return f, err
	}
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
