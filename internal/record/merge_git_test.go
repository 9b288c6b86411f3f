package record

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/sync/errgroup"
)

// mergeAll merges every pair as a server does for a merge request, with
// merge-ort (histogram diffs), and every third one also with git merge-file
// (Myers diffs), which takes a process for each.
func mergeAll(t *testing.T, pairs []*mergePair) {
	dir := t.TempDir()
	commits := commitSides(t, dir, pairs)
	var group errgroup.Group
	group.SetLimit(4)
	for i, p := range pairs {
		if i%3 != 0 {
			continue
		}
		p.byFile = true
		group.Go(func() error {
			var names [3]string
			for j, c := range [3]*Case{p.sides[0], p.from, p.sides[1]} {
				names[j] = filepath.Join(dir, fmt.Sprintf("%d-%d.md", i, j))
				if err := os.WriteFile(names[j], Print(c), 0o644); err != nil {
					return err
				}
			}
			var err error
			p.merged[0], p.conflict[0], err = git(dir, nil, "merge-file", "-p", names[0], names[1], names[2])
			return err
		})
	}
	group.Go(func() error { return mergeTrees(dir, pairs, commits) })
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
}

// mergeTrees merges all pairs with merge-ort in one process, and reads what
// came out in another.
func mergeTrees(dir string, pairs []*mergePair, commits map[*Case]string) error {
	var stdin bytes.Buffer
	for _, p := range pairs {
		fmt.Fprintf(&stdin, "%s %s\n", commits[p.sides[0]], commits[p.sides[1]])
	}
	out, _, err := git(dir, &stdin, "merge-tree", "--write-tree", "--name-only", "--no-messages", "--stdin")
	if err != nil {
		return err
	}
	// For each pair: "1" if clean, the tree, the names in conflict, an empty
	// name if there are any; and an empty field behind each pair.
	fields := strings.Split(string(out), "\x00")
	var blobs bytes.Buffer
	for _, p := range pairs {
		if len(fields) < 3 {
			return fmt.Errorf("git merge-tree: answers end at %s: %q", p.base, fields)
		}
		p.conflict[1] = fields[0] == "0"
		fmt.Fprintf(&blobs, "%s:case.md\n", fields[1])
		fields = fields[2:]
		for len(fields) > 1 && fields[0] != "0" && fields[0] != "1" {
			fields = fields[1:]
		}
	}
	out, _, err = git(dir, &blobs, "cat-file", "--batch=%(objectsize)")
	if err != nil {
		return err
	}
	for _, p := range pairs {
		line, rest, _ := bytes.Cut(out, []byte("\n"))
		size, err := strconv.Atoi(string(line))
		if err != nil || size >= len(rest) {
			return fmt.Errorf("git cat-file: %q", line)
		}
		p.merged[1], out = rest[:size], rest[size+1:]
	}
	return nil
}

// git runs a command of git in a repository; conflict tells that it ended with
// a positive code, as merges with conflicts do.
func git(dir string, stdin io.Reader, args ...string) (out []byte, conflict bool, err error) {
	cmd := exec.Command("git", args...)
	cmd.Dir = dir
	cmd.Stdin = stdin
	cmd.Env = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL="+os.DevNull, "LC_ALL=C")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err = cmd.Output()
	if exit, ok := err.(*exec.ExitError); ok && exit.ExitCode() > 0 && exit.ExitCode() < 128 && stderr.Len() == 0 {
		return out, true, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("git %s: %w: %s", args[0], err, stderr.Bytes())
	}
	return out, false, nil
}

// commitSides writes each base and, on top of it, each side as a commit, and
// returns the names of the refs by side.
func commitSides(t *testing.T, dir string, pairs []*mergePair) map[*Case]string {
	t.Helper()
	if _, _, err := git(dir, nil, "init", "-q"); err != nil {
		t.Fatal(err)
	}
	var stream bytes.Buffer
	refs := map[*Case]string{}
	commit := func(c, parent *Case) {
		if refs[c] != "" {
			return
		}
		refs[c] = fmt.Sprintf("refs/heads/c%d", len(refs))
		file := Print(c)
		fmt.Fprintf(&stream, "commit %s\ncommitter T <t@example> 1780000000 +0800\ndata 0\n", refs[c])
		if parent != nil {
			fmt.Fprintf(&stream, "from %s\n", refs[parent])
		}
		fmt.Fprintf(&stream, "M 100644 inline case.md\ndata %d\n%s\n", len(file), file)
	}
	for _, p := range pairs {
		commit(p.from, nil)
		commit(p.sides[0], p.from)
		commit(p.sides[1], p.from)
	}
	if _, _, err := git(dir, &stream, "fast-import", "--quiet"); err != nil {
		t.Fatal(err)
	}
	return refs
}
