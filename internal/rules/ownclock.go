package rules

import (
	"slices"
	"strings"

	"suqiu/internal/config"
	"suqiu/internal/problem"
	"suqiu/internal/provenance"
	"suqiu/internal/register"
	"suqiu/internal/workday"
)

// selfReviews tells of what the office decided about its own tasks, and of
// 落地时间 that it mended for a landing of theirs: that comes from 监督考评 of
// another unit.
func selfReviews(p *run, tell func(problem.Problem)) {
	if !p.Config.HasAddresses() {
		return
	}
	for i := range p.Guarded {
		g := &p.Guarded[i]
		if g.Path != config.Path || g.Landing <= p.baseline || g.Landing >= len(p.Landings) || g.After == nil {
			continue
		}
		a := p.Actor(g.Author, workday.Of(p.Landings[g.Landing].At))
		if !a.Has(config.Office) {
			continue
		}
		for _, sha := range mendedLandings(g) {
			if c := p.ownCaseOf(sha); c != nil {
				tell(problem.Problem{Path: config.Path, Key: "落地时间", Landing: g.Landing, Commit: g.Commit,
					Author: g.Author,
					Unit:   p.unitOf(g.Author, g.Landing), New: p.pending(g.Landing),
					Message: "“落地时间”改动的入库 " + sha[:min(len(sha), 10)] + " 涉及联席办所在单位承办（协办）的“" +
						c.ID + "”，应由监督考评小组的其他单位提交",
					Fix: "请办公室或督察内审科等监督考评单位提交这一处“落地时间”"})
			}
		}
	}
}

// mendedLandings are the commits whose time a version of suqiu.yaml sets anew.
func mendedLandings(g *provenance.Guarded) []string {
	after := config.Parse(g.Path, g.After).LandedAt
	if len(after) == 0 {
		return nil
	}
	before := config.Parse(g.Path, g.Before).LandedAt
	var list []string
	for sha, at := range after {
		if before[sha] != at && sha != "" {
			list = append(list, sha)
		}
	}
	slices.Sort(list)
	return list
}

// ownCaseOf is a case of the office's own unit on which a commit landed; nil if
// there is none.
func (p *run) ownCaseOf(sha string) *register.Case {
	own := func(unit string) bool {
		u := p.Config.Unit(unit)
		return u != nil && u.Has(config.Office)
	}
	for i := range p.Landings {
		if !strings.HasPrefix(p.Landings[i].Commit, sha) {
			continue
		}
		for _, c := range p.Cases {
			if !own(c.Life.Lead) && !slices.ContainsFunc(c.Co, own) {
				continue
			}
			for j := range c.Life.Events {
				if c.Life.Events[j].Landing == i {
					return c
				}
			}
		}
	}
	return nil
}
