package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"suqiu/internal/cleaning"
	"suqiu/internal/cli"
	"suqiu/internal/git"
	"suqiu/internal/misuse"
	"suqiu/internal/register"
)

// against compares the history with a copy of the one that it was cleaned from.
func (o *verifyOptions) against(ctx context.Context) error {
	repo, err := git.Open(o.Dir)
	if err != nil {
		return err
	}
	old, err := git.Open(o.old)
	if at := new(git.Error); errors.As(err, &at) {
		return misuse.New("--against：%s。请写旧历史所在的目录：它的克隆、裸仓库或者备份", at.What)
	}
	if err != nil {
		return fmt.Errorf("--against：%w", err)
	}
	d, err := o.Mainline(ctx, repo)
	if err != nil {
		return err
	}
	tip, err := old.MainTip(d.Config.MainBranch)
	if err != nil {
		return fmt.Errorf("--against：%w", err)
	}
	if tip == "" {
		return misuse.New("--against %s 没有主分支 %s", o.old, cmp.Or(d.Config.MainBranch, "main"))
	}
	if at := d.LandingOf(tip); at >= 0 {
		return o.compared(d, cleaning.Account{Old: tip, New: tip}, &cleaning.Report{})
	}
	a, ok := cleaning.AccountOf(d.Config, tip)
	if !ok {
		return fmt.Errorf("旧历史的主分支到 %s 为止，“历史更替”没有一条的“旧”是它："+
			"请在 suqiu.yaml 写明旧、新、移除、原因；写过的，旧历史在那以后又有入库，没有带过来", tip)
	}
	at := d.LandingOf(a.New)
	if at < 0 {
		return fmt.Errorf("“历史更替”说 %s 换成了 %s，它不在主分支上：请核对“新”写的是不是清理之后主分支上的提交",
			tip, a.New)
	}
	a.New = d.Landings[at].Commit
	both, err := git.Open(o.Dir, old.Objects()...)
	if err != nil {
		return err
	}
	report, err := cleaning.Compare(ctx, both, a)
	if err != nil {
		return err
	}
	return o.compared(d, a, report)
}

// compared tells what the comparison found.
func (o *verifyOptions) compared(d *register.Register, a cleaning.Account, r *cleaning.Report) error {
	var err error
	if o.JSON() {
		err = o.WriteJSON(struct {
			cli.Header
			cleaning.Account
			*cleaning.Report
		}{o.Header(d.Head), a, r})
	} else {
		r.Write(o.Stdout, a)
	}
	if r.Found > 0 {
		err = cmp.Or(err, cli.ErrFindings)
	}
	return err
}
