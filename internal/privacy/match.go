package privacy

import (
	"bytes"
	"unicode/utf8"
)

// match finds the number that begins with word i: its kind and last word. The
// longest wins, and of equals what has the stronger check.
func (s *scanner) match(i int) (Kind, int) {
	first := &s.words[i]
	if first.len() > longest || first.letters > 0 && first.len() != 18 && first.len() > 8 {
		return 0, 0
	}
	last, letters := i, 0
	for last < len(s.words) && last < i+lookahead {
		w := &s.words[last]
		if last > i && w.joint == apart || w.to-first.from > longest {
			break
		}
		last++
	}
	for last--; last >= i; last-- {
		letters = 0
		for k := i; k <= last; k++ {
			letters += s.words[k].letters
		}
		text := s.norm[first.from:s.words[last].to]
		switch {
		case len(text) == 18 && letters <= 1 && s.grouped(i, last) && validID(text):
			return IDCard, last
		case len(text) == 18 && s.layout(i, last, creditLayouts) && validCredit(text):
			return CreditCode, last
		case letters > 0:
		case len(text) == 15 && i == last && validOldID(text) && s.labelled(i, idLabels):
			return IDCard, last
		case len(text) >= 16 && len(text) <= 19 && s.inFours(i, last) && validCard(text) &&
			s.free(i, last) && !s.labelled(i, ticketLabels):
			return BankCard, last
		case s.mobile(i, last, text) && s.free(i, last):
			return Phone, last
		case s.fixed(i, last) && s.free(i, last):
			return Phone, last
		}
	}
	return 0, 0
}

// grouped reports whether the groups of an ID card are such as people make:
// none of a single digit, but for the last that checks.
func (s *scanner) grouped(i, last int) bool {
	for k := i; k < last; k++ {
		if s.words[k].len() < 2 || s.words[k].letters > 0 {
			return false
		}
	}
	return last-i <= 5
}

// inFours reports whether a bank card is unbroken, in fours, or in its issuer
// and the rest.
func (s *scanner) inFours(i, last int) bool {
	if last == i+1 && s.words[i].len() == 6 {
		return true
	}
	for k := i; k < last; k++ {
		if s.words[k].len() != 4 || s.words[k+1].joint != s.words[i+1].joint {
			return false
		}
	}
	return s.words[last].len() <= 4 || i == last
}

var creditLayouts = [][]int{{18}, {4, 4, 4, 4, 2}, {2, 6, 9, 1}, {2, 6, 10}, {8, 10}, {8, 9, 1}, {9, 9}, {6, 6, 6}}

var mobileLayouts = [][]int{{11}, {3, 4, 4}, {4, 3, 4}, {3, 8}, {7, 4}, {3, 3, 5}, {4, 4, 3}}

// layout reports whether the words have the lengths of one of the layouts, and
// one kind of joint.
func (s *scanner) layout(i, last int, layouts [][]int) bool {
	for k := i + 2; k <= last; k++ {
		if s.words[k].joint != s.words[i+1].joint {
			return false
		}
	}
next:
	for _, l := range layouts {
		if len(l) != last-i+1 {
			continue
		}
		for k, n := range l {
			if s.words[i+k].len() != n {
				continue next
			}
		}
		return true
	}
	return false
}

// mobile reports whether the words are a mobile number, with or without the
// country code.
func (s *scanner) mobile(i, last int, text []byte) bool {
	if i == last {
		return validMobile([]byte(national(string(text))))
	}
	if country(text[:s.words[i].len()]) {
		i++
		text = s.norm[s.words[i].from:s.words[last].to]
	}
	// A count and a day beside it: 139 20260715.
	return len(text) == 11 && validMobile(text) && s.layout(i, last, mobileLayouts) && (i == last || !daylike(text[3:]))
}

// fixed reports whether the words are a fixed-line number with its area code,
// and perhaps a country code before and an extension behind.
func (s *scanner) fixed(i, last int) bool {
	at := func(k int) []byte { return s.norm[s.words[k].from:s.words[k].to] }
	abroad := false
	if country(at(i)) && i < last {
		abroad = true
		i++
	}
	if i == last {
		text := at(i)
		for _, n := range []int{3, 4} {
			if len(text) >= n+7 && validArea(text[:n]) && validLocal(text[:n], text[n:]) && s.labelled(i, phoneLabels) {
				return true
			}
		}
		return false
	}
	area := at(i)
	if abroad && len(area) > 0 && area[0] != '0' {
		area = append([]byte{'0'}, area...)
	}
	if !validArea(area) {
		return false
	}
	// An extension follows a hyphen.
	for _, end := range []int{last, last - 1} {
		if end <= i || end < last && (s.words[last].joint != tight || s.words[last].len() > 5) {
			continue
		}
		local := s.norm[s.words[i+1].from:s.words[end].to]
		if end-i <= 2 && s.words[i+1].len() >= 3 && validLocal(area, local) && !daylike(local) {
			return true
		}
	}
	return false
}

// free reports whether the words stand by themselves: not a part of a longer
// number, of a code with letters, or of an amount.
func (s *scanner) free(i, last int) bool {
	if w := &s.words[i]; w.joint == tight && i > 0 {
		before := &s.words[i-1]
		if !label(s.norm[before.from:before.to]) && (!before.digits() || before.len() < leastRun) {
			return false
		}
	}
	if last+1 < len(s.words) {
		after := &s.words[last+1]
		if after.joint == tight && (!after.digits() || after.len() < leastRun) {
			return false
		}
	}
	before, after := s.text[:s.words[i].start], s.text[s.words[last].end:]
	if n := len(before); n > 0 {
		switch c := before[n-1]; {
		case c == '_', c == '#', c == '$':
			return false
		case (c == '.' || c == ',') && n > 1 && before[n-2] >= '0' && before[n-2] <= '9':
			return false
		}
		if r, _ := utf8.DecodeLastRune(before); r == '¥' || r == '￥' || r == '№' || r == '〔' {
			return false
		}
	}
	return !amount(after)
}

// amount reports whether what follows a number makes it an amount or a name.
func amount(after []byte) bool {
	if len(after) > 1 {
		switch {
		case after[0] == '_':
			return true
		case after[0] == '.' && after[1] >= '0' && after[1] <= '9':
			return true
		case after[0] == ',':
			n := 1
			for n < len(after) && after[n] >= '0' && after[n] <= '9' {
				n++
			}
			if n == 4 { // thousands
				return true
			}
		}
	}
	r, _ := utf8.DecodeRune(bytes.TrimLeft(after, " "))
	switch r {
	case '元', '万', '亿', '%', '％', '号', '〕':
		return true
	}
	return false
}

// labels are words that, shortly before a number, say what it is.
var (
	idLabels     = []string{"身份证", "证件", "证号"}
	phoneLabels  = []string{"电话", "座机", "固话", "传真", "联系", "Tel", "TEL", "tel"}
	ticketLabels = []string{"单号", "编号", "流水", "受理", "凭证", "发票", "票号", "订单", "文号", "工单", "序号"}
)

// labelled reports whether one of the labels stands in the line shortly before
// word i.
func (s *scanner) labelled(i int, labels []string) bool {
	end := s.words[i].start
	before := s.text[max(0, end-36):end]
	if nl := bytes.LastIndexByte(before, '\n'); nl >= 0 {
		before = before[nl+1:]
	}
	for _, l := range labels {
		if bytes.Contains(before, []byte(l)) {
			return true
		}
	}
	return false
}
