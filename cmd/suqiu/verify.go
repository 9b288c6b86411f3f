package main

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"suqiu/internal/cli"
	"suqiu/internal/dossier"
	"suqiu/internal/gate"
	"suqiu/internal/git"
	"suqiu/internal/register"
	"suqiu/internal/workday"
)

type verifyOptions struct {
	*invocation
	commit string       // digits of a commit, lower case
	day    workday.Date // that the 留痕编号 names; zero: none
}

func newVerifyCmd(inv *invocation) *cobra.Command {
	opts := verifyOptions{invocation: inv}
	cmd := &cobra.Command{
		Use: "verify 留痕编号",
		Args: func(cmd *cobra.Command, args []string) error {
			if err := cli.Exactly(1, "留痕编号")(cmd, args); err != nil {
				return err
			}
			var err error
			opts.commit, opts.day, err = parseTraceID(args[0])
			return err
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return runVerify(cmd.Context(), opts) },
	}
	formats(cmd, inv, formatText, formatJSON)
	return cmd
}

// traceParts is a 留痕编号 as people type it: the dot is not on every keyboard.
var traceParts = regexp.MustCompile(`^([0-9a-f]{7,64})(?:[·•・.\s]+(\d{4}-\d{2}-\d{2}))?$`)

func parseTraceID(s string) (commit string, day workday.Date, err error) {
	m := traceParts.FindStringSubmatch(strings.ToLower(strings.TrimSpace(s)))
	if m == nil {
		return "", 0, cli.Misuse("“%s”不是留痕编号，应写成 3f2a9c10b4d5e6a1·2026-09-30，或者提交编号的前 7 位以上", s)
	}
	if m[2] != "" {
		if day, err = workday.Parse(m[2]); err != nil {
			return "", 0, cli.Misuse("“%s”中的“%s”不是日期", s, m[2])
		}
	}
	return m[1], day, nil
}

// verdict is what verify finds out.
type verdict struct {
	header
	Commit   string    `json:"commit"`             // whole, where it was found; else as asked
	Found    bool      `json:"found"`              // the mainline goes on from it
	Replaced string    `json:"replaced,omitempty"` // the commit in its place, by 历史更替
	Reason   string    `json:"reason,omitempty"`   // 原因 of that
	Landed   string    `json:"landed"`
	DayWrong bool      `json:"day_wrong"` // it landed on another day than the number says
	Since    sinceJSON `json:"since"`
}

// sinceJSON is what has landed after it.
type sinceJSON struct {
	Landings int    `json:"landings"`
	First    string `json:"first"`
	Last     string `json:"last"`
}

func runVerify(ctx context.Context, opts verifyOptions) error {
	repo, err := git.Open(opts.dir)
	if err != nil {
		return err
	}
	d, err := opts.mainline(ctx, repo)
	if err != nil {
		return err
	}
	v, at, err := opts.judge(d)
	if err != nil {
		return err
	}
	if opts.json() {
		err = opts.writeJSON(v)
	} else {
		opts.tell(d, &v, at)
	}
	if err == nil && (!v.Found || v.DayWrong) {
		err = errFindings
	}
	return err
}

// judge looks the number up; at is the landing, -1 if there is none.
func (o *verifyOptions) judge(d *register.Register) (v verdict, at int, err error) {
	v = verdict{header: o.header(d.Head), Commit: o.commit}
	at = d.LandingOf(o.commit)
	if at >= 0 {
		for i := at + 1; i < len(d.Landings); i++ {
			if strings.HasPrefix(d.Landings[i].Commit, o.commit) {
				return v, -1, cli.Misuse("主分支上不止一个提交以 %s 开头，请多写几位", o.commit)
			}
		}
	} else if successor := d.Config.Successor(o.commit); successor != o.commit {
		if at = d.LandingOf(successor); at >= 0 {
			v.Replaced = d.Landings[at].Commit
			v.Reason = d.Config.RewritingOf(o.commit).Reason
		}
	}
	if at < 0 {
		return v, at, nil
	}
	l := &d.Landings[at]
	v.Found, v.Landed = true, dossier.Stamp(l.At)
	if v.Replaced == "" {
		v.Commit = l.Commit
		v.DayWrong = o.day != 0 && o.day != workday.Of(l.At) && o.day != workday.Of(l.Committed.Time())
	}
	if later := d.Landings[at+1:]; len(later) > 0 {
		v.Since = sinceJSON{len(later), dossier.Stamp(later[0].At), dossier.Stamp(later[len(later)-1].At)}
	}
	return v, at, nil
}

func (o *verifyOptions) tell(d *register.Register, v *verdict, at int) {
	if !v.Found {
		fmt.Fprintf(o.Stdout, "不在：主分支的历史不是从 %s 接着来的\n", o.commit)
		fmt.Fprintf(o.Stdout, "历史被改写过，或者编号抄错了。请核对编号；仍不在的，向保存着原来历史的电脑、备份或旗县核实\n")
		return
	}
	l := &d.Landings[at]
	switch {
	case v.Replaced != "":
		fmt.Fprintf(o.Stdout, "已更替：提交 %s 由“历史更替”换成 %s（%s）\n", o.commit, register.TraceID(l), v.Reason)
	case v.DayWrong:
		fmt.Fprintf(o.Stdout, "日期不符：提交 %s 在历史上，入库日是 %s，不是 %s\n", gate.ShortHash(l.Commit), workday.Of(l.At), o.day)
	default:
		fmt.Fprintf(o.Stdout, "在：主分支的历史是从 %s 接着来的，它 %s 入库\n", register.TraceID(l), gate.Minute(l.At))
	}
	if v.Since.Landings == 0 {
		fmt.Fprintf(o.Stdout, "此后没有入库\n")
		return
	}
	later := d.Landings[at+1:]
	fmt.Fprintf(o.Stdout, "此后入库 %d 次：%s 至 %s\n", len(later), gate.Minute(later[0].At), gate.Minute(later[len(later)-1].At))
}
