package prose

import (
	"slices"
	"strings"
	"testing"
)

// TestManual: a page of the manual in the dress of the site.
func TestManual(t *testing.T) {
	src := "# 名称\n\n见[甲](a.md#乙)和[无](gone)。\n\n<!-- 说明 -->\n\n## 乙、`丙`\n\n| 项 | 值 |\n| --- | --: |\n" +
		"| 一<br>二 | `a --b` |\n\n## 乙、`丙`\n\n| | |\n| --- | --- |\n| 0 | 正常 |\n\n```\n甲 < 乙\n```\n\n" +
		"<img src=x>\n\n![某页](a.png)\n"
	page := ReadManual(src, func(to string) string {
		if to == "gone" {
			return ""
		}
		return "to/" + to
	})
	want := `<p>见<a href="to/a.md#乙">甲</a>和无。</p>
<h2 id="乙丙">乙、<code>丙</code></h2>
<div class="scroll" tabindex="0" role="group" aria-label="乙、丙"><table class="list wordy"><caption class="sr">乙、丙</caption>
<thead><tr>
<th scope="col">项</th>
<th scope="col" class="right">值</th>
</tr></thead>
<tbody>
<tr>
<td>一<br>二</td>
<td class="right"><code>a <span class="nw">--b</span></code></td>
</tr>
</tbody>
</table></div>
<h2 id="乙丙-1">乙、<code>丙</code></h2>
<div class="scroll" tabindex="0" role="group" aria-label="乙、丙"><table class="list wordy"><caption class="sr">乙、丙</caption>
<tbody>
<tr>
<td>0</td>
<td>正常</td>
</tr>
</tbody>
</table></div>
<pre tabindex="0"><code>甲 &lt; 乙
</code></pre>
<p>&lt;img src=x&gt;</p>
<p><img src="to/a.png" alt="某页"></p>
`
	if got := string(page.HTML); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	headings := []Heading{{2, "乙丙", "乙、丙"}, {2, "乙丙-1", "乙、丙"}}
	if page.Title != "名称" || !slices.Equal(page.Headings, headings) ||
		strings.Join(page.Links, " ") != "a.md#乙 gone a.png" {
		t.Errorf("%q %v %v", page.Title, page.Headings, page.Links)
	}
}
