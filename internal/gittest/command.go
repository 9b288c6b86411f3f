package gittest

import (
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// command runs one line of a script.
func (r *Repository) command(name string, args []string) error {
	if c, ok := treeCommands[name]; ok {
		if len(args) < c.min {
			return fmt.Errorf("%s wants %d words or more", name, c.min)
		}
		return c.run(r, args)
	}
	if c, ok := gitCommands[name]; ok {
		if len(args) < c.min {
			return fmt.Errorf("%s wants %d words or more", name, c.min)
		}
		return c.run(r, args)
	}
	return fmt.Errorf("unknown command %q", name)
}

// command is one word of the language: the least number of words after it,
// and what it does.
type command struct {
	min int
	run func(r *Repository, args []string) error
}

// treeCommands change the clock, the person or the work tree.
var treeCommands = map[string]command{
	"at":        {1, (*Repository).at},
	"committed": {1, (*Repository).committedAt},
	"by":        {1, (*Repository).by},
	"committer": {1, (*Repository).committedBy},
	"write": {1, func(r *Repository, a []string) error {
		file := a[len(a)-1]
		data, ok := r.files[file]
		if !ok {
			return fmt.Errorf("the archive has no file %q", file)
		}
		return r.put(a[0], data)
	}},
	"text": {1, func(r *Repository, a []string) error { return r.put(a[0], []byte(words(a[1:])+"\n")) }},
	"bytes": {1, func(r *Repository, a []string) error {
		data, err := hex.DecodeString(strings.Join(a[1:], ""))
		if err != nil {
			return err
		}
		return r.put(a[0], data)
	}},
	"new": {1, func(r *Repository, a []string) error {
		src, err := NewCase(a[0], a[1:]...)
		if err != nil {
			return err
		}
		return r.put(a[0], []byte(src))
	}},
	"set": {2, func(r *Repository, a []string) error {
		return r.edit(a[0], func(src string) (string, error) { return Set(src, unescape(a[1:])...) })
	}},
	"record": {3, func(r *Repository, a []string) error {
		return r.edit(a[0], func(src string) (string, error) { return Record(src, a[1], unescape(a[2:])...) })
	}},
	"unset": {2, func(r *Repository, a []string) error {
		return r.edit(a[0], func(src string) (string, error) { return Unset(src, a[1:]...) })
	}},
	"section": {2, func(r *Repository, a []string) error {
		return r.edit(a[0], func(src string) (string, error) { return SetSection(src, a[1], words(a[2:])), nil })
	}},
	"append": {2, func(r *Repository, a []string) error {
		return r.edit(a[0], func(src string) (string, error) {
			if src != "" && !strings.HasSuffix(src, "\n") {
				src += "\n"
			}
			return src + words(a[1:]) + "\n", nil
		})
	}},
	"replace": {3, func(r *Repository, a []string) error {
		return r.edit(a[0], func(src string) (string, error) {
			old := words(a[1:2])
			if !strings.Contains(src, old) {
				return "", fmt.Errorf("no %q in it", old)
			}
			return strings.ReplaceAll(src, old, words(a[2:])), nil
		})
	}},
	"rm": {1, func(r *Repository, a []string) error {
		for _, p := range a {
			if _, err := os.Lstat(r.Path(p)); err != nil {
				return err
			}
			if err := os.RemoveAll(r.Path(p)); err != nil {
				return err
			}
		}
		return nil
	}},
	"mv": {2, func(r *Repository, a []string) error {
		if err := r.parent(a[1]); err != nil {
			return err
		}
		return os.Rename(r.Path(a[0]), r.Path(a[1]))
	}},
	"cp": {2, func(r *Repository, a []string) error {
		data, err := os.ReadFile(r.Path(a[0]))
		if err != nil {
			return err
		}
		return r.put(a[1], data)
	}},
	"symlink": {2, func(r *Repository, a []string) error {
		if err := r.parent(a[1]); err != nil {
			return err
		}
		return os.Symlink(a[0], r.Path(a[1]))
	}},
	"chmod": {2, func(r *Repository, a []string) error {
		if a[0] != "+x" {
			return errors.New("only +x")
		}
		return os.Chmod(r.Path(a[1]), 0o755)
	}},
}

// put writes a file of the work tree with the folders it needs.
func (r *Repository) put(path string, data []byte) error {
	if err := r.parent(path); err != nil {
		return err
	}
	return os.WriteFile(r.Path(path), data, 0o644)
}

func (r *Repository) parent(path string) error {
	return os.MkdirAll(filepath.Dir(r.Path(path)), 0o755)
}

func (r *Repository) edit(path string, change func(string) (string, error)) error {
	src, err := os.ReadFile(r.Path(path))
	if err != nil {
		return err
	}
	out, err := change(string(src))
	if err != nil {
		return err
	}
	return os.WriteFile(r.Path(path), []byte(out), 0o644)
}

func (r *Repository) at(args []string) error {
	t, err := clock(r.authored, args)
	if err == nil {
		r.authored, r.committed = t, t
	}
	return err
}

func (r *Repository) committedAt(args []string) error {
	t, err := clock(r.committed, args)
	if err == nil {
		r.committed = t
	}
	return err
}

func (r *Repository) by(args []string) error {
	r.author = who(args)
	r.committer = r.author
	return nil
}

func (r *Repository) committedBy(args []string) error {
	r.committer = who(args)
	return nil
}

// who reads `NAME <EMAIL>` or an address alone.
func who(args []string) person {
	last := args[len(args)-1]
	if len(args) > 1 && strings.HasPrefix(last, "<") && strings.HasSuffix(last, ">") {
		return person{strings.Join(args[:len(args)-1], " "), last[1 : len(last)-1]}
	}
	email := strings.Trim(strings.Join(args, " "), "<>")
	name, _, _ := strings.Cut(email, "@")
	return person{name, email}
}

// clock reads a time; an offset moves the given one.
func clock(from time.Time, args []string) (time.Time, error) {
	word := strings.Join(args, " ")
	if step, ok := strings.CutPrefix(word, "+"); ok {
		if days, ok := strings.CutSuffix(step, "d"); ok {
			n, err := strconv.Atoi(days)
			return from.AddDate(0, 0, n), err
		}
		d, err := time.ParseDuration(step)
		return from.Add(d), err
	}
	if t, err := time.Parse(time.RFC3339, word); err == nil {
		return t, nil
	}
	for _, layout := range []string{"2006-01-02 15:04:05", "2006-01-02 15:04"} {
		if t, err := time.ParseInLocation(layout, word, shanghai); err == nil {
			return t, nil
		}
	}
	t, err := time.ParseInLocation("2006-01-02", word, shanghai)
	return t.Add(9 * time.Hour), err
}

// words joins the rest of a line; \n in it is a line break.
func words(args []string) string {
	return strings.ReplaceAll(strings.Join(args, " "), `\n`, "\n")
}

func unescape(args []string) []string {
	out := make([]string, len(args))
	for i, a := range args {
		out[i] = words([]string{a})
	}
	return out
}
