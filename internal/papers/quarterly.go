package papers

import (
	"slices"
	"strconv"

	"suqiu/internal/frontmatter"
	"suqiu/internal/mdfile"
	"suqiu/internal/workday"
)

// Risks are the risk points sent on in a month (三(二)): risks/2026-07.md. They
// are sent on the day on which the file lands.
type Risks struct {
	File
	Month  workday.Month
	Points []RiskPoint
}

var riskKeys = []frontmatter.Key{
	{Name: "月份", Type: frontmatter.Month, Required: true, Note: "转送的月份，如 2026-07",
		At: at(func(x *Risks) any { return &x.Month })},
	{Name: "风险点", Shape: frontmatter.Records, Break: true,
		List: frontmatter.ListOf(func(x *Risks) *[]RiskPoint { return &x.Points }), Fields: []frontmatter.Key{
			{Name: "内容", At: at(func(x *RiskPoint) any { return &x.Content })},
			{Name: "提出单位", Type: frontmatter.Unit, Extra: true, Note: "哪个单位报来的",
				At: at(func(x *RiskPoint) any { return &x.From })},
			{Name: "诉求", Shape: frontmatter.Many, Type: frontmatter.CaseID, Extra: true, Note: "由哪些诉求发现的",
				At: at(func(x *RiskPoint) any { return &x.Cases })},
			{Name: "转送单位", Shape: frontmatter.Many, Type: frontmatter.Unit,
				At: at(func(x *RiskPoint) any { return &x.To })},
			{Name: "反馈", Optional: true, At: at(func(x *RiskPoint) any { return &x.Reply })},
		}},
}

// ParseRisks reads a file of risks/.
func ParseRisks(p string, src []byte, canon func(string) string) *Risks {
	x := &Risks{}
	r := open(p, "risks/", src, canon, x)
	if month, err := workday.ParseMonth(stem(p)); err != nil || p != "risks/"+month.String()+".md" {
		to := ""
		if x.Month.Year != 0 {
			to = "risks/" + x.Month.String() + ".md"
		}
		r.misplaced(to, "risks/年-月.md，如 risks/2026-07.md")
	} else {
		r.named("月份", x.Month.String(), month.String())
		x.Month = month
	}
	switch {
	case len(x.Points) > 0:
		r.riskContents(x.Points, true)
	case !r.Unreadable:
		r.missing("风险点", "没有写明转送的风险点", "风险点:\n  - 内容: "+mdfile.Placeholder("内容")+
			"\n    转送单位: "+mdfile.Placeholder("单位名称，几个单位用顿号隔开"))
	}
	x.File = r.file()
	return x
}

// PrintRisks writes a file of risks/ in canonical form.
func PrintRisks(x *Risks) []byte { return SchemaOf("risks/").Print(x, nil, x.Body) }

// Submission is what was sent up about a quarter (二(二)): submissions/2026Q3.md.
type Submission struct {
	File
	Quarter workday.Quarter
	Reports []SentUp

	first SentUp   // at the top of the file
	more  []SentUp // 另报
}

// SentUp is one report sent up.
type SentUp struct {
	To      string // 报送对象
	Number  string // 文号
	Content string // 内容
}

var submissionKeys = []frontmatter.Key{
	{Name: "季度", Type: frontmatter.Quarter, Note: "如 2026Q3", At: at(func(x *Submission) any { return &x.Quarter })},
	{Name: "报送对象", Required: true, Note: "如 自治区税务局联席会议办公室",
		At: at(func(x *Submission) any { return &x.first.To })},
	{Name: "文号", At: at(func(x *Submission) any { return &x.first.Number })},
	{Name: "内容", Required: true, At: at(func(x *Submission) any { return &x.first.Content })},
	{Name: "另报", Shape: frontmatter.Records, Extra: true, Note: "同一季度还报送了其他单位的，逐条填写",
		List: frontmatter.ListOf(func(x *Submission) *[]SentUp { return &x.more }), Fields: []frontmatter.Key{
			{Name: "报送对象", At: at(func(x *SentUp) any { return &x.To })},
			{Name: "文号", At: at(func(x *SentUp) any { return &x.Number })},
			{Name: "内容", At: at(func(x *SentUp) any { return &x.Content })},
		}},
}

// ParseSubmission reads a file of submissions/.
func ParseSubmission(p string, src []byte, canon func(string) string) *Submission {
	s := &Submission{}
	r := open(p, "submissions/", src, canon, s)
	s.Quarter = r.quarter("submissions/", s.Quarter)
	for i, up := range s.more {
		for _, need := range [][2]string{{"报送对象", up.To}, {"内容", up.Content}} {
			if name := need[0]; need[1] == "" {
				r.missing("另报["+strconv.Itoa(i)+"]."+name, "第 "+strconv.Itoa(i+1)+" 条另报没有写明“"+name+"”",
					"    "+name+": "+mdfile.Placeholder(name))
			}
		}
	}
	s.Reports = slices.DeleteFunc(append([]SentUp{s.first}, s.more...),
		func(up SentUp) bool { return up == (SentUp{}) })
	s.File = r.file()
	return s
}

// quarter checks 季度 as it was read against the file's name, and returns the
// quarter that counts.
func (r *reader) quarter(folder string, typed workday.Quarter) workday.Quarter {
	q, err := workday.ParseQuarter(stem(r.path))
	if err != nil || r.path != folder+q.String()+".md" {
		to := ""
		if typed != (workday.Quarter{}) {
			to = folder + typed.String() + ".md"
		}
		r.misplaced(to, folder+"年季度.md，如 "+folder+"2026Q3.md")
		return typed
	}
	r.named("季度", typed.String(), q.String())
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

var appraisalKeys = []frontmatter.Key{
	{Name: "季度", Type: frontmatter.Quarter, Note: "如 2026Q3", At: at(func(x *Appraisal) any { return &x.Quarter })},
	{Name: "申辩", Shape: frontmatter.Records, Break: true,
		List: frontmatter.ListOf(func(x *Appraisal) *[]Plea { return &x.Pleas }), Fields: []frontmatter.Key{
			{Name: "单位", Type: frontmatter.Unit, Note: "被扣分的单位", At: at(func(x *Plea) any { return &x.Unit })},
			{Name: "诉求", Type: frontmatter.CaseID, Note: "事项编号；不是某一件事项的（如月报）不填",
				At: at(func(x *Plea) any { return &x.Case })},
			{Name: "扣分项", Type: frontmatter.Word, Note: "与考评表上的名称相同",
				At: at(func(x *Plea) any { return &x.Item })},
			{Name: "申辩", At: at(func(x *Plea) any { return &x.Plea })},
			{Name: "核实结论", Type: frontmatter.Enum, Values: Verdicts(),
				At: at(func(x *Plea) any { return &x.Verdict })},
			{Name: "核定扣分", Type: frontmatter.Points, Extra: true, Note: "减轻扣分的，填核定的分值",
				At: at(func(x *Plea) any { return &x.Points })},
			{Name: "核实说明", At: at(func(x *Plea) any { return &x.Reason })},
			{Name: "依据", Type: frontmatter.Word, Ask: "会议纪要或传签的编号，如 CQ2026-07",
				Note: "会议纪要或传签编号", At: at(func(x *Plea) any { return &x.Basis })},
		}},
}

// ParseAppraisal reads a file of appraisal/.
func ParseAppraisal(p string, src []byte, canon func(string) string) *Appraisal {
	a := &Appraisal{}
	r := open(p, "appraisal/", src, canon, a)
	a.Quarter = r.quarter("appraisal/", a.Quarter)
	for i, plea := range a.Pleas {
		r.plea(i, plea)
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
	need("单位", x.Unit, mdfile.Placeholder("被扣分的单位名称"))
	need("扣分项", x.Item, mdfile.Placeholder("考评表上的名称"))
	need("申辩", x.Plea, mdfile.Placeholder("单位陈述的理由"))
	switch {
	case r.Told(key + ".核实结论"): // whether 核定扣分 belongs to it cannot be known
	case x.Verdict == Mitigated && x.Points == "":
		r.missing(key+".核定扣分", "核实结论是“减轻扣分”，没有填写“核定扣分”", "    核定扣分: "+
			mdfile.Placeholder("核定的分值，如 0.5"))
	case x.Points != "" && x.Verdict != Mitigated:
		r.Tell("value-type", key+".核定扣分", "只有核实结论是“减轻扣分”的才填“核定扣分”",
			"请删去这一行，或把“核实结论”改为“减轻扣分”")
	}
	if x.Verdict != "" {
		need("核实说明", x.Reason, mdfile.Placeholder("理由"))
	}
}
