package config

import "strings"

// traceDigits is how many digits of a commit a 留痕编号 has: fewer could mean
// another commit as well.
const traceDigits = 16

// rewriting is one entry of 历史更替.
func (r *reader) rewriting(i Item) ([]Key, func()) {
	var w Rewriting
	return []Key{
			{Name: "旧", Note: "清理之前主分支的提交"},
			{Name: "新", Note: "清理之后与它对应的提交"},
			{Name: "移除", Note: "清理掉内容的文件", Optional: true, To: &w.Removed},
			{Name: "原因", To: &w.Reason},
			{Name: "依据", Note: "会议纪要或传签的编号", Optional: true, To: &w.Basis},
		}, func() {
			w.Old, w.New = r.head(i, "旧"), r.head(i, "新")
			if w.Reason == "" {
				r.tell("key-missing", join(i.at, "原因"), i.node, "“历史更替”的这一条没有写明“原因”",
					"原因: 为什么清理历史，例如“移除误入的身份证号码”")
			} else if w.Old != "" && w.New != "" {
				r.c.Rewritings = append(r.c.Rewritings, w)
			}
		}
}

// head reads a commit that a later reader must be able to find without doubt.
func (r *reader) head(i Item, key string) string {
	s := strings.ToLower(r.text(i, key))
	switch {
	case s == "":
		r.tell("key-missing", join(i.at, key), i.node, "“历史更替”的这一条没有“"+key+"”", key+": 完整的提交编号")
	case !isHash(s) || len(s) < traceDigits:
		r.tell("value-type", join(i.at, key), i.value(key),
			"“"+key+"”应是一个提交的编号（16 位以上十六进制），现为“"+s+"”",
			"写完整的提交编号，可用 git rev-parse 查看")
		return ""
	}
	return s
}

// RewritingOf is the entry of 历史更替 that replaced a commit; zero if none did.
func (c *Config) RewritingOf(commit string) Rewriting {
	for _, w := range c.Rewritings {
		if sameCommit(w.Old, commit) {
			return w
		}
	}
	return Rewriting{}
}

// Successor follows 历史更替 from a commit to the one that stands in its place
// now; the commit itself if nothing replaced it. A circle ends where it began.
func (c *Config) Successor(commit string) string {
	for range c.Rewritings {
		next := c.RewritingOf(commit).New
		if next == "" {
			break
		}
		commit = next
	}
	return commit
}

// sameCommit reports whether two names, each whole or cut short, mean one commit.
func sameCommit(a, b string) bool {
	n := min(len(a), len(b))
	return n >= traceDigits && a[:n] == b[:n]
}
