package record

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"suqiu/internal/problem"
)

// FuzzParse: no panic, places within the file, a text for every problem, and
// the two ways of cutting a file agree.
func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("testdata/*/*.md")
	if err != nil || len(files) == 0 {
		f.Fatal("no fixtures", err)
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		c := Parse("cases/2026/07/202607-NFZX-012.md", src, alias)
		lines := strings.Split(strings.TrimSuffix(string(src), "\n"), "\n")
		for _, p := range c.Problems {
			if p.Line < 1 || p.Line > max(len(lines), 1) || p.EndLine < p.Line || p.EndLine > max(len(lines), 1) ||
				p.Column < 1 {
				t.Fatalf("%q: %+v is outside of %d lines", src, p, len(lines))
			}
			if p.Rule == "" || p.Message == "" {
				t.Fatalf("%q: %+v says nothing", src, p)
			}
		}
		for _, s := range c.Sections {
			if s.Line < 1 || s.Line > len(lines) || s.Heading == "" {
				t.Fatalf("%q: section %+v", src, s)
			}
		}
	})
}

// FuzzDiff holds that no two contents crash the differ, that a content does not
// differ from itself however it is laid out, that what differs one way differs
// the other way, and that every change says what changed.
func FuzzDiff(f *testing.F) {
	src, err := os.ReadFile("testdata/tolerated/canonical.md")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(src, []byte("---\n编号: 202607-NFZX-012\n状态: 办理中\n反馈:\n  - 结果: 已解决\n    审核: 通过\n---\n## "+
		"诉求内容\n甲\n## 诉求内容\n乙\n"))
	f.Add([]byte("---\n反馈:\n  - 结果: 甲\n  - 结果: 甲\n协办单位: [甲, 甲]\n协办反馈:\n  甲:\n    结果: 乙\n---\n"),
		src)
	f.Add([]byte("---\n更正: [{}, {}]\n承接: {}\n---\n#"), []byte{})
	f.Fuzz(func(t *testing.T, a, b []byte) {
		const path = "cases/2026/07/202607-NFZX-012.md"
		old, new := Parse(path, a, alias), Parse(path, b, alias)
		there, back := Diff(old, new), Diff(new, old)
		if (len(there) == 0) != (len(back) == 0) {
			t.Fatalf("%q and %q differ one way: %+v, %+v", a, b, there, back)
		}
		for _, c := range there {
			if c.Key == "" {
				t.Fatalf("a change of nothing: %+v", c)
			}
		}
		if same := Diff(old, Parse(path, a, alias)); len(same) > 0 {
			t.Fatalf("a content differs from itself: %+v", same)
		}
		for _, c := range []*Case{old, new} {
			Diff(nil, c)
			Diff(c, nil)
		}
	})
}

// Sizes that nobody types are read in reasonable time.
func TestLargeFiles(t *testing.T) {
	src, err := os.ReadFile("testdata/tolerated/canonical.md")
	if err != nil {
		t.Fatal(err)
	}
	for name, big := range map[string][]byte{
		"100,000 lines of body": append(bytes.Clone(src), bytes.Repeat([]byte("一行正文\n"), 100000)...),
		"100,000 lines of tags": append(bytes.Clone(src), bytes.Repeat([]byte("<b>一行</b> `x\n"), 100000)...),
		"100,000 open comments": append(bytes.Clone(src), bytes.Repeat([]byte("<!-- <!-- \n"), 100000)...),
		"100,000 sections":      append(bytes.Clone(src), bytes.Repeat([]byte("## 一节\n"), 100000)...),
		"one line of 10 MB":     append(bytes.Clone(src), bytes.Repeat([]byte("<a<"), 10<<20/3)...),
		"10 MB, no end":         append([]byte("---\n"), bytes.Repeat([]byte("甲: 乙\n"), 1<<20)...),
		"10 MB of rulers":       bytes.Repeat([]byte("---\n"), 10<<20/4),
		"10 MB of zeros":        make([]byte, 10<<20),
		"10 MB of broken UTF-8": bytes.Repeat([]byte("\xff\n"), 5<<20),
		"100,000 wrong lines": append([]byte("---\n"), append(bytes.Repeat([]byte("状态：甲\n"), 60000),
			"---\n"...)...),
		"100,000 misindentations": append([]byte("---\n编号: 1\n"),
			append(bytes.Repeat([]byte("  状态: 甲\n 标题: 乙\n"), 20000), "---\n"...)...),
	} {
		start := time.Now()
		c := Parse("", big, nil)
		d := time.Since(start)
		t.Log(name, d)
		if d > 40*time.Second {
			t.Errorf("%s took %v", name, d)
		}
		if len(c.Problems) > 200 {
			t.Errorf("%s: %d problems", name, len(c.Problems))
		}
	}
}

// A list of records that nobody can have written states nothing, and is told of.
func TestTooManyRecords(t *testing.T) {
	src := func(n int) []byte {
		return []byte("---\n编号: 202607-NFZX-012\n反馈:\n" + strings.Repeat("  - 结果: 已解决\n\n", n) + "---\n")
	}
	if c := Parse("", src(maxRecords), nil); c.Unreadable || len(c.Feedback) != maxRecords {
		t.Errorf("%d records: unreadable %v", len(c.Feedback), c.Unreadable)
	}
	c := Parse("", src(maxRecords+1), nil)
	told := slices.ContainsFunc(c.Problems, func(p problem.Problem) bool {
		return p.Rule == "value-type" && p.Key == "反馈" && p.Line == 4+2*maxRecords &&
			strings.Contains(p.Message, "301 条")
	})
	if !c.Unreadable || c.ID != "" || !told {
		t.Errorf("%+v", c)
	}
}

// A Case holds on to nothing of its source: 100,000 are held at once.
func TestCaseIsSmall(t *testing.T) {
	src, err := os.ReadFile("testdata/tolerated/canonical.md")
	if err != nil {
		t.Fatal(err)
	}
	const n = 2000
	cases := make([]*Case, n)
	before := heap()
	for i := range cases {
		cases[i] = Parse("cases/2026/07/202607-NFZX-012.md", bytes.Clone(src), alias)
	}
	per := (heap() - before) / n
	t.Logf("%d bytes a case, source %d bytes", per, len(src))
	if per > 2600 {
		t.Errorf("a case takes %d bytes", per)
	}
	runtime.KeepAlive(cases)
}

func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func BenchmarkParseCanonical(b *testing.B) {
	src, err := os.ReadFile("testdata/tolerated/canonical.md")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		Parse("cases/2026/07/202607-NFZX-012.md", src, alias)
	}
}
