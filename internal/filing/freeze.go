package filing

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"suqiu/internal/appraisal"
	"suqiu/internal/bureaus"
	"suqiu/internal/papers"
	"suqiu/internal/register"
	"suqiu/internal/report"
	"suqiu/internal/workday"
)

// Freeze is what is kept of a finished quarter, and where: the figures that the
// office lands. It is refused while they may still change.
func Freeze(d *register.Register, q workday.Quarter, tool string) (name string, data []byte, err error) {
	name = "reports/" + q.String() + ".json"
	switch {
	case d.AsOf <= q.Last():
		return "", nil, fmt.Errorf("%s 到 %s 才结束，结束以后再留存", q, q.Last())
	case d.Source(name) != nil:
		return "", nil, fmt.Errorf("%s 的数字已经留存在 %s；以后的更正会与它并列显示。确需重新发布的，"+
			"请先删除该文件并提交", q, name)
	}
	if err := heard(d, q); err != nil {
		return "", nil, err
	}
	if list := appraisal.Of(d, q).Unmatched; len(list) > 0 {
		x := list[0]
		return "", nil, fmt.Errorf("%s“%s”对“%s”的申辩没有对应的扣分，核实结论不起作用；请核对 appraisal/%s.md "+
			"中的单位、诉求和扣分项（suqiu appraisal %s 列出全部扣分）",
			x.Unit, cmp.Or(x.Case, "本单位"), x.Item, q, q)
	}
	// The repository is read by every unit: what is 仅要素 has no title here.
	data, err = report.Publish(d, q, report.Options{}, tool).Encode()
	return name, data, err
}

// Summary are the figures of a finished quarter as a bureau hands them in to the one
// above it, under its name and the code that it has there; no name: its own.
func Summary(d *register.Register, q workday.Quarter, name, code, tool string) ([]byte, error) {
	if d.AsOf <= q.Last() {
		return nil, fmt.Errorf("%s 到 %s 才结束，结束以后再报送", q, q.Last())
	}
	figures := report.Compute(d, q)
	return papers.WriteSummary(bureaus.Summary(d, &figures, cmp.Or(name, report.Bureau(d.Config.Name)), code, tool))
}

// heard makes sure that the quarter's appraisal has been published, that the
// units have had their days to answer it and all answers are decided, and that no
// 月度报送 may be received any more.
func heard(d *register.Register, q workday.Quarter) error {
	if until := report.Awaits(d, q); d.AsOf <= until {
		return fmt.Errorf("%s 最后一个月的月度报送到 %s 还可能收到（含收件宽限），其后再留存", q, until)
	}
	i := slices.IndexFunc(d.Appraisals, func(a *register.Appraisal) bool { return a.Quarter == q })
	if i < 0 {
		return fmt.Errorf("appraisal/%s.md 还没有入库：留存以前先公布本季度考评，给各单位 %d 个工作日申辩；"+
			"请新建该文件，只写“季度: %s”并提交（扣分明细见 suqiu appraisal %s）",
			q, d.Config.Limits.Plea, q, q)
	}
	a := d.Appraisals[i]
	if len(a.Problems) > 0 {
		return fmt.Errorf("%s 第 %d 行：%s；请先改好，其中的核实结论才算数", a.Path, a.Problems[0].Line,
			a.Problems[0].Message)
	}
	if until := d.Config.Calendar.Add(a.Landed, d.Config.Limits.Plea); d.AsOf <= until {
		return fmt.Errorf("%s 于 %s 入库，申辩到 %s 为止（时限“申辩”：%d 个工作日），其后再留存", a.Path, a.Landed,
			until, d.Config.Limits.Plea)
	}
	for _, p := range a.Pleas {
		if p.Verdict == "" {
			return fmt.Errorf("%s 中“%s”的申辩还没有核实结论；请先填写 核实结论: %s", a.Path, p.Unit,
				strings.Join(papers.Verdicts(), "、"))
		}
	}
	return nil
}
