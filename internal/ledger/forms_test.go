package ledger

import (
	"archive/zip"
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"suqiu/internal/mdfile"
	"suqiu/internal/office"
	"suqiu/internal/record"
)

// What is expected here is written from issue L 3.1, point by point.

func TestExcelForms(t *testing.T) {
	good := []any{"发票额度调整无进度", "12366热线", "2026-07-05", "CP001"}
	other := []any{"窗口叫号重复取号", "投诉", "2026-07-06", "CP002"}
	for _, c := range []struct {
		name, sheet string
		data        []byte
		titles      []string
		faults      []string
		told        []string
		ignored     []string
		err         string
	}{
		{name: "1904", data: book(t, func(f *excelize.File) {
			yes := true
			must(t, f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}))
			must(t, f.SetCellValue("7月", "C2", 44756)) // 2026-07-15 in that calendar
		}, "7月", [][]any{plainHead, good}), titles: []string{"发票额度调整无进度"}},
		{name: "a number of 18 digits",
			data: book(t, nil, "7月",
				[][]any{plainHead, good, {"窗口叫号重复取号", "投诉", "2026-07-06", 471202607150031000}}),
			titles: []string{"发票额度调整无进度"},
			faults: []string{"工作表“7月”第 3 行 D 列（原渠道单号）：“471202607150031000”是当作数值存的长号码，第 15 " +
				"位以后 Excel 不保留，可能已经不对；请先把这一列的单元格格式设为“文本”，再照原件重填"}},
		{name: "a number of 15 digits, one as text",
			data: book(t, nil, "7月", [][]any{plainHead, {"窗口叫号重复取号", "投诉", "2026-07-06", 471202607150031},
				{"发票额度调整无进度", "投诉", "2026-07-06", "471202607150031000"}}),
			titles: []string{"发票额度调整无进度"},
			faults: []string{"工作表“7月”第 2 行 D 列（原渠道单号）：“471202607150031”是当作数值存的长号码，第 15 " +
				"位以后 Excel 不保留，可能已经不对；请先把这一列的单元格格式设为“文本”，再照原件重填"}},
		{name: "error cells", data: book(t, nil, "7月", [][]any{plainHead, good, {"#REF!", "投诉", "#N/A", "#VALUE!"}}),
			titles: []string{"发票额度调整无进度"},
			faults: []string{"工作表“7月”第 3 行 A 列（标题）：“#REF!”是公式出错的结果，不是内容；" +
				"请把这一格改成要写的文字",
				"工作表“7月”第 3 行 C 列（收集日期）：“#N/A”是公式出错的结果，不是内容；请把这一格改成要写的文字",
				"工作表“7月”第 3 行 D 列（原渠道单号）：“#VALUE!”是公式出错的结果，不是内容；" +
					"请把这一格改成要写的文字"}},
		{name: "hidden row and column, struck out", data: book(t, func(f *excelize.File) {
			must(t, f.SetRowVisible("7月", 2, false))
			must(t, f.SetColVisible("7月", "D", false))
			id, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Strike: true}})
			must(t, err)
			must(t, f.SetCellStyle("7月", "A3", "A3", id))
		}, "7月", [][]any{plainHead, good, other}), titles: []string{"发票额度调整无进度", "窗口叫号重复取号"},
			told: []string{"隐藏的列也读了：D 列（原渠道单号）", "隐藏的行也读了：第 2 行；不要的请删去这些行",
				"有划掉的文字，照原文读了：第 3 行标题；作废的请删去"}},
		{name: "a part struck out", data: book(t, func(f *excelize.File) {
			must(t, f.SetCellRichText("7月", "A2", []excelize.RichTextRun{{Text: "发票额度"},
				{Text: "调整", Font: &excelize.Font{Strike: true}}}))
		}, "7月", [][]any{plainHead, good}), titles: []string{"发票额度调整"},
			told: []string{"有划掉的文字，照原文读了：第 2 行标题；作废的请删去"}},
		{name: "a hidden sheet", data: book(t, func(f *excelize.File) { must(t, f.SetSheetVisible("6月", false)) },
			"7月", [][]any{plainHead, good}, "6月", [][]any{plainHead, other}),
			titles: []string{"发票额度调整无进度"},
			told:   []string{"隐藏的工作表没有读：6月；要导入的请另用 --sheet 写明"}},
		{name: "a hidden sheet asked for", sheet: "6月",
			data: book(t, func(f *excelize.File) { must(t, f.SetSheetVisible("6月", false)) }, "7月",
				[][]any{plainHead, good}, "6月", [][]any{plainHead, other}),
			titles: []string{"窗口叫号重复取号"}},
		{name: "two ledgers", data: book(t, nil, "7月", [][]any{plainHead, good}, "8月", [][]any{plainHead, other}),
			err: "有 2 个工作表像是台账：7月、8月；请用 --sheet 写明导入哪一个，每次一个，如 --sheet 7月"},
		{name: "a cover before the ledger", data: book(t, nil, "封面", [][]any{{"税费服务诉求台账"}, {"2026年7月"}},
			"明细", [][]any{plainHead, good}), titles: []string{"发票额度调整无进度"}},
		{name: "no such sheet", sheet: "9月", data: book(t, nil, "7月", [][]any{plainHead, good}),
			err: "没有工作表“9月”，有：7月"},
		{name: "a merged head of two lines", data: book(t, func(f *excelize.File) {
			for _, ref := range [][2]string{{"A1", "F1"}, {"A2", "A3"}, {"B2", "B3"}, {"C2", "D2"}, {"E2", "F2"}} {
				must(t, f.MergeCell("7月", ref[0], ref[1]))
			}
		}, "7月", [][]any{{"2026年7月诉求台账"}, {"序号", "诉求标题", "收集", "", "办结", ""},
			{"", "", "渠道", "日期", "单位", "日期"},
			{1, "发票额度调整无进度", "12366热线", "2026-07-05", "信息中心", "2026-08-05"}}),
			titles: []string{"发票额度调整无进度"}, ignored: []string{"序号", "办结·单位", "办结·日期"}},
		{name: "two groups with a day each", data: book(t, nil, "7月", [][]any{{"", "基本情况", "", "", "办理情况", ""},
			{"序号", "标题", "渠道", "日期", "承办单位", "日期"},
			{1, "发票额度调整无进度", "12366热线", "2026-07-05", "信息中心", "2026-08-05"}}),
			titles: []string{"发票额度调整无进度"}, ignored: []string{"序号", "办理情况·承办单位", "办理情况·日期"}},
		{name: "two days that nothing tells apart",
			data: book(t, nil, "7月", [][]any{{"标题", "渠道", "受理时间", "登记时间"},
				{"发票额度调整无进度", "投诉", "2026-07-05", "2026-07-05"}}),
			err: "工作表“7月”第 1 行有两列都像“收集日期”：C 列“受理时间”、D 列“登记时间”；请只留一列"},
		{name: "content without a title",
			data: book(t, nil, "7月", [][]any{{"反映时间", "渠道", "诉求内容"}, {"2026-07-05", "投诉", "发票额度"}}),
			err: "表头（第 1 行）缺少“标题”列；请补上，或把意思相同的列名改成它；有了“诉求内容”也要有“标题”，" +
				"每件用一句话概括"},
		{name: "another unit's channel", data: book(t, nil, "7月", [][]any{{"标题", "渠道", "收集日期", "收集单位"},
			{"发票额度调整无进度", "投诉", "2026-07-05", "征管科"}}),
			faults: []string{"工作表“7月”第 2 行 B 列（渠道）：“征收管理科”没有渠道“投诉”，有：" +
				"差评（电子税务局及APP）、5C和5R指标分析、日常工作；这个渠道由“纳税服务科”收集，请改“收集单位”，" +
				"或把它留空"}},
		{name: "all faults of a line at once", data: book(t, nil, "7月", [][]any{plainHead, {"短", "抖音", "7月5日"}}),
			faults: []string{"工作表“7月”第 2 行 B 列（渠道）：没有渠道“抖音”；请写成 suqiu.yaml 中的渠道名，如 " +
				"办税服务厅",
				"工作表“7月”第 2 行 C 列（收集日期）：“7月5日”没有四位的年份，日期应写成 2026-07-15 的样子",
				"工作表“7月”第 2 行 A 列（标题）：“标题”有 1 个字，应当在 4 至 60 个字之间，写在一行；" +
					"请用一句话概括诉求，不写姓名和企业名称"}},
		{name: "merged cells below the head",
			data: book(t, func(f *excelize.File) { must(t, f.MergeCell("7月", "B2", "B3")) }, "7月",
				[][]any{plainHead, good, {"窗口叫号重复取号", "", "2026-07-06", "CP002"}}),
			titles: []string{"发票额度调整无进度"},
			faults: []string{"工作表“7月”第 3 行 B 列（渠道）：没有填写：这一格在合并单元格里；请取消合并，" +
				"每一行都填上"}},
		{name: "sums, signatures, empty and repeated lines",
			data: book(t, nil, "7月", [][]any{{"序号", "标题", "渠道", "收集日期"},
				{1, "发票额度调整无进度", "投诉", "2026-07-05"}, {2}, {"序号", "标题", "渠道", "收集日期"},
				{3, "窗口叫号重复取号", "投诉", "2026-07-06"},
				{"合  计", "2 件"}, {"填表人：张三", "", "", "审核人：李四"}}),
			titles: []string{"发票额度调整无进度", "窗口叫号重复取号"}, ignored: []string{"序号"},
			told: []string{"没有读的行，各列都空着：第 3 行", "没有读的行，是重复的表头：第 4 行",
				"没有读的行，不是事项：第 6 行（合计）、第 7 行（填表人）"}},
		{name: "a sum of which only the title column tells",
			data:   book(t, nil, "7月", [][]any{plainHead, good, {"合计", 1}}),
			titles: []string{"发票额度调整无进度"}, told: []string{"没有读的行，不是事项：第 3 行（合计）"}},
		{name: "a column without a title",
			data:   book(t, nil, "7月", [][]any{plainHead, append(slices.Clone(good), "要紧")}),
			titles: []string{"发票额度调整无进度"}, ignored: []string{"E 列（没有列名）"}},
		{name: "no head", data: book(t, nil, "7月", [][]any{{"甲", "乙"}}), err: "工作表“7月”没有找到表头"},
		{name: "a head that lacks a column",
			data: book(t, nil, "7月", [][]any{{"标题", "渠道"}, {"发票额度调整无进度", "投诉"}}),
			err:  "工作表“7月”表头（第 1 行）缺少“收集日期”列；请补上"},
	} {
		plan, err := importData(t, c.data, c.sheet)
		if err != nil || c.err != "" {
			if err == nil || c.err == "" || !strings.Contains(err.Error(), c.err) {
				t.Errorf("%s: %v, want %q", c.name, err, c.err)
			}
			continue
		}
		for what, pair := range map[string][2][]string{
			"titles": {c.titles, titlesOf(plan)}, "faults": {c.faults, faults(plan)}, "told": {c.told, plan.Told},
			"ignored": {c.ignored, plan.Ignored},
		} {
			if diff := cmp.Diff(pair[0], pair[1]); diff != "" && len(pair[0])+len(pair[1]) > 0 {
				t.Errorf("%s, %s (-want +got):\n%s", c.name, what, diff)
			}
		}
		if c.name == "1904" && plan.Cases[0].Collected.String() != "2026-07-15" {
			t.Errorf("1904: %s", plan.Cases[0].Collected)
		}
	}
}

// The same two lines in every form of a text file.
func TestTextForms(t *testing.T) {
	const text = "标题,渠道,收集日期,原渠道单号\n发票额度调整无进度,12366热线,2026-07-05,0471\n窗口叫号重复取号,投诉," +
		"2026-07-06,0472\n"
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(strings.ReplaceAll(text, ",",
		"\t"))
	must(t, err)
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(strings.ReplaceAll(text, ",", "；"))
	must(t, err)
	for name, data := range map[string]string{
		"comma": text, "BOM": "\ufeff" + text, "semicolon": strings.ReplaceAll(text, ",", ";"),
		"tab":              strings.ReplaceAll(text, ",", "\t"),
		"full-width comma": strings.ReplaceAll(text, ",", "，"), "full-width semicolon in GBK": gbk,
		"bar":     strings.ReplaceAll(text, ",", "|"),
		"CR only": strings.ReplaceAll(text, "\n", "\r"), "CRLF": strings.ReplaceAll(text, "\n", "\r\n"),
		"UTF-16":                utf16,
		"formula":               strings.NewReplacer("0471", `="0471"`, "0472", `="0472"`).Replace(text),
		"quoted formula":        strings.NewReplacer("0471", `"=""0471"""`).Replace(text),
		"a rule below the head": strings.Replace(strings.ReplaceAll(text, ",", "|"), "\n", "\n---|---|---|---\n", 1),
		"sep=":                  "sep=,\n" + text,
		"full-width": strings.NewReplacer("12366热线", "１２３６６热线", "2026-07-05",
			"２０２６－０７－０５", "0472", "０４７２").Replace(text),
	} {
		plan, err := importData(t, []byte(data), "")
		if err != nil || len(plan.Faults) > 0 {
			t.Errorf("%s: %v %v", name, err, plan)
			continue
		}
		var got []string
		for _, c := range plan.Cases {
			got = append(got, strings.Join([]string{c.ID, c.Title, c.Channel, c.Collected.String(), c.SourceNos[0]},
				"|"))
		}
		want := []string{"202607-NFZX-001|发票额度调整无进度|12366热线|2026-07-05|0471",
			"202607-NSFWK-001|窗口叫号重复取号|投诉|2026-07-06|0472"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	for name, c := range map[string][2]string{
		"signs alone": {strings.Replace(text, "12366热线", "、、", 1),
			"第 2 行 2 列（渠道）：没有渠道“、、”；请写成 suqiu.yaml 中的渠道名，如 办税服务厅"},
		"E+": {strings.Replace(text, "0471", "4.71203E+17", 1),
			"第 2 行 4 列（原渠道单号）：“4.71203E+17”是当作数值存的长号码，第 15 位以后 Excel 不保留，可能已经不对；" +
				"请照原件重填，在表格软件中先把这一列设为“文本”；号码本来就是这样的，写成 =\"4.71203E+17\""},
		"zeros": {strings.Replace(text, "0471", "471202607150031000", 1),
			"第 2 行 4 列（原渠道单号）：“471202607150031000”是当作数值存的长号码"},
		"more than the head": {strings.Replace(text, "0471", "0471,又一段", 1),
			"第 2 行：比表头多出内容“又一段”；文字里有分隔符的，请把整格用英文双引号括起来，或另存为 .xlsx 再导入"},
		"from tomorrow": {strings.Replace(text, "2026-07-05", "2026-12-02", 1),
			"第 2 行 3 列（收集日期）：收集日期“2026-12-02”晚于登记的日子（今天，2026-12-01）；请核对年、月、日"},
		"no year": {strings.Replace(text, "2026-07-05", "7月5日", 1),
			"第 2 行 3 列（收集日期）：“7月5日”没有四位的年份，日期应写成 2026-07-15 的样子"},
	} {
		plan, err := importData(t, []byte(c[0]), "")
		if err != nil || len(plan.Faults) != 1 || !strings.HasPrefix(plan.Faults[0].String(), c[1]) ||
			len(plan.Cases) != 1 {
			t.Errorf("%s: %v %v, want %s", name, err, plan, c[1])
		}
	}
	// The cure for long numbers is true.
	plan, err := importData(t, []byte(strings.Replace(text, "0471", `="471202607150031000"`, 1)), "")
	if err != nil || len(plan.Faults) > 0 || plan.Cases[0].SourceNos[0] != "471202607150031000" {
		t.Errorf("%v %+v", err, plan)
	}
}

// What is no ledger is called by its name.
func TestForeignFiles(t *testing.T) {
	zipOf := func(files ...string) string {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for i := 0; i < len(files); i += 2 {
			w, err := z.Create(files[i])
			must(t, err)
			_, err = w.Write([]byte(files[i+1]))
			must(t, err)
		}
		must(t, z.Close())
		return b.String()
	}
	wide := func(s string) string {
		var b strings.Builder
		for _, c := range []byte(s) {
			b.WriteString(string(rune(c)) + "\x00")
		}
		return b.String()
	}
	for want, data := range map[string]string{
		"网页（HTML）格式的表格，虽然可能叫 .xls": "\ufeff<html xmlns:x=\"urn:schemas-microsoft-com:" +
			"office:excel\"><table><tr><td>标题</td></tr></table></html>",
		"XML 格式的表格（XML 电子表格 2003），虽然可能叫 .xls": "<?xml version=\"1.0\"?><?mso-application " +
			"progid=\"Excel.Sheet\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>",
		"OpenDocument 表格（.ods）；请在 Excel": zipOf("mimetype",
			"application/vnd.oasis.opendocument.spreadsheet"),
		"Word 文档（.docx），不是表格":  zipOf("[Content_Types].xml", "", "word/document.xml", ""),
		"二进制的 Excel 文件（.xlsb）": zipOf("[Content_Types].xml", "", "xl/workbook.bin", ""),
		"这是压缩包":                zipOf("台账.xlsx", "PK"),
		"旧格式的 Excel 文件（.xls）":  oleHead + strings.Repeat("\x00", 600) + wide("Workbook"),
		"加了密码":                 oleHead + strings.Repeat("\x00", 600) + wide("EncryptedPackage"),
		"旧格式的 Word 文档（.doc）":   oleHead + strings.Repeat("\x00", 600) + wide("WordDocument"),
		"PDF 文件":               "%PDF-1.7",
		"这是图片":                 "\x89PNG\r\n",
		"这个文件是空的":              " \n",
		"不完整或已损坏":              zipOf("[Content_Types].xml", "", "xl/workbook.xml", ""),
	} {
		_, err := importData(t, []byte(data), "")
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
		if err != nil && strings.ContainsFunc(strings.NewReplacer("HTML", "", "XML", "", "Excel", "", "WPS", "",
			"OpenDocument", "", "Word", "", "PDF", "", ".xlsx", "", ".xlsb", "", ".xls", "", ".docx", "", ".doc", "",
			".ods", "").Replace(err.Error()),
			func(r rune) bool { return r >= 'a' && r <= 'z' }) {
			t.Errorf("English for the user: %v", err)
		}
	}
}

func TestParseDayForms(t *testing.T) {
	for typed, want := range map[string]string{
		"2026年7月15日 星期三": "2026-07-15", "2026年7月15日（周三）": "2026-07-15", "2026-07-15(星期三)": "2026-07-15",
		"２０２６年７月１５日": "2026-07-15", "２０２６／７／１５": "2026-07-15",
		"2026 年 7 月 15 日": "2026-07-15", "2026年7月15号": "2026-07-15", "2026.07.15.": "2026-07-15",
		"2026－07－15": "2026-07-15", "二〇二六年七月十五日": "2026-07-15", "二○二六年十二月三十一日": "2026-12-31",
		"2026/7/15 9:05": "2026-07-15", "2026年7月15日 上午9:05": "2026-07-15", "2026年7月15日9时5分": "2026-07-15",
		"2026-07-15 下午3点": "2026-07-15", "2026/7/15 3:05:09 PM": "2026-07-15",
		"2026-07-15　１０：３０":          "2026-07-15",
		"2026-07-15T10:30:00+08:00": "2026-07-15", "2026-07-15T10:30:00Z": "2026-07-15",
		"2026-07-15T20:30:00Z": "2026-07-16", "2026-07-15T20:30:00.123Z": "2026-07-16",
		"2026年2月30日": "", "26年7月15日": "", "7/15": "", "15/7/2026": "", "2026年7月": "",
		"2026-07-15至2026-07-16": "", "二〇二六年七月": "",
	} {
		got, err := parseDay(typed, excelDay)
		if got.String() != want || (err == nil) != (want != "") {
			t.Errorf("%q = %s, %v, want %s", typed, got, err, want)
		}
	}
}

// Text that Markdown would change is escaped: what was typed is what is shown.
func TestImportedText(t *testing.T) {
	pieces := []string{"纳税人反映", "3~5 个工作日", "~~删~~", "*要紧*", "**", "2*3*4", "# ", "1. ", "2) ", "- ", "+ ",
		"> ", "---", "===", "```", "`a`", "<br>", "<!-- suqiu:忽略 pii-phone 甲 -->", "&lt;", "\\", "[a](b)", "![a](b)",
		"|甲|乙|", "____", "_a_", "　　", "【甲】", "#5", "http://a.example/a_b_", "<a@b.example>"}
	cfg := testConfig(t)
	rapid.Check(t, func(t *rapid.T) {
		var typed []string
		for range rapid.IntRange(1, 4).Draw(t, "lines") {
			var b strings.Builder
			for range rapid.IntRange(1, 5).Draw(t, "pieces") {
				b.WriteString(rapid.SampledFrom(pieces).Draw(t, "piece"))
			}
			if line := strings.Trim(b.String(), " \u3000"); line != "" {
				typed = append(typed, line)
			}
		}
		c := &record.Case{ID: "202607-NFZX-001", Title: "发票额度调整无进度",
			Sections: []mdfile.Section{{Heading: "诉求内容", Text: body(strings.Join(typed, "\n"))}}}
		again := record.Parse("cases/2026/07/202607-NFZX-001.md", record.Print(c), cfg.Canon)
		if diff := cmp.Diff(strings.Join(typed, "\n"), office.Plain(again.Section("诉求内容"))); diff != "" {
			t.Fatalf("%q (-typed +shown):\n%s", c.Sections[0].Text, diff)
		}
		if strings.Contains(c.Sections[0].Text, "<!-- suqiu") {
			t.Fatal("a ledger suppresses a rule")
		}
	})
}
