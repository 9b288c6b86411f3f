package record

import (
	"slices"
	"strings"

	"suqiu/internal/workday"
	"suqiu/internal/yamltext"
)

// Print writes the canonical form of a case: block style, every key present in
// the order of the schema, blank lines between groups, between the entries of
// a list of records and between co-handlers, values quoted only where YAML
// would misread them, the four sections and any others, LF, one newline at the
// end. What Parse reads from it states exactly what c states.
//
// A section's text is Markdown and is written as it stands: a line in it that
// begins with "## " would start another section.
func Print(c *Case) []byte {
	var w writer
	w.document(arrange(schema, caseFields(c), nil))
	w.sections(c.Sections)
	return []byte(w.String())
}

// caseFields has the keys that c states something about.
func caseFields(c *Case) []*entry {
	var f fieldList
	f.text("编号", c.ID)
	f.text("标题", c.Title)
	f.text("性质", c.Nature)
	f.text("渠道", c.Channel)
	f.text("收集单位", c.Collector)
	f.date("收集日期", c.Collected)
	f.text("件数", number(max(c.Tickets, 1)))
	f.text("属地", c.Locality)
	f.names("税费种", c.Taxes)
	f.names("主题", c.Topics)
	f.names("原渠道单号", c.SourceNos)
	f.date("原渠道期限", c.SourceDue)
	f.text("公开范围", c.Scope)
	f.text("状态", c.State)
	f.text("任务清单", c.TaskList)
	f.text("办理类别", c.Category)
	f.text("涉及面", c.Reach)
	f.text("影响度", c.Impact)
	f.text("复杂度", c.Complexity)
	f.text("紧急程度", c.Urgency)
	f.names("分析单位", c.Analysts)
	f.text("承办单位", c.Lead)
	f.names("协办单位", c.Co)
	f.text("限办天数", number(c.LimitDays))
	f.text("调整原因", c.AdjustReason)
	f.record("会议议定期限", []pair{{"日期", c.Agreed.Date.String()}, {"依据", c.Agreed.Basis}})
	addRecords(&f, "说明单", c.Statements, statementRecord())
	addRecords(&f, "延期申请", c.Extensions, extensionRecord())
	f.coFeedback(c.CoFeedback)
	addRecords(&f, "反馈", c.Feedback, feedbackRecord())
	addRecords(&f, "评估", c.Evaluations, evaluationRecord())
	f.text("不评估原因", c.NoEvaluation)
	addRecords(&f, "改进", c.Improvements, improvementRecord())
	f.text("不推送原因", c.NotPushed)
	f.text("转办去向", c.TransferTo)
	f.text("并入", c.MergedInto)
	f.text("撤回原因", c.WithdrawReason)
	f.date("下次研究日期", c.NextReview)
	addRecords(&f, "代录", c.Proxies, proxyRecord())
	addRecords(&f, "更正", c.Corrections, correctionRecord())
	if h := c.Inherited; h != nil {
		f.record("承接", []pair{
			{"推送日期", h.Pushed.String()}, {"到期日", h.Due.String()},
			{"反馈日期", h.FedBack.String()}, {"办结日期", h.Closed.String()},
		})
	}
	return f
}

// fieldList collects fields that state something.
type fieldList []*entry

func (f *fieldList) add(key string, v *value) {
	*f = append(*f, &entry{key: key, value: v})
}

func (f *fieldList) text(key, text string) {
	if text != "" {
		f.add(key, scalar(text))
	}
}

func (f *fieldList) date(key string, d workday.Date) { f.text(key, d.String()) }

func (f *fieldList) names(key string, names []string) {
	if len(names) == 0 {
		return
	}
	list := &value{kind: yamltext.List}
	for _, name := range names {
		list.parts = append(list.parts, &entry{value: scalar(name)})
	}
	f.add(key, list)
}

func (f *fieldList) record(key string, pairs []pair) { f.add(key, mapOf(pairs)) }

// mapOf is a map of the pairs that state something.
func mapOf(pairs []pair) *value {
	m := &value{kind: yamltext.Map}
	for _, p := range pairs {
		if p.value != "" {
			m.parts = append(m.parts, &entry{key: p.key, value: scalar(p.value)})
		}
	}
	return m
}

func (f *fieldList) coFeedback(list []CoFeedback) {
	if len(list) == 0 {
		return
	}
	units := &value{kind: yamltext.Map}
	for _, unit := range list {
		units.parts = append(units.parts, &entry{key: unit.Unit, value: mapOf([]pair{{"结果", unit.Result}})})
	}
	f.add("协办反馈", units)
}

func addRecords[T comparable](f *fieldList, key string, records []T, kind recordKind[T]) {
	if len(records) == 0 {
		return
	}
	list := &value{kind: yamltext.List}
	for _, record := range records {
		list.parts = append(list.parts, &entry{value: mapOf(kind.pairs(record))})
	}
	f.add(key, list)
}

// sections writes the body: the sections of every case in their order, each of
// the others behind the one that it follows.
func (w *writer) sections(list []Section) {
	for _, s := range arrangeSections(list) {
		w.WriteByte('\n')
		text := trimBlankLines(s.Text)
		if s.Heading != "" {
			w.WriteString("## " + s.Heading + "\n")
			if text == "" {
				continue
			}
			w.WriteByte('\n')
		}
		w.WriteString(text)
		w.WriteByte('\n')
	}
}

// arrangeSections puts the canonical sections in order, adds those that are
// missing, and keeps every other one behind the canonical one it followed.
func arrangeSections(list []Section) []Section {
	headings := Headings()
	after := make([][]Section, len(headings)+1) // 0: before the first
	own := make([][]Section, len(headings))
	group := 0
	for _, s := range list {
		if at := slices.Index(headings, s.Heading); at >= 0 {
			own[at] = append(own[at], s)
			group = at + 1
			continue
		}
		after[group] = append(after[group], s)
	}
	var out []Section
	out = append(out, after[0]...)
	for i, heading := range headings {
		if len(own[i]) == 0 {
			own[i] = []Section{{Heading: heading}}
		}
		out = append(out, own[i]...)
		out = append(out, after[i+1]...)
	}
	return out
}

// trimBlankLines drops the blank lines at both ends of a text, and the blanks
// that end it.
func trimBlankLines(text string) string {
	text = strings.TrimRight(text, " \t\r\n\u3000")
	for {
		line, rest, more := strings.Cut(text, "\n")
		if !more || strings.TrimSpace(line) != "" {
			return text
		}
		text = rest
	}
}
