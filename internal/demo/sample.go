package demo

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"suqiu/cases"
	"suqiu/internal/config"
	"suqiu/internal/workday"
)

// sample is everything of package cases, placed in time before a day.
type sample struct {
	today workday.Date
	base  workday.Date // T-0: today, or the first working day after it
	first workday.Date // first working day of the quarter four before today's

	config *config.Config
	cal    *workday.Calendar
	steps  steps
	lives  []*placed

	meetings map[string]*meeting // by use: what refers to it
	minutes  []*meeting          // in order of time
	risks    riskPlan
}

// placed is a life with its dates: what of it has happened by today.
type placed struct {
	*life
	start     workday.Date
	collected workday.Date
	collector *config.Unit
	id        string // 编号
	acts      []act
}

// act is a block with its dates.
type act struct {
	*block
	n        int
	unit     string // in whose name
	who      identity
	office   bool
	authored time.Time
	landed   time.Time
}

// loadSample reads the embedded sample and places it before today.
func loadSample(today workday.Date) (*sample, error) {
	if today.Year() < 2025 || today.Year() > 2199 {
		return nil, &Error{"示例库不能以 " + today.String() + " 为当日生成", "请用 2025 年至 2199 年之间的日期", nil}
	}
	src, err := cases.FS.ReadFile("suqiu.yaml")
	if err != nil {
		return nil, err
	}
	s := &sample{today: today, config: config.Parse("suqiu.yaml", src), meetings: map[string]*meeting{}}
	if p := s.config.Problems; len(p) > 0 {
		return nil, fmt.Errorf("suqiu.yaml:%d: %s", p[0].Line, p[0].Message)
	}
	s.cal = s.config.Calendar
	s.base = s.cal.Add(s.cal.Add(today, -1), 1)
	s.first = s.cal.Add(workday.QuarterOf(today).Add(-4).First()-1, 1)
	if s.risks.pool, err = loadRisks(); err != nil {
		return nil, err
	}
	if s.steps, err = readSteps(); err != nil {
		return nil, err
	}
	lives, err := readLives(s.steps)
	if err != nil {
		return nil, err
	}
	everyday := 0
	for _, l := range lives {
		if !l.facts.has("开始") {
			everyday++
		}
	}
	k := 0 // of the everyday ones
	for _, l := range lives {
		start := s.spread(k, everyday)
		if begin := l.facts.get("开始"); begin != "" {
			start, err = s.day(begin, 0)
		} else {
			k++
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", l.name, err)
		}
		p, err := s.place(l, start)
		if err != nil {
			return nil, fmt.Errorf("%s（%s）: %w", l.name, l.title, err)
		}
		s.lives = append(s.lives, p)
	}
	s.number()
	return s, s.convene()
}

// readLives reads the appeals and the everyday ones with their paths.
func readLives(known steps) ([]*life, error) {
	var lives []*life
	paths := map[string]*life{}
	for _, dir := range []string{"paths", "appeals", "everyday"} {
		entries, err := fs.ReadDir(script, path.Join("script", dir))
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			src, err := script.ReadFile(path.Join("script", dir, e.Name()))
			if err != nil {
				return nil, err
			}
			stem := strings.TrimSuffix(e.Name(), ".md")
			found, err := parseLives(dir+"/"+e.Name(), string(src))
			if err != nil {
				return nil, err
			}
			if dir == "paths" {
				paths[stem] = found[0]
				continue
			}
			for i, l := range found {
				l.name, _, _ = strings.Cut(stem, "-")
				if len(found) > 1 {
					l.name = fmt.Sprintf("%s-%d", stem, i+1)
				}
			}
			lives = append(lives, found...)
		}
	}
	for _, l := range lives {
		if err := l.recall(known); err != nil {
			return nil, err
		}
		name := l.facts.get("路径")
		if name == "" {
			continue
		}
		p := paths[name]
		if p == nil {
			return nil, fmt.Errorf("%s: no such path: %q", l.name, name)
		}
		l.vary = int(scatter(l.title, 0) % 45)
		l.blocks = append(append([]block(nil), p.blocks...), l.blocks...)
	}
	return lives, nil
}

// spread places the k-th of n everyday appeals evenly between the first days
// of the oldest quarter and a month ago.
func (s *sample) spread(k, n int) workday.Date {
	from, to := s.cal.Add(s.first, 3), s.cal.Add(s.base, -18)
	if n < 2 {
		return to
	}
	return s.cal.Add(from, k*s.cal.Count(from, to)/(n-1))
}

// place gives each block of a life its dates and keeps what has happened
// before today.
func (s *sample) place(l *life, start workday.Date) (*placed, error) {
	p := &placed{life: l, start: start, collected: s.cal.Add(start, -1)}
	channel := l.facts.get("渠道")
	p.collector = s.owner(channel)
	if name := l.facts.get("收集单位"); name != "" {
		p.collector = s.config.Unit(name)
	}
	if p.collector == nil {
		return nil, fmt.Errorf("no unit collects from %q", channel)
	}
	if day := l.facts.get("收集日期"); day != "" {
		var err error
		if p.collected, err = s.day(day, start); err != nil {
			return nil, err
		}
	}
	var before time.Time // the last landing
	var waiting []act    // 待并: they land with the next
	for i := range l.blocks {
		a, ok, err := s.date(p, &l.blocks[i], i)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", l.blocks[i].line, err)
		}
		if !ok {
			continue
		}
		if n := len(waiting); n > 0 && a.authored.Before(waiting[n-1].authored) || a.authored.Before(before) {
			return nil, fmt.Errorf("line %d: %s comes before what went before it", l.blocks[i].line, a.authored)
		}
		if a.how == "待并" {
			waiting = append(waiting, a)
			continue
		}
		if a.landed.Before(a.authored) {
			return nil, fmt.Errorf("line %d: it lands before it is written", l.blocks[i].line)
		}
		if workday.Of(a.landed) >= s.today {
			break
		}
		p.acts = append(append(p.acts, waiting...), a)
		waiting, before = nil, a.landed
	}
	return p, nil
}

// date works out one block; ok is false if the life has no such unit.
func (s *sample) date(p *placed, b *block, n int) (a act, ok bool, err error) {
	a = act{block: b, n: n}
	if s.steps[b.step] == nil {
		return a, false, fmt.Errorf("no such step: %q", b.step)
	}
	who := b.who
	if strings.HasPrefix(who, "{") {
		who, err = s.expand(who, scene{p: p})
		if err != nil || who == "" {
			return a, false, err
		}
	}
	if a.unit, a.who, a.office, err = s.actor(who); err != nil {
		return a, false, err
	}
	if a.authored, err = s.moment(b.when, p); err != nil {
		return a, false, err
	}
	switch {
	case b.lands.day != "":
		a.landed, err = s.moment(b.lands, p)
	case s.style(p, &a) == direct:
		a.landed = a.authored
	default:
		// The office merges within the hour and a half, and goes home at six.
		a.landed = a.authored.Add(time.Duration(25+scatter(p.title, n)%60) * time.Minute)
		if closing := workday.Of(a.authored).Start().Add(17*time.Hour + 50*time.Minute); a.landed.After(closing) &&
			a.authored.Before(closing) {
			a.landed = closing
		}
	}
	return a, true, err
}

// style is how an act lands: the office commits straight to main, units send
// merge requests, most of which are merged as they are.
func (s *sample) style(p *placed, a *act) style {
	switch a.how {
	case "直推":
		return direct
	case "合并":
		return merged
	case "压缩":
		return squashed
	case "快进":
		return fastForward
	}
	if a.office {
		return direct
	}
	switch scatter(p.title, a.n) % 10 {
	case 0, 1:
		return squashed
	case 2:
		return fastForward
	}
	return merged
}

// number gives each appeal its 编号: month of collection, code of the
// collecting unit, and the sequence in which they were registered.
func (s *sample) number() {
	order := make([]*placed, 0, len(s.lives))
	for _, p := range s.lives {
		if len(p.acts) > 0 {
			order = append(order, p)
		}
	}
	slices.SortStableFunc(order, func(a, b *placed) int { return a.acts[0].landed.Compare(b.acts[0].landed) })
	count := map[string]int{}
	for _, p := range order {
		prefix := fmt.Sprintf("%04d%02d-%s", p.collected.Year(), p.collected.Month(), p.collector.Code)
		count[prefix]++
		p.id = fmt.Sprintf("%s-%03d", prefix, count[prefix])
	}
}

func (p *placed) path() string { return casePath(p.id) }

// casePath is where a case of an 编号 lies: by the month of its collection.
func casePath(id string) string {
	return "cases/" + id[:4] + "/" + id[4:6] + "/" + id + ".md"
}

// owner is the unit that collects from a channel, if only one does.
func (s *sample) owner(channel string) (owner *config.Unit) {
	for i := range s.config.Units {
		u := &s.config.Units[i]
		switch {
		case !slices.Contains(u.Channels, channel):
		case owner != nil:
			return nil
		default:
			owner = u
		}
	}
	return owner
}
