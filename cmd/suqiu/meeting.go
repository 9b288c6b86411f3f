package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"suqiu/internal/docket"
	"suqiu/internal/papers"
	"suqiu/internal/workday"
)

type meetingOptions struct {
	*invocation
	circular bool
	kind     string
	held     dayFlag
	proposer string
	reason   string
	joint    bool
}

func newMeetingCmd(inv *invocation) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "meeting",
		Short: "联席会议：看待研究的事项，准备议题和传签",
		Long: `列出等待联席会议确认或研究的事项：异议、说明单、延期申请、一事一议、到期再研究的长期推进事项、
没有按期落实的议定事项、单位的建议，以及尚未追认的传签。用 suqiu meeting new 生成议题或传签件，用 suqiu meeting pack 生成会议材料。`,
		Example: "  suqiu meeting\n  suqiu meeting new\n  suqiu meeting new --传签",
		Args:    noSuchCommand,
		RunE:    func(cmd *cobra.Command, _ []string) error { return runMeeting(cmd.Context(), inv) },
	}
	formats(cmd, inv, formatText)
	cmd.AddCommand(newMeetingNewCmd(inv), newMeetingPackCmd(inv))
	return cmd
}

func newMeetingNewCmd(inv *invocation) *cobra.Command {
	opts := meetingOptions{invocation: inv}
	cmd := &cobra.Command{
		Use:   "new",
		Short: "由待研究的事项生成会议议题、传签件，或登记单位的建议",
		Long: `由等待决定的事项生成 meetings/ 下的新文件，编号自动取下一个。
不写选项：下一次会议的议题，连同尚未追认的传签；开会后填写召开日期、决定、责任单位、完成期限，印发后即为会议纪要。
--传签：等不及开会的异议、说明单、延期申请，一并送召集人传签，由下一次会议追认。
--提议单位、--事由：登记成员单位提出的召开会议的建议，下一次生成议题时列入。
已有的文件不会改动；已列入未召开会议的事项，下一次会议不重复列入。`,
		Example: "  suqiu meeting new\n  suqiu meeting new --传签\n  suqiu meeting new --提议单位 征收管理科 --事由 \"研究征期错峰提醒\"",
		Args:    atMost(0),
		RunE:    func(cmd *cobra.Command, _ []string) error { return runMeetingNew(cmd.Context(), opts) },
	}
	f := cmd.Flags()
	f.BoolVar(&opts.circular, "传签", false, "生成传签件")
	f.StringVar(&opts.kind, "类型", "", "会议`类型`：例会、专题、即时（默认：例会）")
	f.Var(&opts.held, "召开日期", "会议召开的`日期`，如 2026-10-20")
	f.StringVar(&opts.proposer, "提议单位", "", "提出建议的`单位`")
	f.StringVar(&opts.reason, "事由", "", "建议的`事由`")
	f.BoolVar(&opts.joint, "并轨会商", false, "与税费征管问题协同处理会商会议并轨召开")
	formats(cmd, inv, formatText)
	return cmd
}

func runMeeting(ctx context.Context, inv *invocation) error {
	d, err := inv.load(ctx, "")
	if err != nil {
		return err
	}
	waiting := d.Agenda(inv.day())
	if len(waiting) == 0 {
		fmt.Fprintln(inv.Stdout, "没有等待联席会议的事项")
	}
	var t table
	for _, w := range waiting {
		id, due := "—", ""
		if w.Case != nil {
			id = w.Case.ID
		}
		if w.Due != 0 {
			due = "宜于 " + w.Due.String()
		}
		words := w.Matter + "：" + w.Words
		if w.Tabled != "" {
			words += "（已列入 " + w.Tabled + "）"
		}
		t.row(w.Source, id, due, words)
	}
	t.writeWithin(inv.Stdout, inv.Width)
	if list := ids(d.Unratified()); len(list) > 0 {
		fmt.Fprintf(inv.Stdout, "待追认的传签：%s\n", strings.Join(list, "、"))
	}
	return nil
}

func runMeetingNew(ctx context.Context, opts meetingOptions) error {
	if err := opts.usage(); err != nil {
		return err
	}
	d, err := opts.load(ctx, "")
	if err != nil {
		return err
	}
	if opts.proposer, err = opts.unitName(d, opts.proposer); err != nil {
		return err
	}
	top, _, err := opts.workTreeConfig()
	if err != nil {
		return err
	}
	m := opts.draft(d)
	if m == nil {
		opts.note("没有等不及开会的事项，没有生成传签件")
		return nil
	}
	m.ID = opts.nextID(d, top, m.Type)
	name := papers.MeetingPath(m.ID)
	if err := writeNew(filepath.Join(top, filepath.FromSlash(name)), papers.PrintMeeting(m)); err != nil {
		return err
	}
	fmt.Fprintln(opts.Stdout, name)
	switch {
	case opts.circular:
		opts.note("共 %d 项。召集人传签后填写“召开日期”“印发日期”和各项“决定”，提交后再到各事项填写“决定”和 依据: %s", len(m.Topics), m.ID)
	case opts.reason != "":
		opts.note("请联席办报召集人确定后提交；下一次 suqiu meeting new 会把它列入议题")
	default:
		opts.note("共 %d 个议题，追认传签 %d 件。请报召集人确定；会后填写“召开日期”“决定”“责任单位”“完成期限”", len(m.Topics), len(m.Ratifies))
	}
	return nil
}

// usage refuses options that do not go together.
func (opts meetingOptions) usage() error {
	switch {
	case opts.circular && (opts.reason != "" || opts.kind != ""):
		return misuse("--传签 不能与 --类型、--事由 一起用")
	case (opts.reason == "") != (opts.proposer == ""):
		return misuse("--提议单位 和 --事由 要一起写")
	case opts.kind != "" && (!slices.Contains(papers.MeetingTypes(), opts.kind) || opts.kind == "传签"):
		return misuse("--类型 应为 例会、专题 或 即时，现为“%s”", opts.kind)
	}
	return nil
}

// draft is the new file; nil if nothing is to be circulated.
func (opts meetingOptions) draft(d *docket.Docket) *papers.Meeting {
	m := &papers.Meeting{Type: opts.kind, Joint: opts.joint, Held: opts.held.Date, Host: "召集人"}
	if opts.reason != "" {
		m.Proposer, m.Reason, m.Host = opts.proposer, opts.reason, ""
		if m.Type == "" {
			m.Type = "专题"
		}
		return m
	}
	m.Proposer = d.Config.OfficeUnit()
	on := opts.day()
	if m.Held != 0 {
		on = m.Held
	}
	for _, w := range d.Agenda(on) {
		if opts.takes(&w) {
			m.Topics = append(m.Topics, topicOf(&w))
		}
	}
	if opts.circular {
		m.Type, m.Reason = "传签", "等待确认、研究决定的事项"
		if len(m.Topics) == 0 {
			return nil
		}
		return m
	}
	if m.Type == "" {
		m.Type = "例会"
	}
	m.Reason = "研究等待确认、决定的事项"
	m.Ratifies = ids(d.Unratified())
	if m.Type == "例会" {
		q := workday.QuarterOf(on).Add(-1)
		m.Reason = "听取 " + q.String() + " 办理情况，" + m.Reason
		m.Topics = append([]papers.Topic{{Matter: q.String() + " 分析报告", Units: []string{m.Proposer}}}, m.Topics...)
	}
	return m
}

// takes reports whether something that waits goes into the new file. What
// cannot wait is circulated although it stands on an agenda to come.
func (opts meetingOptions) takes(w *docket.Waiting) bool {
	if opts.circular {
		return w.Urgent() && !strings.HasPrefix(w.Tabled, "CQ")
	}
	return w.Tabled == ""
}

// topicOf is how something that waits stands on an agenda.
func topicOf(w *docket.Waiting) papers.Topic {
	t := papers.Topic{Matter: w.Matter + "（" + w.Words + "）", Source: w.Source, Units: w.Units}
	if w.Case == nil {
		t.Matter = w.Matter // by which it is known not to be tabled twice
	} else {
		t.Cases = []string{w.Case.ID}
	}
	return t
}

// nextID is the next free 编号, also of what is not committed yet.
func (opts meetingOptions) nextID(d *docket.Docket, top, kind string) string {
	prefix := "HY"
	if kind == "传签" {
		prefix = "CQ"
	}
	day := opts.day()
	if opts.held.Date != 0 {
		day = opts.held.Date
	}
	id := d.NextMeeting(prefix, day.Year())
	prefix += fmt.Sprint(day.Year()) + "-"
	n, _ := papers.Sequence(id, prefix)
	files, _ := filepath.Glob(filepath.Join(top, "meetings", prefix+"*.md"))
	for _, f := range files {
		base := filepath.Base(f)
		if k, ok := papers.Sequence(base[:len(base)-len(".md")], prefix); ok {
			n = max(n, k+1)
		}
	}
	return papers.MeetingID(prefix, n)
}

func ids(list []*docket.Meeting) []string {
	var all []string
	for _, m := range list {
		all = append(all, m.ID)
	}
	return all
}
