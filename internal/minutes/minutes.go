// Package minutes writes what the joint meeting works with: the agenda of the next
// meeting, a circular for what cannot wait, a unit's suggestion. It adds to a paper
// that is at work what it lacks and leaves all else in it alone.
package minutes

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"suqiu/internal/misuse"
	"suqiu/internal/papers"
	"suqiu/internal/register"
	"suqiu/internal/workday"
	"suqiu/internal/worktree"
)

// Request is what somebody wants a paper for.
type Request struct {
	Circular bool   // 传签
	Kind     string // 例会, 专题, 即时; empty: as it comes
	Held     workday.Date
	Proposer string // of a suggestion, with its Reason
	Reason   string
	Cases    []string // 一事一议
	Joint    bool     // 并轨会商
	Another  bool     // do not add to the paper that is at work
	Day      workday.Date

	result Result
}

// Result is what became of a Request.
type Result struct {
	Path   string   // of the paper that was written; empty: none
	Notes  []string // to tell the user
	Failed bool     // the paper at work cannot be added to
}

func (o *Request) note(format string, args ...any) {
	o.result.Notes = append(o.result.Notes, fmt.Sprintf(format, args...))
}

// Draft writes the paper into the work tree at top.
func (o *Request) Draft(d *register.Register, top string) (Result, error) {
	err := o.draft(d, top)
	return o.result, err
}

func (o *Request) draft(d *register.Register, top string) error {
	if o.Reason != "" {
		return o.writeWish(d, top)
	}
	m := o.begin(d)
	begun, err := o.begun(d, top, m.Type)
	if err != nil {
		return err
	}
	m.Topics = slices.Concat(m.Topics, o.waiting(d, begun))
	if begun != nil {
		return o.complete(d, top, begun, m)
	}
	if o.Circular && len(m.Topics) == 0 {
		o.note("没有等不及开会的事项，没有生成传签件")
		return nil
	}
	if err := o.write(d, top, m); err != nil {
		return err
	}
	if o.Circular {
		o.note("共 %d 项。召集人传签后填写“召开日期”“印发日期”和各项“决定”，提交后再到各事项填写“决定”和 依据: %s",
			len(m.Topics), m.ID)
	} else {
		o.note("共 %d 个议题，追认传签 %d 件。请报召集人确定；会后填写“召开日期”“决定”“责任单位”“完成期限”",
			len(m.Topics), len(m.Ratifies))
	}
	return nil
}

// Check refuses options that do not go together.
func (o *Request) Check() error {
	switch {
	case o.Circular && (o.Reason != "" || o.Kind != ""):
		return misuse.New("--传签 不能与 --类型、--事由 一起用")
	case (o.Reason == "") != (o.Proposer == ""):
		return misuse.New("--提议单位 和 --事由 要一起写")
	case len(o.Cases) > 0 && o.Reason == "":
		return misuse.New("--诉求 是提请一事一议的，要写明 --提议单位 和 --事由")
	case o.Kind != "" && (!slices.Contains(papers.MeetingTypes(), o.Kind) || o.Kind == "传签"):
		return misuse.New("--类型 应为 例会、专题 或 即时，现为“%s”", o.Kind)
	}
	return nil
}

// write writes a new file under the next free 编号.
func (o *Request) write(d *register.Register, top string, m *papers.Meeting) error {
	m.ID = o.nextID(d, top, m.Type)
	name := papers.MeetingPath(m.ID)
	if err := worktree.Create(filepath.Join(top, filepath.FromSlash(name)), papers.PrintMeeting(m)); err != nil {
		return err
	}
	o.result.Path = name
	return nil
}

// writeWish files a unit's suggestion to hold a meeting, or to decide on cases
// one by one (三(一), 三(四)).
func (o *Request) writeWish(d *register.Register, top string) error {
	m := &papers.Meeting{Type: o.Kind, Joint: o.Joint, Held: o.Held, Proposer: o.Proposer, Reason: o.Reason}
	for _, id := range o.Cases {
		c := d.Case(id)
		switch {
		case c == nil || c.Deleted || c.Broken != nil:
			return misuse.New("没有事项“%s”，可用“suqiu list --open”查看", id)
		case !c.Life.State.IsOpen() || c.Life.State.BeforePush():
			return misuse.New("事项“%s”的状态是“%s”，不在办理之中，不能提请一事一议", id, c.Life.State)
		}
		m.Topics = append(m.Topics, papers.Topic{Matter: c.Title, Source: papers.FromAdHoc, Cases: []string{id},
			Units: []string{c.Life.Lead}})
	}
	if m.Type == "" {
		m.Type = "专题"
		if len(m.Topics) > 0 {
			m.Type = "即时"
		}
	}
	if err := o.write(d, top, m); err != nil {
		return err
	}
	if len(m.Topics) > 0 {
		o.note("请联席办报召集人确定后提交。即时召开的，在这一份上填写“主持”“召开日期”“决定”；不单独召开的，下一次 " +
			"suqiu meeting new 会把它列入议题。确定的办理时间写到事项的“会议议定期限”")
	} else {
		o.note("请联席办报召集人确定后提交；下一次 suqiu meeting new 会把它列入议题")
	}
	return nil
}

// begin is the new file without what waits.
func (o *Request) begin(d *register.Register) *papers.Meeting {
	m := &papers.Meeting{Type: o.Kind, Joint: o.Joint, Held: o.Held, Host: "召集人", Proposer: d.Config.OfficeUnit()}
	if o.Circular {
		m.Type, m.Reason = "传签", "等待确认、研究决定的事项"
		return m
	}
	if m.Type == "" {
		m.Type = "例会"
	}
	m.Reason = "研究等待确认、决定的事项"
	m.Ratifies = IDs(d.Unratified())
	q := workday.QuarterOf(o.meets()).Add(-1)
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
func (o *Request) meets() workday.Date {
	if o.Held != 0 {
		return o.Held
	}
	return o.Day
}

// waiting are the topics that the file still lacks. What cannot wait is
// circulated although it stands on an agenda to come.
func (o *Request) waiting(d *register.Register, begun *papers.Meeting) []papers.Topic {
	var topics []papers.Topic
	for _, w := range d.Agenda(o.meets()) {
		takes := w.Tabled == "" && w.Decided == ""
		if o.Circular {
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
func (o *Request) begun(d *register.Register, top, kind string) (*papers.Meeting, error) {
	if o.Another {
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
		if m.Type == kind && m.Printed == 0 && (m.Held == 0 || m.Held > o.Day) && !m.Wish() && !decided {
			last = m
		}
	}
	return last, nil
}

// complete adds to a paper that is at work what it lacks.
func (o *Request) complete(d *register.Register, top string, begun, m *papers.Meeting) error {
	file := filepath.Join(top, filepath.FromSlash(begun.Path))
	src, err := worktree.ReadFile(file)
	if err != nil {
		return fmt.Errorf("读不了 %s：%w", begun.Path, err)
	}
	topics := slices.DeleteFunc(m.Topics, func(t papers.Topic) bool {
		return t.Source == "" &&
			slices.ContainsFunc(begun.Topics, func(b papers.Topic) bool { return b.Matter == t.Matter })
	})
	out, ok := papers.AddToAgenda(begun.Path, src, topics, m.Ratifies, d.Config.Canon)
	switch {
	case !ok:
		o.note("%s 的写法不便补充，没有改动；请先运行 suqiu fmt，按提示整理，或用 --另起 另起一份", begun.Path)
		o.result.Failed = true
		return nil
	case string(out) == string(src):
		o.note("%s 已列入全部等待的事项，没有改动；另起一份用 --另起", begun.Path)
		return nil
	}
	if err := worktree.Replace(file, out); err != nil {
		return fmt.Errorf("写不了 %s：%w", begun.Path, err)
	}
	o.result.Path = begun.Path
	o.note("补上了 %d 个议题，原有内容没有改动；另起一份用 --另起", len(topics))
	return nil
}

// nextID is the next free 编号, also of what is not committed yet.
func (o *Request) nextID(d *register.Register, top, kind string) string {
	prefix := "HY"
	if kind == "传签" {
		prefix = "CQ"
	}
	day := o.meets()
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

// IDs are the 编号 of meetings.
func IDs(list []*register.Meeting) []string {
	var all []string
	for _, m := range list {
		all = append(all, m.ID)
	}
	return all
}
