package register_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"suqiu/internal/clock"
	"suqiu/internal/git"
	"suqiu/internal/gittest"
	"suqiu/internal/register"
	"suqiu/internal/rules"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// TestRandomHistories draws histories in which anybody writes anything into the
// files of a few cases, at any hour, on the main branch and on branches, and
// holds that nothing crashes, that the same history says the same however many
// goroutines read it, and that what an earlier run kept of it, at whatever
// commit that stood, never shows: neither in check, nor in what the hook makes
// of a push.
func TestRandomHistories(t *testing.T) {
	config, err := os.ReadFile("testdata/suqiu.yaml")
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(rt *rapid.T) {
		r := gittest.Empty(t)
		s := scribble{rt: rt, files: map[string]string{"suqiu.yaml": string(config)}}
		s.write()
		cmd := exec.Command("git", "fast-import", "--quiet", "--force")
		cmd.Dir, cmd.Stdin = r.Dir, &s.out
		if out, err := cmd.CombinedOutput(); err != nil {
			rt.Fatalf("git fast-import: %v\n%s", err, out)
		}
		asOf := workday.Of(s.clock) + workday.Date(rapid.IntRange(-10, 30).Draw(rt, "as of"))
		tell := func(o register.Options) string {
			repo, err := git.Open(r.Dir)
			if err != nil {
				rt.Fatal(err)
			}
			if o.AsOf == 0 {
				o.AsOf = asOf
			}
			o.Now = o.AsOf.Start().Add(10 * time.Hour)
			d, err := register.Load(t.Context(), repo, o)
			if err != nil {
				return err.Error()
			}
			for _, c := range d.Cases {
				if what := unsound(&c.Life); what != "" {
					rt.Fatalf("%s on %q, %s: %s\n%s", o.Ref, o.Base, c.ID, what, lifeOf(c))
				}
			}
			text, _ := print(d)
			findings, err := json.MarshalIndent(rules.Run(d), "", " ")
			if err != nil {
				rt.Fatal(err)
			}
			return text + string(findings)
		}
		earlier := asOf.AddDays(-rapid.IntRange(1, 30).Draw(rt, "days before"))
		if rapid.IntRange(0, 3).Draw(rt, "look back") == 0 {
			if diff := cmp.Diff(owedOn(rt, r.Dir, earlier, earlier), owedOn(rt, r.Dir, asOf, earlier)); diff != "" {
				rt.Fatalf("as of %s (-on the day +on %s):\n%s", earlier, asOf, diff)
			}
		}
		mid := fmt.Sprintf("main~%d", rapid.IntRange(1, s.landings-2).Draw(rt, "mid"))
		for _, o := range []register.Options{
			{Ref: "main", Workers: 1},
			{Ref: "main", Base: mid, Push: true, Narrow: true, Workers: 1},
			{Ref: "work", Base: "main", Workers: 1},
		} {
			if err := os.RemoveAll(filepath.Join(r.Dir, ".git", "suqiu")); err != nil {
				rt.Fatal(err)
			}
			want := tell(o)
			o.Workers = 3
			if diff := cmp.Diff(want, tell(o)); diff != "" {
				rt.Fatalf("%s on %q, by three (-by one +by three):\n%s", o.Ref, o.Base, diff)
			}
			// What was kept on another day, before or after, must not show either.
			o.Build, o.Worthwhile = "a", 1
			before := o
			before.Ref, before.Base = rapid.SampledFrom([]string{mid, "main"}).Draw(rt, "before"), ""
			before.AsOf = asOf.AddDays(rapid.IntRange(-20, 60).Draw(rt, "earlier or later"))
			tell(before)
			for _, run := range []string{"with what was kept half-way", "with what was kept then"} {
				if diff := cmp.Diff(want, tell(o)); diff != "" {
					rt.Fatalf("%s on %q, %s (-without +with):\n%s", o.Ref, o.Base, run, diff)
				}
			}
		}
	})
}

// unsound says what of a life contradicts itself: the last transition leads to
// the state, each begins where the one before it ended, and no clock runs that
// the state does not have.
func unsound(l *workflow.Life) string {
	at := workflow.State("")
	for i := range l.Events {
		e := &l.Events[i]
		if e.Kind != workflow.Transition {
			continue
		}
		if e.From != at {
			return fmt.Sprintf("event %d goes from %s, the case was in %s", e.N, e.From, at)
		}
		at = e.To
	}
	if at != l.State {
		return fmt.Sprintf("the events end in %s, the case is in %s", at, l.State)
	}
	for i := range l.Clocks {
		k := &l.Clocks[i]
		if k.Stopped == 0 && k.Status != clock.Cancelled && !slices.Contains(running[k.Kind], l.State) {
			return fmt.Sprintf("%s of %s runs in %s", k.Kind, k.Unit, l.State)
		}
		if k.DaysLate > 0 && k.Missed == 0 || k.Status == clock.Met && k.Missed != 0 || k.Status == clock.Missed &&
			k.Missed == 0 {
			return fmt.Sprintf("%s of %s is %s, %d days late, missed %s", k.Kind, k.Unit, k.Status, k.DaysLate,
				k.Missed)
		}
	}
	return ""
}

// running are the states in which a clock of each kind may run (DESIGN 5).
var running = func() map[clock.Kind][]workflow.State {
	before := []workflow.State{workflow.Registered, workflow.Analysing}
	handling := []workflow.State{workflow.Pushed, workflow.Handling, workflow.Objected, workflow.Escalated}
	assisted := append(slices.Clone(handling), workflow.FedBack, workflow.Evaluating, workflow.Improving)
	return map[clock.Kind][]workflow.State{
		clock.Push: before, clock.Accept: handling, clock.Feedback: handling, clock.Statement: handling,
		clock.Grant: handling, clock.Decide: handling, clock.Objection: assisted, clock.Confirm: assisted,
		clock.CoFeedback: assisted, clock.Review: {workflow.FedBack}, clock.Evaluate: {workflow.Evaluating},
		clock.Improve: {workflow.Improving}, clock.Promise: {workflow.Evaluating, workflow.Closed},
		clock.Channel: workflow.Open(),
	}
}()

func lifeOf(c *register.Case) string {
	text, _ := print(&register.Register{Cases: []*register.Case{c}})
	return text
}

// scribble writes a random history for git fast-import: main, of enough
// landings to be worth a cache, and work, a branch of it.
type scribble struct {
	rt       *rapid.T
	out      bytes.Buffer
	clock    time.Time
	files    map[string]string
	mark     int
	landings int
}

// What people write: values and lines, right in one place and wrong in others.
var (
	scribblers = []string{"a@nsfwk.example", "a@nsfwk.example", "a@xxzx.example", "a@zsglk.example", "a@nfzx.example",
		"a@dcnsk.example", "x@nowhere.example"}
	states = []string{"已登记", "分析中", "已推送", "办理中", "异议待确认", "待研究决定", "已反馈", "评估中",
		"改进中", "长期推进", "已办结", "不推送", "已合并", "已撤回", "", "办里中"}
	settings = []string{
		"承办单位: 信息中心", "承办单位: 征收管理科", "承办单位: 纳税服务科", "承办单位:",
		"协办单位: [征管科, 第三税务分局]", "紧急程度: 特急", "限办天数: 3", "任务清单: RW202607-01",
		"办理类别: 系统技术类",
		"涉及面: 高", "影响度: 中", "复杂度: 低", "调整原因: 职责不符", "不推送原因: 重复反映", "并入: 202607-NFZX-002",
		"并入: 202607-NFZX-001", "撤回原因: 已经解决", "下次研究日期: 2026-09-01",
		"原渠道期限: 2026-08-01", "会议议定期限: {日期: 2026-08-30, 依据: HY2026-01}", "不评估原因: 未抽中",
		"标题: 换一个标题的事项", "编号: 202607-NFZX-009", "收集日期: 2026/7/1",
		"承接: {推送日期: 2026-06-01, 到期日: 2026-07-20}",
	}
	records = []string{
		"反馈:\n  - 结果: 已解决\n    措施: 扩容\n    答复日期: 2026-07-15\n    审核:\n",
		"反馈:\n  - 结果: 暂未解决\n    措施: 上报\n    审核: 退回\n    退回原因: 不清楚\n\n  - 结果: 已解决\n    " +
			"措施: 扩容\n    审核: 通过\n",
		"说明单:\n  - 事由: 异议\n    单位: 信息中心\n    理由: 职责不符\n    决定:\n",
		"说明单:\n  - 事由: 异议\n    单位: 信息中心\n    理由: 职责不符\n    决定: 成立\n    依据: HY2026-01\n",
		"说明单:\n  - 事由: 无法解决\n    单位: 信息中心\n    理由: 无权限\n    决定: 继续办理\n    依据: HY2026-01\n",
		"延期申请:\n  - 申请天数: 10\n    原因: 扩容\n    措施: 辅导\n    决定: 同意\n    依据: HY2026-01\n",
		"延期申请:\n  - 申请天数: 99\n    原因: 扩容\n",
		"评估:\n  - 方式: 12366回访\n    单位: 纳税服务中心\n    结果: 不满意\n",
		"评估:\n  - 方式: 12366回访\n    单位: 信息中心\n    结果: 满意\n",
		"改进:\n  - 原因: 未解决\n    措施: 再办\n    完成期限: 2026-09-14\n",
		"更正:\n  - 事项: 状态\n    规则: transition-illegal\n    原因: 误操作\n    依据: HY2026-01\n",
		"代录:\n  - 步骤: 反馈\n    单位: 信息中心\n    收到日期: 2026-07-14\n    凭据: 反馈单\n",
		"协办反馈:\n  征收管理科:\n    结果: 已提醒\n\n  第三税务分局:\n    结果:\n",
		"说明单:\n  - 事由: 一事一议\n    单位: 信息中心\n    理由: 重大\n    决定:\n",
		"说明单:\n  - 事由: 一事一议\n    单位: 信息中心\n    理由: 重大\n    决定: 同意\n    依据: HY2026-01\n",
		"延期申请:\n  - 申请天数: 10\n    原因: 扩容\n    措施: 辅导\n    决定: 同意\n    准延天数: 4\n    依据: " +
			"HY2026-01\n",
		"反馈:\n  - 结果: 部分解决\n    措施: 扩容\n    后续措施: 观察\n    完成期限: 2026-08-20\n    审核: 通过\n",
	}
)

func (s *scribble) pick(what string, from []string) string {
	return rapid.SampledFrom(from).Draw(s.rt, what)
}

func (s *scribble) write() {
	s.clock = time.Date(2026, time.June, 1, 9, 0, 0, 0, workday.Shanghai)
	for i := range 2 {
		id := fmt.Sprintf("202607-NFZX-%03d", i+1)
		s.files[gittest.CasePath(id)] = "---\n编号: " + id +
			"\n标题: 申报提交失败的事项\n性质: 诉求\n渠道: 12366热线\n收集单位: 纳税服务中心\n收集日期: 2026-07-01\n" +
			"\n状态: 已登记\n---\n\n## 诉求内容\n\n提交失败。\n\n## 办理情况\n\n## 反馈答复\n"
	}
	s.commit("main", "a@nsfwk.example", "", s.files)
	landings := rapid.IntRange(66, 140).Draw(s.rt, "landings")
	// A run keeps what it read from 64 landings on.
	for s.landings = 1; s.landings < landings; s.landings++ {
		switch rapid.IntRange(0, 7).Draw(s.rt, "kind") {
		case 0:
			before := s.mark
			s.commit("side", s.pick("who", scribblers), fmt.Sprintf("from :%d\n", before), s.edit())
			s.commit("main", s.pick("who", scribblers), fmt.Sprintf("from :%d\nmerge :%d\n", before, s.mark), s.files)
		default:
			s.commit("main", s.pick("who", scribblers), fmt.Sprintf("from :%d\n", s.mark), s.edit())
		}
	}
	s.commit("work", s.pick("who", scribblers), fmt.Sprintf("from :%d\n", s.mark), s.edit())
	s.commit("work", s.pick("who", scribblers), fmt.Sprintf("from :%d\n", s.mark), s.edit())
}

// commit writes a commit that changes some files; an empty text deletes one.
func (s *scribble) commit(branch, who, parents string, changed map[string]string) {
	s.mark++
	s.clock = s.clock.Add(time.Duration(rapid.IntRange(-60, 20*60).Draw(s.rt, "minutes")) * time.Minute)
	authored := s.clock.Add(-time.Duration(rapid.SampledFrom([]int{0, 0, 30, 60 * 24 * 3}).Draw(s.rt,
		"earlier")) * time.Minute)
	fmt.Fprintf(&s.out, "commit refs/heads/%s\nmark :%d\nauthor 甲 <%s> %d +0800\ncommitter 甲 <%s> %d +0800\ndata "+
		"1\nx\n%s", branch, s.mark, who, authored.Unix(), who, s.clock.Unix(), parents)
	for _, path := range slices.Sorted(maps.Keys(changed)) {
		text := changed[path]
		if text == "" {
			fmt.Fprintf(&s.out, "D %s\n", path)
		} else {
			fmt.Fprintf(&s.out, "M 100644 inline %s\ndata %d\n%s\n", path, len(text), text)
		}
	}
}

// edit changes one case in some way, and returns it by its path.
func (s *scribble) edit() map[string]string {
	id := s.pick("case", []string{"202607-NFZX-001", "202607-NFZX-001", "202607-NFZX-002"})
	path := gittest.CasePath(id)
	text := s.files[path]
	for range rapid.IntRange(1, 3).Draw(s.rt, "edits") {
		head, body, _ := strings.Cut(text, "\n---\n")
		lines := strings.Split(head, "\n")
		at := rapid.IntRange(0, len(lines)-1).Draw(s.rt, "line")
		switch rapid.IntRange(0, 12).Draw(s.rt, "edit") {
		case 0, 1, 2, 3:
			text = setLine(head, "状态: "+s.pick("state", states)) + "\n---\n" + body
		case 4, 5, 6:
			text = setLine(head, s.pick("setting", settings)) + "\n---\n" + body
		case 7, 8:
			text = head + "\n" + strings.TrimSuffix(s.pick("record", records), "\n") + "\n---\n" + body
		case 9:
			text = strings.Join(append(lines[:at:at], lines[at+1:]...), "\n") + "\n---\n" + body
		case 10:
			text += s.pick("body", []string{"\n又写了一行。\n", "\n## 研判分析\n\n甲\n", "\n<b>甲</b> 13800138000\n",
				"\x00\n", "\n---\n"})
		case 11:
			text = s.pick("whole", []string{"", "---\n", "编号: " + id, text, strings.ReplaceAll(text, "\n", "\r\n")})
		case 12:
			text = "---\n编号: " + id + "\n状态: " + s.pick("state", states) + "\n---\n"
		}
	}
	s.files[path] = text
	return map[string]string{path: text}
}

// setLine puts a line of the front matter in the place of the one with its key.
func setLine(head, line string) string {
	key, _, _ := strings.Cut(line, ":")
	lines := strings.Split(head, "\n")
	for i, l := range lines {
		if strings.HasPrefix(l, key+":") {
			lines[i] = line
			return strings.Join(lines, "\n")
		}
	}
	return head + "\n" + line
}
