package register

import (
	"context"
	"strings"
	"testing"

	"suqiu/internal/git"
	"suqiu/internal/gittest"
	"suqiu/internal/workday"
)

// TestDutiesOfThen: who owed a month, until when and on which channels is as
// suqiu.yaml said then.
func TestDutiesOfThen(t *testing.T) {
	r := gittest.Repo(t, `
at 2026-06-15 09:00
by 纳税服务科 <a@nsfwk.example>
write suqiu.yaml suqiu.yaml
commit 启用
at 2026-07-02 10:00
by 纳税服务中心 <a@nfzx.example>
write monthly/2026-06/NFZX.md june
commit 六月
at 2026-07-20 10:00
by 纳税服务科 <a@nsfwk.example>
replace suqiu.yaml '网络舆情' '12366网上留言'
commit 换渠道
at 2026-08-04 10:00
by 纳税服务科 <a@nsfwk.example>
replace suqiu.yaml '[12366热线, 12366网上留言]' '[12366, 12366网上留言, 12345热线]'
replace suqiu.yaml '渠道: [日常工作]' '渠道: []'
replace suqiu.yaml '月报: 3' '月报: 5'
commit 改名、增加渠道
at 2026-08-05 10:00
by 纳税服务中心 <a@nfzx.example>
write monthly/2026-07/NFZX.md july
commit 七月
-- suqiu.yaml --
名称: 测试局
单位:
  - {名称: 纳税服务科, 代码: NSFWK, 邮箱: ["*@nsfwk.example"], 角色: [联席办]}
  - {名称: 纳税服务中心, 代码: NFZX, 渠道: [12366热线, 网络舆情], 邮箱: ["*@nfzx.example"]}
  - {名称: 信息中心, 代码: XXZX, 渠道: [日常工作]}
时限: {月报: 3}
-- june --
---
单位: 纳税服务中心
月份: 2026-06
渠道收集量: {12366热线: 1}
零报告: 否
---
-- july --
---
单位: 纳税服务中心
月份: 2026-07
渠道收集量: {12366: 1}
零报告: 否
---
`)
	repo, err := git.Open(r.Dir)
	if err != nil {
		t.Fatal(err)
	}
	d, err := Load(context.Background(), repo, Options{AsOf: workday.New(2026, 9, 30)})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, duty := range d.MonthlyDuties() {
		got = append(got, duty.Month.String()+" "+duty.Unit+" "+duty.Due.String()+" "+strings.Join(duty.Channels, "、"))
	}
	want := []string{
		"2026-06 纳税服务中心 2026-07-03 12366热线、网络舆情",
		"2026-06 信息中心 2026-07-03 日常工作",
		"2026-07 纳税服务中心 2026-08-05 12366网上留言", // 12366热线 had another name when July was handed in
		"2026-07 信息中心 2026-08-05 日常工作",
		"2026-08 纳税服务中心 2026-09-07 12366、12366网上留言、12345热线",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	june, july := d.Monthly[0], d.Monthly[1]
	for channel, want := range map[string][2]bool{"12366热线": {true, true}, "网络舆情": {true, false},
		"12366": {true, true}, "12345热线": {true, true}, "信访": {false, false}} {
		if a, b := d.Collects(june, channel), d.Collects(july, channel); a != want[0] || b != want[1] {
			t.Errorf("%s: %v %v, want %v", channel, a, b, want)
		}
	}
}
