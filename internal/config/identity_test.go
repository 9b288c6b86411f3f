package config

import (
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const organisation = `名称: 测试局
单位:
  - {名称: 纳税服务科, 代码: NSFWK, 别名: [纳服科], 邮箱: ["*@nsfwk.example"], 角色: [联席办, 监督考评]}
  - {名称: 纳税服务中心, 代码: NFZX, 邮箱: ["*@nfzx.example", "shared@wlcb.example", "boss@nsfwk.example"],
     角色: [回访]}
  - {名称: 信息中心, 代码: XXZX, 邮箱: ["*@xxzx.example", "Shared@WLCB.example"]}
  - {名称: 集宁区税务局, 代码: JNQ, 别名: [集宁区局], 邮箱: ["*@*.jnq.example"], 角色: [旗县]}
人员:
  - {邮箱: lin@nfzx.example, 单位: 纳税服务科, 角色: [联席办], 起: 2026-03-01, 止: 2026-06-30}
  - {邮箱: lin@nfzx.example, 单位: 信息中心, 起: 2026-06-30}
  - {邮箱: wang@xxzx.example, 单位: 纳服科}
  - {邮箱: both@a.example, 单位: 信息中心}
  - {邮箱: both@a.example, 单位: 纳税服务中心}
机器人: [pages@example, "*@bots.example", robot@xxzx.example, "49699333+Renovate[bot]@users.noreply.example"]
`

func TestActor(t *testing.T) {
	c := Parse("suqiu.yaml", []byte(organisation))
	if len(c.Problems) > 0 {
		t.Fatalf("%+v", c.Problems)
	}
	const day = "2026-05-06"
	for _, test := range []struct {
		what, email, on string
		want            Actor
	}{
		{"by pattern", "zhang@nsfwk.example", day,
			Actor{Units: []string{"纳税服务科"}, Roles: []Role{Office, Supervisor}}},
		{"whatever the case", " Zhang@NSFWK.Example ", day,
			Actor{Units: []string{"纳税服务科"}, Roles: []Role{Office, Supervisor}}},
		{"exact before pattern", "boss@nsfwk.example", day,
			Actor{Units: []string{"纳税服务中心"}, Roles: []Role{Callback}}},
		{"an address of two units", "shared@wlcb.example", day,
			Actor{Units: []string{"纳税服务中心", "信息中心"}, Roles: []Role{Callback}}},
		{"a domain below", "x@mail.jnq.example", day, Actor{Units: []string{"集宁区税务局"}, Roles: []Role{County}}},
		{"not the domain itself", "x@jnq.example", day, Actor{}},
		{"not a domain that merely ends so", "x@other-nsfwk.example", day, Actor{}},
		{"nor one below it", "x@mail.nsfwk.example", day, Actor{}},
		{"unknown", "x@y.example", day, Actor{}},
		{"nothing", "", day, Actor{}},
		{"no address", "zhang", day, Actor{}},
		{"the pattern itself is nobody", "*@jnq.example", day, Actor{}},
		{"a person before her term", "lin@nfzx.example", "2026-02-28",
			Actor{Units: []string{"纳税服务中心"}, Roles: []Role{Callback}}},
		{"from 起 on, with exactly the roles listed", "lin@nfzx.example", "2026-03-01",
			Actor{Units: []string{"纳税服务科"}, Roles: []Role{Office}}},
		{"through 止, and in two units on that day", "LIN@nfzx.example", "2026-06-30",
			Actor{Units: []string{"纳税服务科", "信息中心"}, Roles: []Role{Office}}},
		{"after 止, in the next term", "lin@nfzx.example", "2026-07-01", Actor{Units: []string{"信息中心"}}},
		{"the unit's roles where none is listed, by alias", "wang@xxzx.example", day,
			Actor{Units: []string{"纳税服务科"}, Roles: []Role{Office, Supervisor}}},
		{"units in display order", "both@a.example", day,
			Actor{Units: []string{"纳税服务中心", "信息中心"}, Roles: []Role{Callback}}},
		{"a bot", "Pages@example", day, Actor{Bot: true}},
		{"a bot by pattern", "any@bots.example", day, Actor{Bot: true}},
		{"a bot as platforms name it", "49699333+renovate[bot]@users.noreply.example", day, Actor{Bot: true}},
		{"a bot of a unit", "robot@xxzx.example", day, Actor{Units: []string{"信息中心"}, Bot: true}},
	} {
		got := c.Actor(test.email, date(test.on))
		if !slices.Equal(got.Units, test.want.Units) || !slices.Equal(sorted(got.Roles), sorted(test.want.Roles)) ||
			got.Bot != test.want.Bot {
			t.Errorf("%s: Actor(%q, %s) = %+v, want %+v", test.what, test.email, test.on, got, test.want)
		}
	}
	a := c.Actor("shared@wlcb.example", date(day))
	if !a.In("信息中心") || a.In("纳税服务科") || !a.Has(Callback) || a.Has(Office) {
		t.Errorf("In or Has is wrong of %+v", a)
	}
}

func sorted(roles []Role) []Role {
	roles = slices.Clone(roles)
	slices.Sort(roles)
	return roles
}

// TestActorIsConstant: callers share what Actor returns, so no answer may
// change an earlier one.
func TestActorIsConstant(t *testing.T) {
	c := Parse("suqiu.yaml", []byte(organisation))
	emails := []string{"zhang@nsfwk.example", "shared@wlcb.example", "lin@nfzx.example", "wang@xxzx.example",
		"both@a.example", "x@a.jnq.example"}
	var want []Actor
	for _, e := range emails {
		want = append(want, c.Actor(e, date("2026-06-30")))
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 200 {
				for i, e := range emails {
					if diff := cmp.Diff(want[i], c.Actor(e, date("2026-06-30"))); diff != "" {
						t.Errorf("%s: %s", e, diff)
						return
					}
				}
			}
		})
	}
	wg.Wait()
}

func TestCanonAndUnit(t *testing.T) {
	c := Parse("suqiu.yaml", []byte(organisation))
	for typed, want := range map[string]string{"纳服科": "纳税服务科", "NSFWK": "纳税服务科",
		"纳税服务科": "纳税服务科", "集宁区局": "集宁区税务局", "某科": "某科", "": ""} {
		if got := c.Canon(typed); got != want {
			t.Errorf("Canon(%q) = %q, want %q", typed, got, want)
		}
		if u := c.Unit(typed); u == nil != (typed == "某科" || typed == "") || u != nil && u.Name != want {
			t.Errorf("Unit(%q) = %+v", typed, u)
		}
	}
	if !c.Unit("NSFWK").Has(Office) || c.Unit("XXZX").Has(Office) {
		t.Error("Has is wrong")
	}
}

func TestHasAddresses(t *testing.T) {
	for src, want := range map[string]bool{
		"单位: [{名称: 甲科, 代码: JK}]\n":                                          false,
		"单位: [{名称: 甲科, 代码: JK, 邮箱: \"*@a.example\"}]\n":                     true,
		"单位: [{名称: 甲科, 代码: JK, 邮箱: a@a.example}]\n":                         true,
		"单位: [{名称: 甲科, 代码: JK}]\n人员: [{邮箱: a@a.example, 单位: 甲科}]\n":         true,
		"单位: [{名称: 甲科, 代码: JK}]\n机器人: [a@a.example]\n":                      false,
		"单位: [{名称: 甲科, 代码: JK, 邮箱: []}]\n人员: []\n":                          false,
		"单位: [{名称: 甲科, 代码: JK, 邮箱: 不是邮箱}]\n":                                false,
		"单位: [{名称: 甲科, 代码: JK, 角色: [联席办], 邮箱: [a@a.example, a@b.example]}]": true,
	} {
		if got := Parse("suqiu.yaml", []byte("名称: 局\n"+src)).HasAddresses(); got != want {
			t.Errorf("%q has addresses: %v", src, got)
		}
	}
}

func TestRestrictedScope(t *testing.T) {
	c := Parse("suqiu.yaml", []byte(organisation))
	for _, test := range []struct {
		scope, channel, category string
		want                     bool
	}{
		{"", "12366热线", "系统技术类", false},
		{"", "投诉", "系统技术类", true},
		{"", "12366热线", "侵害权益类", true},
		{"全文", "投诉", "侵害权益类", false},
		{"仅要素", "12366热线", "系统技术类", true},
		{"仅要数", "12366热线", "系统技术类", true}, // a slip of the pen publishes nothing
		{"", "", "", false},
	} {
		if got := c.RestrictedScope(test.scope, test.channel, test.category); got != test.want {
			t.Errorf("%+v: %v", test, got)
		}
	}
	open := Parse("suqiu.yaml", []byte(organisation+"仅要素: []\n"))
	if open.RestrictedScope("", "投诉", "") {
		t.Error("an empty 仅要素 restricts")
	}
}

func BenchmarkActor(b *testing.B) {
	c := Parse("suqiu.yaml", []byte(organisation))
	on := date("2026-05-06")
	for b.Loop() {
		c.Actor("zhang@nsfwk.example", on)
	}
}

// TestWithholds holds that a 仅要素 that is not understood withholds whatever does
// not say 全文 itself (DESIGN 4): a word that nobody knows, a value of another
// shape, a key that may have been meant for it.
func TestWithholds(t *testing.T) {
	for text, want := range map[string]bool{
		"":                       false,
		"仅要素:\n":                 false, // left empty it keeps its default
		"仅要素: [投诉, 系统技术类]\n":     false,
		"仅要素: []\n":              false,
		"仅要素: [投拆, 信访]\n":        true,
		"仅要素: {投诉: 是}\n":         true,
		"仅要素:\n  - 渠道: 投诉\n":     true,
		"仅元素: [投诉, 信访]\n":        true,
		"只显示要素: [投诉]\n":          true,
		"仅要素: [投诉]\n仅要素: [信访]\n": true,
		"名称2: 甲\n":               false,
	} {
		c := Parse("suqiu.yaml", []byte(organisation+text))
		if c.Withholds != want {
			t.Errorf("%q: withholds %v", text, c.Withholds)
		}
		if want && (!c.RestrictedScope("", "12366热线", "系统技术类") ||
			c.RestrictedScope("全文", "12366热线", "系统技术类")) {
			t.Errorf("%q: what does not say 全文 is shown, or what says so is not", text)
		}
		if want && len(c.Problems) == 0 {
			t.Errorf("%q: nobody is told", text)
		}
	}
	if c := Parse("suqiu.yaml", []byte(organisation+"仅要素:\n")); !c.RestrictedScope("", "投诉", "") {
		t.Error("an empty 仅要素 opens what its default keeps back")
	}
}
