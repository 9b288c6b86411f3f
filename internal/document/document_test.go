package document

import (
	"bytes"
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"suqiu/internal/office"
	"suqiu/internal/workday"
)

// report has one of each block, an annex with a sum, and one without rows.
func report() Document {
	units := Table{Caption: "各单位", Columns: Columns("单位:6 登记:2n 按期率:3r")}
	units.Add("信息|中心", "12", "92.3%")
	units.Add("所得税科", "3", "2/3")
	tasks := NewAnnex("tasks", "任务明细", "按推送日期排列", "编号:7c 单位:6 到期日:4d 天数:2n 扣分:2s")
	tasks.Table.Add("202607-NFZX-001", "信息中心", "2026-07-15", "10", "0.5")
	tasks.Table.Add("202607-NFZX-002", "所得税科", Nothing, Nothing, Nothing)
	tasks.Table.Add("合计", "", "", "10", "0.5")
	tasks.Sums = 1
	chart := &Chart{Title: "登记数", Unit: "事项（项）", Series: []string{"登记"}, Columns: []int{1}}
	chart.Add("信息|中心", 12)
	chart.Add("所得税科", 3)
	return Document{Quarter: workday.Quarter{Year: 2026, Q: 3}, Title: []string{"乌兰察布市税务局", "分析报告"},
		Office: "联席会议办公室", Date: workday.New(2026, time.October, 9), Note: "截至 2026-10-09",
		Chapters: []Chapter{{"一、基本情况", append(Paragraphs("本季度登记15项。", ""),
			Block{Heading: "（一）分布"}, Block{Table: &units, Chart: chart},
			Block{Written: "**重点**：\n1. 第一\n2. 第二\n- 其他"})}},
		Annexes: []Annex{tasks, NewAnnex("overdue", "超期明细", "", "编号:7c")}}
}

// A page, Word, Excel, Markdown and JSON are drawn from the same values: each says
// what stands in the tables.
func TestEveryFormSaysTheSame(t *testing.T) {
	d := report()
	var word, excel, data bytes.Buffer
	for _, err := range []error{d.Word(&word), d.Excel(&excel), d.Annexes[0].AppendJSON(&data)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	text := string(d.Markdown())
	for _, want := range []string{"# 乌兰察布市税务局 分析报告\n", "联席会议办公室　2026年10月9日\n",
		"> 截至 2026-10-09\n",
		"\n## 一、基本情况\n", "\n本季度登记15项。\n", "\n### （一）分布\n", "**各单位**\n",
		"| 单位 | 登记 | 按期率 |\n| --- | ---: | ---: |\n| 信息\\|中心 | 12 | 92.3% |\n| 所得税科 | 3 | 2/3 |\n",
		"## 附件1　任务明细\n\n按推送日期排列\n", "| 202607-NFZX-002 | 所得税科 | — | — | — |\n",
		"## 附件2　超期明细\n\n无。\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("Markdown does not say %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "\n\n\n") {
		t.Errorf("an empty paragraph is written:\n%s", text)
	}
	f, err := excelize.OpenReader(&excel)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := f.GetSheetList(), []string{"1 任务明细", "2 超期明细", "图1 各单位"}; !slices.Equal(got, want) {
		t.Errorf("sheets %v, want %v", got, want)
	}
	for cell, want := range map[string]string{"A2": "202607-NFZX-001", "C2": "2026-07-15", "D2": "10", "C3": "",
		"D3": "",
		"A4": "合计"} {
		if got, err := f.GetCellValue("1 任务明细", cell); got != want || err != nil {
			t.Errorf("%s is %q (%v), want %q", cell, got, err, want)
		}
	}
	if got, err := f.GetCellType("1 任务明细", "D2"); got == excelize.CellTypeInlineString || err != nil {
		t.Errorf("a number is kept as %v (%v)", got, err)
	}
	if word.Len() == 0 || !bytes.HasPrefix(word.Bytes(), []byte("PK")) {
		t.Error("Word wrote no package")
	}
}

// In JSON numbers are numbers, what there is not is null, and a row is a line.
func TestAnnexInJSON(t *testing.T) {
	a := report().Annexes[0].WithoutSums()
	var b bytes.Buffer
	if err := a.AppendJSON(&b); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Key     string
		Columns []JSONColumn
		Rows    [][]any
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	kinds := []JSONColumn{{"编号", "case"}, {"单位", "text"}, {"到期日", "date"}, {"天数", "number"}, {"扣分", "score"}}
	if got.Key != "tasks" || !slices.Equal(got.Columns, kinds) {
		t.Errorf("%+v", got)
	}
	want := [][]any{{"202607-NFZX-001", "信息中心", "2026-07-15", 10.0, "0.5"},
		{"202607-NFZX-002", "所得税科", nil, nil, nil}}
	if !slices.EqualFunc(got.Rows, want, slices.Equal) {
		t.Errorf("rows %v, want %v", got.Rows, want)
	}
	for _, row := range got.Rows {
		if !strings.Contains(b.String(), "\n        [\""+row[0].(string)) {
			t.Errorf("%v begins no line:\n%s", row, b.String())
		}
	}
}

func TestChart(t *testing.T) {
	c := &Chart{Title: "按期率", Series: []string{"按期率"}, Rate: true}
	c.Add("2026Q1", 3, 4)
	c.Add("2026Q2", 12, 13)
	if got, want := c.Alt(), "按期率，从2026Q1到2026Q2；最近一个季度为92.3%（12/13）。各项数字见表。"; got != want {
		t.Errorf("told as %s, want %s", got, want)
	}
	drawn := c.Office(&Table{Columns: Columns("季度:3 按期率:3r")})
	if v := drawn.Series[0].Values; !math.IsNaN(v[0]) || v[1] != 0.923 || drawn.Kind != office.Rates {
		t.Errorf("drawn as %+v; no percentage is drawn of less than five", drawn)
	}
	counts := &Chart{Title: "登记数", Series: []string{"登记", "办结"}}
	if got := counts.Alt(); got != "登记数。" {
		t.Errorf("nothing is told as %s", got)
	}
	counts.Add("7月", 0, 0)
	if counts.IfAny() != nil {
		t.Error("a chart of nothing is drawn")
	}
	counts.Add("8月", 2, 5)
	want := "登记数，从7月到8月；登记最多2（8月）；办结最多5（8月）。各项数字见表。"
	if got := counts.Alt(); got != want || counts.IfAny() == nil {
		t.Errorf("told as %s, want %s", got, want)
	}
}

// Half is rounded away from zero, the same on every machine.
func TestTenths(t *testing.T) {
	for _, c := range []struct {
		n, of int
		want  string
	}{{5, 10, "0.1"}, {4, 10, "0.0"}, {-4, 10, "0.0"}, {-5, 10, "-0.1"}, {25, 10, "0.3"}, {1000, 3, "33.3"}} {
		if got := Tenths(c.n, c.of); got != c.want {
			t.Errorf("%d/%d is %s, want %s", c.n, c.of, got, c.want)
		}
	}
	for s, want := range map[Share]string{{12, 13}: "92.3%（12/13）", {3, 4}: "3/4", {}: "无可比数"} {
		if got := s.Prose(); got != want {
			t.Errorf("%+v in prose is %s, want %s", s, got, want)
		}
	}
}

// What a person wrote is set without its signs; the numbers of a list stay.
func TestUnmarked(t *testing.T) {
	got := unmarked("# 题目\n\n## 其下\n甲**乙**\n丙\n\n1. 一\n2. 二\n- 三\n> 四\n五")
	if want := []string{"题目", "其下", "甲乙丙", "1. 一", "2. 二", "三", "四五"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestOfficialDates(t *testing.T) {
	for got, want := range map[string]string{
		Date(workday.New(2026, time.October, 9)): "2026年10月9日",
		DayOrDash(0):                             "—", Dash(""): "—", Dash("甲"): "甲",
		strings.Join(Row("甲", 1, 20), "|"): "甲|1|20",
	} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
