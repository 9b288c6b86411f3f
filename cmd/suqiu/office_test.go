package main

import (
	"context"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"suqiu/internal/cli"
)

// TestOfficeFiles opens what is written in LibreOffice, prints it to PDF and
// reads that: a file that Word would have to repair does not come so far.
func TestOfficeFiles(t *testing.T) {
	t.Parallel()
	for _, tool := range []string{"soffice", "pdftotext", "pdfinfo"} {
		if _, err := exec.LookPath(tool); err != nil {
			if os.Getenv("CI") != "" {
				t.Fatalf("%s is not installed: .ci/install does it", cli.Tool)
			}
			t.Skipf("%s is not installed", cli.Tool)
		}
	}
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	dir, out := sample(t), t.TempDir()
	files := []struct {
		name  string
		args  []string
		pages string   // as pdfinfo says; empty: any number
		texts []string // in this order, blanks aside
		not   []string
	}{
		{"说明单.docx", []string{"form", "202609-NFZX-005", "说明单"}, "1", []string{
			"税费服务诉求和舆情分析办理情况说明单", "填报单位：货物和劳务税科", "填报日期：2026年9月28日",
			"202609-NFZX-005", "RW202609-02",
			"■异议", "□无法解决", "□协商未达成一致", "财产和行为税科", "承办单位", "经办人签字：", "联席会议",
			"召集人签字：", "—1—"}, nil},
		{"延期.docx", []string{"form", "202607-ZSGLK-001", "延期申请单"}, "1", []string{
			"税费服务诉求和舆情分析办理延期申请单", "2026年7月24日", "20个工作日", "（至2026年8月21日）", "决定：同意",
			"依据：CQ2026-"}, nil},
		{"空白.docx", []string{"form", "202609-NFZX-005", "《税费服务诉求和舆情分析办理延期申请单》"}, "1", []string{
			"税费服务诉求和舆情分析办理延期申请单", "202609-NFZX-005", "个工作日", "延期原因"}, []string{"决定："}},
		{"改进.docx", []string{"form", "202608-NSFWK-003", "督促改进单"}, "1",
			[]string{"督促改进单", "不满意", "完成期限", "2026年10月12日", "改进情况"}, nil},
		{"清单.docx", []string{"form", "RW202609-02", "任务清单"}, "2", []string{"任务清单", "（RW202609-02）",
			"共11项，在办11项", "签收", "政策业务类（4项）", "202609-NFZX-005"}, nil},
		{"清单.xlsx", []string{"form", "货物和劳务税科", "任务清单", "--month", "2026-09", "--format", "xlsx"}, "1",
			[]string{"货物和劳务税科2026年9月", "202609-NFZX-005", "2026-09-23"}, nil},
		{"会议.docx", []string{"meeting", "pack", "HY2026-08"}, "", []string{
			"联席会议材料", "一、会议安排", "二、会议议程", "三、上次议定事项落实情况", "HY2026-07", "四、议题材料",
			"202609-NSFWK-001", "研究意见",
			"联席会议纪要", "议定：", "联席会议办公室"}, nil},
		{"风险点.docx", []string{"risks", "2026-07", "--unit", "信息中心"}, "1", []string{
			"税费服务诉求和舆情风险点转送单", "（2026年7月）", "信息中心：", "风险点1个", "征期最后两日", "征收管理科",
			"第一税务分局", "签收人"}, []string{"集宁区税务局"}},
		{"汇总.docx", []string{"aggregate", "--quarter", "2026Q2", "--as-of", "2026-09-30", dir}, "", []string{
			"2026年第二季度税费服务诉求和舆情办理情况汇总表",
			"乌兰察布市税务局（本级）、集宁区税务局、丰镇市税务局、四子王旗税务局", "不作排名", "表1主要数字", "合计",
			"表2任务平衡和时限", "表4评估和时长", "表5月报", "月报及时率", "表7分渠道登记（件）", "12366热线"}, nil},
		{"汇总.xlsx", []string{"aggregate", "--quarter", "2026Q2", "--as-of", "2026-09-30", dir}, "",
			[]string{"1主要数字", "集宁区税务局", "合计", "7分渠道登记（件）"}, nil},
		{"台账.xlsx", []string{"export", "--edition", "公开"}, "", []string{"税费服务诉求和舆情办理台账", "编号",
			"标题", "202609-NFZX-005"}, nil},
	}
	convert := []string{"--headless", "-env:UserInstallation=" +
		(&url.URL{Scheme: "file", Path: filepath.Join(out, "profile")}).String(), "--convert-to", "pdf", "--outdir",
		out}
	for _, f := range files {
		name := filepath.Join(out, f.name)
		args := append(f.args, "-C", dir, "--out", name)
		if f.args[0] == "risks" || f.args[0] == "aggregate" { // they write text as well
			args = append(args, "--format", strings.TrimPrefix(filepath.Ext(name), "."))
		}
		if code, _, errs := invoke(t.Context(), args...); code != exitClean {
			t.Fatalf("%v: code %d, %s", f.args, code, errs)
		}
		// LibreOffice names a PDF after its source without the ending.
		if strings.HasSuffix(name, ".xlsx") {
			renamed := strings.TrimSuffix(name, ".xlsx") + "表.xlsx"
			if err := os.Rename(name, renamed); err != nil {
				t.Fatal(err)
			}
			name = renamed
		}
		convert = append(convert, name)
	}
	run := func(name string, args ...string) string {
		ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
		defer cancel()
		text, err := exec.CommandContext(ctx, name, args...).CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, text)
		}
		return string(text)
	}
	run("soffice", convert...)
	for _, f := range files {
		pdf := filepath.Join(out, strings.TrimSuffix(strings.Replace(f.name, ".xlsx", "表.xlsx", 1),
			filepath.Ext(f.name))+".pdf")
		if info := strings.Fields(run("pdfinfo", pdf)); f.pages != "" && !strings.Contains(strings.Join(info, " "),
			"Pages: "+f.pages+" ") {
			t.Errorf("%s: %v, want %s pages", f.name, info, f.pages)
		}
		text := strings.Join(strings.Fields(run("pdftotext", "-layout", pdf, "-")), "")
		rest := text
		for _, want := range f.texts {
			_, after, found := strings.Cut(rest, strings.ReplaceAll(want, " ", ""))
			if !found {
				t.Errorf("%s: no %q after what stands before it in\n%s", f.name, want, text)
				break
			}
			rest = after
		}
		for _, not := range f.not {
			if strings.Contains(text, not) {
				t.Errorf("%s says %q", f.name, not)
			}
		}
	}
}
