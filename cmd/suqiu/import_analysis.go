package main

import (
	"context"
	"fmt"
	"strings"

	"suqiu/internal/analysis"
	"suqiu/internal/cli"
	"suqiu/internal/desk"
	"suqiu/internal/deskcmd"
	"suqiu/internal/intake"
	"suqiu/internal/privacy"
)

// takeAnalysis takes the steps that a sheet asks for: one branch, one commit.
func (opts *importOptions) takeAnalysis(ctx context.Context) error {
	data, err := intake.Read(ctx, opts.file, opts.Stdin)
	if err != nil {
		return err
	}
	rows, err := analysis.Read(data)
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		opts.Note("表里什么都没有填，什么都没有写")
		return nil
	}
	d, err := deskcmd.Open(ctx, &opts.Invocation)
	if err != nil {
		return err
	}
	var cases []*desk.Case
	wrong := 0
	tell := func(r *analysis.Row, field, message, fix string) {
		wrong++
		text := r.Place(field) + "（" + r.ID + "）：" + message
		if fix = strings.TrimSpace(fix); fix != "" {
			text += "；" + fix
		}
		fmt.Fprintln(opts.Stdout, privacy.MaskedText(text))
	}
	for i := range rows {
		c, faults, err := d.Analyse(ctx, &rows[i])
		switch {
		case err != nil && desk.Refused(err):
			tell(&rows[i], "", desk.Why(err), "")
		case err != nil:
			return err
		}
		for _, f := range faults {
			tell(&rows[i], f.Field, f.Message, f.Fix)
		}
		cases = append(cases, c)
	}
	if wrong > 0 {
		fmt.Fprintf(opts.Stdout, "有 %d 处要改，什么都没有写\n", wrong)
		return cli.ErrFindings
	}
	return deskcmd.Propose(ctx, &opts.Invocation, d, d.Proposal(cases, nil), &deskcmd.Proposing{DryRun: opts.dryRun,
		Request: opts.request})
}
