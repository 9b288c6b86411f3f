package papers

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/frontmatter"
	"suqiu/internal/mdfile"
	"suqiu/internal/workday"
)

// Meeting is one file of meetings/: a meeting from its proposal by way of its
// agenda to its minutes (HY2026-03), or a decision by circulation (CQ2026-07).
//
// A file without 召开日期 is a proposal or an agenda; one with 召开日期 and
// without 印发日期 was held and waits for its minutes.
type Meeting struct {
	File
	ID       string // 编号 = file name
	Type     string // 例会 专题 即时 传签
	Joint    bool   // 并轨会商: held together with 税费征管问题协同处理会商会议 (二(一))
	Proposer string // 提议单位
	Reason   string // 事由
	Held     workday.Date
	Printed  workday.Date // 印发日期
	Number   string       // 文号
	Host     string       // 主持
	Present  []string     // 出席: member units
	Guests   []string     // 列席: other units and departments
	Ratifies []string     // 追认: 编号 of circulated decisions that the meeting ratified
	Topics   []Topic
}

// Topic is one entry of 议题.
type Topic struct {
	Matter    string   // 事项
	Source    string   // 来源: why it is on the agenda, see Sources; or the 编号 of a proposal
	Cases     []string // 诉求: 编号
	Decision  string   // 决定
	Units     []string // 责任单位
	Due       workday.Date
	Done      string // 落实情况
	Committee bool   // 提请党委会 (二(二))
}

// The values of 来源 that ask for a decision on a case.
const (
	FromObjection  = "异议"
	FromEscalation = "说明单"
	FromExtension  = "延期申请"
	FromAdHoc      = "一事一议"
	FromReview     = "长期推进"
)

// Sources lists 来源; the 编号 of a proposal is one as well.
func Sources() []string {
	return []string{FromObjection, FromEscalation, FromExtension, FromAdHoc, FromReview}
}

// Decides reports whether the topic decides what a case asked for, so that the
// case must name the meeting as its 依据.
func (t *Topic) Decides() bool {
	return t.Decision != "" && slices.Contains([]string{FromObjection, FromEscalation, FromExtension, FromAdHoc},
		t.Source)
}

// Circular reports whether the file is a decision by circulation.
func (m *Meeting) Circular() bool {
	return m.Type == "传签" || m.Type == "" && len(m.ID) > 1 && m.ID[:2] == "CQ"
}

// Proposed reports whether the meeting has not been held.
func (m *Meeting) Proposed() bool { return m.Held == 0 }

// Wish reports whether the file is a unit's suggestion to hold a meeting
// (三(一)) that the convenor has not taken up: nobody is named to chair it, and
// on its agenda is nothing but what it asks for (一事一议).
func (m *Meeting) Wish() bool {
	return m.Proposed() && !m.Circular() && m.Host == "" &&
		!slices.ContainsFunc(m.Topics, func(t Topic) bool { return t.Source != FromAdHoc })
}

// Names reports whether a topic of the meeting is about a case.
func (m *Meeting) Names(id string) bool {
	return slices.ContainsFunc(m.Topics, func(t Topic) bool { return contains(t.Cases, id) })
}

// MeetingTypes lists 类型 in the order to show it.
func MeetingTypes() []string { return []string{"例会", "专题", "即时", "传签"} }

// MeetingName is a 类型 as a sentence calls it: 即时 is a 即时会议.
func MeetingName(kind string) string {
	if kind == "专题" || kind == "即时" {
		return kind + "会议"
	}
	return kind
}

var meetingKeys = []frontmatter.Key{
	{Name: "编号", Type: frontmatter.Word, Required: true, Note: "与文件名相同：会议 HY2026-03，传签 CQ2026-07",
		At: at(func(x *Meeting) any { return &x.ID })},
	{Name: "类型", Type: frontmatter.Enum, Required: true, Values: MeetingTypes(),
		At: at(func(x *Meeting) any { return &x.Type })},
	{Name: "并轨会商", Type: frontmatter.Enum, Values: frontmatter.YesNo,
		Note: "是否与税费征管问题协同处理会商会议并轨召开", At: at(func(x *Meeting) any { return &x.Joint })},
	{Name: "提议单位", Type: frontmatter.Unit, At: at(func(x *Meeting) any { return &x.Proposer })},
	{Name: "事由", At: at(func(x *Meeting) any { return &x.Reason })},
	{Name: "召开日期", Type: frontmatter.Day, Note: "没有召开的不填", At: at(func(x *Meeting) any { return &x.Held })},
	{Name: "印发日期", Type: frontmatter.Day, Note: "纪要印发的日期",
		At: at(func(x *Meeting) any { return &x.Printed })},
	{Name: "文号", At: at(func(x *Meeting) any { return &x.Number })},
	{Name: "主持", At: at(func(x *Meeting) any { return &x.Host })},
	{Name: "出席", Shape: frontmatter.Many, Type: frontmatter.Unit, Note: "成员单位",
		At: at(func(x *Meeting) any { return &x.Present })},
	{Name: "列席", Shape: frontmatter.Many, Type: frontmatter.Word, Note: "其他单位、部门",
		At: at(func(x *Meeting) any { return &x.Guests })},
	{Name: "追认", Shape: frontmatter.Many, Type: frontmatter.Word, Extra: true,
		Note: "本次会议追认的传签，如 CQ2026-07", At: at(func(x *Meeting) any { return &x.Ratifies })},
	{Name: "议题", Shape: frontmatter.Records, Break: true,
		List: frontmatter.ListOf(func(m *Meeting) *[]Topic { return &m.Topics }), Fields: []frontmatter.Key{
			{Name: "事项", At: at(func(x *Topic) any { return &x.Matter })},
			{Name: "来源", Type: frontmatter.Word, Extra: true,
				Note: "异议、说明单、延期申请、一事一议、长期推进，或建议的编号",
				At:   at(func(x *Topic) any { return &x.Source })},
			{Name: "诉求", Shape: frontmatter.Many, Type: frontmatter.CaseID, Note: "事项编号，一个或多个",
				At: at(func(x *Topic) any { return &x.Cases })},
			{Name: "决定", At: at(func(x *Topic) any { return &x.Decision })},
			{Name: "责任单位", Shape: frontmatter.Many, Type: frontmatter.Unit,
				At: at(func(x *Topic) any { return &x.Units })},
			{Name: "完成期限", Type: frontmatter.Day, Optional: true, At: at(func(x *Topic) any { return &x.Due })},
			{Name: "落实情况", At: at(func(x *Topic) any { return &x.Done })},
			{Name: "提请党委会", Type: frontmatter.Enum, Values: frontmatter.YesNo,
				At: at(func(x *Topic) any { return &x.Committee })},
		}},
}

// meetingID is what a 编号 of meetings/ looks like.
// IsMeeting reports whether a text is the 编号 of a meeting or circulation.
func IsMeeting(id string) bool { return meetingID.MatchString(id) }

var meetingID = regexp.MustCompile(`^(HY|CQ)\d{4}-\d{2,}$`)

// IsMeetingID reports whether a text looks like the 编号 of a file of meetings/.
func IsMeetingID(text string) bool { return meetingID.MatchString(text) }

// ParseMeeting reads a file of meetings/.
func ParseMeeting(p string, src []byte, canon func(string) string) *Meeting {
	m := &Meeting{}
	r := open(p, "meetings/", src, canon, m)
	r.meetingPlace(m)
	r.meetingDays(m)
	m.File = r.file()
	return m
}

func (r *reader) meetingPlace(m *Meeting) {
	typed := m.ID
	m.ID = stem(r.path)
	if !meetingID.MatchString(m.ID) || r.path != MeetingPath(m.ID) {
		to := ""
		if id := typed; meetingID.MatchString(id) {
			m.ID, to = id, MeetingPath(id)
		}
		r.misplaced(to, "meetings/编号.md，如 meetings/HY2026-03.md（会议）、meetings/CQ2026-07.md（传签）")
		return
	}
	r.named("编号", typed, m.ID)
	switch circular := m.ID[:2] == "CQ"; {
	case m.Type == "" || circular == (m.Type == "传签"):
	case circular:
		r.Tell("id-mismatch", "类型", "编号 "+m.ID+" 是传签，“类型”却是“"+m.Type+"”", r.Paste("类型", "传签"))
	default:
		r.Tell("id-mismatch", "类型", "编号 "+m.ID+" 是会议，“类型”却是“传签”",
			r.Paste("类型", mdfile.Placeholder("例会、专题、即时；确是传签的，改用 CQ 编号")))
	}
	if m.Held != 0 && strconv.Itoa(m.Held.Year()) != m.ID[2:6] {
		r.Tell("id-mismatch", "召开日期", "编号的年份 "+m.ID[2:6]+" 与召开日期 "+m.Held.String()+" 不是同一年",
			"请核对召开日期；编号按召开年份编排")
	}
}

func (r *reader) meetingDays(m *Meeting) {
	if m.Printed != 0 && m.Held != 0 && m.Printed < m.Held {
		r.Tell("date-invalid", "印发日期", "印发日期 "+m.Printed.String()+" 早于召开日期 "+m.Held.String(),
			"请核对两个日期")
	}
	if m.Printed != 0 && m.Held == 0 && !r.Unreadable {
		r.missing("召开日期", "纪要已经印发，“召开日期”没有填写",
			r.Paste("召开日期", mdfile.Placeholder("日期，如 2026-07-15")))
	}
	if m.Printed != 0 && len(m.Topics) == 0 {
		r.missing("议题", "纪要已经印发，“议题”没有填写", "议题:\n  - 事项: "+mdfile.Placeholder("事项")+
			"\n    决定: "+mdfile.Placeholder("决定"))
	}
	for i, t := range m.Topics {
		r.topic(m, i, t)
	}
}

// topic checks the i-th entry of 议题.
func (r *reader) topic(m *Meeting, i int, t Topic) {
	key, which := "议题["+strconv.Itoa(i)+"]", "第 "+strconv.Itoa(i+1)+" 个议题"
	if t.Matter == "" {
		r.missing(key+".事项", which+"没有写明“事项”", "  - 事项: "+mdfile.Placeholder("事项"))
	}
	if m.Printed != 0 && t.Decision == "" {
		r.missing(key+".决定", "纪要已经印发，"+which+"没有“决定”", "    决定: "+mdfile.Placeholder("决定"))
	}
	if t.Due != 0 && m.Held != 0 && t.Due < m.Held {
		r.Tell("date-invalid", key+".完成期限", which+"的完成期限 "+t.Due.String()+" 早于召开日期 "+m.Held.String(),
			"请核对两个日期")
	}
	if meant := sourceMeant(t.Source); meant != t.Source {
		r.Tell("value-enum", key+".来源", "“来源”的“"+t.Source+"”应当写成“"+meant+"”", "    来源: "+meant)
	}
}

// sourceMeant is the one of Sources that a word was meant as; the word itself
// if it is one or has nothing of any.
func sourceMeant(word string) string {
	if contains(Sources(), word) {
		return word
	}
	for _, s := range Sources() {
		if sign := []rune(s)[:2]; strings.Contains(word, string(sign)) {
			return s
		}
	}
	return word
}

// PrintMeeting writes a file of meetings/ in canonical form.
func PrintMeeting(m *Meeting) []byte { return SchemaOf("meetings/").Print(m, nil, m.Body) }

// MeetingPath is where the file with a 编号 belongs.
func MeetingPath(id string) string { return "meetings/" + id + ".md" }
