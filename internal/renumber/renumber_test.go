package renumber

import "testing"

// TestRenamed: the number is changed where it stands by itself, however it is
// written, and in no other number that begins or ends as it does.
func TestRenamed(t *testing.T) {
	const old, next = "202607-NFZX-003", "202607-NFZX-012"
	for text, want := range map[string]string{
		"编号: 202607-NFZX-003\n":                      "编号: 202607-NFZX-012\n",
		"[202607-NFZX-003, 202607-NFZX-003]":         "[202607-NFZX-012, 202607-NFZX-012]",
		"202607-NFZX-003 202607-NFZX-003":            "202607-NFZX-012 202607-NFZX-012",
		"见[甲](202607-nfzx-003.md)。":                  "见[甲](202607-NFZX-012.md)。",
		"参照202607-NFZX-003，另见":                       "参照202607-NFZX-012，另见",
		"202607-NFZX-0031 1202607-NFZX-003":          "202607-NFZX-0031 1202607-NFZX-003",
		"A-202607-NFZX-003 202607-NFZX-003-B":        "A-202607-NFZX-003 202607-NFZX-003-B",
		"202607-NFZX-004 202606-NFZX-003 202607-003": "202607-NFZX-004 202606-NFZX-003 202607-003",
	} {
		if got := string(renamed([]byte(text), old, next)); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}
