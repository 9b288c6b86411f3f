package rules

import "testing"

// TestCaseReferences: 参照 and 替代 name a case that stands, as 并入 does; the
// nearest number that is not the case itself is the line to paste.
func TestCaseReferences(t *testing.T) {
	const (
		feedback = "反馈:\n  - 结果: 已解决\n    参照: "
		lapsed   = "答复失效:\n  日期: 2026-08-01\n  替代: "
		before   = "说明单:\n"
	)
	for _, test := range []struct{ text, id, fix string }{
		{feedback, "202607-NFZX-002", ""},
		{feedback, "202607-NFZX-003", "    参照: 202607-NFZX-002"},
		{feedback, "202509-BGS-777", "请填写所参照的那一件的编号（在 cases/ 中能找到的）"},
		{lapsed, "202607-NFZX-002", ""},
		{lapsed, "202607-NFZX-012", "  替代: 202607-NFZX-002"},
		{lapsed, "202509-BGS-777", "请填写替代的那一件的编号（在 cases/ 中能找到的）"},
	} {
		w := good(t)
		w.edit(t, first, before, test.text+test.id+"\n\n"+before)
		found := only(w.run(t), "case-unknown")
		if test.fix == "" {
			if len(found) != 0 {
				t.Errorf("%s%s: %+v", test.text, test.id, found)
			}
			continue
		}
		if len(found) != 1 || found[0].Fix != test.fix || found[0].Line == 0 || found[0].Path != first {
			t.Errorf("%s%s: %+v, want fix %q", test.text, test.id, found, test.fix)
		}
	}
}
