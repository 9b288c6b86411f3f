package privacy

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// Labels are words that, in the line shortly before a number or right behind
// it, say what it is.
var (
	idLabels       = []string{"身份证", "证件", "证号"}
	doubtfulLabels = []string{"身份证", "身份号", "证件号"}
	phoneLabels    = []string{"电话", "座机", "固话", "传真", "联系", "Tel", "TEL", "tel"}
	serviceLabels  = []string{"电话", "客服", "热线", "售后", "拨打", "致电", "400电"}
	passportLabels = []string{"护照", "assport", "ASSPORT"}
	permitLabels   = []string{"通行证", "回乡证", "返乡证", "台胞证", "旅行证", "居留证", "居留身份证"}
	// callLabels tell a telephone number from an amount.
	callLabels = []string{"电话", "手机", "联系", "号码", "来电", "致电", "拨打", "回拨", "短信", "机主", "微信",
		"座机"}
	// amountLabels tell an amount from a telephone number.
	amountLabels = []string{"额", "款", "收入", "金", "量", "积", "合计", "共计", "总计", "缴", "退", "利润", "成本",
		"销售", "费", "价", "值", "税收"}

	// These stand right before the number, but for 号, 码, 为 and signs.
	lineLabels   = []string{"座机", "固话", "电话", "宅电", "传真"}
	ticketLabels = append([]string{"单号", "工单", "订单"}, codeLabels...)
	// codeLabels announce what is no telephone number either. Of 单号 that is not
	// certain: who has nothing but the telephone number of a caller writes it there.
	codeLabels = []string{"编号", "编码", "流水", "受理", "凭证", "发票", "票号", "文号", "序号", "批次", "回执",
		"协议", "合同", "案卷", "第"}

	lineLabelsBehind = []string{"座机", "固话"}
)

// announces reports whether around a part of the text stands a label of one of
// the numbers that are too short to speak for themselves.
func (s *scanner) announces(from, to int) bool {
	s.looked += to - from + 2*near
	around := s.text[max(0, from-near):min(len(s.text), to+near)]
	for _, list := range [][]string{lineLabels, serviceLabels, passportLabels, permitLabels} {
		if contains(around, list) {
			return true
		}
	}
	return false
}

func contains(text []byte, labels []string) bool {
	for _, l := range labels {
		if bytes.Contains(text, []byte(l)) {
			return true
		}
	}
	return false
}

// near is how many bytes of a line may stand between a label and its number.
const near = 36

// before is what stands in the line shortly before word i.
func (s *scanner) before(i int) []byte {
	s.looked += near
	end := s.words[i].start
	text := s.text[max(0, end-near):end]
	return text[bytes.LastIndexByte(text, '\n')+1:]
}

// behind is what stands in the line right behind a word.
func (s *scanner) behind(last int) []byte {
	s.looked += near
	from := s.words[last].end
	text := s.text[from:min(len(s.text), from+near)]
	line, _, _ := bytes.Cut(text, []byte("\n"))
	return line
}

// labelled reports whether one of the labels stands in the line shortly before
// word i.
func (s *scanner) labelled(i int, labels []string) bool { return contains(s.before(i), labels) }

// followed reports whether one of the labels stands in the line right behind a
// word.
func (s *scanner) followed(last int, labels []string) bool {
	return contains(s.behind(last), labels)
}

// fillers stand between a label and its number and say nothing.
const fillers = " \t\u3000：:=（(“\"'【[*`#＃为是"

// announced reports whether one of the labels stands right before word i, with
// or without 号 or 号码.
func (s *scanner) announced(i int, labels []string) bool {
	text := bytes.TrimRight(s.before(i), fillers)
	bare := bytes.TrimRight(text, "号码")
	for _, l := range labels {
		if bytes.HasSuffix(text, []byte(l)) || bytes.HasSuffix(bare, []byte(l)) {
			return true
		}
	}
	return false
}

// saysID reports whether the text calls the words an ID number.
func (s *scanner) saysID(i, last int) bool {
	return (s.labelled(i, doubtfulLabels) || s.followed(last, doubtfulLabels)) && !s.announced(i, ticketLabels)
}

// document reports whether the words are a passport or a travel permit: what is
// called so, and has the letters and digits of one.
func (s *scanner) document(i, last, letters int, text []byte) bool {
	if len(text) < 8 || len(text) > 15 || last-i > 2 || s.words[i].letters != letters {
		return false
	}
	digits := len(text) - letters
	if !allDigits(text[letters:]) || letters == len(text) {
		return false
	}
	for k := i + 1; k <= last; k++ {
		if s.words[k].joint != blank {
			return false
		}
	}
	passport := letters >= 1 && letters <= 2 && len(text) >= 8 && len(text) <= 9 && digits >= 7
	permit := letters == 1 && (digits == 8 || digits == 10) || letters == 2 && digits == 7 || letters == 3 &&
		digits == 12
	switch {
	case letters == 0 && (digits == 8 || digits == 10):
		return s.announced(i, permitLabels) && !daylike(text) && !s.counted(last)
	case passport && (s.labelled(i, passportLabels) || s.followed(last, passportLabels)),
		permit && (s.labelled(i, permitLabels) || s.followed(last, permitLabels)):
		return !s.announced(i, ticketLabels)
	}
	return false
}

// free reports whether the words stand by themselves: not a part of a longer
// number, of a code with letters, or of an amount.
func (s *scanner) free(i, last int) bool {
	if w := &s.words[i]; (w.joint == tight || w.joint == signed && w.sign == '_') && i > 0 {
		before := &s.words[i-1]
		named := !before.digits() && !label(s.norm[before.from:before.to])
		if named || w.joint == tight && before.digits() && before.len() < leastRun {
			return false
		}
	}
	if last+1 < len(s.words) {
		after := &s.words[last+1]
		if after.joint == tight && (!after.digits() || after.len() < leastRun) {
			return false
		}
	}
	before := s.text[:s.words[i].start]
	if n := len(before); n > 1 && (before[n-1] == '.' || before[n-1] == ',') && before[n-2] >= '0' &&
		before[n-2] <= '9' {
		if before[n-1] == '.' && !ordinal(before[:n-1]) || before[n-1] == ',' &&
			(i == 0 || s.words[i-1].len() < leastRun) {
			return false
		}
	}
	switch r, _ := utf8.DecodeLastRune(before); r {
	case '¥', '￥', '№', '〔':
		return false
	}
	return !s.amount(i, last)
}

// ordinal reports whether a text ends with a small number that begins a line:
// the point behind it makes it that of a list.
func ordinal(text []byte) bool {
	line := text[max(0, len(text)-near):]
	line = bytes.TrimLeft(line[bytes.LastIndexByte(line, '\n')+1:], " \t>-*")
	return len(line) <= 2 && allDigits(line)
}

// amount reports whether what stands around a number makes it an amount, or the
// number of a paper.
func (s *scanner) amount(i, last int) bool {
	after := s.text[s.words[last].end:]
	if len(after) > 1 && (after[0] == '.' || after[0] == ',') {
		n := 1
		for n < len(after) && n <= leastRun && after[n] >= '0' && after[n] <= '9' {
			n++
		}
		if after[0] == '.' && n > 1 && n <= leastRun || after[0] == ',' && n == 4 { // decimals, thousands
			return true
		}
	}
	if s.announced(i, codeLabels) || s.next(last) == '号' && s.announced(i, ticketLabels) {
		return true
	}
	return s.measured(last) && s.labelled(i, amountLabels) && !s.labelled(i, callLabels)
}

// measured reports whether a unit of measure stands behind a number.
func (s *scanner) measured(last int) bool { return measure(s.next(last)) }

// counted reports whether a number counts something.
func (s *scanner) counted(last int) bool { return counter(s.next(last)) }

// next is the character behind a word that is no blank.
func (s *scanner) next(last int) rune {
	r, _ := utf8.DecodeRune(bytes.TrimLeft(s.behind(last), " "))
	return r
}

func measure(r rune) bool {
	return strings.ContainsRune("元万亿千吨公平立米升度美欧港%％", r)
}

func counter(r rune) bool {
	return measure(r) || strings.ContainsRune("次通件个户人笔条部台分秒小份张项天日月年", r)
}
