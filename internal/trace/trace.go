// Package trace answers whether the history goes on from a 留痕编号, the number
// printed on pages and papers by which a rewritten history is noticed.
package trace

import (
	"fmt"
	"io"
	"regexp"
	"strings"

	"suqiu/internal/dossier"
	"suqiu/internal/misuse"
	"suqiu/internal/register"
	"suqiu/internal/workday"
)

// ID is a 留痕编号 as people type it.
type ID struct {
	Commit string       // digits of a commit, lower case
	Day    workday.Date // that it names; zero: none
}

// traceParts is a 留痕编号 as people type it: the dot is not on every keyboard.
var traceParts = regexp.MustCompile(`^([0-9a-f]{7,64})(?:[·•・.\s]+(\d{4}-\d{2}-\d{2}))?$`)

// Parse reads one.
func Parse(s string) (id ID, err error) {
	m := traceParts.FindStringSubmatch(strings.ToLower(strings.TrimSpace(s)))
	if m == nil {
		return id, misuse.New("“%s”不是留痕编号，应写成 3f2a9c10b4d5e6a1·2026-09-30，或者提交编号的前 7 位以上", s)
	}
	if m[2] != "" {
		if id.Day, err = workday.Parse(m[2]); err != nil {
			return id, misuse.New("“%s”中的“%s”不是日期", s, m[2])
		}
	}
	id.Commit = m[1]
	return id, nil
}

// Verdict is what became of it.
type Verdict struct {
	Commit   string `json:"commit"`             // whole, where it was found; else as asked
	Found    bool   `json:"found"`              // the mainline goes on from it
	Replaced string `json:"replaced,omitempty"` // the commit in its place, by 历史更替
	Reason   string `json:"reason,omitempty"`   // 原因 of that
	Landed   string `json:"landed"`
	DayWrong bool   `json:"day_wrong"` // it landed on another day than the number says
	Since    Since  `json:"since"`
}

// Since is what has landed after it.
type Since struct {
	Landings int    `json:"landings"`
	First    string `json:"first"`
	Last     string `json:"last"`
}

// Judge looks the number up; at is the landing, -1 if there is none.
func (id ID) Judge(d *register.Register) (v Verdict, at int, err error) {
	v = Verdict{Commit: id.Commit}
	at = d.LandingOf(id.Commit)
	if at >= 0 {
		for i := at + 1; i < len(d.Landings); i++ {
			if strings.HasPrefix(d.Landings[i].Commit, id.Commit) {
				return v, -1, misuse.New("主分支上不止一个提交以 %s 开头，请多写几位", id.Commit)
			}
		}
	} else if successor := d.Config.Successor(id.Commit); successor != id.Commit {
		if at = d.LandingOf(successor); at >= 0 {
			v.Replaced = d.Landings[at].Commit
			v.Reason = d.Config.RewritingOf(id.Commit).Reason
		}
	}
	if at < 0 {
		return v, at, nil
	}
	l := &d.Landings[at]
	v.Found, v.Landed = true, dossier.Stamp(l.At)
	if v.Replaced == "" {
		v.Commit = l.Commit
		v.DayWrong = id.Day != 0 && id.Day != workday.Of(l.At) && id.Day != workday.Of(l.Committed.Time())
	}
	if later := d.Landings[at+1:]; len(later) > 0 {
		v.Since = Since{len(later), dossier.Stamp(later[0].At), dossier.Stamp(later[len(later)-1].At)}
	}
	return v, at, nil
}

// Write tells it to people, at a being the landing.
func (id ID) Write(out io.Writer, d *register.Register, v *Verdict, at int) {
	if !v.Found {
		fmt.Fprintf(out, "不在：主分支的历史不是从 %s 接着来的\n", id.Commit)
		fmt.Fprintf(out, "历史被改写过，或者编号抄错了。请核对编号；仍不在的，向保存着原来历史的电脑、"+
			"备份或旗县核实\n")
		return
	}
	l := &d.Landings[at]
	switch {
	case v.Replaced != "":
		fmt.Fprintf(out, "已更替：提交 %s 由“历史更替”换成 %s（%s）\n", id.Commit, register.TraceID(l), v.Reason)
	case v.DayWrong:
		fmt.Fprintf(out, "日期不符：提交 %s 在历史上，入库日是 %s，不是 %s\n", register.ShortHash(l.Commit),
			workday.Of(l.At), id.Day)
	default:
		fmt.Fprintf(out, "在：主分支的历史是从 %s 接着来的，它 %s 入库\n", register.TraceID(l),
			workday.Minute(l.At))
	}
	if v.Since.Landings == 0 {
		fmt.Fprintf(out, "此后没有入库\n")
		return
	}
	later := d.Landings[at+1:]
	fmt.Fprintf(out, "此后入库 %d 次：%s 至 %s\n", len(later), workday.Minute(later[0].At),
		workday.Minute(later[len(later)-1].At))
}
