package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// target is a package to change, with the tests that should notice, the quick
// ones first.
type target struct {
	dir    string
	sample int // how many mutants are drawn; 0: all
	tests  []tests
}

// tests is one call of `go test`.
type tests struct {
	pkg, run, skip string
}

// args are those of `go test` for it.
func (t tests) args() []string {
	args := []string{}
	if t.run != "" {
		args = append(args, "-run", t.run)
	}
	if t.skip != "" {
		args = append(args, "-skip", t.skip)
	}
	return append(args, "./"+t.pkg)
}

type outcome string

const (
	killed     outcome = "killed"
	survived   outcome = "SURVIVED"
	timedOut   outcome = "TIMED OUT"
	notCovered outcome = "UNCOVERED"
	notViable  outcome = "no mutant" // it does not compile
)

// patience is how long one call of the tests may take.
const patience = 3 * time.Minute

// coverage tells which lines of the target its tests reach at all.
func (t target) coverage(ctx context.Context, scratch string) (map[string]bool, error) {
	covered := map[string]bool{}
	for i, tests := range t.tests {
		profile := filepath.Join(scratch, fmt.Sprintf("cover%d", i))
		args := append([]string{"test", "-count=1", "-coverpkg=./" + t.dir, "-coverprofile=" + profile},
			tests.args()...)
		if out, err := exec.CommandContext(ctx, "go", args...).CombinedOutput(); err != nil {
			return nil, fmt.Errorf("the tests fail without any change: %w\n%s", err, out)
		}
		if err := readProfile(profile, covered); err != nil {
			return nil, err
		}
	}
	return covered, nil
}

// readProfile adds the lines that a cover profile counts as run, as
// "base name:line".
func readProfile(profile string, covered map[string]bool) error {
	file, err := os.Open(profile)
	if err != nil {
		return err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		// suqiu/internal/workday/date.go:10.2,12.16 3 1
		name, rest, ok := strings.Cut(lines.Text(), ".go:")
		fields := strings.FieldsFunc(rest, func(r rune) bool { return strings.ContainsRune(",. ", r) })
		if !ok || len(fields) != 6 || fields[5] == "0" {
			continue
		}
		from, err1 := strconv.Atoi(fields[0])
		to, err2 := strconv.Atoi(fields[2])
		if err := errors.Join(err1, err2); err != nil {
			return err
		}
		for line := from; line <= to; line++ {
			covered[at(name+".go", line)] = true
		}
	}
	return lines.Err()
}

func at(file string, line int) string { return fmt.Sprintf("%s:%d", filepath.Base(file), line) }

// outcome runs the tests on one mutant, until one fails.
func (t target) outcome(ctx context.Context, m *mutant, covered map[string]bool, scratch string) outcome {
	if !covered[at(m.file, m.line)] && !strings.Contains(m.key, " var ") {
		return notCovered
	}
	overlay, err := m.overlay(scratch)
	if err != nil {
		return notViable
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for _, tests := range t.tests {
		args := append([]string{"test", "-vet=off", "-failfast", "-overlay", overlay}, tests.args()...)
		out, err := exec.CommandContext(ctx, "go", args...).CombinedOutput()
		switch {
		case ctx.Err() != nil:
			return timedOut
		case err != nil && strings.Contains(string(out), "[build failed]"):
			return notViable
		case err != nil:
			return killed
		}
	}
	return survived
}

// overlay writes the changed file and the JSON that lays it over the tree.
func (m *mutant) overlay(scratch string) (string, error) {
	source, err := m.apply()
	if err != nil {
		return "", err
	}
	original, err := filepath.Abs(m.file)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(scratch, 0o755); err != nil {
		return "", err
	}
	changed, overlay := filepath.Join(scratch, "changed.go"), filepath.Join(scratch, "overlay.json")
	text, err := json.Marshal(map[string]map[string]string{"Replace": {original: changed}})
	if err != nil {
		return "", err
	}
	return overlay, errors.Join(os.WriteFile(changed, source, 0o644), os.WriteFile(overlay, text, 0o644))
}

// readReasons reads why some survivors may live: a line with the key of the
// mutant, and below it, indented, the reason. Empty lines and lines with # say
// nothing.
func readReasons(path string) (map[string]string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	reasons, key := map[string]string{}, ""
	for _, line := range strings.Split(string(text), "\n") {
		switch trimmed := strings.TrimSpace(line); {
		case trimmed == "" || strings.HasPrefix(trimmed, "#"):
		case trimmed == line:
			key = line
		case key == "":
			return nil, fmt.Errorf("%s: a reason without a mutant: %s", path, trimmed)
		default:
			reasons[key] = strings.TrimSpace(reasons[key] + " " + trimmed)
		}
	}
	return reasons, nil
}
