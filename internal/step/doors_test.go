package step_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"suqiu/internal/clock"
	"suqiu/internal/record"
	"suqiu/internal/step"
	"suqiu/internal/workflow"
)

// TestDoors holds the manual's table of steps and doors against the steps
// themselves: each by its command and its form, and where it may on several cases
// together, merging by itself once suqiu.yaml says so, and as a text to copy.
func TestDoors(t *testing.T) {
	cases, err := sample()
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]string{}
	for _, f := range append(slices.Clone(cases), rare(cases)...) {
		listed := f.scene.Listed()
		for _, st := range f.scene.Steps() {
			copied := slices.ContainsFunc(listed, func(l step.Step) bool { return l.Title == st.Title })
			if row := door(&st, "`step`", copied); row > rows[st.Title] {
				rows[st.Title] = row
			}
		}
	}
	scene := cases[0].scene
	st, _ := scene.Registration("纳税服务中心")
	st.Alone = true
	table := workflow.Regulation()
	order := []string{door(&st, "`new`", false)}
	for _, r := range append(table.Rows[:len(table.Rows):len(table.Rows)], table.Steps...) {
		title := r.Title + r.Ending
		row := rows[title]
		if row == "" && len(r.From) > 0 {
			t.Errorf("no case of the sample offers %s", title)
		}
		if row != "" && !slices.Contains(order, row) {
			order = append(order, row)
		}
	}
	for _, r := range append(table.Rows[:len(table.Rows):len(table.Rows)], table.Steps...) {
		delete(rows, r.Title+r.Ending)
	}
	for _, title := range strings.Fields("决定协办异议 答复失效 修改要素 补充诉求内容 补充办理情况 更正") {
		order = append(order, rows[title])
		delete(rows, title)
	}
	for title := range rows {
		t.Errorf("nobody placed %s", title)
	}
	for _, title := range step.PaperSteps() {
		order = append(order, door(&step.Step{Title: title, Alone: true}, "`step`", false))
	}
	want := "| 步骤 | 命令 | 网页表单 | 几件一起 | 自动合并 | 复制 |\n| --- | --- | --- | --- | --- | --- |\n" +
		strings.Join(order, "\n") + "\n"
	manual, err := os.ReadFile(filepath.Join("..", "..", "docs", "commands.md"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(manual), "\n\n"+want+"\n") {
		t.Errorf("the manual does not have this table:\n%s", want)
	}
}

func door(st *step.Step, command string, copied bool) string {
	yes := map[bool]string{true: "✓"}
	cells := []string{st.Title, command, "✓", yes[!st.Alone], yes[st.Quick], yes[copied]}
	return "| " + strings.Join(cells, " | ") + " |"
}

// rare are cases with what no case of the sample has: a 一事一议 and an objection of a
// co-handler that wait, and a promise that is still to be kept.
func rare(cases []found) []found {
	handled := slices.IndexFunc(cases, func(f found) bool {
		return f.scene.Life.State == workflow.Handling && len(f.scene.Case.Co) > 0
	})
	closed := slices.IndexFunc(cases, func(f found) bool { return f.scene.Life.State == workflow.Closed })
	asked, kept := cases[handled], cases[closed]
	c, life := *asked.scene.Case, *asked.scene.Life
	c.Statements = append(slices.Clone(c.Statements), record.Statement{Reason: workflow.AdHoc, Unit: life.Lead},
		record.Statement{Reason: workflow.Objection, Unit: c.Co[0]})
	asked.scene.Case, asked.scene.Life = &c, &life
	promised := *kept.scene.Life
	promised.Clocks = append(slices.Clone(promised.Clocks), clock.Clock{Kind: clock.Promise, Unit: promised.Lead})
	kept.scene.Life = &promised
	return []found{asked, kept}
}
