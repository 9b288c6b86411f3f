package deskcmd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"suqiu/internal/charset"
	"suqiu/internal/cli"
	"suqiu/internal/config"
	"suqiu/internal/holidays"
	"suqiu/internal/misuse"
	"suqiu/internal/problem"
	"suqiu/internal/step"
	"suqiu/internal/terminal"
	"suqiu/internal/workday"
)

type calendarOptions struct {
	*cli.Invocation
	Proposing
	year int
}

// Calendar is the command that takes over a notice of holidays.
func Calendar(inv *cli.Invocation) *cobra.Command {
	opts := calendarOptions{Invocation: inv}
	add := inv.Command(cli.Command{Use: "add [文件]", Args: cli.AtMost(1), Run: opts.add,
		Flags: func(f *pflag.FlagSet) {
			opts.Proposing.Flags(f)
			f.IntVar(&opts.year, "year", 0, "哪一`年`的安排（默认：通知标题里的年份）")
		}})
	return inv.Command(cli.Command{Use: "calendar", Args: cli.NoSuchCommand, Below: []*cobra.Command{add}})
}

// add reads a notice and proposes suqiu.yaml with it.
func (o *calendarOptions) add(ctx context.Context, args []string) error {
	d, err := Open(ctx, o.Invocation)
	if err != nil {
		return err
	}
	text, err := o.notice(args)
	if err != nil {
		return err
	}
	n, problems := holidays.Read(text, o.year)
	for _, p := range problems {
		fmt.Fprintf(o.Stdout, "第 %d 行：%s（%s）\n  改法：%s\n", p.Line, p.Message, p.Severity.Label(), p.Fix)
	}
	if slices.ContainsFunc(problems, func(p problem.Problem) bool { return p.Severity == problem.Error }) {
		fmt.Fprintln(o.Stdout, "没有提交，仓库和原来一样")
		return cli.ErrFindings
	}
	o.tell(n)
	if n.Known(d.Config.Calendar) {
		fmt.Fprintf(o.Stdout, "%d 年的安排已经在日历里，和通知一致，不必再加\n", n.Year)
		return nil
	}
	file, err := n.Entry().Into(d.Source(config.Path))
	if err != nil {
		return err
	}
	year := strconv.Itoa(n.Year)
	if asker := asker(o.Invocation); asker != nil {
		o.Confirm = func(ctx context.Context) error {
			answer, err := asker.Field(ctx, &step.Field{Name: "与通知原文核对无误，写入 suqiu.yaml", Kind: step.Choice,
				Required: true, Choices: []string{"是", "否"}})
			if err == nil && answer != "是" {
				err = errors.New("没有提交，仓库和原来一样")
			}
			return err
		}
	}
	proposal := d.Paper("日历："+year+" 年放假安排", "日历-"+year, map[string]string{config.Path: string(file)})
	return Propose(ctx, o.Invocation, d, proposal, &o.Proposing)
}

// notice is the text of a file, or of what is pasted.
func (o *calendarOptions) notice(args []string) (string, error) {
	var data []byte
	var err error
	if len(args) == 1 && args[0] != "-" {
		data, err = os.ReadFile(args[0])
	} else {
		if o.Interactive {
			o.Note("请贴上通知的全文，另起一行按 Ctrl-D 结束（Windows 按 Ctrl-Z 再回车）")
		}
		data, err = io.ReadAll(io.LimitReader(o.Stdin, longestNotice))
	}
	if err != nil {
		return "", fmt.Errorf("读不了通知：%w", err)
	}
	if len(data) >= longestNotice {
		return "", misuse.New("这不是一份放假通知：太长了")
	}
	if text, ok := charset.FromGB18030(data); ok {
		data = text
	}
	return strings.ToValidUTF8(string(data), "?"), nil
}

// longestNotice is far more than any notice has, in bytes.
const longestNotice = 1 << 20

// tell shows what was read, to be compared with the notice.
func (o *calendarOptions) tell(n *holidays.Notice) {
	var t terminal.Table
	t.Row("节日", "放假", "天数", "调休上班")
	for _, h := range n.Holidays {
		var off, work []string
		days := 0
		for _, x := range h.Off {
			off = append(off, strings.Replace(x.String(), "/", " 至 ", 1))
			days += x.Days()
		}
		for _, d := range h.Work {
			work = append(work, d.String())
		}
		t.Row(h.Name, strings.Join(off, "、"), strconv.Itoa(days), strings.Join(work, "、"))
	}
	t.WriteWithin(o.Stdout, o.Width)
	cal := workday.NewCalendar(n.Overrides())
	given := len(n.Overrides().Work)
	fmt.Fprintf(o.Stdout, "%d 年工作日 %d 天：放假占用 %d 天，调休上班 %d 天，相抵 %d 天为法定节假日\n", n.Year,
		cal.Count(workday.New(n.Year-1, 12, 31), workday.New(n.Year, 12, 31)), n.Taken(), given, n.Taken()-given)
}
