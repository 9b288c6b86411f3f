package history

import (
	"bytes"
	"encoding/binary"
	"math"
	"slices"
	"sort"

	"suqiu/internal/git"
	"suqiu/internal/store"
)

// pastMagic begins the cache of a walk; its last byte is the format.
const pastMagic = "suqiu-H\x02"

// past is what a cache knows of a mainline: of each landing the commits that it
// brought and the paths that it changed. It stays as it lies in the file, as
// tables of rows of one width, so that a walk that has it all takes little more
// memory than the file, and time only for what it asks for.
//
// The file is: the magic, a CRC-32 (Castagnoli) of what follows, the length of
// each table in rows, the build of the program, and the tables. Numbers are
// big-endian. Commits are numbered as they stand: those that a landing brought,
// parents first, then its own.
type past struct {
	tables [pastTables][]byte
	people []git.Person
	paths  []string // as they are asked for
}

// The tables of a past.
const (
	pastBuild   = iota // bytes
	pastFlags          // one byte: whether suspicious messages are kept
	pastCommits        // commitRow each
	pastParents        // of the commits, one after another: their numbers
	pastOrder          // the numbers of the commits, by hash
	pastEnds           // of each landing: the number after that of its own commit
	pastChanged        // of each landing: the number after that of its last change
	pastChanges        // changeRow each
	pastPeople         // numbers of the texts: name and e-mail address
	pastTexts          // of each text: the place after its last byte
	pastBytes          // the texts
	pastTables
)

const sumLength = 4

const (
	number    = 4
	commitRow = 20 + 20 + 3*number + 2*8 + 2*number // hash, tree; author, committer, request; authored, committed; message, end of parents
	changeRow = 2*number + 20                       // path, mode; hash
)

// pastWidths are the bytes of a row of each table.
var pastWidths = [pastTables]int{
	pastBuild: 1, pastFlags: 1, pastCommits: commitRow, pastParents: number, pastOrder: number, pastEnds: number,
	pastChanged: number, pastChanges: changeRow, pastPeople: 2 * number, pastTexts: number, pastBytes: 1,
}

// decodePast opens a past; false if the data is not a whole one of this build.
// It keeps the data. What it opens hangs together: nothing that is asked of it
// afterwards can fail.
func decodePast(data []byte, build string) (*past, bool) {
	const head = len(pastMagic) + sumLength
	if len(data) < head+pastTables*8 || string(data[:len(pastMagic)]) != pastMagic ||
		binary.BigEndian.Uint32(data[len(pastMagic):]) != store.Checksum(data[head:]) {
		return nil, false
	}
	p := &past{}
	rest := data[head+pastTables*8:]
	for t := range p.tables {
		rows := binary.BigEndian.Uint64(data[head+8*t:])
		if rows > uint64(len(rest)/pastWidths[t]) {
			return nil, false
		}
		size := int(rows) * pastWidths[t]
		p.tables[t], rest = rest[:size:size], rest[size:]
	}
	if len(rest) > 0 || string(p.tables[pastBuild]) != build || len(p.tables[pastFlags]) != 1 || !p.check() {
		return nil, false
	}
	return p, true
}

// check reports whether every number points to what is there, and whether the
// landings are a mainline. It reads the people.
func (p *past) check() bool {
	commits, landings, changes := p.rows(pastCommits), p.landings(), p.rows(pastChanges)
	if !p.rises(pastTexts, p.rows(pastBytes)) || !p.rises(pastEnds, commits) || !p.rises(pastChanged, changes) ||
		p.rows(pastOrder) != commits || p.rows(pastChanged) != landings {
		return false
	}
	texts := p.rows(pastTexts)
	for i := range p.rows(pastPeople) {
		name, email := p.number(pastPeople, 2*i), p.number(pastPeople, 2*i+1)
		if name >= texts || email >= texts {
			return false
		}
		p.people = append(p.people, git.Person{Name: p.text(name), Email: p.text(email)})
	}
	from := 0
	for n := range commits {
		r := p.row(n)
		to := r.parentsEnd()
		if r.author() >= len(p.people) || r.committer() >= len(p.people) || r.message() > texts || r.authored() < 0 || r.committed() < 0 ||
			to < from || to > p.rows(pastParents) || p.number(pastOrder, n) >= commits {
			return false
		}
		for k := from; k < to; k++ {
			if p.number(pastParents, k) >= n {
				return false
			}
		}
		from = to
	}
	if from != p.rows(pastParents) {
		return false
	}
	for i := range changes {
		if path := p.number(pastChanges, i*changeRow/number); path >= texts {
			return false
		}
	}
	for i := range landings {
		first, own := p.first(i), p.own(i)
		parents := p.parents(own)
		switch {
		case own < first, i == 0 && len(parents) > 0, i > 0 && (len(parents) == 0 || p.number(pastParents, p.parentsFrom(own)) != p.own(i-1)):
			return false
		case own > first && len(parents) < 2:
			return false // only a merge brings others
		}
	}
	return true
}

// rises reports whether the numbers of a table go up to a last one.
func (p *past) rises(table, last int) bool {
	before := 0
	for i := range p.rows(table) {
		n := p.number(table, i)
		if n < before {
			return false
		}
		before = n
	}
	return before == last
}

// kept reports whether suspicious messages are with their commits.
func (p *past) kept() bool { return p.tables[pastFlags][0] != 0 }

func (p *past) rows(table int) int { return len(p.tables[table]) / pastWidths[table] }

// number is the i-th of a table, counted in numbers.
func (p *past) number(table, i int) int {
	return int(binary.BigEndian.Uint32(p.tables[table][number*i:]))
}

// before is where the rows of the i-th begin in a table of ends.
func (p *past) before(table, i int) int {
	if i == 0 {
		return 0
	}
	return p.number(table, i-1)
}

func (p *past) text(n int) string {
	return string(p.tables[pastBytes][p.before(pastTexts, n):p.number(pastTexts, n)])
}

// path is a text that many ask for: it becomes a string once.
func (p *past) path(n int) string {
	if p.paths == nil {
		p.paths = make([]string, p.rows(pastTexts))
	}
	if p.paths[n] == "" {
		p.paths[n] = p.text(n)
	}
	return p.paths[n]
}

// landings is how many there are.
func (p *past) landings() int { return p.rows(pastEnds) }

// first is the first commit that a landing brought, own the last: itself.
func (p *past) first(landing int) int { return p.before(pastEnds, landing) }
func (p *past) own(landing int) int   { return p.number(pastEnds, landing) - 1 }

// landing is the one that brought a commit.
func (p *past) landing(n int) int {
	return sort.Search(p.landings(), func(i int) bool { return p.number(pastEnds, i) > n })
}

// find looks up a commit by its hash.
func (p *past) find(h git.Hash) (n int, ok bool) {
	at, ok := sort.Find(p.rows(pastOrder), func(i int) int { return bytes.Compare(h[:], p.row(p.number(pastOrder, i)).hash()) })
	if !ok {
		return 0, false
	}
	return p.number(pastOrder, at), true
}

// index looks up which landing a commit is.
func (p *past) index(h git.Hash) (landing int, ok bool) {
	n, ok := p.find(h)
	if !ok {
		return 0, false
	}
	landing = p.landing(n)
	return landing, p.own(landing) == n
}

func (p *past) parentsFrom(n int) int {
	if n == 0 {
		return 0
	}
	return p.row(n - 1).parentsEnd()
}

func (p *past) parents(n int) []git.Hash {
	from, to := p.parentsFrom(n), p.row(n).parentsEnd()
	if from == to {
		return nil
	}
	list := make([]git.Hash, 0, to-from)
	for k := from; k < to; k++ {
		list = append(list, git.Hash(p.row(p.number(pastParents, k)).hash()))
	}
	return list
}

// commit makes a commit of a row.
func (p *past) commit(n int) *commit {
	r := p.row(n)
	c := &commit{landing: p.landing(n), order: n, Commit: git.Commit{
		Hash: git.Hash(r.hash()), Tree: git.Hash(r.tree()), Parents: p.parents(n),
		Author: &p.people[r.author()], Authored: r.authored(), Committer: &p.people[r.committer()], Committed: r.committed(),
		Request: r.request(),
	}}
	if m := r.message(); m > 0 {
		c.Message = []byte(p.text(m - 1))
	}
	return c
}

// changes appends what a landing changed; the old entries are not known.
func (p *past) changes(landing int, list []git.Change) []git.Change {
	for i := p.before(pastChanged, landing); i < p.number(pastChanged, landing); i++ {
		row := p.tables[pastChanges][i*changeRow:][:changeRow]
		ch := git.Change{Path: p.path(int(binary.BigEndian.Uint32(row))), New: git.Entry{Mode: git.Mode(binary.BigEndian.Uint32(row[number:]))}}
		copy(ch.New.Hash[:], row[2*number:])
		list = append(list, ch)
	}
	return list
}

// row is a commit as the table has it.
type row []byte

func (p *past) row(n int) row { return p.tables[pastCommits][n*commitRow:][:commitRow] }

func (r row) hash() []byte     { return r[:20] }
func (r row) tree() []byte     { return r[20:40] }
func (r row) number(i int) int { return int(binary.BigEndian.Uint32(r[40+number*i:])) }
func (r row) author() int      { return r.number(0) }
func (r row) committer() int   { return r.number(1) }
func (r row) request() int     { return r.number(2) }
func (r row) authored() int64  { return int64(binary.BigEndian.Uint64(r[52:])) }
func (r row) committed() int64 { return int64(binary.BigEndian.Uint64(r[60:])) }
func (r row) message() int     { return r.number(7) } // one more than the number of the text; 0: not suspicious
func (r row) parentsEnd() int  { return r.number(8) }

// pastWriter writes a past, landing by landing.
type pastWriter struct {
	tables  [pastTables][]byte
	numbers map[git.Hash]int
	people  map[git.Person]int
	texts   map[string]int
	unfit   bool // something is not as decodePast would have it
}

func newPastWriter(build string, kept bool) *pastWriter {
	w := &pastWriter{numbers: map[git.Hash]int{}, people: map[git.Person]int{}, texts: map[string]int{}}
	w.tables[pastBuild] = []byte(build)
	w.tables[pastFlags] = []byte{0}
	if kept {
		w.tables[pastFlags][0] = 1
	}
	return w
}

func (w *pastWriter) number(table, n int) {
	w.unfit = w.unfit || n < 0 || n > math.MaxUint32
	w.tables[table] = binary.BigEndian.AppendUint32(w.tables[table], uint32(n))
}

func (w *pastWriter) text(s string) int {
	n, known := w.texts[s]
	if !known {
		n = len(w.texts)
		w.texts[s] = n
		w.tables[pastBytes] = append(w.tables[pastBytes], s...)
		w.number(pastTexts, len(w.tables[pastBytes]))
	}
	return n
}

func (w *pastWriter) person(q *git.Person) int {
	n, known := w.people[*q]
	if !known {
		n = len(w.people)
		w.people[*q] = n
		name, email := w.text(q.Name), w.text(q.Email)
		w.number(pastPeople, name)
		w.number(pastPeople, email)
	}
	return n
}

// add writes a landing: the commits that it brought, its own the last, and its
// changes.
func (w *pastWriter) add(commits []*commit, changes []git.Change) {
	for _, c := range commits {
		for _, parent := range c.Parents {
			n, known := w.numbers[parent]
			w.unfit = w.unfit || !known
			w.number(pastParents, n)
		}
		message := 0
		if c.Message != nil {
			message = 1 + w.text(string(c.Message))
		}
		w.tables[pastCommits] = append(append(w.tables[pastCommits], c.Hash[:]...), c.Tree[:]...)
		w.number(pastCommits, w.person(c.Author))
		w.number(pastCommits, w.person(c.Committer))
		w.number(pastCommits, c.Request)
		for _, at := range []int64{c.Authored, c.Committed} {
			w.tables[pastCommits] = binary.BigEndian.AppendUint64(w.tables[pastCommits], uint64(at))
		}
		w.number(pastCommits, message)
		w.number(pastCommits, len(w.tables[pastParents])/number)
		w.numbers[c.Hash] = len(w.numbers)
	}
	for _, ch := range changes {
		w.number(pastChanges, w.text(ch.Path))
		w.number(pastChanges, int(ch.New.Mode))
		w.tables[pastChanges] = append(w.tables[pastChanges], ch.New.Hash[:]...)
	}
	w.number(pastEnds, len(w.numbers))
	w.number(pastChanged, len(w.tables[pastChanges])/changeRow)
}

// file is the whole file; false if it is none that decodePast would open.
func (w *pastWriter) file() ([]byte, bool) {
	order := make([]git.Hash, 0, len(w.numbers))
	for h := range w.numbers {
		order = append(order, h)
	}
	slices.SortFunc(order, func(a, b git.Hash) int { return bytes.Compare(a[:], b[:]) })
	for _, h := range order {
		w.number(pastOrder, w.numbers[h])
	}
	if w.unfit {
		return nil, false
	}
	size := len(pastMagic) + sumLength + 8*pastTables
	for _, table := range w.tables {
		size += len(table)
	}
	out := make([]byte, len(pastMagic)+sumLength, size)
	copy(out, pastMagic)
	for t, table := range w.tables {
		out = binary.BigEndian.AppendUint64(out, uint64(len(table)/pastWidths[t]))
	}
	for _, table := range w.tables {
		out = append(out, table...)
	}
	binary.BigEndian.PutUint32(out[len(pastMagic):], store.Checksum(out[len(pastMagic)+sumLength:]))
	return out, true
}
