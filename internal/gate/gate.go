// Package gate judges what is on its way into a case repository: a push at the
// server, which it refuses, receives or receives with advice, and a commit on
// somebody's own machine. It holds both to what check --base says of the same
// change, and prints nothing: the answers say what to tell.
package gate

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"suqiu/internal/config"
	"suqiu/internal/git"
	"suqiu/internal/mainline"
	"suqiu/internal/problem"
	"suqiu/internal/register"
	"suqiu/internal/rules"
	"suqiu/internal/settings"
	"suqiu/internal/workday"
)

// Gate is the server's gate to one repository.
type Gate struct {
	Repo *git.Repo // with the objects that a push brings
	Dir  string    // the repository without them
	// Settings are the configuration files of git outside the repository.
	Settings []string
	Pusher   string    // user of the forge who pushes; empty: unknown
	Now      time.Time // by the server's clock
	Today    workday.Date
	// Load reads the repository as the options say.
	Load func(context.Context, *git.Repo, register.Options) (*register.Register, error)

	main string // name of the main branch
	tip  string // its commit before the push; empty: there is none yet
	// standIn is the branch that is judged as the main one while 主分支 names none,
	// and teller the one whose suqiu.yaml says which is the main one.
	standIn, teller string
	answers         []Answer
}

// Answer is one thing to tell of a push.
type Answer struct {
	Refused bool
	Note    string // no more than a remark
	// What is not received, or received with advice, and why.
	What, Why string
	Cure      []string // what to do: a command a line
	Findings  []problem.Problem
	Register  *register.Register // that has the findings
}

func (g *Gate) refuse(what, why string, cure ...string) {
	g.answers = append(g.answers, Answer{Refused: true, What: what, Why: why, Cure: cure})
}

func (g *Gate) note(format string, args ...any) {
	g.answers = append(g.answers, Answer{Note: fmt.Sprintf(format, args...)})
}

// maxBranches is how many branches beside the main one are looked into: a
// mirrored repository is not to wait for advice on each.
const maxBranches = 4

// Judge judges a push.
func (g *Gate) Judge(ctx context.Context, moves []Move) ([]Answer, error) {
	for i := range moves {
		// A server may give one branch several names.
		var err error
		if moves[i].Ref, err = g.Repo.RefBehind(moves[i].Ref); err != nil {
			return nil, err
		}
	}
	err := g.findMain(moves)
	if err == nil {
		err = g.authored(ctx, moves)
	}
	for _, u := range moves {
		if err == nil {
			err = g.received(ctx, u)
		}
	}
	if err == nil && !Refused(g.answers) {
		err = g.adviseAll(ctx, moves)
	}
	return g.answers, err
}

// Refused reports whether a push is not received.
func Refused(answers []Answer) bool {
	return slices.ContainsFunc(answers, func(a Answer) bool { return a.Refused })
}

// adviseAll says of the first few branches what would stand in their way.
func (g *Gate) adviseAll(ctx context.Context, moves []Move) error {
	asked := 0
	for _, u := range moves {
		if name := u.Branch(); name != "" && !g.isMain(name) && u.New != "" && g.tip != "" && asked < maxBranches {
			asked++
			if err := g.advise(ctx, u); err != nil {
				return err
			}
		}
	}
	return nil
}

// config is that of a commit; nil if it has none.
func (g *Gate) config(commit string) *config.Config {
	if commit == "" {
		return nil
	}
	_, cfg, err := settings.ConfigOf(g.Repo, commit)
	if err != nil {
		return nil
	}
	return cfg
}

// receiveMain judges a push to the main branch.
func (g *Gate) receiveMain(ctx context.Context, u Move) error {
	what := "对主分支 " + u.Branch() + " 的推送"
	if u.New != "" && g.standIn != "" {
		u.Old = g.tip // a new main branch goes on from the one before
	}
	known := g.config(u.Old) != nil
	if u.New == "" && !known {
		return nil // no repository of cases
	}
	if u.New == "" {
		g.refuse("删除主分支 "+u.Branch(), "已入库的历史是办理凭据，不能删除", "不必再做什么，主分支保持原样；",
			"确需换一个主分支的，请联席办先改 suqiu.yaml 的“主分支”并推送")
		return nil
	}
	if known && g.config(u.New) == nil {
		g.refuse(what, "suqiu.yaml 被删除，此后谁也无法检查", "恢复后重新推送：", "git checkout "+g.onto(u)+
			" -- suqiu.yaml", "git commit -m 恢复suqiu.yaml", "git push")
		return nil
	}
	options := register.Options{Ref: u.New, Base: u.Old, Push: true, Narrow: true}
	if !known {
		// Nothing to hold it to: what comes first is judged as what has landed.
		options = register.Options{Ref: u.New}
	}
	d, err := g.Load(ctx, g.Repo, options)
	switch {
	case errors.Is(err, settings.ErrNotCases):
		g.note("%s 上还没有 suqiu.yaml，没有检查；请用 suqiu init 建立", u.Branch())
		return nil
	case err != nil:
		return err
	}
	if known && !g.straight(d, u, what) || !g.inTime(d, u, what) {
		return nil
	}
	if found := Blocking(rules.Run(d)); len(found) > 0 {
		check := "suqiu check"
		if known {
			check += " --base refs/remotes/" + g.onto(u)
		}
		g.answers = append(g.answers, Answer{Refused: true, What: what, Findings: found, Register: d,
			Cure: []string{check}})
	}
	return nil
}

// straight refuses what leaves behind or moves aside what has landed.
func (g *Gate) straight(d *register.Register, u Move, what string) bool {
	switch d.Follows {
	case mainline.Astray:
		g.refuse(what, "它会改写主分支已入库的历史，已入库的提交会丢失",
			"不要用 --force；先取得最新内容，把您的修改接在后面，再推送：",
			"git fetch origin", "git rebase "+g.onto(u), "git push")
		return false
	case mainline.SideRoad:
		g.refuse(what, "合并的方向反了：是把 "+u.Branch()+
			" 合并到了您的分支。这样推送，已入库的提交都会变成今天才随您的合并入库，时限全部算错",
			"换一个方向合并，再推送：", "git branch 我的修改", "git fetch origin", "git reset --hard "+g.onto(u),
			"git merge --no-ff 我的修改", "git push")
		return false
	}
	return true
}

// advise says what would stand in the way of a branch, were it merged now. A
// branch is received whatever is said of it.
func (g *Gate) advise(ctx context.Context, u Move) error {
	if g.config(g.tip) == nil || g.config(u.New) == nil {
		return nil // nothing to judge by, or not a branch of cases
	}
	d, err := g.Load(ctx, g.Repo, register.Options{Ref: u.New, Base: g.tip, Narrow: true})
	if ctx.Err() != nil {
		return err
	}
	if err != nil {
		g.note("分支 %s 已接收，没有检查：%s", u.Branch(), err)
		return nil
	}
	if found := Blocking(rules.Run(d)); len(found) > 0 {
		g.answers = append(g.answers, Answer{
			What: "分支 " + u.Branch() + " 已接收，但有下列错误，改好之前不能并入主分支 " + g.main, Findings: found,
			Register: d,
		})
	}
	return nil
}
