package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"suqiu/internal/papers"
	"suqiu/internal/register"
	"suqiu/internal/workday"
	"suqiu/internal/worktree"
)

type meetingOptions struct {
	*invocation
	circular bool
	kind     string
	held     dayFlag
	proposer string
	reason   string
	cases    []string
	joint    bool
	another  bool
}

func newMeetingNewCmd(inv *invocation) *cobra.Command {
	opts := meetingOptions{invocation: inv}
	cmd := &cobra.Command{
		Use:   "new",
		Short: "由待研究的事项生成或补充会议议题、传签件，或登记单位的建议",
		Long: `由等待决定的事项生成 meetings/ 下的文件，编号自动取下一个。
不写选项：下一次会议的议题，连同尚未追认的传签；开会后填写召开日期、决定、责任单位、完成期限，印发后即为会议纪要。
--传签：等不及开会的异议、说明单、延期申请，一并送召集人传签，由下一次会议追认。
--提议单位、--事由：登记成员单位提出的召开会议的建议，下一次生成议题时列入；提请一事一议的，用 --诉求 写明事项。
已经有未召开的议题或未决定的传签件时，把后来等待的事项补在它的议题后面，其他内容一字不动；另起一份用 --另起。
已列入未召开会议的事项，不重复列入。`,
		Example: "  suqiu meeting new\n  suqiu meeting new --传签\n  suqiu meeting new --提议单位 征收管理科 --事由 \"研究征期错峰提醒\"\n" +
			"  suqiu meeting new --提议单位 信息中心 --事由 \"区局扩容推迟，请确定办理时间\" --诉求 202607-ZSGLK-004",
		Args: atMost(0),
		RunE: func(cmd *cobra.Command, _ []string) error { return runMeetingNew(cmd.Context(), opts) },
	}
	f := cmd.Flags()
	f.BoolVar(&opts.circular, "传签", false, "生成传签件")
	f.StringVar(&opts.kind, "类型", "", "会议`类型`：例会、专题、即时（默认：例会；建议为专题，一事一议为即时）")
	f.Var(&opts.held, "召开日期", "会议召开的`日期`，如 2026-10-20")
	f.StringVar(&opts.proposer, "提议单位", "", "提出建议的`单位`")
	f.StringVar(&opts.reason, "事由", "", "建议的`事由`")
	f.StringSliceVar(&opts.cases, "诉求", nil, "提请一事一议的`事项`编号，几个用逗号隔开")
	f.BoolVar(&opts.joint, "并轨会商", false, "与税费征管问题协同处理会商会议并轨召开")
	f.BoolVar(&opts.another, "另起", false, "不补充已有的，另起一份")
	formats(cmd, inv, formatText)
	return cmd
}

func runMeetingNew(ctx context.Context, opts meetingOptions) error {
	if err := opts.usage(); err != nil {
		return err
	}
	d, err := opts.load(ctx)
	if err != nil {
		return err
	}
	if opts.proposer, err = opts.unitName(d, opts.proposer); err != nil {
		return err
	}
	top, _, err := worktree.Find(opts.dir)
	if err != nil {
		return err
	}
	if opts.reason != "" {
		return opts.writeWish(d, top)
	}
	m := opts.draft(d)
	begun, err := opts.begun(d, top, m.Type)
	if err != nil {
		return err
	}
	m.Topics = slices.Concat(m.Topics, opts.waiting(d, begun))
	if begun != nil {
		return opts.complete(d, top, begun, m)
	}
	if opts.circular && len(m.Topics) == 0 {
		opts.note("没有等不及开会的事项，没有生成传签件")
		return nil
	}
	if err := opts.write(d, top, m); err != nil {
		return err
	}
	if opts.circular {
		opts.note("共 %d 项。召集人传签后填写“召开日期”“印发日期”和各项“决定”，提交后再到各事项填写“决定”和 依据: %s", len(m.Topics), m.ID)
	} else {
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
	case len(opts.cases) > 0 && opts.reason == "":
		return misuse("--诉求 是提请一事一议的，要写明 --提议单位 和 --事由")
	case opts.kind != "" && (!slices.Contains(papers.MeetingTypes(), opts.kind) || opts.kind == "传签"):
		return misuse("--类型 应为 例会、专题 或 即时，现为“%s”", opts.kind)
	}
	return nil
}

// write writes a new file under the next free 编号.
func (opts meetingOptions) write(d *register.Register, top string, m *papers.Meeting) error {
	m.ID = opts.nextID(d, top, m.Type)
	name := papers.MeetingPath(m.ID)
	if err := worktree.Create(filepath.Join(top, filepath.FromSlash(name)), papers.PrintMeeting(m)); err != nil {
		return err
	}
	fmt.Fprintln(opts.Stdout, name)
	return nil
}

// writeWish files a unit's suggestion to hold a meeting, or to decide on cases
// one by one (三(一), 三(四)).
func (opts meetingOptions) writeWish(d *register.Register, top string) error {
	m := &papers.Meeting{Type: opts.kind, Joint: opts.joint, Held: opts.held.Date, Proposer: opts.proposer, Reason: opts.reason}
	for _, id := range opts.cases {
		c := d.Case(id)
		switch {
		case c == nil || c.Deleted || c.Broken != nil:
			return misuse("没有事项“%s”，可用“suqiu list --open”查看", id)
		case !c.Life.State.IsOpen() || c.Life.State.BeforePush():
			return misuse("事项“%s”的状态是“%s”，不在办理之中，不能提请一事一议", id, c.Life.State)
		}
		m.Topics = append(m.Topics, papers.Topic{Matter: c.Title, Source: papers.FromAdHoc, Cases: []string{id}, Units: []string{c.Life.Lead}})
	}
	if m.Type == "" {
		m.Type = "专题"
		if len(m.Topics) > 0 {
			m.Type = "即时"
		}
	}
	if err := opts.write(d, top, m); err != nil {
		return err
	}
	if len(m.Topics) > 0 {
		opts.note("请联席办报召集人确定后提交。即时召开的，在这一份上填写“主持”“召开日期”“决定”；不单独召开的，下一次 suqiu meeting new 会把它列入议题。确定的办理时间写到事项的“会议议定期限”")
	} else {
		opts.note("请联席办报召集人确定后提交；下一次 suqiu meeting new 会把它列入议题")
	}
	return nil
}

// draft is the new file without what waits.
func (opts meetingOptions) draft(d *register.Register) *papers.Meeting {
	m := &papers.Meeting{Type: opts.kind, Joint: opts.joint, Held: opts.held.Date, Host: "召集人", Proposer: d.Config.OfficeUnit()}
	if opts.circular {
		m.Type, m.Reason = "传签", "等待确认、研究决定的事项"
		return m
	}
	if m.Type == "" {
		m.Type = "例会"
	}
	m.Reason = "研究等待确认、决定的事项"
	m.Ratifies = ids(d.Unratified())
	q := workday.QuarterOf(opts.meets()).Add(-1)
	if report := q.String() + " 分析报告"; m.Type == "例会" && !heard(d, report) {
		m.Reason = "听取 " + q.String() + " 办理情况，" + m.Reason
		m.Topics = []papers.Topic{{Matter: report, Units: []string{m.Proposer}}}
	}
	return m
}

// heard reports whether a meeting that was held had a matter on its agenda.
func heard(d *register.Register, matter string) bool {
	return slices.ContainsFunc(d.Meetings, func(m *register.Meeting) bool {
		return !m.Proposed() && slices.ContainsFunc(m.Topics, func(t register.Topic) bool { return t.Matter == matter })
	})
}

// meets is the day of the meeting, as far as it is known.
func (opts meetingOptions) meets() workday.Date {
	if opts.held.Date != 0 {
		return opts.held.Date
	}
	return opts.day()
}

// waiting are the topics that the file still lacks. What cannot wait is
// circulated although it stands on an agenda to come.
func (opts meetingOptions) waiting(d *register.Register, begun *papers.Meeting) []papers.Topic {
	var topics []papers.Topic
	for _, w := range d.Agenda(opts.meets()) {
		takes := w.Tabled == "" && w.Decided == ""
		if opts.circular {
			takes = w.Decided == "" && w.Urgent() && !strings.HasPrefix(w.Tabled, "CQ")
		}
		if takes && (begun == nil || !w.On(begun)) {
			topics = append(topics, topicOf(&w))
		}
	}
	return topics
}

// topicOf is how something that waits stands on an agenda.
func topicOf(w *register.Waiting) papers.Topic {
	t := papers.Topic{Matter: w.Matter + "（" + w.Words + "）", Source: w.Source, Units: w.Units}
	if w.Case == nil {
		t.Matter = w.Matter // by which it is known not to be tabled twice
	} else {
		t.Cases = []string{w.Case.ID}
	}
	return t
}

// begun is the paper of this kind that is at work in the work tree: not held,
// nothing decided, no unit's suggestion; nil if there is none. Of several it is
// the last.
func (opts meetingOptions) begun(d *register.Register, top, kind string) (*papers.Meeting, error) {
	if opts.another {
		return nil, nil
	}
	entries, err := os.ReadDir(filepath.Join(top, "meetings"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("读不了 meetings/：%w", err)
	}
	var last *papers.Meeting
	for _, e := range entries {
		name := "meetings/" + e.Name()
		if !strings.HasSuffix(name, ".md") {
			continue
		}
		src, err := worktree.ReadFile(filepath.Join(top, filepath.FromSlash(name)))
		if err != nil {
			return nil, fmt.Errorf("读不了 %s：%w", name, err)
		}
		m := papers.ParseMeeting(name, src, d.Config.Canon)
		decided := slices.ContainsFunc(m.Topics, func(t papers.Topic) bool { return t.Decision != "" })
		if m.Type == kind && m.Printed == 0 && (m.Held == 0 || m.Held > opts.day()) && !m.Wish() && !decided {
			last = m
		}
	}
	return last, nil
}

// complete adds to a paper that is at work what it lacks.
func (opts meetingOptions) complete(d *register.Register, top string, begun, m *papers.Meeting) error {
	file := filepath.Join(top, filepath.FromSlash(begun.Path))
	src, err := worktree.ReadFile(file)
	if err != nil {
		return fmt.Errorf("读不了 %s：%w", begun.Path, err)
	}
	topics := slices.DeleteFunc(m.Topics, func(t papers.Topic) bool {
		return t.Source == "" && slices.ContainsFunc(begun.Topics, func(b papers.Topic) bool { return b.Matter == t.Matter })
	})
	out, ok := papers.AddToAgenda(begun.Path, src, topics, m.Ratifies, d.Config.Canon)
	switch {
	case !ok:
		opts.note("%s 的写法不便补充，没有改动；请先运行 suqiu fmt，按提示整理，或用 --另起 另起一份", begun.Path)
		return errFindings
	case string(out) == string(src):
		opts.note("%s 已列入全部等待的事项，没有改动；另起一份用 --另起", begun.Path)
		return nil
	}
	if err := worktree.Replace(file, out); err != nil {
		return fmt.Errorf("写不了 %s：%w", begun.Path, err)
	}
	fmt.Fprintln(opts.Stdout, begun.Path)
	opts.note("补上了 %d 个议题，原有内容没有改动；另起一份用 --另起", len(topics))
	return nil
}

// nextID is the next free 编号, also of what is not committed yet.
func (opts meetingOptions) nextID(d *register.Register, top, kind string) string {
	prefix := "HY"
	if kind == "传签" {
		prefix = "CQ"
	}
	day := opts.meets()
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
