package ledger

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"suqiu/internal/charset"
	"suqiu/internal/office"
)

// separators are those that people and programs put between the cells of a text
// file, the usual one first.
var separators = []rune{',', '\t', ';', '，', '；', '|'}

func readText(data []byte) (*Table, error) {
	text, err := decode(data)
	if err != nil {
		return nil, err
	}
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n") // old Macs wrote CR alone
	comma := separator(text)
	r := csv.NewReader(strings.NewReader(quoteFormulas(text, comma)))
	r.FieldsPerRecord, r.ReuseRecord, r.Comma = -1, true, comma
	r.LazyQuotes = comma == '\t' // copied from a spreadsheet
	t := &Table{epoch: excelDay, cells: func(column int) string { return strconv.Itoa(column + 1) }}
	for {
		record, err := r.Read()
		var broken *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return t, nil
		case errors.As(err, &broken):
			return nil, fmt.Errorf("第 %d 行的引号不成对，读不了；文字里的英文双引号请改成中文引号“”，或在 Excel、"+
				"WPS 中另存为 .xlsx", broken.StartLine)
		case err != nil:
			return nil, fmt.Errorf("读不了这个文件：%w", err)
		}
		n, _ := r.FieldPos(0)
		line := Line{N: n, Cells: make([]string, len(record))}
		for i, cell := range record {
			line.Cells[i] = office.Plainly(cell)
			if m := formulaText.FindStringSubmatch(cell); m != nil {
				line.Cells[i] = strings.ReplaceAll(m[1], `""`, `"`)
				line.mark(i, quoted)
			} else if rounded(cell) {
				line.mark(i, damaged)
			}
		}
		if err := t.add(line); err != nil {
			return nil, err
		}
	}
}

func (l *Line) mark(column int, m mark) {
	if l.marks == nil {
		l.marks = map[int]mark{}
	}
	l.marks[column] |= m
}

// decode makes UTF-8 of a text file.
func decode(data []byte) (string, error) {
	if text, ok := charset.FromUTF16(data); ok {
		data = text // “Unicode 文本” of Excel
	}
	data = bytes.TrimPrefix(data, []byte(office.ByteOrderMark))
	if !utf8.Valid(data) {
		decoded, ok := charset.FromGB18030(data)
		if !ok {
			return "", errors.New("这个文件不是 Excel 文件，也不是 UTF-8 或 GB18030（GBK）编码的 CSV 文件，请在 " +
				"Excel 或 WPS 中另存为“CSV UTF-8”")
		}
		data = decoded
	}
	return string(data), nil
}

// separator is the one with which the first lines show most titles.
func separator(text string) rune {
	best, most := separators[0], 0
	for _, comma := range separators {
		titles := 0
		rest := text
		for range headLines {
			var line string
			line, rest, _ = strings.Cut(rest, "\n")
			known := 0
			for cell := range strings.SplitSeq(line, string(comma)) {
				if _, ok := titlesOfOurs[bare(strings.Trim(cell, `" `))]; ok {
					known++
				}
			}
			titles = max(titles, known)
		}
		if titles > most {
			best, most = comma, titles
		}
	}
	return best
}

// formulaText is a cell that some programs write so that Excel leaves the digits
// of a number alone.
var formulaText = regexp.MustCompile(`^="((?:[^"]|"")*)"$`)

// quoteFormulas puts such cells into quotes where they stand without.
func quoteFormulas(text string, comma rune) string {
	if !strings.Contains(text, `="`) {
		return text
	}
	c := regexp.QuoteMeta(string(comma))
	bareFormula := regexp.MustCompile(`(?m)(^|` + c + `)="([^"\n]*)"(` + c + `|$)`)
	for range 2 { // neighbours share a separator
		text = bareFormula.ReplaceAllString(text, `$1"=""$2"""$3`)
	}
	return text
}

var (
	exponent = regexp.MustCompile(`^[0-9](?:\.[0-9]+)?[Ee]\+[0-9]+$`)
	digits   = regexp.MustCompile(`^[0-9]{17,}$`)
)

// rounded reports whether a text is what Excel leaves of a long number: 4.7E+17,
// or zeros behind the fifteenth digit.
func rounded(cell string) bool {
	return exponent.MatchString(cell) || digits.MatchString(cell) && strings.Trim(cell[15:], "0") == ""
}
