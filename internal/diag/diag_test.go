package diag_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"suqiu/internal/diag"
	"suqiu/internal/problem"
)

var update = flag.Bool("update", false, "rewrite testdata")

const (
	case12 = "cases/2026/07/202607-NFZX-012.md"
	case13 = "cases/2026/07/202607-NFZX-013.md"
)

// sources are what the excerpts are taken from: double width, a tab, a byte
// that is no UTF-8, control characters, and a line that is too long.
var sources = map[string]string{
	case12: "\ufeff---\r\n编号: 202607-NFZX-012\r\n标题: “征期”末日 申报失败\r\n" +
		"性质: 投诉\r\n承办单位:\t信息技术中心\r\n",
	case13: "---\n编号: 202607-NFZX-013\n标题: \x1b[31m红\u202e字\xff\n理由: " +
		strings.Repeat("后台由区局统一运维，", 30) + "完: 了\n",
}

func source(path string) []byte {
	if s, ok := sources[path]; ok {
		return []byte(s)
	}
	return nil
}

func findings() []problem.Problem {
	commit := strings.Repeat("1a2b3c4d", 5)
	return []problem.Problem{
		{Rule: "value-enum", Severity: problem.Error, Case: "202607-NFZX-012", Path: case12, Line: 4, Column: 5,
			EndLine: 4, Key: "性质",
			Message: "“性质”的内容“投诉”不在可选范围", Fix: "性质: 诉求"},
		{Rule: "unit-unknown", Severity: problem.Error, Case: "202607-NFZX-012", Path: case12, Line: 5, Column: 7,
			EndLine: 5, Key: "承办单位",
			Message: "“信息技术中心”不是 suqiu.yaml 中登记的单位", Fix: "承办单位: 信息中心"},
		{Rule: "title-length", Severity: problem.Error, Case: "202607-NFZX-012", Path: case12, Line: 3, Column: 9,
			EndLine: 3, Key: "标题",
			Message: "末日以后有空格"},
		{Rule: "transition-requires", Severity: problem.Warning, Case: "202607-NFZX-012", Unit: "信息中心",
			Path: case12, Commit: commit, Author: "a@xxzx.example", Key: "说明单",
			Message: "提出异议须填写《办理情况说明单》", Fix: "说明单:\n  - 事由: 异议\n    单位: 信息中心"},
		{Rule: "feedback-overdue", Severity: problem.Warning, Case: "202607-NFZX-012", Unit: "信息中心", Path: case12,
			Line: 4, Column: 1, EndLine: 4, Key: "状态",
			Message: "“信息中心”超期未反馈", Fix: "尽快反馈"},
		{Rule: "review-late", Severity: problem.Info, Case: "202607-NFZX-013", Path: case13, Line: 3, Column: 5,
			EndLine: 3, Key: "反馈",
			Message: "反馈未及时审核\x1b[2J", Fix: "填写“审核”"},
		{Rule: "yaml-syntax", Severity: problem.Error, Case: "202607-NFZX-013", Path: case13, Line: 4, Column: 305,
			EndLine: 4, Key: "理由",
			Message: "冒号后面多了空格"},
		{Rule: "yaml-syntax", Severity: problem.Error, Case: "202607-NFZX-013", Path: case13, Line: 99, Column: 1,
			EndLine: 99,
			Message: "这一行在文件之外"},
		{Rule: "channel-unit", Severity: problem.Error, Case: "202607-NFZX-013", Path: case13, Line: 2, Column: 5,
			EndLine: 2, Key: "渠道", Suppressed: true,
			Message: "渠道不属于收集单位", Fix: "改 <a> & b"},
		{Rule: "landing-not-monotonic", Severity: problem.Warning, Commit: commit, Message: "入库时间早于前一次入库"},
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got, 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), string(got)); d != "" {
		t.Errorf("%s (-want +got):\n%s", name, d)
	}
}

func TestText(t *testing.T) {
	// What the golden files are about does not depend on the machine.
	t.Setenv("LC_ALL", "zh_CN.UTF-8")
	t.Setenv("RUNEWIDTH_EASTASIAN", "1")
	for name, o := range map[string]diag.TextOptions{
		"text.golden":       {Excerpt: source},
		"suppressed.golden": {Excerpt: source, Suppressed: true},
		"color.golden":      {Excerpt: source, Color: true},
		"bare.golden":       {},
	} {
		var b bytes.Buffer
		if err := diag.Text(&b, diag.Arrange(findings()), o); err != nil {
			t.Fatal(err)
		}
		golden(t, name, b.Bytes())
		escapes := strings.Count(b.String(), "\x1b")
		if o.Color && escapes == 0 || !o.Color && escapes > 0 {
			t.Errorf("%s: %d escape sequences", name, escapes)
		}
	}
}

func TestTextNothing(t *testing.T) {
	var b bytes.Buffer
	if err := diag.Text(&b, nil, diag.TextOptions{}); err != nil {
		t.Fatal(err)
	}
	if got, want := b.String(), "未发现问题（错误 0，警告 0，提示 0）\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestJSON(t *testing.T) {
	h := diag.Header{Tool: "suqiu 0.1.0", Head: strings.Repeat("0f", 20), AsOf: "2026-09-30"}
	var b bytes.Buffer
	if err := diag.JSON(&b, h, diag.Arrange(findings())); err != nil {
		t.Fatal(err)
	}
	golden(t, "findings.golden.json", b.Bytes())

	// The keys are those of the contract, in its order.
	b.Reset()
	one := []problem.Problem{{Rule: "value-enum", Severity: problem.Error, Case: "202607-NFZX-012", Unit: "信息中心",
		Path: case12, Line: 9, Column: 1, EndLine: 9, Message: "<…>", Fix: "&"}}
	if err := diag.JSON(&b, h, one); err != nil {
		t.Fatal(err)
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, b.Bytes()); err != nil {
		t.Fatal(err)
	}
	want := `{"version":1,"tool":"suqiu 0.1.0","head":"` + h.Head +
		`","as_of":"2026-09-30","summary":{"errors":1,"warnings":0,"infos":0},` +
		`"findings":[{"rule":"value-enum","severity":"error","case":"202607-NFZX-012","unit":"信息中心","path":"` +
		case12 + `","line":9,"column":1,"end_line":9,` +
		`"commit":"","author":"","message":"<…>","fix":"&","new":false,"suppressed":false,"fingerprint":""}]}`
	if d := cmp.Diff(want, strings.TrimSpace(compact.String())); d != "" {
		t.Error(d)
	}
	b.Reset()
	if err := diag.JSON(&b, h, nil); err != nil || !strings.Contains(b.String(), `"findings": []`) {
		t.Errorf("nothing found: %v %s", err, b.String())
	}
}

// TestFingerprint holds what a finding keeps when the file around it moves.
func TestFingerprint(t *testing.T) {
	base := problem.Problem{Rule: "a", Severity: problem.Error, Case: "c", Path: "p", Line: 3, Key: "k", Commit: "h",
		Message: "m"}
	print := func(change func(*problem.Problem)) string {
		f := base
		change(&f)
		return diag.Arrange([]problem.Problem{f})[0].Fingerprint
	}
	want := print(func(*problem.Problem) {})
	if len(want) != 32 {
		t.Errorf("fingerprint %q", want)
	}
	for name, change := range map[string]func(*problem.Problem){
		"severity": func(f *problem.Problem) { f.Severity = problem.Info },
		"line":     func(f *problem.Problem) { f.Line = 9 },
		"message":  func(f *problem.Problem) { f.Message = "已超 3 个工作日" },
		"path":     func(f *problem.Problem) { f.Path = "q" },
		"fix":      func(f *problem.Problem) { f.Fix = "x" }, "new": func(f *problem.Problem) { f.New = true },
	} {
		if print(change) != want {
			t.Errorf("%s changes the fingerprint", name)
		}
	}
	for name, change := range map[string]func(*problem.Problem){
		"rule": func(f *problem.Problem) { f.Rule = "b" }, "case": func(f *problem.Problem) { f.Case = "d" },
		"key": func(f *problem.Problem) { f.Key = "l" }, "commit": func(f *problem.Problem) { f.Commit = "i" },
		"path without case": func(f *problem.Problem) { f.Case, f.Path = "", "q" },
	} {
		if print(change) == want {
			t.Errorf("%s does not change the fingerprint", name)
		}
	}
	twice := base
	twice.Line = 8
	both := diag.Arrange([]problem.Problem{twice, base})
	if both[0].Fingerprint != want || both[1].Fingerprint == want {
		t.Error("equals are not told apart by their order")
	}
}

// TestArrange holds that order, repetition and earlier arrangement of what
// comes in make no difference.
func TestArrange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		few := rapid.SampledFrom([]string{"", "a", "b"})
		gen := rapid.Custom(func(t *rapid.T) problem.Problem {
			return problem.Problem{Rule: few.Draw(t, "rule"), Case: few.Draw(t, "case"), Path: few.Draw(t, "path"),
				Key:    few.Draw(t, "key"),
				Commit: few.Draw(t, "commit"), Line: rapid.IntRange(0, 2).Draw(t, "line"),
				Message: few.Draw(t, "message"),
				Severity: rapid.SampledFrom([]problem.Severity{problem.Error, problem.Warning, problem.Info}).Draw(t,
					"severity"),
				New: rapid.Bool().Draw(t, "new"), Suppressed: rapid.Bool().Draw(t, "suppressed")}
		})
		in := rapid.SliceOfN(gen, 0, 30).Draw(t, "findings")
		want := diag.Arrange(slices.Clone(in))
		shuffled := append(slices.Clone(in), in...)
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		got := diag.Arrange(shuffled)
		if d := cmp.Diff(want, got); d != "" {
			t.Fatalf("another order:\n%s", d)
		}
		if d := cmp.Diff(want, diag.Arrange(slices.Clone(want))); d != "" {
			t.Fatalf("arranged twice:\n%s", d)
		}
		prints := map[string]bool{}
		for _, f := range got {
			if prints[f.Fingerprint] {
				t.Fatalf("fingerprint given twice: %+v", f)
			}
			prints[f.Fingerprint] = true
		}
	})
}

// FuzzText holds that no text reaches the terminal as a control sequence and
// that no place makes an excerpt fail.
func FuzzText(f *testing.F) {
	f.Add([]byte(sources[case12]), "说明", 4, 5)
	f.Add([]byte(sources[case13]), "a\x1b[2J\u202e", 4, 305)
	f.Add([]byte("\xff\xfe\t"), "\r\n\x00", 1, 0)
	f.Add(bytes.Repeat([]byte("长"), 4000), "", 1, 3999)
	f.Fuzz(func(t *testing.T, src []byte, message string, line, column int) {
		findings := diag.Arrange([]problem.Problem{{Rule: "r", Path: "p", Line: line, Column: column, Message: message,
			Fix: message}})
		var b bytes.Buffer
		if err := diag.Text(&b, findings, diag.TextOptions{Excerpt: func(string) []byte { return src }}); err != nil {
			t.Fatal(err)
		}
		for _, r := range b.String() {
			if r < ' ' && r != '\n' || r == 0x7f || r == '\u202e' {
				t.Fatalf("control character %U in %q", r, b.String())
			}
		}
	})
}
