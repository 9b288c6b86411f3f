package rules

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/caserules"
	"suqiu/internal/papers"
	"suqiu/internal/problem"
	"suqiu/internal/record"
	"suqiu/internal/register"
)

// basis is one place of a case that names a file of meetings/.
type basis struct{ key, id string }

// meetingID is what an 编号 of meetings/ looks like. A 更正 may rest on other
// papers too; only what looks like a meeting is looked up there.
var meetingID = regexp.MustCompile(`^(HY|CQ)\d{4}-\d+$`)

// names splits a list of units, cases or papers that stands on one line.
func names(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("、，,；; \t", r) })
}

// bases lists every 依据 of a case, in the order of the file.
func bases(c *record.Case) []basis {
	var all []basis
	add := func(key, text string, lenient bool) {
		for _, id := range names(text) {
			if !lenient || meetingID.MatchString(id) {
				all = append(all, basis{key, id})
			}
		}
	}
	add("会议议定期限.依据", c.Agreed.Basis, false)
	for i, s := range c.Statements {
		add("说明单["+strconv.Itoa(i)+"].依据", s.Basis, false)
	}
	for i, e := range c.Extensions {
		add("延期申请["+strconv.Itoa(i)+"].依据", e.Basis, false)
	}
	for i, e := range c.Corrections {
		add("更正["+strconv.Itoa(i)+"].依据", e.Basis, true)
	}
	return all
}

// unknownMeetings finds 依据 that name no file of meetings/.
func unknownMeetings(p *run, tell func(problem.Problem)) {
	var ids []string
	for _, m := range p.Meetings {
		ids = append(ids, m.ID)
	}
	for _, c := range p.Cases {
		if !readable(c) {
			continue
		}
		for _, b := range bases(c.Case) {
			if p.Meeting(b.id) != nil {
				continue
			}
			fix := "请联席办先录入 meetings/" + b.id + ".md，再填写“依据”"
			if !meetingID.MatchString(b.id) {
				fix = "“依据”填写会议纪要或传签的编号，例如 依据: CQ2026-07"
			}
			if near := caserules.NearestNumber(b.id, ids); near != "" {
				fix += "；是不是“" + near + "”"
			}
			tell(p.ofCase(c, b.key, "依据“"+b.id+"”在 meetings/ 中没有对应的会议纪要或传签", fix))
		}
	}
	for _, n := range p.paperMeetings() {
		if p.Meeting(n.name) != nil {
			continue
		}
		fix := "核对编号，或请联席办先录入 meetings/" + n.name + ".md"
		if !papers.IsMeetingID(n.name) {
			fix = "请填会议纪要或传签的编号，如 HY2026-03、CQ2026-07"
		}
		if near := caserules.NearestNumber(n.name, ids); near != "" {
			fix += "；是不是“" + near + "”"
		}
		tell(p.ofPaper(n.file, n.touched, n.key, n.what+"“"+n.name+"”在 meetings/ 中没有对应的会议纪要或传签", fix))
	}
}

// silentMeetings finds 依据 whose 议题 do not name the case, and the other way
// round.
func silentMeetings(p *run, tell func(problem.Problem)) {
	for _, c := range p.Cases {
		if !readable(c) {
			continue
		}
		for _, b := range bases(c.Case) {
			if m := p.Meeting(b.id); m != nil && !m.Names(c.ID) && !p.muddled(m) {
				tell(p.ofCase(c, b.key, "“"+b.id+"”的议题中没有本事项",
					"核对“依据”；确是该次会议议定的，请联席办在 "+m.Path+" 的“议题”中补上 诉求: "+c.ID))
			}
		}
	}
	p.deafCases(tell)
	p.otherDates(tell)
}

// muddled reports whether what a meeting's 议题 say of cases cannot be relied
// on, which is told of where they stand.
func (p *run) muddled(m *register.Meeting) bool {
	if m.Unreadable || m.Told("议题") {
		return true
	}
	for i, t := range m.Topics {
		if m.Told(at("议题", i, "诉求")) ||
			slices.ContainsFunc(t.Cases, func(id string) bool { return !p.Stands(id) }) {
			return true
		}
	}
	return false
}

// reference is a case that another one names.
type reference struct {
	key, name, id string
	what, line    string // whose number it is, and the line to paste before it
}

// references are the cases that a case names: 并入, 答复失效.替代, 反馈.参照.
func references(c *record.Case) []reference {
	list := []reference{
		{"并入", "并入", c.MergedInto, "主件", "并入: "},
		{"答复失效.替代", "替代", c.Lapsed.Replaces, "替代的那一件", "  替代: "},
	}
	for i := range c.Feedback {
		list = append(list, reference{"反馈[" + strconv.Itoa(i) + "].参照", "参照", c.Feedback[i].Follows,
			"所参照的那一件", "    参照: "})
	}
	return slices.DeleteFunc(list, func(r reference) bool { return r.id == "" })
}

// unknownCases finds 并入, 替代, 参照 and 议题.诉求 that name no case.
func unknownCases(p *run, tell func(problem.Problem)) {
	var ids []string
	for _, c := range p.Cases {
		if !c.Deleted {
			ids = append(ids, c.ID)
		}
	}
	for _, c := range p.Cases {
		if !readable(c) {
			continue
		}
		for _, ref := range references(c.Case) {
			if p.Stands(ref.id) {
				continue
			}
			fix := "请填写" + ref.what + "的编号（在 cases/ 中能找到的）"
			if near := caserules.NearestNumber(ref.id, without(ids, c.ID)); near != "" {
				fix = ref.line + near
			}
			tell(p.ofCase(c, ref.key, ref.name+"的“"+ref.id+"”不存在或已被删除", fix))
		}
	}
	for _, n := range p.paperCases() {
		if p.Stands(n.name) {
			continue
		}
		fix := "核对编号，或删去这一项"
		if near := caserules.NearestNumber(n.name, ids); near != "" {
			fix = n.instead(near)
		}
		tell(p.ofPaper(n.file, n.touched, n.key, "所列的诉求“"+n.name+"”不存在或已被删除", fix))
	}
}

func without(ids []string, id string) []string {
	kept := make([]string, 0, len(ids))
	for _, other := range ids {
		if other != id {
			kept = append(kept, other)
		}
	}
	return kept
}

// mergeCycles finds cases that are merged, in the end, into themselves. Each
// case leads to at most one other, so each is walked once.
func mergeCycles(p *run, tell func(problem.Problem)) {
	walk := make(map[*register.Case]int, len(p.Cases)) // in which walk a case was first met
	for n, start := range p.Cases {
		var way []*register.Case
		c := start
		for c != nil && readable(c) && c.MergedInto != "" && walk[c] == 0 {
			walk[c] = n + 1
			way = append(way, c)
			c = p.Case(c.MergedInto)
		}
		if c == nil || walk[c] != n+1 || len(way) == 0 {
			continue
		}
		// The way has come back to c: from there on it is a ring.
		for i := len(way) - 1; i >= 0; i-- {
			member := way[i]
			message := "“并入”绕成了一圈：" + member.ID + " 并入 " + member.MergedInto + "，最终又并回自己"
			if member.MergedInto == member.ID {
				message = "“并入”填写了本事项自己的编号"
			}
			tell(p.ofCase(member, "并入", message, "确定一件为主件，主件不填“并入”，其余填写主件的编号"))
			if member == c {
				break
			}
		}
	}
}
