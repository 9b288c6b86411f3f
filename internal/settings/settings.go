// Package settings is suqiu.yaml through time: every version that landed, which was
// in force when, whom an address stood for and what a unit was called.
package settings

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"suqiu/internal/config"
	"suqiu/internal/history"
	"suqiu/internal/timeline"
	"suqiu/internal/workday"
)

// Settings are those of a repository. Where only Config is set there is no history.
type Settings struct {
	Config *config.Config // in force
	// Proposed is the suqiu.yaml that the request under check brings; nil if it brings
	// none. Nothing is judged by it.
	Proposed *config.Config
	Revision int // how many versions have landed
	// Hash stands for all that cases are judged by, beside their histories and the
	// day; empty if that cannot be told.
	Hash string
	// Names tell what unit a name means.
	Names Names

	landings []timeline.Landing
	versions versions
}

// Of are the settings of a history. boot is suqiu.yaml of the tree that is asked
// for, which counts where none has landed, and source its text; nil: it is no file.
func Of(h *history.History, boot *config.Config, source []byte) Settings {
	s := Settings{Config: boot, landings: h.Landings, versions: landed(h)}
	s.Revision = len(s.versions)
	// What stands in the place of the file now may be none.
	if n := len(s.versions); n > 0 && (boot.Unreadable == nil || source != nil) {
		s.Config = s.versions[n-1].config
	}
	s.Hash = s.hash(h, source)
	var landing int
	if s.Proposed, landing = proposed(h); s.Config.Unreadable != nil && s.Proposed != nil &&
		s.Proposed.Unreadable == nil {
		// Nobody can be judged by what cannot be read: whoever mends it is judged by
		// what he writes.
		s.Config = s.Proposed
		s.Hash = "" // as nothing that is kept
		s.versions = append(s.versions, version{landing, s.Proposed})
	}
	s.Names = append(s.versions[:len(s.versions):len(s.versions)], version{config: s.Config}).names()
	return s
}

// version is suqiu.yaml from one landing on.
type version struct {
	landing int
	config  *config.Config
}

// versions are those that landed, oldest first. One in which no unit can be read is
// an accident and rules over nothing.
type versions []version

// landed are the landed versions that can be read. The request under --base is not
// among them: nobody is judged by rules of his own.
func landed(h *history.History) (list versions) {
	for _, v := range h.Versions(config.Path) {
		if v.Data != nil && !h.Landings[v.Landing].Pending {
			list = append(list, version{v.Landing, config.Parse(config.Path, v.Data)})
		}
	}
	return list
}

// hash stands for all versions of suqiu.yaml that landed, readable or
// not, and for the one in the tree that is asked for, which counts where none has landed.
func (s *Settings) hash(h *history.History, boot []byte) string {
	sum := sha256.New()
	fmt.Fprintf(sum, "%d %d\n", s.Baseline(), len(boot))
	sum.Write(boot)
	for _, v := range h.Versions(config.Path) {
		if h.Landings[v.Landing].Pending {
			continue
		}
		fmt.Fprintf(sum, "%s %d\n", h.Landings[v.Landing].Commit, len(v.Data))
		sum.Write(v.Data)
	}
	return string(sum.Sum(nil))
}

// until are the versions that landed by a landing.
func (list versions) until(landing int) versions {
	n, found := slices.BinarySearchFunc(list, landing, func(v version, l int) int { return cmp.Compare(v.landing, l) })
	if found {
		n++
	}
	return list[:n]
}

// At is suqiu.yaml in force in the tree of a landing: before the first, the first.
func (s *Settings) At(landing int) *config.Config {
	now := s.versions.until(landing)
	for i := len(now) - 1; i >= 0; i-- {
		if len(now[i].config.Units) > 0 {
			return now[i].config
		}
	}
	if len(s.versions) > 0 {
		return s.versions[0].config
	}
	return s.Config
}

// Before is suqiu.yaml as it stands in the tree before a landing, and the landing
// that brought it; nil if there is none.
func (s *Settings) Before(landing int) (*config.Config, int) {
	if now := s.versions.until(landing - 1); len(now) > 0 {
		v := now[len(now)-1]
		return v.config, v.landing
	}
	return nil, -1
}

// On is suqiu.yaml as it was in force at the end of a day; nil before its first
// landing. Where there is no history only one is known.
func (s *Settings) On(day workday.Date) *config.Config {
	if s.versions == nil {
		return s.Config
	}
	n, _ := slices.BinarySearchFunc(s.landings, day, func(l timeline.Landing, day workday.Date) int {
		if l.At.Before(day.End()) {
			return -1
		}
		return 1
	})
	if len(s.versions.until(n-1)) == 0 {
		return nil
	}
	return s.At(n - 1)
}

// Then are the settings as they were when no more than some landings were there;
// false if suqiu.yaml was not.
func (s *Settings) Then(landings []timeline.Landing) (Settings, bool) {
	known := s.versions.until(len(landings) - 1)
	if len(known) == 0 {
		return Settings{}, false
	}
	return Settings{Config: known[len(known)-1].config, Names: known.names(), landings: landings, versions: known}, true
}

// LandingsBy are the landings up to one, at the times that 落地时间 gave them then.
func (s *Settings) LandingsBy(at int) []timeline.Landing {
	landings := s.landings[:at+1]
	if then, _ := s.Before(at + 1); then != nil && !maps.Equal(then.LandedAt, s.Config.LandedAt) {
		return timeline.Restamped(landings, LandedAt(then))
	}
	return landings
}

// Versions are the settings in force, those proposed, and every version that landed.
func (s *Settings) Versions() iter.Seq[*config.Config] {
	return func(yield func(*config.Config) bool) {
		for _, c := range []*config.Config{s.Config, s.Proposed} {
			if c != nil && !yield(c) {
				return
			}
		}
		for _, v := range s.versions {
			if !yield(v.config) {
				return
			}
		}
	}
}

// Actor is who stands behind an address on a day. What suqiu.yaml says now
// counts; an address that it names no more is whose it was on that day, by the
// name that unit has now: what a unit did does not become nobody's because it
// was dissolved.
func (s *Settings) Actor(email string, on workday.Date) config.Actor {
	a := s.Config.Actor(email, on)
	if len(a.Units) > 0 || a.Bot || s.Config.Knows(email) {
		return a
	}
	for _, v := range slices.Backward(s.versions) {
		landed := workday.Of(s.landings[v.landing].At)
		if landed > on {
			continue
		}
		if v.config.Knows(email) {
			a = v.config.Actor(email, on)
			a.Units = slices.Clone(a.Units) // they are the settings' own
			for j, unit := range a.Units {
				a.Units[j] = s.Names.Canon(unit)
			}
			return a
		}
		if landed < on {
			break // it was in force all day
		}
	}
	return a
}

// SettingsCommit is the landing that brought the suqiu.yaml in force; empty
// without a history.
func (s *Settings) SettingsCommit() string {
	if n := len(s.versions); n > 0 {
		return s.landings[s.versions[n-1].landing].Commit
	}
	return ""
}

// Baseline is the last landing that is taken as found (基线); -1: none, or the
// commit that suqiu.yaml names did not land on the main branch.
func (s *Settings) Baseline() int {
	b := s.Config.Baseline
	if b == "" {
		return -1
	}
	return slices.IndexFunc(s.landings, func(l timeline.Landing) bool { return strings.HasPrefix(l.Commit, b) })
}

// Receipt is the last day on which what counts on a day may still land: 收件宽限
// working days after it, as suqiu.yaml said on that day.
func (s *Settings) Receipt(day workday.Date) workday.Date {
	grace := s.Config.Grace
	if then := s.On(day); then != nil {
		grace = then.Grace
	}
	return s.Config.Calendar.Add(day, grace)
}

// proposed is the suqiu.yaml that the request under check brings, with its
// landing; nil if it brings none.
func proposed(h *history.History) (*config.Config, int) {
	for _, v := range h.Versions(config.Path) {
		switch {
		case !h.Landings[v.Landing].Pending:
		case v.Data == nil:
			return config.NotAFile(config.Path, "它被删去了，或者换成了别的东西（目录、符号链接、子模块）"), v.Landing
		default:
			return config.Parse(config.Path, v.Data), v.Landing
		}
	}
	return nil, 0
}

// LandedAt are the times of 落地时间.
func LandedAt(cfg *config.Config) map[string]time.Time {
	mended := cfg.LandedAt
	if len(mended) == 0 {
		return nil
	}
	times := make(map[string]time.Time, len(mended))
	for sha, text := range mended {
		for _, layout := range []string{time.RFC3339, "2006-01-02 15:04:05", "2006-01-02 15:04"} {
			if t, err := time.ParseInLocation(layout, text, workday.Shanghai); err == nil {
				times[sha] = t
				break
			}
		}
	}
	return times
}
