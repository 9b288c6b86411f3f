package privacy

// match finds the number that begins with word i: its kind and last word. The
// longest wins, and of equals what has the stronger check.
func (s *scanner) match(i int) (Kind, int) {
	first := &s.words[i]
	if first.len() > longest {
		return 0, 0
	}
	last := i
	for last < len(s.words) && last < i+lookahead {
		w := &s.words[last]
		if last > i && w.joint == apart || w.to-first.from > longest {
			break
		}
		last++
	}
	for last--; last >= i; last-- {
		letters := 0
		for k := i; k <= last; k++ {
			letters += s.words[k].letters
		}
		if kind := s.kind(i, last, letters); kind != 0 {
			return kind, last
		}
	}
	return 0, 0
}

// kind is what the words from i to last are together; 0: nothing of ours.
func (s *scanner) kind(i, last, letters int) Kind {
	text := s.norm[s.words[i].from:s.words[last].to]
	s.looked += len(text)
	switch {
	case len(text) == 18 && letters <= 1 && s.grouped(i, last) && (validID(text) || likeID(text) && s.saysID(i, last)):
		return IDCard
	case len(text) == 18 && s.layout(i, last, creditLayouts) && validCredit(text):
		return CreditCode
	case s.document(i, last, letters, text):
		return Document
	case letters > 0:
		return 0
	case len(text) == 15 && i == last && validOldID(text) && s.labelled(i, idLabels):
		return IDCard
	case len(text) >= 16 && len(text) <= 19 && s.inFours(i, last) && validCard(text) && s.free(i, last) &&
		!s.announced(i, ticketLabels):
		return BankCard
	case s.telephone(i, last, text) && s.free(i, last):
		return Phone
	}
	return 0
}

// telephone reports whether the words are a telephone number of any sort.
func (s *scanner) telephone(i, last int, text []byte) bool {
	return s.mobile(i, last, text) || s.fixed(i, last) || s.service(i, last, text) || s.local(i, last, text)
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
		if s.words[k].len() != 4 || !s.words[k+1].joinedAs(&s.words[i+1]) {
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
		if !s.words[k].joinedAs(&s.words[i+1]) {
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
	return len(text) == 11 && validMobile(text) && s.layout(i, last, mobileLayouts) &&
		(i == last || !daylike(text[3:])) && s.whole(i, last)
}

// whole reports whether groups that signs join are all that these signs join: of
// 139,1234,5678,90 nobody knows where a number ends.
func (s *scanner) whole(i, last int) bool {
	if i == last || s.words[last].joint != signed {
		return true
	}
	before, after := &s.words[i], last+1
	return !(before.joinedAs(&s.words[last]) && i > 0 && s.words[i-1].digits()) &&
		!(after < len(s.words) && s.words[after].joinedAs(&s.words[last]) && s.words[after].digits())
}

var serviceLayouts = [][]int{{10}, {3, 3, 4}, {3, 7}, {3, 2, 5}, {3, 4, 3}, {4, 3, 3}, {4, 6}, {6, 4}}

// service reports whether the words are a 400 or 800 number, as enterprises
// have. In groups it speaks for itself if hyphens or signs join them; else the
// line must speak of a telephone.
func (s *scanner) service(i, last int, text []byte) bool {
	if len(text) != 10 || text[0] != '4' && text[0] != '8' || text[1] != '0' || text[2] != '0' ||
		!s.layout(i, last, serviceLayouts) || !s.whole(i, last) {
		return false
	}
	if w := &s.words[last]; last > i && (w.joint == tight || w.sign == '.') {
		return true
	}
	return s.labelled(i, serviceLabels) || s.followed(last, serviceLabels)
}

var localLayouts = [][]int{{7}, {8}, {3, 4}, {4, 4}}

// local reports whether the words are a fixed-line number without its area
// code, which only its label tells from any other number.
func (s *scanner) local(i, last int, text []byte) bool {
	if len(text) != 7 && len(text) != 8 || text[0] < '2' || text[0] > '8' || !s.layout(i, last, localLayouts) ||
		daylike(text) {
		return false
	}
	if s.announced(i, lineLabels) {
		return !s.counted(last)
	}
	return s.followed(last, lineLabelsBehind)
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
		if end-i <= 2 && s.words[i+1].len() >= 3 && validLocal(area, local) && !daylike(local) && s.whole(i, end) {
			return true
		}
	}
	return false
}
