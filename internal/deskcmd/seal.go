package deskcmd

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"suqiu/internal/cli"
	"suqiu/internal/desk"
	"suqiu/internal/git"
	"suqiu/internal/misuse"
	"suqiu/internal/proposal"
	"suqiu/internal/seal"
	"suqiu/internal/workday"
)

type sealOptions struct {
	*cli.Invocation
	Proposing
	key    string
	cosign string
	code   string
}

// Seal is the command that seals the head of the main branch, or countersigns.
func Seal(inv *cli.Invocation) *cobra.Command {
	opts := sealOptions{Invocation: inv}
	return inv.Command(cli.Command{Use: "seal", Run: opts.run,
		Flags: func(f *pflag.FlagSet) {
			opts.Flags(f)
			f.StringVar(&opts.key, "key", "", "签名用的私钥`文件`（默认：git 的 user.signingKey）")
			f.StringVar(&opts.cosign, "cosign", "", "会签这个封存`文件`，签名写在它旁边")
			f.StringVar(&opts.code, "code", "", "会签者的`代码`，如 SZWQ（默认：提交人所在单位的代码）")
		}})
}

func (o *sealOptions) run(ctx context.Context, _ []string) error {
	if o.cosign != "" {
		if o.DryRun || o.Request {
			return misuse.New("--cosign 不提交，不与 --dry-run、--mr 一起用")
		}
		return o.countersign(ctx)
	}
	d, err := Open(ctx, o.Invocation)
	if err != nil {
		return err
	}
	history, err := o.Mainline(ctx, d.Repo)
	if err != nil {
		return err
	}
	at := history.LandingOf(d.Base)
	if at < 0 {
		return errors.New("主分支上没有提交 " + d.Base)
	}
	s := seal.Seal{Head: d.Base, Day: workday.Of(history.Landings[at].At)}
	if d.Source(s.Path()) != nil {
		return misuse.New("%s 已经封存过：%s", s.Day, s.Path())
	}
	signature, err := o.sign(ctx, s)
	if err != nil {
		return err
	}
	beside := seal.SignaturePath(s.Path(), proposal.Code(d.Config, d.Who, ""))
	files := map[string]string{s.Path(): s.Text(), beside: string(signature)}
	made := d.Paper("封存："+s.Day.String(), "封存-"+s.Day.String(), files)
	made.Body = "主分支到 " + s.Head + " 为止"
	return Propose(ctx, o.Invocation, d, made, &o.Proposing)
}

func (o *sealOptions) sign(ctx context.Context, s seal.Seal) ([]byte, error) {
	return seal.Signer{Dir: o.Dir, Environ: o.GitEnviron, Key: o.key}.Sign(ctx, s.Text())
}

// countersign writes a signature beside a seal that somebody else made.
func (o *sealOptions) countersign(ctx context.Context) error {
	text, err := os.ReadFile(o.cosign)
	if err != nil {
		return fmt.Errorf("读不了封存文件：%w", err)
	}
	s, err := seal.Parse(text)
	if err != nil {
		return fmt.Errorf("%s %w", o.cosign, err)
	}
	code, err := o.known(ctx, s)
	if err != nil {
		return err
	}
	if code == "" {
		return misuse.New("请用 --code 写明会签者的代码，如 --code SZWQ")
	}
	if filepath.Base(code) != code {
		return misuse.New("代码“%s”不能作文件名", code)
	}
	out := seal.SignaturePath(o.cosign, code)
	if _, err := os.Lstat(out); err == nil {
		return misuse.New("%s 已经会签过：%s", code, out)
	}
	signature, err := o.sign(ctx, s)
	if err != nil {
		return err
	}
	if err := os.WriteFile(out, signature, 0o666); err != nil {
		return fmt.Errorf("写不了会签：%w", err)
	}
	fmt.Fprintf(o.Stdout, "已会签 %s：%s\n", s.Day, out)
	o.Note("请把 %s 交回联席办放进 seals/；封存文件和会签请自己留一份，与仓库分开保存", filepath.Base(out))
	return nil
}

// known is the code of whoever countersigns, once the history was found to go on
// from the seal. Whoever has no clone signs what he was sent.
func (o *sealOptions) known(ctx context.Context, s seal.Seal) (string, error) {
	repo, err := git.Open(o.Dir)
	if err != nil {
		o.Note("这里没有仓库，没有核对历史：签名只证明此时已有这个封存")
		return o.code, nil
	}
	d, err := o.Mainline(ctx, repo)
	if err != nil {
		return "", err
	}
	if d.LandingOf(s.Head) < 0 && d.Config.Successor(s.Head) == s.Head {
		return "", fmt.Errorf("没有会签：主分支的历史不是从 %s 接着来的；封存的不是这个仓库，或者历史被改写过", s.Head)
	}
	if o.code != "" {
		return o.code, nil
	}
	at, err := Open(ctx, o.Invocation)
	if err != nil {
		return "", err
	}
	return ownCode(at), nil
}

// ownCode is the code of the unit of whoever sits at the desk; empty: unknown.
func ownCode(d *desk.Desk) string {
	if len(d.Who.Units) == 0 {
		return ""
	}
	return proposal.Code(d.Config, d.Who, "")
}
