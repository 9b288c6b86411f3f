package report

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"suqiu/internal/document"
	"suqiu/internal/register"
	"suqiu/internal/workday"
)

// FormatVersion is that of the JSON of a report: 1 had neither settings nor
// annexes, 2 no counting. Files of older versions are still read and verified.
const FormatVersion = 3

// CountingVersion is that of 口径, the way figures are counted. It is raised when
// that changes, so that a quarter frozen by an older one is told to be counted
// otherwise, and not to have been tampered with. 2 counts a quarter as it was
// seen at the end of receipt, each task once, 月报 by the month they report, one
// 评估 a round, and 办理时长 from the push; files that name none are of 1.
const CountingVersion = 2

// Publication is the figures of a quarter with what they were computed from
// and the lists behind them: what `report --format json` prints, and what
// reports/2026Q3.json keeps.
type Publication struct {
	Version  int              `json:"version"`
	Counting int              `json:"counting"` // version of 口径
	Tool     string           `json:"tool"`
	Head     string           `json:"head"`
	AsOf     workday.Date     `json:"as_of"`
	Edition  string           `json:"edition"` // whose Annexes these are: 公开 or 监督
	Calendar CalendarNote     `json:"calendar"`
	Settings SettingsNote     `json:"settings"`
	Figures  Quarterly        `json:"figures"`
	Annexes  []document.Annex `json:"-"` // see Encode
}

// CalendarNote names the calendar that days were counted by.
type CalendarNote struct {
	Years  []int  `json:"years"`  // with a final notice
	Digest string `json:"digest"` // of every day that is off or worked against its weekday
}

// SettingsNote names the suqiu.yaml that figures were computed by: units with
// their 别名 and 渠道, 收件宽限, 时限, 仅要素 and 考评 are those of that commit.
type SettingsNote struct {
	Commit string `json:"commit"` // the landing that brought it
	Grace  int    `json:"grace"`  // its 收件宽限, working days
}

// Publish computes what would be published of a quarter; tool is the name and
// version of the program.
func Publish(d *register.Register, q workday.Quarter, o Options, tool string) Publication {
	b := Open(d)
	return Publication{Version: FormatVersion, Counting: CountingVersion, Tool: tool, Head: d.Head, AsOf: d.AsOf,
		Edition:  o.edition(),
		Calendar: NoteCalendar(d.Config.Calendar), Settings: NoteSettings(d), Figures: b.Compute(q),
		Annexes: b.lists(q, o)}
}

// NoteSettings names the settings of a register.
func NoteSettings(d *register.Register) SettingsNote {
	return SettingsNote{Commit: d.SettingsCommit(), Grace: d.Config.Grace}
}

// NoteCalendar names a calendar.
func NoteCalendar(c *workday.Calendar) CalendarNote {
	final, off, work := c.Text()
	sum := sha256.Sum256([]byte("off " + strings.Join(off, " ") + "\nwork " + strings.Join(work, " ")))
	return CalendarNote{final, hex.EncodeToString(sum[:8])}
}

// Difference is one figure that is not what it was.
type Difference struct {
	Key       string // of an indicator, else a path into the figures
	Name      string
	Published string
	Now       string
}

// Standing is how a published quarter stands against the history.
type Standing struct {
	*register.Published
	Was Publication // as published; zero if it cannot be read
	// Problem says why it cannot be verified; empty if it was.
	Problem string
	// Drift is what recomputing at the published head and day gives otherwise:
	// the published file, the tool or its calendar changed.
	Drift []Difference
	// Recounted is what recomputing gives otherwise because the quarter was
	// published by an older 口径 (口径变更).
	Recounted []Difference
	// Corrected is what has changed since by what landed later (更正后).
	Corrected []Difference
	// Calendar reports that the days were counted by another calendar.
	Calendar bool
}

// Standings verifies every published quarter of a register, by quarter.
func Standings(d *register.Register) []Standing {
	if len(d.Published) == 0 {
		return nil
	}
	now := Open(d)
	list := make([]Standing, 0, len(d.Published))
	for _, p := range d.Published {
		list = append(list, stand(now, p))
	}
	return list
}

func stand(now *Book, p *register.Published) Standing {
	s := Standing{Published: p, Problem: p.Problem}
	if err := json.Unmarshal(p.Data, &s.Was); err != nil {
		s.Problem = "文件不是“suqiu report --freeze”写成的，读不出数字"
		return s
	}
	switch {
	case s.Was.Version < 1 || s.Was.Version > FormatVersion:
		s.Problem = fmt.Sprintf("文件的格式是第 %d 版，本版本 suqiu 只认识到第 %d 版", s.Was.Version, FormatVersion)
	case s.Was.Counting > CountingVersion:
		s.Problem = fmt.Sprintf("数字按口径第 %d 版计算，本版本 suqiu 只认识到第 %d 版", s.Was.Counting,
			CountingVersion)
	case s.Was.Figures.Quarter != p.Quarter:
		s.Problem = "文件里是 " + s.Was.Figures.Quarter.String() + " 的数字，与文件名不符"
	}
	if s.Problem != "" {
		return s
	}
	s.Was.Counting = max(s.Was.Counting, 1)
	was := s.Was.Figures
	if p.Then != nil {
		again := Publish(p.Then, p.Quarter, Options{Supervision: s.Was.Edition == supervision}, p.Tool)
		s.Drift = driftOf(s.Was, p.Data, again)
		if s.Was.Counting < CountingVersion {
			s.Recounted = slices.DeleteFunc(slices.Clone(s.Drift), ofSettings)
			s.Drift = slices.DeleteFunc(s.Drift, func(d Difference) bool { return !ofSettings(d) })
			was = again.Figures // only what landed since is a 更正
		}
		s.Calendar = NoteCalendar(p.Then.Config.Calendar).Digest != s.Was.Calendar.Digest
	}
	s.Corrected = correctionsOf(was, now.Compute(p.Quarter))
	return s
}

// ofSettings reports whether a difference is about what figures were computed
// from, which no 口径 changes.
func ofSettings(d Difference) bool { return strings.HasPrefix(d.Key, "settings.") }

// correctionsOf compares the indicators and the balance alone: they are what
// was published, and what a 更正 sets right.
func correctionsOf(was, now Quarterly) []Difference {
	var list []Difference
	add := func(key, name string, a, b int) {
		if a != b {
			list = append(list, Difference{key, name, fmt.Sprint(a), fmt.Sprint(b)})
		}
	}
	add("balance.opening", "期初未结", was.Balance.Opening, now.Balance.Opening)
	add("balance.pushed", "本期推送", was.Balance.Pushed, now.Balance.Pushed)
	add("balance.done", "本期办结", was.Balance.Done, now.Balance.Done)
	add("balance.other", "其他终结", was.Balance.Other, now.Balance.Other)
	add("balance.closing", "期末未结", was.Balance.Closing, now.Balance.Closing)
	add("funnel.tickets", "收集（件）", was.Funnel.Tickets, now.Funnel.Tickets)
	add("funnel.registered", "登记（事项）", was.Funnel.Registered, now.Funnel.Registered)
	return append(list, indicatorDifferences(was, now)...)
}

func indicatorDifferences(was, now Quarterly) []Difference {
	today := map[string]Indicator{}
	for _, i := range now.Indicators {
		today[i.Key] = i
	}
	var list []Difference
	for _, w := range was.Indicators {
		n, ok := today[w.Key]
		if ok && (w.N != n.N || w.Of != n.Of) {
			list = append(list, Difference{w.Key, w.Name, withCounts(w), withCounts(n)})
		}
	}
	return list
}

// withCounts is the value with what it was made of.
func withCounts(i Indicator) string {
	if i.Of == 0 {
		return i.Value
	}
	counts := fmt.Sprintf("%d/%d", i.N, i.Of)
	if counts == i.Value {
		return counts
	}
	return i.Value + "（" + counts + "）"
}
