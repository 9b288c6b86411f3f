package main

import (
	"context"

	"suqiu/internal/git"
	"suqiu/internal/history"
	"suqiu/internal/register"
	"suqiu/internal/rules"
)

// authored refuses commits in the name of somebody who is not the one who
// pushes, on any branch: once they are on the server, nobody can tell any more. A
// mirror is pushed to by one for all, and the other server has judged them.
func (o *receiveOptions) authored(ctx context.Context, updates []move) (bool, error) {
	cfg := o.config(o.tip)
	if cfg == nil || o.Pusher == "" || o.repo.Mirror(o.Settings) {
		return true, nil
	}
	var tips []string
	for _, u := range updates {
		if u.branch() != "" && u.new != "" {
			tips = append(tips, u.new)
		}
	}
	server, err := git.Open(o.dir)
	if err != nil {
		return false, err
	}
	pushed, err := history.ReadPush(ctx, o.repo, server, tips)
	if err != nil {
		return false, err
	}
	defer pushed.Close()
	found, err := register.Mismatches(ctx, cfg, o.Pusher, pushed, o.today())
	if err != nil {
		return false, err
	}
	ok := true
	for _, m := range found[:min(len(found), shownErrors)] {
		if m.Doubt {
			o.note("提醒：%s（author-mismatch）", rules.MismatchMessage(&m))
			continue
		}
		ok = false
		o.refuse("这次推送", rules.MismatchMessage(&m)+"（author-mismatch）", rules.MismatchFix)
	}
	return ok, nil
}
