package filing

import (
	"strings"
	"testing"
	"time"

	"suqiu/internal/register"
	"suqiu/internal/workday"
)

// TestQuarterThatRuns: neither are the figures of a quarter kept nor handed in before
// it has ended, its last day included.
func TestQuarterThatRuns(t *testing.T) {
	q := workday.QuarterOf(workday.New(2026, time.August, 1))
	for _, day := range []workday.Date{q.First(), q.Last()} {
		d := &register.Register{AsOf: day}
		if _, _, err := Freeze(d, q, "suqiu"); err == nil || !strings.Contains(err.Error(), "2026-09-30 才结束") {
			t.Errorf("on %s it is kept: %v", day, err)
		}
		if _, err := Summary(d, q, "", "JNQ", "suqiu"); err == nil || !strings.Contains(err.Error(), "结束以后再报送") {
			t.Errorf("on %s it is handed in: %v", day, err)
		}
	}
}
