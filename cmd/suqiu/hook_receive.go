package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"suqiu/internal/config"
	"suqiu/internal/git"
	"suqiu/internal/history"
	"suqiu/internal/register"
	"suqiu/internal/rules"
)

type receiveOptions struct {
	*invocation
	repo *git.Repo
	main string // name of the main branch
	tip  string // its commit before the push; empty: there is none yet
	// standIn is the branch that is judged as the main one while 主分支 names none,
	// and teller the one whose suqiu.yaml says which is the main one.
	standIn, teller string
}

func newPreReceiveCmd(inv *invocation) *cobra.Command {
	opts := receiveOptions{invocation: inv}
	cmd := &cobra.Command{
		Use:   "pre-receive",
		Short: "服务器接收推送时把关（由 Git 运行）",
		Long: `服务器接收推送时由 Git 运行，从标准输入读“旧提交 新提交 引用”。推送主分支时，
改写或删除已入库的历史、删除事项、改动已入库的记录、日期在将来、日期太早、或带来错误（suqiu check --base 所说的错误）的，一律不接收；
其他分支照常接收，只提醒并入主分支时会遇到的错误。`,
		Args: atMost(0),
		RunE: func(cmd *cobra.Command, _ []string) error { return runPreReceive(cmd.Context(), opts) },
	}
	formats(cmd, inv, formatText)
	return cmd
}

// move is one reference that a push moves. A hash is empty where there is no
// commit: before the first, after a deletion.
type move struct{ old, new, ref string }

// branch is the name of the branch that moves; empty if it is none.
func (u move) branch() string {
	name, _ := strings.CutPrefix(u.ref, "refs/heads/")
	if name == u.ref {
		return ""
	}
	return name
}

func readUpdates(r io.Reader) ([]move, error) {
	var list []move
	in := bufio.NewScanner(r)
	for in.Scan() {
		f := strings.Fields(in.Text())
		if len(f) != 3 {
			return nil, misuse("标准输入的“%s”不是“旧提交 新提交 引用”；本命令由 Git 运行", in.Text())
		}
		for i := range 2 {
			if strings.Trim(f[i], "0") == "" {
				f[i] = ""
			}
		}
		list = append(list, move{f[0], f[1], f[2]})
	}
	return list, in.Err()
}

// maxBranches is how many branches beside the main one are looked into: a
// mirrored repository is not to wait for advice on each.
const maxBranches = 4

func runPreReceive(ctx context.Context, opts receiveOptions) error {
	pushed, err := opts.input(ctx)
	if err != nil {
		return fmt.Errorf("读不了标准输入：%w", err)
	}
	updates, err := readUpdates(bytes.NewReader(pushed))
	if err != nil {
		return err
	}
	if opts.repo, err = git.Open(opts.dir, opts.Objects...); err != nil {
		return err
	}
	for i := range updates {
		// A server may give one branch several names.
		if updates[i].ref, err = opts.repo.RefBehind(updates[i].ref); err != nil {
			return err
		}
	}
	if err := opts.findMain(updates); err != nil {
		return err
	}
	ok, err := opts.authored(ctx, updates)
	if err != nil {
		return err
	}
	refused := !ok
	for _, u := range updates {
		if strings.HasPrefix(u.ref, "refs/replace/") && u.new != "" && opts.config(opts.tip) != nil {
			opts.refuse("不能推送 "+u.ref, "它会让所有人看到的历史不是原来的历史（git replace）", "在本地执行：git replace -d "+strings.TrimPrefix(u.ref, "refs/replace/"))
			refused = true
		}
		ok, err := opts.received(ctx, u)
		if err != nil {
			return err
		}
		refused = refused || !ok
	}
	if refused {
		return errFindings
	}
	asked := 0
	for _, u := range updates {
		if name := u.branch(); name != "" && !opts.isMain(name) && u.new != "" && opts.tip != "" && asked < maxBranches {
			asked++
			if err := opts.advise(ctx, u); err != nil {
				return err
			}
		}
	}
	return nil
}

// config is that of a commit; nil if it has none.
func (o *receiveOptions) config(commit string) *config.Config {
	if commit == "" {
		return nil
	}
	_, cfg, err := register.ConfigOf(o.repo, commit)
	if err != nil {
		return nil
	}
	return cfg
}

// gitlabLine begins the lines that GitLab shows in the browser; it shows no
// others, and runs them together.
const gitlabLine = "GL-HOOK-ERR: "

// refuse says what is not received, why, and what to do: a command a line.
func (o *receiveOptions) refuse(what, why string, cure ...string) {
	if o.GitLab {
		fmt.Fprintf(o.Stdout, "%s未接收：%s。%s。\n", gitlabLine, what, why)
		return // the commands are for who pushes from a shell
	}
	fmt.Fprintf(o.Stdout, "\n未接收：%s\n原因：%s\n改法：%s\n", what, why, strings.Join(cure, "\n      "))
}

// receiveMain judges a push to the main branch.
func (o *receiveOptions) receiveMain(ctx context.Context, u move) (bool, error) {
	what := "对主分支 " + u.branch() + " 的推送"
	if u.new != "" && o.standIn != "" {
		u.old = o.tip // a new main branch goes on from the one before
	}
	known := o.config(u.old) != nil
	if u.new == "" && !known {
		return true, nil // no repository of cases
	}
	if u.new == "" {
		o.refuse("删除主分支 "+u.branch(), "已入库的历史是办理凭据，不能删除", "不必再做什么，主分支保持原样；",
			"确需换一个主分支的，请联席办先改 suqiu.yaml 的“主分支”并推送")
		return false, nil
	}
	if known && o.config(u.new) == nil {
		o.refuse(what, "suqiu.yaml 被删除，此后谁也无法检查", "恢复后重新推送：", "git checkout "+o.onto(u)+" -- suqiu.yaml", "git commit -m 恢复suqiu.yaml", "git push")
		return false, nil
	}
	options := register.Options{Ref: u.new, Base: u.old, Push: true, Narrow: true}
	if !known {
		// Nothing to hold it to: what comes first is judged as what has landed.
		options = register.Options{Ref: u.new}
	}
	d, err := o.read(ctx, o.repo, options)
	switch {
	case errors.Is(err, register.ErrNotCases):
		o.note("%s 上还没有 suqiu.yaml，没有检查；请用 suqiu init 建立", u.branch())
		return true, nil
	case err != nil:
		return false, err
	}
	if known && !o.straight(d, u, what) || !o.inTime(d, u, what) {
		return false, nil
	}
	found := blocking(rules.Run(d))
	if len(found) == 0 {
		return true, nil
	}
	if o.GitLab {
		for _, f := range found[:min(len(found), shownErrors)] {
			fmt.Fprintf(o.Stdout, "%s%s 第 %d 行：%s。改法：%s。\n", gitlabLine, f.Path, f.Line, f.Message, f.Fix)
		}
		return false, nil
	}
	fmt.Fprintf(o.Stdout, "\n未接收：%s\n原因：它带来下列错误\n\n", what)
	if err := o.writeBlocking(d, found); err != nil {
		return false, err
	}
	check := "suqiu check"
	if known {
		check += " --base refs/remotes/" + o.onto(u)
	}
	fmt.Fprintf(o.Stdout, "\n改法：按各条“改法”修改并提交，再推送；推送前可先检查：%s\n", check)
	return false, nil
}

// straight refuses what leaves behind or moves aside what has landed.
func (o *receiveOptions) straight(d *register.Register, u move, what string) bool {
	switch d.Follows {
	case history.Astray:
		o.refuse(what, "它会改写主分支已入库的历史，已入库的提交会丢失", "不要用 --force；先取得最新内容，把您的修改接在后面，再推送：",
			"git fetch origin", "git rebase "+o.onto(u), "git push")
		return false
	case history.SideRoad:
		o.refuse(what, "合并的方向反了：是把 "+u.branch()+" 合并到了您的分支。这样推送，已入库的提交都会变成今天才随您的合并入库，时限全部算错",
			"换一个方向合并，再推送：", "git branch 我的修改", "git fetch origin", "git reset --hard "+o.onto(u),
			"git merge --no-ff 我的修改", "git push")
		return false
	}
	return true
}

// advise says what would stand in the way of a branch, were it merged now. A
// branch is received whatever is said of it.
func (o *receiveOptions) advise(ctx context.Context, u move) error {
	if o.config(o.tip) == nil || o.config(u.new) == nil {
		return nil // nothing to judge by, or not a branch of cases
	}
	d, err := o.read(ctx, o.repo, register.Options{Ref: u.new, Base: o.tip, Narrow: true})
	if ctx.Err() != nil {
		return err
	}
	if err != nil {
		o.note("分支 %s 已接收，没有检查：%s", u.branch(), err)
		return nil
	}
	found := blocking(rules.Run(d))
	if len(found) == 0 {
		return nil
	}
	fmt.Fprintf(o.Stdout, "\n提醒：分支 %s 已接收，但有下列错误，改好之前不能并入主分支 %s\n\n", u.branch(), o.main)
	return o.writeBlocking(d, found)
}
