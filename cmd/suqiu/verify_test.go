package main

import (
	"archive/zip"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"suqiu/internal/cli"
	"suqiu/internal/gittest"
)

// gitIn runs git in a folder, as the office at the end of the tests' day, and
// returns what it prints, trimmed.
func gitIn(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", append([]string{"-C", dir}, args...)...)
	const when = "2026-09-30T08:00:00+08:00"
	cmd.Env = append(gittest.Environ(), "GIT_AUTHOR_NAME=纳税服务科", "GIT_AUTHOR_EMAIL=a@nsfwk.example",
		"GIT_AUTHOR_DATE="+when,
		"GIT_COMMITTER_NAME=纳税服务科", "GIT_COMMITTER_EMAIL=a@nsfwk.example", "GIT_COMMITTER_DATE="+when)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

var printedTrace = regexp.MustCompile(`[0-9a-f]{16}·\d{4}-\d{2}-\d{2}`)

// TestTraceIsPrinted: DESIGN 6, 留痕编号: "the first 16 hex digits of the head and
// its day, printed on index, report, minutes and task lists"; verify knows each.
func TestTraceIsPrinted(t *testing.T) {
	t.Parallel()
	dir := sample(t)
	head := gitIn(t, dir, "rev-parse", "main")
	site := filepath.Join(t.TempDir(), "site")
	if code, _, errs := invoke(t.Context(), "-C", dir, "build", "--out", site, "--no-cache"); code != 0 {
		t.Fatal(errs)
	}
	seen := map[string]bool{}
	look := func(name, text string) {
		id := printedTrace.FindString(text)
		if id == "" {
			t.Errorf("%s has no 留痕编号", name)
		}
		seen[id] = true
	}
	for _, pattern := range []string{"index.html", "reports/2026Q3.html", "meetings/index.html", "meetings/HY*.html",
		"tasks/RW*.html"} {
		names, err := filepath.Glob(filepath.Join(site, filepath.FromSlash(pattern)))
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: no such page", pattern)
		}
		for _, name := range names {
			page, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			look(name, string(page))
			if pattern == "index.html" && !strings.Contains(string(page), head[:16]+"·") {
				t.Errorf("index names another head than %s", head)
			}
		}
	}
	for _, pattern := range []string{"reports/2026Q3.docx", "meetings/*.docx", "tasks/*.docx"} {
		names, err := filepath.Glob(filepath.Join(site, filepath.FromSlash(pattern)))
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: no such document", pattern)
		}
		for _, name := range names {
			look(name, documentText(t, name))
		}
	}
	for id := range seen {
		if code, out, errs := invoke(t.Context(), "-C", dir, "verify", id); code != 0 || !strings.Contains(out, id) {
			t.Errorf("verify %s: code %d\n%s%s", id, code, out, errs)
		}
	}
}

var markup = regexp.MustCompile(`<[^>]*>`)

// documentText is the text of a Word file.
func documentText(t *testing.T, name string) string {
	t.Helper()
	z, err := zip.OpenReader(name)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return markup.ReplaceAllString(string(data), "")
}

// TestHistoryRewritten re-dates the last landings of the sample, which has
// published quarters. DESIGN 6: "A head written down in reports/, submissions/ or
// seals/ must be an ancestor of the mainline (history-rewritten, an error until
// 历史更替 accounts for it); verify exits 1 when the history does not go on from
// there."
func TestHistoryRewritten(t *testing.T) {
	t.Parallel()
	dir := sample(t)
	published, err := filepath.Glob(filepath.Join(dir, "reports", "*.json"))
	if err != nil || len(published) == 0 {
		t.Fatalf("nothing was published: %v", err)
	}
	file, err := os.ReadFile(published[len(published)-1])
	if err != nil {
		t.Fatal(err)
	}
	frozen := regexp.MustCompile(`"head": ?"([0-9a-f]{40})"`).FindStringSubmatch(string(file))
	if frozen == nil {
		t.Fatalf("%s names no head", published)
	}
	old := frozen[1]
	check := func() (int, string) {
		code, out, errs := invoke(t.Context(), "-C", dir, "check", "--no-cache")
		return code, out + errs
	}
	if _, out := check(); strings.Contains(out, "history-rewritten") {
		t.Fatalf("before anything was rewritten:\n%s", out)
	}
	if code, out, _ := invoke(t.Context(), "-C", dir, "verify", old[:16]); code != 0 {
		t.Fatalf("verify before: %d\n%s", code, out)
	}

	tip := gitIn(t, dir, "rev-parse", "main")
	// The frozen head and what follows are made again, a minute later each.
	n := len(strings.Fields(gitIn(t, dir, "rev-list", "--first-parent", old+"..main")))
	behind := gitIn(t, dir, "rev-parse", fmt.Sprintf("main~%d", n+1))
	stream := gitIn(t, dir, "fast-export", "--no-data", "--reference-excluded-parents", "main", "^"+behind)
	dated := regexp.MustCompile(`(?m)^(committer .*> )(\d+)( \+\d{4})$`).ReplaceAllStringFunc(stream,
		func(line string) string {
			f := strings.Fields(line)
			var at int64
			fmt.Sscan(f[len(f)-2], &at)
			return strings.Join(f[:len(f)-2], " ") + fmt.Sprintf(" %d %s", at+60, f[len(f)-1])
		})
	load := exec.Command("git", "-C", dir, "fast-import", "--quiet", "--force")
	load.Env, load.Stdin = gittest.Environ(), strings.NewReader(dated+"\n")
	if out, err := load.CombinedOutput(); err != nil {
		t.Fatalf("fast-import: %v\n%s", err, out)
	}
	gitIn(t, dir, "reset", "-q", "--hard", "main")

	code, out := check()
	if code != 1 || !strings.Contains(out, "错误[history-rewritten]") || !strings.Contains(out, old[:16]) {
		t.Errorf("check: code %d\n%s", code, out)
	}
	if code, out, _ := invoke(t.Context(), "-C", dir, "verify", old[:16]); code != 1 ||
		!strings.Contains(out, "不是从 "+old[:16]+" 接着来的") {
		t.Errorf("verify: code %d\n%s", code, out)
	}

	// Accounted for, it is no fault, and the figures are recomputed at the new head.
	accounts := "历史更替:\n"
	for _, name := range published {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		was := regexp.MustCompile(`"head": ?"([0-9a-f]{40})"`).FindStringSubmatch(string(data))[1]
		back := len(strings.Fields(gitIn(t, dir, "rev-list", "--first-parent", was+".."+tip)))
		if back > n {
			continue // it lies before what was rewritten
		}
		accounts += fmt.Sprintf("  - {旧: %s, 新: %s, 原因: 移除误入的身份证号码}\n", was,
			gitIn(t, dir, "rev-parse", fmt.Sprintf("main~%d", back)))
	}
	settings, err := os.ReadFile(filepath.Join(dir, "suqiu.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "suqiu.yaml"), append(settings, "\n"+accounts...), 0o666); err != nil {
		t.Fatal(err)
	}
	gitIn(t, dir, "commit", "-qam", "说明历史更替")
	if _, out := check(); strings.Contains(out, "history-rewritten") {
		t.Errorf("accounted for, and still told:\n%s", out)
	}
	if code, out, _ := invoke(t.Context(), "-C", dir, "verify", old[:16]); code != 0 ||
		!strings.Contains(out, "移除误入的身份证号码") {
		t.Errorf("verify, accounted for: code %d\n%s", code, out)
	}
}

// TestRewrittenInText: a 留痕编号 in what was sent up, with another dot, on the
// wrong day, of no landing.
func TestRewrittenInText(t *testing.T) {
	t.Parallel()
	config := settings(t)
	r := landedRepository(t, config)
	head := r.Rev("@base") // landed on 2025-07-16
	for text, want := range map[string]string{
		head[:16] + "·2025-07-16":     "",
		head[:16] + " · 2025-07-17":   "", // the day of a report may be later
		head[:16] + "·2025-07-15":     "按现在的历史它 2025-07-16 才入库",
		"0123456789abcdef.2025-07-15": "不是从它接着来的",
		"0123456789abcde·2025-07-15":  "", // 15 digits are none
	} {
		r.Run("checkout --detach @base\nat 2025-07-17 09:00\nby 纳税服务科 <a@nsfwk.example>\n" +
			"text submissions/2025Q2.md x\ncommit 报送")
		file := "---\n季度: 2025Q2\n报送:\n  - 报送对象: 市局\n    内容: 季度情况\n---\n\n截至 " + text + "。\n"
		if err := os.WriteFile(r.Path("submissions/2025Q2.md"), []byte(file), 0o666); err != nil {
			t.Fatal(err)
		}
		gitIn(t, r.Dir, "commit", "-qa", "--amend", "--no-edit")
		_, out, errs := invoke(t.Context(), "-C", r.Dir, "check")
		told := strings.Contains(out, "history-rewritten")
		if told != (want != "") || !strings.Contains(out, want) {
			t.Errorf("%s: want %q:\n%s%s", text, want, out, errs)
		}
		code, out, _ := invoke(t.Context(), "-C", r.Dir, "--ref", "HEAD", "check", "--base", head)
		if want != "" && (code != 1 || !strings.Contains(out, "错误[history-rewritten]")) {
			t.Errorf("%s in a request: code %d\n%s", text, code, out)
		}
	}
}

// TestVanished: DESIGN 6: "what a cache remembers is told on standard error, never
// a finding": once, and not because somebody looks at an older commit.
func TestVanished(t *testing.T) {
	t.Parallel()
	config := settings(t)
	r := landedRepository(t, config)
	list := func(args ...string) string {
		var out, errs strings.Builder
		code := run(t.Context(), append([]string{"-C", r.Dir, "list"}, args...), cli.Env{
			Stdout: &out, Stderr: &errs, Build: "test", Now: func() time.Time { return day.Start() },
		})
		if code != 0 {
			t.Fatal(errs.String())
		}
		return errs.String()
	}
	quiet := func(when, said string) {
		t.Helper()
		if strings.Contains(said, "历史") {
			t.Errorf("%s: %s", when, said)
		}
	}
	quiet("the first run", list())
	quiet("an older day", list("--as-of", "2025-07-10"))
	r.Run("set 202507-NFZX-002 属地=集宁区税务局\ncommit 改")
	quiet("a landing more", list())
	r.Run("git reset -q --hard @base")
	quiet("an older commit", list())
	r.Run("at 2025-07-17 10:00\nset 202507-NFZX-002 属地=丰镇市税务局\ncommit 改")
	if said := list(); !strings.Contains(said, "现在的历史不是从它接着来的") {
		t.Errorf("rewritten: says %q", said)
	}
	quiet("told once", list())
}
