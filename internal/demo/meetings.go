package demo

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"suqiu/internal/papers"
	"suqiu/internal/workday"
)

// meeting is one file of meetings/: minutes, or a decision by circulation.
type meeting struct {
	id       string // HY2026-03, CQ2026-07
	template string // its text
	held     workday.Date
	lands    time.Time
	scene    scene
	regular  bool         // 例会
	wish     bool         // asked for by a unit, not held; held is the day of asking
	settled  workday.Date // day on which 落实情况 is filled in; zero: with the minutes
}

// useOf names the meeting that an act of a life refers to.
func useOf(p *placed, a *act, name string) string {
	return fmt.Sprintf("%s/%d/%s", p.name, a.n, name)
}

// convene finds every {会议 …} that an act refers to, adds the quarterly
// meetings, and numbers all of them by year.
func (s *sample) convene() error {
	for _, p := range s.lives {
		for i := range p.acts {
			a := &p.acts[i]
			for _, name := range meetingsNamed(a.facts) {
				template, err := readTemplate("meetings", name)
				if err != nil {
					return fmt.Errorf("%s line %d: %w", p.name, a.line, err)
				}
				m := &meeting{template: template, held: workday.Of(a.landed), lands: a.landed.Add(-20 * time.Minute),
					scene: scene{p: p, a: a, words: map[string]string{"决定": decisionOf(a), "来源": sourceOf(a)}}}
				s.meetings[useOf(p, a, name)] = m
				s.minutes = append(s.minutes, m)
			}
		}
	}
	if err := s.quarterlies(); err != nil {
		return err
	}
	if err := s.wish(); err != nil {
		return err
	}
	slices.SortStableFunc(s.minutes, func(a, b *meeting) int { return a.lands.Compare(b.lands) })
	count := map[string]int{}
	for _, m := range s.minutes {
		prefix := "HY"
		if strings.Contains(m.template, "类型: 传签\n") {
			prefix = "CQ"
		}
		year := fmt.Sprintf("%s%04d", prefix, m.held.Year())
		count[year]++
		m.id = fmt.Sprintf("%s-%02d", year, count[year])
		m.scene.words["会议编号"] = m.id
		m.scene.words["召开日期"] = m.held.String()
		m.scene.words["印发日期"] = workday.Of(m.lands).String()
	}
	s.ratify()
	return nil
}

// quarterlies are the regular meetings, one a quarter (三(一)): on its twelfth
// working day, about the quarter before; the minutes come two days later.
func (s *sample) quarterlies() error {
	template, err := readTemplate("meetings", "例会")
	if err != nil {
		return err
	}
	for i := -4; i <= 0; i++ {
		q := workday.QuarterOf(s.today).Add(i)
		held := s.cal.Add(q.First()-1, 12)
		printed := s.cal.Add(held, 2)
		if printed >= s.today {
			break
		}
		before := q.Add(-1)
		s.minutes = append(s.minutes, &meeting{template: template, held: held, lands: at(printed, 15, 20),
			regular: true, settled: s.cal.Add(held, 22),
			scene: scene{words: map[string]string{
				"完成期限": s.cal.Add(held, 30).String(), "落实情况": "",
				"季度":   fmt.Sprintf("%d年第%s季度", before.Year, ordinal(before.Q)),
				"重点诉求": strings.Join(s.collectedIn(before, 3), "、"),
			}}})
	}
	return nil
}

// wisher is the appeal whose unit asks for 一事一议 and waits for the convenor.
const wisher = "10"

// wish is a unit's request, filed three working days ago, on which nobody has
// decided.
func (s *sample) wish() error {
	template, err := readTemplate("meetings", "一事一议提请")
	if err != nil {
		return err
	}
	for _, p := range s.lives {
		if p.name == wisher && p.id != "" {
			filed := s.cal.Add(s.base, -3)
			s.minutes = append(s.minutes, &meeting{template: template, held: filed, lands: at(filed, 15, 40),
				wish:  true,
				scene: scene{p: p, words: map[string]string{}}})
		}
	}
	return nil
}

// ratify lets each regular meeting ratify what was decided by circulation
// since the one before.
func (s *sample) ratify() {
	done := map[string]bool{}
	for _, m := range s.minutes {
		if !m.regular {
			continue
		}
		var list []string
		for _, c := range s.minutes {
			if strings.HasPrefix(c.id, "CQ") && c.held < m.held && !done[c.id] {
				list, done[c.id] = append(list, c.id), true
			}
		}
		m.scene.words["追认"] = strings.Join(list, "、")
	}
}

// collectedIn lists the first few appeals of a quarter by 编号.
func (s *sample) collectedIn(q workday.Quarter, most int) []string {
	var ids []string
	for _, p := range s.lives {
		if p.id != "" && q.Contains(p.collected) && len(ids) < most {
			ids = append(ids, p.id)
		}
	}
	return ids
}

// meetingsNamed lists the names in {会议 …} in the facts of an act, each once.
func meetingsNamed(list facts) (found []string) {
	for _, f := range list {
		inside := meetingsNamed(f.sub)
		if _, rest, ok := strings.Cut(f.value, "{会议 "); ok {
			name, _, _ := strings.Cut(rest, "}")
			inside = append([]string{name}, inside...)
		}
		for _, name := range inside {
			if !slices.Contains(found, name) {
				found = append(found, name)
			}
		}
	}
	return found
}

// sourceOf says what the meeting was asked to decide, in the words of 来源.
func sourceOf(a *act) string {
	for _, f := range a.facts {
		switch d := f.sub.get("决定"); {
		case f.key == "说明单" && (d == "成立" || d == "不成立"):
			return "异议"
		case d != "":
			return f.key
		case f.key == "会议议定期限":
			return "一事一议"
		}
	}
	return "建议"
}

// decisionOf says in words what the meeting decided.
func decisionOf(a *act) string {
	for _, f := range a.facts {
		if d := f.sub.get("决定"); d != "" {
			return d
		}
	}
	return a.step
}

// writeMinutes turns the meetings into landings by the office.
func (s *sample) writeMinutes() ([]landing, error) {
	var landings []landing
	for _, m := range s.minutes {
		minutes, err := s.minutesFile(m)
		if err != nil {
			return nil, err
		}
		what := "会议纪要"
		if strings.HasPrefix(m.id, "CQ") {
			what = "传签件"
		}
		message := "印发" + what + " " + m.id
		if m.wish {
			message = "登记单位的建议 " + m.id
		}
		landings = append(landings, byOffice(m.lands, message, minutes))
		if m.settled == 0 || m.settled >= s.today {
			continue
		}
		m.scene.words["落实情况"] = "责任单位已按期落实，联席会议办公室已核对"
		if minutes, err = s.minutesFile(m); err != nil {
			return nil, err
		}
		landings = append(landings, byOffice(at(m.settled, 10, 10), "登记 "+m.id+" 议定事项的落实情况", minutes))
	}
	return landings, nil
}

// minutesFile is a meeting's file in canonical form.
func (s *sample) minutesFile(m *meeting) (file, error) {
	name := "meetings/" + m.id + ".md"
	text, err := s.expand(m.template, m.scene)
	if err != nil {
		return file{}, fmt.Errorf("%s: %w", m.id, err)
	}
	data, problems := papers.Format(name, []byte(text), s.config.Canon)
	if len(problems) > 0 {
		return file{}, fmt.Errorf("%s line %d: %s", name, problems[0].Line, problems[0].Message)
	}
	return file{name, data}, nil
}

func readTemplate(dir, name string) (string, error) {
	data, err := script.ReadFile(path.Join("script", dir, name+".md"))
	return string(data), err
}

// template is a text of the script with what stands in its braces.
func (s *sample) template(dir, name string, at scene) (string, error) {
	text, err := readTemplate(dir, name)
	if err != nil {
		return "", err
	}
	return s.expand(text, at)
}

// at is a time of day.
func at(d workday.Date, hour, minute int) time.Time {
	return d.Start().Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
}
