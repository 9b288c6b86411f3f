package demo

import (
	"fmt"
	"slices"

	"suqiu/internal/mdfile"
	"suqiu/internal/record"
	"suqiu/internal/workday"
)

// What made-up appeals are about: each is a place, a matter and a trouble.
var (
	madeUpPlaces = []string{"办税服务厅", "电子税务局", "自助终端", "征纳互动平台", "乡镇代办点", "社区缴费点",
		"手机客户端", "自助办税区"}
	madeUpMatters = []string{"增值税申报", "发票额度调整", "个人所得税汇算", "社会保险费缴纳", "契税申报",
		"注销清税", "完税证明开具", "房产税税源登记", "出口退税申报", "印花税申报", "车船税代收", "留抵退税申请"}
	madeUpTroubles = []string{"提示不清", "等候时间长", "资料要求不一", "进度无法查询", "页面报错", "答复口径不同",
		"退费不到账", "无人接听"}
	madeUpGrades = []string{"高", "中", "中", "低"}
	madeUpKinds  = []string{"政策业务类", "系统技术类", "征管流程类", "服务质效类", "其他类"}
)

func (g *generator) register(n int, day workday.Date) {
	rng := g.random(n, 1)
	pick := func(list []string) string { return list[rng.IntN(len(list))] }
	unit := g.members[rng.IntN(len(g.members))]
	collected := g.cal.Add(day, -1)
	prefix := fmt.Sprintf("%04d%02d-%s", collected.Year(), collected.Month(), unit.Code)
	g.sequence[prefix]++
	id := fmt.Sprintf("%s-%03d", prefix, g.sequence[prefix])
	place, matter, trouble := pick(madeUpPlaces), pick(madeUpMatters), pick(madeUpTroubles)
	c := &record.Case{
		ID: id, Title: place + matter + trouble, Nature: "诉求", Channel: pick(unit.Channels),
		Collector: unit.Name, Collected: collected, Tickets: 1 + rng.IntN(3)/2, State: "已登记", Sections: emptyBody(),
	}
	c.Sections[0].Text = fmt.Sprintf("诉求人在%s办理%s时遇到“%s”，第 %d 次反映，希望尽快解决并给出明确答复。", place,
		matter, trouble, 1+rng.IntN(3))
	g.open[n] = &madeUp{c: c, rng: rng, path: casePath(id)}
}

func (g *generator) push(m *madeUp, day workday.Date) {
	c, rng := m.c, m.rng
	grade := func() string { return madeUpGrades[rng.IntN(len(madeUpGrades))] }
	c.State, c.TaskList = "已推送", taskList(day)
	c.Category = madeUpKinds[rng.IntN(len(madeUpKinds))]
	c.Reach, c.Impact, c.Complexity, c.Urgency = grade(), grade(), grade(), "一般"
	c.Lead = g.other(m, "")
	if rng.IntN(2) == 0 && m.co {
		c.Co = []string{g.other(m, c.Lead)}
		seedCoFeedback(c)
	}
	c.Sections[1].Text = "经分析，属" + c.Category + "，由" + c.Lead + "承办。"
}

// other picks a unit in charge that is not this one.
func (g *generator) other(m *madeUp, not string) string {
	for {
		if u := g.handlers[m.rng.IntN(len(g.handlers))]; u.Name != not {
			return u.Name
		}
	}
}

func (g *generator) feedBack(m *madeUp, day workday.Date) {
	c := m.c
	results := []string{"已解决", "已解决", "解释说明"}
	c.State = "已反馈"
	c.Feedback = append(c.Feedback, record.Feedback{
		Result: results[m.rng.IntN(len(results))], Answered: day,
		Measures: fmt.Sprintf("%s第 %d 次核实后整改（%s）", c.Lead, len(c.Feedback)+1, c.ID),
	})
	at := slices.IndexFunc(c.Sections, func(s mdfile.Section) bool { return s.Heading == "办理情况" })
	c.Sections[at].Text = c.Lead + "已核实" + c.Title + "的情况并完成整改。"
	c.Sections[at+1].Text = "已电话答复诉求人，说明原因和办理结果。"
}
