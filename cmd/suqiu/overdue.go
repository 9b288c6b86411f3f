package main

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"suqiu/internal/overdue"
	"suqiu/internal/register"
)

type overdueOptions struct {
	*invocation
	unit string
}

func newOverdueCmd(inv *invocation) *cobra.Command {
	opts := overdueOptions{invocation: inv}
	cmd := &cobra.Command{
		Use:   "overdue",
		Short: "超期、临期和待决定的事项，按单位列出",
		Long: `列出超期、临期、待收件和待决定的事项，按单位排列。
只有制度规定（以及会议议定、改进、原渠道）的时限才叫超期，有超期时退出码为 1；内部控制时限只作提示。
待收件：到期日刚过，各单位的提交可能还没有合并；待决定：延期申请、一事一议还没有决定；暂停：异议、说明单还没有决定。
等待决定的异议、说明单、延期申请、一事一议另列在后面，写明等了几个工作日。
异议、说明的日期是最迟可以提出的日期，不提不算超期。
--format markdown 供粘贴到议题或邮件，公开范围为“仅要素”的不写标题；csv 供 Excel 打开。`,
		Example: "  suqiu overdue\n  suqiu overdue --unit 信息中心 --as-of 2026-09-30\n  suqiu overdue --format csv > 超期与临期.csv",
		Args:    atMost(0),
		RunE:    func(cmd *cobra.Command, _ []string) error { return runOverdue(cmd.Context(), opts) },
	}
	cmd.Flags().StringVar(&opts.unit, "unit", "", "只看一个`单位`")
	formats(cmd, inv, formatText, formatMarkdown, formatCSV, formatJSON)
	return cmd
}

func runOverdue(ctx context.Context, opts overdueOptions) error {
	d, err := opts.load(ctx)
	if err != nil {
		return err
	}
	if opts.unit, err = opts.unitName(d, opts.unit); err != nil {
		return err
	}
	items := overdue.Items(d, opts.unit)
	switch opts.format {
	case formatJSON:
		err = opts.writeJSON(struct {
			header
			Items   []overdue.Item    `json:"items"`
			Waiting []overdue.Waiting `json:"waiting"`
		}{opts.header(d.Head), items, overdue.WaitingItems(d, opts.unit)})
	case formatMarkdown:
		err = overdue.Markdown(opts.Stdout, d, items, overdue.WaitingItems(d, opts.unit))
	case formatCSV:
		err = overdue.CSV(opts.data, items)
	default:
		overdue.Write(opts.Stdout, opts.Width, d, items)
		overdue.WriteWaiting(opts.Stdout, opts.Width, overdue.WaitingItems(d, opts.unit))
	}
	if err == nil && slices.ContainsFunc(items, func(i overdue.Item) bool { return i.Counts() }) {
		return errFindings
	}
	return err
}

// unitName turns what somebody typed for a unit into its name.
func (inv *invocation) unitName(d *register.Register, typed string) (string, error) {
	if typed == "" {
		return "", nil
	}
	if u := d.Config.Unit(typed); u != nil {
		return u.Name, nil
	}
	return "", misuse("suqiu.yaml 中没有单位“%s”，可写名称、别名或代码", typed)
}
