package rules

import (
	"strings"

	"suqiu/internal/config"
	"suqiu/internal/problem"
	"suqiu/internal/provenance"
)

// foreignAuthors finds the commits of a request whose author is not the one who
// pushed them.
func foreignAuthors(p *run, tell func(problem.Problem)) {
	for _, m := range p.Mismatches {
		most := problem.Error
		if m.Doubt {
			most = problem.Warning
		}
		tell(problem.Problem{Path: config.Path, Key: "人员." + m.Author, Landing: len(p.Landings) - 1,
			Unit:   p.unitOf(m.Author, len(p.Landings)-1),
			Commit: m.Commit, Author: m.Author, New: true, Severity: most, Message: MismatchMessage(&m),
			Fix: MismatchFix})
	}
}

// MismatchMessage says of one commit that its author is not the pusher.
func MismatchMessage(m *provenance.Mismatch) string {
	of := "，账号没有登记"
	if len(m.Accounts) > 0 {
		of = "，账号 " + strings.Join(m.Accounts, "、")
	}
	return "提交 " + m.Commit[:min(10, len(m.Commit))] + " 写的提交人是 " + m.Author + of + "，推送的是 " + m.Pusher
}

// MismatchFix is what to do about it.
const MismatchFix = "请提交人本人推送；邮箱写错的，改正 git config user.email 后" +
	"重新提交（git commit --amend --reset-author）；账号变了的，请联席办在“人员”中登记"
