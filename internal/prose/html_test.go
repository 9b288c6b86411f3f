package prose

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

func TestMarkdown(t *testing.T) {
	m := NewRenderer("", func(id string) bool { return id == "202607-NFZX-012" })
	for _, c := range []struct{ name, src, want string }{
		{"a column of figures", "|项|数|\n|-|-:|\n|甲|1|",
			"<table>\n<thead>\n<tr>\n<th>项</th>\n<th class=\"right\">数</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>" +
				"甲</td>\n<td class=\"right\">1</td>\n</tr>\n</tbody>\n</table>"},
		{"bold before a Chinese colon", "**纳税人：**张三", "<p><strong>纳税人：</strong>张三</p>"},
		{"bold title in a sentence", "依据**《税收征收管理法》**第三十二条",
			"<p>依据<strong>《税收征收管理法》</strong>第三十二条</p>"},
		{"bold in quotes", "接**“互联网+督查”**转来", "<p>接<strong>“互联网+督查”</strong>转来</p>"},
		{"bold with brackets", "共**9件（含电话）**，均办结", "<p>共<strong>9件（含电话）</strong>，均办结</p>"},
		{"bold before a comma", "**已办结，**不再督办", "<p><strong>已办结，</strong>不再督办</p>"},
		{"bold after a full stop", "完成。**依据：**第三条", "<p>完成。<strong>依据：</strong>第三条</p>"},
		{"bold book title first", "**《征管法》**规定", "<p><strong>《征管法》</strong>规定</p>"},
		{"bold beside Latin", "用**APP**办理", "<p>用<strong>APP</strong>办理</p>"},
		{"bold ends in ASCII bracket", "见**附件(一)**所列", "<p>见<strong>附件(一)</strong>所列</p>"},
		{"bold ends in a dash", "**原因——**系统", "<p><strong>原因——</strong>系统</p>"},
		{"two bolds in a row", "**甲：**乙**丙：**丁", "<p><strong>甲：</strong>乙<strong>丙：</strong>丁</p>"},
		{"bold over a line break", "**第一\n第二**行", "<p><strong>第一第二</strong>行</p>"},
		{"bold in a list", "- **单位：**信息中心", "<ul>\n<li><strong>单位：</strong>信息中心</li>\n</ul>"},
		{"bold in a cell", "|项|值|\n|-|-|\n|**限：**|十日|",
			"<table>\n<thead>\n<tr>\n<th>项</th>\n<th>值</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td><strong>限：</" +
				"strong></td>\n<td>十日</td>\n</tr>\n</tbody>\n</table>"},
		{"italic in bold", "**很*要*紧**的", "<p><strong>很<em>要</em>紧</strong>的</p>"},
		{"heading in a list", "- # 甲", "<ul>\n<li>\n<h3 id=\"x-甲\">甲</h3>\n</li>\n</ul>"},
		{"stars alone", "甲****乙", "<p>甲****乙</p>"},
		// Text as typed: only two tildes strike, a star between figures is a times
		// sign, two full-width blanks begin a paragraph.
		{"times sign", "3*4*5", "<p>3*4*5</p>"},
		{"times sign, three factors", "计2*15*30元", "<p>计2*15*30元</p>"},
		{"powers", "2**3**4", "<p>2**3**4</p>"},
		{"times sign with units", "2人*15天*30元", "<p>2人*15天*30元</p>"},
		{"times sign with brackets", "100*（1+3%）*12", "<p>100*（1+3%）*12</p>"},
		{"times sign in bold", "**合计2*15*30元**整", "<p><strong>合计2*15*30元</strong>整</p>"},
		{"ranges", "3~5 个工作日，实际 10~15", "<p>3~5 个工作日，实际 10~15</p>"},
		{"ranges with two tildes", "3~~5 个工作日，实际 10~~15", "<p>3~~5 个工作日，实际 10~~15</p>"},
		{"ranges of days", "7月1日~7月3日，8月1日~8月3日", "<p>7月1日~7月3日，8月1日~8月3日</p>"},
		{"struck out", "已~~删除：~~改", "<p>已<del>删除：</del>改</p>"},
		{"one tilde", "~甲~", "<p>~甲~</p>"},
		{"blanks to be filled in", "日期：____年__月__日____（签字）", "<p>日期：____年__月__日____（签字）</p>"},
		{"underscores in English", "_a_ and __b__", "<p><em>a</em> and <strong>b</strong></p>"},
		{"indented paragraphs", "　　第一段，\n接上行。\n　　第二段。", "<p>第一段，接上行。</p>\n<p>第二段。</p>"},
		{"indented paragraph below a list", "- 甲\n　　乙", "<ul>\n<li>甲</li>\n</ul>\n<p>乙</p>"},
		{"one full-width blank is none", "第一行\n　第二行", "<p>第一行第二行</p>"},
		{"indented by blanks", "甲：\n\n    乙\n    丙", "<p>甲：</p>\n<p>乙丙</p>"},
		{"indented in code", "```\n　　甲\n　　乙\n```", "<pre><code>　　甲\n　　乙\n</code></pre>"},
		{"italic", "这是*重点*内容", "<p>这是<em>重点</em>内容</p>"},
		{"bold and italic", "***要紧***的", "<p><em><strong>要紧</strong></em>的</p>"},
		{"English as ever", "a * b and **c**", "<p>a * b and <strong>c</strong></p>"},
		{"not bold", "2 ** 3", "<p>2 ** 3</p>"},
		{"unclosed", "**未完", "<p>**未完</p>"},
		{"escaped", `\*\*原样\*\*`, "<p>**原样**</p>"},
		{"soft break between Chinese", "第一行\n第二行", "<p>第一行第二行</p>"},
		{"soft break after a comma", "第一，\n第二", "<p>第一，第二</p>"},
		{"soft break before a book title", "依据\n《征管法》", "<p>依据《征管法》</p>"},
		{"soft break before Latin", "使用\nAPP", "<p>使用\nAPP</p>"},
		{"soft break after a quotation", "所谓“即办”\n事项", "<p>所谓“即办”事项</p>"},
		{"soft break before bold", "第一\n**第二**", "<p>第一<strong>第二</strong></p>"},
		{"soft break after bold", "**第一**\n第二", "<p><strong>第一</strong>第二</p>"},
		{"soft break after a link", "[局](https://a.example)\n第二",
			"<p><a href=\"https://a.example\" rel=\"noreferrer\">局</a>第二</p>"},
		{"soft break before Latin in bold", "第一\n**APP**", "<p>第一\n<strong>APP</strong></p>"},
		{"entity", "甲&lt;乙&amp;丙", "<p>甲&lt;乙&amp;丙</p>"},
		{"hard break", "第一  \n第二", "<p>第一<br>\n第二</p>"},
		{"soft break in English", "one\ntwo", "<p>one\ntwo</p>"},
		{"heading", "# 处理 意见", `<h3 id="x-处理-意见">处理 意见</h3>`},
		{"heading in a quotation", "> # 甲", "<blockquote>\n<h3 id=\"x-甲\">甲</h3>\n</blockquote>"},
		{"same heading twice", "### 甲\n\n### 甲", "<h3 id=\"x-甲\">甲</h3>\n<h3 id=\"x-甲-2\">甲</h3>"},
		{"headings whose ids meet", "### 甲-2\n\n### 甲\n\n### 甲",
			"<h3 id=\"x-甲-2\">甲-2</h3>\n<h3 id=\"x-甲\">甲</h3>\n<h3 id=\"x-甲-3\">甲</h3>"},
		{"heading with bold", "### **一、**情况", "<h3 id=\"x-一-情况\"><strong>一、</strong>情况</h3>"},
		{"heading of marks", "### ！！", `<h3 id="x-节">！！</h3>`},
		{"tag is text", "a <img src=x onerror=alert(1)> b", "<p>a &lt;img src=x onerror=alert(1)&gt; b</p>"},
		{"block is text", "<script>\nalert(1)\n</script>", "<p>&lt;script&gt;\nalert(1)\n&lt;/script&gt;</p>"},
		{"comment is dropped", "<!-- suqiu:忽略 pii-phone 单位电话 -->\n\n正文", "<p>正文</p>"},
		{"inline comment is dropped", "前<!-- 内部 -->后", "<p>前后</p>"},
		{"script address", "[点我](javascript:alert(1))", "<p>点我</p>"},
		{"script address with a line feed", "[点](java&#10;script:alert(1))", "<p>点</p>"},
		{"script address by reference", "[点][a]\n\n[a]: javascript:alert(1)",
			"<p>[点][a]</p>\n<p>[a]: javascript:alert(1)</p>"},
		{"vbscript", "[点](vbscript:x)", "<p>点</p>"},
		{"file address", "[点](file:///etc/passwd)", "<p>点</p>"},
		{"address without a scheme", "[点](//evil.example/x)", "<p>点</p>"},
		{"anchor in raw HTML", `<a href="javascript:x">点</a>`,
			`<p>&lt;a href=&quot;javascript:x&quot;&gt;点&lt;/a&gt;</p>`},
		{"svg", "<svg onload=alert(1)>", "<p>&lt;svg onload=alert(1)&gt;</p>"},
		{"style", "<style>body{display:none}</style>", "<p>&lt;style&gt;body{display:none}&lt;/style&gt;</p>"},
		{"script address in disguise", "[点我](JaVaScRiPt:alert)", "<p>点我</p>"},
		{"data address", "[点我](data:text/html;base64,xxxx)", "<p>点我</p>"},
		{"autolink of a script", "<javascript:alert(1)>", "<p>javascript:alert(1)</p>"},
		{"web address", "[局网站](https://a.example/x?a=1&b=2)",
			`<p><a href="https://a.example/x?a=1&amp;b=2" rel="noreferrer">局网站</a></p>`},
		{"another case", "见[此件](../07/202607-NFZX-012.md)",
			`<p>见<a href="202607-NFZX-012.html" rel="noreferrer">此件</a></p>`},
		{"no such case", "见[此件](202607-NFZX-099.md)", "<p>见此件</p>"},
		{"image is told, not loaded", "![现场](https://a.example/x.png)", "<p>［图：现场］</p>"},
		{"quote breaks no attribute", `[x](https://a.example/"onclick="x)`,
			`<p><a href="https://a.example/%22onclick=%22x" rel="noreferrer">x</a></p>`},
	} {
		if got := strings.TrimSpace(string(m.HTML(c.src, "x-"))); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

// allowed are the elements that a text may become, with their attributes.
var allowed = map[string][]string{
	"p": nil, "strong": nil, "em": nil, "del": nil, "br": nil, "hr": nil, "ul": nil, "ol": {"start"}, "li": nil,
	"blockquote": nil, "pre": nil,
	"code": {"class"}, "h3": {"id"}, "h4": {"id"}, "h5": {"id"}, "h6": {"id"}, "table": nil, "thead": nil, "tbody": nil,
	"tr": nil,
	"th": {"class"}, "td": {"class"}, "a": {"href", "rel"}, "input": {"type", "checked", "disabled"},
}

// FuzzMarkdown holds that whatever is typed becomes harmless HTML: only the
// elements above, links only to web addresses and known cases, no id twice, no
// prefix left out.
func FuzzMarkdown(f *testing.F) {
	for _, s := range []string{"**甲：**乙", "<script>", "[a](javascript:b)", "![a](b)", "<!-- a --> b", "# 一\n# 一",
		"*", strings.Repeat(">", 600), "<a href='x'>", "|a|b|\n|-|-|\n|<i>|2|", "|a|b|c|\n|:-|:-:|-:|\n|1|2|3|",
		"[x](&#106;avascript:y)", "[a]: data:text/html,x\n\n[a]", "<https://a.example/\"onx>", "- [x] 办\n- [ ] 未",
		"# 甲-2\n# 甲\n# 甲", "~~删~~", "```js\n</code><script>\n```",
		"甲\n乙\n**丙：**", "\xff**\xfe：**", "[见](202607-NFZX-012)", "[见](//a)", "***甲***乙*", "\\**甲**",
		"<HTTP://A\u0000>"} {
		f.Add(s)
	}
	m := NewRenderer("", func(id string) bool { return id == "202607-NFZX-012" })
	f.Fuzz(func(t *testing.T, src string) {
		got := string(m.HTML(src, "x-"))
		nodes, err := html.ParseFragment(strings.NewReader(got), &html.Node{Type: html.ElementNode, Data: "div",
			DataAtom: atom.Div})
		if err != nil {
			t.Fatal(err)
		}
		ids := map[string]bool{}
		for _, top := range nodes {
			checkHarmless(t, got, top, ids)
			for n := range top.Descendants() {
				checkHarmless(t, got, n, ids)
			}
		}
	})
}

func checkHarmless(t *testing.T, got string, n *html.Node, ids map[string]bool) {
	switch n.Type {
	case html.TextNode:
		return
	case html.ElementNode:
	default:
		t.Errorf("a node of kind %d: %q", n.Type, got)
		return
	}
	attributes, ok := allowed[n.Data]
	if !ok {
		t.Errorf("<%s>: %q", n.Data, got)
	}
	for _, a := range n.Attr {
		switch {
		case !slices.Contains(attributes, a.Key):
			t.Errorf("<%s %s>: %q", n.Data, a.Key, got)
		case a.Key == "href" && a.Val != "202607-NFZX-012.html" && !webAddress.MatchString(a.Val):
			t.Errorf("leads to %q: %q", a.Val, got)
		case a.Key == "id" && (ids[a.Val] || !strings.HasPrefix(a.Val, "x-")):
			t.Errorf("id %q: %q", a.Val, got)
		case a.Key == "id":
			ids[a.Val] = true
		}
	}
}

var webAddress = regexp.MustCompile(`^(?i)https?://`)
