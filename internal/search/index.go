package search

import "slices"

// perBucket is how many places a bucket has on average, at most.
const perBucket = 5 << 10

// index is the text of a segment, folded, a line end after each document.
type index struct {
	text []uint16
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

// write hands out the buckets. Each holds the number of its pairs, the pairs in
// order, the number of units of each one's list, and the lists: places, each
// as the distance from the one before, less one.
func (x *index) write(emit func(bucket int, p payload) error) error {
	numbers := make(map[uint32]uint32)
	var pairs, counts []uint32
	which := make([]uint32, len(x.text))
	for at, u := range x.text {
		if u == '\n' {
			continue
		}
		pair := uint32(u)<<16 | uint32(x.text[at+1]) // a line end follows at the latest
		n, ok := numbers[pair]
		if !ok {
			n = uint32(len(pairs))
			numbers[pair] = n
			pairs, counts = append(pairs, pair), append(counts, 0)
		}
		which[at] = n
		counts[n]++
	}
	ends := make([]uint32, len(pairs)) // where the list of a pair ends, while it fills
	sum := uint32(0)
	for n, c := range counts {
		ends[n] = sum
		sum += c
	}
	places := make([]uint32, sum)
	for at, u := range x.text {
		if u != '\n' {
			n := which[at]
			places[ends[n]] = uint32(at)
			ends[n]++
		}
	}
	buckets := make([][]uint32, x.buckets()) // numbers of pairs
	for n, pair := range pairs {
		b := Bucket(uint16(pair>>16), len(buckets))
		buckets[b] = append(buckets[b], uint32(n))
	}
	var p, lengths, lists payload
	for i, members := range buckets {
		slices.SortFunc(members, func(a, b uint32) int { return int(int64(pairs[a]) - int64(pairs[b])) })
		p, lengths, lists = p[:0], lengths[:0], lists[:0]
		p.varint(uint32(len(members)))
		for _, n := range members {
			p = append(p, uint16(pairs[n]>>16), uint16(pairs[n]))
			before, from := -1, len(lists)
			for _, at := range places[ends[n]-counts[n] : ends[n]] {
				lists.varint(uint32(int(at) - before - 1))
				before = int(at)
			}
			lengths.varint(uint32(len(lists) - from))
		}
		p = append(append(p, lengths...), lists...)
		if err := emit(i, p); err != nil {
			return err
		}
	}
	return nil
}
