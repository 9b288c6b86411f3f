package papers

import (
	"bytes"
	"encoding/json"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"suqiu/internal/charset"
	"suqiu/internal/problem"
)

// Formats reports whether Format knows the file at a path. What `report
// --freeze` wrote is kept as it was written, to the byte.
func Formats(p string) bool {
	name := path.Base(p)
	if strings.HasPrefix(name, ".") || strings.EqualFold(name, "README.md") {
		return false
	}
	return SchemaAt(p) != nil || isSummary(p)
}

func isSummary(p string) bool {
	return strings.HasPrefix(p, "counties/") && strings.HasSuffix(p, ".json")
}

// topKey is a key at the beginning of a line.
var topKey = regexp.MustCompile(`(?m)^([^\s:：#-][^\s:：]*)[ \t]*[:：]`)

// Looks says in which folder a text without a name belongs, if it is a paper;
// empty if it is none: it has a key that only a case has, or none of a paper.
func Looks(src []byte) (folder string) {
	if decoded, ok := charset.FromGB18030(src); ok {
		src = decoded
	}
	if text := bytes.TrimSpace(bytes.TrimPrefix(src, bom)); bytes.HasPrefix(text, []byte("{")) {
		return "counties/"
	}
	most := 0
	var keys []string
	for _, m := range topKey.FindAllSubmatch(src, -1) {
		keys = append(keys, string(m[1]))
	}
	if slices.ContainsFunc(keys, func(key string) bool {
		return slices.Contains([]string{"标题", "性质", "渠道", "收集单位", "收集日期", "状态"}, key)
	}) {
		return ""
	}
	for _, k := range kinds {
		n := 0
		for i := range k.schema.Keys {
			if slices.Contains(keys, k.schema.Keys[i].Name) {
				n++
			}
		}
		if n > most {
			folder, most = k.folder, n
		}
	}
	return folder
}

// Format is record.Format for the paper at a path: what it states does not
// change, and one that cannot be read without guessing comes back byte for byte
// with what stands in the way. Of the figures of a bureau only the layout is
// touched.
func Format(p string, src []byte, canon func(string) string) ([]byte, []problem.Problem) {
	if isSummary(p) {
		return formatSummary(p, src)
	}
	schema := SchemaAt(p)
	if schema == nil {
		return src, nil
	}
	top, err := topOf(p, src)
	if err != nil {
		return src, []problem.Problem{{Rule: "encoding", Line: 1, Column: 1, EndLine: 1, Message: "文件的编码认不出来",
			Fix: "请用记事本打开，“另存为”时编码选 UTF-8"}}
	}
	text := src
	if top != nil {
		text = append(top, bytes.TrimPrefix(src, bom)...)
	}
	if strings.HasPrefix(p, "reports/") {
		text, _ = chapterHeadings(text)
	}
	out, problems := schema.Format(text, canon)
	if len(problems) == 0 {
		return out, nil
	}
	added := bytes.Count(top, []byte("\n"))
	for i := range problems {
		q := &problems[i]
		q.Line, q.EndLine = max(q.Line-added, 1), max(q.EndLine-added, 1)
	}
	return src, problems
}

var bom = []byte("\xef\xbb\xbf")

// topOf is the front matter that the texts of a report may leave out, in the
// encoding of the file.
func topOf(p string, src []byte) ([]byte, error) {
	if !strings.HasPrefix(p, "reports/") || frontMatter.Match(bytes.TrimPrefix(src, bom)) {
		return nil, nil
	}
	top := []byte("---\n季度:\n---\n")
	switch {
	case utf8.Valid(src):
		return top, nil
	case bytes.HasPrefix(src, bom):
		return nil, nil // in two encodings
	}
	return simplifiedchinese.GB18030.NewEncoder().Bytes(top)
}

// formatSummary lays a summary out as WriteSummary does.
func formatSummary(p string, src []byte) ([]byte, []problem.Problem) {
	text := src
	if decoded, ok := charset.FromGB18030(src); ok {
		text = decoded
	}
	text = bytes.TrimSpace(bytes.TrimPrefix(text, bom))
	var out bytes.Buffer
	if c := ParseCounty(p, text, nil); c.Unreadable || !utf8.Valid(text) || json.Indent(&out, text, "", "  ") != nil {
		return src, c.Problems
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}
