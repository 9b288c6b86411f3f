package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"suqiu/internal/cli"
	"suqiu/internal/gate"
	"suqiu/internal/git"
	"suqiu/internal/register"
	"suqiu/internal/trace"
	"suqiu/internal/workday"
)

type verifyOptions struct {
	*invocation
	id trace.ID
}

func newVerifyCmd(inv *invocation) *cobra.Command {
	opts := verifyOptions{invocation: inv}
	return inv.Command(cli.Command{Use: "verify 留痕编号", Formats: []string{cli.Text, cli.JSON},
		Run: opts.run,
		Args: func(cmd *cobra.Command, args []string) error {
			if err := cli.Exactly(1, "留痕编号")(cmd, args); err != nil {
				return err
			}
			var err error
			opts.id, err = trace.Parse(args[0])
			return err
		}})
}

func (opts *verifyOptions) run(ctx context.Context, _ []string) error {
	repo, err := git.Open(opts.Dir)
	if err != nil {
		return err
	}
	d, err := opts.Mainline(ctx, repo)
	if err != nil {
		return err
	}
	v, at, err := opts.id.Judge(d)
	if err != nil {
		return err
	}
	if opts.JSON() {
		err = opts.WriteJSON(struct {
			cli.Header
			trace.Verdict
		}{opts.Header(d.Head), v})
	} else {
		opts.tell(d, &v, at)
	}
	if err == nil && (!v.Found || v.DayWrong) {
		err = errFindings
	}
	return err
}

func (o *verifyOptions) tell(d *register.Register, v *trace.Verdict, at int) {
	if !v.Found {
		fmt.Fprintf(o.Stdout, "不在：主分支的历史不是从 %s 接着来的\n", o.id.Commit)
		fmt.Fprintf(o.Stdout, "历史被改写过，或者编号抄错了。请核对编号；仍不在的，向保存着原来历史的电脑、"+
			"备份或旗县核实\n")
		return
	}
	l := &d.Landings[at]
	switch {
	case v.Replaced != "":
		fmt.Fprintf(o.Stdout, "已更替：提交 %s 由“历史更替”换成 %s（%s）\n", o.id.Commit, register.TraceID(l), v.Reason)
	case v.DayWrong:
		fmt.Fprintf(o.Stdout, "日期不符：提交 %s 在历史上，入库日是 %s，不是 %s\n", gate.ShortHash(l.Commit),
			workday.Of(l.At), o.id.Day)
	default:
		fmt.Fprintf(o.Stdout, "在：主分支的历史是从 %s 接着来的，它 %s 入库\n", register.TraceID(l),
			workday.Minute(l.At))
	}
	if v.Since.Landings == 0 {
		fmt.Fprintf(o.Stdout, "此后没有入库\n")
		return
	}
	later := d.Landings[at+1:]
	fmt.Fprintf(o.Stdout, "此后入库 %d 次：%s 至 %s\n", len(later), workday.Minute(later[0].At),
		workday.Minute(later[len(later)-1].At))
}
