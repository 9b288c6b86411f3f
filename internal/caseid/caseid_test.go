package caseid

import "testing"

// TestMonth: a 编号 is the month of 收集日期, the code of 收集单位 and a sequence of
// three digits or more (DESIGN 3).
func TestMonth(t *testing.T) {
	for id, want := range map[string]string{
		"202607-NFZX-012": "202607", "202601-A-001": "202601", "202612-SZF2-1000": "202612",
		"202607-NFZX-12": "", "202600-NFZX-012": "", "202613-NFZX-012": "", "20267-NFZX-012": "",
		"202607-nfzx-012": "", "202607-2NFZX-012": "", "202607--012": "", "202607-NFZX": "", "202607-NFZX-0l2": "",
		"202607-NFZX-012 ": "", "２０２６07-NFZX-012": "", "202607-NF-ZX-012": "", "": "",
	} {
		month, ok := Month(id)
		if month != want || ok != (want != "") || WellFormed(id) != ok {
			t.Errorf("%q: %q, %t, want %q", id, month, ok, want)
		}
	}
}

// TestNumber parts what Make puts together.
func TestNumber(t *testing.T) {
	for _, id := range []string{"202607-NFZX-001", "202607-NFZX-999", "202607-NFZX-1000"} {
		if of, n, ok := Number(id); !ok || Make(of, n) != id {
			t.Errorf("%s: %s, %d, %t", id, of, n, ok)
		}
	}
	for _, id := range []string{"202607-NFZX-1", "202607-NFZX-99999999999999999999", "2026-07"} {
		if of, n, ok := Number(id); ok {
			t.Errorf("%s is %s and %d", id, of, n)
		}
	}
}
