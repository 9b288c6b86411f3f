// Package privacy finds numbers and addresses of persons and enterprises in
// text: ID cards (GB 11643), unified social credit codes (GB 32100), bank
// cards, mobile and fixed-line telephones, e-mail addresses.
//
// It finds them as people write them: in half or full width, unbroken or in
// groups with blanks and hyphens. What carries a check digit must pass it, and
// the rest must have the shape and the surroundings of its kind, so that case
// and ticket numbers, days, amounts, document numbers and public hotlines
// (12366, 12345) are no findings. It knows nothing of files; what is found it
// can name without repeating it.
package privacy

import (
	"cmp"
	"slices"
)

// Kind is what a span is.
type Kind uint8

// The kinds.
const (
	IDCard Kind = iota + 1
	CreditCode
	BankCard
	Phone
	Email
)

// Span is one number or address in a text.
type Span struct {
	Kind       Kind
	Start, End int // bytes
	// Value is what the span says without its layout: half width, upper case
	// (an e-mail address: lower case), no separators, no country code. Equal
	// numbers have equal values. It is for comparing, never for showing.
	Value string
}

// Scan lists the spans of a text, in order and apart.
func Scan(text []byte) []Span {
	var s scanner
	s.text = text
	s.emails()
	emails := s.spans
	s.spans = nil
	s.numbers()
	// 13900000000@139.com is one address.
	spans := slices.DeleteFunc(s.spans, func(n Span) bool {
		i, _ := slices.BinarySearchFunc(emails, n.Start, func(e Span, at int) int { return cmp.Compare(e.End, at+1) })
		return i < len(emails) && emails[i].Start < n.End
	})
	spans = append(spans, emails...)
	slices.SortFunc(spans, func(a, b Span) int { return cmp.Compare(a.Start, b.Start) })
	return spans
}

// Any reports whether Scan would list anything.
func Any(text []byte) bool {
	var s scanner
	s.text, s.one = text, true
	if s.emails(); len(s.spans) == 0 {
		s.numbers()
	}
	return len(s.spans) > 0
}

// scanner is one look at a text.
type scanner struct {
	text  []byte
	one   bool // the first span is enough
	spans []Span

	words []word // of the run at hand
	norm  []byte // their characters, in half width and upper case
}

func (s *scanner) found() bool { return s.one && len(s.spans) > 0 }
