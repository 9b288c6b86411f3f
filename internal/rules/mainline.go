package rules

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/caserules"
	"suqiu/internal/config"
	"suqiu/internal/mdfile"
	"suqiu/internal/problem"
	"suqiu/internal/register"
	"suqiu/internal/workday"
)

// staleCases finds cases that a request changes and that the target changed
// as well since the two parted.
func staleCases(p *run, tell func(problem.Problem)) {
	for _, c := range p.Cases {
		if !p.Request || !c.Stale || slices.ContainsFunc(p.Outdated,
			func(o register.Outdated) bool { return o.Path == content(c).Path }) {
			continue
		}
		tell(problem.Problem{Case: c.ID, Path: content(c).Path, Key: "状态", New: true,
			Severity: problem.Warning,
			Message:  "本请求修改的事项，目标分支在此期间也作了修改，核对的可能不是最新情况",
			Fix:      "先把目标分支合并进来（GitLab 合并请求页面点“变基”），核对无误后再提交"})
	}
}

// outdatedCopies finds files that were filled in from a copy of a version which is
// no longer the target's: what has landed since would be lost.
func outdatedCopies(p *run, tell func(problem.Problem)) {
	for _, o := range p.Outdated {
		var id string
		if i := slices.IndexFunc(p.Cases, func(c *register.Case) bool { return content(c).Path == o.Path }); i >= 0 {
			id = p.Cases[i].ID
		}
		message := "这份文件是从旧的版本复制来填的，目标分支上的文件已经改过，合并会把别人的修改盖掉"
		if o.Gone {
			message = "这份文件是从旧的版本复制来填的，目标分支上已没有这个文件"
		}
		tell(problem.Problem{Case: id, Path: o.Path, Line: o.Line, Column: 1, New: true, Message: message,
			Fix: "在网站上重新打开这一件，按最新内容再填一次，整份粘贴；已逐行核对、别人的修改都还在的，删去第 " +
				strconv.Itoa(o.Line) + " 行（" + mdfile.Origin + "），或运行 suqiu fmt"})
	}
}

// unitOf is the unit of an address on the day of a landing; empty if unknown.
func (p *run) unitOf(email string, landing int) string {
	if a := p.Actor(email, workday.Of(p.Landings[landing].At)); len(a.Units) > 0 {
		return a.Units[0]
	}
	return ""
}

// backwardLandings finds landings whose committer's clock was behind the
// landing before: they count as of that one.
func backwardLandings(p *run, tell func(problem.Problem)) {
	for i := max(p.baseline+1, 1); i < len(p.Landings); i++ {
		l, before := &p.Landings[i], &p.Landings[i-1]
		if before.At.Sub(l.Committed.Time()) < tolerance || p.dated(l.Commit) {
			continue
		}
		tell(problem.Problem{Path: config.Path, Landing: i, Commit: l.Commit, Author: l.Committer.Email,
			New:     p.pending(i),
			Unit:    p.unitOf(l.Author.Email, i),
			Message: "入库时间 " + stamp(l.Committed.Time()) + " 早于前一次入库 " + stamp(before.At) + "，按后者计时",
			Fix: "校准提交电脑的时钟，并改用合并提交；时间确有差错的，请联席办在 suqiu.yaml 的“落地时间”中写明 " +
				l.Commit[:min(len(l.Commit), 10)] + ": 实际时间"})
	}
}

// reversedMerges finds landings that took the main branch in from the side.
func reversedMerges(p *run, tell func(problem.Problem)) {
	for i := p.baseline + 1; i < len(p.Landings); i++ {
		l := &p.Landings[i]
		if l.OldTip == "" {
			continue
		}
		tip, commit := l.OldTip[:shortHash], l.Commit[:shortHash]
		tell(problem.Problem{Path: config.Path, Landing: i, Commit: l.Commit, Author: l.Committer.Email,
			Unit: p.unitOf(l.Committer.Email, i),
			Message: "提交 " + commit + " 是把主分支合并到别的分支，推上来后主分支改走了那个分支：到 " + tip +
				" 为止已入库的提交，都变成 " + stamp(l.At) + " 才随它入库，时限按这个时间计",
			Fix: "由联席办把主分支恢复到 " + tip + "（git push --force origin " + tip + ":" + p.Config.MainBranch +
				"），再换一个方向合并：在主分支上执行 git merge --no-ff " + commit +
				"^；并在服务器上安装 suqiu hook，以后这样的推送会被拒绝"})
	}
}

// shortHash is how many digits of a commit a message shows.
const shortHash = 10

// dated reports whether 落地时间 has already put a landing right.
func (p *run) dated(commit string) bool {
	for sha := range p.Config.LandedAt {
		if sha != "" && strings.HasPrefix(commit, sha) {
			return true
		}
	}
	return false
}

// unknownAuthors tells of each address once that suqiu.yaml does not have,
// where it can be put right; and of each that the request brings, where it
// does. If there are no addresses at all, it says once what that means.
func unknownAuthors(p *run, tell func(problem.Problem)) {
	rule, _ := caserules.Lookup("author-unknown")
	heard := p.reported[rule.Slug]
	delete(p.reported, rule.Slug)
	if !p.Config.HasAddresses() {
		tell(problem.Problem{Path: config.Path, Key: "单位",
			Message: "suqiu.yaml 没有登记任何邮箱，“谁可以办哪一步”一律不检查",
			Fix:     "在“单位”中填写“邮箱”，例如 邮箱: [\"*@nsfwk.example\"]"})
		return
	}
	type strangers struct {
		first problem.Problem
		cases map[string]bool
	}
	landed := map[string]*strangers{}
	for _, h := range heard {
		author := strings.ToLower(h.Author)
		switch s := landed[author]; {
		case h.New || p.corrected(&rule, &h):
			tell(h)
		case s == nil:
			landed[author] = &strangers{h, map[string]bool{h.Case: true}}
		default:
			s.cases[h.Case] = true
			if h.Landing < s.first.Landing {
				s.first = h
			}
		}
	}
	for author, s := range landed {
		h := s.first
		tell(problem.Problem{Path: config.Path, Key: "单位." + author, Author: h.Author,
			Message: "邮箱 " + h.Author + " 没有登记，它在 " + strconv.Itoa(len(s.cases)) + " 件事项（如 " +
				slices.Sorted(maps.Keys(s.cases))[0] + "）中的提交无法确定是哪个单位所为",
			Fix: h.Fix})
	}
}

// landedOn is the day of a landing, whatever 落地时间 has made of it since.
func (p *run) landedOn(landing int) workday.Date {
	l := &p.Landings[landing]
	return min(workday.Of(l.At), workday.Of(l.Committed.Time()))
}
