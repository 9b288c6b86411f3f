package document

import (
	"slices"
	"testing"
)

func TestShare(t *testing.T) {
	for _, test := range []struct {
		n, of int
		want  string
	}{
		{0, 0, "—"}, {3, 4, "3/4"}, {4, 4, "4/4"}, {5, 5, "100.0%"}, {0, 5, "0.0%"}, {2, 3, "2/3"},
		{1, 6, "16.7%"}, {1, 16, "6.3%"}, {12, 13, "92.3%"}, {1999, 2000, "100.0%"},
	} {
		if got := (Share{test.n, test.of}).String(); got != test.want {
			t.Errorf("%d of %d is %s, want %s", test.n, test.of, got, test.want)
		}
	}
}

func TestPercentage(t *testing.T) {
	for text, want := range map[string]float64{"92.3%": 0.923, "100.0%": 1, "0.0%": 0} {
		if got, ok := percentage(text); !ok || got != want {
			t.Errorf("percentage(%s) = %v, %v", text, got, ok)
		}
	}
	for _, text := range []string{"—", "3/4", "+1.2%", "1.25%", "92.3", "%", "1.2 个百分点"} {
		if got, ok := percentage(text); ok {
			t.Errorf("percentage(%s) = %v", text, got)
		}
	}
}

// TestColumns: a name, a width and the letter of a kind, none for words.
func TestColumns(t *testing.T) {
	got := Columns("事由和算法:12 登记:2n 到期日:4d 编号:7c 满意率:3r 扣分:2s")
	want := []Column{{"事由和算法", Words, 12}, {"登记", Number, 2}, {"到期日", Day, 4}, {"编号", CaseID, 7},
		{"满意率", Ratio, 3}, {"扣分", Score, 2}}
	if !slices.Equal(got, want) {
		t.Errorf("columns %v, want %v", got, want)
	}
}
