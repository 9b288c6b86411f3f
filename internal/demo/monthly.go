package demo

import (
	"fmt"
	"strings"
	"time"

	"suqiu/internal/config"
	"suqiu/internal/workday"
)

// monthly is what each member unit hands in for each month (月度报送): within
// the first three working days of the next month, here on the second.
func (s *sample) monthly() []landing {
	var landings []landing
	registered := s.registered()
	for m := workday.MonthOf(s.first); ; m = m.Add(1) {
		due := s.cal.Add(m.Last(), 2)
		if due >= s.today {
			return landings
		}
		for i := range s.config.Units {
			u := &s.config.Units[i]
			if u.Has(config.County) || len(u.Channels) == 0 {
				continue
			}
			name := fmt.Sprintf("monthly/%s/%s.md", m, u.Code)
			who := liaison(u.Name, u.Code)
			authored := at(due, 9, 5).Add(time.Duration(i*23+int(scatter(u.Code+m.String(), 0)%20)) * time.Minute)
			landings = append(landings, landing{at: authored.Add(12 * time.Minute), style: fastForward, by: officeIdentity,
				entries: []entry{{author: who, authored: authored, message: fmt.Sprintf("报送%s %s", u.Name, m),
					files: []file{{name, monthlyFile(u, m, registered)}}}}})
		}
	}
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
var busy = map[string]int{"12366热线": 46, "12345热线": 13, "办税服务厅": 18, "12366网上留言": 7, "差评（电子税务局及APP）": 5}

func monthlyFile(u *config.Unit, m workday.Month, registered map[string]int) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "---\n单位: %s\n月份: %s\n\n渠道收集量:\n", u.Name, m)
	total := 0
	for _, channel := range u.Channels {
		n := registered[u.Code+m.String()+channel]
		if usual := busy[channel]; usual > 0 {
			n += usual*3/4 + int(scatter(channel+m.String(), 1)%uint32(usual/2+1))
		}
		total += n
		fmt.Fprintf(&b, "  %s: %d\n", channel, n)
	}
	none := "否"
	if total == 0 {
		none = "是"
	}
	fmt.Fprintf(&b, "\n零报告: %s\n\n风险点:\n---\n", none)
	return []byte(b.String())
}
