package search

import "slices"

// perBucket is how many places a bucket has on average, at most.
const perBucket = 5 << 10

// index is the text of a segment, folded, a line end after each document, and
// the room to sort it in, which the next segment uses again.
type index struct {
	text          []uint16
	places, spare []uint32
	counts        []uint32 // one for each unit that there can be

	// Of the bucket that is being made.
	pairs, lengths, lists, p payload
}

func (x *index) add(text []uint16) {
	for _, u := range text {
		x.text = append(x.text, Fold(u))
	}
	x.text = append(x.text, '\n')
}

// Fold makes one of units that a reader takes for the same: small letters,
// half-width forms, blanks. search.js does the same to what is looked for.
func Fold(u uint16) uint16 {
	switch {
	case u == 0x3000 || u == 0xa0 || u == '\t':
		return ' '
	case u >= 0xff01 && u <= 0xff5e:
		u -= 0xfee0
	}
	if u >= 'A' && u <= 'Z' {
		u += 'a' - 'A'
	}
	return u
}

// buckets is the number of buckets, a power of two.
func (x *index) buckets() int {
	n := 1
	for n*perBucket < len(x.text) {
		n *= 2
	}
	return n
}

// Bucket is where the pairs lie that begin with a unit.
func Bucket(u uint16, buckets int) int {
	return int(uint32(u)*2654435761>>16) & (buckets - 1)
}

// sort puts the places of all pairs in the order of the pairs, those of one
// pair in rising order: by the second unit, then, stably, by the first.
func (x *index) sort() {
	x.spare = slices.Grow(x.spare[:0], len(x.text))
	for at, u := range x.text {
		if u != '\n' {
			x.spare = append(x.spare, uint32(at))
		}
	}
	x.places = slices.Grow(x.places[:0], len(x.spare))[:len(x.spare)]
	x.pass(x.spare, x.places, 1) // a line end follows at the latest
	x.pass(x.places, x.spare, 0)
	x.places, x.spare = x.spare, x.places
}

// pass is one pass of a counting sort: by the unit that stands so far behind a
// place.
func (x *index) pass(from, to []uint32, behind uint32) {
	if x.counts == nil {
		x.counts = make([]uint32, 1<<16)
	}
	clear(x.counts)
	for _, at := range from {
		x.counts[x.text[at+behind]]++
	}
	sum := uint32(0)
	for u, n := range x.counts {
		x.counts[u] = sum
		sum += n
	}
	for _, at := range from {
		u := x.text[at+behind]
		to[x.counts[u]] = at
		x.counts[u]++
	}
}

// write hands out the buckets. Each holds the number of its pairs, the pairs in
// order, the number of units of each one's list, and the lists: places, each
// as the distance from the one before, less one.
func (x *index) write(emit func(bucket int, p payload) error) error {
	x.sort()
	buckets := x.buckets()
	members := make([][][]uint32, buckets) // the places of a first unit
	for rest := x.places; len(rest) > 0; {
		n := x.run(rest, 0)
		b := Bucket(x.text[rest[0]], buckets)
		members[b] = append(members[b], rest[:n])
		rest = rest[n:]
	}
	for i, firsts := range members {
		x.pairs, x.lengths, x.lists = x.pairs[:0], x.lengths[:0], x.lists[:0]
		for _, rest := range firsts {
			for len(rest) > 0 {
				n := x.run(rest, 1)
				x.list(rest[:n])
				rest = rest[n:]
			}
		}
		p := x.p[:0]
		p.varint(uint32(len(x.pairs) / 2))
		p = append(append(append(p, x.pairs...), x.lengths...), x.lists...)
		x.p = p
		if err := emit(i, p); err != nil {
			return err
		}
	}
	return nil
}

// run is how many places at the beginning have the same unit so far behind.
func (x *index) run(places []uint32, behind uint32) int {
	u := x.text[places[0]+behind]
	n := 1
	for n < len(places) && x.text[places[n]+behind] == u {
		n++
	}
	return n
}

// list adds the places of one pair to the bucket that is being made.
func (x *index) list(places []uint32) {
	x.pairs = append(x.pairs, x.text[places[0]], x.text[places[0]+1])
	next, from := uint32(0), len(x.lists)
	for _, at := range places {
		x.lists.varint(at - next)
		next = at + 1
	}
	x.lengths.varint(uint32(len(x.lists) - from))
}
