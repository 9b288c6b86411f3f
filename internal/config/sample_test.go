package config

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// TestSampleHasEveryUnit compares the configuration of the sample repository
// with the units, codes, channels and roles of the notice of 2023 (三(二)).
func TestSampleHasEveryUnit(t *testing.T) {
	src, err := os.ReadFile("../../cases/suqiu.yaml")
	if err != nil {
		t.Fatal(err)
	}
	c := Parse("suqiu.yaml", src)
	for _, p := range c.Problems {
		t.Errorf("%d:%d %s %s", p.Line, p.Column, p.Rule, p.Message)
	}
	const own = "本条线反馈 20户联系企业 日常工作"
	for _, row := range []struct{ name, code, channels, roles string }{
		{"纳税服务科", "NSFWK", "办税服务厅 投诉 差评（办税厅和自助办税终端） 涉税专业服务机构反馈 蹲点调研 第三方反馈",
			"联席办 监督考评"},
		{"办公室", "BGS", "国务院“互联网+督查” 人民网“领导留言板” 局长信箱 信访 上级交办", "监督考评"},
		{"督察内审科", "DCNSK", "各类督审检查", "监督考评"},
		{"纳税服务中心", "NFZX", "12366热线 12345热线 12366网上热线 12366网上留言 网络舆情", "回访"},
		{"征收管理科", "ZSGLK", "税费征管问题协同解决 差评（电子税务局及APP） 5C和5R指标分析", ""},
		{"党建工作科", "DJGZK", "教育督导 巡查", ""},
		{"第三税务分局", "DSFJ", "数据分析", ""},
		{"法制科", "FZK", own, ""}, {"货物和劳务税科", "HLSK", own, ""}, {"所得税科", "SDSK", own, ""},
		{"财产和行为税科", "CXSK", own, ""}, {"社会保险费和非税收入科", "SBFK", own, ""},
		{"第一税务分局", "DYFJ", own, ""},
		{"第二税务分局", "DEFJ", own, ""}, {"稽查局", "JCJ", own, ""}, {"信息中心", "XXZX", own, ""},
		{"集宁区税务局", "JNQ", "", "旗县"}, {"丰镇市税务局", "FZS", "", "旗县"}, {"卓资县税务局", "ZZX", "", "旗县"},
		{"化德县税务局", "HDX", "", "旗县"}, {"商都县税务局", "SDX", "", "旗县"}, {"兴和县税务局", "XHX", "", "旗县"},
		{"凉城县税务局", "LCX", "", "旗县"}, {"察哈尔右翼前旗税务局", "CYQQ", "", "旗县"},
		{"察哈尔右翼中旗税务局", "CYZQ", "", "旗县"},
		{"察哈尔右翼后旗税务局", "CYHQ", "", "旗县"}, {"四子王旗税务局", "SZWQ", "", "旗县"},
	} {
		u := c.Unit(row.name)
		if u == nil {
			t.Errorf("%s is missing", row.name)
			continue
		}
		var roles []string
		for _, r := range u.Roles {
			roles = append(roles, string(r))
		}
		if u.Code != row.code || !slices.Equal(u.Channels, strings.Fields(row.channels)) ||
			!slices.Equal(roles, strings.Fields(row.roles)) {
			t.Errorf("%s is %+v", row.name, *u)
		}
		if len(u.Emails) == 0 {
			t.Errorf("%s has no address", row.name)
		}
	}
	if len(c.Units) != 27 {
		t.Errorf("%d units, want 27", len(c.Units))
	}
	for alias, name := range map[string]string{
		"纳服科": "纳税服务科", "货劳科": "货物和劳务税科", "财行科": "财产和行为税科",
		"社保科": "社会保险费和非税收入科",
		"征管科": "征收管理科", "一分局": "第一税务分局", "二分局": "第二税务分局", "三分局": "第三税务分局",
		"集宁区局": "集宁区税务局",
	} {
		if got := c.Canon(alias); got != name {
			t.Errorf("%s is %s, want %s", alias, got, name)
		}
	}
	if c.Limits != DefaultLimits() || c.Grace != 1 {
		t.Errorf("the sample departs from the limits of the notice: %+v", c.Limits)
	}
}
