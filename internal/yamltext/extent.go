package yamltext

import "strings"

// line is a line of the mended text, empty beyond its end.
func (c *converter) line(i int) string {
	if i < 0 || i >= len(c.lines) {
		return ""
	}
	return c.lines[i]
}

// at is the place of a line and column as the library counts them.
func (c *converter) at(line, column int) point {
	l := c.line(line - 1)
	from, passed := 0, 0
	if c.foundColumn > 0 && c.found.line == line-1 && c.foundColumn < column { // it goes on from where it was
		from, passed = c.found.at, c.foundColumn-1
	}
	for i := range l[from:] {
		if passed++; passed == column {
			c.found, c.foundColumn = point{line - 1, from + i}, column
			return c.found
		}
	}
	return point{line - 1, len(l)}
}

// scalar finds where a scalar ends, and remembers what it covers.
func (c *converter) scalar(n *Node, from point) {
	c.cursor = from
	switch n.Style {
	case Plain:
		if n.Text == "" {
			return
		}
		c.cursor = c.matchPlain(n.Text, from)
	case SingleQuoted, DoubleQuoted:
		c.cursor = c.matchQuoted(from)
	default:
		c.cursor = c.matchBlock(from, &n.Text)
		c.covered = append(c.covered, span{point{from.line + 1, 0}, c.cursor})
		n.EndLine = max(n.Line, c.cursor.line+c.firstLine)
		return
	}
	c.covered = append(c.covered, span{from, c.cursor})
	n.EndLine = c.cursor.line + c.firstLine
}

// matchPlain walks the source along a plain scalar, of which YAML changed
// nothing but the white space.
func (c *converter) matchPlain(text string, p point) point {
	for i := 0; i < len(text); i++ {
		if text[i] == ' ' || text[i] == '\n' || text[i] == '\t' {
			continue
		}
		for p.line < len(c.lines) {
			l := c.lines[p.line]
			for p.at < len(l) && (l[p.at] == ' ' || l[p.at] == '\t') {
				p.at++
			}
			if p.at < len(l) {
				break
			}
			p = point{p.line + 1, 0}
		}
		p.at++
	}
	return p
}

// matchQuoted walks to the closing quote.
func (c *converter) matchQuoted(p point) point {
	quote := byte('"')
	if l := c.line(p.line); p.at < len(l) {
		quote = l[p.at]
	}
	p.at++
	for p.line < len(c.lines) {
		l := c.lines[p.line]
		for ; p.at < len(l); p.at++ {
			switch {
			case quote == '"' && l[p.at] == '\\':
				p.at++
			case l[p.at] != quote:
			case quote == '\'' && p.at+1 < len(l) && l[p.at+1] == '\'':
				p.at++
			default:
				return point{p.line, p.at + 1}
			}
		}
		p = point{p.line + 1, 0}
	}
	return point{len(c.lines) - 1, len(c.line(len(c.lines) - 1))}
}

// matchBlock walks over the lines of a | or > scalar: all that are blank or
// indented deeper than the line with the sign (its dash not counted).
func (c *converter) matchBlock(from point, text *string) point {
	head := c.line(from.line)
	indent := len(head) - len(strings.TrimLeft(head, " "))
	for strings.HasPrefix(head[indent:], "- ") && strings.Contains(head[indent:from.at], ":") {
		rest := head[indent+1:]
		indent += 1 + len(rest) - len(strings.TrimLeft(rest, " "))
	}
	end := point{from.line, len(head)}
	for i := from.line + 1; i < len(c.lines); i++ {
		l := c.lines[i]
		if strings.Trim(l, " ") == "" {
			continue
		}
		if len(l)-len(strings.TrimLeft(l, " ")) <= indent {
			break
		}
		end = point{i, len(l)}
	}
	*text = strings.TrimRight(*text, "\n")
	return end
}

// closeFlow walks from the cursor to behind the bracket that closes a flow
// collection. Between its last child and the bracket stand only blanks, a
// comma and comments.
func (c *converter) closeFlow(from point, empty bool) {
	p := c.cursor
	if empty {
		p = point{from.line, from.at + 1}
	}
	for p.line < len(c.lines) {
		l := c.lines[p.line]
		for ; p.at < len(l); p.at++ {
			if l[p.at] == '#' && (p.at == 0 || l[p.at-1] == ' ' || l[p.at-1] == '\t') {
				break
			}
			if l[p.at] == ']' || l[p.at] == '}' {
				c.cursor = point{p.line, p.at + 1}
				return
			}
		}
		p = point{p.line + 1, 0}
	}
}

// comments finds all comments: a # outside of scalars with a blank or nothing
// before it.
func (c *converter) comments() []found {
	var out []found
	next := 0 // first span that may reach this line or a later one
	for i, l := range c.lines {
		for next < len(c.covered) && c.covered[next].to.line < i {
			next++
		}
		if strings.IndexByte(l, '#') < 0 {
			continue
		}
		for at := 0; at < len(l); at++ {
			if l[at] != '#' || at > 0 && l[at-1] != ' ' && l[at-1] != '\t' || c.isCovered(next, point{i, at}) {
				continue
			}
			out = append(out, found{
				Comment: Comment{Text: strings.TrimRight(l[at:], " \t"), Line: i + c.firstLine,
					Column: runes(l[:at]) + 1},
				whole: strings.TrimLeft(l[:at], " \t") == ""})
			break
		}
	}
	return out
}

func (c *converter) isCovered(next int, p point) bool {
	for _, s := range c.covered[next:] {
		if s.from.line > p.line {
			return false
		}
		after := p.line > s.from.line || p.at >= s.from.at
		before := p.line < s.to.line || p.line == s.to.line && p.at < s.to.at
		if after && before {
			return true
		}
	}
	return false
}
