package ledger

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/text/encoding/simplifiedchinese"

	"suqiu/internal/clock"
	"suqiu/internal/config"
	"suqiu/internal/mdfile"
	"suqiu/internal/record"
	"suqiu/internal/register"
	"suqiu/internal/timeline"
	"suqiu/internal/view"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

const organisation = `名称: 测试
格式: 1
单位:
  - {名称: 纳税服务科, 代码: NSFWK, 别名: [纳服科], 渠道: [办税服务厅, 投诉, 差评（办税厅和自助办税终端）], 角色: [联席办]}
  - {名称: 纳税服务中心, 代码: NFZX, 渠道: [12366热线, 12366网上留言, 网络舆情]}
  - {名称: 征收管理科, 代码: ZSGLK, 别名: [征管科], 渠道: [差评（电子税务局及APP）, 5C和5R指标分析, 日常工作]}
  - {名称: 信息中心, 代码: XXZX, 渠道: [日常工作]}
仅要素: [投诉]
`

func testConfig(t *testing.T) *config.Config {
	t.Helper()
	cfg := config.Parse("suqiu.yaml", []byte(organisation))
	if len(cfg.Problems) > 0 {
		t.Fatalf("%+v", cfg.Problems)
	}
	return cfg
}

// registration is the day on which the ledgers of these tests are read.
var registration = day0(12, 1)

func day0(month time.Month, day int) workday.Date { return workday.New(2026, month, day) }

// registerOf has a case with every kind of column, one that is 仅要素, and one
// that is deleted.
func registerOf(cfg *config.Config) *register.Register {
	full := &register.Case{
		Case: &record.Case{
			ID: "202607-NFZX-012", Title: "=HYPERLINK(1)，发票额度", Nature: "诉求", Channel: "12366热线",
			Collector: "纳税服务中心",
			Collected: day0(7, 15), Tickets: 9, Locality: "集宁区", Taxes: []string{"增值税", "契税"},
			Systems:   []string{"电子税务局", "金税系统"},
			SourceNos: []string{"0471202607", "0471202608"},
			SourceDue: day0(9, 30), TaskList: "RW202608-01", Category: "征管流程类", Lead: "征收管理科",
			Co:          []string{"信息中心", "纳税服务科"},
			Feedback:    []record.Feedback{{Result: "部分解决"}, {Result: "已解决"}},
			Evaluations: []record.Evaluation{{Result: "满意"}},
			Sections: []mdfile.Section{{Heading: "诉求内容",
				Text: "申请调增**额度**，\n三日未见进度。\n\n- 希望提示"}},
		},
		Registered: day0(7, 16),
	}
	full.Life = workflow.Life{
		State: workflow.Closed, Lead: "征收管理科", Pushes: 1,
		Events: []workflow.Event{{From: workflow.Evaluating, To: workflow.Closed,
			At: timeline.MomentOf(day0(8, 20).Start())}},
		Clocks: []clock.Clock{
			{Kind: clock.Feedback, Push: 1, Start: day0(8, 3), OriginalDue: day0(8, 17), Due: day0(8, 19),
				PausedDays: 2, Stopped: day0(8, 18), Status: clock.Met},
			{Kind: clock.Evaluate, Due: day0(9, 1)},
		},
	}
	secret := &register.Case{
		Case: &record.Case{ID: "202607-NSFWK-001", Title: "秘密标题", Nature: "诉求", Channel: "投诉",
			Collector: "纳税服务科", Collected: day0(7, 2), Tickets: 1,
			Sections: []mdfile.Section{{Heading: "诉求内容", Text: "秘密内容"}}},
		Life: workflow.Life{State: workflow.Registered},
	}
	gone := &register.Case{Case: &record.Case{ID: "202607-XXZX-001", Title: "删除的事项"}, Deleted: true}
	return register.New(cfg, day0(9, 30), []*register.Case{gone, secret, full}, nil)
}

func csvOf(t *testing.T, d *register.Register, e view.Edition) string {
	t.Helper()
	var b bytes.Buffer
	sheet := Sheet(slices.Values(view.Cases(d, e).Cases))
	if err := sheet.WriteCSV(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestLedger(t *testing.T) {
	d := registerOf(testConfig(t))
	got := csvOf(t, d, view.Supervision)
	if !strings.HasPrefix(got, "\ufeff编号,标题,") || strings.Count(got, "\n") != strings.Count(got, "\r\n") {
		t.Errorf("no mark, or lines that do not end in CRLF: %q", got)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(got, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 3 {
		t.Fatalf("%d rows, want a head and two cases", len(rows))
	}
	row := map[string]string{}
	for i, title := range rows[0] {
		row[title] = rows[1][i]
	}
	want := map[string]string{
		"编号": "202607-NFZX-012", "标题": "'=HYPERLINK(1)，发票额度", "性质": "诉求", "渠道": "12366热线",
		"收集单位": "纳税服务中心", "收集日期": "2026-07-15",
		"件数": "9", "属地": "集宁区", "税费种": "增值税、契税", "主题": "",
		"涉及系统": "电子税务局、金税系统", "原渠道单号": "0471202607、0471202608",
		"原渠道期限": "2026-09-30", "公开范围": "",
		"诉求内容": "申请调增额度，三日未见进度。\n· 希望提示", "状态": "已办结", "任务清单": "RW202608-01",
		"办理类别": "征管流程类",
		"涉及面":  "", "影响度": "", "复杂度": "", "紧急程度": "", "承办单位": "征收管理科",
		"协办单位": "信息中心、纳税服务科", "登记日期": "2026-07-16",
		"推送日期": "2026-08-03", "第几次推送": "1", "原到期日": "2026-08-17", "现到期日": "2026-08-19",
		"暂停天数": "2", "延期天数": "", "反馈日期": "2026-08-18",
		"反馈时限": "按期", "超期天数": "", "反馈结果": "已解决", "评估结果": "满意", "终结日期": "2026-08-20",
	}
	if diff := cmp.Diff(want, row); diff != "" {
		t.Errorf("the row of a case (-want +got):\n%s", diff)
	}
}

// TestRestricted makes sure that a case that is 仅要素 shows nothing else.
func TestRestricted(t *testing.T) {
	d := registerOf(testConfig(t))
	got := csvOf(t, d, view.Public)
	if strings.Contains(got, "秘密") || strings.Contains(got, "投诉") {
		t.Errorf("the ledger tells of a restricted case:\n%s", got)
	}
	if !strings.Contains(got, "202607-NSFWK-001,"+view.Restricted+",") || !strings.Contains(got, "发票额度") {
		t.Errorf("the restricted case, or the open one, is missing:\n%s", got)
	}
	if whole := csvOf(t, d, view.Supervision); !strings.Contains(whole, "秘密标题") ||
		strings.Contains(whole, "删除的事项") {
		t.Errorf("the whole ledger:\n%s", whole)
	}
}

// TestRoundTrip: what Import reads of an exported ledger is what the cases
// say of themselves before their first step.
func TestRoundTrip(t *testing.T) {
	cfg := testConfig(t)
	d := registerOf(cfg)
	d.Cases[0].Scope = "全文"
	var excel bytes.Buffer
	if err := Workbook(Sheet(slices.Values(view.Cases(d, view.Supervision).Cases))).Write(&excel); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"xlsx": excel.Bytes(), "csv": []byte(csvOf(t, d, view.Supervision))} {
		table, err := Read(data, Options{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		plan, err := Import(table, cfg, Known{}, registration)
		if err != nil || len(plan.Faults) > 0 {
			t.Fatalf("%s: %v %v", name, err, plan)
		}
		var want []*record.Case
		for _, c := range d.Cases {
			if c.Deleted {
				continue
			}
			w := &record.Case{
				ID: c.ID, Path: record.PathOf(c.ID), Title: c.Title, Nature: c.Nature, Channel: c.Channel,
				Collector: c.Collector, Collected: c.Collected,
				Tickets: c.Tickets, Locality: c.Locality, Taxes: c.Taxes, Systems: c.Systems, SourceNos: c.SourceNos,
				SourceDue: c.SourceDue, Scope: c.Scope, State: "已登记",
				Sections: []mdfile.Section{{Heading: "诉求内容", Text: strings.NewReplacer("**", "", "，\n", "，",
					"- ", "· ").Replace(c.Section("诉求内容"))}},
			}
			want = append(want, w)
		}
		if diff := cmp.Diff(want, plan.Cases, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-exported +imported):\n%s", name, diff)
		}
		if !slices.Contains(plan.Ignored, "承办单位") {
			t.Errorf("%s: %v were not read, 承办单位 not among them", name, plan.Ignored)
		}
	}
}

func importCSV(t *testing.T, text string, taken ...string) (*Plan, error) {
	t.Helper()
	table, err := Read([]byte(text), Options{})
	if err != nil {
		return nil, err
	}
	return Import(table, testConfig(t), Known{Numbers: taken}, registration)
}

// TestImport reads a ledger as people keep it: a title line above the head,
// other names of columns, aliases of units and channels, blank lines.
func TestImport(t *testing.T) {
	const text = `2026年7月诉求台账,,,,,
,,,,,
序号,*诉求标题,来源渠道,收集部门,受理时间,工单数（件）,问题描述
1,发票额度调整无进度提示,12366热线,,2026/7/5,3件,"三日未见进度，
## 希望提示"
2,征期末日电子税务局卡顿,"差评(电子税务局及App)",征管科,2026年7月31日 10:30,,多次提交失败

3,网传集中补缴税款,网络舆情,NFZX,20260801,1,短视频称补缴
4,窗口叫号重复取号问题,日常工作,信息中心,46235,1,
5,大厅停车难的问题,服务厅,纳服科,2026.07.06,1,
`
	utf, err := importCSV(t, text, "202607-NFZX-007", "202607-ZSGLK-1200")
	if err != nil || len(utf.Faults) > 0 {
		t.Fatalf("%v %+v", err, utf)
	}
	var got []string
	for _, c := range utf.Cases {
		got = append(got, strings.Join([]string{c.ID, c.Nature, c.Channel, c.Collected.String(), c.Section("诉求内容")},
			"|"))
	}
	want := []string{
		"202607-NFZX-008|诉求|12366热线|2026-07-05|三日未见进度，\n\n\\## 希望提示",
		"202607-ZSGLK-1201|诉求|差评（电子税务局及APP）|2026-07-31|多次提交失败",
		"202608-NFZX-001|舆情|网络舆情|2026-08-01|短视频称补缴",
		"202608-XXZX-001|诉求|日常工作|2026-08-01|",
		"202607-NSFWK-001|诉求|办税服务厅|2026-07-06|",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if utf.Cases[0].Tickets != 3 || !slices.Equal(utf.Ignored, []string{"序号"}) {
		t.Errorf("件数 %d, not read %v", utf.Cases[0].Tickets, utf.Ignored)
	}
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := importCSV(t, gbk, "202607-NFZX-007", "202607-ZSGLK-1200"); err != nil ||
		cmp.Diff(utf, again) != "" {
		t.Errorf("as GB18030: %v", err)
	}
}

// TestFaults says what is wrong where, and brings none of those lines.
func TestFaults(t *testing.T) {
	const head = "编号,标题,性质,渠道,收集单位,收集日期,件数,公开范围,原渠道期限\n"
	const good = ",发票额度调整,诉求,12366热线,纳税服务中心,2026-07-05,1,全文,\n"
	for _, c := range []struct{ row, want string }{
		{",发票额度调整,投诉件,12366热线,纳税服务中心,2026-07-05,1,,",
			"第 3 行 3 列（性质）：“投诉件”不对，应为“诉求”或“舆情”"},
		{",发票额度调整,诉求,12366,纳税服务中心,2026-07-05,1,,",
			"第 3 行 4 列（渠道）：渠道“12366”不止一个，请写全：12366热线、12366网上留言"},
		{",发票额度调整,诉求,抖音,,2026-07-05,1,,", "第 3 行 4 列（渠道）：没有渠道“抖音”；请写成 suqiu.yaml " +
			"中的渠道名，如 办税服务厅"},
		{",发票额度调整,诉求,抖音,纳服科,2026-07-05,1,,",
			"第 3 行 4 列（渠道）：“纳税服务科”没有渠道“抖音”，有：办税服务厅、投诉、差评（办税厅和自助办税终端）"},
		{",发票额度调整,诉求,日常工作,,2026-07-05,1,,", "第 3 行 5 列（收集单位）：渠道“日常工作”不止一个单位负责，" +
			"请写明收集单位"},
		{",发票额度调整,诉求,投诉,办公厅,2026-07-05,1,,",
			"第 3 行 5 列（收集单位）：没有单位“办公厅”；可以写全称、别名或代码，如 纳税服务科、纳服科、NSFWK"},
		{",发票额度调整,诉求,投诉,,2026-02-30,1,,", "第 3 行 6 列（收集日期）：日期“2026-02-30”不存在"},
		{",发票额度调整,诉求,投诉,,,1,,", "第 3 行 6 列（收集日期）：没有填写，请补上，写成 2026-07-15 的样子"},
		{",发票额度调整,诉求,投诉,,2026-07-05,零,,", "第 3 行 7 列（件数）：“零”不是件数，应为 1 以上的整数，如 3"},
		{",发票额度调整,诉求,投诉,,2026-07-05,1,保密,", "第 3 行 8 列（公开范围）：“保密”不对，应为“全文”或“仅要素”"},
		{"12,发票额度调整,诉求,投诉,,2026-07-05,1,,", "第 3 行 1 列（编号）：“12”不是编号，应写成 202607-NSFWK-001 " +
			"的样子；留空则自动编号"},
		{"202607-NSFWK-009,发票额度调整,诉求,投诉,,2026-07-05,1,,",
			"第 3 行 1 列（编号）：编号“202607-NSFWK-009”已经有了；新的一件请把编号留空"},
		{"202608-NSFWK-001,发票额度调整,诉求,投诉,,2026-07-05,1,,",
			"第 3 行 1 列（编号）：编号“202608-NSFWK-001”与收集日期、收集单位不符，应以 202607-NSFWK- 开头；" +
				"留空则自动编号"},
		{",短,诉求,投诉,,2026-07-05,1,,", "第 3 行 2 列（标题）：“标题”有 1 个字，应当在 4 至 60 个字之间，写在一行；" +
			"请用一句话概括诉求，不写姓名和企业名称"},
		{"202607-NSFWK-001,限范围查看,,,,,,,", "第 3 行 2 列（标题）：这一件在公开版台账中限范围查看，" +
			"没有内容可导入；请用监督版台账"},
	} {
		plan, err := importCSV(t, head+good+c.row+"\n", "202607-NSFWK-009")
		if err != nil {
			t.Errorf("%s: %v", c.row, err)
			continue
		}
		if len(plan.Faults) != 1 || plan.Faults[0].String() != c.want {
			t.Errorf("%s\n got %v\nwant %s", c.row, plan.Faults, c.want)
		}
		if len(plan.Cases) != 1 {
			t.Errorf("%s: %d cases, want the good one", c.row, len(plan.Cases))
		}
	}
	for text, want := range map[string]string{
		"甲,乙\n1,2\n":   "没有找到表头",
		"标题,渠道\n1,2\n": "表头（第 1 行）缺少“收集日期”列",
		"标题,渠道,收集日期\n": "下面没有内容",
		"标题,渠道,收集日期,受理时间,登记时间\n": "",
		"标题,来源,渠道来源,受理时间,登记时间\n一,二,三,四,五\n": "有两列都像“收集日期”：4 列“受理时间”、5 " +
			"列“登记时间”",
		"标题,渠道,收集日期\n\"a,b\n":              "引号不成对",
		"\xff\xfe\x00":                     "不是 Excel 文件",
		"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "另存为 .xlsx",
		"PK\x03\x04 broken":                "不完整或已损坏",
	} {
		if _, err := importCSV(t, text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

func TestParseDay(t *testing.T) {
	for typed, want := range map[string]string{
		"2026-07-15": "2026-07-15", "2026/7/5": "2026-07-05", "2026.7.15": "2026-07-15", "2026年7月5日": "2026-07-05",
		"20260715":         "2026-07-15",
		"2026-07-15 10:30": "2026-07-15", "2026/7/15 9:05:01": "2026-07-15", "2026-07-15T10:30:00.5": "2026-07-15",
		"46218": "2026-07-15", "46218.75": "2026-07-15",
		" 2026-07-15 ": "2026-07-15",
		"":             "", "7月5日": "", "26-7-5": "", "2026-02-30": "", "2026-13-01": "", "15": "", "昨天": "",
		"2026-7": "", "1e300": "", "NaN": "",
	} {
		got, err := parseDay(typed, excelDay)
		if got.String() != want || (err == nil) != (want != "") {
			t.Errorf("%q = %s, %v, want %s", typed, got, err, want)
		}
	}
}

// A configuration that nobody can read is told of, not the ledger.
func TestImportWithoutUnits(t *testing.T) {
	table, err := Read([]byte("标题,渠道,收集日期,收集单位\n发票额度调整,投诉,2026-07-05,某科\n"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Import(table, config.Parse("suqiu.yaml", []byte("\x00")), Known{}, registration); err == nil ||
		!strings.Contains(err.Error(), "suqiu.yaml") {
		t.Errorf("%v", err)
	}
}

// Characters that nobody sees do not come over from another program.
func TestImportUnseen(t *testing.T) {
	table, err := Read([]byte("标题,渠道,收集日期,诉求内容\n发票\x1b[2J额度\u202e调整进度,投诉,2026-07-05,"+
		"\"第一行\x00\r\n第二行\"\n"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	cfg := config.Parse("suqiu.yaml", []byte(organisation))
	plan, err := Import(table, cfg, Known{}, registration)
	if err != nil || len(plan.Cases) != 1 {
		t.Fatalf("%+v, %v", plan, err)
	}
	c := plan.Cases[0]
	again := record.Parse(c.Path, record.Print(c), cfg.Canon)
	if again.Title != "发票[2J额度调整进度" || len(again.Problems) > 0 ||
		again.Section("诉求内容") != "第一行\n\n第二行" {
		t.Errorf("%q, %q, %v", again.Title, again.Section("诉求内容"), again.Problems)
	}
}

// FuzzImport: no file crashes it, and what it makes can be read.
func FuzzImport(f *testing.F) {
	f.Add([]byte("标题,渠道,收集日期\n发票额度调整,投诉,2026-07-05\n"))
	f.Add([]byte("标题,渠道,收集日期\n发票\x1b额度\u202e调整,投诉,2026-07-05\n"))
	f.Add([]byte("编号\t标题\t来源\t日期\n202607-NSFWK-001\t'=1\t投诉\t46218\n"))
	cfg := config.Parse("suqiu.yaml", []byte(organisation))
	f.Fuzz(func(t *testing.T, data []byte) {
		table, err := Read(data, Options{})
		if err != nil {
			return
		}
		plan, err := Import(table, cfg, Known{}, registration)
		if err != nil {
			return
		}
		for _, c := range plan.Cases {
			again := record.Parse(c.Path, record.Print(c), cfg.Canon)
			if len(again.Problems) > 0 || again.ID != c.ID || again.Title != c.Title {
				t.Errorf("%+v is read as %+v", c, again)
			}
		}
	})
}
