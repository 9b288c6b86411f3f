package rules

import (
	"bytes"
	"cmp"
	"path"
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/config"
	"suqiu/internal/papers"
	"suqiu/internal/problem"
	"suqiu/internal/provenance"
	"suqiu/internal/register"
	"suqiu/internal/workday"
)

// foreignLandings finds landings of configuration, minutes and other papers
// of the office by somebody else, one for each landing.
func foreignLandings(p *run, tell func(problem.Problem)) {
	if !p.Config.HasAddresses() {
		return
	}
	type act struct {
		landing        int
		commit, author string
	}
	paths := map[act][]string{}
	for i := range p.Guarded {
		g := &p.Guarded[i]
		if g.Landing <= p.baseline || g.Landing >= len(p.Landings) {
			continue
		}
		if !p.mayLand(p.Actor(g.Author, workday.Of(p.Landings[g.Landing].At)), g) {
			by := act{g.Landing, g.Commit, g.Author}
			paths[by] = append(paths[by], g.Path)
		}
	}
	for by, list := range paths {
		slices.Sort(list)
		list = slices.Compact(list)
		what := list[0]
		if len(list) > 1 {
			what += " 等 " + strconv.Itoa(len(list)) + " 个文件"
		}
		unit := p.unitOf(by.author, by.landing)
		tell(problem.Problem{Path: list[0], Landing: by.landing, Commit: by.commit, Author: by.author, Unit: unit,
			New:     p.pending(by.landing),
			Message: what + " 应由联席办提交，本次由" + cmp.Or(unit, "未登记的邮箱 "+by.author) + "提交",
			Fix:     "请联席办核对内容后提交；" + besides(list[0], unit)})
	}
}

// besides is what a unit may land of a path by itself, or how it becomes known.
func besides(name, unit string) string {
	switch {
	case unit == "":
		return "邮箱未登记的，请联席办在 suqiu.yaml 的“单位”“人员”或“机器人”中登记"
	case strings.HasPrefix(name, "appraisal/"):
		return unit + "自己可以提交的是本单位的“申辩”，“核实结论”等由联席办填写"
	case strings.HasPrefix(name, "meetings/"):
		return unit + "自己可以提交的是本单位的会议建议（“提议单位”“事由”）和本单位所负责议题的“落实情况”"
	}
	return "邮箱未登记的，请联席办在 suqiu.yaml 的“单位”“人员”或“机器人”中登记"
}

// mayLand reports whether an actor may land what was done to a guarded path: the
// office and machines anything, a unit its monthly submission, a county its
// summaries, and a unit its own words in the appraisal and in meetings. An
// accident of the clock that the office's own cases met with is another
// supervising unit's to mend.
func (p *run) mayLand(a config.Actor, g *provenance.Guarded) bool {
	if a.Bot || a.Has(config.Office) {
		return true
	}
	code := ""
	switch folder, rest, _ := strings.Cut(g.Path, "/"); folder {
	case "appraisal":
		return papers.OwnPleas(g.Path, g.Before, g.After, p.unitName, a.In)
	case "meetings":
		return papers.OwnWords(g.Path, g.Before, g.After, p.unitName, a.In)
	case config.Path:
		return a.Has(config.Supervisor) && !a.In(p.Config.OfficeUnit()) && g.Before != nil && g.After != nil &&
			bytes.Equal(withoutKey(g.Before, "落地时间"), withoutKey(g.After, "落地时间"))
	case "monthly":
		code = strings.TrimSuffix(path.Base(rest), path.Ext(rest))
	case "counties":
		code, _, _ = strings.Cut(rest, "/")
	}
	if code == "" {
		return false
	}
	if u := p.Config.Unit(code); u != nil && a.In(u.Name) {
		return true
	}
	// What is in the wrong place is told of as such.
	return slices.ContainsFunc(p.Monthly,
		func(m *register.Monthly) bool { return m.Path == g.Path && m.Misplaced && a.In(m.Unit) }) ||
		slices.ContainsFunc(p.Counties,
			func(c *register.County) bool { return c.Path == g.Path && c.Misplaced && a.In(c.Unit) }) ||
		slices.ContainsFunc(p.Files,
			func(f register.File) bool { return f.Path == g.Path && f.Unit != "" && a.In(f.Unit) })
}

// unitName is the name of the unit that a word means.
func (p *run) unitName(word string) string {
	if u := p.Config.Unit(word); u != nil {
		return u.Name
	}
	return word
}

// withoutKey is a file without one of its keys of the first level and all that
// stands below it.
func withoutKey(src []byte, key string) []byte {
	var kept []byte
	inside := false
	for line := range bytes.Lines(src) {
		if len(bytes.TrimSpace(line)) > 0 && !bytes.ContainsAny(line[:1], " \t#}]-") {
			inside = bytes.HasPrefix(line, []byte(key+":"))
		}
		if !inside {
			kept = append(kept, line...)
		}
	}
	return kept
}
