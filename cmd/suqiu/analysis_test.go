package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestAnalysisInASheet: the office takes a month's cases home in a sheet, fills in
// what it makes of them, and what comes back is one commit of steps, judged like any
// other. What is wrong is told by row and column, and then nothing is written.
func TestAnalysisInASheet(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "analysis.git")
	gitIn(t, t.TempDir(), "clone", "-q", "--bare", sample(t), dir)
	file := filepath.Join(t.TempDir(), "分析.xlsx")
	var ids []string
	for _, title := range []string{"热线无人接听", "窗口排队时间过长", "发票代开资料不明", "缴费凭证打印失败"} {
		out := byCommand(t, dir, act{"10-09", "a@nfzx.example", "new 标题=" + title +
			" 性质=诉求 渠道=12366热线 收集日期=2026-10-08 诉求内容=纳税人反映。"})
		ids = append(ids, out[strings.Index(out, "202610-"):][:len("202610-NFZX-001")])
	}
	asPerson(t, dir, act{"10-12", office, "export --pending-analysis --month 2026-10 --out " + file}, exitClean)
	whole := opened(t, file)
	rows, err := whole.GetRows("研判分析")
	if err != nil || len(rows) != len(ids)+1 {
		t.Fatalf("%d rows: %v", len(rows), err)
	}
	lists, err := whole.GetDataValidations("研判分析")
	if err != nil || !slices.ContainsFunc(lists, func(v *excelize.DataValidation) bool {
		return strings.HasPrefix(v.Formula1, "'选项'!")
	}) {
		t.Errorf("there are no choices: %v %v", lists, err)
	}
	units, _ := whole.GetCols("选项")
	if !slices.ContainsFunc(units, func(c []string) bool {
		return c[0] == "承办单位" && slices.Contains(c, "信息中心")
	}) {
		t.Errorf("the choices are %v", units)
	}
	locked, _ := whole.GetSheetProtection("研判分析")
	if style, _ := whole.GetCellStyle("研判分析", "G2"); locked.SelectLockedCells != true && style == 0 {
		t.Error("the sheet is not locked")
	}
	title := func(name string) string {
		i := slices.Index(rows[0], name)
		if i < 0 {
			t.Fatalf("no column %s in %v", name, rows[0])
		}
		at, _ := excelize.ColumnNumberToName(i + 1)
		return at
	}
	push := map[string]string{"处理": "推送", "任务清单": "RW202610-02", "办理类别": "系统技术类", "涉及面": "中",
		"影响度": "中", "复杂度": "低", "紧急程度": "一般", "承办单位": "信息中心", "协办单位": "征管科、法制科",
		"限办天数": "8", "研判分析": "属系统问题。"}
	at := func(n int) string { return string(rune('0' + n)) }
	fill := func(row int, values map[string]string) {
		for name, value := range values {
			if err := whole.SetCellStr("研判分析", title(name)+at(row), value); err != nil {
				t.Fatal(err)
			}
		}
	}
	fill(2, push)
	fill(3, map[string]string{"处理": "不推送", "不推送原因": "仅供分析", "转办去向": "区局"})
	fill(4, map[string]string{"处理": "推送", "任务清单": "RW202610-02", "承办单位": "科信中心"})
	saved(t, whole, file)
	out := asPerson(t, dir, act{"10-12", office, "import --analysis " + file}, exitFindings)
	for _, want := range []string{"第 4 行 " + title("承办单位") + " 列“承办单位”（" + ids[2] + "）：“科信中心”不是",
		"第 4 行 " + title("涉及面") + " 列“涉及面”（" + ids[2] + "）：没有填写“涉及面”；可选：高、中、低",
		"什么都没有写"} {
		if !strings.Contains(out, want) {
			t.Errorf("it does not say %q:\n%s", want, out)
		}
	}
	if list := gitIn(t, dir, "branch", "--list", "suqiu/*"); list != "" {
		t.Errorf("there are branches: %s", list)
	}
	fill(4, map[string]string{"处理": "转入分析", "任务清单": "", "承办单位": "", "研判分析": "待核。"})
	saved(t, whole, file)
	asPerson(t, dir, act{"10-12", office, "import --analysis --dry-run " + respread(t, file)}, exitClean)
	out = byCommand(t, dir, act{"10-12", office, "import --analysis " + file})
	if !strings.Contains(out, "-分析（") {
		t.Errorf("the branch is not that of an analysis: %s", out)
	}
	if n := gitIn(t, dir, "show", "--format=", "--name-only", "main"); len(strings.Fields(n)) != 3 {
		t.Errorf("the commit changes %s", n)
	}
	for i, wants := range [][]string{{"状态: 已推送", "承办单位: 信息中心", "  - 征收管理科", "限办天数: 8",
		"属系统问题。"},
		{"状态: 不推送", "不推送原因: 仅供分析"}, {"状态: 分析中", "待核。"}, {"状态: 已登记"}} {
		text := gitIn(t, dir, "show", "main:cases/2026/10/"+ids[i]+".md")
		for _, want := range wants {
			if !strings.Contains(text, want) {
				t.Errorf("%s does not say %q:\n%s", ids[i], want, text)
			}
		}
	}
	asPerson(t, dir, act{"10-12", "a@xxzx.example", "import --analysis " + file}, exitFindings)
}

func opened(t *testing.T, file string) *excelize.File {
	t.Helper()
	f, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func saved(t *testing.T, f *excelize.File, file string) {
	t.Helper()
	if err := f.SaveAs(file); err != nil {
		t.Fatal(err)
	}
}

// respread is the file as LibreOffice saves it, if there is one.
func respread(t *testing.T, file string) string {
	t.Helper()
	soffice, err := exec.LookPath("soffice")
	if err != nil || os.Getenv("SUQIU_LONG") == "" {
		return file
	}
	dir := t.TempDir()
	if out, err := exec.Command(soffice, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless",
		"--convert-to", "xlsx", "--outdir", dir, file).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return filepath.Join(dir, filepath.Base(file))
}
