package demo

import (
	"fmt"
	"slices"
	"time"

	"suqiu/internal/papers"
	"suqiu/internal/workday"
)

// riskPlan is what units see and the office sends on: each month's submissions
// name one risk point, which is sent on in the next month and answered later.
type riskPlan struct {
	pool  []papers.RiskPoint
	notes []riskNote
}

// riskNote is one change of a file of risks/: a point sent on, or the answer to
// one sent before.
type riskNote struct {
	at     time.Time
	month  workday.Month // of the file
	point  papers.RiskPoint
	answer bool
}

// loadRisks reads the points that stand in script/risks/月度报送.md.
func loadRisks() ([]papers.RiskPoint, error) {
	src, err := script.ReadFile("script/risks/月度报送.md")
	if err != nil {
		return nil, err
	}
	r := papers.ParseRisks("risks/2000-01.md", src, nil)
	if len(r.Problems) > 0 {
		return nil, fmt.Errorf("risks/月度报送.md:%d: %s", r.Problems[0].Line, r.Problems[0].Message)
	}
	return r.Points, nil
}

// riskOf is the risk point that is seen in a month, and the unit that sees it.
func (s *sample) riskOf(m workday.Month) papers.RiskPoint {
	return s.risks.pool[(m.Year*12+int(m.Month))%len(s.risks.pool)]
}

// planRisks sends on, on the sixth working day of each month, what was handed
// in for the month before; the answer comes three weeks later.
func (s *sample) planRisks() {
	for m := workday.MonthOf(s.first); ; m = m.Add(1) {
		sent := s.cal.Add(m.Last(), 6)
		if sent >= s.today {
			return
		}
		point := s.riskOf(m)
		answer := point.Reply
		point.Reply = ""
		s.risks.notes = append(s.risks.notes, riskNote{at: at(sent, 10, 40), month: m.Add(1), point: point})
		if day := s.cal.Add(sent, 15); day < s.today {
			point.Reply = answer
			s.risks.notes = append(s.risks.notes, riskNote{at: at(day, 16, 5), month: m.Add(1), point: point,
				answer: true})
		}
	}
}

// riskOfAct plans the risk point that an act of a life sends on.
func (s *sample) riskOfAct(at scene) error {
	name := at.a.facts.get("转送风险点")
	if name == "" {
		return nil
	}
	month := workday.MonthOf(workday.Of(at.a.landed))
	at.words = map[string]string{"月份": month.String()}
	text, err := s.template("risks", name, at)
	if err != nil {
		return err
	}
	for _, point := range papers.ParseRisks("risks/"+month.String()+".md", []byte(text), s.config.Canon).Points {
		s.risks.notes = append(s.risks.notes, riskNote{at: at.a.landed.Add(15 * time.Minute), month: month,
			point: point})
	}
	return nil
}

// writeRisks turns the notes into landings by the office, each with the whole
// file of its month.
func (s *sample) writeRisks() ([]landing, error) {
	s.planRisks()
	slices.SortStableFunc(s.risks.notes, func(a, b riskNote) int { return a.at.Compare(b.at) })
	files := map[workday.Month]*papers.Risks{}
	var landings []landing
	for _, n := range s.risks.notes {
		f := files[n.month]
		if f == nil {
			f = &papers.Risks{Month: n.month}
			files[n.month] = f
		}
		message := "转送风险点（" + n.month.String() + "）"
		if n.answer {
			message = "登记风险点反馈（" + n.month.String() + "）"
			for i := range f.Points {
				if f.Points[i].Content == n.point.Content {
					f.Points[i] = n.point
				}
			}
		} else {
			f.Points = append(f.Points, n.point)
		}
		landings = append(landings,
			byOffice(n.at, message, file{"risks/" + n.month.String() + ".md", papers.PrintRisks(f)}))
	}
	return landings, nil
}
