package demo

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	"suqiu/internal/docket"
	"suqiu/internal/history"
)

func TestTry(t *testing.T) {
	if os.Getenv("TRY") == "" {
		t.Skip()
	}
	for i, day := range append(days, "syn") {
		dir := fmt.Sprintf("%s/%d", os.Getenv("TRY"), i)
		d := parseDay(t, "2026-11-24")
		start := time.Now()
		if day == "syn" {
			n, _ := strconv.Atoi(os.Getenv("N"))
			if err := Synthetic(dir, Options{Cases: n, Seed: 1, Today: d}); err != nil {
				t.Fatal(err)
			}
			fmt.Println("synthetic", time.Since(start))
		} else {
			d = parseDay(t, day)
			if err := Sample(dir, d); err != nil {
				t.Fatal(err)
			}
		}
		r, err := history.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		dk, err := docket.Load(context.Background(), r, docket.Options{AsOf: d})
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		states := map[string]int{}
		for _, c := range dk.Cases {
			states[string(c.Life.State)]++
			for _, f := range c.Life.Faults {
				if n++; n < 12 {
					fmt.Println(day, "FAULT", c.ID, c.Title, f.Rule, f.Unit, f.Message)
				}
			}
		}
		fmt.Println(day, n, states)
	}
}
