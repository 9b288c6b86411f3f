package site

import (
	"strings"
	"testing"
)

func TestMarkdown(t *testing.T) {
	m := newMarkdown("", func(id string) bool { return id == "202607-NFZX-012" })
	for _, c := range []struct{ name, src, want string }{
		{"bold before a Chinese colon", "**纳税人：**张三", "<p><strong>纳税人：</strong>张三</p>"},
		{"bold title in a sentence", "依据**《税收征收管理法》**第三十二条", "<p>依据<strong>《税收征收管理法》</strong>第三十二条</p>"},
		{"bold in quotes", "接**“互联网+督查”**转来", "<p>接<strong>“互联网+督查”</strong>转来</p>"},
		{"bold with brackets", "共**9件（含电话）**，均办结", "<p>共<strong>9件（含电话）</strong>，均办结</p>"},
		{"italic", "这是*重点*内容", "<p>这是<em>重点</em>内容</p>"},
		{"bold and italic", "***要紧***的", "<p><em><strong>要紧</strong></em>的</p>"},
		{"English as ever", "a * b and **c**", "<p>a * b and <strong>c</strong></p>"},
		{"not bold", "2 ** 3", "<p>2 ** 3</p>"},
		{"unclosed", "**未完", "<p>**未完</p>"},
		{"escaped", `\*\*原样\*\*`, "<p>**原样**</p>"},
		{"soft break between Chinese", "第一行\n第二行", "<p>第一行第二行</p>"},
		{"soft break in English", "one\ntwo", "<p>one\ntwo</p>"},
		{"heading", "# 处理 意见", `<h3 id="x-处理-意见">处理 意见</h3>`},
		{"same heading twice", "### 甲\n\n### 甲", "<h3 id=\"x-甲\">甲</h3>\n<h3 id=\"x-甲-2\">甲</h3>"},
		{"heading of marks", "### ！！", `<h3 id="x-节">！！</h3>`},
		{"tag is text", "a <img src=x onerror=alert(1)> b", "<p>a &lt;img src=x onerror=alert(1)&gt; b</p>"},
		{"block is text", "<script>\nalert(1)\n</script>", "<p>&lt;script&gt;\nalert(1)\n&lt;/script&gt;</p>"},
		{"comment is dropped", "<!-- suqiu:忽略 pii-phone 单位电话 -->\n\n正文", "<p>正文</p>"},
		{"inline comment is dropped", "前<!-- 内部 -->后", "<p>前后</p>"},
		{"script address", "[点我](javascript:alert(1))", "<p>点我</p>"},
		{"script address in disguise", "[点我](JaVaScRiPt:alert)", "<p>点我</p>"},
		{"data address", "[点我](data:text/html;base64,xxxx)", "<p>点我</p>"},
		{"autolink of a script", "<javascript:alert(1)>", "<p>javascript:alert(1)</p>"},
		{"web address", "[局网站](https://a.example/x?a=1&b=2)", `<p><a href="https://a.example/x?a=1&amp;b=2" rel="noreferrer">局网站</a></p>`},
		{"another case", "见[此件](../07/202607-NFZX-012.md)", `<p>见<a href="202607-NFZX-012.html" rel="noreferrer">此件</a></p>`},
		{"no such case", "见[此件](202607-NFZX-099.md)", "<p>见此件</p>"},
		{"image is told, not loaded", "![现场](https://a.example/x.png)", "<p>［图：现场］</p>"},
		{"quote breaks no attribute", `[x](https://a.example/"onclick="x)`, `<p><a href="https://a.example/%22onclick=%22x" rel="noreferrer">x</a></p>`},
	} {
		if got := strings.TrimSpace(string(m.html(c.src, "x-"))); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

func FuzzMarkdown(f *testing.F) {
	for _, s := range []string{"**甲：**乙", "<script>", "[a](javascript:b)", "![a](b)", "<!-- a --> b", "# 一\n# 一", "*", "<a href='x'>", "|a|b|\n|-|-|\n|<i>|2|"} {
		f.Add(s)
	}
	m := newMarkdown("", func(string) bool { return false })
	f.Fuzz(func(t *testing.T, src string) {
		got := strings.ToLower(string(m.html(src, "")))
		for _, bad := range []string{"<script", "<img", "<iframe", "<style", `href="javascript:`, `href="data:`, `href="vbscript:`, "<!--"} {
			if strings.Contains(got, bad) {
				t.Errorf("%q gives %s", src, got)
			}
		}
	})
}
