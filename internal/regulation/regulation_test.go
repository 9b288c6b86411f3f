package regulation

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/workflow"
)

var update = flag.Bool("update", false, "rewrite the table in the manual")

// numbers are the clauses that the notice has.
var numbers = []string{"", "一", "一(一)", "一(二)", "二", "二(一)", "二(二)", "三", "三(一)", "三(二)", "三(三)",
	"三(四)", "三(五)", "三(六)", "", ""}

func TestClausesAreComplete(t *testing.T) {
	for _, wrong := range faults(Clauses()) {
		t.Error(wrong)
	}
}

// TestFaultsAreFound makes sure that the test above finds what it looks for.
func TestFaultsAreFound(t *testing.T) {
	spoil := map[string]func(c []Clause) []Clause{
		"clauses": func(c []Clause) []Clause { return slices.Delete(c, 9, 10) },
		"八是":      func(c []Clause) []Clause { c[6].Items = c[6].Items[:7]; return c },
		"nothing": func(c []Clause) []Clause { c[2].Items = nil; return c },
		"nowhere": func(c []Clause) []Clause {
			c[2].Items = append(c[2].Items, Item{Name: "空", How: "没有。"})
			return c
		},
		"no such state":    func(c []Clause) []Clause { c[2].Items[0].States = []workflow.State{"已反溃"}; return c },
		"no such row":      func(c []Clause) []Clause { c[2].Items[0].Rows = []int{23}; return c },
		"state 改进中":        func(c []Clause) []Clause { c[12].Items[3].States = nil; return c },
		"row 17":           func(c []Clause) []Clause { c[12].Items[3].Rows = nil; return c },
		"not in the text":  func(c []Clause) []Clause { c[10].Text = c[10].Text[1:]; return c },
		"说明 is not a page": func(c []Clause) []Clause { c[2].Items[0].Pages = []Page{{Path: "说明"}}; return c },
	}
	for want, spoilt := range spoil {
		found := strings.Join(faults(spoilt(Clauses())), "\n")
		if !strings.Contains(found, want) {
			t.Errorf("%s: found only %q", want, found)
		}
	}
}

var (
	counted  = regexp.MustCompile(`[一二三四五六七八九]是`)
	pagePath = regexp.MustCompile(`^[a-z]+(/[A-Za-z*-]+)?\.(html|docx|xlsx|ics|atom)(#[a-z]+)?$`)
)

// quoted are words of clauses that an item must be there for.
var quoted = map[string][]string{
	"三(三)": {"分析团队", "任务清单", "协办单位", "2个工作日"}, "三(四)": {"3个工作日", "10个工作日", "20个工作日",
		"一事一议"},
	"三(二)": {"前3个工作日", "风险点"}, "三(五)": {"12366回访", "督促改进", "按季度形成分析报告"},
}

// faults is what is wrong with the table in itself.
func faults(clauses []Clause) []string {
	var list []string
	add := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	var have []string
	states, rows := map[workflow.State]bool{}, map[string]bool{}
	for _, c := range clauses {
		have = append(have, c.Number)
		text := strings.Join(c.Text, "")
		if c.Chapter() == (text != "") && c.Number != "" {
			add("%s: a chapter has no text, and a clause has some", c.Number)
		}
		if len(c.Items) == 0 && !c.Chapter() {
			add("%s%s: nothing carries it", c.Number, c.Title)
		}
		for _, n := range counted.FindAllString(text, -1) {
			if !slices.ContainsFunc(c.Items, func(i Item) bool { return i.Name == n }) {
				add("%s: no item for %s", c.Number, n)
			}
		}
		for _, words := range quoted[c.Number] {
			if !strings.Contains(text, words) {
				add("%s: “%s” is not in the text", c.Number, words)
			}
		}
		for _, i := range c.Items {
			if i.Name == "" || !strings.HasSuffix(i.How, "。") {
				add("%s: item %q without a name or a sentence", c.Number, i.Name)
			}
			if len(i.States)+len(i.Rows)+len(i.Rules)+len(i.Pages)+len(i.Commands)+len(i.Files) == 0 {
				add("%s %s: lives nowhere", c.Number, i.Name)
			}
			for _, s := range i.States {
				if !slices.Contains(workflow.States(), s) {
					add("%s %s: no such state %s", c.Number, i.Name, s)
				}
				states[s] = true
			}
			for _, n := range i.Rows {
				if n < 1 || n > workflow.Regulation().Correction.N {
					add("%s %s: no such row %d", c.Number, i.Name, n)
				}
				rows[fmt.Sprint(n, c.Number)] = true
			}
			for _, p := range i.Pages {
				if !pagePath.MatchString(p.Path) {
					add("%s %s: %s is not a page", c.Number, i.Name, p.Path)
				}
			}
		}
	}
	if !slices.Equal(have, numbers) {
		add("clauses %v, want %v", have, numbers)
	}
	for _, s := range workflow.States() {
		if !states[s] {
			add("state %s is in no clause", s)
		}
	}
	for _, r := range workflow.Regulation().Rows {
		if !rows[fmt.Sprint(r.N, r.Clause)] {
			add("row %d serves %s, which does not name it", r.N, r.Clause)
		}
	}
	return list
}

func TestAnchor(t *testing.T) {
	for number, want := range map[string]string{"三(四)": "c3-4", "三(一)": "c3-1", "二(二)": "c2-2", "三": "c3",
		"": "", "三()": "", "附件": "", "(四)": "", "三(四)、": "", "《电子签名法》第十三条": ""} {
		if got := Anchor(number); got != want {
			t.Errorf("%q: %q, want %q", number, got, want)
		}
	}
	seen := map[string]bool{}
	for _, c := range Clauses() {
		if a := Anchor(c.Number); c.Number != "" && (a == "" || seen[a]) {
			t.Errorf("%s: anchor %q", c.Number, a)
		} else {
			seen[a] = true
		}
	}
}

// The table in the manual stands between these lines.
const from, to = "<!-- 制度逐条：由 internal/regulation 生成 -->\n", "<!-- 制度逐条完 -->\n"

func TestManualHasTheTable(t *testing.T) {
	name := filepath.Join("..", "..", "docs", "regulation.md")
	src, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(src), from)
	old, after, closed := strings.Cut(rest, to)
	if !found || !closed {
		t.Fatalf("the manual has no place for the table, between %q and %q", from, to)
	}
	if *update {
		if err := os.WriteFile(name, []byte(before+from+table()+to+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(table(), old); diff != "" {
		t.Errorf("the table in the manual is not that of the code (-code +manual); run go test ./internal/regulation "+
			"-update\n%s", diff)
	}
}

// table is the regulation as a table of the manual.
func table() string {
	var b strings.Builder
	b.WriteString("\n| 条款 | 要求 | 怎样落实 | 在哪里 |\n| --- | --- | --- | --- |\n")
	for _, c := range Clauses() {
		number := c.Number
		if number == "" {
			number = c.Title
		}
		if len(c.Items) == 0 {
			fmt.Fprintf(&b, "| **%s** | **%s** | | |\n", number, c.Title)
		}
		for i, item := range c.Items {
			name := item.Name
			if i == 0 && c.Number != "" {
				name = "**" + c.Title + "**<br>" + name
			}
			fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", number, name, item.How, strings.Join(places(&item), "<br>"))
		}
	}
	b.WriteString("\n")
	return b.String()
}

func places(i *Item) []string {
	var list []string
	add := func(what string, names []string) {
		if len(names) > 0 {
			list = append(list, what+"："+strings.Join(names, "、"))
		}
	}
	var states, rows, pages []string
	for _, s := range i.States {
		states = append(states, string(s))
	}
	for _, n := range i.Rows {
		rows = append(rows, fmt.Sprint(n))
	}
	for _, p := range i.Pages {
		name := p.Name + " `" + p.Path + "`"
		if p.Supervision {
			name += "（监督版）"
		}
		pages = append(pages, name)
	}
	add("状态", states)
	add("流转表第几行", rows)
	add("检查", quote(i.Rules, ""))
	add("页面", pages)
	add("命令", quote(i.Commands, "suqiu "))
	add("文件", quote(i.Files, ""))
	return list
}

func quote(names []string, before string) []string {
	var list []string
	for _, n := range names {
		list = append(list, "`"+before+n+"`")
	}
	return list
}
