package deskcmd

import (
	"context"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"suqiu/internal/cli"
	"suqiu/internal/config"
	"suqiu/internal/desk"
	"suqiu/internal/dossier"
	"suqiu/internal/git"
	"suqiu/internal/migration"
	"suqiu/internal/register"
	"suqiu/internal/rules"
)

type migrateOptions struct {
	*cli.Invocation
	Proposing
}

// Migrate is the command that takes a repository to the present format.
func Migrate(inv *cli.Invocation) *cobra.Command {
	opts := migrateOptions{Invocation: inv}
	return inv.Command(cli.Command{Use: "migrate", Run: opts.run, Flags: opts.Flags})
}

func (o *migrateOptions) run(ctx context.Context, _ []string) error {
	d, err := Open(ctx, o.Invocation)
	if err != nil {
		return err
	}
	plan, err := migration.PlanOf(d.Config, d.Source(config.Path))
	if err != nil {
		return err
	}
	format := strconv.Itoa(config.KnownFormat)
	if len(plan.Says) == 0 {
		fmt.Fprintf(o.Stdout, "已经是格式 %s，不用迁移\n", format)
		return nil
	}
	for _, s := range plan.Says {
		fmt.Fprintf(o.Stdout, "迁移：%s\n", s)
	}
	p := d.Paper("迁移到格式 "+format, "格式-"+format, map[string]string{config.Path: plan.Text})
	j, err := d.Judge(ctx, p)
	if err != nil {
		return err
	}
	changes, cases, err := o.changes(ctx, d, j)
	j.Close()
	if err != nil {
		return err
	}
	for _, c := range changes {
		fmt.Fprintf(o.Stdout, "  %s\n", c)
		p.Body += c + "\n"
	}
	if len(changes) == 0 {
		fmt.Fprintf(o.Stdout, "迁移前后 %d 件的状态、到期日和全部检查结果相同，已发布的数字重算相符与否也相同\n", cases)
	}
	return Propose(ctx, o.Invocation, d, p, &o.Proposing)
}

// changes is what the commit changes about what stood there.
func (o *migrateOptions) changes(ctx context.Context, d *desk.Desk, j *desk.Judged) ([]string, int, error) {
	was, err := d.Register(ctx)
	if err != nil {
		return nil, 0, err
	}
	repo, err := git.Open(o.Dir, append(d.Objects[:len(d.Objects):len(d.Objects)], j.Objects)...)
	if err != nil {
		return nil, 0, err
	}
	is, err := o.Read(ctx, repo, register.Options{Ref: j.Commit})
	if err != nil {
		return nil, 0, err
	}
	before, after := standing(was), standing(is)
	return migration.Changes(before, after), before.Cases, nil
}

func standing(d *register.Register) migration.Standing {
	return migration.StandingOf((&dossier.Filter{}).Items(d), rules.Run(d))
}
