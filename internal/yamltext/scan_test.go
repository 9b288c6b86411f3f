package yamltext

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/problem"
)

// viaYAML reads a text through the library alone, without repairs.
func viaYAML(text string, firstLine int) (*Node, []problem.Problem) {
	return load(splitLines(text), firstLine)
}

// The scanner takes the canonical form, and reads it as the library does.
func TestScanCanonical(t *testing.T) {
	got, ok := scan(canonical, 2)
	if !ok {
		t.Fatal("the scanner gave up on the canonical form")
	}
	want, problems := viaYAML(canonical, 2)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if diff := cmp.Diff(show(want), show(got)); diff != "" {
		t.Errorf("scanner differs from the library (-library +scanner):\n%s", diff)
	}
}

// What the scanner must leave to the library.
func TestScanGivesUp(t *testing.T) {
	for _, text := range []string{
		"状态：办理中\n", "结果:已解决\n", "a: [x]\n", "a: {x: y}\n", "a: |\n  x\n", "a: 'x''y'\n", "a: \"x\\n\"\n",
		"a: 'x' y\n", "a: 'x'#y\n", "a: \"x\n  y\"\n", "a:\n  - \"x\": y\n", "a: x: y\n",
		"a:\tx\n", "\ta: x\n", "a: x\r\n", "a: 1\na: 2\n", "a: x\n  y\n", "a: 1\n b: 2\n", " a: 1\n", "a: &x\n",
		"a: *x\n", "a: !x\n",
		"- a\n", "a:\n- b\n", "a: %x\n", "a: @x\n", "a: `x\n", "? a\n", "a\n", "", "a: -\n", "a: x:\n", "a:\n  -\n",
		"a:\n  - - b\n", "a:\n  b\n",
		"a: x\xff\n", "a: x\x00\n", "　a: 1\n", "a:　1\n", "主题:\n  - 关于：某\n", "---\na: 1\n", "a: 1\n...\n",
		"a: ~\n", "<<: 1\n", "\ufeffa: 1\n",
	} {
		if _, ok := scan(text, 1); ok {
			t.Errorf("the scanner took %q", text)
		}
	}
}

// FuzzScan holds the scanner to the library: what it accepts, both read the
// same, places and comments included, and the repairer finds nothing in it.
func FuzzScan(f *testing.F) {
	f.Add(canonical)
	for block := range strings.SplitSeq(canonical, "\n\n") {
		f.Add(block + "\n")
	}
	for _, s := range []string{"a: 1", "a:\n  - b: c\n    d:\n      - e\n", "a:  x  # y\n", "a: #\nb:\n",
		"a:\n  - b\n    # c\n", "a: x\n  # y\nb: z\n",
		"a:\n  b: 1\n # x\n  c: 2\n", "a: - b\n", "a: 1 #x\n", "a:   \n", "a:\n    - b:  c\n      d: e\n    -   f\n",
		"a: x y  z \n", "a:\n  -  #\n", "a: =\n", "–a: b\n", "∶a: b\n", "\u061ca: b\n",
		"a: 'x'\nb: \"x: #y\"  # z\nc:\n  - 'x: y'\nd: ''\n", "a: b,c]\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, ok := scan(text, 1)
		if !ok {
			return
		}
		want, problems := viaYAML(text, 1)
		if len(problems) > 0 {
			t.Fatalf("the scanner took what the library refuses: %q\n%v", text, problems)
		}
		if diff := cmp.Diff(show(want), show(got)); diff != "" {
			t.Fatalf("%q (-library +scanner):\n%s", text, diff)
		}
		if slow, problems := parseSlow(text, 1, nil); len(problems) > 0 || show(slow) != show(got) {
			t.Fatalf("%q: the repairer changes what the scanner takes: %v\n%s", text, problems,
				cmp.Diff(show(slow), show(got)))
		}
	})
}

// FuzzParse: no panic, places within the text, bounded work.
func FuzzParse(f *testing.F) {
	f.Add(canonical)
	for _, s := range []string{"状态：办理中\n", "a: [x\nb: {y：z，w:v}\n", "a: &a [*a]\n", "\ta:\tb\n-c\n",
		"a: |\n  x\n y\n", "a: \"x\ny: 'z\n", "? [a]\n: b\n",
		"%YAML 1.1\n---\na: 1\n...\n", "<<: {a: b}\n", strings.Repeat("[", 300), strings.Repeat("- ", 300),
		"a: 1\n   b: 2\n c:\n  - d\n - e\n", "\xff\xfe", "a: >5\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		root, problems := Parse([]byte(text), 3)
		if root == nil || root.Kind != Map {
			t.Fatalf("%q: no map", text)
		}
		lines := splitLines(text)
		for _, p := range problems {
			if p.Line < 3 || p.Line >= 3+len(lines) || p.EndLine < p.Line || p.EndLine >= 3+len(lines) ||
				p.Column < 1 || p.Column > len([]rune(lines[p.Line-3]))+1 || p.Message == "" || p.Rule == "" {
				t.Fatalf("%q: %+v is outside of the text or empty", text, p)
			}
		}
		walk(t, root, 3, 3+len(lines), map[*Node]bool{})
	})
}

func walk(t *testing.T, n *Node, from, to int, seen map[*Node]bool) {
	if seen[n] {
		t.Fatal("a node stands twice in the tree")
	}
	seen[n] = true
	if n.Line < from || n.Line > to || n.EndLine < n.Line || n.EndLine > to {
		t.Fatalf("node at %d-%d outside of %d-%d", n.Line, n.EndLine, from, to)
	}
	for _, f := range n.Fields {
		walk(t, f.Value, from, to, seen)
	}
	for _, item := range n.Items {
		walk(t, item, from, to, seen)
	}
}

func BenchmarkScan(b *testing.B) {
	b.SetBytes(int64(len(canonical)))
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := scan(canonical, 1); !ok {
			b.Fatal("gave up")
		}
	}
}

func BenchmarkYAML(b *testing.B) {
	b.SetBytes(int64(len(canonical)))
	b.ReportAllocs()
	for b.Loop() {
		parseSlow(canonical, 1, nil)
	}
}
