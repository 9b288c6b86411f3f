package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"suqiu/internal/cli"
	"suqiu/internal/doctor"
	"suqiu/internal/git"
	"suqiu/internal/submit"
)

type doctorOptions struct {
	*invocation
	site string
}

func newDoctorCmd(inv *invocation) *cobra.Command {
	opts := doctorOptions{invocation: inv}
	return inv.Command(cli.Command{Use: "doctor", Formats: []string{cli.Text, cli.JSON}, Run: opts.run,
		Flags: func(f *pflag.FlagSet) {
			cli.PathVar(f, &opts.site, "site", "", "也看看这个`目录`里的网站是哪天生成的")
		}})
}

func (o *doctorOptions) run(ctx context.Context, _ []string) error {
	repo, err := git.Open(o.Dir)
	if err != nil {
		return err
	}
	p := &doctor.Patient{Repo: repo, Settings: o.Settings, Home: o.Home, Program: o.Program, Now: o.Landing()}
	_, p.Email, err = submit.Author(ctx, o.Dir, o.GitEnviron)
	p.Anonymous = err != nil
	if o.site != "" {
		if p.Site, err = os.ReadFile(filepath.Join(o.site, "index.html")); err != nil {
			return fmt.Errorf("读不了网站：%w", err)
		}
	}
	if err := p.Read(ctx, o.Ref, o.Mainline); err != nil {
		return err
	}
	results := doctor.Examine(p)
	if o.JSON() {
		err = o.WriteJSON(struct {
			cli.Header
			Checks []doctor.Result `json:"checks"`
		}{o.Header(p.Head), results})
	} else {
		doctor.Write(o.Stdout, results)
		err = nil
	}
	if err == nil && doctor.Ill(results) {
		err = cli.ErrFindings
	}
	return err
}
