package proposal

import (
	"strings"
	"unicode"
)

// foreign are the signs that a forge takes for something: a command, a mention, a
// reference, a wish of the pipeline. In the titles of others they stand in full
// width.
var foreign = strings.NewReplacer("/", "／", "@", "＠", "#", "＃", "!", "！", "[", "［", "]", "］", "~", "～",
	"%", "％", "&", "＆", "$", "＄", "^", "＾", "`", "｀", "<", "＜", ">", "＞", "*", "＊", "_", "＿")

// Neutral is a text of somebody's as it may stand in a commit's message, a title or
// a mail: it means nothing to a forge, and is one line.
func Neutral(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, text)
	return foreign.Replace(strings.TrimSpace(text))
}
