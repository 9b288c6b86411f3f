package register_test

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"suqiu/internal/config"
	"suqiu/internal/gittest"
	"suqiu/internal/people"
	"suqiu/internal/record"
	"suqiu/internal/replay"
	"suqiu/internal/timeline"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// TestExamples replays the worked examples of the contract. A file is one
// example, each of its sections one history. What a section expects is written
// by hand, from the sentence of DESIGN that the file's comment quotes; nothing
// writes it. All days are 2026.
//
// A line is a landing: the day (07-15; 07-15T23:59; 07-15→07-21 where it was
// written on another day than it landed), who (O 联席办, L A leads, C a
// co-handler, B 监督考评, N 回访), and what, several things with ; between. The
// line `asof 07-20` lets the lines that begin with ? say how the case stands then.
func TestExamples(t *testing.T) {
	files, err := filepath.Glob("testdata/examples/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	base, err := os.ReadFile("testdata/examples/suqiu.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, section := range archive.Files {
			t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar")+"/"+section.Name, func(t *testing.T) {
				e := newExample(t, string(base))
				for i, line := range strings.Split(string(section.Data), "\n") {
					if line = strings.TrimSpace(line); line != "" {
						e.at = fmt.Sprintf("%s, %s, line %d: %s", file, section.Name, i+1, line)
						e.line(line)
					}
				}
			})
		}
	}
}

// example is one history as far as it has been told.
type example struct {
	*testing.T
	at       string
	config   string
	text     string // of the case
	before   *record.Case
	landings []timeline.Landing
	story    timeline.CaseHistory
	lead     string
	answers  int
	life     workflow.Life
	asOf     workday.Date
	parsed   *config.Config
}

var exampleUnits = map[string]string{"O": "纳税服务科", "L": "信息中心", "A": "征收管理科", "C": "所得税科",
	"B": "办公室", "N": "纳税服务中心"}

var exampleMails = map[string]string{"O": "a@nsfwk.example", "L": "a@xxzx.example", "A": "a@zsglk.example",
	"C": "a@sdsk.example", "B": "a@bgs.example", "N": "a@nfzx.example"}

const exampleID = "202603-NFZX-001"

func newExample(t *testing.T, config string) *example {
	e := &example{T: t, config: config, at: "the beginning"}
	text, err := gittest.NewCase(gittest.CasePath(exampleID))
	if err != nil {
		t.Fatal(err)
	}
	e.text = text
	e.story.ID = exampleID
	return e
}

func (e *example) line(line string) {
	switch rest, asks := strings.CutPrefix(line, "?"); {
	case strings.HasPrefix(line, "config "):
		e.config += strings.TrimPrefix(line, "config ") + "\n"
	case strings.HasPrefix(line, "asof "):
		e.replay(e.day(strings.TrimPrefix(line, "asof ")))
	case asks:
		e.ask(strings.Fields(rest))
	default:
		if e.landings == nil {
			e.land("03-02", "N", "register")
		}
		f := strings.SplitN(line, " ", 3)
		if len(f) < 3 {
			e.Fatalf("%s: want a day, who and what", e.at)
		}
		e.land(f[0], f[1], f[2])
	}
}

func (e *example) day(s string) workday.Date {
	e.Helper()
	d, err := workday.Parse("2026-" + s)
	if err != nil {
		e.Fatalf("%s: %v", e.at, err)
	}
	return d
}

// clock reads 07-20 (ten o'clock) or 07-20T23:59.
func (e *example) clock(s string) time.Time {
	day, hour, ok := strings.Cut(s, "T")
	if !ok {
		hour = "10:00"
	}
	at, err := time.Parse("15:04", hour)
	if err != nil {
		e.Fatalf("%s: %v", e.at, err)
	}
	return e.day(day).Start().Add(time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute)
}

// land makes one landing of the things that somebody does at once.
func (e *example) land(when, who, what string) {
	authored, landed, ok := strings.Cut(when, "→")
	if !ok {
		landed = authored
	}
	for _, act := range strings.Split(what, ";") {
		e.do(who, strings.Fields(act))
	}
	author := &people.Person{Email: exampleMails[who]}
	if author.Email == "" {
		e.Fatalf("%s: nobody is %q", e.at, who)
	}
	after := record.Parse(gittest.CasePath(exampleID), []byte(e.text), nil)
	changes := record.Diff(e.before, after)
	step := timeline.Step{Changes: changes, Attribution: timeline.Attribution{
		Commit: fmt.Sprintf("%040d", len(e.landings)+1), Author: *author, Authored: e.clock(authored),
		Committed: e.clock(landed)}}
	for _, ch := range changes {
		if ch.Key == "状态" {
			step.State = ch.New
		}
	}
	e.landings = append(e.landings, timeline.Landing{Commit: step.Commit, At: e.clock(landed), Author: author,
		Authored:  timeline.MomentOf(step.Authored),
		Committer: author, Committed: timeline.MomentOf(step.Committed)})
	e.story.Landings = append(e.story.Landings, timeline.CaseLanding{Landing: len(e.landings) - 1, Before: e.before,
		After: after, Steps: []timeline.Step{step}})
	e.before, e.story.Last, e.story.Head = after, after, after
}

func (e *example) set(settings ...string) { e.edit(gittest.Set(e.text, settings...)) }

func (e *example) record(key string, fields ...string) {
	e.edit(gittest.Record(e.text, key, fields...))
}

func (e *example) edit(text string, err error) {
	if err != nil {
		e.Fatalf("%s: %v", e.at, err)
	}
	e.text = text
}

// do makes one thing of what people do.
func (e *example) do(who string, f []string) {
	arg := func(i int) string {
		if i < len(f) {
			return f[i]
		}
		return ""
	}
	switch f[0] {
	case "register":
	case "set":
		e.set(f[1:]...)
	case "record":
		e.record(f[1], f[2:]...)
	case "push":
		e.lead = exampleUnits[cmp.Or(arg(1), "L")]
		e.set("状态=已推送", "任务清单=RW202607-01", "办理类别=系统技术类", "涉及面=高", "影响度=中", "复杂度=中",
			"紧急程度=一般", "承办单位="+e.lead)
	case "to": // the office moves the task
		e.lead = exampleUnits[arg(1)]
		e.set("状态=已推送", "承办单位="+e.lead, "调整原因=改由"+e.lead)
	case "accept":
		e.set("状态=办理中")
	case "异议", "无法解决", "协商未达成一致", "一事一议":
		if state := map[string]string{"异议": "异议待确认", "无法解决": "待研究决定",
			"协商未达成一致": "待研究决定"}[f[0]]; state != "" && exampleUnits[who] == e.lead {
			e.set("状态=" + state)
		}
		e.answers++
		e.record("说明单", "事由="+f[0], "单位="+exampleUnits[who], fmt.Sprintf("理由=第 %d 次说明", e.answers),
			"决定=", "依据=")
	case "决定":
		e.set("说明单.决定="+arg(1), "说明单.依据=CQ2026-07")
		if state := map[string]string{"不成立": "办理中", "继续办理": "办理中", "长期推进": "长期推进",
			"成立": "已推送", "改派": "已推送"}[arg(1)]; arg(2) != "only" {
			e.set("状态=" + state)
		}
		if arg(1) == "长期推进" {
			e.set("下次研究日期=2026-09-01")
		}
		if to := exampleUnits[arg(2)]; to != "" {
			e.lead = to
			e.set("承办单位=" + to)
		}
	case "议定":
		e.set("会议议定期限.日期=2026-"+arg(1), "会议议定期限.依据=CQ2026-07")
	case "议决": // of a 一事一议
		e.set("说明单.决定="+arg(1), "说明单.依据=CQ2026-07")
	case "延期":
		e.answers++
		e.record("延期申请", "申请天数="+arg(1), fmt.Sprintf("原因=第 %d 次申请", e.answers), "措施=", "决定=",
			"准延天数=", "依据=")
	case "同意", "不同意":
		e.set("延期申请.决定="+f[0], "延期申请.依据=CQ2026-07")
		if arg(1) != "" {
			e.set("延期申请.准延天数=" + arg(1))
		}
	case "反馈":
		e.answers++
		e.set("状态=已反馈")
		fields := []string{"结果=" + cmp.Or(arg(1), "已解决"), fmt.Sprintf("措施=第 %d 次反馈", e.answers)}
		if arg(1) == "部分解决" {
			fields = append(fields, "后续措施=扩容", "完成期限=2026-"+arg(2))
		}
		e.record("反馈", append(fields, "答复日期=", "审核=", "退回原因=")...)
		e.text = gittest.SetSection(gittest.SetSection(e.text, "办理情况", "已经办理。"), "反馈答复", "已经答复。")
	case "解决": // what a 部分解决 promised
		e.record("反馈", "结果=已解决", "措施=承诺事项完成", "答复日期=", "审核=", "退回原因=")
	case "退回":
		e.set("状态="+cmp.Or(arg(1), "办理中"), "反馈.审核=退回", "反馈.退回原因=请补充")
	case "通过":
		e.set("状态="+cmp.Or(arg(1), "评估中"), "反馈.审核=通过")
		switch arg(1) {
		case "已办结":
			e.set("不评估原因=未抽中")
		case "长期推进":
			e.set("下次研究日期=2026-09-01")
		}
	case "评估":
		e.record("评估", "方式=12366回访", "单位="+exampleUnits[arg(1)], "结果="+arg(2))
	case "办结":
		e.set("状态=已办结")
	case "改进":
		e.set("状态=改进中")
		due := ""
		if arg(1) != "" && arg(1) != "-" {
			due = "2026-" + arg(1)
		}
		e.record("改进", "原因=效果不佳", "措施=", "完成期限="+due, "依据="+arg(2))
	case "协办":
		e.set("协办反馈." + exampleUnits[who] + ".结果=" + cmp.Or(arg(1), "已经办理"))
	case "恢复":
		e.set("状态=办理中")
	case "section":
		e.text = gittest.SetSection(e.text, f[1], f[2])
	case "更正":
		e.record("更正", "事项=更正", "规则="+arg(1), "原因=录入有误", "依据="+arg(2))
	case "代录":
		e.record("代录", "步骤="+arg(1), "单位="+e.lead, "收到日期=2026-"+arg(2), "凭据=纸质单")
	default:
		e.Fatalf("%s: nobody knows how to %q", e.at, f[0])
	}
}

// replay takes the history up to a day.
func (e *example) replay(asOf workday.Date) {
	e.parsed = config.Parse("suqiu.yaml", []byte(e.config))
	n := 0
	for n < len(e.landings) && workday.Of(e.landings[n].At) <= asOf {
		n++
	}
	h := e.story
	h.Landings = h.Landings[:n]
	if n > 0 {
		h.Last = h.Landings[n-1].After
	}
	e.asOf = asOf
	e.life = replay.Case(&h, replay.Env{Config: e.parsed, Landings: e.landings[:n],
		ConfigAt: func(int) *config.Config { return e.parsed }, AsOf: asOf, Baseline: -1})
}
