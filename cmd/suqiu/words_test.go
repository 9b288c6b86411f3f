package main

import (
	"html"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"suqiu/internal/workday"
)

// developersWords are those that no page says to those who work by the regulation (issue
// 17, 9), each with what it says instead. The pages about the tool itself may.
var developersWords = []struct{ word, instead string }{
	{`入库`, "收件"},
	{`仓库`, "数据、文件"},
	{`suqiu\.yaml`, "本局设置"},
	{`(?:^|[^0-9A-Za-z-])\d{4}Q[1-4]`, "2026年第四季度"},
	{`即时(?:[^\p{Han}]|$)`, "即时会议"},
	{`\w\.(?:md|yaml|json)(?:[^a-z]|$)`, "是什么文件"},
	{`(?:cases|meetings|monthly|reports|appraisal|risks|submissions|counties)/`, "是什么文件"},
	{`主分支上的文件`, "现在的文件"},
	{`(?:提交|合并)(?:的)?合并请求`, "报送的办理情况"},
	{`暂无`, "一句完整的话"},
	{`(?i)yaml|commit|\bHEAD\b|\bref\b|字段|渲染|缓存`, "制度的说法"},
}

// about are the pages that speak of the tool itself, or are made for programs.
var aboutTheTool = []string{"rules", "help", "quality", "data"}

var (
	unseen    = regexp.MustCompile(`(?s)<(?:script|style|pre)\b.*?</(?:script|style|pre)>`)
	inWords   = regexp.MustCompile(`(?:title|aria-label|placeholder|alt)="([^"]*)"`)
	anyTag    = regexp.MustCompile(`<[^>]*>`)
	emptyText = regexp.MustCompile(`class="empty">([^<]*)<`)
)

// saidOn is what a page says: its text, and what is read out in its place. The files to
// copy of 下一步怎么填 are files.
func saidOn(page string) string {
	page = unseen.ReplaceAllString(page, " ")
	var text strings.Builder
	for _, m := range inWords.FindAllStringSubmatch(page, -1) {
		text.WriteString(m[1] + "\n")
	}
	return html.UnescapeString(text.String() + anyTag.ReplaceAllString(page, "\n"))
}

// wordsOn lists the developer's words that a page says.
func wordsOn(page string) []string {
	said := saidOn(page)
	var found []string
	for _, w := range developersWords {
		if m := regexp.MustCompile(w.word).FindStringIndex(said); m != nil {
			around := []rune(said[max(0, m[0]-30):min(len(said), m[1]+30)])
			found = append(found, strings.Join(strings.Fields(strings.ToValidUTF8(string(around), "")), " ")+
				"（应写作"+w.instead+"）")
		}
	}
	return found
}

// TestNoDevelopersWords holds that the pages of both editions of the sample speak as the
// regulation does, and that what is empty is said in a whole sentence.
func TestNoDevelopersWords(t *testing.T) {
	t.Parallel()
	today := workday.New(2026, 11, 24)
	dir := sampleOn(t, today)
	for _, edition := range []string{"公开", "监督"} {
		out := filepath.Join(t.TempDir(), edition)
		if code, _, stderr := invoke(t.Context(), "build", "-C", dir, "--as-of", today.String(), "--edition", edition,
			"--out", out); code != 0 {
			t.Fatal(stderr)
		}
		looked := 0
		for name, page := range htmlFiles(t, out) {
			folder, _, _ := strings.Cut(name, "/")
			if slices.Contains(aboutTheTool, folder) || name == "step.html" {
				continue
			}
			looked++
			for _, word := range wordsOn(page) {
				t.Errorf("%s %s: %s", edition, name, word)
			}
			for _, m := range emptyText.FindAllStringSubmatch(page, -1) {
				if said := strings.TrimSpace(m[1]); len([]rune(said)) < 5 {
					t.Errorf("%s %s says %q where there is nothing", edition, name, said)
				}
			}
		}
		if looked < 100 {
			t.Errorf("only %d pages of the %s edition", looked, edition)
		}
	}
}

// The test above finds what it looks for, in text and in what is read out, and lets be
// what only looks like it.
func TestDevelopersWordsAreFound(t *testing.T) {
	for _, page := range []string{"<p>2026-09-29 入库</p>", `<a title="见仓库">甲</a>`, "<td>2026Q4</td>",
		"<td>即时</td>", "<p>在 appraisal/2026Q3.md 中申辩</p>", "<p>由 suqiu.yaml 规定</p>", "<p>暂无</p>"} {
		if len(wordsOn(page)) == 0 {
			t.Errorf("nothing is found in %s", page)
		}
	}
	for _, page := range []string{`<a href="reports/2026Q4.html">2026年第四季度</a>`, "<p>一事一议，即时召开</p>",
		"<td>即时会议</td>", "<pre>季度: 2026Q4</pre>", "<p>suqiu 0.1.0</p>"} {
		if found := wordsOn(page); len(found) > 0 {
			t.Errorf("in %s is found %q", page, found)
		}
	}
}
