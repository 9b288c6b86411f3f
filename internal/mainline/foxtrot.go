package mainline

import (
	"bytes"
	"regexp"
	"strings"

	"suqiu/internal/git"
)

// A foxtrot is a merge of the main branch into another one, which is then pushed as
// the main branch. What had landed now counts from that merge on, and the landings
// are the commits of somebody's branch. Nothing but the message that Git and the
// platforms write for such a merge tells which parent was the main branch.

// mergedBranch matches the message of a merge: the branch that was merged, whether it
// came from another repository, and the branch that it was merged into.
var mergedBranch = regexp.MustCompile(
	`^Merge (?:remote-tracking )?branch '([^']+)'( of \S+)?(?: into '?([^'\s]+)'?)?\s*$`)

// tookIn reports whether a message says that a branch was merged into another one.
// Pulled means that it came from another repository, so that the other branch may
// have the same name.
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

// keepMessage picks the messages that the walk keeps: those of possible foxtrots and
// the suspicious ones.
func (o *Options) keepMessage(message []byte) bool {
	took, _ := tookIn(message, o.MainBranch)
	return took || o.Suspicious != nil && o.Suspicious(message)
}

// messages collects what the walk kept, and notes which landings are foxtrots.
func (m *Mainline) messages(mainBranch string, suspicious func([]byte) bool) []Message {
	var list []Message
	add := func(i int, c *Commit) {
		if c.Message == nil {
			return
		}
		if suspicious != nil && suspicious(c.Message) {
			list = append(list, Message{i, c.Attribution(), c.Message})
		}
		if tip := m.oldTip(i, c, mainBranch); !tip.IsZero() && c.Hash == m.Hash(i) {
			m.Landings[i].OldTip = tip.String()
		}
	}
	for n := range start(m.past.Ends, m.shared) {
		if m.past.Messages[n] > 0 {
			c := m.past.commit(n)
			add(c.Landing, c)
		}
	}
	for i := m.shared; i < m.Len(); i++ {
		for _, c := range m.Brought(i) {
			add(i, c)
		}
	}
	return list
}

// oldTip is the tip of the main branch before a landing that is a foxtrot; zero for
// any other. A pull from another repository is a foxtrot if the landings between were
// committed by the same person: they were that person's local commits.
func (m *Mainline) oldTip(landing int, c *Commit, mainBranch string) git.Hash {
	if landing == 0 || len(c.Parents) != 2 || m.Landings[landing].Pending {
		return git.ZeroHash
	}
	took, pulled := tookIn(c.Message, mainBranch)
	if !took {
		return git.ZeroHash
	}
	if pulled {
		bases := m.Bases(m.Commit(landing-1), m.Landed(c.Parents[1]))
		if len(bases) != 1 || bases[0].Landing == landing-1 {
			return git.ZeroHash
		}
		for i := bases[0].Landing + 1; i < landing; i++ {
			if m.Landings[i].Committer.Email != c.Committer.Email {
				return git.ZeroHash
			}
		}
	}
	return c.Parents[1]
}
