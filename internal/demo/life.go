package demo

import (
	"fmt"
	"strings"
)

// life is one appeal as its file tells it: what it is about, and what happened
// to it when. script/FORMAT.md describes how it is written.
type life struct {
	name   string // file and number, for references and errors: 07, 日常3-2
	title  string
	facts  facts   // of the preface: what stays the same, and what is copied when its time comes
	texts  []text  // the body sections in their final wording
	blocks []block // what happened, in order
	vary   int     // minutes by which the blocks of a shared path are shifted
}

// text is one body section.
type text struct {
	heading, body string
}

// block is one commit of a life.
type block struct {
	line  int // in its file
	when  moment
	who   string
	how   string // 直推 合并 压缩 快进 待并; empty: as usual
	lands moment // zero: as usual
	step  string
	note  string // the commit's message, empty: as usual for the step
	facts facts
	texts []text
}

// moment is a day, still as an expression, and a time of day.
type moment struct {
	day   string // +3: working days after the life's beginning; T-5: before today
	clock string // 09:30
}

// fact is one key with its value, or with keys of its own.
type fact struct {
	key, value string
	sub        facts
}

type facts []fact

// find returns the fact of a key, an empty one if it is not there.
func (f facts) find(key string) fact {
	for _, x := range f {
		if x.key == key {
			return x
		}
	}
	return fact{}
}

func (f facts) get(key string) string { return f.find(key).value }

func (f facts) has(key string) bool { return f.find(key).key != "" }

// parseLives reads a file of one or more lives.
func parseLives(name, src string) ([]*life, error) {
	p := lifeParser{name: name}
	for i, line := range strings.Split(strings.ReplaceAll(src, "\r\n", "\n"), "\n") {
		if err := p.line(i+1, strings.TrimRight(line, " ")); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, i+1, err)
		}
	}
	if len(p.lives) == 0 {
		return nil, fmt.Errorf("%s: no life in the file", name)
	}
	return p.lives, nil
}

type lifeParser struct {
	name  string
	lives []*life
}

// line takes one line: a title (#), a commit (##), a body section (###), a
// fact (indented by four), or text.
func (p *lifeParser) line(n int, line string) error {
	if title, ok := strings.CutPrefix(line, "# "); ok {
		l := &life{name: p.name, title: strings.TrimSpace(title)}
		p.lives = append(p.lives, l)
		return nil
	}
	if len(p.lives) == 0 {
		if line != "" {
			return fmt.Errorf("text before the first title: %q", line)
		}
		return nil
	}
	l := p.lives[len(p.lives)-1]
	known, texts := &l.facts, &l.texts
	if k := len(l.blocks); k > 0 {
		known, texts = &l.blocks[k-1].facts, &l.blocks[k-1].texts
	}
	switch {
	case strings.HasPrefix(line, "## "):
		b, err := parseHeader(line[len("## "):])
		b.line = n
		l.blocks = append(l.blocks, b)
		return err
	case strings.HasPrefix(line, "### "):
		*texts = append(*texts, text{heading: strings.TrimSpace(line[len("### "):])})
	case strings.HasPrefix(line, "    ") && len(*texts) == 0:
		return addFact(known, line[len("    "):])
	case len(*texts) > 0:
		t := &(*texts)[len(*texts)-1]
		t.body += line + "\n"
	}
	return nil
}

// addFact adds one line of facts: a key, or a key below the last one.
func addFact(known *facts, line string) error {
	below := strings.HasPrefix(line, " ")
	key, value, ok := strings.Cut(strings.TrimSpace(line), ":")
	if !ok || key == "" {
		return fmt.Errorf("not a fact (键: 值): %q", line)
	}
	f := fact{key: key, value: strings.TrimSpace(value)}
	if !below {
		*known = append(*known, f)
		return nil
	}
	if len(*known) == 0 {
		return fmt.Errorf("an indented fact without one above it: %q", line)
	}
	last := &(*known)[len(*known)-1]
	last.sub = append(last.sub, f)
	return nil
}

// parseHeader reads `+3 09:30 信息中心 [合并 +4 10:00] 反馈：说明`.
func parseHeader(line string) (block, error) {
	var b block
	parts := strings.SplitN(line, " ", 4)
	if len(parts) < 4 {
		return b, fmt.Errorf("a commit needs day, time, unit and step: %q", line)
	}
	b.when, b.who = moment{parts[0], parts[1]}, parts[2]
	rest := parts[3]
	if strings.HasPrefix(rest, "[") {
		inner, after, ok := strings.Cut(rest[1:], "]")
		if !ok {
			return b, fmt.Errorf("[ without ]: %q", line)
		}
		words := strings.Fields(inner)
		if len(words) != 1 && len(words) != 3 {
			return b, fmt.Errorf("how it lands is a word, or a word, a day and a time: %q", inner)
		}
		b.how = words[0]
		if len(words) == 3 {
			b.lands = moment{words[1], words[2]}
		}
		rest = strings.TrimSpace(after)
	}
	b.step, b.note, _ = strings.Cut(rest, "：")
	return b, nil
}

// section returns the final wording of a body section.
func (l *life) section(heading string) string {
	for _, t := range l.texts {
		if t.heading == heading {
			return strings.TrimSpace(t.body)
		}
	}
	return ""
}
