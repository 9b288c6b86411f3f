// Package migration takes a repository from an earlier format to the present one,
// and tells what it changed about what stands there.
package migration

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/config"
	"suqiu/internal/dossier"
	"suqiu/internal/problem"
)

// migration takes the text of suqiu.yaml from one format to the next. The first
// format that touches other files changes this type.
type migration struct {
	says   string // what it changes, in Chinese
	change func(text string) string
}

// migrations are those from the format that is their index.
var migrations = [config.KnownFormat]migration{
	{"suqiu.yaml 写上“格式: 1”：以后的版本凭它知道怎样读这个仓库", writeFormat},
}

// Plan is what takes a repository to the present format.
type Plan struct {
	From int
	Says []string // what changes, a sentence each; empty: nothing
	Text string   // of suqiu.yaml
}

// PlanOf is what takes a repository of a configuration there.
func PlanOf(c *config.Config, text []byte) (Plan, error) {
	p := Plan{From: c.Format, Text: string(text)}
	for _, m := range migrations[p.From:] {
		p.Says, p.Text = append(p.Says, m.says), m.change(p.Text)
	}
	misread := func(p problem.Problem) bool { return p.Key == "格式" }
	if after := config.Parse(config.Path, []byte(p.Text)); after.Format != config.KnownFormat ||
		slices.ContainsFunc(c.Problems, misread) {
		return p, fmt.Errorf("suqiu.yaml 改不成格式 %d：请先按 suqiu check 的提示改好", config.KnownFormat)
	}
	return p, nil
}

// writeFormat writes the format below the name. A line that says none is left out.
func writeFormat(text string) string {
	line := "格式: " + strconv.Itoa(1) + "\n"
	var out strings.Builder
	written := false
	for l := range strings.Lines(text) {
		if strings.HasPrefix(l, "格式:") {
			continue
		}
		if out.WriteString(l); !written && strings.HasPrefix(l, "名称:") {
			if !strings.HasSuffix(l, "\n") {
				out.WriteString("\n")
			}
			out.WriteString(line)
			written = true
		}
	}
	if !written {
		return line + out.String()
	}
	return out.String()
}

// Standing is all that a migration should leave as it was: what each case and paper
// stands at, and what was found.
type Standing struct {
	lines []string
	Cases int
}

// StandingOf is that of all cases, and of all that was found.
func StandingOf(items []dossier.Item, found []problem.Problem) Standing {
	s := Standing{Cases: len(items)}
	for _, i := range items {
		s.lines = append(s.lines, strings.TrimSpace(i.Case+" "+string(i.State)+" "+i.Due.String()+" "+
			string(i.Status)))
	}
	for _, p := range found {
		s.lines = append(s.lines, strings.TrimSpace(p.Path+" "+p.Rule+" "+p.Message))
	}
	slices.Sort(s.lines)
	return s
}

// Changes are the lines of a standing that are in one of two alone: － was, ＋ is.
func Changes(before, after Standing) (list []string) {
	i, j := 0, 0
	for i < len(before.lines) || j < len(after.lines) {
		switch {
		case j == len(after.lines), i < len(before.lines) && before.lines[i] < after.lines[j]:
			list = append(list, "－ "+before.lines[i])
			i++
		case i == len(before.lines), before.lines[i] > after.lines[j]:
			list = append(list, "＋ "+after.lines[j])
			j++
		default:
			i, j = i+1, j+1
		}
	}
	return list
}
