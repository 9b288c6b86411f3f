// Package office writes Word and Excel files, calendars and feeds.
//
// Word documents (Document) stand in the layout of official documents, GB/T
// 9704: A4, margins of 37, 35, 28 and 26 mm, a title of 2号小标宋, text of
// 3号仿宋 in 22 lines of 28 characters, headings 一、 in 黑体, （一） in 楷体,
// 1. in 仿宋, page numbers “— 1 —” on the outer side. Workbooks (Workbook)
// have a frozen head, real dates, text that stays text, and print on A4. Charts
// (Chart) in either are drawn by who opens them, from figures in cells.
//
// It promises that the same calls give the same bytes, that no file names a
// person or a machine or a time of writing, and that no text, whatever
// characters it holds, becomes markup or a formula. It knows paper, not cases:
// what stands on the paper is its caller's.
package office

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Align is how text stands in its cell or line.
type Align string

// The alignments; the zero value is that of the place where the text stands.
const (
	Left   Align = "left"
	Center Align = "center"
	Right  Align = "right"
)

// Run is a piece of text in one look. "\n" in a text starts a new line.
type Run struct {
	Text string
	Bold bool
	Font Font // zero: that of the paragraph
	Size Size // zero: that of the paragraph
}

// Text is a run in the look of its paragraph.
func Text(s string) Run { return Run{Text: s} }

// Bold is a run in bold.
func Bold(s string) Run { return Run{Text: s, Bold: true} }

// Font is a Chinese typeface by the name that Windows and WPS know it by.
type Font string

// The typefaces of official documents.
const (
	XiaoBiaoSong Font = "方正小标宋简体"
	FangSong     Font = "仿宋"
	HeiTi        Font = "黑体"
	KaiTi        Font = "楷体"
	SongTi       Font = "宋体"
)

// Size is the size of text in half points.
type Size int

// The Chinese sizes in use.
const (
	Size2     Size = 44 // 二号
	Size3     Size = 32 // 三号
	Size4     Size = 28 // 四号
	SizeSmall Size = 24 // 小四
	Size5     Size = 21 // 五号
	Size5S    Size = 18 // 小五
)

// escape makes any text safe inside an element or an attribute. Characters
// that XML cannot hold become U+FFFD.
func escape(s string) string {
	var b bytes.Buffer
	writeEscaped(&b, s)
	return b.String()
}

func writeEscaped(b *bytes.Buffer, s string) {
	if utf8.ValidString(s) && strings.IndexFunc(s, special) < 0 {
		b.WriteString(s)
		return
	}
	_ = xml.EscapeText(b, []byte(s)) // a bytes.Buffer takes everything
}

// special reports whether r may not stand in XML as it is; in doubt it does.
func special(r rune) bool {
	return r < ' ' || r < utf8.RuneSelf && strings.IndexByte("\"'&<>", byte(r)) >= 0 || r >= 0xfffd && r < 0x10000
}

var digits = [...]string{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"}

// Ordinal is the number before the n-th heading of a level: 一、 （一） 1. （1）.
func Ordinal(level, n int) string {
	switch level {
	case 1:
		return Chinese(n) + "、"
	case 2:
		return "（" + Chinese(n) + "）"
	case 3:
		return fmt.Sprintf("%d.", n)
	}
	return fmt.Sprintf("（%d）", n)
}

// Chinese is a number from 0 to 99 in Chinese; others stay figures.
func Chinese(n int) string {
	switch {
	case n < 0 || n > 99:
		return fmt.Sprint(n)
	case n < 10:
		return digits[n]
	}
	tens, ones := "", ""
	if n >= 20 {
		tens = digits[n/10]
	}
	if n%10 > 0 {
		ones = digits[n%10]
	}
	return tens + "十" + ones
}
