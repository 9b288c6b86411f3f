package git

import (
	"bytes"
	"errors"
	"regexp"
	"strconv"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"

	"suqiu/internal/people"
)

// Hash names an object.
type Hash = plumbing.Hash

// NewHash reads a hash of forty hexadecimal digits.
func NewHash(text string) Hash { return plumbing.NewHash(text) }

// ZeroHash names no object. As a tree it is the empty one.
var ZeroHash = plumbing.ZeroHash

// Commit is what a history needs of a commit. Times are Unix seconds.
type Commit struct {
	Hash      Hash
	Tree      Hash
	Parents   []Hash
	Author    *people.Person // never nil; one for all commits of a person
	Authored  int64
	Committer *people.Person
	Committed int64
	Request   int    // number of the merge request that the message names; 0: none
	Message   []byte // whole; nil unless Reader.KeepMessage picks it
}

// People holds each person once, by what the commits say.
type People map[people.Person]*people.Person

func (p People) intern(name, email []byte) *people.Person {
	key := people.Person{Name: string(name), Email: string(email)}
	if known := p[key]; known != nil {
		return known
	}
	who := &people.Person{Name: strings.ToValidUTF8(key.Name, "�"), Email: strings.ToValidUTF8(key.Email, "�")}
	p[key] = who
	return who
}

// Commit reads and decodes a commit.
func (r *Reader) Commit(h Hash, names People) (*Commit, error) {
	raw, err := r.want(plumbing.CommitObject, h)
	if err != nil {
		return nil, err
	}
	c, err := decodeCommit(raw, names)
	if err != nil {
		return nil, r.db.explain("提交 "+h.String()+" ", err)
	}
	c.Hash = h
	if r.KeepMessage != nil && r.KeepMessage(c.Message) {
		c.Message = bytes.Clone(c.Message)
	} else {
		c.Message = nil // it would keep the whole object in memory
	}
	return c, nil
}

// TreeOf is the tree of a commit; of none the empty one.
func (r *Reader) TreeOf(h Hash) (Hash, error) {
	if h.IsZero() {
		return h, nil
	}
	c, err := r.Commit(h, People{})
	if err != nil {
		return h, err
	}
	return c.Tree, nil
}

var errCommit = errors.New("malformed commit")

// decodeCommit reads the headers that matter; signatures, merge tags and
// whatever else stands between them and the message are skipped. The message
// is a part of raw.
func decodeCommit(raw []byte, names People) (*Commit, error) {
	nobody := names.intern(nil, nil)
	c := &Commit{Author: nobody, Committer: nobody}
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
				c.Tree = h
			} else {
				c.Parents = append(c.Parents, h)
			}
		case "author":
			c.Author, c.Authored = signature(value, names)
		case "committer":
			c.Committer, c.Committed = signature(value, names)
		}
		if !ok {
			break
		}
	}
	if c.Tree.IsZero() {
		return nil, errCommit
	}
	c.Message = raw
	c.Request = request(raw)
	return c, nil
}

// signature reads `Name <email> seconds zone`. Seconds beyond what a calendar
// can show are brought back to its edge: odd times are judged, never fatal.
func signature(line []byte, names People) (*people.Person, int64) {
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
