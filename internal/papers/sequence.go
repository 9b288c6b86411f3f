package papers

import (
	"fmt"
	"strconv"
	"strings"
)

// MeetingID is the 编号 with a sequence number: HY2026- and 3 make HY2026-03.
func MeetingID(prefix string, n int) string { return fmt.Sprintf("%s%02d", prefix, n) }

// Sequence is the sequence number of a 编号 with that prefix.
func Sequence(id, prefix string) (int, bool) {
	rest, ok := strings.CutPrefix(id, prefix)
	n, err := strconv.Atoi(rest)
	return n, ok && err == nil && n > 0
}
