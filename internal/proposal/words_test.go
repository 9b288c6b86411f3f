package proposal

import "testing"

// Titles of others say nothing to a forge (DESIGN section 15).
func TestNeutral(t *testing.T) {
	for text, want := range map[string]string{
		"/close":          "／close",
		"@all 请看":         "＠all 请看",
		"重复 #12、!3":       "重复 ＃12、！3",
		"改完 [skip ci]":    "改完 ［skip ci］",
		"一\n/merge\n二":    "一 ／merge 二",
		"征期末日申报提交失败":      "征期末日申报提交失败",
		" 见 `a`、<b>、*c* ": "见 ｀a｀、＜b＞、＊c＊",
	} {
		if got := Neutral(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}
