package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"suqiu/internal/cli"
	"suqiu/internal/forms"
	"suqiu/internal/misuse"
	"suqiu/internal/register"
	"suqiu/internal/view"
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

func newFormCmd(inv *invocation) *cobra.Command {
	opts := formOptions{invocation: inv}
	return inv.Command(cli.Command{Use: "form 编号 表单", Formats: []string{cli.Word, cli.Excel},
		Run: opts.run, Args: cli.Exactly(2, "编号和表单名称，如“suqiu form 202607-ZSGLK-004 说明单”"),
		Flags: func(f *pflag.FlagSet) {
			f.IntVar(&opts.n, "n", 0, "第几`份`记录（默认最后一份）")
			f.BoolVar(&opts.blank, "blank", false, "空白表单，只填事项情况")
			f.StringVar(&opts.month, "month", "", "任务清单：某`月`推送的，如 2026-08")
			cli.PathVar(f, &opts.out, "out", "", "写到`文件`（默认：编号-表单）")
		}})
}

func (opts *formOptions) run(ctx context.Context, args []string) error {
	var err error
	opts.of = args[0]
	if opts.kind, err = forms.Named(args[1]); err != nil {
		return err
	}
	switch {
	case opts.kind != forms.TasksName && opts.month != "":
		return misuse.New("--month 只用于任务清单")
	case opts.kind != forms.TasksName && opts.Format == cli.Excel:
		return misuse.New("“%s”只有 Word 格式（docx）；任务清单才有 xlsx", opts.kind)
	case opts.kind == forms.TasksName && (opts.n != 0 || opts.blank):
		return misuse.New("--n 和 --blank 不用于任务清单")
	case opts.n < 0:
		return misuse.New("选项 --n 的值“%d”不对：应为 1 以上的整数", opts.n)
	}
	d, err := opts.Load(ctx)
	if err != nil {
		return err
	}
	if opts.kind == forms.TasksName {
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
		opts.out = strings.NewReplacer("/", "－", `\`, "－", ":", "－").Replace(name) + "." + opts.Format
	}
	return opts.Deliver(opts.out, cli.SaidFilled, write)
}

func (opts *formOptions) writeTasks(d *register.Register) error {
	l, err := forms.FindTasks(view.Cases(d, view.Supervision), opts.of, opts.month)
	if err != nil {
		return err
	}
	name := l.Name + "-" + forms.TasksName
	if opts.Format == cli.Excel {
		return opts.write(name, l.Workbook().Write)
	}
	return opts.write(name, l.Document().Write)
}
