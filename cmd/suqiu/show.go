package main

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"suqiu/internal/clock"
	"suqiu/internal/problem"
	"suqiu/internal/register"
	"suqiu/internal/rules"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

func newShowCmd(inv *invocation) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "show 编号",
		Short:   "一件事项的经过、时限，每个到期日怎么数出来的",
		Example: "  suqiu show 202607-NFZX-012",
		Args:    exactly(1, "事项编号，可用“suqiu list”查看"),
		RunE:    func(cmd *cobra.Command, args []string) error { return runShow(cmd.Context(), inv, args[0]) },
	}
	formats(cmd, inv, formatText, formatJSON)
	return cmd
}

type showJSON struct {
	header
	ID       string            `json:"id"`
	Title    string            `json:"title"`
	State    workflow.State    `json:"state"`
	Urgency  string            `json:"urgency"`
	Channel  string            `json:"channel"`
	Lead     string            `json:"lead"`
	Co       []string          `json:"co"`
	PushNo   int               `json:"push_no"`
	Events   []eventJSON       `json:"events"`
	Clocks   []clockJSON       `json:"clocks"`
	Findings []problem.Problem `json:"findings"`
}

type eventJSON struct {
	N      int                `json:"n"`
	Row    int                `json:"row"`
	At     string             `json:"at"`
	Landed string             `json:"landed"`
	Commit string             `json:"commit"`
	Author string             `json:"author"`
	Unit   string             `json:"unit"`
	Kind   workflow.EventKind `json:"kind"`
	From   workflow.State     `json:"from"`
	To     workflow.State     `json:"to"`
	Proxy  bool               `json:"proxy"`
	Reason string             `json:"reason"`
}

type clockJSON struct {
	Kind         clock.Kind   `json:"kind"`
	Unit         string       `json:"unit"`
	Role         string       `json:"role"`
	PushNo       int          `json:"push_no"`
	Start        workday.Date `json:"start"`
	Due          workday.Date `json:"due"`
	OriginalDue  workday.Date `json:"original_due"`
	Agreed       bool         `json:"agreed"`
	Stopped      workday.Date `json:"stopped"`
	Status       clock.Status `json:"status"`
	PausedDays   int          `json:"paused_days"`
	ExtendedDays int          `json:"extended_days"`
	Provisional  bool         `json:"provisional"`
	Class        clock.Class  `json:"class"`
	Days         []countedDay `json:"days"`
}

func runShow(ctx context.Context, inv *invocation, id string) error {
	d, err := inv.load(ctx)
	if err != nil {
		return err
	}
	c := d.Case(id)
	if c == nil {
		return fmt.Errorf("截至 %s 没有编号为“%s”的事项，可用“suqiu list”查看", d.AsOf, id)
	}
	findings := []problem.Problem{}
	for _, f := range rules.Run(d) {
		if f.Case == id {
			findings = append(findings, f)
		}
	}
	if inv.json() {
		return inv.writeJSON(newShowJSON(inv.header(d.Head), d, c, findings))
	}
	inv.writeCase(d, c)
	if len(findings) > 0 {
		fmt.Fprint(inv.Stdout, "\n问题\n")
		return inv.writeFindings(d, findings, true)
	}
	return nil
}

func newShowJSON(h header, d *register.Register, c *register.Case, findings []problem.Problem) showJSON {
	s := showJSON{
		header: h, ID: c.ID, Title: c.Title, State: c.Life.State, Urgency: c.Urgency, Channel: c.Channel,
		Lead: c.Life.Lead, Co: append([]string{}, c.Co...), PushNo: c.Life.Pushes,
		Events: []eventJSON{}, Clocks: []clockJSON{}, Findings: findings,
	}
	for i := range c.Life.Events {
		e := &c.Life.Events[i]
		s.Events = append(s.Events, eventJSON{
			e.N, e.Row, stamp(e.At.Time()), stamp(e.Landed(d.Landings)), e.Commit, e.Author, e.Unit, e.Kind, e.From, e.To, e.Proxy, e.Reason,
		})
	}
	for i := range c.Life.Clocks {
		k := &c.Life.Clocks[i]
		s.Clocks = append(s.Clocks, clockJSON{
			k.Kind, k.Unit, k.Role, k.Push, k.Start, k.Due, k.OriginalDue, k.Agreed, k.Stopped, k.Status,
			k.PausedDays, k.ExtendedDays, k.Provisional, k.Class, countDays(k, d.Config.Calendar, d.AsOf),
		})
	}
	return s
}

// writeCase prints a case for people.
func (inv *invocation) writeCase(d *register.Register, c *register.Case) {
	out := inv.Stdout
	fmt.Fprintf(out, "%s\n", title(c))
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
	var t table
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
		t.row(fmt.Sprintf("  %2d", e.N), e.At.Time().Format("2006-01-02 15:04"), e.Unit, string(e.To), what)
	}
	t.writeWithin(out, inv.Width)
	fmt.Fprint(out, "\n时限\n")
	for i := range c.Life.Clocks {
		k := &c.Life.Clocks[i]
		fmt.Fprintf(out, "  %s\n", clockLine(k))
		for _, line := range countLines(countDays(k, d.Config.Calendar, d.AsOf)) {
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

// clockLine sums a clock up: whose, from when, to when, where it stands.
func clockLine(k *clock.Clock) string {
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
	fmt.Fprintf(&b, "，应于 %s", dueText(k.Due, k.Provisional))
	if k.OriginalDue != k.Due && k.OriginalDue != 0 {
		fmt.Fprintf(&b, "（原 %s）", k.OriginalDue)
	}
	fmt.Fprintf(&b, "  %s", clockWord(k))
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

// clockWord is the status with the regulation's reserve: what is internal
// control is never called 超期.
func clockWord(k *clock.Clock) string {
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
