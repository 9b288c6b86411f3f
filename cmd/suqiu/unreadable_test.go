package main

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"

	"suqiu/internal/gittest"
)

const aTitle = "暑期停机的一件"

// caseRepository is a small repository with one case.
func caseRepository(t *testing.T) (*gittest.Repository, string) {
	t.Helper()
	config := settings(t)
	r := landedRepository(t, config)
	r.Run("set 202507-NFZX-001 标题=" + aTitle + "\ncommit 标题")
	return r, config
}

// wide is a text as Notepad writes Unicode.
func wide(text string, order binary.ByteOrder, mark bool) []byte {
	var b bytes.Buffer
	units := utf16.Encode([]rune(text))
	if mark {
		units = append([]uint16{0xfeff}, units...)
	}
	_ = binary.Write(&b, order, units)
	return b.Bytes()
}

// unreadables are the ways in which a suqiu.yaml cannot be read: what stands in
// its place, and whether fmt can mend it.
func unreadables(t *testing.T, good string) map[string]struct {
	put   func(file string) error
	mends bool
} {
	content := func(data []byte) func(string) error {
		return func(file string) error { return os.WriteFile(file, data, 0o666) }
	}
	ansi, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(good))
	if err != nil {
		t.Fatal(err)
	}
	return map[string]struct {
		put   func(file string) error
		mends bool
	}{
		"GBK":                {content(ansi), true},
		"UTF-16 LE":          {content(wide(good, binary.LittleEndian, true)), true},
		"UTF-16 BE":          {content(wide(good, binary.BigEndian, true)), true},
		"UTF-16 LE, no mark": {content(wide(good, binary.LittleEndian, false)), true},
		"UTF-16 BE, no mark": {content(wide(good, binary.BigEndian, false)), true},
		"two encodings":      {content(append(ansi, good...)), false},
		"empty":              {content(nil), false},
		"blanks":             {content([]byte("\xef\xbb\xbf \n\n")), false},
		"comments":           {content([]byte("# 无\n")), false},
		"LFS pointer": {content([]byte("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize " +
			"12345\n")), false},
		"unclosed list":     {content([]byte(good + "\n仅要素: [投诉, 信访\n")), false},
		"unclosed quotes":   {content([]byte(good + "\n网址: \"http://a\n")), false},
		"conflict":          {content([]byte("<<<<<<< HEAD\n" + good + "=======\n名称: 乙\n>>>>>>> b\n")), false},
		"a list":            {content([]byte("- 名称\n- 单位\n")), false},
		"a sentence":        {content([]byte("请联系联席办\n")), false},
		"zeros":             {content(make([]byte, 100)), false},
		"no units":          {content([]byte("名称: 某局\n单位:\n")), false},
		"a folder":          {func(file string) error { return os.MkdirAll(filepath.Join(file, "x"), 0o777) }, false},
		"a link":            {func(file string) error { return os.Symlink("cases", file) }, false},
		"a link to nothing": {func(file string) error { return os.Symlink("nichts", file) }, false},
	}
}

// TestUnreadableConfig holds that by a suqiu.yaml that cannot be read check gives
// findings, and every command that shows or writes cases refuses with code 2, the
// cure, and nothing else (DESIGN 4); fmt suqiu.yaml mends what it can.
func TestUnreadableConfig(t *testing.T) {
	r, config := caseRepository(t)
	refusing := map[string][]string{
		"list": {"list"}, "show": {"show", "202507-NFZX-001"}, "overdue": {"overdue"},
		"remind": {"remind", "--eml", "out", "--from", "a@b.example"},
		"build":  {"build", "--out", filepath.Join(t.TempDir(), "public")},
		"report": {"report", "2025Q3"}, "export": {"export"}, "form": {"form", "202507-NFZX-001", "说明单"},
		"meeting": {"meeting"}, "monthly": {"monthly"},
		"risks": {"risks"}, "appraisal": {"appraisal", "2025Q3"}, "import": {"import", "a.csv"}, "fmt": {"fmt"},
		"workday": {"workday", "2025-07-18"},
		"schema":  {"schema"}, "serve": {"serve", "--port", "0"},
		"renumber": {"renumber", "cases/2025/07/202507-NFZX-001.md"}, "aggregate": {"aggregate", r.Dir},
		"new": {"new"}, "step": {"step"}, "calendar": {"calendar", "add", "a.csv"},
		"seal": {"seal"}, "migrate": {"migrate"},
	}
	// These show and write no cases, or tell what is wrong.
	other := []string{"check", "rules", "explain", "hook", "init", "demo", "help", "completion", "verify", "doctor"}
	inv := &invocation{}
	for _, cmd := range newRoot(inv).Commands() {
		if _, ok := refusing[cmd.Name()]; !ok && !slices.Contains(other, cmd.Name()) {
			t.Errorf("does %s show cases?", cmd.Name())
		}
	}
	for name, way := range unreadables(t, config) {
		t.Run(name, func(t *testing.T) {
			r.Run("checkout main")
			r.Git("checkout", "-q", "-B", "broken")
			file := filepath.Join(r.Dir, "suqiu.yaml")
			if err := os.Remove(file); err != nil {
				t.Fatal(err)
			}
			if err := way.put(file); err != nil {
				t.Fatal(err)
			}
			if name == "a folder" {
				if err := os.WriteFile(filepath.Join(file, "x", "y"), nil, 0o666); err != nil {
					t.Fatal(err)
				}
			}
			defer func() {
				_ = os.RemoveAll(file)
				r.Git("checkout", "-q", "-f", "main")
			}()
			if err := os.WriteFile(filepath.Join(r.Dir, "a.csv"), []byte("标题\n"), 0o666); err != nil {
				t.Fatal(err)
			}
			r.Git("add", "-A", "suqiu.yaml")
			r.Git("commit", "-q", "-m", "改")
			at := []string{"-C", r.Dir, "--ref", "broken"}
			code, out, errs := invoke(t.Context(), append([]string{"check"}, at...)...)
			if code != exitFindings || !strings.Contains(out, "■ suqiu.yaml") || errs != "" {
				t.Errorf("check: code %d\n%s%s", code, out, errs)
			}
			for command, args := range refusing {
				args := append(slices.Clone(args), "-C", r.Dir)
				if command != "fmt" && command != "import" && command != "renumber" {
					args = append(args, "--ref", "broken")
				}
				code, out, errs := invoke(t.Context(), args...)
				if code != exitFailed || out != "" || !strings.Contains(errs, "suqiu.yaml") ||
					strings.Contains(out+errs, aTitle) {
					t.Errorf("%s: code %d\n%s%s", command, code, out, errs)
				}
				if cured := strings.Contains(errs, "无法读取") && strings.Contains(errs, "请"); !cured &&
					!strings.HasPrefix(name, "a folder") && !strings.HasPrefix(name, "a link") {
					t.Errorf("%s tells no cure: %s", command, errs)
				}
			}
			if strings.HasPrefix(name, "a ") && name != "a list" && name != "a sentence" {
				return
			}
			code, out, errs = invoke(t.Context(), "fmt", "suqiu.yaml", "-C", r.Dir)
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			switch {
			case way.mends && (code != exitClean || string(data) != config):
				t.Errorf("fmt does not mend it: code %d\n%s%s", code, out, errs)
			case !way.mends && code != exitFindings:
				t.Errorf("fmt: code %d\n%s%s", code, out, errs)
			}
		})
	}
}

// TestUnreadableIsMended holds that a request or push that makes an unreadable
// suqiu.yaml readable is judged by its own, and that one that takes it away or
// makes it unreadable is refused (DESIGN 4).
func TestUnreadableIsMended(t *testing.T) {
	r, config := caseRepository(t)
	r.Git("checkout", "-q", "-B", "good")
	ways := unreadables(t, config)
	for _, name := range []string{"GBK", "empty", "LFS pointer", "unclosed list", "UTF-16 LE, no mark",
		"a link to nothing"} {
		file := filepath.Join(r.Dir, "suqiu.yaml")
		r.Git("checkout", "-q", "-f", "-B", "broken", "good")
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		if err := ways[name].put(file); err != nil {
			t.Fatal(err)
		}
		r.Git("add", "-A", "suqiu.yaml")
		r.Git("commit", "-q", "-m", "改坏")
		code, out, errs := invoke(t.Context(), "check", "-C", r.Dir, "--base", "refs/heads/good")
		if code != exitFindings || !strings.Contains(out, "■ suqiu.yaml") {
			t.Errorf("%s: a request that breaks it: code %d\n%s%s", name, code, out, errs)
		}
		r.Git("checkout", "-q", "-B", "mended")
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(config), 0o666); err != nil {
			t.Fatal(err)
		}
		r.Git("add", "-A", "suqiu.yaml")
		r.Run("by 纳税服务科 <a@nsfwk.example>\ncommit 改好")
		if code, out, errs = invoke(t.Context(), "check", "-C", r.Dir, "--base",
			"refs/heads/broken"); code != exitClean {
			t.Errorf("%s: a request that mends it: code %d\n%s%s", name, code, out, errs)
		}
		r.Run("by 信息中心 <a@xxzx.example>\ngit commit -q --amend --reset-author --no-edit")
		if code, out, errs = invoke(t.Context(), "check", "-C", r.Dir, "--base",
			"refs/heads/broken"); code != exitFindings || !strings.Contains(out, "config-actor") {
			t.Errorf("%s: mended by a unit: code %d\n%s%s", name, code, out, errs)
		}
	}
	r.Git("checkout", "-q", "-f", "-B", "gone", "good")
	r.Git("rm", "-q", "suqiu.yaml")
	r.Git("commit", "-q", "-m", "删")
	if code, out, errs := invoke(t.Context(), "check", "-C", r.Dir, "--base",
		"refs/heads/good"); code != exitFindings || !strings.Contains(out, "■ suqiu.yaml") {
		t.Errorf("a request that takes it away: code %d\n%s%s", code, out, errs)
	}
}
