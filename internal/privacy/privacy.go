// Package privacy finds numbers and addresses of persons and enterprises in
// text: ID cards (GB 11643), unified social credit codes (GB 32100), bank
// cards, mobile, fixed-line and 400 telephones, e-mail addresses, passports and
// travel permits, QQ and 微信 accounts.
//
// It finds them as people write them: in half or full width, unbroken or in
// groups with blanks, hyphens or other signs, with characters between that do
// not show. What carries a check digit must pass it or be labelled as what it
// is, and the rest must have the shape and the surroundings of its kind, so that
// case and ticket numbers, days, amounts, document numbers and public hotlines
// (12366, 12345) are no findings. It knows nothing of files; what is found it
// can name without repeating it. Its work grows with the text and no faster.
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
	Document // passport, travel permit
	Account  // QQ, 微信
)

// kindNames are what each Kind is called, and the slugs of the rules that tell of them.
var kindNames = [...]struct{ rule, name string }{
	IDCard:     {"pii-id-card", "居民身份证号码"},
	Phone:      {"pii-phone", "电话号码"},
	BankCard:   {"pii-bank-card", "银行卡号"},
	CreditCode: {"pii-credit-code", "统一社会信用代码"},
	Email:      {"pii-email", "电子邮箱地址"},
	Document:   {"pii-document", "护照或通行证号码"},
	Account:    {"pii-account", "QQ 或微信账号"},
}

// Rule is the slug of the rule that tells of a kind.
func (k Kind) Rule() string { return kindNames[k].rule }

// Name is what a kind is called in Chinese.
func (k Kind) Name() string { return kindNames[k].name }

// Span is one number or address in a text.
type Span struct {
	Kind       Kind
	Start, End int // bytes
	// Value is what the span says without its layout: half width, upper case
	// (an e-mail address: lower case), no separators, no country code. Equal
	// numbers have equal values. It is for comparing, never for showing.
	Value string
	// Doubtful is an ID number by its label and its shape whose check character
	// is another: mistyped, but somebody's.
	Doubtful bool
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
	spans := merge(emails, s.spans)
	s.spans = nil
	s.accounts()
	return merge(spans, s.spans)
}

// merge adds to spans those that overlap none of them; both are in order and
// apart, as is the result.
func merge(spans, more []Span) []Span {
	if len(more) == 0 {
		return spans
	}
	n := len(spans)
	for _, m := range more {
		i, _ := slices.BinarySearchFunc(spans[:n], m.Start,
			func(sp Span, at int) int { return cmp.Compare(sp.End, at+1) })
		if i == n || spans[i].Start >= m.End {
			spans = append(spans, m)
		}
	}
	slices.SortFunc(spans, func(a, b Span) int { return cmp.Compare(a.Start, b.Start) })
	return spans
}

// Any reports whether Scan would list anything.
func Any(text []byte) bool {
	var s scanner
	s.text, s.one = text, true
	for _, look := range []func(){s.emails, s.numbers, s.accounts} {
		if look(); len(s.spans) > 0 {
			break
		}
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

	looked int // bytes that were looked at, some of them several times
}

func (s *scanner) found() bool { return s.one && len(s.spans) > 0 }
