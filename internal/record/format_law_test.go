package record

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"

	"suqiu/internal/frontmatter"
	"suqiu/internal/slip"
	"suqiu/internal/yamltext"
)

// mustHold checks what Format promises for any input.
func mustHold(t *testing.T, src []byte) {
	t.Helper()
	out, problems := Format(src, canonOf)
	if len(problems) > 0 {
		if !bytes.Equal(out, src) {
			t.Fatalf("changed what it could not read: %q\n%q", src, out)
		}
		return
	}
	if !utf8.Valid(src) {
		// It was in GB18030: nothing could be read of it but as text.
		text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(src)
		if err != nil {
			t.Fatalf("mended what is not GB18030: %q", src)
		}
		src = text
	}
	again, problems := Format(out, canonOf)
	if len(problems) > 0 || !bytes.Equal(again, out) {
		t.Fatalf("not idempotent: %+v\n%q\n%q", problems, out, again)
	}
	if d := Diff(Parse("", src, canonOf), Parse("", out, canonOf)); d != nil {
		t.Fatalf("states otherwise: %+v\n%q\n%q", d, src, out)
	}
	if lost := lostRunes(said(src), said(out)); lost != "" {
		t.Fatalf("lost %q\n%q\n%q", lost, src, out)
	}
}

// Every fixture of the parser: what Format makes of it states the same.
func TestFormatFixtures(t *testing.T) {
	files, err := filepath.Glob("testdata/*/*.md")
	if err != nil || len(files) == 0 {
		t.Fatal("no fixtures", err)
	}
	formatted := 0
	for _, file := range files {
		t.Run(filepath.ToSlash(file), func(t *testing.T) {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			mustHold(t, src)
			if _, problems := Format(src, canonOf); len(problems) == 0 {
				formatted++
			} else {
				t.Logf("left alone: %s", problems[0].Message)
			}
		})
	}
	if formatted < len(files)/2 {
		t.Errorf("only %d of %d fixtures can be formatted", formatted, len(files))
	}
}

// said is all that a file says, without its syntax: keys, values, comments,
// the body. Dates and aliases are taken as what they are mended to.
func said(src []byte) string {
	root, _, _ := Schema().Tree(src)
	if root == nil {
		return string(src)
	}
	var b strings.Builder
	var walk func(n *yamltext.Node)
	walk = func(n *yamltext.Node) {
		text := n.Text
		if fixed := slip.Date(text); fixed != "" {
			text = fixed
		}
		for _, c := range slices.Concat(n.Head(), []yamltext.Comment{n.Inline()}, n.Foot()) {
			b.WriteString(c.Text)
		}
		for name := range strings.FieldsFuncSeq(text,
			func(r rune) bool { return strings.ContainsRune("、，,;；", r) }) {
			b.WriteString(canonOf(strings.TrimSpace(name)))
		}
		for _, f := range n.Fields {
			b.WriteString(canonOf(f.Key))
			walk(f.Value)
		}
		for _, item := range n.Items {
			walk(item)
		}
	}
	walk(root)
	return b.String() + frontmatter.Read(Schema(), src, nil, &Case{}).Body
}

// lostRunes are the letters, digits and marks that stand in a more often than
// in b. Signs are left out: quotes, colons and heading marks are syntax.
func lostRunes(a, b string) string {
	left := map[rune]int{}
	for _, r := range slip.HalfWidth(b) {
		left[r]++
	}
	var lost []rune
	for _, r := range slip.HalfWidth(a) {
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) && !unicode.IsSymbol(r) {
			continue
		}
		if left[r]--; left[r] < 0 {
			lost = append(lost, r)
		}
	}
	return string(lost)
}

// untidy are files that are odd in every way, and still safe to format.
func untidy() [][]byte {
	files := [][]byte{
		[]byte(canonicalFull),
		[]byte(strings.ReplaceAll(canonicalFull, ": ", "：")),
		[]byte("\ufeff" + strings.ReplaceAll(canonicalFull, "\n", "\r\n")),
	}
	for _, matter := range []string{
		"编号: 1\n反馈: [{结果：已解决}, {措施: '甲 # 乙'}] # 丙\n# 丁\n",
		"编号: 1\n甲:\n  - - 1\n    - {a: b}\n  -\n    # 注\n    丙: |\n     一\n      二\n # 丁\n乙: >-\n  一\n  二\n",
		"编号: 1\n标题: 甲 #12\n主题: [甲, # 一\n 乙, # 二\n] # 三\n状态:\n  # 深\n",
		"编号: 1\n协办反馈:\n  甲: 乙\n  丙: # 注\n说明单:\n  - # 注\n    理由: x\n  # 尾\n# 底\n",
		"编号: 1\n状态:\n  渠道: 甲\n  标题: 乙\n反馈:\n  结果: 已解决\n",
		"编号: \"a\\nb\\t\\u4e00\"\n'a: b': '''x'''\n更正:\n- 事项: 甲\n  # 一\n  规则: 乙\n\n- 原因: 丙\n",
	} {
		files = append(files,
			[]byte("---\n"+matter+"---\n前\n\n## 诉求内容\n甲\n## 乙\n```\n## 丙\n```\n<!-- 丁 -->\n"))
	}
	return files
}

func TestFormatUntidy(t *testing.T) {
	for i, src := range untidy() {
		if _, problems := Format(src, canonOf); len(problems) > 0 {
			t.Errorf("file %d: %+v", i, problems)
		}
		mustHold(t, src)
	}
}

func FuzzFormat(f *testing.F) {
	for _, src := range untidy() {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		if len(src) > 1<<14 {
			t.Skip("large inputs only slow the search")
		}
		mustHold(t, src)
	})
}

// Comments may stand wherever YAML lets them, and keys in any order: nothing of
// it stops Format, and no comment is lost.
func TestFormatKeepsCommentsAnywhere(t *testing.T) {
	matter, body, _ := strings.Cut(strings.TrimPrefix(canonicalFull, "---\n"), "---\n")
	groups := strings.Split(strings.TrimSuffix(matter, "\n"), "\n\n")
	var blocks []string // top keys with what is below them
	for line := range strings.SplitSeq(strings.Join(groups, "\n"), "\n") {
		if strings.HasPrefix(line, " ") || line == "" {
			blocks[len(blocks)-1] += "\n" + line
		} else {
			blocks = append(blocks, line)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		var src strings.Builder
		src.WriteString("---\n")
		count := 0
		comment := func() string {
			count++
			return "# 注" + strconv.Itoa(count)
		}
		inBlock := false
		for _, block := range rapid.Permutation(blocks).Draw(t, "keys") {
			for line := range strings.SplitSeq(block, "\n") {
				inBlock = inBlock && strings.HasPrefix(line, "      ")
				if !inBlock && rapid.IntRange(0, 9).Draw(t, "above") == 0 {
					src.WriteString(strings.Repeat(" ", 2*rapid.IntRange(0, 3).Draw(t, "indent")) + comment() + "\n")
				}
				src.WriteString(line)
				if !inBlock && rapid.IntRange(0, 9).Draw(t, "behind") == 0 {
					src.WriteString(strings.Repeat(" ", rapid.IntRange(2, 5).Draw(t, "gap")) + comment())
				}
				src.WriteByte('\n')
				inBlock = inBlock || strings.Contains(line, "|-")
			}
		}
		src.WriteString("---\n" + body)
		out, problems := Format([]byte(src.String()), nil)
		if len(problems) > 0 {
			t.Fatalf("refused: %+v\n%s", problems, src.String())
		}
		bare := regexp.MustCompile(`(?m)^ *# 注\d+\n| +# 注\d+`).ReplaceAllString(string(out), "")
		if bare != canonicalFull {
			t.Fatalf("%s\n%s\nfrom\n%s", firstDifference(bare, canonicalFull), out, src.String())
		}
		for i := range count {
			if n := strings.Count(string(out)+" ", "# 注"+strconv.Itoa(i+1)+"\n"); n != 1 {
				t.Fatalf("comment %d stands there %d times\n%s\nfrom\n%s", i+1, n, out, src.String())
			}
		}
	})
}
