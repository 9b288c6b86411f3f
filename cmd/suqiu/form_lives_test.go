package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestLifeByForms lives two lives through the forms in a browser under suqiu serve,
// each step landed by Git: from 登记 to 办结 with an extension and a return, and an
// objection that is upheld. On the way several go together, one is filled in by
// keyboard alone, one is stale, and two are refused.
func TestLifeByForms(t *testing.T) {
	c := openClerk(t)
	meetings := strings.Fields(gitIn(t, c.dir, "ls-tree", "--name-only", "main", "meetings/"))
	basis := strings.TrimSuffix(filepath.Base(meetings[len(meetings)-1]), ".md")
	const centre = "a@nfzx.example"
	register := func(title string) string {
		branch := c.byForm(t, act{"10-09", centre, "new 标题=" + title +
			" 性质=诉求 渠道=12366热线 收集日期=2026-10-08 诉求内容=纳税人反映。"})
		return branch[strings.Index(branch, "202610-"):][:len("202610-NFZX-001")]
	}
	one, two := register("自助终端打印不了完税证明"), register("退税款一个月没有到账")
	if one == two {
		t.Fatalf("both are %s", one)
	}

	// The analysis of a month goes together.
	c.byForm(t, act{"10-12", office, "step " + one + " 转入分析"})
	branch := c.byForm(t, act{"10-12", office, strings.Replace(toCentre, "ID", one+","+two, 1)})
	if branch != "suqiu/NSFWK/RW202610-01-推送" {
		t.Errorf("several are on %s", branch)
	}

	c.byForm(t, act{"10-13", lead, "step " + one + " 接收办理"})
	c.stale(t, two)
	c.byForm(t, act{"10-14", office, "step " + two + " 异议成立，改派 依据=" + basis +
		" 承办单位=征收管理科 协办单位=信息中心"})
	c.byForm(t, act{"10-19", lead, "step " + one + " 申请延期 申请天数=10 原因=区局扩容 措施=电话辅导"})
	c.byForm(t, act{"10-20", office, "step " + one + " 决定延期 决定=同意 准延天数=5 依据=" + basis})
	c.refused(t, one)
	c.byKeyboard(t, one)
	c.byForm(t, act{"10-22", office, "step " + one + " 退回反馈 退回原因=没有说明原因"})
	c.byForm(t, act{"10-23", lead, "step " + one + " 反馈 结果=解释说明 措施=已说明"})
	c.byForm(t, act{"10-26", office, "step " + one + " 审核通过"})
	c.byForm(t, act{"10-27", centre, "step " + one + " 评估 方式=12366回访 结果=满意"})
	c.byForm(t, act{"10-28", office, "step " + one + " 办结"})

	c.tells(t, one, "已办结", "推送至信息中心，协办：征收管理科", "接收办理", "延期", "反馈：已解决", "退回反馈",
		"反馈：解释说明", "审核通过，转评估", "办结（12366回访：满意）")
	c.tells(t, two, "已推送", "提出异议", "异议成立，改派：推送至征收管理科")
	asPerson(t, c.dir, act{"11-20", office, "check"}, exitClean)
}

// tells holds what show says of a case to what was done.
func (c *clerk) tells(t *testing.T, id string, want ...string) {
	t.Helper()
	out := asPerson(t, c.dir, act{"11-20", office, "show " + id}, exitClean)
	for _, told := range want {
		if !strings.Contains(out, told) {
			t.Errorf("%s does not tell %q:\n%s", id, told, out)
		}
	}
}

// stale: another lands a change of the file while one fills in. One is told, sees
// both versions, and goes on from the new one.
func (c *clerk) stale(t *testing.T, id string) {
	t.Helper()
	c.sits(t, lead, onDay(t, "10-13"))
	c.takes(t, "step "+id+" 提出异议 理由=不属本单位职责")
	byCommand(t, c.dir, act{"10-13", office, "step " + id + " 督办 单位=信息中心 方式=电话 内容=请尽快接收"})
	before := gitIn(t, c.dir, "for-each-ref")
	c.press(t)
	c.until(t, "word of the other", `document.querySelector('.stale')`)
	if said := c.said(t); !strings.Contains(said, "您填写的时候，别人改了这个文件") ||
		!strings.Contains(said, "请尽快接收") {
		t.Errorf("it says %s", said)
	}
	if after := gitIn(t, c.dir, "for-each-ref"); after != before {
		t.Errorf("there is a branch: %s", after)
	}
	eval[chromedp.Void](t, c.browser, `document.querySelector('.stale .main-button').click()`)
	c.until(t, "the form again", `!document.querySelector('.stale') && document.querySelector('.step-form')`)
	branch := c.hands(t)
	path := strings.Fields(gitIn(t, c.dir, "diff", "--name-only", "main", branch))[0]
	if text := gitIn(t, c.dir, "show", branch+":"+path); !strings.Contains(text, "请尽快接收") ||
		!strings.Contains(text, "不属本单位职责") {
		t.Errorf("the file says\n%s", text)
	}
	c.lands(t, branch)
}

// refused: what the rules refuse is said at the field, what the clone refuses above
// the form, and there is no branch.
func (c *clerk) refused(t *testing.T, id string) {
	t.Helper()
	before := gitIn(t, c.dir, "for-each-ref")
	c.sits(t, lead, onDay(t, "10-21"))
	c.takes(t, "step "+id+" 反馈 结果=已解决 措施=已修复 办理情况=已修复。 反馈答复=已电话13912345678答复。")
	c.press(t)
	c.until(t, "the refusal", `document.querySelector('.summary:not([hidden])') &&
		document.querySelector('.field.wrong')`)
	if said := c.said(t); !strings.Contains(said, "还不能提交") || !strings.Contains(said, "电话号码") {
		t.Errorf("it says %s", said)
	}
	c.fill(t, map[string]string{"反馈答复": "已电话答复。"})
	copy(c.environ, environ("stranger@elsewhere.example", *c.now.Load()))
	c.press(t)
	c.until(t, "the clone's refusal", `document.querySelector('.summary:not([hidden])') &&
		/没有提交成/.test(document.querySelector('.summary').textContent)`)
	if said := c.said(t); !strings.Contains(said, "没有登记在 suqiu.yaml 中") {
		t.Errorf("it says %s", said)
	}
	if after := gitIn(t, c.dir, "for-each-ref"); after != before {
		t.Errorf("there is a branch: %s", after)
	}
	c.heard() // that the answer was no
}

// byKeyboard feeds back without a mouse; check has nothing against the branch.
func (c *clerk) byKeyboard(t *testing.T, id string) {
	t.Helper()
	c.sits(t, lead, onDay(t, "10-21"))
	c.form(t, id+"/反馈")
	eval[chromedp.Void](t, c.browser, `document.querySelector('.step-form .field input').focus()`)
	keys := func(text string) {
		if err := chromedp.Do(c.ctx, chromedp.KeyEvent(text)); err != nil {
			t.Fatal(err)
		}
	}
	answers := map[string]string{"结果": " ", "措施": "已更换终端", "办理情况": "已经修复。",
		"反馈答复": "已电话答复。"}
	for range 30 {
		name := eval[string](t, c.browser,
			`(e => e && e.querySelector('.label').textContent || '')(document.activeElement.closest('.field'))`)
		if answer, asked := answers[name]; asked {
			keys(answer)
			delete(answers, name)
		}
		if eval[bool](t, c.browser, `document.activeElement.matches('.step-form .actions .main-button')`) {
			break
		}
		keys(kb.Tab)
	}
	if len(answers) > 0 {
		t.Fatalf("the keyboard does not come to %v: %s", answers, c.said(t))
	}
	keys(kb.Enter)
	c.until(t, "a branch", `document.querySelector('.done')`)
	branch := "suqiu/XXZX/" + id + "-反馈"
	if said := c.said(t); !strings.Contains(said, "已提交到本机的分支 "+branch) ||
		!strings.Contains(said, "git push -o merge_request.create origin "+branch) {
		t.Fatalf("it says %s", said)
	}
	out := asPerson(t, c.dir, act{"10-21", lead, "check --base main --ref " + branch}, exitClean)
	if !strings.Contains(out, "错误 0，警告 0，提示 0") {
		t.Errorf("check says %s", out)
	}
	c.lands(t, branch)
}

// TestLargeLivesByForms lives what TestLivesByCommands does through the forms of the
// cases; what meetings decide the office takes down by command.
func TestLargeLivesByForms(t *testing.T) {
	if os.Getenv("SUQIU_LONG") == "" {
		t.Skip("minutes: make long runs it")
	}
	c := openClerk(t)
	gitIn(t, c.dir, "config", "receive.denyCurrentBranch", "ignore")
	ids := map[string]string{}
	var rest []act
	for _, l := range lives {
		if ids[l.title] == "" {
			branch := c.byForm(t, act{"10-09", "a@nfzx.example", "new 标题=" + l.title +
				" 性质=诉求 渠道=12366热线 收集日期=2026-10-08 诉求内容=纳税人反映。"})
			ids[l.title] = branch[strings.Index(branch, "202610-"):][:len("202610-NFZX-001")]
		}
		for _, a := range l.acts {
			a.args = strings.ReplaceAll(a.args, "ID", ids[l.title])
			rest = append(rest, a)
		}
	}
	slices.SortStableFunc(rest, func(a, b act) int { return strings.Compare(a.on+a.who, b.on+b.who) })
	var met meetings
	for _, a := range rest {
		if a = met.named(a); a.besideCases() {
			met.byCommand(t, c.dir, a)
		} else {
			c.byForm(t, a)
		}
	}
	for _, l := range lives {
		c.tells(t, ids[l.title], append([]string{l.state}, l.told...)...)
	}
	asPerson(t, c.dir, act{"11-20", office, "check"}, exitClean)
	c.quiet(t, "the forms")
}
