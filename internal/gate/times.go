package gate

import (
	"time"

	"suqiu/internal/register"
	"suqiu/internal/workday"
)

// ahead is how far a clock may be ahead of the server's.
const ahead = 10 * time.Minute

// inTime refuses commits that are dated in the future, and landings dated so far
// back that they would wash somebody's lateness. A server that mirrors another
// one receives what that one has judged.
func (g *Gate) inTime(d *register.Register, u Move, what string) bool {
	if g.Repo.Mirror(g.Settings) {
		return true
	}
	return g.notAhead(d, u, what) && g.notBehind(d, u, what)
}

// notAhead refuses commits that are dated in the future.
func (g *Gate) notAhead(d *register.Register, u Move, what string) bool {
	commits := d.Brought
	if !d.Request {
		commits = d.Landings
	}
	var late []string
	limit := g.Now.Add(ahead)
	authored := false
	for _, c := range commits {
		if t := max(c.Authored, c.Committed).Time(); t.After(limit) {
			late = append(late, register.ShortHash(c.Commit)+"（"+workday.Minute(t)+"）")
			authored = authored || c.Authored.Time().After(limit)
		}
	}
	if len(late) == 0 && !d.Request && d.Head != u.New {
		late = append(late, register.ShortHash(u.New)) // landings of a later day are not even seen
		authored = true
	}
	if len(late) == 0 {
		return true
	}
	onto := "--root"
	if d.Request {
		onto = g.onto(u)
	}
	again := "git rebase --force-rebase " + onto // keeps the authors' times
	if authored {
		again = "git rebase --reset-author-date " + onto
	}
	g.refuse(what, "提交的日期在将来："+listed(late, 3)+"；服务器现在是 "+workday.Minute(g.Now),
		"校准电脑的日期和时间，更新提交的日期，再推送：", again, "git push")
	return false
}

// notBehind refuses commits that would be landings and are dated further back
// than a merge request may wait: a landing counts at its committer's time, and
// with a direct push that is what the pusher's clock, or the pusher, says. The
// first push of a repository of cases brings its history as it was.
func (g *Gate) notBehind(d *register.Register, u Move, what string) bool {
	if !d.Request {
		return true
	}
	first := earliest(d.Config.Calendar, workday.Of(g.Now), max(1, d.Config.Grace))
	coming := map[string]bool{}
	for _, commit := range d.Coming {
		coming[commit] = true
	}
	var early []string
	for _, c := range d.Brought {
		if coming[c.Commit] && c.Committed.Time().Before(first.Start()) {
			early = append(early, register.ShortHash(c.Commit)+"（"+workday.Minute(c.Committed.Time())+"）")
		}
	}
	if len(early) == 0 {
		return true
	}
	g.refuse(what, "提交的日期早于 "+first.String()+"："+listed(early, 3)+
		"。入库时间按提交的日期计，今天入库的最早可以是 "+first.String()+" 的提交",
		"更新提交的日期（办理时间仍是原来的），再推送：", "git fetch origin",
		"git rebase --force-rebase --rebase-merges "+g.onto(u), "git push",
		"服务器是镜像，或从备份恢复后补推历史的，请管理员在服务器的仓库中先执行：git config suqiu.mirror true")
	return false
}

// earliest is the first day from which at most so many working days have come.
func earliest(calendar *workday.Calendar, today workday.Date, most int) workday.Date {
	first := today
	for calendar.Count(first-1, today) <= most {
		first--
	}
	return first
}
