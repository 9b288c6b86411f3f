package step_test

import (
	"context"
	"os"
	"testing"

	"suqiu/internal/clock"
	"suqiu/internal/problem"
)

type (
	clockOf = clock.Clock
	fault   = problem.Problem
)

var (
	testDir string
	ctx     = context.Background()
)

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "step")
	if err != nil {
		panic(err)
	}
	testDir = dir
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}
