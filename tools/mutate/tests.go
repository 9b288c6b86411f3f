package main

import (
	"context"
	_ "embed"
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

// tests are some of one package.
type tests struct {
	pkg, run, skip string
}

type outcome string

const (
	killed     outcome = "killed"
	survived   outcome = "SURVIVED"
	timedOut   outcome = "TIMED OUT"
	notCovered outcome = "UNCOVERED"
)

// suite is one program of tests that holds all mutants of a target.
type suite struct {
	tests
	program  string
	reached  map[int]bool  // the mutants whose place its tests run through
	patience time.Duration // how long it may take with a mutant
}

//go:embed switches.txt
var switches string

// build compiles the tests of a target with its mutants in, and notes which
// mutants each of them reaches.
func (t target) build(ctx context.Context, files map[string][]byte, pkg, scratch string) ([]suite, error) {
	overlay, err := overlay(files, filepath.Join(t.dir, "mutate_switches.go"), "package "+pkg+"\n\n"+switches, scratch)
	if err != nil {
		return nil, err
	}
	var all []suite
	for i, tests := range t.tests {
		s := suite{tests: tests, program: filepath.Join(scratch, fmt.Sprintf("%d.test", i)), patience: time.Hour}
		build := exec.CommandContext(ctx, "go", "test", "-c", "-vet=off", "-overlay", overlay, "-o", s.program,
			"./"+tests.pkg)
		if out, err := build.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("the mutants of %s do not compile: %w\n%s", t.dir, err, out)
		}
		start, log := time.Now(), s.program+".reached"
		if out, err := s.fails(ctx, 0, log); err != nil {
			return nil, fmt.Errorf("the tests of %s fail without any change: %w\n%s", tests.pkg, err, out)
		}
		s.patience = 10*time.Second + 10*time.Since(start)
		if s.reached, err = readNumbers(log); err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}

// overlay writes the changed files and one more, and the JSON that lays them
// over the tree.
func overlay(files map[string][]byte, more, text, scratch string) (string, error) {
	files[more] = []byte(text)
	over, n := map[string]string{}, 0
	for file, source := range files {
		original, err := filepath.Abs(file)
		if err != nil {
			return "", err
		}
		n++
		over[original] = filepath.Join(scratch, fmt.Sprintf("%d.go", n))
		if err := os.WriteFile(over[original], source, 0o644); err != nil {
			return "", err
		}
	}
	list, err := json.Marshal(map[string]map[string]string{"Replace": over})
	path := filepath.Join(scratch, "overlay.json")
	return path, errors.Join(err, os.WriteFile(path, list, 0o644))
}

// fails runs the tests with one mutant until one fails, in a process that
// cannot eat the machine's memory.
func (s suite) fails(ctx context.Context, mutant int, log string) (out []byte, err error) {
	ctx, cancel := context.WithTimeout(ctx, s.patience)
	defer cancel()
	args := []string{"-c", `ulimit -v 8000000; exec "$0" "$@"`, s.program, "-test.failfast"}
	if s.run != "" {
		args = append(args, "-test.run", s.run)
	}
	if s.skip != "" {
		args = append(args, "-test.skip", s.skip)
	}
	cmd := exec.CommandContext(ctx, "sh", args...)
	cmd.Dir, cmd.WaitDelay = s.pkg, time.Second
	cmd.Env = append(os.Environ(), fmt.Sprint("MUTATE_CHOSEN=", mutant), "MUTATE_REACHED="+log)
	out, err = cmd.CombinedOutput()
	return out, errors.Join(ctx.Err(), err)
}

// readNumbers reads which mutants were reached.
func readNumbers(path string) (map[int]bool, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	reached := map[int]bool{}
	for _, line := range strings.Fields(string(text)) {
		n, err := strconv.Atoi(line)
		if err != nil {
			return nil, err
		}
		reached[n] = true
	}
	return reached, nil
}

// try runs the suites that reach a mutant.
func (m *mutant) try(ctx context.Context, suites []suite) {
	m.outcome = notCovered
	for _, s := range suites {
		if !s.reached[m.id] {
			continue
		}
		switch _, err := s.fails(ctx, m.id, ""); {
		case errors.Is(err, context.DeadlineExceeded):
			m.outcome = timedOut
			return
		case err != nil:
			m.outcome = killed
			return
		}
		m.outcome = survived
	}
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
