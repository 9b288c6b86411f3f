package privacy

import (
	"bytes"
	"strings"
	"time"
)

// validID reports whether 18 characters are an ID number: a province, a day of
// birth and the check character of GB 11643 (ISO 7064 MOD 11-2).
func validID(t []byte) bool {
	if !likeID(t) {
		return false
	}
	weights := [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		sum += int(t[i]-'0') * w
	}
	return "10X98765432"[sum%11] == t[17]
}

// likeID reports whether 18 characters have the shape of an ID number.
func likeID(t []byte) bool {
	return allDigits(t[:17]) && (t[17] == 'X' || t[17] <= '9') && province(t) && birthday(t[6:14])
}

// validOldID reports whether 15 digits may be an ID number of before 2000. It
// has no check digit: more than that its surroundings must tell.
func validOldID(t []byte) bool {
	return province(t) && birthday(append([]byte("19"), t[6:12]...))
}

func province(t []byte) bool {
	n := int(t[0]-'0')*10 + int(t[1]-'0')
	switch {
	case n >= 11 && n <= 15, n >= 21 && n <= 23, n >= 31 && n <= 37, n >= 41 && n <= 46, n >= 50 && n <= 54,
		n >= 61 && n <= 65, n == 71, n >= 81 && n <= 83:
		return true
	}
	return false
}

// birthday reports whether eight digits are a day on which a person of today
// may have been born.
func birthday(t []byte) bool {
	_, err := time.Parse("20060102", string(t))
	return err == nil && (t[0] == '1' && t[1] == '9' || t[0] == '2' && t[1] == '0' && t[2] <= '4')
}

// daylike reports whether eight digits are a day of our time.
func daylike(t []byte) bool { return len(t) == 8 && birthday(t) }

const (
	creditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	orgAlphabet    = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
)

// validCredit reports whether 18 characters are a unified social credit code:
// who registered it, where, and the check character of GB 32100. Of digits
// alone it asks for the check of the organisation code within (GB 11714) too.
func validCredit(t []byte) bool {
	if !strings.ContainsRune("123456789ANY", rune(t[0])) || !allDigits(t[2:8]) || !province(t[2:]) &&
		string(t[2:4]) != "10" {
		return false
	}
	sum, weight := 0, 1
	for _, c := range t[:17] {
		v := strings.IndexByte(creditAlphabet, c)
		if v < 0 {
			return false
		}
		sum += v * weight
		weight = weight * 3 % 31
	}
	if creditAlphabet[(31-sum%31)%31] != t[17] {
		return false
	}
	return !allDigits(t) || validOrg(t[8:17])
}

func validOrg(t []byte) bool {
	sum := 0
	for i, w := range [8]int{3, 7, 9, 10, 5, 8, 4, 2} {
		sum += strings.IndexByte(orgAlphabet, t[i]) * w
	}
	return "0X987654321"[sum%11] == t[8]
}

// validCard reports whether 16 to 19 digits are a bank card: an issuer of this
// country, or one whose cards are common in it, and the Luhn check. Numbers
// that begin with a year are none.
func validCard(t []byte) bool {
	switch {
	case t[0] == '6' && (t[1] == '2' || t[1] == '0'): // UnionPay
	case bytes.HasPrefix(t, []byte("9558")): // ICBC of old
	case len(t) == 16 && (t[0] == '4' || t[0] == '5' && t[1] >= '1' && t[1] <= '5' || t[0] == '3' && t[1] == '5'):
	default:
		return false
	}
	sum := 0
	for i := range t {
		d := int(t[len(t)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// validMobile reports whether digits are a mobile number of an allotted range.
func validMobile(t []byte) bool {
	if len(t) != 11 || t[0] != '1' {
		return false
	}
	switch c := t[2]; t[1] {
	case '3', '8':
		return true
	case '4':
		return c != '2' && c != '3'
	case '5':
		return c != '4'
	case '6':
		return c == '2' || c == '5' || c == '6' || c == '7'
	case '7':
		return c <= '8'
	case '9':
		return c != '4'
	}
	return false
}

// country reports whether digits are the country code.
func country(t []byte) bool {
	switch string(t) {
	case "86", "086", "0086":
		return true
	}
	return false
}

// national is a telephone number without the country code.
func national(t string) string {
	for _, code := range []string{"0086", "086", "86"} {
		if rest, ok := strings.CutPrefix(t, code); ok && len(rest) >= 9 {
			if rest[0] != '0' && rest[0] != '1' {
				rest = "0" + rest
			}
			return rest
		}
	}
	return t
}

// validArea reports whether digits are an area code.
func validArea(t []byte) bool {
	switch {
	case len(t) < 3 || t[0] != '0':
		return false
	case len(t) == 3:
		return t[1] == '1' && t[2] == '0' || t[1] == '2' && t[2] != '6'
	}
	return len(t) == 4 && t[1] >= '3'
}

// validLocal reports whether digits are a number within an area: eight digits
// in the largest cities, seven or eight elsewhere.
func validLocal(area, t []byte) bool {
	return (len(t) == 8 || len(t) == 7 && len(area) == 4) && t[0] >= '2'
}

func allDigits(t []byte) bool {
	for _, c := range t {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}
