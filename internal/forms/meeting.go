package forms

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"suqiu/internal/clock"
	"suqiu/internal/office"
	"suqiu/internal/papers"
	"suqiu/internal/register"
	"suqiu/internal/view"
)

// Meetings are the papers of the joint meeting (三(一)) and the cases that they
// are about, as far as the reader may see them.
type Meetings struct {
	*view.View
	All []*register.Meeting // in order
}

// text is a case that is there and may be shown; else nil.
func (all *Meetings) text(id string) *view.Text {
	if e := all.Case(id); e != nil {
		return e.Text
	}
	return nil
}

// pack is the papers of one meeting.
type pack struct {
	*office.Document
	*Meetings
	m *register.Meeting
}

// MeetingPack is the papers of a meeting with all that the repository holds.
func MeetingPack(d *register.Register, m *register.Meeting) *office.Document {
	return (&Meetings{View: view.Cases(d, view.Supervision), All: d.Meetings}).Pack(m)
}

// Pack is the papers of a joint meeting in one document: its agenda, each topic
// with the facts of its cases, what became of the last decisions, and the draft
// of its minutes.
func (all *Meetings) Pack(m *register.Meeting) *office.Document {
	p := pack{office.NewDocument("联席会议材料 "+m.ID, office.Portrait), all, m}
	p.Header(p.Config.Name)
	p.Title("税费服务诉求和舆情分析办理\n联席会议" + p.kind("材料", "传签材料"))
	p.Subtitle("（" + m.ID + joined("　", m.Type, day(m.Held)) + "）")
	if p.Trace != "" {
		p.Note(office.Text("截至 " + day(p.AsOf) + "，留痕编号 " + p.Trace + "。"))
	}
	p.Heading(1, p.kind("一、会议安排", "一、传签安排"))
	p.arrangement()
	p.Heading(1, p.kind("二、会议议程", "二、传签事项"))
	p.agenda()
	p.Heading(1, "三、上次议定事项落实情况")
	p.last()
	for i := range m.Topics {
		switch {
		case i == 0:
			p.PageBreak()
			p.Heading(1, "四、议题材料")
		case p.tells(&m.Topics[i-1]) || p.tells(&m.Topics[i]):
			p.PageBreak()
		default: // of neither is there much to read
			p.Gap()
		}
		p.topic(i, &m.Topics[i])
	}
	p.PageBreak()
	p.minutes()
	if p.Seal != nil {
		p.Note(office.Text(p.Seal.Line()))
		p.QR(p.Seal.Code(), p.Seal.Alt())
	}
	return p.Document
}

// kind is the first word for a meeting, the second for a decision by
// circulation, for which nobody meets.
func (p *pack) kind(meeting, circular string) string {
	if p.m.Circular() {
		return circular
	}
	return meeting
}

// joined puts a mark before each text that is not empty.
func joined(mark string, texts ...string) string {
	var b strings.Builder
	for _, t := range texts {
		if t != "" {
			b.WriteString(mark + t)
		}
	}
	return b.String()
}

func (p *pack) arrangement() {
	m := p.m
	kind := m.Type
	if m.Joint {
		kind += "（与税费征管问题协同处理会商会议并轨召开）"
	}
	proposal := wide("提议单位\n及 事 由", strings.TrimPrefix(joined("：", m.Proposer, m.Reason), "："), 0)
	rows := []office.GridRow{
		pair("会议编号", m.ID, "召开日期", dayOr(m.Held)),
		wide("会议类型", kind, 0),
		proposal,
		wide("主　　持", cmp.Or(m.Host, "召集人"), 0),
		wide("出　　席", strings.Join(m.Present, "、"), 0),
		wide("列　　席", strings.Join(m.Guests, "、"), 0),
	}
	if m.Circular() {
		rows = []office.GridRow{pair("传签编号", m.ID, "传签日期", dayOr(m.Held)), proposal,
			wide("签　　批", cmp.Or(m.Host, "召集人"), 0)}
	}
	p.Grid(office.Grid{Widths: widths, Rows: rows})
	p.Gap()
}

func (p *pack) agenda() {
	if len(p.m.Topics) == 0 {
		p.Paragraph(office.Text("尚未列入议题。"))
		return
	}
	t := office.Table{Head: []string{"序号", "议题", "来源", "事项编号", "责任单位"}, Widths: []int{14, 52, 18, 36, 36},
		Align: []office.Align{office.Center, "", office.Center}}
	for i, topic := range p.m.Topics {
		t.Rows = append(t.Rows, []string{fmt.Sprint(i + 1), topic.Matter, topic.Source, strings.Join(topic.Cases, "\n"),
			some(topic.Units)})
	}
	p.Table(t)
	p.Gap()
}

// last lists what was decided before: by the last meeting and by circulation
// since, and what an earlier meeting left open.
func (p *pack) last() {
	t := office.Table{Head: []string{"会议", "事项", "决定", "责任单位", "完成期限", "落实情况"},
		Widths: []int{20, 30, 34, 22, 19, 31}, Align: []office.Align{"", "", "", "", office.Center},
		Size: office.Size5S}
	for _, before := range p.before() {
		for i := range before.Topics {
			topic := &before.Topics[i]
			t.Rows = append(t.Rows, []string{before.ID + "\n" + short(before.Held), topic.Matter, topic.Decision,
				some(topic.Units), short(topic.Due), p.outcome(topic)})
		}
	}
	if len(t.Rows) == 0 {
		p.Paragraph(office.Text("此前没有议定事项。"))
		return
	}
	p.Table(t)
	p.Gap()
	if len(p.m.Ratifies) > 0 {
		p.Paragraph(office.Text("提请本次会议追认的传签：" + strings.Join(p.m.Ratifies, "、") + "。"))
	}
}

// before are the meetings whose decisions this one looks back on, the oldest
// first.
func (p *pack) before() []*register.Meeting {
	held := p.m.Held
	var earlier []*register.Meeting
	for _, m := range p.All {
		if m.ID != p.m.ID && !m.Proposed() && (held == 0 || m.Held < held || m.Held == held && m.ID < p.m.ID) {
			earlier = append(earlier, m)
		}
	}
	slices.SortStableFunc(earlier, func(a, b *register.Meeting) int {
		return cmp.Or(cmp.Compare(a.Held, b.Held), strings.Compare(a.ID, b.ID))
	})
	since := 0
	for i, m := range earlier {
		if !m.Circular() && m.Type == "例会" {
			since = i
		}
	}
	var list []*register.Meeting
	for i, m := range earlier {
		open := slices.ContainsFunc(m.Topics, func(t papers.Topic) bool { return t.Due != 0 && t.Done == "" })
		if i >= since || open || slices.Contains(p.m.Ratifies, m.ID) {
			list = append(list, m)
		}
	}
	return list
}

// outcome is what became of a decision: what was reported, else where its
// cases stand.
func (p *pack) outcome(t *papers.Topic) string {
	if t.Done != "" {
		return t.Done
	}
	var list []string
	for _, id := range t.Cases {
		if c := p.text(id); c != nil {
			list = append(list, id+" "+standing(c))
		}
	}
	if len(list) == 0 && t.Due != 0 && t.Due < p.AsOf {
		return "已过完成期限，尚未填写落实情况"
	}
	return strings.Join(list, "\n")
}

// standing is where a case stands: its state, and its due day while it runs.
func standing(c *view.Text) string {
	s := string(c.Life.State)
	if k := lastClock(c, clock.Feedback); k != nil && k.Stopped == 0 && k.Status != clock.Cancelled &&
		c.Life.State.IsOpen() {
		s += "，应于" + short(k.Due) + "反馈"
	}
	return s
}

// tells reports whether there is a case to show for a topic.
func (p *pack) tells(t *papers.Topic) bool {
	return slices.ContainsFunc(t.Cases, func(id string) bool { return p.unshown(id) == "" })
}

// unshown says why a case is not shown; empty if it is.
func (p *pack) unshown(id string) string {
	switch e := p.Case(id); {
	case e == nil:
		return "事项 " + id + " 不在仓库中。"
	case e.Restricted():
		return "事项 " + id + " 限范围查看，内容见监督版。"
	}
	return ""
}

func (p *pack) topic(i int, t *papers.Topic) {
	p.Heading(2, office.Ordinal(2, i+1)+t.Matter)
	var rows []office.GridRow // of the grid that comes next
	held := func(label, text string) {
		row := wide(label, text, 0)
		row.Keep = true
		rows = append(rows, row)
	}
	if t.Source != "" {
		held("来　　源", t.Source)
	}
	for _, id := range t.Cases {
		if why := p.unshown(id); why != "" {
			held("有关事项", why)
			continue
		}
		c := p.text(id)
		rows = append(rows, facts(c)...)
		rows = append(rows, wide("办理状态", standing(c), 0))
		for _, heading := range []string{"研判分析", "办理情况"} {
			if text := office.Plain(c.Section(heading)); text != "" {
				rows = append(rows, wide(heading, text, 0))
			}
		}
		rows = append(rows, asked(c)...)
		if text := p.decided(c); text != "" {
			rows = append(rows, wide("此前决定", text, 0))
		}
		p.Grid(office.Grid{Widths: widths, Rows: rows})
		p.Gap()
		rows = nil
	}
	text := "拟办意见："
	if t.Decision != "" {
		text = "决定：" + t.Decision
	}
	p.Grid(office.Grid{Widths: widths, Rows: append(rows, office.Opinion("研究意见", 3, 20, text, chairSigns)...)})
}

// asked are the requests of a case that wait for a decision.
func asked(c *view.Text) []office.GridRow {
	var rows []office.GridRow
	add := func(title, key string, n int, unit, text string) {
		rows = append(rows, wide(title, strings.TrimPrefix(joined("　", unit, day(filed(c, key, n+1))), "　")+text, 0))
	}
	for i, s := range c.Statements {
		if s.Decision == "" {
			add("说 明 单", "说明单", i, s.Unit, joined("\n", "事由："+s.Reason, s.Grounds,
				named("职责依据", s.DutyBasis), named("建议单位", s.ProposedUnit)))
		}
	}
	for i, e := range c.Extensions {
		if e.Decision == "" {
			add("延期申请", "延期申请", i, c.Life.Lead, joined("\n", fmt.Sprintf("申请延期 %d 个工作日", e.Days),
				named("原因", e.Reason), named("措施", e.Measures)))
		}
	}
	return rows
}

func named(name, text string) string {
	if text == "" {
		return ""
	}
	return name + "：" + text
}

// decided is what meetings before this one decided on a case.
func (p *pack) decided(c *view.Text) string {
	var list []string
	for _, m := range p.All {
		if m.ID == p.m.ID || m.Proposed() || p.m.Held != 0 && m.Held > p.m.Held {
			continue
		}
		for i := range m.Topics {
			if t := &m.Topics[i]; t.Decision != "" && slices.Contains(t.Cases, c.ID) {
				list = append(list, m.ID+"（"+short(m.Held)+"）"+t.Decision)
			}
		}
	}
	return strings.Join(list, "\n")
}

// minutes is the draft of the 会议纪要, as the meeting's file has it so far.
func (p *pack) minutes() {
	m := p.m
	p.Title("税费服务诉求和舆情分析办理\n联席会议" + p.kind("纪要", "传签纪要"))
	draft := "草稿　"
	if m.Printed != 0 {
		draft = ""
	}
	p.Subtitle("（" + draft + cmp.Or(m.Number, m.ID) + "）")
	opening := strings.TrimLeft(dayOr(m.Held), "　") + "，"
	if m.Circular() {
		opening += "联席会议办公室将下列事项送" + cmp.Or(m.Host, "召集人") + "传签"
	} else {
		opening += cmp.Or(m.Host, "召集人") + "主持召开税费服务诉求和舆情分析办理联席会议"
		if m.Type != "" {
			opening += "（" + m.Type + "）"
		}
		if m.Joint {
			opening += "，与税费征管问题协同处理会商会议并轨进行"
		}
	}
	if m.Reason != "" {
		opening += "。" + p.kind("会议事由：", "事由：") + strings.TrimRight(m.Reason, "。")
	}
	p.Paragraph(office.Text(opening + "。现将" + p.kind("会议议定", "传签决定的") + "事项纪要如下。"))
	if text := strings.TrimSpace(m.Body); text != "" {
		p.Markdown(text, 1)
	}
	for i := range m.Topics {
		t := &m.Topics[i]
		p.Heading(1, office.Ordinal(1, i+1)+t.Matter)
		if len(t.Cases) > 0 {
			p.Paragraph(office.Text(p.kind("会议研究了事项 ", "涉及事项 ") + strings.Join(t.Cases, "、") + "。"))
		}
		p.Paragraph(office.Bold(p.kind("议定：", "决定：")),
			office.Text(cmp.Or(strings.TrimRight(t.Decision, "。"), "　　　　　　　　　　　　　　　　")+"。"))
		responsible := []office.Run{office.Bold("责任单位："),
			office.Text(cmp.Or(strings.Join(t.Units, "、"), "　　　　　　　　") + "。")}
		if t.Due != 0 || m.Printed == 0 { // a printed decision without one has none
			responsible = append(responsible, office.Bold("完成期限："), office.Text(dayOr(t.Due)+"。"))
		}
		p.Paragraph(responsible...)
		if t.Committee {
			p.Paragraph(office.Text("本项提请市税务局党委会议研究审议。"))
		}
	}
	if len(m.Ratifies) > 0 {
		p.Paragraph(office.Text("会议追认传签决定：" + strings.Join(m.Ratifies, "、") + "。"))
	}
	if !m.Circular() {
		p.Paragraph(office.Bold("出席："), office.Text(strings.Join(m.Present, "、")))
	}
	if len(m.Guests) > 0 {
		p.Paragraph(office.Bold("列席："), office.Text(strings.Join(m.Guests, "、")))
	}
	p.Sign("联席会议办公室", dayOr(m.Printed))
}
