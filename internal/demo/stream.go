package demo

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// identity is an author or committer. Persons are never named: it is a post.
type identity struct {
	name, email string
}

// file is one file as a commit leaves it.
type file struct {
	path string // slash-separated
	data []byte
}

// entry is one commit before it has parents.
type entry struct {
	author    identity
	committer identity
	authored  time.Time
	committed time.Time
	message   string
	files     []file
}

// style is how a change reaches the main branch.
type style uint8

const (
	direct      style = iota // committed on main by its author
	merged                   // a branch of its own commits, then a merge commit
	squashed                 // one commit by the author, committed by who merged
	fastForward              // the author's commits rebased onto main as they are
)

// landing is one change of the main branch: one mainline commit, or with
// fastForward one for each entry.
type landing struct {
	at     time.Time
	style  style
	by     identity // who pressed the button; direct: unused
	branch string   // merged: name of the source branch
	// entries are the commits of the change, oldest first; their committers
	// are filled in by the stream.
	entries []entry
	// compute makes the content of the only file from the repository as it
	// stands before this landing; nil: the content is there.
	compute func(dir string) ([]byte, error)
}

// byOffice is a commit that the office makes straight on main.
func byOffice(at time.Time, message string, files ...file) landing {
	return landing{at: at, entries: []entry{{author: officeIdentity, authored: at, message: message, files: files}}}
}

// scratch is the ref that branch commits are made on; it is gone at the end.
const scratch = "refs/suqiu/branch"

// project is what merge commits of the sample call the repository.
const project = "wlcb/suqiu"

// stream feeds git fast-import. Landings must come in order of time.
type stream struct {
	dir      string
	w        *bufio.Writer
	answers  *bufio.Reader // what git says to `progress`
	mark     int
	tips     []tip // of main, oldest first: where branches may begin
	requests int   // merge requests so far
	branched bool
}

type tip struct {
	at   int64
	mark int
}

// tipsKept bounds how far back a branch may fork.
const tipsKept = 4096

// fastImport runs git fast-import in dir and lets fill write to it.
func fastImport(dir string, fill func(*stream) error) error {
	cmd := gitCommand(dir, "-c", "core.compression=1", "-c", "fastimport.unpackLimit=1", "fast-import", "--quiet",
		"--done", "--date-format=raw", "--depth=50")
	var complaint strings.Builder
	cmd.Stderr = &complaint
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	answers, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("git fast-import: %w", err)
	}
	w := &stream{dir: dir, w: bufio.NewWriterSize(in, 1<<18), answers: bufio.NewReader(answers)}
	failed := fill(w)
	if failed == nil {
		w.close()
		failed = w.w.Flush() // a failed write is remembered by the buffer
	}
	failed = errors.Join(failed, in.Close())
	if err := cmd.Wait(); err != nil {
		return errors.Join(failed, fmt.Errorf("git fast-import: %w: %s", err, strings.TrimSpace(complaint.String())))
	}
	return failed
}

func (s *stream) landAll(landings []landing) error {
	for i := range landings {
		if err := s.land(&landings[i]); err != nil {
			return err
		}
	}
	return nil
}

// land writes one landing.
func (s *stream) land(l *landing) error {
	if len(l.entries) == 0 {
		return errors.New("a landing without a commit")
	}
	if n := len(s.tips); n > 0 && l.at.Unix() < s.tips[n-1].at {
		return fmt.Errorf("landings out of order at %s: %s", l.at, l.entries[0].message)
	}
	if err := s.computeFor(l); err != nil {
		return err
	}
	switch l.style {
	case merged:
		s.requests++
		fork := s.forkPoint(l.entries[0].authored)
		for i := range l.entries {
			e := l.entries[i]
			e.committer, e.committed = e.author, e.authored
			if i == 0 {
				s.commit(scratch, &e, fork, 0)
			} else {
				s.commit(scratch, &e, 0, 0)
			}
		}
		s.branched = true
		last := l.entries[len(l.entries)-1]
		title, _, _ := strings.Cut(last.message, "\n")
		s.advance(&entry{
			author: l.by, committer: l.by, authored: l.at, committed: l.at,
			message: fmt.Sprintf("Merge branch '%s' into 'main'\n\n%s\n\nSee merge request %s!%d", l.branch, title,
				project, s.requests),
			files: last.files,
		}, s.mark)
	case squashed, fastForward:
		s.requests++
		entries := l.entries
		if l.style == squashed {
			entries = entries[len(entries)-1:]
		}
		for i := range entries {
			e := entries[i]
			e.committer, e.committed = l.by, l.at
			if l.style == squashed {
				e.message += fmt.Sprintf("\n\nSee merge request %s!%d", project, s.requests)
			}
			s.advance(&e, 0)
		}
	default:
		for i := range l.entries {
			e := l.entries[i]
			e.committer, e.committed = e.author, l.at
			s.advance(&e, 0)
		}
	}
	return nil
}

// advance puts a commit on main.
func (s *stream) advance(e *entry, merge int) {
	s.commit("refs/heads/main", e, 0, merge)
	if len(s.tips) == 2*tipsKept {
		s.tips = append(s.tips[:0], s.tips[tipsKept:]...)
	}
	s.tips = append(s.tips, tip{e.committed.Unix(), s.mark})
}

// forkPoint is the main branch as its user saw it at a moment.
func (s *stream) forkPoint(at time.Time) int {
	for i := len(s.tips) - 1; i > 0; i-- {
		if s.tips[i].at <= at.Unix() {
			return s.tips[i].mark
		}
	}
	return s.tips[0].mark
}

func (s *stream) commit(ref string, e *entry, from, merge int) {
	s.mark++
	w := s.w
	w.WriteString("commit " + ref + "\nmark :" + strconv.Itoa(s.mark) + "\n")
	person(w, "author", e.author, e.authored)
	person(w, "committer", e.committer, e.committed)
	message := strings.TrimRight(e.message, "\n") + "\n"
	data(w, message)
	if from > 0 {
		w.WriteString("from :" + strconv.Itoa(from) + "\n")
	}
	if merge > 0 {
		w.WriteString("merge :" + strconv.Itoa(merge) + "\n")
	}
	for _, f := range e.files {
		w.WriteString("M 100644 inline " + f.path + "\n")
		w.WriteString("data " + strconv.Itoa(len(f.data)) + "\n")
		w.Write(f.data)
		w.WriteByte('\n')
	}
	w.WriteByte('\n')
}

func person(w *bufio.Writer, role string, who identity, at time.Time) {
	w.WriteString(role + " " + who.name + " <" + who.email + "> " + strconv.FormatInt(at.Unix(), 10) + " +0800\n")
}

func data(w io.StringWriter, text string) {
	w.WriteString("data " + strconv.Itoa(len(text)) + "\n" + text + "\n")
}

// close takes the scratch ref away and ends the stream.
func (s *stream) close() {
	if s.branched {
		s.w.WriteString("reset " + scratch + "\nfrom 0000000000000000000000000000000000000000\n\n")
	}
	s.w.WriteString("done\n")
}
