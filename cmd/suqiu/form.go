package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"suqiu/internal/cli"
	"suqiu/internal/forms"
	"suqiu/internal/register"
	"suqiu/internal/view"
	"suqiu/internal/workday"
)

type formOptions struct {
	*invocation
	of    string // 编号, 任务清单 number, unit or month
	kind  string
	n     int
	blank bool
	month string
	out   string
}

// taskList is the kind of form that is about many cases.
const taskList = "任务清单"

func newFormCmd(inv *invocation) *cobra.Command {
	opts := formOptions{invocation: inv}
	var kinds []string
	for _, k := range forms.Kinds() {
		kinds = append(kinds, string(k))
	}
	kinds = append(kinds, taskList)
	cmd := &cobra.Command{
		Use:   "form 编号 表单",
		Short: "按事项填好的 Word 表单：" + strings.Join(kinds, "、"),
		Long: `写出一份填好的 Word 表单，留有意见、签字和盖章的位置。表单有：` + strings.Join(kinds, "、") + `。
同一事项有几份记录的取最后一份，--n 指定第几份；还没有记录的，或加 --blank，出一份只填事项情况的空白表单。
任务清单可按清单编号（RW202608-01）、按单位和月份（信息中心 --month 2026-08）、按月份（2026-08）、按事项编号
（它所在的清单）；加 --format xlsx 为 Excel。不写 --out 时写到当前目录，写“-”时写到标准输出。`,
		Example: "  suqiu form 202607-ZSGLK-004 延期申请单\n  suqiu form RW202608-01 任务清单\n  suqiu form 信息中心 任务清单 --month 2026-08 --format xlsx",
		Args:    cli.Exactly(2, "编号和表单名称，如“suqiu form 202607-ZSGLK-004 说明单”"),
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.of, opts.kind = args[0], strings.Trim(args[1], "《》")
			for _, k := range forms.Kinds() {
				if opts.kind == k.Title() {
					opts.kind = string(k)
				}
			}
			switch {
			case !slices.Contains(kinds, opts.kind):
				return cli.Misuse("没有表单“%s”：应为 %s", args[1], cli.OneOf(kinds))
			case opts.kind != taskList && opts.month != "":
				return cli.Misuse("--month 只用于任务清单")
			case opts.kind != taskList && opts.format == formatExcel:
				return cli.Misuse("“%s”只有 Word 格式（docx）；任务清单才有 xlsx", opts.kind)
			case opts.kind == taskList && (opts.n != 0 || opts.blank):
				return cli.Misuse("--n 和 --blank 不用于任务清单")
			case opts.n < 0:
				return cli.Misuse("选项 --n 的值“%d”不对：应为 1 以上的整数", opts.n)
			}
			return runForm(cmd.Context(), opts)
		},
	}
	f := cmd.Flags()
	f.IntVar(&opts.n, "n", 0, "第几`份`记录（默认最后一份）")
	f.BoolVar(&opts.blank, "blank", false, "空白表单，只填事项情况")
	f.StringVar(&opts.month, "month", "", "任务清单：某`月`推送的，如 2026-08")
	cli.PathVar(f, &opts.out, "out", "", "写到`文件`（默认：编号-表单）")
	formats(cmd, inv, formatWord, formatExcel)
	return cmd
}

func runForm(ctx context.Context, opts formOptions) error {
	d, err := opts.load(ctx)
	if err != nil {
		return err
	}
	if opts.kind == taskList {
		return opts.writeTasks(d)
	}
	c := d.Case(opts.of)
	if c == nil || c.Deleted {
		return fmt.Errorf("截至 %s 没有编号为“%s”的事项，可用“suqiu list”查看", d.AsOf, opts.of)
	}
	kind, text := forms.Kind(opts.kind), view.Of(d, c)
	count := kind.Count(text)
	n := cmp.Or(opts.n, count)
	if n > count {
		return fmt.Errorf("%s 只有 %d 份%s，没有第 %d 份", c.ID, count, kind, n)
	}
	if opts.blank {
		n = 0
	}
	filler := forms.Filler{Bureau: d.Config.Name, Calendar: d.Config.Calendar}
	return opts.write(c.ID+"-"+opts.kind, filler.Form(kind, text, n).Write)
}

// write writes the form where it belongs and says where that is.
func (opts *formOptions) write(name string, write func(io.Writer) error) error {
	if opts.out == "" {
		// A 任务清单 is called what somebody typed.
		opts.out = strings.NewReplacer("/", "－", `\`, "－", ":", "－").Replace(name) + "." + opts.format
	}
	if err := opts.writeOut(opts.out, write); err != nil {
		return err
	}
	if opts.out != "-" {
		opts.note("已写到 %s", opts.out)
	}
	return nil
}

func (opts *formOptions) writeTasks(d *register.Register) error {
	v := view.Cases(d, view.Supervision)
	l, err := opts.tasks(v)
	if err != nil {
		return err
	}
	l.Bureau, l.AsOf = d.Config.Name, d.AsOf
	l.Trace = v.TraceOf(l.Entries)
	name := l.Name + "-" + taskList
	if opts.format == formatExcel {
		return opts.write(name, l.Workbook().Write)
	}
	return opts.write(name, l.Document().Write)
}

// tasks finds the cases of the list that was asked for.
func (opts *formOptions) tasks(v *view.View) (*forms.TaskList, error) {
	var month workday.Month
	of := opts.of
	if m, err := workday.ParseMonth(of); err == nil && opts.month == "" {
		month, of = m, ""
	} else if opts.month != "" {
		if month, err = workday.ParseMonth(opts.month); err != nil {
			return nil, cli.Misuse("“%s”不是月份，应写成 2026-07 这样", opts.month)
		}
	}
	name, unit, list := "", "", ""
	switch u, c := v.Config.Unit(of), v.Case(of); {
	case of == "":
		name = monthName(month)
	case u != nil && month == workday.Month{}:
		return nil, cli.Misuse("单位的任务清单要写月份，如 --month %s", workday.MonthOf(v.AsOf))
	case u != nil:
		unit, name = u.Name, u.Name+monthName(month)
	case month != workday.Month{}:
		return nil, cli.Misuse("没有单位“%s”；--month 与单位一起用", of)
	case c != nil && c.List == "":
		return nil, fmt.Errorf("%s 还没有推送，不在任务清单里", of)
	case c != nil:
		list, name = c.List, c.List
	default:
		list, name = of, of
	}
	l := &forms.TaskList{Name: name}
	for _, e := range v.Cases {
		switch k := e.Feedback(); {
		case list != "" && e.List != list,
			list == "" && (k == nil || !month.Contains(k.Start)),
			unit != "" && e.Lead != unit && !slices.Contains(e.Co, unit):
			continue
		}
		l.Entries = append(l.Entries, e)
	}
	if len(l.Entries) == 0 {
		if list != "" {
			return nil, fmt.Errorf("截至 %s 没有任务清单、单位或事项“%s”；可用“suqiu list”查看", v.AsOf, list)
		}
		return nil, fmt.Errorf("截至 %s，%s没有推送的任务", v.AsOf, name)
	}
	return l, nil
}

func monthName(m workday.Month) string { return fmt.Sprintf("%d年%d月", m.Year, int(m.Month)) }
