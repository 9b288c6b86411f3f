package papers

import (
	"regexp"
	"strconv"
	"strings"

	"suqiu/internal/frontmatter"
	"suqiu/internal/mdfile"
	"suqiu/internal/workday"
)

// Monthly is one unit's 月度报送 of one month (三(二)): monthly/2026-07/NFZX.md.
type Monthly struct {
	File
	Unit    string
	Month   workday.Month
	Volumes []frontmatter.Named // 渠道收集量: channel → tickets, in file order
	Zero    bool                // 零报告: nothing was collected
	Risks   []RiskPoint         // 风险点 that the unit saw
}

// Total is the number of tickets that the unit collected.
func (m *Monthly) Total() int { return sum(m.Volumes) }

// RiskPoint is one 风险点, as a unit hands it in or as the office sends it on.
type RiskPoint struct {
	Content string   // 内容
	To      []string // 转送单位
	Reply   string   // 反馈, of what was sent on
	From    string   // 提出单位, of what was sent on
	Cases   []string // 诉求 from which it was seen
}

var monthlyKeys = []frontmatter.Key{
	{Name: "单位", Type: frontmatter.Unit, Required: true, Note: "报送单位",
		At: at(func(x *Monthly) any { return &x.Unit })},
	{Name: "月份", Type: frontmatter.Month, Required: true, Note: "如 2026-07",
		At: at(func(x *Monthly) any { return &x.Month })},
	{Name: "渠道收集量", Shape: frontmatter.Counts, Break: true, Note: "每个渠道本月收集的件数，没有的填 0",
		At: at(func(x *Monthly) any { return &x.Volumes })},
	{Name: "零报告", Type: frontmatter.Enum, Break: true, Required: true, Values: frontmatter.YesNo,
		Note: "本月各渠道都没有收集到的，填“是”", At: at(func(x *Monthly) any { return &x.Zero })},
	{Name: "风险点", Shape: frontmatter.Records, Break: true, Note: "可能存在的风险点",
		List: frontmatter.ListOf(func(m *Monthly) *[]RiskPoint { return &m.Risks }), Fields: []frontmatter.Key{
			{Name: "内容", At: at(func(x *RiskPoint) any { return &x.Content })},
			{Name: "转送单位", Shape: frontmatter.Many, Type: frontmatter.Unit, Note: "建议转送的科室和旗县局",
				At: at(func(x *RiskPoint) any { return &x.To })},
			{Name: "诉求", Shape: frontmatter.Many, Type: frontmatter.CaseID, Extra: true, Note: "由哪些诉求发现的",
				At: at(func(x *RiskPoint) any { return &x.Cases })},
		}},
}

// ParseMonthly reads a file of monthly/.
func ParseMonthly(p string, src []byte, canon func(string) string) *Monthly {
	m := &Monthly{}
	r := open(p, "monthly/", src, canon, m)
	r.monthlyPlace(m, canon)
	r.monthlyZero(m)
	r.riskContents(m.Risks, false)
	m.File = r.file()
	return m
}

// monthlyPlace checks the file's place against what it says. A file that says
// nothing of its unit or month is still known by its place, one in the wrong
// place by what it says.
func (r *reader) monthlyPlace(m *Monthly, canon func(string) string) {
	parts := strings.Split(r.path, "/")
	var month workday.Month
	var err error
	if len(parts) == 3 {
		month, err = workday.ParseMonth(parts[1])
	}
	if len(parts) != 3 || err != nil || !strings.HasSuffix(r.path, ".md") {
		to := ""
		if m.Month.Year != 0 && len(parts) == 3 && unitCode.MatchString(stem(r.path)) {
			to = MonthlyPath(m.Month, stem(r.path))
		}
		r.misplaced(to, "monthly/年-月/单位代码.md，如 monthly/2026-07/NFZX.md")
		return
	}
	r.named("月份", m.Month.String(), month.String())
	m.Month = month
	if canon == nil {
		return
	}
	name := stem(r.path)
	unit := canon(name)
	r.lost = !unitCode.MatchString(name)
	if unit == name && m.Unit != "" {
		r.lost = true // no code of a unit: the rules, who know the codes, tell of it
		return
	}
	if m.Unit == "" {
		r.Suggest("单位", unit)
	}
	if m.Unit != "" && unit != m.Unit && !r.Unreadable {
		r.Tell("id-mismatch", "单位", "“单位”是“"+m.Unit+"”，与文件名“"+parts[2]+"”的单位不一致", r.Paste("单位", unit))
	}
	m.Unit = unit
}

// unitCode is what the code of a unit looks like.
var unitCode = regexp.MustCompile(`^[A-Z][A-Z0-9]*$`)

// monthlyZero checks 零报告 against the numbers.
func (r *reader) monthlyZero(m *Monthly) {
	n, given := m.Total(), false
	for _, v := range m.Volumes {
		given = given || v.Given
	}
	switch {
	case m.Zero && n > 0:
		r.Tell("totals-mismatch", "零报告", "“零报告”填了“是”，而各渠道共收集 "+strconv.Itoa(n)+" 件",
			r.Paste("零报告", "否"))
	case r.Typed("零报告") == "否" && n == 0 && given:
		r.Tell("totals-mismatch", "零报告", "各渠道收集量都是 0，“零报告”应当填“是”", r.Paste("零报告", "是"))
	case r.Typed("零报告") == "否" && !given && !r.Unreadable:
		r.missing("渠道收集量", "“渠道收集量”没有填写", "渠道收集量:\n  "+mdfile.Placeholder("渠道名称")+": "+
			mdfile.Placeholder("件数，如 10"))
	}
}

// riskContents checks that each 风险点 says what it is, and, of those sent on,
// to whom.
func (r *reader) riskContents(points []RiskPoint, sent bool) {
	for i, x := range points {
		key, which := "风险点["+strconv.Itoa(i)+"]", "第 "+strconv.Itoa(i+1)+" 个风险点没有写明"
		if x.Content == "" {
			r.missing(key+".内容", which+"“内容”", "  - 内容: "+mdfile.Placeholder("内容"))
		}
		if sent && len(x.To) == 0 {
			r.missing(key+".转送单位", which+"“转送单位”", "    转送单位: "+
				mdfile.Placeholder("单位名称，几个单位用顿号隔开"))
		}
	}
}

// PrintMonthly writes a monthly submission in canonical form.
func PrintMonthly(m *Monthly) []byte { return SchemaOf("monthly/").Print(m, nil, m.Body) }

// BeginMonthly is PrintMonthly of a submission that is begun: what its unit must
// say itself is to be filled in. Where cases were registered their number
// stands; that nothing else came in nobody but the unit can say.
func BeginMonthly(m *Monthly) []byte {
	text := string(PrintMonthly(m))
	for _, v := range m.Volumes {
		if !v.Given {
			text = strings.Replace(text, "\n  "+v.Name+":\n", "\n  "+v.Name+": "+openVolume+"\n", 1)
		}
	}
	if m.Total() == 0 {
		text = strings.Replace(text, "\n零报告: "+frontmatter.TextOf(&m.Zero)+"\n", "\n零报告: "+
			mdfile.Placeholder("各渠道都没有收集到的填是，否则填否")+"\n", 1)
	}
	return []byte(text)
}

// openVolume stands where a unit says how much a channel brought.
var openVolume = mdfile.Placeholder("件数，没有的填 0")

// MonthlyPath is where a unit's submission of a month belongs.
func MonthlyPath(month workday.Month, code string) string {
	return "monthly/" + month.String() + "/" + code + ".md"
}
