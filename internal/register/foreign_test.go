package register_test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"suqiu/internal/git"
	"suqiu/internal/gittest"
	"suqiu/internal/register"
	"suqiu/internal/workday"
)

// A foreign history is that of an issue tracker kept in Git by people who never
// heard of the regulation: long branches that take main in and are taken in, state
// said and taken back, reverts, merges that keep one side or neither. It is
// converted here: each issue becomes a case, each of its states a 状态.
var foreign = map[string]string{
	"open": "已登记", "triaged": "分析中", "assigned": "已推送", "in progress": "办理中", "blocked": "待研究决定",
	"disputed": "异议待确认",
	"resolved": "已反馈", "verifying": "评估中", "reopened": "办理中", "postponed": "长期推进", "closed": "已办结",
	"duplicate": "已合并", "invalid": "不推送",
}

// TestForeignHistories holds the lives of converted issues to what makes sense of
// any life: the last transition leads to the state, each begins where the one
// before it ended, and no clock runs that the state does not have. A state that was
// stated and taken back within one landing has left none of this in order once.
func TestForeignHistories(t *testing.T) {
	config, err := os.ReadFile("testdata/suqiu.yaml")
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(rt *rapid.T) {
		r := gittest.Empty(t)
		c := converter{rt: rt, clock: time.Date(2026, time.June, 1, 9, 0, 0, 0, workday.Shanghai),
			tips: map[string]branch{}}
		c.write(string(config))
		cmd := exec.Command("git", "fast-import", "--quiet", "--force")
		cmd.Dir, cmd.Stdin = r.Dir, &c.out
		if out, err := cmd.CombinedOutput(); err != nil {
			rt.Fatalf("git fast-import: %v\n%s", err, out)
		}
		repo, err := git.Open(r.Dir)
		if err != nil {
			rt.Fatal(err)
		}
		asOf := workday.Of(c.clock) + 20
		d, err := register.Load(t.Context(), repo, register.Options{Ref: "main", AsOf: asOf, Now: asOf.Start()})
		if err != nil {
			rt.Fatal(err)
		}
		if len(d.Cases) != issues {
			rt.Fatalf("%d cases", len(d.Cases))
		}
		for _, x := range d.Cases {
			if what := unsound(&x.Life); what != "" {
				rt.Fatalf("%s: %s\n%s", x.ID, what, lifeOf(x))
			}
			if want := x.State; string(x.Life.State) != want {
				rt.Fatalf("%s states %s, its life ends in %s\n%s", x.ID, want, x.Life.State, lifeOf(x))
			}
		}
	})
}

const issues = 3

// issue is what a tracker says of one.
type issue struct{ state, text, assignee string }

// branch is a tip with all issues as they stand there.
type branch struct {
	mark   int
	issues [issues]issue
}

// converter writes a foreign history as cases, for git fast-import.
type converter struct {
	rt    *rapid.T
	out   bytes.Buffer
	clock time.Time
	mark  int
	tips  map[string]branch
	past  []branch // of main: what a revert goes back to
}

func (c *converter) write(config string) {
	main := branch{}
	for i := range main.issues {
		main.issues[i] = issue{"open", "提交失败。", ""}
	}
	c.commit("main", main, "M 100644 inline suqiu.yaml\n"+data(config))
	states := slices.Sorted(maps.Keys(foreign))
	for range rapid.IntRange(20, 60).Draw(c.rt, "acts") {
		names := slices.Sorted(maps.Keys(c.tips))
		on := rapid.SampledFrom(names).Draw(c.rt, "branch")
		at := c.tips[on]
		switch rapid.IntRange(0, 9).Draw(c.rt, "act") {
		case 0: // another branch leaves
			if name := fmt.Sprintf("topic%d", len(names)); len(names) < 5 {
				c.tips[name] = c.tips["main"]
			}
		case 1, 2: // one takes another in, and keeps what it likes of both
			other := rapid.SampledFrom(names).Draw(c.rt, "other")
			if from := c.tips[other]; from.mark != at.mark {
				for i := range at.issues {
					if rapid.Bool().Draw(c.rt, "theirs") {
						at.issues[i] = from.issues[i]
					}
				}
				c.commit(on, at, "", from.mark)
			}
		case 3: // a revert to what main once was
			at.issues = rapid.SampledFrom(c.past).Draw(c.rt, "past").issues
			c.commit(on, at, "")
		default:
			x := &at.issues[rapid.IntRange(0, issues-1).Draw(c.rt, "issue")]
			x.state = rapid.SampledFrom(states).Draw(c.rt, "state")
			x.assignee = rapid.SampledFrom([]string{"信息中心", "征收管理科", ""}).Draw(c.rt, "assignee")
			if rapid.Bool().Draw(c.rt, "comment") {
				x.text += "\n\n又问了一次。"
			}
			c.commit(on, at, "")
		}
	}
}

// commit makes a commit of all issues as they stand, on top of the branch and of
// what it takes in.
func (c *converter) commit(on string, at branch, more string, merged ...int) {
	c.clock = c.clock.Add(time.Duration(rapid.IntRange(1, 30*60).Draw(c.rt, "minutes")) * time.Minute)
	who := rapid.SampledFrom(scribblers).Draw(c.rt, "who")
	c.mark++
	fmt.Fprintf(&c.out, "commit refs/heads/%s\nmark :%d\nauthor 甲 <%s> %d +0800\ncommitter 甲 <%s> %[4]d +0800\n"+
		"data 1\nx\n", on, c.mark, who, c.clock.Unix(), who)
	if at.mark > 0 {
		fmt.Fprintf(&c.out, "from :%d\n", at.mark)
	}
	for _, mark := range merged {
		fmt.Fprintf(&c.out, "merge :%d\n", mark)
	}
	c.out.WriteString(more)
	for i, x := range at.issues {
		id := fmt.Sprintf("202606-NFZX-%03d", i+1)
		text := "---\n编号: " + id +
			"\n标题: 申报提交失败的事项\n性质: 诉求\n渠道: 12366热线\n收集单位: 纳税服务中心\n收集日期: 2026-06-01\n" +
			"\n状态: " + foreign[x.state] +
			"\n\n承办单位: " + x.assignee + "\n---\n\n## 诉求内容\n\n" + x.text + "\n\n## 办理情况\n\n## 反馈答复\n"
		fmt.Fprintf(&c.out, "M 100644 inline %s\n%s", gittest.CasePath(id), data(text))
	}
	at.mark = c.mark
	c.tips[on] = at
	if on == "main" {
		c.past = append(c.past, at)
	}
}

// data is a text as fast-import reads it.
func data(text string) string { return fmt.Sprintf("data %d\n%s\n", len(text), text) }
