package rules

import (
	"bytes"
	"slices"
	"strings"

	"suqiu/internal/caserules"
	"suqiu/internal/config"
	"suqiu/internal/privacy"
	"suqiu/internal/problem"
	"suqiu/internal/register"
	"suqiu/internal/timeline"
	"suqiu/internal/workday"
)

// reportPersonal finds what the texts and names at the head say of persons and
// enterprises, what they once said, and what messages of commits say.
func (p *run) reportPersonal() {
	for _, c := range p.Cases {
		p.personal(c, c.Suspects)
	}
	for list := p.Suspects; len(list) > 0; {
		n := 1
		for n < len(list) && list[n].Path == list[0].Path {
			n++
		}
		p.personal(nil, list[:n])
		list = list[n:]
	}
	p.personalMessages()
}

// personal judges the texts of one file, oldest first.
func (p *run) personal(c *register.Case, list []timeline.Flagged) {
	type number struct {
		kind  privacy.Kind
		value string
	}
	landed := map[number]bool{} // not by the request alone
	head := map[number]bool{}
	spans := make([][]privacy.Span, len(list))
	for i, s := range list {
		spans[i] = p.spans(s)
		for _, sp := range spans[i] {
			n := number{sp.Kind, sp.Value}
			landed[n] = landed[n] || !p.pending(s.Landing)
			head[n] = head[n] || s.Head
		}
	}
	for i, s := range list {
		at := caserules.NewLines(shownText(s))
		for _, sp := range spans[i] {
			n := number{sp.Kind, sp.Value}
			switch {
			case s.Head:
				p.reportHead(c, s, sp, at, landed[n])
			case !head[n]:
				head[n] = true // the first commit answers for it, once
				p.reportPast(c, s, sp, at)
			}
		}
	}
}

// spans are those of a text, or of a name, without the addresses of offices.
func (p *run) spans(s timeline.Flagged) []privacy.Span {
	return p.strange(privacy.Scan(shownText(s)), s.Landing)
}

func shownText(s timeline.Flagged) []byte {
	if s.Text == nil {
		return []byte(s.Path)
	}
	return s.Text
}

// strange leaves out the addresses that suqiu.yaml knows.
func (p *run) strange(spans []privacy.Span, landing int) []privacy.Span {
	return slices.DeleteFunc(spans, func(sp privacy.Span) bool {
		if sp.Kind != privacy.Email {
			return false
		}
		a := p.Actor(sp.Value, workday.Of(p.Landings[landing].At))
		return a.Bot || len(a.Units) > 0 || slices.ContainsFunc(p.Config.People,
			func(m config.Person) bool { return strings.EqualFold(m.Email, sp.Value) })
	})
}

func (p *run) reportHead(c *register.Case, s timeline.Flagged, sp privacy.Span, at *caserules.Lines, landed bool) {
	h := inFile(c, s.Path)
	h.New = p.Request && !landed
	if s.Text == nil {
		h.Key, h.Message = "文件名", "文件名或文件夹名中有"+caserules.Called(at.Text, sp)
		h.Fix = "改用不含个人和企业信息的名称"
	} else {
		caserules.TellPersonal(&h, sp, at)
	}
	if landed {
		h.Fix += "。内容已经入库，改正后仍留在历史中，请联席办告知 GitLab 管理员"
	} else if h.New {
		h.Fix += "。分支上的每次提交都会一并入库，所以请从主分支新建分支重新提交，关闭本合并请求"
	}
	p.reported[sp.Kind.Rule()] = append(p.reported[sp.Kind.Rule()], h)
}

// reportPast tells of what a file said and says no longer.
func (p *run) reportPast(c *register.Case, s timeline.Flagged, sp privacy.Span, at *caserules.Lines) {
	h := p.ofCommit(c, s.Path, s.Landing, s.Commit, s.Author.Email)
	what := caserules.Called(at.Text, sp)
	place := "文件名"
	if s.Text == nil {
		h.Key = "文件名"
	} else {
		line, _ := at.Position(sp.Start)
		h.Key = at.Key(line)
		place = caserules.Spot(h.Key)
	}
	h.Message = "提交 " + s.Commit[:min(len(s.Commit), 10)] + " 的" + place + "曾有" + what +
		"，现在没有了，但在历史中仍能查到"
	if h.New {
		h.Message = "本请求的提交 " + s.Commit[:min(len(s.Commit), 10)] + " 的" + place + "曾有" + what +
			"，后来删去了，但合并后在历史中仍能查到"
	}
	p.reported[sp.Kind.Rule()] = append(p.reported[sp.Kind.Rule()], h)
}

// inFile begins a problem of a file, which may be that of a case.
func inFile(c *register.Case, path string) problem.Problem {
	if c == nil {
		return problem.Problem{Path: path}
	}
	return problem.Problem{Case: c.ID, Path: content(c).Path}
}

// ofCommit is an offence of a commit. What has landed, no edit can mend.
func (p *run) ofCommit(c *register.Case, path string, landing int, commit, author string) problem.Problem {
	h := inFile(c, path)
	h.Landing, h.Commit, h.Author, h.New = landing, commit, author, p.pending(landing)
	if a := p.Actor(author, workday.Of(p.Landings[landing].At)); len(a.Units) > 0 {
		h.Unit = a.Units[0]
	}
	h.Fix = "请联席办告知 GitLab 管理员，研究是否从历史中清除，并按个人信息保护的规定报告；" +
		"决定保留的，在 suqiu.yaml 的“忽略”中写明规则、路径和原因"
	if !h.New {
		h.Severity = problem.Warning
	} else {
		h.Fix = "请从主分支新建分支，把改好的内容重新提交，关闭本合并请求并删除原分支"
	}
	return h
}

// personalMessages judges messages of commits. One that said something of a
// case is told of there.
func (p *run) personalMessages() {
	if len(p.Messages) == 0 {
		return
	}
	cases := map[string]*register.Case{} // by the commit that said something of it, the first of several
	for _, c := range p.Cases {
		for _, e := range c.Life.Events {
			if cases[e.Commit] == nil {
				cases[e.Commit] = c
			}
		}
	}
	for _, m := range p.Messages {
		told := map[privacy.Kind]bool{}
		for _, sp := range p.strange(privacy.Scan(m.Text), m.Landing) {
			if told[sp.Kind] || sp.Kind == privacy.Email && trailer(m.Text, sp.Start) {
				continue
			}
			told[sp.Kind] = true
			h := p.ofCommit(cases[m.Commit], config.Path, m.Landing, m.Commit, m.Author.Email)
			h.Key = "提交说明"
			h.Message = "提交 " + m.Commit[:min(len(m.Commit), 10)] + " 的提交说明中有" + caserules.Called(m.Text, sp) +
				"，提交说明入库后不能修改"
			p.reported[sp.Kind.Rule()] = append(p.reported[sp.Kind.Rule()], h)
		}
	}
}

// trailer reports whether the line of a message is one that names who took
// part: Signed-off-by, Co-authored-by.
func trailer(text []byte, at int) bool {
	line := text[bytes.LastIndexByte(text[:at], '\n')+1:]
	name, _, ok := bytes.Cut(line, []byte(": "))
	return ok && bytes.HasSuffix(bytes.ToLower(name), []byte("-by"))
}
