package caserules

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"suqiu/internal/privacy"
	"suqiu/internal/problem"
	"suqiu/internal/record"
)

// What a text says of a person or an enterprise is told in the same words of a
// file that landed, of one in a request and of what is only typed.

// Called is what a span is called, and as much of it as may be shown.
func Called(text []byte, sp privacy.Span) string {
	masked := " " + privacy.Mask(text, sp)
	if sp.Doubtful {
		return "疑似" + sp.Kind.Name() + masked + "（最后一位校验不符，可能写错，仍可能对应到本人）"
	}
	return sp.Kind.Name() + masked
}

// TellPersonal says of a number in a text where it stands and what to do.
func TellPersonal(p *problem.Problem, sp privacy.Span, at *Lines) {
	p.Line, p.Column = at.Position(sp.Start)
	p.Key = at.Key(p.Line)
	p.Message = Spot(p.Key) + "有" + Called(at.Text, sp)
	p.Fix = "删去号码，改为“某纳税人”“某企业”等概括写法；联系方式留在原渠道系统，这里只填“原渠道单号”"
	switch sp.Kind {
	case privacy.Account:
		p.Fix = "删去账号；联系方式留在原渠道系统，这里只填“原渠道单号”"
	case privacy.Email:
		p.Fix = "删去地址；联系方式留在原渠道系统，这里只填“原渠道单号”"
	}
}

// Lines knows the places of one text. They are asked for in order.
type Lines struct {
	Text         []byte
	start        int // of the line that was asked for last
	line         int
	column, upto int // in it
	keys         func(line int) string
}

// NewLines begins at the first line of a text.
func NewLines(text []byte) *Lines { return &Lines{Text: text, line: 1} }

// Position is the line and column of a byte that lies not before the last.
func (l *Lines) Position(at int) (line, column int) {
	if n := bytes.Count(l.Text[l.upto:at], []byte{'\n'}); n > 0 {
		l.line += n
		l.start = bytes.LastIndexByte(l.Text[:at], '\n') + 1
		l.column, l.upto = 0, l.start
	}
	if l.upto == 0 && bytes.HasPrefix(l.Text, []byte("\ufeff")) {
		l.upto = min(at, len("\ufeff"))
	}
	l.column += utf8.RuneCount(l.Text[l.upto:at])
	l.upto = at
	return l.line, l.column + 1
}

// Key is the key path or the section of a line.
func (l *Lines) Key(line int) string {
	if l.keys == nil {
		l.keys = record.Schema().KeysAt(l.Text)
	}
	return l.keys(line)
}

// Spot names the place of a key path for a message.
func Spot(key string) string {
	key = strings.TrimPrefix(key, "## ")
	if key == "" {
		return "文件中"
	}
	field, rest, _ := strings.Cut(key, ".")
	field, _, _ = strings.Cut(field, "[")
	if rest, _, _ = strings.Cut(rest, "["); rest != "" {
		return "“" + field + "”的“" + rest + "”中"
	}
	return "“" + field + "”中"
}

// Mask hides what a finding would repeat: a value that some other rule quotes
// may be somebody's number. Addresses of those who commit are needed where a
// rule is about them, and in suqiu.yaml.
func (r *Rule) Mask(f *problem.Problem, config bool) {
	masked := privacy.MaskedNumbers
	if !config && r.Group != Evidence && r.Group != Workflow {
		masked = privacy.Masked
	}
	for _, text := range []*string{&f.Case, &f.Message, &f.Fix, &f.Key, &f.Unit, &f.Path} {
		*text = string(masked([]byte(*text)))
	}
}
