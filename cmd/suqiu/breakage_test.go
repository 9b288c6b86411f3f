package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// breakage carries out a break: a script of one command a line. Lines that
// begin with # say in Chinese who slipped and how.
//
//	findings N          how many findings check must make of it
//	by E-MAIL           author of what follows; at first the office
//	at DAY TIME         author's clock of what follows; at first 10:00 of the day
//	hides RULE KEY      what a finding hides, to be told once its 改法 was followed
//	landed              judge it as landed on main; else as a merge request
//	edit FILE           followed by lines that begin with a blank (stays), - (goes), + (comes)
//	write FILE          followed by the lines of the file, each behind +
//	append FILE TEXT    TEXT as Go writes a string
//	move FROM TO, delete FILE, link FILE TARGET, submodule FOLDER
//	gb18030 FILE, crlf FILE, bom FILE
//	commit MESSAGE      what changed so far; what is left at the end is committed as well
type breakage struct {
	t        *testing.T
	dir      string
	findings int
	hides    []string
	landed   bool
	by       string
	at       time.Time
}

func (b *breakage) carryOut(script string) {
	data, err := os.ReadFile(script)
	if err != nil {
		b.t.Fatal(err)
	}
	lines := strings.Split(strings.TrimRight(string(data), "\n"), "\n")
	for n := 0; n < len(lines); n++ {
		command, rest, _ := strings.Cut(lines[n], " ")
		if command == "" || command == "#" {
			continue
		}
		end := n + 1
		if command == "edit" || command == "write" {
			for end < len(lines) && lines[end] != "" && strings.ContainsRune(" -+", rune(lines[end][0])) {
				end++
			}
		}
		if err := b.do(command, rest, lines[n+1:end]); err != nil {
			b.t.Fatalf("%s:%d: %v", script, n+1, err)
		}
		n = end - 1
	}
	if b.git(b.dir, "status", "--porcelain") != "" {
		b.commit("修改")
	}
}

func (b *breakage) do(command, rest string, block []string) error {
	first, second, _ := strings.Cut(rest, " ")
	path := filepath.Join(b.dir, filepath.FromSlash(first))
	rewrite := func(f func([]byte) ([]byte, error)) error {
		src, err := os.ReadFile(path)
		if err == nil {
			src, err = f(src)
		}
		if err != nil {
			return err
		}
		return os.WriteFile(path, src, 0o666)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	var err error
	switch command {
	case "findings":
		b.findings, err = strconv.Atoi(rest)
	case "hides":
		b.hides = append(b.hides, rest)
	case "by":
		b.by = rest
	case "at":
		b.at, err = time.Parse("2006-01-02 15:04 -0700", rest+" +0800")
	case "landed":
		b.landed = true
	case "edit":
		return rewrite(func(src []byte) ([]byte, error) { return patch(src, block) })
	case "write":
		var text strings.Builder
		for _, line := range block {
			text.WriteString(line[1:] + "\n")
		}
		return os.WriteFile(path, []byte(text.String()), 0o666)
	case "append":
		text, err := strconv.Unquote(second)
		if err != nil {
			return err
		}
		return rewrite(func(src []byte) ([]byte, error) { return append(src, text...), nil })
	case "move":
		to := filepath.Join(b.dir, filepath.FromSlash(second))
		if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
			return err
		}
		return os.Rename(path, to)
	case "delete":
		return os.Remove(path)
	case "link":
		return os.Symlink(second, path)
	case "submodule": // an entry that names a commit elsewhere
		b.git(b.dir, "update-index", "--add", "--cacheinfo", "160000,"+strings.Repeat("12", 20)+","+first)
		return os.Mkdir(path, 0o777)
	case "gb18030":
		return rewrite(simplifiedchinese.GB18030.NewEncoder().Bytes)
	case "crlf":
		return rewrite(func(src []byte) ([]byte, error) {
			return bytes.ReplaceAll(src, []byte("\n"), []byte("\r\n")),
				nil
		})
	case "bom":
		return rewrite(func(src []byte) ([]byte, error) { return append([]byte("\ufeff"), src...), nil })
	case "commit":
		b.commit(rest)
	default:
		err = fmt.Errorf("no command %q", command)
	}
	return err
}

// patch replaces the lines that stay or go by those that stay or come; they
// must stand in the file exactly once.
func patch(src []byte, block []string) ([]byte, error) {
	var old, now strings.Builder
	for _, line := range block {
		if line[0] != '+' {
			old.WriteString(line[1:] + "\n")
		}
		if line[0] != '-' {
			now.WriteString(line[1:] + "\n")
		}
	}
	text := "\n" + string(src)
	if n := strings.Count(text, "\n"+old.String()); n != 1 {
		return nil, fmt.Errorf("the lines stand %d times in the file:\n%s", n, &old)
	}
	return []byte(strings.Replace(text, "\n"+old.String(), "\n"+now.String(), 1)[1:]), nil
}

func (b *breakage) commit(message string) {
	b.git(b.dir, "add", "-A")
	b.git(b.dir, "commit", "-q", "-m", message)
}

func (b *breakage) git(dir string, args ...string) string {
	b.t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = dir
	clock := b.at.Format(time.RFC3339)
	cmd.Env = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL="+os.DevNull,
		"GIT_AUTHOR_NAME=测试", "GIT_AUTHOR_EMAIL="+b.by, "GIT_AUTHOR_DATE="+clock,
		"GIT_COMMITTER_NAME=测试", "GIT_COMMITTER_EMAIL="+b.by, "GIT_COMMITTER_DATE="+clock)
	out, err := cmd.CombinedOutput()
	if err != nil {
		b.t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}
