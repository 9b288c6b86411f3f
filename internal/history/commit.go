package history

import (
	"bytes"
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/go-git/go-git/v5/plumbing"

	"suqiu/internal/workday"
)

// commit is what a history needs of a commit.
type commit struct {
	hash      plumbing.Hash
	tree      plumbing.Hash
	parents   []plumbing.Hash
	author    *Person // never nil; one for all commits of a person
	authored  int64   // Unix seconds
	committer *Person
	committed int64
	request   int
	message   []byte // whole; nil unless it is suspicious
	landing   int    // index of the landing that brought it
	order     int    // in which commits landed: a parent's is less than its child's
	proposed  bool   // the branch under Base has it, and it has not landed
}

// persons holds each person once, by what the commits say.
type persons map[Person]*Person

func (p persons) intern(name, email []byte) *Person {
	key := Person{Name: string(name), Email: string(email)}
	if known := p[key]; known != nil {
		return known
	}
	who := &Person{Name: strings.ToValidUTF8(key.Name, "�"), Email: strings.ToValidUTF8(key.Email, "�")}
	p[key] = who
	return who
}

// commit reads and decodes a commit.
func (r *reader) commit(h plumbing.Hash, names persons) (*commit, error) {
	raw, err := r.want(plumbing.CommitObject, h)
	if err != nil {
		return nil, err
	}
	c, err := decodeCommit(raw, names)
	if err != nil {
		return nil, r.db.explain("提交 "+h.String()+" ", err)
	}
	c.hash = h
	if r.suspicious != nil && r.suspicious(c.message) {
		c.message = bytes.Clone(c.message)
	} else {
		c.message = nil // it would keep the whole object in memory
	}
	return c, nil
}

var errCommit = errors.New("malformed commit")

// decodeCommit reads the headers that matter; signatures, merge tags and
// whatever else stands between them and the message are skipped. The message
// is a part of raw.
func decodeCommit(raw []byte, names persons) (*commit, error) {
	nobody := names.intern(nil, nil)
	c := &commit{author: nobody, committer: nobody}
	for {
		line, rest, ok := bytes.Cut(raw, []byte{'\n'})
		if len(line) == 0 {
			if !ok && len(raw) > 0 {
				return nil, errCommit
			}
			raw = rest
			break
		}
		raw = rest
		key, value, _ := bytes.Cut(line, []byte{' '})
		switch string(key) {
		case "tree", "parent":
			h := plumbing.NewHash(string(value))
			if len(value) != 40 {
				return nil, errCommit
			}
			if key[0] == 't' {
				c.tree = h
			} else {
				c.parents = append(c.parents, h)
			}
		case "author":
			c.author, c.authored = signature(value, names)
		case "committer":
			c.committer, c.committed = signature(value, names)
		}
		if !ok {
			break
		}
	}
	if c.tree.IsZero() {
		return nil, errCommit
	}
	c.message = raw
	c.request = request(raw)
	return c, nil
}

// signature reads `Name <email> seconds zone`. Seconds beyond what a calendar
// can show are brought back to its edge: odd times are judged, never fatal.
func signature(line []byte, names persons) (*Person, int64) {
	open := bytes.LastIndexByte(line, '<')
	shut := bytes.LastIndexByte(line, '>')
	if open < 0 || shut < open {
		return names.intern(bytes.TrimSpace(line), nil), 0
	}
	who := names.intern(bytes.TrimSpace(line[:open]), bytes.TrimSpace(line[open+1:shut]))
	stamp, _, _ := strings.Cut(strings.TrimSpace(string(line[shut+1:])), " ")
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil && !errors.Is(err, strconv.ErrRange) {
		return who, 0
	}
	const lastSecond = 253402271999 // 9999-12-31 23:59:59 in Shanghai
	return who, min(max(seconds, 0), lastSecond)
}

var (
	gitlabRequest = regexp.MustCompile(`(?m)^See merge request (?:\S*)!(\d{1,9})\s*$`)
	githubRequest = regexp.MustCompile(`^Merge pull request #(\d{1,9})\b`)
	squashRequest = regexp.MustCompile(`\((?:#|!)(\d{1,9})\)\s*$`)
)

// request is the number of the merge request that a message names, as GitLab
// and GitHub write it; 0 if it names none.
func request(message []byte) int {
	if !bytes.ContainsAny(message, "!#") {
		return 0
	}
	text := strings.TrimLeft(string(message), "\r\n")
	subject, _, _ := strings.Cut(text, "\n")
	subject = strings.TrimSpace(subject)
	for _, m := range [][]string{
		gitlabRequest.FindStringSubmatch(text),
		githubRequest.FindStringSubmatch(subject),
		squashRequest.FindStringSubmatch(subject),
	} {
		if m != nil {
			n, _ := strconv.Atoi(m[1])
			return n
		}
	}
	return 0
}

// clock is a moment of Unix seconds, told in the zone of the regulation.
func clock(seconds int64) time.Time {
	return time.Unix(seconds, 0).In(workday.Shanghai)
}
