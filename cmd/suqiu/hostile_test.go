package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"suqiu/internal/gittest"
)

// hostileCase is a case as it should be, to which a history adds what it should
// not.
const hostileCase = `---
编号: 202607-NFZX-001
标题: 发票额度调整审核无进度提示
性质: 诉求
渠道: 12366热线
收集单位: 纳税服务中心
收集日期: 2026-07-15

状态: 已登记
---

## 诉求内容

希望明确时限。
`

// stream writes a history for git fast-import: whatever git can hold, however
// unlikely that somebody made it by hand.
type stream struct{ bytes.Buffer }

func (s *stream) commit(ident, message string, root bool) {
	if root {
		s.WriteString("reset refs/heads/main\n")
	}
	fmt.Fprintf(s, "commit refs/heads/main\nauthor %s\ncommitter %s\ndata %d\n%s\n", ident, ident, len(message),
		message)
}

func (s *stream) file(mode, path, content string) {
	fmt.Fprintf(s, "M %s inline %s\ndata %d\n%s\n", mode, cQuoted(path), len(content), content)
}

// cQuoted is a path as fast-import reads one: octal for what is not printable.
func cQuoted(path string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range []byte(path) {
		if c < ' ' || c > '~' || c == '"' || c == '\\' {
			fmt.Fprintf(&b, `\%03o`, c)
		} else {
			b.WriteByte(c)
		}
	}
	b.WriteByte('"')
	return b.String()
}

const unhurried = "联席办 <lianxiban@nsfwk.example> 1785114000 +0800"

// hostile is one repository that nobody should have made.
type hostile struct {
	name string
	fill func(s *stream)
}

// matter is a case file with further lines in its front matter.
func matter(lines string) string {
	return strings.Replace(hostileCase, "状态: 已登记\n", "状态: 已登记\n"+lines, 1)
}

func hostiles() []hostile {
	id := 0
	// odd puts a content where a case belongs.
	odd := func(s *stream, content string) {
		id++
		no := fmt.Sprintf("202607-NFZX-%03d", id+1)
		s.file("100644", "cases/2026/07/"+no+".md", strings.Replace(content, "202607-NFZX-001", no, 1))
	}
	garbage := strings.Repeat("\x00\xff---\n: [{&*!|>%@`\t甲：乙\n", 50)
	return []hostile{
		{"contents", func(s *stream) {
			odd(s, "")
			odd(s, "---\n")
			odd(s, "---\n---\n")
			odd(s, strings.Repeat("\x00", 1<<16))
			odd(s, garbage)
			odd(s, "\xef\xbb\xbf\xef\xbb\xbf"+hostileCase)
			odd(s, strings.ReplaceAll(hostileCase, "\n", "\r"))
			odd(s, matter("主题: "+strings.Repeat("[", 20000)+"\n"))
			odd(s, matter("主题:\n"+strings.Repeat(" - -", 5000)+"\n"))
			odd(s, matter("会议议定期限: "+strings.Repeat("{日期: ", 20000)+"\n"))
			bomb := "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
			for i := range 12 {
				bomb += fmt.Sprintf("a%d: &a%d [%s]\n", i+1, i+1,
					strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i), 9), ", "))
			}
			odd(s, matter(bomb+"主题: *a12\n"))
			odd(s, matter("主题: &a [*a]\n<<: *a\n"))
			odd(s, matter("标题: "+strings.Repeat("长", 1<<20)+"\n"))
			odd(s, matter("主题:\n"+strings.Repeat("  - 甲\n", 10000)))
			odd(s, matter("反馈:\n"+strings.Repeat("  - 结果: 已解决\n    措施: 甲\n\n", 10000)))
			odd(s, matter("件数: 99999999999999999999\n限办天数: -1\n原渠道期限: 9999-12-31\n下次研究日期: 0000-00-"+
				"00\n"))
			odd(s, matter("承接:\n  推送日期: 0001-01-01\n  到期日: 9999-12-31\n"))
			odd(s, matter("并入: 202607-NFZX-001\n更正: {}\n代录: 甲\n反馈: [[[]]]\n协办反馈: [甲]\n"))
			odd(s, hostileCase+strings.Repeat("> ", 2_000_000)+"\n"+strings.Repeat("- ", 20000)+"\n"+
				strings.Repeat("[", 20000)+strings.Repeat("*_`", 20000)+"\n")
			odd(s, hostileCase+"<script>alert(1)</script>\n[甲](javascript:alert(1))\n&#0; \x1b[2J\u202e\n")
		}},
		{"places", func(s *stream) {
			s.file("120000", "cases/2026/07/202607-NFZX-002.md", "202607-NFZX-001.md")
			s.file("120000", "cases/2026/07/202607-NFZX-003.md", "/dev/zero")
			s.file("120000", "cases/2026/08", "../2026/07")
			fmt.Fprintf(s, "M 160000 %s cases/2026/09\n", strings.Repeat("12", 20))
			fmt.Fprintf(s, "M 160000 %s cases/2026/07/202607-NFZX-004.md\n", strings.Repeat("12", 20))
			s.file("100644", "cases/2026/07/202607-NFZX-005.md/202607-NFZX-005.md", hostileCase)
			s.file("100644", "cases/2026/07/202607-nfzx-001.md", hostileCase)
			s.file("100644", "Cases/2026/07/202607-NFZX-001.md", hostileCase)
			s.file("100644", "cases/2026/07/202607-NFZX-001.MD", hostileCase)
			s.file("100755", "cases/2026/07/202607-NFZX-006.md", strings.Replace(hostileCase, "-001", "-006", 1))
			s.file("100644", "cases/"+strings.Repeat("很深/", 200)+"202607-NFZX-007.md", hostileCase)
			s.file("100644", "cases/2026/07/"+strings.Repeat("长", 1000)+".md", hostileCase)
			s.file("100644", "cases/2026/07/202607-NFZX-008\n\x1b[31m\t\x7f.md", hostileCase)
			s.file("100644", "cases/2026/07/\xff\xfe.md", hostileCase)
			s.file("100644", "cases/2026/07/ .md", hostileCase)
			s.file("100644", "cases/2026/07/202607-NFZX-"+strings.Repeat("9", 60)+".md",
				strings.Replace(hostileCase, "-001", "-"+strings.Repeat("9", 60), 1))
			s.file("100644", "cases/9999/99/999999-NFZX-001.md", strings.Replace(hostileCase, "202607-", "999999-", 1))
		}},
		{"papers", func(s *stream) {
			for _, folder := range []string{"meetings", "monthly/2026-07", "risks", "submissions", "appraisal",
				"reports", "counties/JNQ", "templates/pages"} {
				tall := "---\n编号: HY2026-03\n月份: 9999-99\n季度: 0000Q9\n议题:\n" +
					strings.Repeat("  - 诉求: 甲\n", 10000) + "---\n"
				s.file("100644", folder+"/HY2026-6.md", tall) // every command reads them; make long has more
				s.file("100644", folder+"/2026Q6.json", tall)
				contents := []string{"", garbage, "---\n", "{", "[]", "{\"version\":1}"}
				if os.Getenv("SUQIU_LONG") != "" {
					contents = append(contents, tall)
				}
				for i, content := range contents {
					for _, name := range []string{"HY2026-", "2026Q", "NFZX", "\x1b", "2026-0"} {
						for _, ext := range []string{".md", ".json"} {
							s.file("100644", folder+"/"+name+strconv.Itoa(i)+ext, content)
						}
					}
				}
				s.file("120000", folder+"/2026Q3.md", "/dev/zero")
				s.file("100644", folder+"/dir.md/dir.json", garbage)
			}
			s.file("100644", "reports/2026Q2.json", strings.Repeat("[", 100000))
			s.file("100644", "counties/JNQ/2026Q2.json", strings.Repeat(`{"a":`, 100000))
			fmt.Fprintf(s, "M 160000 %s meetings/HY2026-99.md\n", strings.Repeat("12", 20))
		}},
		{"times", func(s *stream) {
			for i, ident := range []string{
				"甲 <> 0 +0000", "<lianxiban@nsfwk.example> 1 -1200", "a <lianxiban@nsfwk.example> 4294967296 +1400",
				"a <NFZX@nfzx.example> 1785114000 -0330", "\x1b[2J <\u202e> 253402300799 +0800",
				"a <a@b> 1785114001 +0800",
			} {
				s.commit(ident, []string{"", "\n\n\n", "甲\x1b[2J", strings.Repeat("长", 100000),
					"See merge request a/b!99999999999999999999\n", "乙"}[i], false)
				s.file("100644", "cases/2026/07/202607-NFZX-001.md", matter("反馈:\n  - 结果: 已解决\n    措施: "+
					strconv.Itoa(i)+"\n"))
			}
		}},
		{"escapes", func(s *stream) {
			const e = `"甲\e[2J\u202e乙\0\x9b\x7f丙"`
			long := "编号: 202607-NFZX-001\n标题: " + e + "\n性质: " + e + "\n渠道: 12366热线\n收集单位: " + e +
				"\n收集日期: 2026-07-15\n税费种: " + e + "\n主题: [" + e + "]\n原渠道单号: " + e + "\n"
			s.file("100644", "cases/2026/07/202607-NFZX-001.md", "---\n"+long+
				"状态: 已登记\n---\n\n## 诉求内容\n\n甲\x1b[2J\u202e乙\n")
			s.commit(strings.Replace(unhurried, "1785114000", "1785286800", 1), "推送", false)
			s.file("100644", "cases/2026/07/202607-NFZX-001.md", "---\n"+long+`状态: 已推送
任务清单: "../../RW202607-01\e"
办理类别: 系统技术类
涉及面: 高
影响度: 高
复杂度: 中
紧急程度: 急
承办单位: 信息中心
协办单位: [`+e+`]
---

## 诉求内容

甲
`)
			s.file("100644", "meetings/HY2026-6.md", "---\n编号: HY2026-6\n类型: "+e+"\n召开日期: 2026-07-20\n主持: "+e+
				"\n议题:\n  - 事项: "+e+"\n    诉求: 202607-NFZX-001\n    决定: "+e+"\n    责任单位: "+e+
				"\n    完成期限: 2026-08-01\n---\n"+"\x1b[2J\n")
			s.file("100644", "monthly/2026-07/NFZX.md", "---\n单位: 纳税服务中心\n月份: 2026-07\n渠道收集量:\n  "+e+
				": 1\n零报告: 否\n风险点:\n  - 内容: "+e+"\n    转送单位: "+e+"\n---\n")
			s.file("100644", "risks/2026-07.md", "---\n月份: 2026-07\n风险点:\n  - 内容: "+e+
				"\n    转送单位: 信息中心\n    反馈: "+e+"\n---\n")
			s.file("100644", "reports/2026Q3.md", "## 存在问题\n\n\x1b[2J\u202e\n")
			s.file("100644", "suqiu.yaml", strings.Replace(sampleConfig(), "名称: ", "名称: \"甲\\e[2J\" # ", 1))
		}},
		{"orphan", func(s *stream) {
			s.commit(unhurried, "又一个根", true)
			s.file("100644", "suqiu.yaml", sampleConfig())
			s.file("100644", "cases/2026/07/202607-NFZX-001.md", hostileCase)
		}},
		{"empty tree", func(s *stream) {
			s.commit(unhurried, "", false)
			s.WriteString("deleteall\n")
		}},
		{"configuration gone mad", func(s *stream) { s.file("100644", "suqiu.yaml", garbage) }},
		{"configuration of 5 MB", func(s *stream) {
			var b strings.Builder
			b.WriteString(sampleConfig() + "人员:\n")
			for i := 0; b.Len() < 5<<20; i++ {
				fmt.Fprintf(&b, "  - {邮箱: u%d@example, 单位: 纳税服务中心, 起: 2026-03-01}\n", i)
			}
			s.file("100644", "suqiu.yaml", b.String())
		}},
		{"a body of 100,000 lines", func(s *stream) {
			s.file("100644", "cases/2026/07/202607-NFZX-001.md", hostileCase+strings.Repeat("一行正文\n", 100000))
		}},
		{"a case of 10 MB", func(s *stream) {
			s.file("100644", "cases/2026/07/202607-NFZX-001.md", hostileCase+strings.Repeat("纳税人反映，", 10<<20/18)+
				"\n")
		}},
		{"front matter of 10 MB", func(s *stream) {
			s.file("100644", "cases/2026/07/202607-NFZX-001.md", matter(strings.Repeat("主题: 甲\n", 10<<20/12)))
		}},
	}
}

// sampleConfig is the configuration of the sample.
func sampleConfig() string {
	data, err := os.ReadFile(filepath.Join("..", "..", "cases", "suqiu.yaml"))
	if err != nil {
		panic(err)
	}
	return string(data)
}

// TestHostile runs the commands on repositories that nobody should have made: each ends with an
// exit code that is documented,
// says in Chinese what is wrong if it could not run, puts no control character
// on the terminal, and neither what it writes nor what it allocates grows
// beyond the size of what it read. What programs read (--format) may hold any
// character that its format can.
func TestHostile(t *testing.T) {
	for _, h := range hostiles() {
		t.Run(h.name, func(t *testing.T) {
			r := gittest.Empty(t)
			var s stream
			s.commit(unhurried, "初始", false)
			s.file("100644", "suqiu.yaml", sampleConfig())
			s.file("100644", "cases/2026/07/202607-NFZX-001.md", hostileCase)
			s.commit(strings.Replace(unhurried, "1785114000", "1785200400", 1), "其后", false)
			h.fill(&s)
			importStream(t, r, s.Bytes())
			base := r.Git("rev-list", "--max-parents=0", "main")
			base, _, _ = strings.Cut(base, "\n")
			stage(t, r)
			out := t.TempDir()
			garbled := filepath.Join(out, "台账.csv")
			if err := os.WriteFile(garbled, []byte(ledgerText), 0o666); err != nil {
				t.Fatal(err)
			}
			for i, args := range [][]string{
				{"hook", "pre-commit"}, {"fmt", "-l"}, {"fmt"}, {"import", "-"}, {"import", "--skip-bad", garbled},
				{"monthly", "2026-07"}, {"monthly", "2026-07", "--unit", "纳税服务中心"}, {"risks", "2026-07"},
				{"meeting"}, {"aggregate", r.Dir},
				{"check"}, {"check", "--format", "json"}, {"check", "--base", base}, {"check", "--format", "junit"},
				{"overdue"}, {"overdue", "--format", "csv"}, {"overdue", "--format", "markdown"}, {"list"},
				{"show", "202607-NFZX-001"}, {"show", "202607-NFZX-014"},
				{"report", "2026Q3"}, {"report", "2026Q3", "--format", "docx", "--out", filepath.Join(out, "a.docx")},
				{"appraisal", "2026Q3"},
				{"export", "--out", filepath.Join(out, "ledger.csv")},
				{"export", "--out", filepath.Join(out, "ledger.xlsx")},
				{"form", "2026-07", "任务清单", "--out", filepath.Join(out, "d.docx")},
				{"form", "202607-NFZX-001", "任务清单", "--format", "xlsx", "--out", filepath.Join(out, "e.xlsx")},
				{"form", "信息中心", "任务清单", "--month", "2026-07", "--out", filepath.Join(out, "f.docx")},
				{"form", "202607-NFZX-001", "延期申请单", "--out", filepath.Join(out, "g.docx")},
				{"form", "202607-NFZX-001", "说明单", "--out", filepath.Join(out, "b.docx")},
				{"build", "--out", filepath.Join(out, "open")}, {"build", "--edition", "监督", "--out",
					filepath.Join(out, "closed")},
				{"meeting", "pack", "HY2026-6", "--out", filepath.Join(out, "c.docx")},
			} {
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				code, stdout, stderr := invoke(t.Context(), append(args, "-C", r.Dir)...)
				runtime.ReadMemStats(&after)
				if code < 0 || code > exitFailed {
					t.Errorf("%q ends with %d", args, code)
				}
				if args[0] == "build" && h.name == "places" && code != 0 {
					t.Errorf("%q: files in odd places stop the site: %s", args, stderr)
				}
				if code == exitFailed && (!strings.HasPrefix(stderr, "错误：") ||
					!strings.ContainsFunc(stderr, isHan)) {
					t.Errorf("%q does not say in Chinese why it could not run: %q", args, stderr)
				}
				for _, bad := range []string{"panic", "goroutine", "runtime error", "内部错误"} {
					if strings.Contains(stderr, bad) {
						t.Errorf("%q: %s", args, stderr)
					}
				}
				if at := strings.IndexFunc(stdout+stderr, control); at >= 0 && !slices.Contains(args, "--format") {
					t.Errorf("%q writes the control character %q", args, (stdout + stderr)[at:at+1])
				}
				if n := len(stdout) + len(stderr); n > 1<<20+2*s.Len() {
					t.Errorf("%q writes %d bytes from %d", args, n, s.Len())
				}
				if n := after.TotalAlloc - before.TotalAlloc; n > 512<<20+uint64(64*s.Len()) {
					t.Errorf("%q allocates %d MiB for %d KiB", args, n>>20, s.Len()>>10)
				}
				t.Logf("%d %q: exit %d, %d bytes, %d MiB allocated, %.90q", i, args, code, len(stdout),
					(after.TotalAlloc-before.TotalAlloc)>>20, stderr)
			}
		})
	}
}

// ledgerText is a ledger with a good line, a bad one and one that is hostile.
const ledgerText = "标题,渠道,收集日期,收集单位,诉求内容\n" +
	"希望缩短等候时间,12366热线,2026-07-15,纳税服务中心,\"---\n## 诉求内容\"\n" +
	"\x1b[2J,12366热线,9999-99-99,\u202e,\n" +
	"=cmd|' /C calc'!A0\x1b[2J\u202e长标题,12366热线,2026-07-15,纳税服务中心,\"甲\x00\x1b[2J\"\n"

// stage checks out and stages what the file system has a place for, and beside
// it a change.
func stage(t *testing.T, r *gittest.Repository) {
	t.Helper()
	r.Git("symbolic-ref", "HEAD", "refs/heads/main")
	r.Git("read-tree", "main")
	cmd := exec.Command("git", "checkout-index", "--all", "--force", "--quiet")
	cmd.Dir, cmd.Env = r.Dir, gittest.Environ()
	out, err := cmd.CombinedOutput()
	var left *exec.ExitError
	if err != nil && !errors.As(err, &left) {
		t.Fatalf("git checkout-index: %v\n%s", err, out)
	}
	for _, change := range [][2]string{{"cases/2026/07/202607-NFZX-900.md", "---\n"},
		{"suqiu.yaml", sampleConfig() + "名称: \x1b[2J\n"}} {
		cmd := exec.Command("git", "hash-object", "-w", "--stdin")
		cmd.Dir, cmd.Env, cmd.Stdin = r.Dir, gittest.Environ(), strings.NewReader(change[1])
		blob, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		r.Git("update-index", "--add", "--cacheinfo", "100644,"+strings.TrimSpace(string(blob))+","+change[0])
	}
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// control tells what no terminal should be sent. A byte order mark begins CSV.
func control(r rune) bool {
	return r < ' ' && r != '\n' && r != '\r' && r != '\t' || r == 0x7f || r == '\u202e'
}

func importStream(t *testing.T, r *gittest.Repository, data []byte) {
	t.Helper()
	cmd := exec.Command("git", "fast-import", "--quiet", "--force")
	cmd.Dir, cmd.Stdin = r.Dir, bytes.NewReader(data)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("git fast-import: %v\n%s", err, out)
	}
}
