package problem

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestSeverity: errors come first, and a limit lowers what is graver, never
// raises what is less grave.
func TestSeverity(t *testing.T) {
	order := []Severity{Error, Warning, Info}
	for i, s := range order {
		if s.Rank() != i {
			t.Errorf("%s has rank %d", s, s.Rank())
		}
		for j, limit := range order {
			if got, want := s.AtMost(limit), order[max(i, j)]; got != want {
				t.Errorf("%s at most %s is %s, want %s", s, limit, got, want)
			}
		}
	}
	for s, want := range map[Severity]string{Error: "错误", Warning: "警告", Info: "提示"} {
		if s.Label() != want {
			t.Errorf("%s is called %s", s, s.Label())
		}
	}
}

// TestJSON: the JSON of a problem has the fields of a finding in DESIGN section
// 7, in order, and nothing of what only this program needs.
func TestJSON(t *testing.T) {
	out, err := json.Marshal(Problem{Key: "状态", Landing: 3, Event: 4})
	if err != nil {
		t.Fatal(err)
	}
	const fields = "rule severity case unit path line column end_line commit author " +
		"message fix new suppressed fingerprint"
	var got []string
	for part := range strings.SplitSeq(strings.Trim(string(out), "{}"), ",") {
		name, _, _ := strings.Cut(part, ":")
		got = append(got, strings.Trim(name, `"`))
	}
	if strings.Join(got, " ") != fields {
		t.Errorf("fields %v", got)
	}
}
