package ledger

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A ledger imported twice adds nothing and says so.
func TestImportTwice(t *testing.T) {
	const text = "标题,渠道,收集日期,原渠道单号\n发票额度调整无进度,12366热线,2026-07-05,CP001\n窗口叫号重复取号," +
		"投诉,2026-07-06,\n"
	table, err := Read([]byte(text), Options{})
	must(t, err)
	cfg := testConfig(t)
	first, err := Import(table, cfg, Known{}, registration)
	must(t, err)
	known := Known{Cases: first.Cases}
	for _, c := range first.Cases {
		known.Numbers = append(known.Numbers, c.ID)
	}
	again, err := Import(table, cfg, known, registration)
	must(t, err)
	want := []string{"已经登记、没有再写：第 2 行与 202607-NFZX-001 相同（原渠道单号 CP001）、第 3 行与 202607-NSFWK-" +
		"001 相同（标题、渠道和收集日期）"}
	if len(again.Cases) != 0 || again.Again != 2 || cmp.Diff(want, again.Told) != "" || len(again.Faults) > 0 {
		t.Errorf("%+v", again)
	}
	// Twice in one ledger is for the reader to settle; two numbers are two tickets.
	plan, err := importCSV(t, text+"窗口叫号重复取号,投诉,2026/7/6,\n发票额度调整无进度,12366热线,2026-07-05,CP009\n")
	must(t, err)
	if diff := cmp.Diff([]string{"第 4 行 1 列（标题）：与第 3 行相同（标题、渠道和收集日期）；是同一件的请删去一行，" +
		"多人反映同一件事的请合成一行，在“件数”中写明件数"}, faults(plan)); diff != "" || len(plan.Cases) != 3 {
		t.Errorf("%d cases, %s", len(plan.Cases), diff)
	}
}

// Who waits for a long file sees how far it is, while it is read and while its
// cases are made.
func TestImportProgress(t *testing.T) {
	rows := [][]any{plainHead}
	for i := range 50 {
		rows = append(rows, []any{fmt.Sprintf("第%d位反映发票额度", i), "投诉", "2026-07-05"})
	}
	calls, most := 0, 0
	table, err := Read(book(t, nil, "7月", rows), Options{Progress: func(done, total int) {
		calls, most = calls+1, max(most, total)
		if done > total {
			t.Errorf("%d of %d", done, total)
		}
	}})
	must(t, err)
	if calls != 51 || most != 51 {
		t.Errorf("%d calls of up to %d for 51 rows", calls, most)
	}
	plan, err := Import(table, testConfig(t), Known{}, registration)
	if err != nil || len(plan.Cases) != 50 || calls != 51+2*50 {
		t.Errorf("%v, %d calls", err, calls)
	}
}

// No number is left out for a line that has a fault.
func TestNumbersWithoutGaps(t *testing.T) {
	plan, err := importCSV(t, "编号,标题,渠道,收集日期\n,发票额度调整无进度,投诉,2026-07-05\n,短,投诉,2026-07-05\n,"+
		"窗口叫号重复取号,投诉,2026-07-06\n202607-NSFWK-900,短,投诉,2026-07-06\n,大厅停车难的问题,投诉,2026-07-06\n")
	must(t, err)
	var got []string
	for _, c := range plan.Cases {
		got = append(got, c.ID)
	}
	if diff := cmp.Diff([]string{"202607-NSFWK-001", "202607-NSFWK-002", "202607-NSFWK-003"}, got); diff != "" ||
		len(plan.Faults) != 2 {
		t.Errorf("%s %v", diff, plan.Faults)
	}
}
