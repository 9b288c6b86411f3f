package diag

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	"suqiu/internal/problem"
)

// fingerprintBytes is how much of the hash is kept: 32 hexadecimal digits.
const fingerprintBytes = 16

// identity is what makes a finding the same finding tomorrow: the rule, the
// case (its number survives a move; a file without one goes by its path), the
// key and, for what history did, the commit. Message, day, line and severity
// may all change under a finding that stays.
type identity struct {
	rule, subject, key, commit string
}

func identityOf(f *problem.Problem) identity {
	subject := f.Case
	if subject == "" {
		subject = f.Path
	}
	return identity{f.Rule, subject, f.Key, f.Commit}
}

// fingerprint sets the fingerprints of arranged findings. Equals are told
// apart by their ordinal in the arranged order.
func fingerprint(findings []problem.Problem) {
	seen := make(map[identity]int, len(findings))
	for i := range findings {
		id := identityOf(&findings[i])
		seen[id]++
		parts := []string{id.rule, id.subject, id.key, id.commit, strconv.Itoa(seen[id])}
		sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
		findings[i].Fingerprint = hex.EncodeToString(sum[:fingerprintBytes])
	}
}
