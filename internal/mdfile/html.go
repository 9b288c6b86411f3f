package mdfile

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// programs are the elements whose content nobody reads as text.
const programs = `script|style|iframe|noscript|template|object|embed|applet|svg|math|form|button|select|textarea`

var (
	htmlTag      = regexp.MustCompile(`</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>`)
	wholeProgram = regexp.MustCompile(`(?i)<(?:` + programs + `)\b[^<>]*>.*?</(?:` + programs + `)\s*>`)
	programTag   = regexp.MustCompile(`(?i)<(/?)(` + programs + `)\b[^<>]*>`)
	tagName      = regexp.MustCompile(`[A-Za-z][A-Za-z0-9-]*`)
)

// markup are the elements that come along when text is pasted from a web page,
// a letter or a Word file, beside those of programs: without them the text is
// whole. What stands in < > and is none, such as <Enter>, is text.
var markup = strings.Fields(
	`a abbr acronym address area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br
	canvas caption center cite code col colgroup data dd del details dfn dialog dir div dl dt em fieldset
	figcaption figure font footer frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i img input ins kbd
	label legend li link main map mark marquee menu meta meter nav nobr noframes ol optgroup option output p param
	picture pre progress q rp rt ruby s samp section small source span strike strong sub summary sup table tbody
	td tfoot th thead time title tr
	track tt u ul var video wbr`)

// mendTags says what to write instead of a line with HTML: the line without
// it, else what to delete. clean is the line with as many blanks for what is no
// HTML: code and comments.
func mendTags(line, clean string) string {
	const drop = "请删去这一行"
	spans := runeSpans(clean, wholeProgram)
	text := substitute([]rune(line), spans, func([]rune) string { return "" })
	seen := string(substitute([]rune(clean), spans, func([]rune) string { return "" }))
	if m := programTag.FindStringSubmatch(seen); m != nil {
		if m[1] == "" {
			return "请删去从 " + m[0] + " 到 </" + m[2] + "> 的全部内容"
		}
		return drop
	}
	text = substitute(text, runeSpans(seen, htmlTag), func(tag []rune) string {
		if slices.Contains(markup, strings.ToLower(tagName.FindString(string(tag)))) {
			return ""
		}
		return "`" + string(tag) + "`"
	})
	if mended := strings.TrimSpace(string(text)); mended != "" {
		return mended
	}
	return drop
}

// substitute puts something else in the place of some spans of a text.
func substitute(text []rune, spans [][2]int, instead func([]rune) string) []rune {
	if len(spans) == 0 {
		return text
	}
	spliced, from := make([]rune, 0, len(text)), 0
	for _, at := range spans {
		spliced = append(append(spliced, text[from:at[0]]...), []rune(instead(text[at[0]:at[1]]))...)
		from = at[1]
	}
	return append(spliced, text[from:]...)
}

// runeSpans are the places of a pattern in a text, counted in characters.
func runeSpans(s string, pattern *regexp.Regexp) [][2]int {
	var spans [][2]int
	bytes, runes := 0, 0
	for _, at := range pattern.FindAllStringIndex(s, -1) {
		from := runes + utf8.RuneCountInString(s[bytes:at[0]])
		bytes, runes = at[1], from+utf8.RuneCountInString(s[at[0]:at[1]])
		spans = append(spans, [2]int{from, runes})
	}
	return spans
}
