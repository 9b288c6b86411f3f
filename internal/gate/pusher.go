package gate

import (
	"context"

	"suqiu/internal/git"
	"suqiu/internal/provenance"
	"suqiu/internal/push"
	"suqiu/internal/rules"
)

// authored refuses commits in the name of somebody who is not the one who
// pushes, on any branch: once they are on the server, nobody can tell any more. A
// mirror is pushed to by one for all, and the other server has judged them.
func (g *Gate) authored(ctx context.Context, moves []Move) error {
	cfg := g.config(g.tip)
	if cfg == nil || g.Pusher == "" || g.Repo.Mirror(g.Settings) {
		return nil
	}
	var tips []string
	for _, u := range moves {
		if u.Branch() != "" && u.New != "" {
			tips = append(tips, u.New)
		}
	}
	server, err := git.Open(g.Dir)
	if err != nil {
		return err
	}
	pushed, err := push.Read(ctx, g.Repo, server, tips)
	if err != nil {
		return err
	}
	defer pushed.Close()
	found, err := provenance.Mismatches(ctx, cfg, g.Pusher, pushed, g.Today)
	if err != nil {
		return err
	}
	for _, m := range found[:min(len(found), ShownErrors)] {
		if m.Doubt {
			g.note("提醒：%s（author-mismatch）", rules.MismatchMessage(&m))
			continue
		}
		g.refuse("这次推送", rules.MismatchMessage(&m)+"（author-mismatch）", rules.MismatchFix)
	}
	return nil
}
