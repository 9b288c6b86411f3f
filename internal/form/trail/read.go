package trail

import (
	"encoding/json"
	"errors"
	"reflect"
	"strconv"
	"strings"
	"time"

	"suqiu/internal/config"
	"suqiu/internal/people"
	"suqiu/internal/record"
	"suqiu/internal/replay"
	"suqiu/internal/timeline"
	"suqiu/internal/workday"
)

// ReadBureau reads what Writer.Bureau wrote.
func ReadBureau(data []byte) (*Bureau, error) {
	b := &Bureau{Config: &config.Config{}}
	if err := json.Unmarshal(data, b); err != nil {
		return nil, err
	}
	if b.Config == nil {
		return nil, errors.New("没有单位和时限")
	}
	o := workday.Overrides{Final: b.Calendar.Final, Off: days(b.Calendar.Off), Work: days(b.Calendar.Work)}
	b.Config.Calendar = workday.NewCalendar(o)
	b.Config.Indexed()
	return b, nil
}

func days(texts []string) []workday.Date {
	var list []workday.Date
	for _, text := range texts {
		if d, err := workday.Parse(text); err == nil {
			list = append(list, d)
		}
	}
	return list
}

// ReadCase reads what Writer.Case wrote.
func ReadCase(data []byte) (*Case, error) {
	c := &Case{}
	err := json.Unmarshal(data, c)
	return c, err
}

// address is that of a hand in what is read.
func address(by int) string { return "#" + strconv.Itoa(by) }

// Scene is what a replay reads of a case and of the landings on it.
func (b *Bureau) Scene(c *Case, now *record.Case) (*timeline.CaseHistory, replay.Env) {
	env := replay.Env{Config: b.Config, Calendar: b.Config.Calendar, Baseline: -1}
	h := &timeline.CaseHistory{ID: c.ID, Path: c.Path, Head: now, Last: now}
	var told History
	if c.History != nil {
		told = *c.History
	}
	env.Baseline = told.Found - 1
	words := speaker(now)
	env.Actor = func(email string, on workday.Date) config.Actor {
		if n, err := strconv.Atoi(strings.TrimPrefix(email, "#")); err == nil && n >= 0 && n < len(told.Actors) &&
			email == address(n) {
			return mapped(reflect.ValueOf(told.Actors[n]), words).Interface().(config.Actor)
		}
		return b.Config.Actor(email, on)
	}
	settings := make([]*config.Config, len(told.Landings))
	for i := range told.Landings {
		l := &told.Landings[i]
		settings[i] = b.settings(l.Settings)
		env.Landings = append(env.Landings, timeline.Landing{Commit: strconv.Itoa(i), At: at(l.At),
			Author: &people.Person{Email: address(l.By)}, Authored: timeline.Moment(l.Authored)})
		h.Landings = append(h.Landings, b.landing(i, l, h.Landings, words))
	}
	env.ConfigAt = func(landing int) *config.Config {
		if landing < len(settings) {
			return settings[landing]
		}
		return b.Config
	}
	return h, env
}

func at(seconds int64) time.Time { return time.Unix(seconds, 0).In(workday.Shanghai) }

// settings are those of a number, or today's.
func (b *Bureau) settings(n int) *config.Config {
	if n < 0 || n >= len(b.Settings) {
		return b.Config
	}
	return &config.Config{Limits: b.Settings[n].Limits, Grace: b.Settings[n].Grace}
}

func (b *Bureau) landing(n int, l *Landing, earlier []timeline.CaseLanding, words func(string) string,
) timeline.CaseLanding {
	read := timeline.CaseLanding{Landing: n}
	for i := len(earlier) - 1; i >= 0 && read.Before == nil && !l.Anew; i-- {
		read.Before = earlier[i].After
	}
	var changes []record.Change
	if l.After != nil {
		read.After = mapped(reflect.ValueOf(l.After), words).Interface().(*record.Case)
		changes = record.Diff(read.Before, read.After)
	}
	for i, s := range l.Steps {
		who := timeline.Attribution{Commit: strconv.Itoa(n) + "." + strconv.Itoa(i),
			Author: people.Person{Email: address(s.By)}, Authored: at(s.Authored), Committed: at(s.Committed)}
		step := timeline.Step{Attribution: who, State: words(s.State), Changes: changes}
		if s.Changes != nil {
			step.Changes = nil
		}
		for _, at := range s.Changes {
			if at >= 0 && at < len(changes) {
				step.Changes = append(step.Changes, changes[at])
			}
		}
		read.Steps = append(read.Steps, step)
	}
	return read
}

// speaker says what was told by reference to what a file states.
func speaker(now *record.Case) func(string) string {
	list, _ := texts(now)
	return func(text string) string {
		if number, ok := strings.CutPrefix(text, stated); ok {
			if n, err := strconv.Atoi(number); err == nil && n >= 0 && n < len(list) {
				return list[n]
			}
		}
		return text
	}
}
