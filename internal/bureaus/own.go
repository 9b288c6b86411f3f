package bureaus

import (
	"context"
	"fmt"

	"suqiu/internal/git"
	"suqiu/internal/misuse"
	"suqiu/internal/papers"
	"suqiu/internal/register"
	"suqiu/internal/report"
	"suqiu/internal/workday"
)

// Of are the figures of a register for one quarter: its own, and those that were
// handed in to it; missing says what is not among them.
func Of(d *register.Register, q workday.Quarter, tool string) (list []*papers.Summary, missing []string) {
	figures := report.Compute(d, q)
	list = []*papers.Summary{Summary(d, &figures, report.Bureau(d.Config.Name)+"（本级）", "", tool)}
	for _, duty := range d.CountyDuties() {
		switch c := duty.File; {
		case duty.Quarter != q:
		case c == nil:
			missing = append(missing, duty.Unit+"没有报送 "+q.String()+"，合计中不含该局")
		case c.Figures() == nil:
			missing = append(missing, c.Path+" 有问题，合计中不含"+duty.Unit+"；请运行 suqiu check 查看")
		default:
			list = append(list, c.Summary)
		}
	}
	return list, missing
}

// Take adds the repository in a folder to what is compared; missing says what is
// not among its figures. A repository counts once.
func (c *Comparison) Take(ctx context.Context, dir string, o register.Options, tool string) (missing []string,
	err error) {
	d, err := open(ctx, dir, o)
	if err != nil {
		return nil, fmt.Errorf("%s：%w", dir, err)
	}
	if other, twice := c.taken[d.Head]; twice {
		return nil, misuse.New("%s 和 %s 是同一个库，加在一起就算了两次", other, dir)
	}
	if c.taken == nil {
		c.taken = map[string]string{}
	}
	c.taken[d.Head] = dir
	list, missing := Of(d, c.Quarter, tool)
	c.List, c.Notes = append(c.List, list...), append(c.Notes, missing...)
	return missing, nil
}

func open(ctx context.Context, dir string, o register.Options) (*register.Register, error) {
	repo, err := git.Open(dir)
	if err != nil {
		return nil, err
	}
	d, err := register.Load(ctx, repo, o)
	if err == nil && d.Config.Unreadable != nil {
		err = d.Config.Unreadable
	}
	return d, err
}
