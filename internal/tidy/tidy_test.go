package tidy

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"suqiu/cases"
	"suqiu/internal/problem"
)

func same(name string) string { return name }

// TestTextByPath: a path in the repository says what a text is, and so which keys it
// has and in which order they stand.
func TestTextByPath(t *testing.T) {
	for path, c := range map[string]struct{ text, before, after string }{
		"cases/2026/07/202607-NFZX-001.md": {"---\n标题: 甲\n编号: 202607-NFZX-001\n---\n", "编号: ", "标题: "},
		"monthly/2026-07/NFZX.md":          {"---\n月份: 2026-07\n单位: 纳税服务中心\n---\n", "单位: ", "月份: "},
	} {
		formatted, _ := Text(path, []byte(c.text), same)
		before, after := strings.Index(string(formatted), c.before), strings.Index(string(formatted), c.after)
		if before < 0 || after < before {
			t.Errorf("%s: %q comes not before %q:\n%s", path, c.before, c.after, formatted)
		}
		if again, _ := Text(path, formatted, same); string(again) != string(formatted) {
			t.Errorf("%s, formatted again:\n%s", path, again)
		}
	}
}

// TestTextOfConfiguration: suqiu.yaml is no case; the sample's is as it should be, and
// becomes so again after an editor of Windows.
func TestTextOfConfiguration(t *testing.T) {
	text, err := cases.FS.ReadFile("suqiu.yaml")
	if err != nil {
		t.Fatal(err)
	}
	windows := append([]byte("\ufeff"), bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))...)
	for _, src := range [][]byte{text, windows} {
		if got, problems := Text("suqiu.yaml", src, same); !bytes.Equal(got, text) || len(problems) > 0 {
			t.Errorf("%v; it becomes\n%.300s", problems, got)
		}
	}
}

// TestStream: a text that looks like a paper and has no path is not taken for a case.
func TestStream(t *testing.T) {
	tree := Tree{canon: same, Tell: func(string, problem.Problem) {}}
	const minutes = "---\n编号: HY2026-03\n类型: 例会\n召开日期: 2026-07-20\n议题:\n---\n"
	_, _, err := tree.Stream("", []byte(minutes))
	if err == nil || !strings.Contains(err.Error(), "--path meetings/HY2026-03.md") {
		t.Errorf("it says %v", err)
	}
	if _, _, err := tree.Stream("meetings/HY2026-03.md", []byte(minutes)); err != nil {
		t.Errorf("with its path: %v", err)
	}
	if _, _, err := tree.Stream("", []byte("---\n编号: 202607-NFZX-001\n标题: 甲\n性质: 诉求\n---\n")); err != nil {
		t.Errorf("a case: %v", err)
	}
}

// TestFiles: each file is listed once and in order, in a folder what is to be
// formatted alone, and what was named whatever it is called.
func TestFiles(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"b.md", "a.md", "a.txt", "sub/c.md"} {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	tree := Tree{Dir: dir}
	for _, c := range []struct{ named, want []string }{
		{[]string{"b.md", "a.md", "b.md"}, []string{"a.md", "b.md"}},
		{[]string{"a.txt"}, []string{"a.txt"}},
		{[]string{"."}, []string{"a.md", "b.md", "sub/c.md"}},
		{[]string{"sub", filepath.Join(dir, "sub", "c.md")}, []string{"sub/c.md"}},
	} {
		var want []string
		for _, name := range c.want {
			want = append(want, filepath.Join(dir, filepath.FromSlash(name)))
		}
		if got, err := tree.Files(c.named); err != nil || !slices.Equal(got, want) {
			t.Errorf("%v: %v, %v", c.named, got, err)
		}
	}
	for _, named := range [][]string{{"none.md"}, nil} { // none is named, and there is no repository
		if got, err := tree.Files(named); err == nil {
			t.Errorf("%v gives %v", named, got)
		}
	}
}
