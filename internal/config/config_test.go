package config

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/problem"
	"suqiu/internal/workday"
)

var update = flag.Bool("update", false, "rewrite testdata/*.want")

// faults is how many problems testdata/faults.yaml has.
const faults = 38

// TestFaults: a file with every fault there is tells of all of them at once,
// each at its place, with what to do.
func TestFaults(t *testing.T) {
	src, err := os.ReadFile("testdata/faults.yaml")
	if err != nil {
		t.Fatal(err)
	}
	c := Parse("suqiu.yaml", src)
	var b strings.Builder
	for _, p := range c.Problems {
		fmt.Fprintf(&b, "%d:%d %s %s\n  %s\n  %s\n", p.Line, p.Column, p.Rule, p.Key, p.Message, p.Fix)
		if p.Fix == "" || p.Message == "" || p.EndLine < p.Line {
			t.Errorf("%+v lacks a message, a fix or an end", p)
		}
	}
	if len(c.Problems) != faults {
		t.Errorf("%d problems, want %d:\n%s", len(c.Problems), faults, &b)
	} else if *update {
		if err := os.WriteFile("testdata/faults.want", []byte(b.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/faults.want")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	// What is wrong keeps its default; what is right is in force.
	if c.MainBranch != "main" || c.URL != "" || c.Baseline != "" || c.Grace != 1 || len(c.LandedAt) != 0 ||
		len(c.Ignores) != 0 {
		t.Errorf("a faulty value is in force: %+v", c)
	}
	limits := DefaultLimits()
	limits.ExtensionCount = 0
	if c.Limits != limits {
		t.Errorf("limits %+v", c.Limits)
	}
	if u := c.Unit("信息中心"); u == nil || u.Code != "XXZX" || !c.Calendar.Working(date("2026-08-22")) {
		t.Error("what is right beside faults is not in force")
	}
}

func TestEmptyAndUnreadable(t *testing.T) {
	for _, src := range []string{"", "\ufeff", "# 只有注释\n", "单位:\n"} {
		c := Parse("suqiu.yaml", []byte(src))
		want := []string{"key-missing", "key-missing"}
		if strings.Trim(src, "\ufeff") == "" {
			want = want[:1] // of an empty file its emptiness is told, once
		}
		if got := rulesOf(c); !slices.Equal(got, want) || c.Unreadable == nil {
			t.Errorf("Parse(%q) finds %v", src, got)
		}
		if c.Limits != DefaultLimits() || c.MainBranch != "main" || c.Grace != 1 || c.HasAddresses() ||
			!slices.Equal(c.Restricted, DefaultRestricted()) {
			t.Errorf("Parse(%q) has not the defaults: %+v", src, c)
		}
		if a := c.Actor("a@b.example", date("2026-01-05")); len(a.Units) != 0 || a.Bot {
			t.Errorf("Parse(%q) knows %+v", src, a)
		}
		if got := c.Calendar.Add(date("2026-09-18"), 10); got != date("2026-10-09") {
			t.Errorf("Parse(%q) has no calendar: %s", src, got)
		}
	}
	if got := rulesOf(Parse("suqiu.yaml", []byte("\xc3\xfb\xb3\xc6: x\n"))); !slices.Equal(got, []string{"encoding"}) {
		t.Errorf("GB18030: %v", got)
	}
	if got := rulesOf(Parse("suqiu.yaml", []byte("名称: [\n单位: {{\n"))); len(got) == 0 {
		t.Error("broken YAML has no problem")
	}
	if c := Parse("suqiu.yaml", []byte("名称: 局\r\n单位:\r\n  - {名称: 甲科, 代码: JK}\r\n")); len(c.Problems) != 0 ||
		c.Unit("JK").Name != "甲科" {
		t.Errorf("CRLF: %+v", c.Problems)
	}
}

// A format of more digits than a number holds is a newer one like any other.
func TestNewerFormat(t *testing.T) {
	for format, newer := range map[string]bool{"1": false, "0": false, "一": false, "-1": false, "2": true,
		"99999999999999999999": true, "-99999999999999999999": false} {
		c := Parse("suqiu.yaml", []byte("名称: 局\n格式: "+format+"\n单位:\n  - {名称: 甲科, 代码: JK}\n"))
		if (c.Unreadable != nil) != newer {
			t.Errorf("格式 %s: %v", format, c.Unreadable)
		}
	}
}

// TestWrongShapes gives every key a value of each wrong shape: told of, never
// a crash.
func TestWrongShapes(t *testing.T) {
	for _, key := range names(Keys()) {
		for _, value := range []string{"[[a]]", "{a: {b: c}}", "- 1", "[{x: y}]", "[]", "{}", "~", "\"\"", "a\u3001b"} {
			src := "名称: 局\n单位: [{名称: 甲科, 代码: JK}]\n"
			line := key + ": " + value + "\n"
			if strings.HasPrefix(value, "- ") {
				line = key + ":\n  " + value + "\n"
			}
			if key == "名称" {
				src = "单位: [{名称: 甲科, 代码: JK}]\n" + line
			} else if key == "单位" {
				src = "名称: 局\n" + line
			} else {
				src += line
			}
			c := Parse("suqiu.yaml", []byte(src))
			wrong := value == "[[a]]" || value == "{a: {b: c}}" || value == "[{x: y}]"
			if wrong && len(c.Problems) == 0 && key != "考评" {
				t.Errorf("%s: %s is taken without a word", key, value)
			}
			if empty := value == "[]" || value == "{}" || value == "\"\""; empty && len(c.Problems) != 0 &&
				key != "名称" && key != "单位" {
				t.Errorf("%s: %s: %+v", key, value, c.Problems)
			}
		}
	}
}

func TestEverySetting(t *testing.T) {
	c := Parse("suqiu.yaml", []byte(`名称: 测试局
格式: 1
主分支: 主干
网址: https://gitlab.example/a/b/
基线: 3F2A9C1D
收件宽限: 0
单位:
  - {名称: 甲科, 代码: JK, 别名: 甲、老甲, 邮箱: A@jk.example, 渠道: 投诉, 角色: 联席办、回访}
人员: [{邮箱: Lin@Example, 单位: 甲, 角色: [监督考评], 起: 2026-03-01}]
机器人: ["*@bots.example"]
时限: {异议: 1, 说明: 2, 反馈: 3, 延期申请方式: 提前, 延期提前: 4, 延期上限: 5, 延期次数: 6, 月报: 7,
  异议计时: 连续, 推送: 8, 急推送: 9, 特急推送: 10, 接收: 11, 协办提前: 12, 异议确认: 13,
  研究决定: 14, 审核: 15, 评估: 16, 改进: 17, 纪要印发: 18, 季报: 19,
  报送: 20, 申辩: 23, 长期研究: 21, 临期: 22}
日历: {放假: [2027-02-05/2027-02-11, 2026-08-18], 上班: [2027-02-13], 已公布: [2027]}
仅要素: []
签名: 要求
签名人: signers
平台签名: key
网页提交: {平台: Gitea, 地址: "http://git.example/", 应用编号: ab12, 自动合并: [接收办理, 申请延期]}
忽略: [{规则: pii-phone, 路径: cases/a.md, 原因: 公开电话}]
落地时间: {3f2a9c1: 2026-09-18 10:30, abcdef0123: "2026-09-18T10:30:00+08:00"}
`))
	if len(c.Problems) > 0 {
		t.Fatalf("%+v", c.Problems)
	}
	want := &Config{
		Name: "测试局", Format: 1,
		MainBranch: "主干", URL: "https://gitlab.example/a/b", Baseline: "3f2a9c1d", Grace: 0,
		Units: []Unit{{Name: "甲科", Code: "JK", Aliases: []string{"甲", "老甲"}, Emails: []string{"a@jk.example"},
			Channels: []string{"投诉"}, Roles: []Role{Office, Callback}}},
		People:    []Person{{Email: "lin@example", Unit: "甲", Roles: []Role{Supervisor}, From: date("2026-03-01")}},
		Bots:      []string{"*@bots.example"},
		Appraisal: DefaultAppraisal(), Limits: Limits{Object: 1, Escalate: 2, Feedback: 3, ExtensionMode: "提前",
			ExtensionAhead: 4, ExtensionCap: 5, ExtensionCount: 6, Monthly: 7,
			Push: 8, PushUrgent: 9, PushCritical: 10, Accept: 11, CoAhead: 12, ConfirmObject: 13, Decide: 14,
			Review: 15, Evaluate: 16,
			Improve: 17, Minutes: 18, Quarterly: 19, SendUp: 20, Plea: 23, LongTerm: 21, Soon: 22},
		Signature: Signature{Required: true, Signers: "signers", PlatformKey: "key"},
		Forms: Forms{Platform: "Gitea", URL: "http://git.example", App: "ab12",
			Auto: []string{"接收办理", "申请延期"}},
		Ignores:  []Ignore{{"pii-phone", "cases/a.md", "公开电话"}},
		LandedAt: map[string]string{"3f2a9c1": "2026-09-18 10:30", "abcdef0123": "2026-09-18T10:30:00+08:00"},
	}
	got := *c
	got.Calendar, got.lookup = nil, lookup{}
	if diff := cmp.Diff(want, &got, cmp.AllowUnexported(Config{}, lookup{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for day, working := range map[string]bool{"2027-02-05": false, "2027-02-11": false, "2027-02-12": true,
		"2027-02-13": true, "2026-08-18": false} {
		if c.Calendar.Working(date(day)) != working {
			t.Errorf("%s is worked: %v", day, !working)
		}
	}
	if c.Calendar.Provisional(date("2027-06-01")) || !c.Calendar.Provisional(date("2028-06-01")) {
		t.Error("已公布 is not heeded")
	}
	if len(c.Limits.Describe()) != 24 { // every limit; 延期提前 stands with 延期申请方式
		t.Errorf("%d limits are described", len(c.Limits.Describe()))
	}
}

func TestSignatureForms(t *testing.T) {
	const head = "名称: 局\n单位: [{名称: 甲科, 代码: JK}]\n"
	for src, want := range map[string]Signature{
		"签名: 不要求\n":               {},
		"签名:\n":                   {},
		"签名: {要求: 是, 签名人: s}\n":   {Required: true, Signers: "s"},
		"签名: {签名人: s, 平台签名: k}\n": {Required: true, Signers: "s", PlatformKey: "k"},
		"签名: {要求: 不要求, 签名人: s}\n": {Signers: "s"},
		"签名: 要求\n平台签名: k\n":       {Required: true, PlatformKey: "k"},
	} {
		if c := Parse("suqiu.yaml", []byte(head+src)); len(c.Problems) > 0 || c.Signature != want {
			t.Errorf("%q gives %+v, %+v", src, c.Signature, c.Problems)
		}
	}
	for _, path := range []string{"/etc/signers", "../signers", "keys/../../signers", "cases/signers",
		`keys\\signers`} {
		c := Parse("suqiu.yaml", []byte(head+"签名: {要求: 是, 签名人: \""+path+"\", 平台签名: k}\n"))
		if len(c.Problems) != 1 || c.Problems[0].Rule != "value-type" || c.Signature.Signers != "" {
			t.Errorf("%s: %+v, %+v", path, c.Problems, c.Signature)
		}
	}
	if got := rulesOf(Parse("suqiu.yaml", []byte(head+"签名: 要求\n"))); !slices.Equal(got, []string{"key-missing"}) {
		t.Errorf("要求 without anything to check by: %v", got)
	}
}

func TestNearest(t *testing.T) {
	names := []string{"名称", "单位", "人员", "时限", "延期申请方式", "收件宽限", "卓资县局", "化德县局"}
	for typed, want := range map[string]string{
		"单们": "单位", "收件宽": "收件宽限", "延期申请办法": "延期申请方式", "限": "时限", "天气": "", "": "",
		"名单": "名称", "各旗县局": "", "卓资局": "卓资县局",
		strings.Repeat("限", 100): "",
	} {
		if got := nearest(typed, names); got != want {
			t.Errorf("nearest(%q) = %q, want %q", typed, got, want)
		}
	}
}

// A name and an alias of one unit that are as near are no two units.
func TestNearestUnit(t *testing.T) {
	const units = `名称: 局
格式: 1
单位:
  - {名称: 纳税服务科, 代码: NSFWK, 别名: [纳服科], 角色: 联席办}
  - {名称: 第一税务分局, 代码: DYFJ, 别名: [一分局]}
  - {名称: 第二税务分局, 代码: DEFJ, 别名: [二分局]}
人员:
  - {邮箱: a@b.c, 单位: %s}
`
	for typed, want := range map[string]string{
		"纳税服科": "是否应为“纳税服务科”？", "纳服料": "是否应为“纳服科”？", "第四税务分局": "", "四分局": "",
	} {
		c := Parse("suqiu.yaml", fmt.Appendf(nil, units, typed))
		if len(c.Problems) != 1 || c.Problems[0].Rule != "unit-unknown" {
			t.Errorf("%s: %+v", typed, c.Problems)
			continue
		}
		if got, _, _ := strings.Cut(c.Problems[0].Fix, "改为"); got != want {
			t.Errorf("%s: %q, want %q", typed, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, file := range []string{"testdata/faults.yaml", "../../cases/suqiu.yaml"} {
		src, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
	f.Add([]byte("日历: {放假: [1900-01-01, 2200-12-31]}\n时限: {反馈: 99999999999999999999}"))
	f.Fuzz(func(t *testing.T, src []byte) {
		c := Parse("suqiu.yaml", src)
		c.Actor("a@nsfwk.example", date("2026-09-18"))
		for _, p := range c.Problems {
			if p.Line < 1 || p.Column < 1 || p.EndLine < p.Line || p.Rule == "" || p.Message == "" {
				t.Fatalf("%+v", p)
			}
		}
		sorted := slices.IsSortedFunc(c.Problems, func(a, b problem.Problem) int { return a.Line - b.Line })
		if !sorted {
			t.Fatalf("out of order: %+v", c.Problems)
		}
	})
}

func rulesOf(c *Config) []string {
	var rules []string
	for _, p := range c.Problems {
		rules = append(rules, p.Rule)
	}
	return rules
}

func date(s string) workday.Date {
	d, err := workday.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}
