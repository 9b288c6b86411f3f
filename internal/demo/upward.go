package demo

import (
	"fmt"
	"time"

	"suqiu/internal/papers"
	"suqiu/internal/workday"
)

// submissions are the reports sent up to the region, each on the twelfth
// working day after its quarter.
func (s *sample) submissions() ([]landing, error) {
	var landings []landing
	for q := workday.QuarterOf(s.first); ; q = q.Add(1) {
		day := s.cal.Add(q.Last(), 12)
		if day >= s.today {
			return landings, nil
		}
		text, err := s.template("reports", "上级报送", scene{words: map[string]string{"季度": q.String(),
			"文号":  fmt.Sprintf("乌税联办〔%d〕%d号", day.Year(), 10+q.Q%4),
			"季度名": fmt.Sprintf("%d年第%s季度", q.Year, ordinal(q.Q))}})
		if err != nil {
			return nil, err
		}
		landings = append(landings, byOffice(at(day, 11, 15), fmt.Sprintf("登记 %s 向上级的报送", q),
			file{"submissions/" + q.String() + ".md", []byte(text)}))
	}
}

// countyCodes are the counties that run the tool on repositories of their own
// and hand in summaries; lateCounty did so late once, lateQuarters ago.
var countyCodes = []string{"JNQ", "FZS", "SZWQ"}

const (
	lateCounty   = "FZS"
	lateQuarters = 2
)

// summaries are what the counties hand in, on the sixth working day after each
// quarter; late is the fourteenth.
func (s *sample) summaries() ([]landing, error) {
	var landings []landing
	for i, code := range countyCodes {
		u := s.config.Unit(code)
		opening := 2 + int(scatter(code, 1)%4)
		for q := workday.QuarterOf(s.first); ; q = q.Add(1) {
			late := code == lateCounty && q == workday.QuarterOf(s.today).Add(-lateQuarters)
			n := 6
			if late {
				n = 14
			}
			day := s.cal.Add(q.Last(), n)
			if day >= s.today {
				break
			}
			x := countySummary(u.Name, code, q, opening)
			opening = x.Balance.Closing
			text, err := papers.WriteSummary(x)
			if err != nil {
				return nil, err
			}
			authored := at(day, 9, 30+11*i)
			landings = append(landings, landing{at: authored.Add(40 * time.Minute), style: merged, by: officeIdentity,
				branch: "summary/" + code + "-" + q.String(),
				entries: []entry{{author: liaison(u.Name, code), authored: authored,
					message: fmt.Sprintf("报送%s %s 季度汇总", u.Name, q),
					files:   []file{{papers.CountyPath(code, q), text}}}}})
		}
	}
	return landings, nil
}

// countySummary is one county's quarter: made up, but every total adds up.
func countySummary(unit, code string, q workday.Quarter, opening int) *papers.Summary {
	draw := func(what string, from, spread int) int {
		return from + int(scatter(code+q.String()+what, 7)%uint32(spread))
	}
	x := &papers.Summary{Tool: "suqiu 0.1.0", AsOf: q.Last(), Unit: unit, Code: code, Quarter: q}
	for i := range 5 {
		x.Head += fmt.Sprintf("%06xab", scatter(code+q.String(), 100+i)>>8)
	}
	f, b := &x.Funnel, &x.Balance
	f.Pushed = draw("pushed", 9, 8)
	f.NotPushed = draw("not pushed", 0, 3)
	f.Registered = f.Pushed + f.NotPushed + draw("waiting", 0, 2)
	f.Tickets = f.Registered + draw("tickets", 14, 20)
	f.Collected = f.Tickets + draw("collected", 60, 40)
	f.Done = f.Pushed - draw("open", 1, 3)
	b.Opening, b.Pushed, b.Other = opening, f.Pushed, draw("merged", 0, 2)
	b.Closing = draw("closing", 2, 4)
	b.Done = b.Opening + b.Pushed - b.Other - b.Closing
	b.LongTerm = draw("long", 0, 2)
	d := &x.Deadlines
	d.OnTime, d.LateDone = f.Pushed-draw("late", 0, 2), draw("late done", 0, 2)
	d.Due, d.Original = d.OnTime+d.LateDone, d.OnTime-1
	st := &x.Steps
	st.Extensions = draw("extensions", 1, 2)
	st.Granted = st.Extensions
	st.Objections, st.Rejected = 1, 1
	e := &x.Evaluation
	e.Accepted = b.Done
	e.Covered = b.Done - draw("uncovered", 0, 2)
	e.Unrated, e.Dissatisfied, e.Fair = draw("unrated", 0, 2), draw("bad", 0, 2), 2
	e.All = e.Covered
	e.Satisfied = e.All - e.Unrated - e.Dissatisfied - e.Fair
	u := &x.Durations
	u.Handled, u.Answered = b.Done, b.Done
	u.HandlingDays, u.WholeDays = b.Done*draw("handling", 4, 4), b.Done*draw("whole", 9, 6)
	x.Monthly = papers.SummaryMonthly{Due: 18, OnTime: 18 - draw("monthly", 0, 2)}
	x.Categories = split([]string{"政策业务类", "征管流程类", "服务质效类"}, f, b.Done)
	x.Channels = split([]string{"办税服务厅", "12345热线"}, f, b.Done)
	return x
}

// split parts the totals of a table among its rows, the rest to the first.
func split(names []string, f *papers.SummaryFunnel, done int) []papers.SummaryRow {
	n := len(names)
	rows := make([]papers.SummaryRow, n)
	for i, name := range names {
		rows[i] = papers.SummaryRow{Name: name, Tickets: f.Tickets / (n + 1), Registered: f.Registered / (n + 1),
			Done: done / (n + 1)}
	}
	rows[0].Tickets += f.Tickets - n*(f.Tickets/(n+1))
	rows[0].Registered += f.Registered - n*(f.Registered/(n+1))
	rows[0].Done += done - n*(done/(n+1))
	return rows
}
