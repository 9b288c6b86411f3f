package papers_test

import (
	"strings"
	"testing"

	"suqiu/internal/papers"
	"suqiu/internal/workday"
)

// TestFigures wants nothing taken over of a summary that does not add up.
func TestFigures(t *testing.T) {
	q := workday.Quarter{Year: 2026, Q: 3}
	good, err := papers.WriteSummary(&papers.Summary{Tool: "suqiu", AsOf: q.Last(), Unit: "集宁区税务局", Code: "JNQ",
		Quarter: q})
	if err != nil {
		t.Fatal(err)
	}
	if c := papers.ParseCounty("counties/JNQ/2026Q3.json", good, canon); c.Figures() == nil {
		t.Errorf("a good one has none: %+v", c.Problems)
	}
	bad := strings.Replace(string(good), `"opening": 0`, `"opening": 1`, 1)
	if c := papers.ParseCounty("counties/JNQ/2026Q3.json", []byte(bad), canon); c.Summary == nil || c.Figures() != nil {
		t.Errorf("one that does not add up has %+v", c.Figures())
	}
}
