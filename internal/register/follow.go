package register

import (
	"context"

	"suqiu/internal/git"
	"suqiu/internal/replay"
	"suqiu/internal/timeline"
)

// Followed is a case with what its next step is judged by.
type Followed struct {
	*Case
	History *timeline.CaseHistory
	Env     replay.Env
}

// Follow reads of a repository what the next step of some cases is judged by: the
// mainline and those cases alone. What has no case of that 编号 is left out.
func Follow(ctx context.Context, repo *git.Repo, o Options, ids []string) (*Register, []Followed, error) {
	d, h, err := walk(ctx, repo, o)
	if err != nil {
		return nil, nil, err
	}
	env := d.env()
	var list []Followed
	for _, id := range ids {
		err := h.CasesByID(ctx, []string{id}, d.unitNames.canon, func(ch *timeline.CaseHistory) error {
			if c := evaluate(ch, env); c != nil && !c.Deleted {
				list = append(list, Followed{c, ch, env})
			}
			return nil
		})
		if err != nil {
			return nil, nil, err
		}
	}
	return d, list, nil
}

// env is what every case is judged by.
func (d *Register) env() replay.Env {
	return replay.Env{
		Config: d.Config, Calendar: d.Config.Calendar, Landings: d.Landings, AsOf: d.AsOf, Baseline: d.Baseline(),
		ConfigAt: d.settingsAt, Actor: d.Actor,
	}
}
