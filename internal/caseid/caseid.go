// Package caseid reads the 编号 of a case.
package caseid

import (
	"fmt"
	"strconv"
	"strings"
)

// Month returns the month of a well formed 编号 (202607 of 202607-NFZX-012):
// month of 收集日期, code of 收集单位, a sequence of three digits or more. ok is
// false if the 编号 is not well formed.
func Month(id string) (month string, ok bool) {
	month, rest, ok := strings.Cut(id, "-")
	code, sequence, ok2 := strings.Cut(rest, "-")
	if !ok || !ok2 || len(month) != 6 || !digits(month) || month[4:] < "01" || month[4:] > "12" ||
		len(sequence) < 3 || !digits(sequence) || code == "" || code[0] < 'A' || code[0] > 'Z' {
		return "", false
	}
	for i := 1; i < len(code); i++ {
		if c := code[i]; (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return "", false
		}
	}
	return month, true
}

// Number parts a 编号 into its month and unit (202607-NFZX) and its number among
// those; ok is false if it is not well formed.
func Number(id string) (of string, n int, ok bool) {
	at := strings.LastIndexByte(id, '-')
	if !WellFormed(id) {
		return "", 0, false
	}
	n, err := strconv.Atoi(id[at+1:])
	return id[:at], n, err == nil
}

// Make is the 编号 of a month and unit with a number.
func Make(of string, n int) string { return fmt.Sprintf("%s-%03d", of, n) }

// WellFormed reports whether a text is a 编号.
func WellFormed(id string) bool {
	_, ok := Month(id)
	return ok
}

func digits(s string) bool { return strings.Trim(s, "0123456789") == "" }
