package dossier

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"suqiu/internal/clock"
	"suqiu/internal/register"
	"suqiu/internal/terminal"
)

// Write prints a case for people, for a terminal of that many columns.
func Write(out io.Writer, width int, d *register.Register, c *register.Case) {
	fmt.Fprintf(out, "%s\n", c.ID+"  "+c.Title)
	facts := []string{string(c.Life.State), c.Urgency, c.Channel, c.Category}
	if c.Deleted {
		facts = append(facts, "文件已删除")
	}
	fmt.Fprintf(out, "%s\n", joinNonEmpty(" · ", facts...))
	if c.Life.Lead != "" {
		fmt.Fprintf(out, "承办：%s", c.Life.Lead)
		if len(c.Co) > 0 {
			fmt.Fprintf(out, "  协办：%s", strings.Join(c.Co, "、"))
		}
		fmt.Fprintf(out, "  第 %d 次推送\n", c.Life.Pushes)
	}
	fmt.Fprint(out, "\n经过\n")
	var t terminal.Table
	for _, e := range c.Life.Events {
		what := cmp.Or(e.Title, string(e.To))
		if e.Proxy {
			what += "（代录）"
		}
		if e.Voided {
			what += "（已更正）"
		}
		if e.Reason != "" {
			what += "：" + e.Reason
		}
		t.Row(fmt.Sprintf("  %2d", e.N), e.At.Time().Format("2006-01-02 15:04"), e.Unit, string(e.To), what)
	}
	t.WriteWithin(out, width)
	fmt.Fprint(out, "\n时限\n")
	for i := range c.Life.Clocks {
		k := &c.Life.Clocks[i]
		fmt.Fprintf(out, "  %s\n", ClockLine(k))
		for _, line := range CountLines(CountDays(k, d.Config.Calendar, d.AsOf)) {
			fmt.Fprintf(out, "      %s\n", line)
		}
		for _, m := range k.Moves {
			fmt.Fprintf(out, "      %s\n", moveLine(&m))
		}
	}
}

// moveLine says what moved a due day: 2026-07-13 异议待决定，顺延 3 个工作日，到期日 2026-07-23.
func moveLine(m *clock.Move) string {
	line := m.On.String() + " " + m.Why
	if m.Days > 0 {
		line += fmt.Sprintf("，顺延 %d 个工作日", m.Days)
	}
	return line + "，到期日 " + m.Due.String()
}

// ClockLine sums a clock up: whose, from when, to when, where it stands.
func ClockLine(k *clock.Clock) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s  %s", k.Kind, k.Unit)
	if k.Push > 1 {
		fmt.Fprintf(&b, "（第 %d 次推送）", k.Push)
	}
	fmt.Fprintf(&b, "  %s 起", k.Start)
	switch {
	case k.Agreed:
		b.WriteString("，会议议定")
	case k.Limit > 0:
		fmt.Fprintf(&b, "，%d 个工作日", k.Limit)
	}
	if k.PausedDays > 0 {
		fmt.Fprintf(&b, "，暂停 %d 日", k.PausedDays)
	}
	if k.ExtendedDays > 0 {
		fmt.Fprintf(&b, "，延期 %d 日", k.ExtendedDays)
	}
	fmt.Fprintf(&b, "，应于 %s", k.Due.Text(k.Provisional))
	if k.OriginalDue != k.Due && k.OriginalDue != 0 {
		fmt.Fprintf(&b, "（原 %s）", k.OriginalDue)
	}
	fmt.Fprintf(&b, "  %s", ClockWord(k))
	if k.Stopped != 0 {
		fmt.Fprintf(&b, "（%s）", k.Stopped)
	}
	switch late := k.Status == clock.Overdue || k.Status == clock.Missed; {
	case late:
		b.WriteString("，" + clock.LateWords(k.DaysLate))
	case k.Missed != 0 && k.DaysLate > 0:
		fmt.Fprintf(&b, "，%s 到期未完成，此前已超 %d 个工作日", k.Missed, k.DaysLate)
	}
	fmt.Fprintf(&b, "  ［%s］", joinNonEmpty(" ", string(k.Class), k.Clause))
	return b.String()
}

// ClockWord is the status with the regulation's reserve: what is internal
// control is never called 超期.
func ClockWord(k *clock.Clock) string {
	if k.Status == clock.Overdue && !k.Class.Counts() {
		return "已过内部时限"
	}
	return k.Status.Word()
}

func joinNonEmpty(sep string, parts ...string) string {
	kept := parts[:0:0]
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, sep)
}
