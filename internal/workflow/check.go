package workflow

import (
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/draft"
	"suqiu/internal/record"
)

// Missing lists what the row needs and the landing does not bring, but for what
// is still to be filled in: that is told of as what it is.
func (row *Row) Missing(m *Move) []Missing {
	list := row.checkRecord(m)
	if row.Needs != nil {
		list = append(list, row.Needs(m)...)
	}
	for i := range row.Fields {
		if f := &row.Fields[i]; f.Lacking != "" {
			if _, nested := row.inRecord(f); !nested {
				list = row.check(list, m, f, -1)
			}
		}
	}
	for i := range list {
		if list[i].Rule == "" {
			list[i].Rule = "transition-requires"
		}
	}
	return slices.DeleteFunc(list, func(l Missing) bool {
		return l.Rule == "transition-requires" &&
			m.After.Left(l.Key)
	})
}

// checkRecord looks for the record that the row files or decides, and at what
// it says.
func (row *Row) checkRecord(m *Move) []Missing {
	k := &row.Record
	i := m.entry(k)
	if k.Absent != "" && (i < 0 || k.Present != nil && !k.Present(m, k, i)) {
		fix := k.Fix
		if fix == "" {
			fix = row.newEntry(m.After, m.Lead)
		}
		return []Missing{{Key: k.Key, Message: k.Absent, Fix: fix}}
	}
	var list []Missing
	for n := range row.Fields {
		f := &row.Fields[n]
		if _, nested := row.inRecord(f); !nested || f.Lacking == "" {
			continue
		}
		had := len(list)
		if list = row.check(list, m, f, i); f.Alone && len(list) > had {
			break
		}
	}
	return list
}

// check adds what is wrong with one field, which stands in the entry at i.
func (row *Row) check(list []Missing, m *Move, f *Field, i int) []Missing {
	now := Said(m.After, f.Key, i)
	met := now != "" && (f.Value == "" || now == f.Value)
	if f.Met != nil {
		met = f.Met(m, now)
	}
	if met {
		return list
	}
	top, _, _ := strings.Cut(f.Key, ".")
	words := strings.NewReplacer("{to}", string(m.To), "{value}", f.Value, "{now}", OrNone(now))
	fix := f.Fix
	if fix == "" {
		fix = row.line(f)
	}
	return append(list, Missing{Key: top, Message: words.Replace(f.Lacking), Fix: fix})
}

// line is what to write for a field, as it stands in the file.
func (row *Row) line(f *Field) string {
	top, name, nested := strings.Cut(f.Key, ".")
	switch {
	case !nested:
		return AskFor(f.Key)
	case record.KeyOf(top).Shape == record.Record: // its keys come together
		return AskDate()
	case f.Value != "":
		return "    " + name + ": " + f.Value
	}
	return AskFor(f.Key)
}

// AskFor is the line of a key with a place to fill in: of a key of records, as
// it stands in an entry.
func AskFor(path string) string {
	_, name, nested := strings.Cut(path, ".")
	if !nested {
		return path + ": " + record.PlaceholderAt(path)
	}
	return "    " + name + ": " + record.PlaceholderAt(path)
}

// AskDate asks for an agreed date.
func AskDate() string {
	return "会议议定期限:\n  日期: " + record.PlaceholderAt("会议议定期限.日期") +
		"\n  依据: " + record.PlaceholderAt("会议议定期限.依据")
}

// newEntry is the entry that the row files, to add to a list which has some
// already or none.
func (row *Row) newEntry(c *record.Case, unit string) string {
	var writes []draft.Write
	for i := range row.Fields {
		f := &row.Fields[i]
		if name, ok := row.inRecord(f); ok && f.Need == Required {
			plain := Field{Key: f.Key, Value: f.Value, Choices: f.Choices}
			writes = append(writes, plain.write(row.Record.Key+"[+]."+name, unit))
		}
	}
	text := strings.TrimSuffix(draft.Fragment(writes), "\n")
	if count(c, row.Record.Key) == 0 {
		return text
	}
	_, lines, _ := strings.Cut(text, "\n")
	return "在“" + row.Record.Key + "”的最后另起一条：\n" + lines
}

// OrNone is s, or 空 if it says nothing.
func OrNone(s string) string {
	if s == "" {
		return "空"
	}
	return s
}

// entry is the index of the last entry that a row is about; -1 if there is none.
func (m *Move) entry(k *ListEntry) int {
	for i := count(m.After, k.Key) - 1; i >= 0; i-- {
		if k.Key != "说明单" || concerns(m.After, k, i, m.Lead) {
			return i
		}
	}
	return -1
}

// concerns reports whether the 说明单 at i is a 一事一议, if those are meant, or
// else one by which the lead stopped the work, whatever its 事由.
func concerns(c *record.Case, k *ListEntry, i int, lead string) bool {
	s := &c.Statements[i]
	if slices.Contains(k.Of, AdHoc) {
		return s.Reason == AdHoc
	}
	return s.Reason != AdHoc && (s.Unit == lead || s.Unit == "")
}

// grown is by how much the landing added to a list.
func (m *Move) grown(list string) int {
	n := 0
	if m.Before != nil {
		n = count(m.Before, list)
	}
	return count(m.After, list) - n
}

// waits: the 说明单 is not decided, and of the 事由 that the row is for.
func waits(m *Move, k *ListEntry, i int) bool {
	s := &m.After.Statements[i]
	return s.Decision == "" && (len(k.Of) == 0 || slices.Contains(k.Of, s.Reason)) && !slices.Contains(k.Not, s.Reason)
}

func unreviewed(m *Move, _ *ListEntry, i int) bool {
	return m.After.Feedback[i].Review == "" || m.grown("反馈") > 0
}

func grew(m *Move, _ *ListEntry, _ int) bool { return m.grown("改进") > 0 }

func ifFiled(m *Move, value string) bool { return value != "" || m.grown("反馈") <= 0 }

func anotherLead(m *Move, value string) bool { return value != "" && value != m.Lead }

func anotherReason(m *Move, value string) bool {
	return value != "" && (m.Before == nil || m.Before.AdjustReason != value)
}

func agreed(m *Move, value string) bool { return value != "" && m.After.Agreed.Basis != "" }

func satisfied(_ *Move, value string) bool { return value != "不满意" }

// putOff: the feedback says 暂未解决 and passed, or a decision comes with it.
func putOff(m *Move, value string) bool {
	f := lastFeedback(m.After)
	return m.decidedLongTerm() || f != nil && f.Result == "暂未解决" && value == "通过"
}

func lastFeedback(c *record.Case) *record.Feedback {
	if n := len(c.Feedback); n > 0 {
		return &c.Feedback[n-1]
	}
	return nil
}

// PutOff reports whether what comes with the move puts the case off: a decision,
// or a feedback 暂未解决 that passed.
func (m *Move) PutOff() bool {
	f := lastFeedback(m.After)
	return putOff(m, "") || f != nil && putOff(m, f.Review)
}

// decidedLongTerm reports whether a 决定 长期推进 comes with the landing.
func (m *Move) decidedLongTerm() bool {
	i := m.entry(&decided)
	if i < 0 || m.After.Statements[i].Decision != "长期推进" || m.Before == nil {
		return false
	}
	return slices.ContainsFunc(record.Diff(m.Before, m.After), func(ch record.Change) bool {
		return ch.Key == "说明单" && ch.Kind == record.Decided && ch.New == "长期推进"
	})
}

// founded: each improvement rests on an evaluation of its own, or on its 依据.
func founded(m *Move, _ string) bool {
	left := 0
	for _, i := range m.After.Improvements {
		if i.Basis == "" {
			left++
		}
	}
	for _, e := range m.After.Evaluations {
		if e.Result == "不满意" {
			left--
		}
	}
	return left <= 0
}

// studiedSoon: the joint meeting studies the case again before long.
func studiedSoon(m *Move) []Missing {
	if next := m.After.NextReview; next != 0 && m.Calendar.Count(m.Today, next) > m.LongTerm {
		return []Missing{{Key: "下次研究日期", Message: "下次研究日期太远：应在 " + strconv.Itoa(m.LongTerm) +
			" 个工作日之内",
			Fix: "下次研究日期: " + m.Calendar.Add(m.Today, m.LongTerm).String()}}
	}
	return nil
}

// followedUp: what is solved in part says how and when the rest will be. That
// the two sections are filled is for the rules of the format to say.
func followedUp(m *Move) []Missing {
	f := lastFeedback(m.After)
	if f == nil || f.Result != "部分解决" || f.FollowUp != "" && f.FollowUpDue != 0 || !ifFiled(m, f.Measures) ||
		!unreviewed(m, nil, len(m.After.Feedback)-1) {
		return nil
	}
	return []Missing{{Key: "反馈", Message: "结果为“部分解决”的，须写明“后续措施”和“完成期限”",
		Fix: AskFor("反馈.后续措施") + "\n" + AskFor("反馈.完成期限")}}
}

// returned: what the feedback overtook is decided with the return, and the case
// goes back to where it came from.
func returned(m *Move) []Missing {
	if f := lastFeedback(m.After); f == nil || f.Review != "退回" {
		return nil
	}
	var list []Missing
	for _, id := range m.Overtaken {
		i := m.After.Index(record.Change{Key: id.Key, Entry: id.Entry, Nth: id.Nth})
		if i < 0 || Said(m.After, id.Key+".决定", i) != "" {
			continue
		}
		what := "反馈前提出的延期申请"
		if id.Key == "说明单" {
			what = "反馈前提出的一事一议"
		}
		list = append(list, Missing{Key: id.Key, Message: what + "还没有决定：退回反馈时须同时决定，否则继续等待",
			Fix: AskFor(id.Key + ".决定")})
	}
	if m.Origin != "" && m.Origin != m.To {
		list = append(list, Missing{Key: "状态", Message: "退回后状态应回到“" + string(m.Origin) + "”",
			Fix: "状态: " + string(m.Origin)})
	}
	return list
}

// resolved: what is not solved yet cannot be evaluated or closed.
func resolved(m *Move) []Missing {
	if f := lastFeedback(m.After); f != nil && f.Result == "暂未解决" {
		return []Missing{{Rule: "unresolved-closed", Key: "状态", Message: "反馈结果是“暂未解决”，不能转评估或办结",
			Fix: "请把“状态”改为“长期推进”，并填写“下次研究日期”"}}
	}
	return nil
}
