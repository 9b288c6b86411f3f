package timeline

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/workday"
)

// TestRestamped: a change lands "at that commit's committer time but never earlier
// than the landing before it"; 落地时间 mends an accident of the clock, and a pending
// landing keeps its time.
func TestRestamped(t *testing.T) {
	at := func(day, hour int) time.Time { return time.Date(2026, 7, day, hour, 0, 0, 0, workday.Shanghai) }
	list := []Landing{
		{Commit: "aaaaaaa0", Committed: MomentOf(at(1, 9))},
		{Commit: "bbbbbbb0", Committed: MomentOf(at(20, 9))}, // a fast clock
		{Commit: "ccccccc0", Committed: MomentOf(at(3, 9))},
		{Commit: "ddddddd0", At: at(2, 9), Pending: true},
	}
	for _, test := range []struct {
		about  string
		mended map[string]time.Time
		want   []time.Time
	}{
		{"nothing is mended", nil, []time.Time{at(1, 9), at(20, 9), at(20, 9), at(2, 9)}},
		{"the fast clock is", map[string]time.Time{"BBBBBBB": at(2, 9).UTC()},
			[]time.Time{at(1, 9), at(2, 9), at(3, 9), at(2, 9)}},
		{"six digits name no commit", map[string]time.Time{"bbbbbb": at(2, 9)},
			[]time.Time{at(1, 9), at(20, 9), at(20, 9), at(2, 9)}},
		{"mended to before the landing before", map[string]time.Time{"ccccccc0": at(1, 8), "bbbbbbb": at(1, 10)},
			[]time.Time{at(1, 9), at(1, 10), at(1, 10), at(2, 9)}},
	} {
		var got []time.Time
		for _, l := range Restamped(list, test.mended) {
			got = append(got, l.At)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: %s", test.about, diff)
		}
	}
	if !list[0].At.IsZero() {
		t.Error("the landings that were given changed")
	}
}

// TestMoment: a time is shown in the zone of the regulation, to the second.
func TestMoment(t *testing.T) {
	got := MomentOf(time.Date(2026, 6, 30, 16, 0, 0, 999, time.UTC)).Time()
	if want := "2026-07-01T00:00:00+08:00"; got.Format(time.RFC3339Nano) != want {
		t.Errorf("%s, want %s", got.Format(time.RFC3339Nano), want)
	}
}
