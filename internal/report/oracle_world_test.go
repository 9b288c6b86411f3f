package report_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"suqiu/internal/gittest"
)

// lifeAct is one landing in the life of a case.
type lifeAct struct {
	what             string
	authored, landed date
	n                int    // working days asked for or granted
	unit             string // whose
	counts           date   // the day that it counts for
	seen             date   // the day in whose quarter it is counted
}

// unitAct reports whether the day of an act is its author's.
func (a *lifeAct) unitAct() bool {
	switch a.what {
	case "register", "object", "escalate", "extend", "feed", "dissatisfied":
		return true
	}
	return false
}

// life is one case.
type life struct {
	id    string
	limit int
	acts  []lifeAct
}

// world is all cases and the 月报 of the collecting unit.
type world struct {
	lives   []life
	monthly []paper
}

type paper struct {
	month  time.Month
	filed  date // zero: never
	volume int
}

func drawWorld(seed uint64) *world {
	rnd := rand.New(rand.NewPCG(seed, 14))
	w := &world{}
	for i := range 90 {
		w.lives = append(w.lives, drawLife(rnd, i))
	}
	for m := time.May; m <= time.November; m++ {
		p := paper{month: m, volume: rnd.IntN(50)}
		if due := plus(on(m+1, 1)-1, 3); rnd.IntN(5) > 0 {
			p.filed = due - 3 + rnd.IntN(8)
		}
		w.monthly = append(w.monthly, p)
	}
	w.monthly = append(w.monthly, paper{month: time.December})
	return w
}

func drawLife(rnd *rand.Rand, i int) life {
	day := on(time.May, 11) + rnd.IntN(190)
	l := life{id: fmt.Sprintf("2026%02d-NFZX-%03d", epoch.AddDate(0, 0, day).Month(), i+1),
		limit: []int{10, 10, 10, 5, 3, 2}[rnd.IntN(6)]}
	last, seen := day, day // the days of the last act
	add := func(what, unit string, n int) {
		a := lifeAct{what: what, unit: unit, n: n, landed: day, authored: day}
		if a.unitAct() && what != "register" {
			a.authored = max(day-[]int{0, 0, 0, 1, 2, 4}[rnd.IntN(6)], lastLanded(l.acts))
		}
		a.counts = a.landed
		if a.unitAct() {
			// Not before the working day that lies one working day before.
			floor := a.landed - 1
			for !worked(floor) {
				floor--
			}
			a.counts = max(a.authored, floor)
		}
		if what == "proxy" { // the office enters what it received on paper
			a.authored = max(day-rnd.IntN(12), last)
			a.counts = a.authored
		}
		a.counts = max(a.counts, last)
		last = a.counts
		// What lands when its quarter has been received belongs to the next.
		a.seen = a.counts
		if a.landed > plus(quarterEnd(a.counts), 1) {
			a.seen = a.landed
		}
		a.seen = max(a.seen, seen)
		seen = a.seen
		l.acts = append(l.acts, a)
	}
	wait := func(most int) { day += rnd.IntN(most + 1) }
	add("register", "", 0)
	wait(4)
	lead := "信息中心"
	add("push", lead, l.limit)
	state, asked, spoke, waiting, improving := "open", false, false, false, false
	agreed, proposed := false, false
	for len(l.acts) < 16 {
		wait(9)
		if day > on(time.December, 20) {
			break
		}
		roll := rnd.IntN(100)
		switch state {
		case "open":
			switch {
			case waiting && roll < 35:
				add([]string{"grant", "grant", "refuse"}[rnd.IntN(3)], "", 1+rnd.IntN(10))
				waiting = false
			case proposed && roll < 60:
				if proposed = false; rnd.IntN(2) == 0 {
					agreed = true
					add("agree", "", 3+rnd.IntN(25))
				} else {
					add("disagree", "", 0)
				}
			case !asked && !agreed && roll < 12 && !improving && !proposed:
				asked, proposed = true, true
				add("propose", lead, 0)
			case !asked && !agreed && roll < 30 && !improving:
				asked, waiting = true, true
				add("extend", lead, 10)
			case !spoke && !agreed && !waiting && !proposed && roll < 55 && !improving:
				spoke = true
				state = []string{"object", "escalate"}[rnd.IntN(2)]
				add(state, lead, 0)
			case proposed:
			case roll < 62 && !improving:
				add("proxy", lead, 0)
				state = "fed"
			case roll < 92:
				add("feed", lead, 0)
				state = "fed"
			default:
				return l
			}
		case "object", "escalate":
			switch {
			case roll < 45:
				add("decide", "", 0)
				state = "open"
			case roll < 65 && state == "escalate":
				add("longterm", "", 0)
				if wait(40); day > on(time.December, 10) || roll < 48 {
					return l
				}
				add("resume", lead, 5+rnd.IntN(20))
				state, agreed = "open", true
			case roll < 65 && state == "object":
				lead = map[string]string{"信息中心": "征收管理科", "征收管理科": "信息中心"}[lead]
				add("reassign", lead, l.limit)
				state, asked, spoke, waiting = "open", false, false, false
			case roll < 90:
				add("feed", lead, 0)
				state = "fed"
			default:
				return l
			}
		case "fed":
			switch {
			case roll < 35 && !improving:
				// A return decides the request that the feedback overtook.
				if add("return", "", 0); waiting {
					l.acts[len(l.acts)-1].what = []string{"return+grant", "return+refuse"}[rnd.IntN(2)]
					l.acts[len(l.acts)-1].n = 1 + rnd.IntN(5)
					waiting = false
				}
				state = "open"
			case roll < 60:
				add("close", "", 0)
				return l
			case roll < 90:
				add("pass", "", 0)
				state = "evaluating"
			default:
				return l
			}
		case "evaluating":
			switch {
			case roll < 30 && !improving:
				add("dissatisfied", "纳税服务中心", 0)
				wait(3)
				add("improve", "", 0)
				state, improving = "open", true
			default:
				add("satisfied", "", 0)
				return l
			}
		}
	}
	return l
}

func lastLanded(acts []lifeAct) date {
	if len(acts) == 0 {
		return 0
	}
	return acts[len(acts)-1].landed
}

// write makes the history: a commit an act.
func (w *world) write(t *testing.T) string {
	t.Helper()
	type commit struct {
		at               date
		minute           int
		authored, landed string
		email            string
		path, text       string
	}
	var commits []commit
	add := func(a *lifeAct, minute int, email, path, text string) {
		clock := func(d date, hour int) string {
			return fmt.Sprint(epoch.AddDate(0, 0, d).Add(time.Duration(hour-8)*time.Hour+
				time.Duration(minute)*time.Minute).Unix(), " +0800")
		}
		hour := 9
		if a.authored < a.landed {
			hour = 8
		}
		commits = append(commits, commit{a.landed, minute, clock(a.authored, hour), clock(a.landed, 9), email, path,
			text})
	}
	emails := map[string]string{"": "a@nsfwk.example", "信息中心": "a@xxzx.example", "征收管理科": "a@zsglk.example",
		"纳税服务中心": "a@nfzx.example"}
	for i, l := range w.lives {
		text, from := "", "已推送"
		for j := range l.acts {
			a := &l.acts[j]
			next, back := written(t, text, from, l.id, a)
			text, from = next, back
			email := emails[a.unit]
			switch a.what {
			case "register":
				email = emails["纳税服务中心"]
			case "push", "reassign", "proxy", "resume":
				email = emails[""]
			}
			act := *a
			if a.what == "proxy" {
				act.authored = a.landed
			}
			add(&act, i%40+j*40, email, gittest.CasePath(l.id), text)
		}
	}
	for _, p := range w.monthly {
		if p.filed == 0 {
			continue
		}
		month := fmt.Sprintf("2026-%02d", p.month)
		add(&lifeAct{authored: p.filed, landed: p.filed}, 0, emails["纳税服务中心"], "monthly/"+month+"/NFZX.md",
			fmt.Sprintf("---\n单位: 纳税服务中心\n月份: %s\n渠道收集量:\n  12366热线: %d\n零报告: %s\n风险点:\n---\n",
				month, p.volume, map[bool]string{true: "是", false: "否"}[p.volume == 0]))
	}
	slices.SortStableFunc(commits, func(a, b commit) int { return (a.at-b.at)*10000 + a.minute - b.minute })
	r := gittest.Empty(t)
	var out bytes.Buffer
	config := `名称: 测试局
收件宽限: 1
单位:
  - {名称: 纳税服务科, 代码: NSFWK, 邮箱: ["*@nsfwk.example"], 角色: [联席办, 监督考评]}
  - {名称: 纳税服务中心, 代码: NFZX, 渠道: [12366热线], 邮箱: ["*@nfzx.example"], 角色: [回访]}
  - {名称: 信息中心, 代码: XXZX, 邮箱: ["*@xxzx.example"]}
  - {名称: 征收管理科, 代码: ZSGLK, 邮箱: ["*@zsglk.example"]}
`
	put := func(authored, landed, email, path, text string) {
		fmt.Fprintf(&out, "commit refs/heads/main\nauthor 甲 <%s> %s\ncommitter 乙 <a@nsfwk.example> %s\ndata "+
			"1\nx\nM 100644 inline %s\ndata %d\n%s\n",
			email, authored, landed, path, len(text), text)
	}
	start := fmt.Sprint(epoch.AddDate(0, 0, on(time.May, 1)).Unix(), " +0800")
	put(start, start, "a@nsfwk.example", "suqiu.yaml", config)
	for _, c := range commits {
		put(c.authored, c.landed, c.email, c.path, c.text)
	}
	cmd := exec.Command("git", "fast-import", "--quiet", "--force")
	cmd.Dir, cmd.Stdin = r.Dir, &out
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("git fast-import: %v\n%s", err, text)
	}
	return r.Dir
}

// written is the file after an act; from is the state to which a return leads.
func written(t *testing.T, text, from, id string, a *lifeAct) (string, string) {
	t.Helper()
	must := func(s string, err error) string {
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	set := func(values ...string) { text = must(gittest.Set(text, values...)) }
	record := func(key string, fields ...string) { text = must(gittest.Record(text, key, fields...)) }
	state := func() string {
		_, rest, _ := strings.Cut(text, "\n状态: ")
		s, _, _ := strings.Cut(rest, "\n")
		return strings.TrimSpace(s)
	}
	what, decided, _ := strings.Cut(a.what, "+")
	grant := func(word string) {
		set("延期申请.决定="+word, "延期申请.依据=CQ2026-07")
		if word == "同意" {
			set(fmt.Sprintf("延期申请.准延天数=%d", a.n))
		}
	}
	switch what {
	case "register":
		text = must(gittest.NewCase(id))
	case "push":
		set("状态=已推送", "任务清单=RW202607-01", "办理类别=系统技术类", "涉及面=高", "影响度=中", "复杂度=中",
			"紧急程度=一般", "承办单位="+a.unit)
		if a.n != 10 {
			set(fmt.Sprintf("限办天数=%d", a.n))
		}
		from = "已推送"
	case "reassign":
		set("状态=已推送", "承办单位="+a.unit, "说明单.决定=成立", "说明单.依据=CQ2026-07")
		from = "已推送"
	case "object", "escalate":
		set("状态=" + map[string]string{"object": "异议待确认", "escalate": "待研究决定"}[what])
		record("说明单", "事由="+map[string]string{"object": "异议", "escalate": "无法解决"}[what], "单位="+a.unit,
			"理由=不属职责"+civil(a.landed), "职责依据=", "建议单位=", "决定=", "依据=")
	case "decide":
		word := map[string]string{"异议待确认": "不成立", "待研究决定": "继续办理"}[state()]
		set("状态=办理中", "说明单.决定="+word, "说明单.依据=CQ2026-07")
	case "extend":
		record("延期申请", fmt.Sprintf("申请天数=%d", a.n), "原因=等待扩容"+civil(a.landed), "措施=电话辅导", "决定=",
			"准延天数=", "依据=")
	case "propose":
		record("说明单", "事由=一事一议", "单位="+a.unit, "理由=情况特殊"+civil(a.landed), "职责依据=", "建议单位=",
			"决定=", "依据=")
	case "agree":
		set("说明单.决定=同意", "说明单.依据=HY2026-07", "会议议定期限.日期="+civil(a.landed+a.n),
			"会议议定期限.依据=HY2026-07")
	case "disagree":
		set("说明单.决定=不同意", "说明单.依据=HY2026-07")
	case "longterm":
		set("状态=长期推进", "说明单.决定=长期推进", "说明单.依据=HY2026-07", "下次研究日期="+civil(a.landed+30))
	case "resume":
		set("状态=办理中", "会议议定期限.日期="+civil(a.landed+a.n), "会议议定期限.依据=HY2026-08")
	case "grant":
		grant("同意")
	case "refuse":
		grant("不同意")
	case "feed", "proxy":
		if what == "proxy" {
			record("代录", "步骤=反馈", "单位="+a.unit, "收到日期="+civil(a.authored), "凭据=反馈单"+civil(a.landed))
		}
		if from = state(); from == "异议待确认" || from == "待研究决定" {
			from = "办理中"
		}
		set("状态=已反馈")
		record("反馈", "结果=已解决", "措施=扩容"+civil(a.landed), "答复日期="+civil(a.authored), "审核=", "退回原因=")
		text = gittest.SetSection(gittest.SetSection(text, "办理情况", "已经办理 "+civil(a.landed)), "反馈答复",
			"已经答复 "+civil(a.landed))
	case "return":
		set("状态="+from, "反馈.审核=退回", "反馈.退回原因=请补充依据"+civil(a.landed))
		if decided != "" {
			grant(map[string]string{"grant": "同意", "refuse": "不同意"}[decided])
		}
	case "close":
		set("状态=已办结", "反馈.审核=通过", "不评估原因=未抽中")
	case "pass":
		set("状态=评估中", "反馈.审核=通过")
	case "dissatisfied":
		record("评估", "方式=12366回访", "单位=纳税服务中心", "结果=不满意")
	case "satisfied":
		record("评估", "方式=12366回访", "单位=纳税服务中心", "结果=满意")
		set("状态=已办结")
	case "improve":
		set("状态=改进中")
		record("改进", "原因=仍有反映"+civil(a.landed), "措施=", "完成期限=", "依据=")
	}
	return text, from
}
