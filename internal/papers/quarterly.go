package papers

import (
	"strconv"

	"suqiu/internal/record"
	"suqiu/internal/workday"
)

// Risks are the risk points sent on in a month (三(二)): risks/2026-07.md. They
// are sent on the day on which the file lands.
type Risks struct {
	File
	Month  workday.Month
	Points []RiskPoint
}

var riskKeys = []record.Key{
	{Name: "月份", Type: record.Month, Required: true, Note: "转送的月份，如 2026-07"},
	{Name: "风险点", Shape: record.Records, Break: true, Fields: []record.Key{
		{Name: "内容", Type: record.Text},
		{Name: "提出单位", Type: record.Unit, Extra: true, Note: "哪个单位报来的"},
		{Name: "诉求", Shape: record.Many, Type: record.CaseID, Extra: true, Note: "由哪些诉求发现的"},
		{Name: "转送单位", Shape: record.Many, Type: record.Unit},
		{Name: "反馈", Type: record.Text},
	}},
}

// ParseRisks reads a file of risks/.
func ParseRisks(p string, src []byte, canon func(string) string) *Risks {
	r := open(p, src, riskKeys, canon)
	x := &Risks{Points: riskPoints(r.Fields.Records("风险点"))}
	x.Month, _ = workday.ParseMonth(r.Fields.Text("月份"))
	if month, err := workday.ParseMonth(stem(p)); err != nil || p != "risks/"+month.String()+".md" {
		to := ""
		if x.Month.Year != 0 {
			to = "risks/" + x.Month.String() + ".md"
		}
		r.misplaced(to, "risks/年-月.md，如 risks/2026-07.md")
	} else {
		r.named("月份", month.String())
		x.Month = month
	}
	switch {
	case len(x.Points) > 0:
		r.riskContents(x.Points, true)
	case !r.Unreadable:
		r.missing("风险点", "没有写明转送的风险点", "风险点:\n  - 内容: "+record.Placeholder("内容")+"\n    转送单位: "+record.Placeholder("单位名称，几个单位用顿号隔开"))
	}
	x.File = r.file()
	return x
}

// PrintRisks writes a file of risks/ in canonical form.
func PrintRisks(x *Risks) []byte {
	f := record.Fields{"月份": {Text: x.Month.String()}, "风险点": {Records: riskFields(x.Points)}}
	return record.PrintMatter(riskKeys, f, x.Body)
}

// Submission is what was sent up about a quarter (二(二)): submissions/2026Q3.md.
type Submission struct {
	File
	Quarter workday.Quarter
	Reports []SentUp
}

// SentUp is one report sent up.
type SentUp struct {
	To      string // 报送对象
	Number  string // 文号
	Content string // 内容
}

var submissionKeys = []record.Key{
	{Name: "季度", Type: record.Quarter, Note: "如 2026Q3"},
	{Name: "报送对象", Type: record.Text, Required: true, Note: "如 自治区税务局联席会议办公室"},
	{Name: "文号", Type: record.Text},
	{Name: "内容", Type: record.Text, Required: true},
	{Name: "另报", Shape: record.Records, Extra: true, Note: "同一季度还报送了其他单位的，逐条填写", Fields: []record.Key{
		{Name: "报送对象", Type: record.Text},
		{Name: "文号", Type: record.Text},
		{Name: "内容", Type: record.Text},
	}},
}

// ParseSubmission reads a file of submissions/.
func ParseSubmission(p string, src []byte, canon func(string) string) *Submission {
	r := open(p, src, submissionKeys, canon)
	s := &Submission{Quarter: r.quarter("submissions/")}
	for i, f := range r.Fields.Records("另报") {
		for _, name := range []string{"报送对象", "内容"} {
			if f.Text(name) == "" {
				r.missing("另报["+strconv.Itoa(i)+"]."+name, "第 "+strconv.Itoa(i+1)+" 条另报没有写明“"+name+"”", "    "+name+": "+record.Placeholder(name))
			}
		}
	}
	for _, f := range append([]record.Fields{r.Fields}, r.Fields.Records("另报")...) {
		up := SentUp{To: f.Text("报送对象"), Number: f.Text("文号"), Content: f.Text("内容")}
		if up != (SentUp{}) {
			s.Reports = append(s.Reports, up)
		}
	}
	s.File = r.file()
	return s
}

// quarter checks 季度 against the file's name and returns it.
func (r *reader) quarter(folder string) workday.Quarter {
	q, err := workday.ParseQuarter(stem(r.path))
	if err != nil || r.path != folder+q.String()+".md" {
		to := ""
		if q, err = workday.ParseQuarter(r.Fields.Text("季度")); err == nil {
			to = folder + q.String() + ".md"
		}
		r.misplaced(to, folder+"年季度.md，如 "+folder+"2026Q3.md")
		return q
	}
	r.named("季度", q.String())
	return q
}

// Appraisal is what units said to the deductions of a quarter, and what was
// found (三(五)): appraisal/2026Q3.md.
type Appraisal struct {
	File
	Quarter workday.Quarter
	Pleas   []Plea
}

// Plea is one 申辩 against a deduction, with its 核实结论. The deduction is known
// by unit, item and case; without a case it is one of the unit as a whole,
// such as that of a missing monthly submission.
type Plea struct {
	Unit    string
	Case    string // 诉求: 编号; empty: of no case
	Item    string // 扣分项
	Plea    string // 申辩
	Verdict string // 核实结论: see Verdicts; empty: not decided
	Points  string // 核定扣分, of 减轻扣分: a number such as 0.5
	Reason  string // 核实说明
	Basis   string // 依据: 编号 of a file in meetings/
}

// The values of 核实结论.
const (
	Upheld    = "维持扣分"
	Waived    = "不予扣分"
	Mitigated = "减轻扣分" // to 核定扣分
)

// Verdicts lists 核实结论 in the order to show it.
func Verdicts() []string { return []string{Upheld, Mitigated, Waived} }

var appraisalKeys = []record.Key{
	{Name: "季度", Type: record.Quarter, Note: "如 2026Q3"},
	{Name: "申辩", Shape: record.Records, Break: true, Fields: []record.Key{
		{Name: "单位", Type: record.Unit, Note: "被扣分的单位"},
		{Name: "诉求", Type: record.CaseID, Note: "事项编号；不是某一件事项的（如月报）不填"},
		{Name: "扣分项", Type: record.Word, Note: "与考评表上的名称相同"},
		{Name: "申辩", Type: record.Text},
		{Name: "核实结论", Type: record.Enum, Values: Verdicts()},
		{Name: "核定扣分", Type: record.Points, Extra: true, Note: "减轻扣分的，填核定的分值"},
		{Name: "核实说明", Type: record.Text},
		{Name: "依据", Type: record.Word, Note: "会议纪要或传签编号"},
	}},
}

// ParseAppraisal reads a file of appraisal/.
func ParseAppraisal(p string, src []byte, canon func(string) string) *Appraisal {
	r := open(p, src, appraisalKeys, canon)
	a := &Appraisal{Quarter: r.quarter("appraisal/")}
	for i, f := range r.Fields.Records("申辩") {
		plea := Plea{Unit: f.Text("单位"), Case: f.Text("诉求"), Item: f.Text("扣分项"), Plea: f.Text("申辩"),
			Verdict: f.Text("核实结论"), Points: f.Text("核定扣分"), Reason: f.Text("核实说明"), Basis: f.Text("依据")}
		r.plea(i, plea)
		a.Pleas = append(a.Pleas, plea)
	}
	a.File = r.file()
	return a
}

// plea checks one entry of 申辩.
func (r *reader) plea(i int, x Plea) {
	key := "申辩[" + strconv.Itoa(i) + "]"
	need := func(field, value, fix string) {
		if value == "" {
			r.missing(key+"."+field, "第 "+strconv.Itoa(i+1)+" 条申辩没有写明“"+field+"”", "    "+field+": "+fix)
		}
	}
	need("单位", x.Unit, record.Placeholder("被扣分的单位名称"))
	need("扣分项", x.Item, record.Placeholder("考评表上的名称"))
	need("申辩", x.Plea, record.Placeholder("单位陈述的理由"))
	switch {
	case r.Told(key + ".核实结论"): // whether 核定扣分 belongs to it cannot be known
	case x.Verdict == Mitigated && x.Points == "":
		r.missing(key+".核定扣分", "核实结论是“减轻扣分”，没有填写“核定扣分”", "    核定扣分: "+record.Placeholder("核定的分值，如 0.5"))
	case x.Points != "" && x.Verdict != Mitigated:
		r.Tell("value-type", key+".核定扣分", "只有核实结论是“减轻扣分”的才填“核定扣分”", "请删去这一行，或把“核实结论”改为“减轻扣分”")
	}
	if x.Verdict != "" {
		need("核实说明", x.Reason, record.Placeholder("理由"))
	}
}
