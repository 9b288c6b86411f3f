package main

import (
	"cmp"
	"context"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"suqiu/internal/cli"
	"suqiu/internal/git"
	"suqiu/internal/misuse"
	"suqiu/internal/trace"
)

type verifyOptions struct {
	*invocation
	file string // of a seal
	keys string
	old  string // folder of the history before it was cleaned
}

func newVerifyCmd(inv *invocation) *cobra.Command {
	opts := verifyOptions{invocation: inv}
	return inv.Command(cli.Command{Use: "verify [留痕编号]", Formats: []string{cli.Text, cli.JSON}, Args: cli.AtMost(1),
		Run: opts.run,
		Flags: func(f *pflag.FlagSet) {
			cli.PathVar(f, &opts.file, "seal", "", "核对这个封存`文件`和它旁边的签名，代替留痕编号")
			cli.PathVar(f, &opts.old, "against", "", "清理过历史的，与这个`目录`里的旧历史逐个提交核对，代替留痕编号")
			cli.PathVar(f, &opts.keys, "keys", "", "签名人名单`文件`（默认：本仓库的，见“签名人”）")
		}})
}

// asked is the 留痕编号 to look for, and the seal that it is of, if it is.
func (o *verifyOptions) asked(args []string) (id trace.ID, s *trace.Seal, err error) {
	switch {
	case o.file != "" && len(args) > 0:
		return id, nil, misuse.New("留痕编号和 --seal 只写一个")
	case o.file == "" && o.keys != "":
		return id, nil, misuse.New("--keys 与 --seal 一起用")
	case o.file != "":
		s, err := trace.ReadSeal(o.file, o.keys)
		return s.ID(), &s, err
	case len(args) == 0:
		return id, nil, misuse.New("缺少留痕编号")
	}
	id, err = trace.Parse(args[0])
	return id, nil, err
}

func (o *verifyOptions) run(ctx context.Context, args []string) error {
	if o.old != "" {
		if len(args) > 0 || o.file != "" || o.keys != "" {
			return misuse.New("--against 不与留痕编号、--seal、--keys 一起用")
		}
		return o.against(ctx)
	}
	id, s, err := o.asked(args)
	if err != nil {
		return err
	}
	repo, err := git.Open(o.Dir)
	if err != nil {
		return err
	}
	d, err := o.Mainline(ctx, repo)
	if err != nil {
		return err
	}
	v, at, err := id.Judge(d)
	if err != nil {
		return err
	}
	var proof *trace.Proof
	if s != nil {
		if proof, err = s.Prove(repo, d); err != nil {
			return err
		}
		for _, slip := range proof.Slips {
			o.Note("%s", slip)
		}
	}
	if o.JSON() {
		err = o.WriteJSON(struct {
			cli.Header
			trace.Verdict
			Seal *trace.Proof `json:"seal,omitempty"`
		}{o.Header(d.Head), v, proof})
	} else {
		id.Write(o.Stdout, d, &v, at)
		if proof != nil {
			proof.Write(o.Stdout)
		}
	}
	if !v.Found || v.DayWrong || proof != nil && !proof.Good() {
		err = cmp.Or(err, cli.ErrFindings)
	}
	return err
}
