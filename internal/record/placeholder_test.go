package record

import (
	"strings"
	"testing"

	"suqiu/internal/mdfile"
)

// waiting is the full case in the state that goes with its records.
var waiting = strings.NewReplacer("状态: 办理中", "状态: 已反馈", "## 办理情况\n", "## 办理情况\n\n已办。\n",
	"## 反馈答复\n", "## 反馈答复\n\n已答。\n").Replace(canonicalFull)

// DESIGN section 3: what is to be filled in reads 〔请填：…〕, and
// `placeholder-left` is the one finding about it. EXAMPLES 58.
func TestPlaceholderIsTheOneFinding(t *testing.T) {
	lines := strings.Split(waiting, "\n")
	tried := 0
	for i, l := range lines {
		key, value, ok := strings.Cut(l, ":")
		if l == "---" && i > 0 {
			break
		}
		if !ok || strings.HasPrefix(l, "#") || strings.HasSuffix(l, "|-") {
			continue
		}
		if strings.TrimSpace(value) == "" && i+1 < len(lines) &&
			len(lines[i+1]) > len(strings.TrimLeft(lines[i+1], " ")) {
			continue // holds the lines below it
		}
		name := strings.TrimLeft(key, " -")
		if name == "第二行" { // of a text in a block
			continue
		}
		for _, what := range []string{PlaceholderAt(name), "〔请填：已解决…〕", "〔请填", "部分〔请填：甲、乙〕"} {
			tried++
			changed := append([]string(nil), lines...)
			changed[i] = key + ": " + what
			c := Parse("cases/2026/07/202607-ZSGLK-004.md", []byte(strings.Join(changed, "\n")), nil)
			if len(c.Problems) != 1 || c.Problems[0].Rule != "placeholder-left" || c.Problems[0].Line != i+1 {
				t.Fatalf("%s: %+v", changed[i], c.Problems)
			}
		}
	}
	if tried < 200 {
		t.Errorf("only %d tried", tried)
	}
}

// It is told of in lists, in the names of co-handlers and in the body, too.
func TestPlaceholderAnywhere(t *testing.T) {
	for _, change := range [][2]string{
		{"  - 第三税务分局\n限办", "  - 〔请填：单位名称〕\n限办"},
		{"协办单位:\n  - 征收管理科\n  - 第三税务分局\n", "协办单位: 征收管理科、〔请填：单位名称〕\n"},
		{"  第三税务分局:\n    结果:", "  〔请填：单位名称〕:\n    结果:"},
		{"  第三税务分局:\n    结果:", "  第三税务分局: 〔请填：结果〕"},
		{"原渠道单号:\n  - 0471202607", "原渠道单号: 〔请填：单号〕"},
		{"理由: |-\n      第一行\n", "理由: |-\n      第一行〔请填：其余〕\n"},
		{"## 研判分析\n", "## 研判分析\n\n〔请填：怎样研判的〕\n"},
	} {
		src := strings.Replace(waiting, change[0], change[1], 1)
		if src == waiting {
			t.Fatalf("%q is not there", change[0])
		}
		c := Parse("cases/2026/07/202607-ZSGLK-004.md", []byte(src), nil)
		if len(c.Problems) != 1 || c.Problems[0].Rule != "placeholder-left" {
			t.Errorf("%s: %+v", change[1], c.Problems)
		}
	}
	// A section that only waits to be filled in is not called empty beside.
	src := strings.Replace(canonicalFull, "状态: 办理中", "状态: 评估中", 1)
	for _, h := range []string{"办理情况", "反馈答复"} {
		at := strings.Index(src, "## "+h)
		src = src[:at] + "## " + h + "\n\n" + mdfile.Placeholder("写明") + "\n\n" + src[at+len("## "+h)+1:]
	}
	for _, p := range Parse("cases/2026/07/202607-ZSGLK-004.md", []byte(src), nil).Problems {
		if p.Rule == "section-missing" {
			t.Errorf("%+v", p)
		}
	}
}

// What is still to be filled in states nothing, and formatting leaves it.
func TestPlaceholderStatesNothing(t *testing.T) {
	src := strings.Replace(canonicalFull, "紧急程度: 急", "紧急程度: "+PlaceholderAt("紧急程度"), 1)
	c := Parse("cases/2026/07/202607-ZSGLK-004.md", []byte(src), nil)
	if c.Urgency != "" || !c.Left("紧急程度") || c.Left("承办单位") || c.Left("") {
		t.Errorf("紧急程度 is %q, %+v", c.Urgency, c.Problems)
	}
	if out, problems := Format([]byte(src), nil); string(out) != src {
		t.Errorf("formatted, %+v:\n%s", problems, out)
	}
	within := strings.Replace(canonicalFull, "  - 结果: 部分解决", "  - 结果: 〔请填：已解决…〕", 1)
	if c := Parse("", []byte(within), nil); !c.Left("反馈") || !c.Left("反馈[0].结果") || c.Left("反馈[0].措施") ||
		c.Left("评估") {
		t.Errorf("%+v", c.Problems)
	}
}
