package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"suqiu/internal/appraisal"
	"suqiu/internal/cli"
	"suqiu/internal/config"
	"suqiu/internal/papers"
	"suqiu/internal/register"
	"suqiu/internal/report"
	"suqiu/internal/view"
	"suqiu/internal/workday"
	"suqiu/internal/worktree"
	"suqiu/site"
)

type reportOptions struct {
	*invocation
	quarter    workday.Quarter
	out        string
	edition    string
	freeze     bool
	summary    bool
	unit, code string
}

// The formats of a report beside JSON.
const (
	formatMD    = "md"
	formatWord  = "docx"
	formatExcel = "xlsx"
	formatHTML  = "html"
)

func newReportCmd(inv *invocation) *cobra.Command {
	opts := reportOptions{invocation: inv}
	cmd := &cobra.Command{
		Use:  "report 季度",
		Args: cli.Exactly(1, "季度，如 2026Q3"),
		RunE: func(cmd *cobra.Command, args []string) error {
			var err error
			if opts.quarter, err = workday.ParseQuarter(args[0]); err != nil {
				return cli.Misuse("%s", err)
			}
			return runReport(cmd.Context(), opts)
		},
	}
	f := cmd.Flags()
	cli.PathVar(f, &opts.out, "out", "", "写入`文件`（默认：显示出来；docx 和 xlsx 写入 季度.docx、季度.xlsx）")
	f.BoolVar(&opts.freeze, "freeze", false, "把数字留存到 reports/季度.json")
	f.BoolVar(&opts.summary, "summary", false, "写出季度汇总，报送上级局")
	f.StringVar(&opts.unit, "unit", "", "季度汇总中本局的`名称`（默认：suqiu.yaml 的“名称”到“税务局”为止）")
	f.StringVar(&opts.code, "code", "", "季度汇总中本局在上级局的`代码`，如 JNQ")
	addEdition(cmd, &opts.edition)
	formats(cmd, inv, formatMD, formatWord, formatExcel, formatJSON, formatHTML)
	return cmd
}

func runReport(ctx context.Context, opts reportOptions) error {
	edition, err := view.ParseEdition(opts.edition)
	switch {
	case err != nil:
		return cli.Misuse("选项 --edition 的值不对：%s", err)
	case opts.freeze && opts.summary:
		return cli.Misuse("--freeze 和 --summary 不能一起用")
	case opts.summary && opts.code == "":
		return cli.Misuse("--summary 要写明本局在上级局的代码，例如 --code JNQ")
	case opts.summary && !config.IsCode(opts.code):
		return cli.Misuse("--code 由大写字母和数字组成，如 JNQ，现为“%s”", opts.code)
	case (opts.summary || opts.freeze) && opts.format != formatMD && !opts.json():
		return cli.Misuse("--summary 和 --freeze 写出的是 JSON，不能用 --format %s", opts.format)
	}
	d, err := opts.load(ctx)
	if err != nil {
		return err
	}
	if opts.quarter.First() > d.AsOf {
		return fmt.Errorf("截至 %s，%s 还没有开始", d.AsOf, opts.quarter)
	}
	switch {
	case opts.freeze:
		return opts.freezeQuarter(d)
	case opts.summary:
		return opts.writeSummary(d)
	}
	data, err := opts.render(d, edition)
	if err != nil {
		return err
	}
	binary := opts.format == formatWord || opts.format == formatExcel
	if opts.out == "" && binary {
		opts.out = opts.quarter.String() + "." + opts.format
	}
	return opts.deliver(opts.out, data)
}

// render draws the report in the format asked for.
func (opts *reportOptions) render(d *register.Register, edition view.Edition) ([]byte, error) {
	options := report.Options{Supervision: edition == view.Supervision}
	if opts.json() {
		return report.Publish(d, opts.quarter, options, tool).Encode()
	}
	doc := report.Compose(d, opts.quarter, options)
	var b bytes.Buffer
	var err error
	switch opts.format {
	case formatWord:
		err = doc.Word(&b)
	case formatExcel:
		err = doc.Excel(&b)
	case formatHTML:
		err = site.WriteReport(&b, doc)
	default:
		b.Write(doc.Markdown())
	}
	return b.Bytes(), err
}

// deliver writes a result to the file that was named, else prints it. "-" is
// standard output, for another program.
func (inv *invocation) deliver(out string, data []byte) error {
	if out == "" || out == "-" {
		to := inv.Stdout
		if inv.json() || out == "-" {
			to = inv.data
		}
		_, err := to.Write(data)
		return err
	}
	if err := worktree.Replace(out, data); err != nil {
		return err
	}
	inv.note("已写入 %s", out)
	return nil
}

// freezeQuarter keeps the figures of a finished quarter in the work tree, for
// the office to land.
func (opts *reportOptions) freezeQuarter(d *register.Register) error {
	name := "reports/" + opts.quarter.String() + ".json"
	switch {
	case d.AsOf <= opts.quarter.Last():
		return fmt.Errorf("%s 到 %s 才结束，结束以后再留存", opts.quarter, opts.quarter.Last())
	case d.Source(name) != nil:
		return fmt.Errorf("%s 的数字已经留存在 %s；以后的更正会与它并列显示。确需重新发布的，请先删除该文件并提交", opts.quarter, name)
	}
	if err := opts.heard(d); err != nil {
		return err
	}
	if list := appraisal.Of(d, opts.quarter).Unmatched; len(list) > 0 {
		x := list[0]
		return fmt.Errorf("%s“%s”对“%s”的申辩没有对应的扣分，核实结论不起作用；请核对 appraisal/%s.md 中的单位、诉求和扣分项（suqiu appraisal %s 列出全部扣分）",
			x.Unit, cmp.Or(x.Case, "本单位"), x.Item, opts.quarter, opts.quarter)
	}
	// The repository is read by every unit: what is 仅要素 has no title here.
	data, err := report.Publish(d, opts.quarter, report.Options{}, tool).Encode()
	if err != nil {
		return err
	}
	if opts.out == "" {
		opts.out = filepath.Join(opts.dir, filepath.FromSlash(name))
	}
	return opts.deliver(opts.out, data)
}

// heard makes sure that the quarter's appraisal has been published, that the
// units have had their days to answer it and all answers are decided, and that no
// 月度报送 may be received any more.
func (opts *reportOptions) heard(d *register.Register) error {
	q := opts.quarter
	if until := report.Awaits(d, q); d.AsOf <= until {
		return fmt.Errorf("%s 最后一个月的月度报送到 %s 还可能收到（含收件宽限），其后再留存", q, until)
	}
	i := slices.IndexFunc(d.Appraisals, func(a *register.Appraisal) bool { return a.Quarter == q })
	if i < 0 {
		return fmt.Errorf("appraisal/%s.md 还没有入库：留存以前先公布本季度考评，给各单位 %d 个工作日申辩；请新建该文件，只写“季度: %s”并提交（扣分明细见 suqiu appraisal %s）",
			q, d.Config.Limits.Plea, q, q)
	}
	a := d.Appraisals[i]
	if len(a.Problems) > 0 {
		return fmt.Errorf("%s 第 %d 行：%s；请先改好，其中的核实结论才算数", a.Path, a.Problems[0].Line, a.Problems[0].Message)
	}
	if until := d.Config.Calendar.Add(a.Landed, d.Config.Limits.Plea); d.AsOf <= until {
		return fmt.Errorf("%s 于 %s 入库，申辩到 %s 为止（时限“申辩”：%d 个工作日），其后再留存", a.Path, a.Landed, until, d.Config.Limits.Plea)
	}
	for _, p := range a.Pleas {
		if p.Verdict == "" {
			return fmt.Errorf("%s 中“%s”的申辩还没有核实结论；请先填写 核实结论: %s", a.Path, p.Unit, strings.Join(papers.Verdicts(), "、"))
		}
	}
	return nil
}

func (opts *reportOptions) writeSummary(d *register.Register) error {
	if d.AsOf <= opts.quarter.Last() {
		return fmt.Errorf("%s 到 %s 才结束，结束以后再报送", opts.quarter, opts.quarter.Last())
	}
	unit := opts.unit
	if unit == "" {
		unit = report.Bureau(d.Config.Name)
	}
	figures := report.Compute(d, opts.quarter)
	data, err := papers.WriteSummary(report.Summary(d, &figures, unit, opts.code, tool))
	if err != nil {
		return err
	}
	return opts.deliver(opts.out, data)
}
