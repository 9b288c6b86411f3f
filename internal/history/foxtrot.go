package history

import (
	"bytes"
	"regexp"
	"strings"

	"suqiu/internal/git"
)

// A foxtrot is a merge that takes the main branch into another one, which is then
// pushed as the main branch. What had landed comes in from the side: it counts
// from that merge on, and the landings are now those of somebody's branch. Nothing
// in the commits says which parent was the main branch, but the message that Git
// and the platforms write for such a merge does.

// mergedBranch reads the message of a merge: the branch that was taken in, whether
// from another repository, and the one that it was merged into.
var mergedBranch = regexp.MustCompile(
	`^Merge (?:remote-tracking )?branch '([^']+)'( of \S+)?(?: into '?([^'\s]+)'?)?\s*$`)

// tookIn reports whether a message says that a branch was taken in, and not into
// itself. Pulled tells that it came from another repository, into a branch that
// may have the same name.
func tookIn(message []byte, branch string) (took, pulled bool) {
	subject, _, _ := strings.Cut(string(bytes.TrimLeft(message[:min(len(message), 1<<10)], "\r\n")), "\n")
	if !strings.HasPrefix(subject, "Merge ") {
		return false, false
	}
	m := mergedBranch.FindStringSubmatch(subject)
	if m == nil || m[1] != branch && !strings.HasSuffix(m[1], "/"+branch) || m[3] == branch {
		return false, false
	}
	return true, m[2] != "" && m[3] == ""
}

// keepMessage picks the messages that the walk keeps: those that tell of a foxtrot
// beside those that are suspicious.
func (o *Options) keepMessage(message []byte) bool {
	took, _ := tookIn(message, o.MainBranch)
	return took || o.Suspicious != nil && o.Suspicious(message)
}

// oldTip is the tip of the main branch before a landing, if that is a foxtrot;
// else zero. A pull from another repository is one if the landings before it are
// the pulling person's own: those were local commits.
func (h *History) oldTip(landing int, c *commit, mainBranch string) git.Hash {
	if landing == 0 || len(c.Parents) != 2 || h.Landings[landing].Pending {
		return git.ZeroHash
	}
	took, pulled := tookIn(c.Message, mainBranch)
	if !took {
		return git.ZeroHash
	}
	if pulled {
		bases := h.main.bases(h.main.commit(landing-1), h.main.landed(c.Parents[1]))
		if len(bases) != 1 || bases[0].landing == landing-1 {
			return git.ZeroHash
		}
		for i := bases[0].landing + 1; i < landing; i++ {
			if h.Landings[i].Committer.Email != c.Committer.Email {
				return git.ZeroHash
			}
		}
	}
	return c.Parents[1]
}
