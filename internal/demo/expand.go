package demo

import (
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
	"time"

	"suqiu/internal/workday"
)

// scene is where a text stands: whose it is, and at which of its acts.
type scene struct {
	p     *placed
	a     *act              // nil: at none
	words map[string]string // further words that may stand in braces
}

// expand replaces what stands in braces:
//
//	{+3} {T-5} {收集+60日}  days, see day
//	{编号} {编号 17}         the number of this appeal, or of another file's
//	{会议 传签}              the number of minutes made from meetings/传签.md
//	{清单}                  the task list of the act's half month
//	{协办1} {协办2}          co-handlers, empty if there are none
//	{承办单位} …             any fact of the preface
func (s *sample) expand(text string, at scene) (string, error) {
	if !strings.Contains(text, "{") {
		return text, nil
	}
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(text, "{")
		out.WriteString(before)
		if !found {
			return out.String(), nil
		}
		word, after, closed := strings.Cut(rest, "}")
		if !closed {
			return "", fmt.Errorf("{ without }: %q", text)
		}
		value, err := s.word(word, at)
		if err != nil {
			return "", err
		}
		out.WriteString(value)
		text = after
	}
}

func (s *sample) word(word string, at scene) (string, error) {
	if v, ok := at.words[word]; ok {
		return v, nil
	}
	if strings.HasPrefix(word, "T-") || strings.HasPrefix(word, "T+") {
		d, err := s.day(word, 0)
		return d.String(), err
	}
	p := at.p
	if p == nil {
		return "", fmt.Errorf("{%s}: unknown here", word)
	}
	if word == "收集日期" || strings.HasPrefix(word, "收集+") || strings.HasPrefix(word, "+") {
		d, err := s.dayOf(word, p)
		return d.String(), err
	}
	if name, ok := strings.CutPrefix(word, "会议 "); ok && at.a != nil {
		m := s.meetings[useOf(p, at.a, name)]
		if m == nil {
			return "", fmt.Errorf("{%s}: no such meeting", word)
		}
		return m.id, nil
	}
	if other, ok := strings.CutPrefix(word, "编号 "); ok {
		for _, q := range s.lives {
			if q.name == other {
				return q.id, nil
			}
		}
		return "", fmt.Errorf("{%s}: no such appeal", word)
	}
	switch word {
	case "编号":
		return p.id, nil
	case "标题":
		return p.title, nil
	case "收集单位":
		return p.collector.Name, nil
	case "任务清单":
		word = "清单"
	case "协办1", "协办2":
		co := names(p.facts.get("协办单位"))
		if i := int(word[len(word)-1] - '1'); i < len(co) {
			return co[i], nil
		}
		return "", nil
	}
	if at.a != nil {
		switch word {
		case "清单":
			return taskList(workday.Of(at.a.landed)), nil
		case "单位":
			return at.a.unit, nil
		case "当日":
			return workday.Of(at.a.authored).String(), nil
		case "退回原因":
			return at.a.facts.get(word), nil
		case "协办答复":
			if result := p.facts.find("协办反馈").sub.get(at.a.unit); result != "" {
				return result, nil
			}
		}
	}
	if p.facts.has(word) {
		return s.expand(p.facts.get(word), at)
	}
	if value, ok := unsaid[word]; ok {
		return value, nil
	}
	return "", fmt.Errorf("{%s}: the preface has no such fact", word)
}

// unsaid are the facts that may be missing from a preface, with what they are then.
var unsaid = map[string]string{"性质": "诉求", "评估方式": "12366回访", "评估结果": "满意",
	"件数": "", "属地": "", "税费种": "", "主题": "", "原渠道单号": "", "原渠道期限": "", "公开范围": "",
	"分析单位": "", "协办单位": "", "限办天数": "", "后续措施": "", "完成期限": ""}

// taskList is the number of the list on which a push of a day stands: two
// lists a month.
func taskList(d workday.Date) string {
	half := 1
	if d.Day() > 15 {
		half = 2
	}
	return fmt.Sprintf("RW%04d%02d-%02d", d.Year(), d.Month(), half)
}

// dayOf reads a day within a life, which may end in +60日: calendar days.
func (s *sample) dayOf(expr string, p *placed) (workday.Date, error) {
	further := 0
	if cut, ok := strings.CutSuffix(expr, "日"); ok {
		i := strings.LastIndexAny(cut, "+-")
		if i < 0 {
			return 0, fmt.Errorf("not a day: %q", expr)
		}
		n, err := strconv.Atoi(cut[i:])
		if err != nil {
			return 0, fmt.Errorf("not a day: %q", expr)
		}
		expr, further = cut[:i], n
	} else if expr == "收集日期" {
		return p.collected, nil
	}
	if expr == "收集" {
		return p.collected.AddDays(further), nil
	}
	d, err := s.day(expr, p.start)
	return d.AddDays(further), err
}

// day reads +3, working days after start, or T-5, working days before today.
func (s *sample) day(expr string, start workday.Date) (workday.Date, error) {
	from := start
	number, absolute := strings.CutPrefix(expr, "T")
	if absolute {
		from = s.base
	}
	n, err := strconv.Atoi(number)
	if err != nil || from == 0 {
		return 0, fmt.Errorf("not a day: %q", expr)
	}
	return s.cal.Add(from, n), nil
}

// moment reads a day and a time of day within a life.
func (s *sample) moment(m moment, p *placed) (time.Time, error) {
	d, err := s.dayOf(m.day, p)
	if err != nil {
		return time.Time{}, err
	}
	clock, err := time.Parse("15:04", m.clock)
	if err != nil {
		return time.Time{}, fmt.Errorf("not a time of day: %q", m.clock)
	}
	minutes := clock.Hour()*60 + clock.Minute() + p.vary
	return d.Start().Add(time.Duration(minutes) * time.Minute), nil
}

// officeIdentity is the joint-meeting office, seated in 纳税服务科;
// officeDeputy is its deputy, whom suqiu.yaml names under 人员.
var (
	officeIdentity = identity{"联席会议办公室", "lianxiban@nsfwk.example"}
	officeDeputy   = identity{"联席会议办公室（纳税服务中心）", "lianxiban@nfzx.example"}
)

// actor is the unit and the identity behind a name in a header.
func (s *sample) actor(who string) (unit string, id identity, office bool, err error) {
	switch who {
	case "联席办":
		return "纳税服务科", officeIdentity, true, nil
	case "联席办（纳税服务中心）":
		return "纳税服务中心", officeDeputy, true, nil
	}
	u := s.config.Unit(who)
	if u == nil {
		return "", identity{}, false, fmt.Errorf("no such unit: %q", who)
	}
	return u.Name, liaison(u.Name, u.Code), false, nil
}

// liaison is the liaison officer (联络员) of a unit.
func liaison(unit, code string) identity {
	return identity{unit + "联络员", "lianluoyuan@" + strings.ToLower(code) + ".example"}
}

// scatter is a number that looks random and depends on its arguments alone.
func scatter(text string, n int) uint32 {
	h := fnv.New32a()
	h.Write([]byte(text))
	h.Write([]byte{byte(n), byte(n >> 8)})
	x := h.Sum32()
	x ^= x >> 15
	x *= 0x2c1b3c6d
	x ^= x >> 12
	return x
}
