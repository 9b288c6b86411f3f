package document

import "strconv"

// MinBase is the least n for which a percentage, an average or a comparison is
// shown.
const MinBase = 5

// Share is n of a whole.
type Share struct {
	N  int `json:"n"`
	Of int `json:"of"`
}

// Percent is the share with one decimal, 92.3%; only from MinBase on.
func (s Share) Percent() (string, bool) {
	if s.Of < MinBase {
		return "", false
	}
	return Tenths(1000*s.N, s.Of) + "%", true
}

// Known reports whether there is anything to count.
func (s Share) Known() bool { return s.Of > 0 }

// Large reports whether a percentage may be shown.
func (s Share) Large() bool { return s.Of >= MinBase }

// Text is the percentage, or the bare counts, as String.
func (s Share) Text() string { return s.String() }

// String is the percentage, or the bare counts if the whole is too small; "—"
// of nothing.
func (s Share) String() string {
	if s.Of == 0 {
		return Nothing
	}
	if p, ok := s.Percent(); ok {
		return p
	}
	return s.Counts()
}

// Counts is the share as 12/13.
func (s Share) Counts() string { return strconv.Itoa(s.N) + "/" + strconv.Itoa(s.Of) }

// Prose is a share in running text: 92.3%（12/13）; bare counts if the whole is
// small.
func (s Share) Prose() string {
	if s.Of == 0 {
		return "无可比数"
	}
	if p, ok := s.Percent(); ok {
		return p + "（" + s.Counts() + "）"
	}
	return s.Counts()
}

// Tenths is n/of/10 with one decimal, rounded half away from zero, in whole
// numbers: the same on every machine.
func Tenths(n, of int) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	t := (2*n + of) / (2 * of)
	if t == 0 {
		sign = ""
	}
	return sign + strconv.Itoa(t/10) + "." + strconv.Itoa(t%10)
}
