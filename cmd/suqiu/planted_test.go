package main

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"suqiu/internal/cli"
	"suqiu/internal/gittest"
	"suqiu/internal/workday"
)

// planted are numbers and addresses of every kind, made up. No command shows one.
var planted = []string{"13912345678", "139 8765 4321", "152601198805123025", "6222021234567890128",
	"91150900MA0N1ABC5K", "wangwu88@163.com", "E12345678", "zhangsan8899", "0474-8234567"}

// allPlanted is a sentence with all of them.
func allPlanted() string {
	return "手机" + planted[0] + "或" + planted[1] + "，身份证" + planted[2] + "，卡号" + planted[3] + "，税号" +
		planted[4] + "，邮箱 " + planted[5] + "，护照" + planted[6] + "，微信号" + planted[7] + "，座机" + planted[8]
}

// plantedRepository has them in every text of a case and of the papers, in a file
// that cannot be read, in what a case once said and in a message; as landed, and
// once more on a branch and in the index.
func plantedRepository(t *testing.T) *gittest.Repository {
	t.Helper()
	config := settings(t)
	all := "'" + allPlanted() + "'"
	r := landedRepository(t, config)
	r.Run(`
at 2025-07-16 12:00
by 纳税服务科 <a@nsfwk.example>
new 202507-NFZX-002
set 202507-NFZX-002 '标题=来电` + planted[0] + `反映' 属地=集宁区 '主题=` + planted[2] + `' '原渠道单号=` + planted[0] +
		`'
section 202507-NFZX-002 诉求内容 ` + all + `
section 202507-NFZX-002 研判分析 ` + all + `
set 202507-NFZX-002 状态=已推送 任务清单=RW202507-02 办理类别=系统技术类 涉及面=高 影响度=中 复杂度=中 紧急程度=一般 承办单位=信息中心 协办单位=征收管理科
commit '推送 ` + planted[0] + `'
by 信息中心 <a@xxzx.example>
record 202507-NFZX-002 说明单 事由=异议 单位=信息中心 理由=` + all + ` 职责依据=` + all + ` 建议单位= 决定= 依据=
record 202507-NFZX-002 延期申请 申请天数=5 原因=` + all + ` 措施=` + all + ` 决定= 依据=
set 202507-NFZX-002 状态=异议待确认
commit 异议
by 征收管理科 <a@zsglk.example>
set 202507-NFZX-002 协办反馈.征收管理科.结果=` + all + `
commit 协办
by 纳税服务科 <a@nsfwk.example>
new 202507-NFZX-003
set 202507-NFZX-003 '性质=` + planted[0] + `' '承办单位=` + planted[2] + `' '渠道=` + planted[3] + `'
text cases/2025/07/202507-NFZX-004.md '---\n标题: [` + planted[0] + `\n  - ` + planted[2] + `\n---'
text meetings/HY2025-01.md '---\n编号: HY2025-01\n类型: 例会\n事由: ` + allPlanted() +
		`\n召开日期: 2025-07-10\n主持: 某\n议题:\n  - 事项: ` + allPlanted() + `\n    决定: ` + allPlanted() +
		`\n    责任单位: 信息中心\n    完成期限: 2025-07-11\n---\n\n` + allPlanted() + `'
text monthly/2025-06/NFZX.md '---\n单位: 纳税服务中心\n月份: 2025-06\n零报告: 否\n风险点:\n  - 内容: ` + allPlanted() +
		`\n    转送单位: 信息中心\n---\n\n` + allPlanted() + `'
text risks/2025-06.md '---\n月份: 2025-06\n风险点:\n  - 内容: ` + allPlanted() +
		`\n    提出单位: 纳税服务中心\n    转送单位: 信息中心\n    反馈: ` + allPlanted() + `\n---\n'
text submissions/2025Q2.md '---\n季度: 2025Q2\n报送:\n  - 报送对象: 区局\n    内容: ` + allPlanted() + `\n---\n'
text reports/2025Q3.md '## 三、热点难点\n\n` + allPlanted() + `\n'
commit 各处
new 202507-NFZX-007
set 202507-NFZX-007 办理类别=系统技术类
section 202507-NFZX-007 诉求内容 '<!-- suqiu:忽略 pii-phone 对外公布的电话 -->\n公布的 0474-8212345 打不通，请报 a@xxzx.example。'
section 202507-NFZX-007 研判分析 '来电` + planted[8] + `。'
commit 公布
branch change
new 202507-NFZX-005
section 202507-NFZX-005 诉求内容 ` + all + `
commit 登记
checkout main
`)
	r.Run("branch staged\nnew 202507-NFZX-006\nsection 202507-NFZX-006 诉求内容 " + all +
		"\ntext a.csv '标题,渠道,收集单位,收集日期,诉求内容\\n来电" + planted[0] +
		",12366热线,纳税服务中心,2025-07-15," + allPlanted() + "\\n" + planted[2] + "," + planted[3] +
		",无,x,y'\ngit add -A")
	return r
}

// TestNothingPlantedIsShown holds that everything that shows a line of a file shows
// it with numbers and addresses masked: every command in every format, both
// editions of the site with their Word, Excel, feeds and search, and both hooks
// (issue L, 1.3).
func TestNothingPlantedIsShown(t *testing.T) {
	r := plantedRepository(t)
	out := t.TempDir()
	t.Chdir(out) // where files without a name of their own are written
	written := 0
	check := func(name string, data []byte) {
		t.Helper()
		written++
		for _, number := range planted {
			if i := bytes.Index(data, []byte(number)); i >= 0 {
				t.Errorf("%s shows %s: …%s…", name, number, data[max(0, i-80):min(len(data), i+40)])
			}
		}
	}
	shows := func(stdin string, args ...string) {
		t.Helper()
		var stdout, stderr bytes.Buffer
		run(t.Context(), append([]string{"-C", r.Dir}, args...), cli.Env{
			Stdin: strings.NewReader(stdin), Stdout: &stdout, Stderr: &stderr,
			Index:      filepath.Join(r.Dir, ".git", "index"),
			GitEnviron: environ("a@nsfwk.example", workday.New(2025, 7, 17).Start().Add(9*time.Hour)),
			Now:        func() time.Time { return workday.New(2025, 7, 17).Start().Add(9 * time.Hour) },
		})
		if stdout.Len()+stderr.Len() == 0 && !slices.Contains(args, "--out") {
			t.Errorf("%v says nothing", args)
		}
		check(strings.Join(args, " "), stdout.Bytes())
		check(strings.Join(args, " ")+" (stderr)", stderr.Bytes())
	}
	const id = "202507-NFZX-002"
	file := func(name string) string { return filepath.Join(out, name) }
	commands := map[string][][]string{
		"check":   {{"check", "--all"}, {"check", "--base", "refs/heads/main", "--ref", "refs/heads/change"}},
		"overdue": {{"overdue"}}, "remind": nil,
		"show": {{"show", id}, {"show", "202507-NFZX-003"}, {"show", "202507-NFZX-004"}}, "list": {{"list"}},
		"report":    {{"report", "2025Q3", "--out", file("report")}, {"report", "2025Q3"}},
		"appraisal": {{"appraisal", "2025Q3", "--out", file("appraisal")}, {"appraisal", "2025Q3"}},
		"meeting":   {{"meeting"}, {"meeting", "pack", "HY2025-01", "--out", file("pack.docx")}, {"meeting", "new"}},
		"monthly":   {{"monthly"}, {"monthly", "2025-06"}},
		"risks":     {{"risks"}, {"risks", "2025-06"}, {"risks", "2025-06", "--out", file("risks")}},
		"aggregate": {{"aggregate", r.Dir, "--quarter", "2025Q3"}},
		"build":     {{"build", "--out", file("public")}, {"build", "--edition", "监督", "--out", file("supervision")}},
		"form": {{"form", id, "说明单", "--out", file("form")}, {"form", id, "延期申请单", "--out", file("form2")},
			{"form", "任务清单", "RW202507-02", "--out", file("form3")}},
		"export": {{"export", "--out", file("ledger")}, {"export", "--edition", "公开", "--out", file("ledger2")}},
		"import": {{"import", "--dry-run", filepath.Join(r.Dir, "a.csv")}, {"import", "--dry-run", "--skip-bad",
			filepath.Join(r.Dir, "a.csv")}},
		"fmt": {{"fmt", "-l"}, {"fmt", "--check"}}, "hook": nil, "workday": {{"workday", "2025-07-18"}},
		"calendar": nil, "doctor": {{"doctor"}}, "seal": nil, "migrate": nil,
		"rules": {{"rules"}}, "explain": {{"explain", "pii-phone"}}, "schema": {{"schema"}},
		"renumber": {{"renumber", "--dry-run", "cases/2025/07/202507-NFZX-006.md"}},
		"verify":   {{"verify", r.Rev("main")[:16]}}, "serve": nil, "demo": nil, "init": nil, "help": nil,
		"completion": nil,
		"new": {{"new", "--dry-run", "标题=来电" + planted[0] + "反映", "性质=诉求", "渠道=12366热线",
			"收集日期=2025-07-16",
			"诉求内容=" + allPlanted()}, {"new", "性质=" + planted[2]}},
		"step": {{"step"}, {"step", id}, {"step", id, "异议不成立", "依据=HY2025-01", "--dry-run"},
			{"step", id, "异议不成立", "依据=" + allPlanted()}, {"step", id, planted[0] + "=" + planted[2]},
			{"step", id, planted[0]}, {"step", "202507-NFZX-007", "督办", "单位=" + planted[2], "内容=" + planted[3]}},
	}
	tree := newRoot(&invocation{})
	for _, cmd := range tree.Commands() {
		lines, known := commands[cmd.Name()]
		if !known {
			t.Errorf("what does %s show?", cmd.Name())
		}
		kinds := []string{""}
		if listed := cmd.Annotations[cli.FormatsAnnotation]; listed != "" {
			kinds = strings.FieldsFunc(strings.ReplaceAll(listed, " 或 ", "、"), func(r rune) bool { return r == '、' })
		}
		for _, line := range lines {
			for _, kind := range kinds {
				args := slices.Clone(line)
				if kind != "" {
					args = append(args, "--format", kind)
				}
				if !slices.Contains([]string{"import", "fmt", "renumber"}, cmd.Name()) &&
					!slices.Contains(args, "--ref") {
					args = append(args, "--ref", "refs/heads/main")
				}
				if i := slices.Index(args, "--out"); i >= 0 && cmd.Name() != "build" {
					args[i+1] += "." + kind
				}
				shows("", args...)
			}
		}
	}
	zero := strings.Repeat("0", 40)
	shows("", "hook", "pre-commit")
	shows(r.Rev("main")+" "+r.Rev("change")+" refs/heads/main\n", "hook", "pre-receive")
	shows(zero+" "+r.Rev("change")+" refs/heads/change\n", "hook", "pre-receive")
	files := 0
	err := filepath.WalkDir(out, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		files++
		check(name, data)
		if parts, err := zip.NewReader(bytes.NewReader(data), int64(len(data))); err == nil {
			for _, f := range parts.File {
				in, err := f.Open()
				if err != nil {
					return err
				}
				text, err := io.ReadAll(in)
				if err != nil {
					return err
				}
				check(name+"!"+f.Name, text)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 100 || written < 200 {
		t.Errorf("only %d files and %d outputs were looked into", files, written)
	}
	// What a 忽略 lets stand is shown where it stands, and an office's address.
	public, err := os.ReadFile(filepath.Join(out, "supervision", "cases", "202507-NFZX-007.html"))
	for _, want := range []string{"0474-8212345", "a@xxzx.example", "来电047＊-＊＊＊4567"} {
		if !bytes.Contains(public, []byte(want)) {
			t.Errorf("the page lacks %s: %v", want, err)
		}
	}
	// The test can fail: the site tells of the case, with what is left of a number.
	page, err := os.ReadFile(filepath.Join(out, "supervision", "cases", id+".html"))
	if err != nil || !bytes.Contains(page, []byte("139＊＊＊＊5678")) {
		t.Errorf("the page of the case: %v %.300s", err, page)
	}
}
