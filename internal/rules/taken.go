package rules

import (
	"strconv"

	"suqiu/internal/problem"
	"suqiu/internal/record"
	"suqiu/internal/register"
	"suqiu/internal/timeline"
)

// takenNumbers finds 编号 that were given to a second appeal.
func takenNumbers(p *run, tell func(problem.Problem)) {
	for _, c := range p.Cases {
		for _, taken := range c.Taken {
			tell(p.takenHit(c, &taken))
		}
	}
}

func (p *run) takenHit(c *register.Case, taken *timeline.Taken) problem.Problem {
	h := problem.Problem{Case: c.ID, Path: content(c).Path, Key: "编号", Landing: taken.Landing, Commit: taken.Commit,
		Author: taken.Author.Email,
		Unit:   p.unitOf(taken.Author.Email, taken.Landing), New: p.pending(taken.Landing)}
	if c.Deleted {
		h.Case, h.Path, h.Key = "", c.Path, ""
	}
	next := p.NextNumber(c.ID)
	free, where := "", "；查过主分支的全部历史和 "+strconv.Itoa(next.Branches)+" 个分支"
	if next.ID != "" {
		free = "，下一个可用的编号是 " + next.ID + where
	}
	first, other := appeal(taken.First), appeal(taken.Other)
	switch {
	case !h.New:
		h.Message = "编号 " + c.ID + " 先后给了两件诉求：" + first + "和" + other + "，一个编号只能属于一件" + free
		h.Fix = "请联席办核对历史，把被盖掉的一件用新的编号重新登记；本件写一条“更正”，“规则”填 id-taken"
	case taken.Dropped && next.ID != "":
		h.Message = "编号 " + c.ID + " 已是" + first + "的；本分支用它登记的" + other + "在合并时丢掉了" + free
		h.Fix = "取回这一件，换用新的编号：git show " + shortCommit(taken.Commit) + ":" + taken.Path + " > " +
			record.PathOf(next.ID) +
			"，把其中的“编号”改为 " + next.ID + " 再提交；确实不登记的，从主分支新建分支，不带这一件"
	default:
		h.Message = "编号 " + c.ID + " 已是" + first + "的，不能再用来登记" + other + free
		h.Fix = "在本分支执行 suqiu renumber " + content(c).Path +
			"，再提交：换成没有用过的编号，引用一并改，原来的一件恢复原样"
	}
	return h
}

// appeal is how people know an appeal.
func appeal(a timeline.Appeal) string {
	text := "“" + a.Title + "”"
	if a.Collector != "" && a.Collected != 0 {
		text += "（" + a.Collector + " " + a.Collected.String() + " 收集）"
	}
	return text
}

// shortCommit is the beginning of a hash, as people write it.
func shortCommit(hash string) string { return hash[:min(len(hash), 10)] }
