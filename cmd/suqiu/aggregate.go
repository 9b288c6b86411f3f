package main

import (
	"context"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"suqiu/internal/docket"
	"suqiu/internal/history"
	"suqiu/internal/papers"
	"suqiu/internal/report"
	"suqiu/internal/workday"
)

type aggregateOptions struct {
	*invocation
	quarter string
	unit    string
	code    string
	dirs    []string
}

func newAggregateCmd(inv *invocation) *cobra.Command {
	opts := aggregateOptions{invocation: inv}
	cmd := &cobra.Command{
		Use:   "aggregate 目录…",
		Short: "把几个库的季度数字加起来",
		Long: `读取每个目录里的诉求办理库，把本级的季度数字与 counties/ 中下级报送的数字相加，再把各库相加：
市局可以合并各旗县的库，区局可以合并各盟市的库。比率由合计数算出，不取平均。
--format json 输出的就是季度报送的格式，可以原样放进上一级库的 counties/。`,
		Example: "  suqiu aggregate --quarter 2026Q3 ../乌兰察布 ../包头\n  suqiu aggregate --quarter 2026Q3 --name 自治区税务局 --format json ../*/ > 2026Q3.json",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return misuse("缺少目录")
			}
			opts.dirs = args
			return runAggregate(cmd.Context(), opts)
		},
	}
	f := cmd.Flags()
	f.StringVar(&opts.quarter, "quarter", "", "哪个`季度`，如 2026Q3（默认：上个季度）")
	f.StringVar(&opts.unit, "name", "合计", "合计数以哪个`单位`的名义")
	f.StringVar(&opts.code, "code", "", "该单位在上一级库里的`代码`")
	formats(cmd, inv, formatText, formatJSON)
	return cmd
}

func runAggregate(ctx context.Context, opts aggregateOptions) error {
	q := workday.QuarterOf(opts.day()).Add(-1)
	if opts.quarter != "" {
		var err error
		if q, err = workday.ParseQuarter(opts.quarter); err != nil {
			return misuse("--quarter 应写成 2026Q3 这样，现为“%s”", opts.quarter)
		}
	}
	switch day := opts.day(); {
	case q.First() > day:
		return fmt.Errorf("截至 %s，%s 还没有开始", day, q)
	case q.Last() >= day:
		opts.note("%s 尚未结束，数字截至 %s", q, day)
	}
	var all []*papers.Summary
	read := map[string]string{} // head → folder
	for _, dir := range opts.dirs {
		head, list, err := opts.summaries(ctx, dir, q)
		if err != nil {
			return fmt.Errorf("%s：%w", dir, err)
		}
		if other, twice := read[head]; twice {
			return misuse("%s 和 %s 是同一个库，加在一起就算了两次", other, dir)
		}
		read[head] = dir
		all = append(all, list...)
	}
	total := papers.Add(opts.unit, opts.code, tool, q, all)
	if opts.json() {
		text, err := papers.WriteSummary(total)
		if err == nil {
			_, err = opts.data.Write(text)
		}
		return err
	}
	return opts.writeAggregate(q, append(all, total))
}

// summaries are the figures of the repository at head: its own, and those that
// were handed in to it.
func (opts aggregateOptions) summaries(ctx context.Context, dir string, q workday.Quarter) (head string, list []*papers.Summary, err error) {
	repo, err := history.Open(dir)
	if err != nil {
		return "", nil, err
	}
	d, err := docket.Load(ctx, repo, docket.Options{Ref: opts.ref, AsOf: opts.day(), Now: opts.landing()})
	if err != nil {
		return "", nil, err
	}
	figures := report.Compute(d, q)
	list = []*papers.Summary{report.Summary(d, &figures, d.Config.Name+"（本级）", "", tool)}
	for _, duty := range d.CountyDuties() {
		switch c := duty.File; {
		case duty.Quarter != q:
		case c == nil:
			opts.note("%s：%s 没有报送 %s，合计中不含该局", dir, duty.Unit, q)
		case c.Summary == nil || len(c.Problems) > 0:
			opts.note("%s：%s 有问题，合计中不含该局；请运行 suqiu check 查看", dir, c.Path)
		default:
			list = append(list, c.Summary)
		}
	}
	return d.Head, list, nil
}

func (opts aggregateOptions) writeAggregate(q workday.Quarter, list []*papers.Summary) error {
	fmt.Fprintf(opts.Stdout, "%s 季度汇总\n", q)
	var t table
	t.row("单位", "收集", "登记", "推送", "办结", "期末未结", "应办", "按期反馈率", "满意率", "")
	n := strconv.Itoa
	for _, s := range list {
		d, e := s.Deadlines, s.Evaluation
		t.row(s.Unit, n(s.Funnel.Tickets), n(s.Funnel.Registered), n(s.Balance.Pushed), n(s.Balance.Done), n(s.Balance.Closing), n(d.Due),
			report.Share{N: d.OnTime, Of: d.OnTime + d.LateDone + d.LateOpen}.String(),
			report.Share{N: e.Satisfied + e.Fair, Of: e.All - e.Unrated}.String(), "")
	}
	t.write(opts.Stdout)
	return nil
}
