package report_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"slices"
	"strings"
	"suqiu/internal/appraisal"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/git"
	"suqiu/internal/gittest"
	"suqiu/internal/register"
	"suqiu/internal/report"
	"suqiu/internal/workday"
)

// TestFiguresOfRandomHistories draws the lives of many cases, writes them as a
// history and counts the figures of three quarters in another way: by going
// through the days of each case one by one, under the sentences of DESIGN 5, 6
// and 10 as they are written below. It shares no code with the replay or the
// report.
func TestFiguresOfRandomHistories(t *testing.T) {
	for seed := range uint64(5) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			w := drawWorld(seed)
			dir := w.write(t)
			for _, asOf := range []string{"2026-10-14", "2027-01-20"} {
				day, err := workday.Parse(asOf)
				if err != nil {
					t.Fatal(err)
				}
				repo, err := git.Open(dir)
				if err != nil {
					t.Fatal(err)
				}
				d, err := register.Load(t.Context(), repo, register.Options{AsOf: day})
				if err != nil {
					t.Fatal(err)
				}
				book := report.Open(d)
				for q := 2; q <= 4; q++ {
					quarter := workday.Quarter{Year: 2026, Q: q}
					if quarter.Last().AddDays(13) > day {
						continue // its receipt has not ended
					}
					w.compare(t, book, quarter, asOf)
				}
			}
		})
	}
}

// date is a day as a number, so that the oracle's own calendar counts it.
type date = int

var epoch = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

func on(month time.Month, day int) date {
	return int(time.Date(2026, month, day, 0, 0, 0, 0, time.UTC).Sub(epoch).Hours() / 24)
}

func civil(d date) string { return epoch.AddDate(0, 0, d).Format(time.DateOnly) }

// worked reports whether a day of 2026 is worked, by the notice of that year.
func worked(d date) bool {
	s := civil(d)
	switch {
	case slices.Contains([]string{"2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20",
		"2026-10-10"}, s):
		return true
	case s >= "2026-05-01" && s <= "2026-05-05", s >= "2026-06-19" && s <= "2026-06-21",
		s >= "2026-09-25" && s <= "2026-09-27", s >= "2026-10-01" && s <= "2026-10-07":
		return false
	}
	weekday := epoch.AddDate(0, 0, d).Weekday()
	return weekday != time.Saturday && weekday != time.Sunday
}

// quarterEnd is the last day of the quarter of a day.
func quarterEnd(d date) date {
	m := epoch.AddDate(0, 0, d).Month()
	return on((m-1)/3*3+4, 1) - 1
}

// plus is the n-th working day after a day.
func plus(d date, n int) date {
	for n > 0 {
		d++
		if worked(d) {
			n--
		}
	}
	return d
}

// between counts the working days of (from, to].
func between(from, to date) int {
	n := 0
	for d := from + 1; d <= to; d++ {
		if worked(d) {
			n++
		}
	}
	return n
}

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

// task is one push of a case as an oracle sees it at the end of a day.
type task struct {
	unit           string
	pushed         date
	original, due  date
	missed         date   // the due day first missed; zero: none
	late           []date // working days
	answers        []date
	open, paused   bool
	held, dropped  bool
	stopped        date
	pauseFrom      date
	timely, review bool // the last answer came in time; a return came before
	overtaken      bool
}

// pass lets a task live until the end of a day.
func (k *task) pass(from, to date) {
	for d := from + 1; d <= to; d++ {
		if k.open && !k.paused && !k.held && d > k.due {
			if k.missed == 0 {
				k.missed = k.due
			}
			if worked(d) {
				k.late = append(k.late, d)
			}
		}
	}
}

// tasks goes through the life of a case day by day up to the end of a day, with
// what counts until then, and returns its pushes.
func (l *life) tasks(end date) []*task {
	var list []*task
	var k *task
	at, improving := date(0), false
	for i := range l.acts {
		a := &l.acts[i]
		if a.seen > end {
			break
		}
		day := a.counts
		if k != nil {
			k.pass(at, day)
		}
		at = day
		if a.what == "improve" {
			improving = true
		}
		if improving && a.what != "push" {
			continue // the clock of an improvement is the office's own here
		}
		what, decided, _ := strings.Cut(a.what, "+")
		switch what {
		case "reassign", "push":
			if k != nil {
				k.open, k.dropped, k.stopped, k.paused = false, true, day, false
			}
			k = &task{unit: a.unit, pushed: day, due: plus(day, a.n), open: true}
			k.original = k.due
			list = append(list, k)
		case "longterm":
			k.open, k.dropped, k.stopped, k.paused = false, true, day, false
		case "resume": // the same push goes on, until a day that the meeting fixed
			k = &task{unit: a.unit, pushed: day, due: a.landed + a.n, open: true, review: k.review}
			k.original = k.due
			list = append(list, k)
		case "propose":
			k.held = day <= k.due
		case "agree":
			k.due = a.landed + a.n
			k.decide(day, "", 0)
		case "disagree":
			k.decide(day, "", 0)
		case "object", "escalate":
			// Timely within two or three working days of the push.
			if day <= plus(k.pushed, map[string]int{"object": 2, "escalate": 3}[what]) && day <= k.due {
				k.paused, k.pauseFrom = true, day
			}
		case "decide":
			k.resume(day)
		case "extend":
			if day <= k.due {
				k.held = true
			}
		case "grant", "refuse":
			k.decide(day, what, a.n)
		case "feed", "proxy":
			k.timely = k.paused || k.held || day <= k.due
			if k.paused { // withdrawn by the feedback
				k.due, k.paused = plus(k.due, between(k.pauseFrom, day)), false
			}
			k.overtaken, k.held = k.held, false
			k.open, k.stopped = false, day
			k.answers = append(k.answers, day)
		case "return":
			k.back(day, decided, a.n)
		}
	}
	if k != nil {
		k.pass(at, end)
	}
	return list
}

// resume ends a pause; the decision leaves the working day after it.
func (k *task) resume(day date) {
	if k.paused {
		k.paused = false
		k.due = max(plus(k.due, between(k.pauseFrom, day)), plus(day, 1))
	}
}

// decide grants or refuses an extension: one in time leaves the working day
// after the decision, a late one counts only if granted.
func (k *task) decide(day date, what string, n int) {
	if what == "grant" {
		k.due = plus(k.due, n)
	}
	if k.held {
		k.held = false
		k.due = max(k.due, plus(day, 1))
	}
}

// back returns a feedback: one in time gets the days of review back, and the
// first return leaves the working day after it, later ones their own day.
func (k *task) back(day date, decided string, n int) {
	answered := k.stopped
	k.open, k.stopped = true, 0
	if k.timely {
		k.due = plus(k.due, between(answered, day))
	}
	if decided == "grant" {
		k.due = plus(k.due, n)
	}
	switch {
	case !k.timely:
	case !k.review || k.overtaken:
		k.due = max(k.due, plus(day, 1))
	default:
		k.due = max(k.due, day)
	}
	k.overtaken, k.review = false, true
}

// counted is what a quarter counts of one task.
type counted struct {
	report.Deadlines
	charge int // hundredths of a point
}

// count is DESIGN 10 for the n-th push of a case, quarter by quarter to q.
func (l *life) count(n int, q int) counted {
	var is counted
	counts, onTime, began, tenth := false, false, false, false
	days, total := 0, 0
	for p := 2; p <= q; p++ {
		end := on(time.Month(3*p+1), 1) - 1
		is = counted{}
		list := l.tasks(end)
		if n >= len(list) {
			continue
		}
		k := list[n]
		late := k.missed != 0 || k.open && !k.paused && !k.held && k.due <= end
		day := k.due
		if k.missed != 0 {
			day = k.missed
		}
		switch {
		case k.dropped && k.missed == 0:
			continue
		case (k.paused || k.held) && !counts && !late:
			is.Pending = 1
			continue
		case day > end:
			continue
		case !counts:
			counts, is.Due = true, 1
			switch {
			case !late:
				is.OnTime, onTime = 1, true
				if k.stopped <= k.original {
					is.Original = 1
				}
			case k.open:
				is.LateOpen = 1
			default:
				is.LateDone = 1
			}
		case onTime && late:
			onTime, is.LateAgain = false, 1
		}
		if !late {
			continue
		}
		points := 0
		if !began {
			began, points = true, 100
		}
		if reached := len(k.late) > 10 || len(k.late) == 10 && !slices.Contains(k.answers, k.late[9]) &&
			k.stopped != k.late[9]; reached && !tenth {
			tenth = true
			points += 100
		}
		points += 10 * max(0, len(k.late)-days)
		points = min(points, 500-total)
		days, total = max(days, len(k.late)), total+points
		is.charge = points
	}
	return is
}

func (w *world) compare(t *testing.T, book *report.Book, quarter workday.Quarter, asOf string) {
	t.Helper()
	first, end := on(time.Month(3*quarter.Q-2), 1), on(time.Month(3*quarter.Q+1), 1)-1
	in := func(d date) bool { return d >= first && d <= end }
	got := book.Compute(quarter)
	want := report.Quarterly{}
	deadlines, charges := map[string]report.Deadlines{}, map[string]int{}
	months := map[time.Month]report.Balance{}
	var handling, whole []int
	for i := range w.lives {
		l := &w.lives[i]
		for n := range l.tasks(end) {
			c := l.count(n, quarter.Q)
			unit := l.tasks(end)[n].unit
			d := deadlines[unit]
			for _, sum := range []*report.Deadlines{&d, &want.Deadlines} {
				sum.Due += c.Due
				sum.OnTime += c.OnTime
				sum.LateDone += c.LateDone
				sum.LateOpen += c.LateOpen
				sum.Original += c.Original
				sum.Pending += c.Pending
				sum.LateAgain += c.LateAgain
			}
			deadlines[unit] = d
			if c.charge > 0 {
				charges[unit+" "+l.id] += c.charge
			}
		}
		pushed, done, improving, evaluated, accepted := date(0), date(0), false, "", false
		fed, answered, start, improved, covered := date(0), date(0), date(0), false, false
		s, e := &want.Steps, &want.Evaluation
		longTerm := false
		for j := range l.acts {
			a := &l.acts[j]
			if a.seen > end {
				break
			}
			now := in(a.seen)
			add := func(n *int) {
				if now {
					*n++
				}
			}
			ends := func() {
				if evaluated != "" && now {
					e.All++
					add(map[string]*int{"满意": &e.Satisfied, "不满意": &e.Dissatisfied}[evaluated])
				}
				evaluated = ""
			}
			what, decided, _ := strings.Cut(a.what, "+")
			switch what {
			case "register":
				add(&want.Funnel.Registered)
				add(&want.Funnel.Tickets)
			case "push":
				pushed, start = a.seen, a.counts
			case "reassign":
				start = a.counts
				add(&s.Reassigned)
				add(&s.Upheld)
			case "object":
				add(&s.Objections)
			case "escalate":
				add(&s.Escalations)
			case "decide":
				if what == "decide" && l.acts[j-1].what == "object" {
					add(&s.Rejected)
				}
			case "extend":
				add(&s.Extensions)
			case "propose":
				add(&s.Escalations)
			case "longterm":
				longTerm = true
			case "resume":
				longTerm = false
			case "feed", "proxy":
				if what == "proxy" {
					add(&s.Proxies)
				}
				fed, answered, improving = a.counts, a.authored, false
			case "return":
				add(&s.Returned)
			case "improve":
				add(&s.Improved)
				ends()
				improving, improved = true, true
			case "dissatisfied":
				evaluated, covered = "不满意", true
			case "satisfied":
				evaluated, covered = "满意", true
			}
			switch {
			case what == "grant" || decided == "grant":
				add(&s.Granted)
			case what == "refuse" || decided == "refuse":
				add(&s.Refused)
			}
			if what == "close" || what == "pass" {
				if now {
					accepted = true
				}
				if now && !improved {
					handling = append(handling, between(start, fed))
					collected := on(epoch.AddDate(0, 0, l.acts[0].landed).Month(), 1)
					whole = append(whole, answered-collected)
				}
			}
			if what == "close" || what == "satisfied" {
				ends()
				if done == 0 {
					done = a.seen
				}
			}
		}
		if accepted {
			e.Accepted++
			if covered {
				e.Covered++
			}
		}
		if in(l.acts[0].seen) && pushed != 0 {
			want.Funnel.Pushed++
			if done != 0 {
				want.Funnel.Done++
			}
		}
		b := &want.Balance
		flow(b, pushed, done, first, end)
		for m := time.Month(3*quarter.Q - 2); m <= time.Month(3*quarter.Q); m++ {
			row := months[m]
			flow(&row, pushed, done, on(m, 1), on(m+1, 1)-1)
			months[m] = row
		}
		if improving {
			b.Improving++
		}
		if longTerm {
			b.LongTerm++
			month := months[time.Month(3*quarter.Q)]
			month.LongTerm++
			months[time.Month(3*quarter.Q)] = month
		}
	}
	waits := plus(plus(end, 3), 1)
	for _, p := range w.monthly {
		if !in(on(p.month, 1)) {
			continue
		}
		want.Monthly.Due++
		switch due := plus(on(p.month+1, 1)-1, 3); {
		case p.filed == 0 || p.filed > waits:
			continue
		case p.filed <= due:
			want.Monthly.OnTime++
		default:
			want.Monthly.Late++
		}
		want.Funnel.Collected += p.volume
	}
	check := func(what string, want, got any) {
		t.Helper()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s as of %s, %s (-oracle +report):\n%s", quarter, asOf, what, diff)
		}
	}
	check("deadlines", want.Deadlines, got.Deadlines)
	check("balance", want.Balance, got.Balance)
	check("funnel", want.Funnel, got.Funnel)
	check("steps", want.Steps, got.Steps)
	check("evaluation", want.Evaluation, got.Evaluation)
	check("monthly", want.Monthly, got.Monthly)
	check("handling", [2]int{len(handling), total(handling)}, [2]int{got.Handling.N, got.Handling.Sum})
	check("whole", [2]int{len(whole), total(whole)}, [2]int{got.Whole.N, got.Whole.Sum})
	for _, u := range got.Units {
		check("deadlines of "+u.Unit, deadlines[u.Unit], u.Deadlines)
	}
	for _, m := range got.Months {
		b := m.Balance
		b.Improving = 0
		if m.Month.Month != time.Month(3*quarter.Q) {
			b.LongTerm = 0 // the oracle knows it of the quarter's last day
		}
		check("balance of "+m.Month.String(), months[m.Month.Month], b)
	}
	charged := map[string]int{}
	for _, x := range appraisal.Open(book).Of(quarter).Deductions {
		if x.Item == "超期已办" || x.Item == "超期未办" {
			charged[x.Unit+" "+x.Case] += int(x.Points)
		}
	}
	check("charges for lateness", charges, charged)
}

func total(days []int) int {
	n := 0
	for _, d := range days {
		n += d
	}
	return n
}

// flow adds a case to the balance of a span: it comes in when it is pushed, and
// goes out when it is first 已办结.
func flow(b *report.Balance, pushed, done, first, end date) {
	if pushed == 0 || pushed > end || done != 0 && done < first {
		return
	}
	if pushed < first {
		b.Opening++
	} else {
		b.Pushed++
	}
	if done != 0 && done <= end {
		b.Done++
	} else {
		b.Closing++
	}
}
