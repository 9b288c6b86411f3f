package demo

import (
	"fmt"
	"time"

	"suqiu/internal/config"
	"suqiu/internal/frontmatter"
	"suqiu/internal/papers"
	"suqiu/internal/workday"
)

// monthly is what each member unit hands in for each month (月度报送): within
// the first three working days of the next month, here on the second.
func (s *sample) monthly() ([]landing, error) {
	var landings []landing
	registered := s.registered()
	for m := workday.MonthOf(s.first); ; m = m.Add(1) {
		if s.cal.Add(m.Last(), 2) >= s.today {
			return landings, nil
		}
		for i := range s.config.Units {
			u := &s.config.Units[i]
			if u.Has(config.County) || len(u.Channels) == 0 {
				continue
			}
			handed, missing := s.handedIn(u.Code, m)
			if missing {
				continue
			}
			name := papers.MonthlyPath(m, u.Code)
			who := liaison(u.Name, u.Code)
			authored := at(handed, 9, 5).Add(time.Duration(i*23+int(scatter(u.Code+m.String(), 0)%20)) * time.Minute)
			landings = append(landings, landing{at: authored.Add(12 * time.Minute), style: fastForward,
				by: officeIdentity,
				entries: []entry{{author: who, authored: authored, message: fmt.Sprintf("报送%s %s", u.Name, m),
					files: []file{{name, s.monthlyFile(u, m, registered)}}}}})
		}
	}
}

// handedIn is the day on which a unit hands in a month: the second working day
// of the next. One unit was late once, and one handed in nothing once.
func (s *sample) handedIn(code string, m workday.Month) (day workday.Date, missing bool) {
	last := workday.MonthOf(s.today)
	switch {
	case code == "DJGZK" && m == last.Add(-4):
		return s.cal.Add(m.Last(), 5), false
	case code == "DSFJ" && m == last.Add(-3):
		return 0, true
	}
	return s.cal.Add(m.Last(), 2), false
}

// registered counts the tickets of the sample's appeals by unit, month and channel.
func (s *sample) registered() map[string]int {
	count := map[string]int{}
	for _, p := range s.lives {
		if p.id == "" {
			continue
		}
		tickets := 1
		if f := p.facts.get("件数"); f != "" {
			fmt.Sscan(f, &tickets)
		}
		count[p.collector.Code+workday.MonthOf(p.collected).String()+p.facts.get("渠道")] += tickets
	}
	return count
}

// busy are the channels that bring tickets every month, most of which are
// answered on the spot and never become an appeal of their own.
var busy = map[string]int{"12366热线": 46, "12345热线": 13, "办税服务厅": 18, "12366网上留言": 7,
	"差评（电子税务局及APP）": 5}

func (s *sample) monthlyFile(u *config.Unit, m workday.Month, registered map[string]int) []byte {
	x := &papers.Monthly{Unit: u.Name, Month: m}
	for _, channel := range u.Channels {
		n := registered[u.Code+m.String()+channel]
		if usual := busy[channel]; usual > 0 {
			n += usual*3/4 + int(scatter(channel+m.String(), 1)%uint32(usual/2+1))
		}
		x.Volumes = append(x.Volumes, frontmatter.Named{Name: channel, N: n, Given: true})
	}
	x.Zero = x.Total() == 0
	if p := s.riskOf(m); p.From == u.Name {
		x.Risks = []papers.RiskPoint{{Content: p.Content, To: p.To}}
	}
	return papers.PrintMonthly(x)
}
