// Package bounds says how much a file may hold. Beyond these limits no reader
// follows, and a program would take more time and memory than the length of the
// file is worth: reading Markdown takes, for some texts that nobody writes, time
// with the square of their length.
package bounds

import "strings"

// MaxFile is how many bytes a case or a paper may have.
const MaxFile = 1 << 20

// An Excess is what a text has too much of; empty: nothing.
type Excess string

// What a text can have too much of.
const (
	Nesting Excess = "引用和列表一层套一层，超过 100 层"
	Links   Excess = "一段里的链接太多"
	Signs   Excess = "一段里的 *、_、~、[ ] 太多"
	Cells   Excess = "表格太大，超过 20000 格"
)

// The limits of one text. A pair of brackets may make the parser look at all of
// its block, a sign at all others of its block, and a row of a table has as many
// cells as its head, written or not.
const (
	maxNesting = 100
	maxLinks   = 64 << 20  // links in a block times its bytes, of all blocks
	maxSigns   = 100 << 20 // signs in a block squared, of all blocks
	maxCells   = 20_000
)

// Markup tells of the first line, counted from 1, with which a text holds more
// Markdown than anybody writes; 0 if there is none. Such a text is shown as it was
// typed.
func Markup(text string) (line int, what Excess) {
	if len(text) <= maxNesting {
		return 0, ""
	}
	var (
		links, signs, cells int   // of the text
		open                block // which the line is part of
		columns             int   // of the table that the line is part of
	)
	line = 0
	for l := range strings.Lines(text) {
		line++
		trimmed := strings.TrimLeft(l, " \t>")
		switch {
		case len(l) > maxNesting && nesting(l) > maxNesting:
			return line, Nesting
		case strings.TrimRight(trimmed, " \t\r\n") == "":
			open, columns = block{}, 0
			continue
		case trimmed[0] == '|': // cells are read one by one
			open = block{}
		}
		was := open
		open.add(l)
		if links += open.links*open.size - was.links*was.size; links > maxLinks {
			return line, Links
		}
		if signs += open.signs*open.signs - was.signs*was.signs; signs > maxSigns {
			return line, Signs
		}
		if n := ruler(trimmed); n > 0 {
			columns = n
		}
		if cells += columns; cells > maxCells {
			return line, Cells
		}
	}
	return 0, ""
}

// block is a piece of text without an empty line, or a row of a table.
type block struct{ links, signs, size int }

func (b *block) add(line string) {
	b.size += len(line)
	brackets := strings.Count(line, "]")
	if brackets > 0 {
		b.links += strings.Count(line, "](")
		brackets += strings.Count(line, "[")
	}
	b.signs += brackets
	for _, sign := range []string{"*", "_", "~"} {
		b.signs += strings.Count(line, sign)
	}
}

// ruler is how many columns the line below the head of a table has; 0 if it is
// none.
func ruler(line string) int {
	if strings.IndexByte(line, '|') < 0 || strings.IndexByte(line, '-') < 0 ||
		strings.Trim(line, "|-: \t\r\n*+0123456789.)") != "" {
		return 0
	}
	line = strings.TrimPrefix(strings.TrimRight(line, " \t\r\n"), "|")
	return strings.Count(strings.TrimSuffix(line, "|"), "|") + 1
}

// nesting counts the signs of quotations and lists at the beginning of a line.
func nesting(line string) int {
	for n := 0; ; n++ {
		line = strings.TrimLeft(line, " \t")
		if rest, ok := strings.CutPrefix(line, ">"); ok {
			line = rest
			continue
		}
		sign, signs := strings.TrimLeft(line, "0123456789"), ".)"
		if sign == line {
			signs = "-*+"
		}
		if len(sign) < 2 || !strings.Contains(signs, sign[:1]) || sign[1] != ' ' && sign[1] != '\t' {
			return n
		}
		line = sign[1:]
	}
}
