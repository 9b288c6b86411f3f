package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"suqiu/internal/cli"
	"suqiu/internal/papers"
	"suqiu/internal/problem"
	"suqiu/internal/workday"
)

// act is a command of somebody's on a day of October or November 2026. ID stands
// for the case's number.
type act struct{ on, who, args string }

const (
	office   = "lianxiban@nsfwk.example"
	lead     = "a@xxzx.example"
	toCentre = "step ID 推送 任务清单=RW202610-01 办理类别=系统技术类 涉及面=中 影响度=中 复杂度=低 紧急程度=一般 " +
		"承办单位=信息中心 协办单位=征收管理科"
	answered = "step ID 反馈 结果=已解决 措施=已修复 办理情况=已修复。 反馈答复=已电话答复。"
)

// lives are the ways of scenarios.md through the table, by commands alone.
var lives = []struct {
	title string
	state string
	told  []string // in the case's timeline, at the end
	acts  []act
}{
	{"异议成立改派后办结", "已办结", []string{"异议成立，改派：推送至征收管理科", "不评估：无诉求人"}, []act{
		{"10-12", office, toCentre}, {"10-13", lead, "step ID 提出异议 理由=后台由征管科运维"},
		{"10-14", office, "step 会议决定 类型=传签 召开日期=2026-10-14 印发日期=2026-10-14 ID=异议成立 " +
			"ID.承办单位=征收管理科 ID.协办单位=信息中心"},
		{"10-15", "a@zsglk.example", "step ID 接收"}, {"10-16", "a@zsglk.example", answered},
		{"10-19", office, "step ID 审核通过，不评估 不评估原因=无诉求人"}}},
	{"异议不成立后退回再反馈", "评估中", []string{"审核通过，转评估"}, []act{
		{"10-12", office, toCentre}, {"10-13", lead, "step ID 提出异议 理由=不属本单位职责"},
		{"10-14", office, "step 会议决定 类型=传签 召开日期=2026-10-14 ID=异议不成立"}, {"10-15", lead, answered},
		{"10-16", office, "step ID 退回 退回原因=没有说明原因"},
		{"10-19", lead, "step ID 反馈 结果=解释说明 措施=已说明"}, {"10-20", office, "step ID 审核通过"}}},
	{"延期准了几天再部分解决", "评估中", []string{"反馈：部分解决"}, []act{
		{"10-12", office, toCentre}, {"10-13", lead, "step ID 接收"},
		{"10-20", lead, "step ID 申请延期 申请天数=10 原因=区局扩容 措施=电话辅导"},
		{"10-21", office, "step 会议决定 类型=即时 召开日期=2026-10-21 ID.决定=同意 ID.准延天数=5"},
		{"10-22", "a@zsglk.example", "step ID 协办反馈 结果=已提出需求"},
		{"10-27", lead, "step ID 反馈 结果=部分解决 措施=已缓解 后续措施=扩容 完成期限=2026-12-10 " +
			"办理情况=已缓解。 反馈答复=已答复。"},
		{"10-28", office, "step ID 审核通过"}}},
	{"研究决定继续办理并议定期限", "已反馈", []string{"决定继续办理，议定 2026-11-30 前办结", "反馈：已解决"}, []act{
		{"10-12", office, toCentre}, {"10-13", lead, "step ID 报研究决定 事由=无法解决 理由=只有报障权限"},
		{"10-15", office, "step 会议决定 类型=例会 召开日期=2026-10-15 ID=决定继续办理 ID.日期=2026-11-30"},
		{"10-20", lead, answered}}},
	{"长期推进后恢复办理", "办理中", []string{"转长期推进，2026-11-20 再研究", "恢复办理"}, []act{
		{"10-12", office, toCentre},
		{"10-14", lead, "step ID 反馈 结果=暂未解决 措施=已报区局 办理情况=已上报。 反馈答复=已说明。"},
		{"10-15", office, "step ID 转长期推进 下次研究日期=2026-11-20"},
		{"11-20", office, "meeting new --召开日期 2026-11-20"},
		{"11-20", office, "step REGULAR 会议决定 印发日期=2026-11-20 ID.日期=2026-12-20"}}},
	{"评估不满意督促改进", "已办结", []string{"督促改进", "办结（12366回访：满意）"}, []act{
		{"10-12", office, toCentre}, {"10-14", lead, answered}, {"10-15", office, "step ID 审核通过"},
		{"10-16", "a@nfzx.example", "step ID 评估 方式=12366回访 结果=不满意"},
		{"10-19", office, "step ID 督促改进 原因=回访不满意"}, {"10-21", lead, "step ID 反馈 结果=已解决 措施=已改进"},
		{"10-22", office, "step ID 审核通过"},
		{"10-23", office, "step ID 办结 方式=12366回访 单位=纳税服务中心 结果=满意"}}},
	{"一事一议和代录", "办理中", []string{"接收办理", "说明单（一事一议）"}, []act{
		{"10-12", office, toCentre}, {"10-13", office, "step ID 接收 收到日期=2026-10-13 凭据=签收单"},
		{"10-15", lead, "step ID 提请一事一议 理由=扩容推迟"},
		{"10-16", lead, "step ID 会议建议 事由=请确定办理时间"},
		{"10-19", office, "step MEETING 会议决定 召开日期=2026-10-19 印发日期=2026-10-19 " +
			"ID.决定=同意 ID.日期=2026-12-30"},
		{"10-20", lead, "step MEETING 落实情况 落实情况=已列入区局计划"}}},
	{"协办单位提出异议被认可", "已反馈", []string{"接收办理", "反馈：已解决"}, []act{
		{"10-12", office, toCentre}, {"10-13", lead, "step ID 接收"},
		{"10-13", "a@zsglk.example", "step ID 提出协办异议 理由=与本科无关"},
		{"10-14", office, "step 会议决定 类型=传签 召开日期=2026-10-14 ID.决定=成立 ID.协办单位=法制科"},
		{"10-15", "a@fzk.example", "step ID 协办反馈 结果=已审核"}, {"10-19", lead, answered}}},
	{"更正承办单位后再反馈", "已反馈", []string{"更正：承办单位", "反馈：已解决"}, []act{
		{"10-12", office, toCentre},
		{"10-13", office, "step ID 更正 事项=承办单位 原因=清单写错 依据=局长办公会 承办单位=货物和劳务税科"},
		{"10-15", "a@hlsk.example", answered}}},
	{"调整承办单位后再反馈", "已反馈", []string{"调整承办单位：推送至法制科"}, []act{
		{"10-12", office, toCentre}, {"10-14", office, "step ID 调整 承办单位=法制科 调整原因=职责划分"},
		{"10-16", "a@fzk.example", answered}}},
	{"补充要素后合并到别的事项", "已合并", []string{"并入"}, []act{
		{"10-12", office, "step ID 转入分析"}, {"10-13", office, "step ID 退回补充"},
		{"10-13", "a@nfzx.example", "step ID 修改要素 件数=3 主题=申报、缴税"},
		{"10-14", "a@nfzx.example", "step ID 补充诉求内容 诉求内容=再次反映。"},
		{"10-15", office, "step ID 合并 并入=202609-NFZX-007"}}},
	{"不推送也不再办理的事项", "不推送", []string{"不推送"}, []act{
		{"10-12", office, "step ID 不推送 不推送原因=仅供分析 转办去向=区局"}}},
	{"登记单位自己撤回的事项", "已撤回", []string{"撤回"}, []act{
		{"10-12", "a@nfzx.example", "step ID 撤回 撤回原因=重复登记"}}},
	{"办理中由联席办督办再撤回", "已撤回", []string{"督办", "撤回"}, []act{
		{"10-12", office, toCentre}, {"10-13", office, "step ID 督办 单位=信息中心 方式=电话 内容=请尽快接收"},
		{"10-14", office, "step ID 撤回 撤回原因=诉求人撤回"}}},
}

// TestLivesByCommands lives whole lives, each step by one command; what they come
// to is told as it was done, and check has nothing against it.
func TestLivesByCommands(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "lives.git")
	gitIn(t, t.TempDir(), "clone", "-q", "--bare", sample(t), dir)
	ids := map[string]string{}
	var rest []act
	for _, l := range lives {
		id := ids[l.title]
		if id == "" {
			out := byCommand(t, dir, act{"10-09", "a@nfzx.example", "new 标题=" + l.title +
				" 性质=诉求 渠道=12366热线 收集日期=2026-10-08 诉求内容=纳税人反映。"})
			id = out[strings.Index(out, "202610-"):][:len("202610-NFZX-001")]
			ids[l.title] = id
		}
		for _, a := range l.acts {
			a.args = strings.ReplaceAll(a.args, "ID", id)
			rest = append(rest, a)
		}
	}
	rest = append(rest, besideCases(t, dir)...)
	slices.SortStableFunc(rest, func(a, b act) int { return strings.Compare(a.on, b.on) })
	var met meetings
	for _, a := range rest {
		met.byCommand(t, dir, met.named(a))
	}
	for _, l := range lives {
		out := asPerson(t, dir, act{"11-20", office, "show " + ids[l.title]}, exitClean)
		if !strings.Contains(out, l.state) || strings.Contains(out, "错误[") {
			t.Errorf("%s is not %s:\n%s", l.title, l.state, out)
		}
		for _, told := range l.told {
			if !strings.Contains(out, told) {
				t.Errorf("%s does not tell %q:\n%s", l.title, told, out)
			}
		}
	}
	var found struct{ Findings []problem.Problem }
	out := asPerson(t, dir, act{"11-20", office, "check --format json"}, exitClean)
	if err := json.Unmarshal([]byte(out), &found); err != nil {
		t.Fatal(err)
	}
	for _, p := range found.Findings {
		ours := strings.HasPrefix(p.Path, "cases/2026/10/") || strings.HasPrefix(p.Path, "meetings/HY2026-1") ||
			p.Path == "monthly/2026-09/NFZX.md" || p.Path == "appraisal/2026Q3.md"
		if ours && p.Severity != problem.Info {
			t.Errorf("check has something against it: %+v", p)
		}
		if p.Rule == "circular-unratified" {
			t.Errorf("a circular is not ratified: %+v", p)
		}
	}
	ratified := gitIn(t, dir, "log", "--format=", "--name-only", "--diff-filter=A", "--since=2026-10-02", "main", "--",
		"meetings/CQ*")
	for _, path := range strings.Fields(ratified) {
		id := strings.TrimSuffix(filepath.Base(path), ".md")
		if text := gitIn(t, dir, "show", "main:meetings/"+met.regular+".md"); !strings.Contains(text, id) {
			t.Errorf("%s does not ratify %s:\n%s", met.regular, id, text)
		}
	}
	if strings.Count(ratified, "CQ2026") < 3 {
		t.Errorf("there were %s", ratified)
	}
	for _, want := range []string{"申辩: 情况属实", "核实结论: 维持扣分"} {
		if text := gitIn(t, dir, "show", "main:appraisal/2026Q3.md"); !strings.Contains(text, want) {
			t.Errorf("the appraisal does not say %q:\n%s", want, text)
		}
	}
}

// besideCases are what a unit hands in and says beside its cases.
func besideCases(t *testing.T, dir string) []act {
	t.Helper()
	var found struct {
		Deductions []struct{ Unit, Case, Item string }
	}
	out := asPerson(t, dir, act{"10-09", office, "appraisal 2026Q3 --format json"}, exitClean)
	if err := json.Unmarshal([]byte(out), &found); err != nil {
		t.Fatal(err)
	}
	list := []act{{"10-10", "a@nfzx.example", "step 月报 2026-09 12366热线=46 12345热线=9 12366网上热线=0 " +
		"12366网上留言=0 网络舆情=0 风险点.内容=征期末日卡顿 风险点.转送单位=信息中心"},
		{"10-13", office, "step 核实申辩 2026Q3 申辩1.核实结论=维持扣分 申辩1.核实说明=属实"}}
	for _, d := range found.Deductions {
		if d.Unit == "征收管理科" {
			return append(list, act{"10-12", "a@zsglk.example",
				"step 申辩 2026Q3 扣分项=" + d.Item + " 诉求=" + d.Case +
					" 申辩=情况属实"})
		}
	}
	t.Fatal("nothing is deducted")
	return nil
}

// TestStepAsks: at a terminal what is missing is asked for, one after another; what
// is refused is asked for again, and whoever breaks off leaves nothing behind.
func TestStepAsks(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "asked.git")
	gitIn(t, t.TempDir(), "clone", "-q", "--bare", sample(t), dir)
	ask := func(answers string) (int, string, string) {
		var out, errs bytes.Buffer
		code := run(t.Context(), []string{"-C", dir, "step", "202609-NFZX-007", "提出异议"}, cli.Env{
			Stdin: strings.NewReader(answers), Stdout: &out, Stderr: &errs, Interactive: true,
			GitEnviron: environ("a@defj.example", day.Start().Add(10*time.Hour)),
			Now:        func() time.Time { return day.Start().Add(10 * time.Hour) }})
		return code, out.String(), errs.String()
	}
	code, out, asked := ask("\n不属本局，联系 13912345678\n\n\n2\n不属本局\n\n")
	for _, want := range []string{"理由（必填）（可写几行，空一行结束）\n> 这一项必填\n> ",
		"职责依据（可不填，直接回车）（可写几行，空一行结束）\n> ",
		"建议单位（可不填，直接回车）\n   1 纳税服务科\n   2 办公室\n"} {
		if !strings.Contains(asked, want) {
			t.Errorf("it does not ask %q:\n%s", want, asked)
		}
	}
	if code != exitClean || !strings.Contains(out, "（pii-phone）") ||
		!strings.Contains(out, "已提交到分支 suqiu/DEFJ/202609-NFZX-007-提出异议（") {
		t.Errorf("it ends with %d:\n%s", code, out)
	}
	text := gitIn(t, dir, "show", "suqiu/DEFJ/202609-NFZX-007-提出异议:cases/2026/09/202609-NFZX-007.md")
	if !strings.Contains(text, "理由: 不属本局\n") || !strings.Contains(text, "建议单位: 办公室\n") {
		t.Errorf("the file says\n%s", text)
	}
	if code, _, errs := ask("不属本局\n"); code != exitFailed || !strings.Contains(errs, "没有答完，什么都没有写") {
		t.Errorf("broken off, it ends with %d: %s", code, errs)
	}
	if list := gitIn(t, dir, "branch", "--list", "suqiu/*"); strings.Count(list, "suqiu/") != 1 {
		t.Errorf("there are %s", list)
	}
}

// meetings are those that lives come before: one that a unit suggested, and the
// regular one that the office convened.
type meetings struct{ suggested, regular string }

// named is an act with their numbers.
func (m *meetings) named(a act) act {
	a.args = strings.NewReplacer("MEETING", m.suggested, "REGULAR", m.regular).Replace(a.args)
	return a
}

// besideCases reports whether an act is about a meeting and not about a case.
func (a act) besideCases() bool {
	return strings.HasPrefix(a.args, "meeting ") || strings.Contains(a.args, " 会议") ||
		strings.Contains(a.args, " 落实情况 ")
}

func (m *meetings) byCommand(t *testing.T, dir string, a act) {
	t.Helper()
	if strings.HasPrefix(a.args, "meeting ") {
		m.regular = convened(t, dir, a)
		return
	}
	out := byCommand(t, dir, a)
	if _, after, found := strings.Cut(out, "/HY"); found && strings.Contains(out, "-会议建议") {
		m.suggested = "HY" + after[:len("2026-01")]
	}
}

// convened is the next regular meeting, whose agenda the office writes in its work
// tree: what waits, and the circulars that it ratifies.
func convened(t *testing.T, dir string, a act) string {
	t.Helper()
	clone := filepath.Join(t.TempDir(), "clone")
	gitIn(t, t.TempDir(), "clone", "-q", dir, clone)
	path := strings.TrimSpace(asPerson(t, clone, a, exitClean))
	name := filepath.Join(clone, filepath.FromSlash(path))
	src, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	m := papers.ParseMeeting(path, src, nil)
	// Of the sample's own cases this meeting does not treat.
	m.Topics = slices.DeleteFunc(m.Topics, func(topic papers.Topic) bool {
		return !slices.ContainsFunc(topic.Cases, func(id string) bool { return strings.HasPrefix(id, "202610-") })
	})
	if err := os.WriteFile(name, papers.PrintMeeting(m), 0o644); err != nil {
		t.Fatal(err)
	}
	gitIn(t, clone, "add", path)
	commit := exec.Command("git", "-C", clone, "commit", "-qm", "会议议程")
	commit.Env = environ(a.who, onDay(t, a.on))
	if out, err := commit.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	gitIn(t, clone, "push", "-q", "origin", "HEAD:main")
	return strings.TrimSuffix(filepath.Base(path), ".md")
}

// byCommand takes a step and lands its branch.
func byCommand(t *testing.T, dir string, a act) string {
	t.Helper()
	out := asPerson(t, dir, a, exitClean)
	_, branch, found := strings.Cut(out, "已提交到分支 ")
	branch, _, ended := strings.Cut(branch, "（")
	if !found || !ended {
		t.Fatalf("%s made no branch: %s", a.args, out)
	}
	gitIn(t, dir, "update-ref", "refs/heads/main", "refs/heads/"+branch)
	gitIn(t, dir, "update-ref", "-d", "refs/heads/"+branch)
	return out
}

// asPerson runs a command as somebody on a day.
func asPerson(t *testing.T, dir string, a act, want int) string {
	t.Helper()
	on, err := workday.Parse("2026-" + a.on)
	if err != nil {
		t.Fatal(err)
	}
	code, out, errs := ranAs(t, dir, a.who, on.Start().Add(10*time.Hour), strings.Fields(a.args)...)
	if code != want {
		t.Fatalf("%s by %s on %s ends with %d: %s%s", a.args, a.who, a.on, code, out, errs)
	}
	return out
}

// environ is an environment in which somebody commits at a time.
func environ(email string, at time.Time) []string {
	list := os.Environ()
	for _, who := range []string{"GIT_AUTHOR_", "GIT_COMMITTER_"} {
		list = append(list, who+"NAME=测试", who+"EMAIL="+email, who+"DATE="+at.Format(time.RFC3339))
	}
	return list
}
