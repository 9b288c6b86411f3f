package config

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Points are hundredths of a point of 考评.
type Points int

// String is the points as a person writes them: 1, 0.5, 0.25.
func (p Points) String() string {
	sign := ""
	if p < 0 {
		sign, p = "-", -p
	}
	s := fmt.Sprintf("%s%d.%02d", sign, p/100, p%100)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// ParsePoints reads points of at most two decimals, 0 to 1000.
func ParsePoints(s string) (Points, bool) {
	whole, part, dotted := strings.Cut(s, ".")
	n, err := strconv.Atoi(whole)
	if err != nil || n < 0 || n > 1000 || whole[0] == '+' || len(part) > 2 || dotted && part == "" {
		return 0, false
	}
	p := Points(100 * n)
	for i := range part {
		if part[i] < '0' || part[i] > '9' {
			return 0, false
		}
		p += Points(part[i]-'0') * Points(10-9*i)
	}
	return p, true
}

// Appraisal are the weights of 考评 (三(五): 落实情况纳入绩效考评): what is
// deducted from 满分 for each occurrence. 0 switches an item off.
type Appraisal struct {
	Full       Points // 满分
	LateDone   Points // 超期已办, a task
	LateOpen   Points // 超期未办, a task
	LateDay    Points // 超期每日: on top of both, each working day
	LateMost   Points // 超期上限: the most for one task
	LateGoal   Points // 改进超期: past the 完成期限 of an improvement
	Rejected   Points // 异议不成立
	LateAsked  Points // 逾期提出: 异议, 说明 or 延期申请 after its limit
	Returned   Points // 审核退回
	Improved   Points // 督促改进
	Displeased Points // 评估不满意
	LatePaper  Points // 月报迟报
	NoPaper    Points // 月报未报
}

// DefaultAppraisal are the weights where suqiu.yaml sets none.
func DefaultAppraisal() Appraisal {
	var a Appraisal
	for _, w := range a.table() {
		*w.to = w.normal
	}
	return a
}

// AppraisalItem describes one key of 考评.
type AppraisalItem struct {
	Key    string
	What   string // what is deducted, Chinese
	Clause string // of the regulation
	Points Points
}

// Describe lists the weights in force, in the order to show them.
func (a *Appraisal) Describe() []AppraisalItem {
	var list []AppraisalItem
	for _, w := range a.table() {
		list = append(list, AppraisalItem{w.name, w.what, w.clause, *w.to})
	}
	return list
}

// Deductions are the items of Describe that something is deducted for by
// themselves: not 满分, and not what belongs to another item.
func (a *Appraisal) Deductions() []AppraisalItem {
	return slices.DeleteFunc(a.Describe(), func(k AppraisalItem) bool {
		return k.Key == "满分" || k.Key == "超期每日" || k.Key == "超期上限"
	})
}

// weight is one key of 考评.
type weight struct {
	name   string
	to     *Points
	normal Points
	clause string
	what   string
}

func (a *Appraisal) table() []weight {
	return []weight{
		{"满分", &a.Full, 10000, "三(五)", "每个单位每季度的起始分"},
		{"超期已办", &a.LateDone, 100, "三(四)", "超过制度规定或会议议定期限的，每项，计入到期日所在季度"},
		{"超期未办", &a.LateOpen, 200, "三(四)", "超期满 10 个工作日仍未反馈的，补扣与“超期已办”的差额"},
		{"超期每日", &a.LateDay, 10, "三(四)", "上两项之外，每超一个工作日另扣，计入该日所在季度"},
		{"超期上限", &a.LateMost, 500, "三(四)", "一项任务因超期最多扣，各季度合计"},
		{"改进超期", &a.LateGoal, 100, "三(五)", "超过督促改进写明的完成期限，每项"},
		{"异议不成立", &a.Rejected, 50, "三(三)", "提出的异议经确认不成立，每次"},
		{"逾期提出", &a.LateAsked, 50, "三(三)、三(四)", "异议、说明单、延期申请超过规定期限提出，每次"},
		{"审核退回", &a.Returned, 50, "三(五)", "反馈被审核退回，每次"},
		{"督促改进", &a.Improved, 50, "三(五)", "办理效果不佳被督促改进，每项"},
		{"评估不满意", &a.Displeased, 50, "三(五)", "评估结果为不满意，每次"},
		{"月报迟报", &a.LatePaper, 50, "三(二)", "月度报送超过期限，每份"},
		{"月报未报", &a.NoPaper, 100, "三(二)", "月度报送到期未报，每份"},
	}
}

// keys are those of 考评; a weight that is not set keeps its default.
func (a *Appraisal) keys() []Key {
	var keys []Key
	for _, w := range a.table() {
		keys = append(keys, Key{Name: w.name, Optional: true, To: w.to})
	}
	return keys
}

// points reads a weight.
func (r *reader) points(key string, n node, to *Points) {
	v := r.scalar(key, n)
	p, ok := ParsePoints(v)
	switch {
	case v == "":
	case ok:
		*to = p
	default:
		fix := to.String()
		if bare := strings.TrimSpace(strings.TrimSuffix(v, "分")); bare != v {
			if _, ok := ParsePoints(bare); ok {
				fix = bare
			}
		}
		r.tell("value-type", key, n, "“"+name(key)+"”应为 0 至 1000 的分值，最多两位小数，现为“"+v+"”",
			"  "+name(key)+": "+fix)
	}
}

// checkWeights tells of weights that make no sense together.
func (r *reader) checkWeights(key string, n node) {
	i := Item{n, key}
	a := &r.c.Appraisal
	if n := i.value("满分"); n != nil && a.Full == 0 {
		r.tell("value-type", "考评.满分", n, "“满分”是 0，各单位都会是 0 分", "  满分: 100")
	}
	most := max(a.LateDone, a.LateOpen)
	if n := i.value("超期上限"); n != nil && a.LateMost > 0 && a.LateMost < most {
		r.tell("value-type", "考评.超期上限", n, "“超期上限”"+a.LateMost.String()+" 低于“超期已办”“超期未办”中的 "+
			most.String()+"，一项任务扣不到应扣的分", "  超期上限: "+most.String()+"（或更高；0 为不设上限）")
	}
}
