package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"suqiu/internal/cli"
	"suqiu/internal/misuse"
	"suqiu/internal/workday"
)

type workdayOptions struct {
	*invocation
	date workday.Date
	n    int
	add  bool // count n working days on; else say what date is
}

func newWorkdayCmd(inv *invocation) *cobra.Command {
	opts := workdayOptions{invocation: inv}
	return inv.Command(cli.Command{Use: "workday 日期 [+N]", Formats: []string{cli.Text, cli.JSON},
		Run: opts.run,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return misuse.New("缺少日期，写成 2026-09-30 这样")
			}
			return cli.TooMany(args, 2)
		}})
}

// parseOffset reads +N. The sign is asked for so that a second date or a
// stray number is not taken for one.
func parseOffset(s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil || !strings.HasPrefix(s, "+") || n > maxOffset {
		return 0, misuse.New("“%s”不是天数，应写成 +10 这样，不超过 +%d", s, maxOffset)
	}
	return n, nil
}

// maxOffset keeps a result within the dates that the calendar covers.
const maxOffset = 9999

// workdayJSON is the answer as JSON: what date is, and with N the N-th
// working day after it.
type workdayJSON struct {
	cli.Header
	Date        string `json:"date"`
	Add         *int   `json:"add,omitempty"`
	Result      string `json:"result"`
	Working     bool   `json:"working"`
	Reason      string `json:"reason"`
	Provisional bool   `json:"provisional"`
}

func (opts *workdayOptions) run(_ context.Context, args []string) error {
	var err error
	if opts.date, err = workday.Parse(args[0]); err != nil {
		return misuse.New("“%s”不是日期，应写成 2026-09-30 这样", args[0])
	}
	if len(args) == 2 {
		opts.add = true
		if opts.n, err = parseOffset(args[1]); err != nil {
			return err
		}
	}
	calendar, err := opts.Calendar()
	if err != nil {
		return err
	}
	result := opts.date
	if opts.add {
		result = calendar.Add(opts.date, opts.n)
	}
	day := calendar.Day(result)
	if opts.JSON() {
		answer := workdayJSON{
			Header: opts.Header(""), Date: opts.date.String(), Result: result.String(),
			Working: day.Working, Reason: day.Reason, Provisional: day.Provisional,
		}
		if opts.add {
			answer.Add = &opts.n
		}
		if err := opts.WriteJSON(answer); err != nil {
			return err
		}
	} else if opts.add {
		fmt.Fprintln(opts.Stdout, result)
	} else {
		fmt.Fprintf(opts.Stdout, "%s %s %s\n", result, workingWord(day.Working), day.Reason)
	}
	for _, year := range []int{opts.date.Year(), result.Year()} {
		if how := calendar.Reckoned(year); how != "" {
			opts.Note("提示：%d 年的%s，结果为暂定", year, how)
		}
		if opts.date.Year() == result.Year() {
			break
		}
	}
	if !opts.add && !day.Working {
		return cli.ErrFindings
	}
	return nil
}

func workingWord(working bool) string {
	if working {
		return "工作日"
	}
	return "休息日"
}
