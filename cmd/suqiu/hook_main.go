package main

import (
	"cmp"
	"context"
)

// findMain finds out which branch is the main one: as the configuration of HEAD's
// branch says, else that of main, else that of a branch which is pushed.
func (o *receiveOptions) findMain(updates []move) error {
	head, err := o.repo.HeadBranch()
	if err != nil {
		return err
	}
	names := []string{head, "main"}
	lead := len(names)
	for _, u := range updates {
		names = append(names, u.branch())
	}
	for i, name := range names {
		if name == "" {
			continue
		}
		at, err := o.repo.Branch(name)
		if err != nil {
			return err
		}
		cfg := o.config(at)
		if cfg == nil {
			continue
		}
		main := cmp.Or(cfg.MainBranch, "main")
		tip, err := o.repo.Branch(main)
		switch {
		case err != nil:
			return err
		case o.config(tip) != nil:
			o.main, o.tip = main, tip
		case i < lead:
			o.main, o.standIn, o.tip = main, name, at
		default:
			continue // a branch that proposes a main one which is not there yet
		}
		if i < lead {
			o.teller = name
		}
		return nil
	}
	o.main = cmp.Or(head, "main")
	for _, u := range updates {
		if cfg := o.config(u.new); cfg != nil && u.branch() == cmp.Or(cfg.MainBranch, "main") {
			o.main = u.branch()
		}
	}
	o.tip, err = o.repo.Branch(o.main)
	return err
}

// isMain reports whether a branch is judged as the main one.
func (o *receiveOptions) isMain(branch string) bool {
	return branch != "" && (branch == o.main || branch == o.standIn)
}

// received judges what a push does to one reference. Whoever could change which
// branch is the main one could go on with a branch that nobody judges.
func (o *receiveOptions) received(ctx context.Context, u move) (bool, error) {
	switch name := u.branch(); {
	case o.isMain(name):
		return o.receiveMain(ctx, u)
	case name == "" || name != o.teller:
		return true, nil
	}
	if cfg := o.config(u.new); cfg != nil && cmp.Or(cfg.MainBranch, "main") == o.main {
		return true, nil
	}
	o.refuse("对分支 "+u.branch()+" 的推送", "服务器由它的 suqiu.yaml 得知主分支是 "+o.main+"，这次推送会改掉这一点",
		"主分支确实是 "+o.main+" 的，请服务器管理员先执行：git symbolic-ref HEAD refs/heads/"+o.main)
	return false, nil
}

// onto is what a push to a main branch should go on from, as its clone calls it.
func (o *receiveOptions) onto(u move) string {
	if o.standIn != "" {
		return "origin/" + o.standIn
	}
	return "origin/" + u.branch()
}
