package gate

import (
	"cmp"
	"context"
	"strings"
)

// findMain finds out which branch is the main one: as the configuration of HEAD's
// branch says, else that of main, else that of a branch which is pushed.
func (g *Gate) findMain(moves []Move) error {
	head, err := g.Repo.HeadBranch()
	if err != nil {
		return err
	}
	names := []string{head, "main"}
	lead := len(names)
	for _, u := range moves {
		names = append(names, u.Branch())
	}
	for i, name := range names {
		if name == "" {
			continue
		}
		at, err := g.Repo.Branch(name)
		if err != nil {
			return err
		}
		cfg := g.config(at)
		if cfg == nil {
			continue
		}
		main := cmp.Or(cfg.MainBranch, "main")
		tip, err := g.Repo.Branch(main)
		switch {
		case err != nil:
			return err
		case g.config(tip) != nil:
			g.main, g.tip = main, tip
		case i < lead:
			g.main, g.standIn, g.tip = main, name, at
		default:
			continue // a branch that proposes a main one which is not there yet
		}
		if i < lead {
			g.teller = name
		}
		return nil
	}
	g.main = cmp.Or(head, "main")
	for _, u := range moves {
		if cfg := g.config(u.New); cfg != nil && u.Branch() == cmp.Or(cfg.MainBranch, "main") {
			g.main = u.Branch()
		}
	}
	g.tip, err = g.Repo.Branch(g.main)
	return err
}

// isMain reports whether a branch is judged as the main one.
func (g *Gate) isMain(branch string) bool {
	return branch != "" && (branch == g.main || branch == g.standIn)
}

// received judges what a push does to one reference. Whoever could change which
// branch is the main one could go on with a branch that nobody judges.
func (g *Gate) received(ctx context.Context, u Move) error {
	if strings.HasPrefix(u.Ref, "refs/replace/") && u.New != "" && g.config(g.tip) != nil {
		g.refuse("不能推送 "+u.Ref, "它会让所有人看到的历史不是原来的历史（git replace）",
			"在本地执行：git replace -d "+strings.TrimPrefix(u.Ref, "refs/replace/"))
	}
	switch name := u.Branch(); {
	case g.isMain(name):
		return g.receiveMain(ctx, u)
	case name == "" || name != g.teller:
		return nil
	}
	if cfg := g.config(u.New); cfg != nil && cmp.Or(cfg.MainBranch, "main") == g.main {
		return nil
	}
	g.refuse("对分支 "+u.Branch()+" 的推送", "服务器由它的 suqiu.yaml 得知主分支是 "+g.main+"，这次推送会改掉这一点",
		"主分支确实是 "+g.main+" 的，请服务器管理员先执行：git symbolic-ref HEAD refs/heads/"+g.main)
	return nil
}

// onto is what a push to a main branch should go on from, as its clone calls it.
func (g *Gate) onto(u Move) string {
	if g.standIn != "" {
		return "origin/" + g.standIn
	}
	return "origin/" + u.Branch()
}
