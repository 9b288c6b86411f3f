package record

import (
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/workday"
)

// Diff says what new states and old did not, and the other way round: by key,
// entry and body section, in the order of the schema. Layout, the order of
// names, entries and keys, and comments are no difference. A nil Case states
// nothing, so Diff(nil, c) is everything that c states.
//
// A record is identified by its keys other than 决定, 依据, 准延天数, 审核 and 退回原因,
// and lists of records compare as multisets: an entry that is there once more
// is Added, one that is there once less is Removed, and a decision key of an
// entry on both sides is Decided when it was empty, Altered (perhaps to
// nothing) when it was filled. An entry added with its decision is Added and
// Decided, because these are two acts, often of two units.
//
// Two versions that state the same give nil, without allocation.
func Diff(old, new *Case) []Change {
	var nothing Case
	if old == nil {
		old = &nothing
	}
	if new == nil {
		new = &nothing
	}
	if old == new {
		return nil
	}
	var d differ
	d.registration(old, new)
	d.text("状态", old.State, new.State)
	d.task(old, new)
	diffRecords(&d, "说明单", old.Statements, new.Statements, statementRecord)
	diffRecords(&d, "延期申请", old.Extensions, new.Extensions, extensionRecord)
	d.coFeedback(old.CoFeedback, new.CoFeedback)
	diffRecords(&d, "反馈", old.Feedback, new.Feedback, feedbackRecord)
	diffRecords(&d, "评估", old.Evaluations, new.Evaluations, evaluationRecord)
	d.text("不评估原因", old.NoEvaluation, new.NoEvaluation)
	diffRecords(&d, "改进", old.Improvements, new.Improvements, improvementRecord)
	d.closing(old, new)
	d.sections(old.Sections, new.Sections)
	return d.changes
}

// differ collects changes; as long as nothing differs it allocates nothing.
type differ struct {
	changes []Change
}

func (d *differ) registration(old, new *Case) {
	d.text("编号", old.ID, new.ID)
	d.text("标题", old.Title, new.Title)
	d.text("性质", old.Nature, new.Nature)
	d.text("渠道", old.Channel, new.Channel)
	d.text("收集单位", old.Collector, new.Collector)
	d.date("收集日期", old.Collected, new.Collected)
	// No 件数 and 件数: 1 state the same: the case stands for one ticket.
	if a, b := max(old.Tickets, 1), max(new.Tickets, 1); a != b {
		d.text("件数", strconv.Itoa(a), strconv.Itoa(b))
	}
	d.text("属地", old.Locality, new.Locality)
	d.names("税费种", old.Taxes, new.Taxes)
	d.names("主题", old.Topics, new.Topics)
	d.names("原渠道单号", old.SourceNos, new.SourceNos)
	d.date("原渠道期限", old.SourceDue, new.SourceDue)
	d.text("公开范围", old.Scope, new.Scope)
}

func (d *differ) task(old, new *Case) {
	d.text("任务清单", old.TaskList, new.TaskList)
	d.text("办理类别", old.Category, new.Category)
	d.text("涉及面", old.Reach, new.Reach)
	d.text("影响度", old.Impact, new.Impact)
	d.text("复杂度", old.Complexity, new.Complexity)
	d.text("紧急程度", old.Urgency, new.Urgency)
	d.names("分析单位", old.Analysts, new.Analysts)
	d.text("承办单位", old.Lead, new.Lead)
	d.names("协办单位", old.Co, new.Co)
	if old.LimitDays != new.LimitDays {
		d.text("限办天数", number(old.LimitDays), number(new.LimitDays))
	}
	d.text("调整原因", old.AdjustReason, new.AdjustReason)
	d.date("会议议定期限.日期", old.Agreed.Date, new.Agreed.Date)
	d.text("会议议定期限.依据", old.Agreed.Basis, new.Agreed.Basis)
}

func (d *differ) closing(old, new *Case) {
	d.text("不推送原因", old.NotPushed, new.NotPushed)
	d.text("转办去向", old.TransferTo, new.TransferTo)
	d.text("并入", old.MergedInto, new.MergedInto)
	d.text("撤回原因", old.WithdrawReason, new.WithdrawReason)
	d.date("下次研究日期", old.NextReview, new.NextReview)
	diffRecords(d, "代录", old.Proxies, new.Proxies, proxyRecord)
	diffRecords(d, "更正", old.Corrections, new.Corrections, correctionRecord)
	var a, b Inherited
	if old.Inherited != nil {
		a = *old.Inherited
	}
	if new.Inherited != nil {
		b = *new.Inherited
	}
	d.date("承接.推送日期", a.Pushed, b.Pushed)
	d.date("承接.到期日", a.Due, b.Due)
	d.date("承接.反馈日期", a.FedBack, b.FedBack)
	d.date("承接.办结日期", a.Closed, b.Closed)
}

func (d *differ) text(key, old, new string) {
	if old != new {
		d.changes = append(d.changes, Change{Kind: Set, Key: key, Old: old, New: new})
	}
}

func (d *differ) date(key string, old, new workday.Date) {
	if old != new {
		d.text(key, old.String(), new.String())
	}
}

// names compares lists whose order says nothing. The change carries the names
// in sorted order, so that equal statements are equal changes.
func (d *differ) names(key string, old, new []string) {
	if !sameMultiset(old, new) {
		d.text(key, joinNames(old), joinNames(new))
	}
}

func joinNames(names []string) string {
	sorted := slices.Clone(names)
	slices.Sort(sorted)
	return strings.Join(sorted, "、")
}

// number is n as typed; zero stands for "not stated".
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// coFeedback compares what each co-handler answered. A unit without a key and
// a unit with an empty 结果 state the same, so seeding keys is no change.
func (d *differ) coFeedback(old, new []CoFeedback) {
	if slices.Equal(old, new) {
		return
	}
	before, after := results(old), results(new)
	for _, list := range [2][]CoFeedback{new, old} {
		for _, f := range list {
			a, b := before[f.Unit], after[f.Unit]
			if a != b {
				d.changes = append(d.changes, Change{Kind: Set, Key: "协办反馈", Field: f.Unit, Old: a, New: b})
			}
			// Told of once; both sides are now equal (and absent).
			delete(before, f.Unit)
			delete(after, f.Unit)
		}
	}
}

// results maps units to what they answered; of a unit that stands there twice
// the first counts.
func results(list []CoFeedback) map[string]string {
	m := make(map[string]string, len(list))
	for _, f := range list {
		if _, ok := m[f.Unit]; !ok {
			m[f.Unit] = f.Result
		}
	}
	return m
}

// fewEnough is the length up to which comparing every pair is faster than
// building a map; case files practically never have longer lists.
const fewEnough = 32

// sameMultiset tells whether both lists hold the same values equally often. It
// allocates only for long lists that are not equal as they stand.
func sameMultiset[T comparable](a, b []T) bool {
	if len(a) != len(b) {
		return false
	}
	if slices.Equal(a, b) {
		return true
	}
	if len(a) > fewEnough {
		left := make(map[T]int, len(a))
		for _, v := range a {
			left[v]++
		}
		for _, v := range b {
			if left[v]--; left[v] < 0 {
				return false
			}
		}
		return true
	}
	var taken [fewEnough]bool
next:
	for _, v := range a {
		for j := range b {
			if !taken[j] && b[j] == v {
				taken[j] = true
				continue next
			}
		}
		return false
	}
	return true
}
