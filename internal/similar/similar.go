// Package similar groups Chinese texts that say nearly the same.
//
// Two texts are as alike as the pairs of neighbouring characters that both
// have, among those that either has (Jaccard). Each text is sketched by
// one-permutation MinHash, texts whose sketches agree in a band are compared
// exactly, and what is alike is grouped: about linear in the texts, also where
// all of them are equal, and the same groups for the same texts on every
// machine.
package similar

import (
	"slices"
	"unicode"
)

// The sketch: bins of one permutation, in bands that must agree as a whole.
// Texts that are 0.8 alike share a band with a probability of 0.9998, texts
// that are half alike with 0.64.
const (
	rows  = 4
	bands = 16
	bins  = rows * bands
)

// Groups lists the groups of texts that are alike by at least the threshold, as
// ascending indexes, by their first. A text is in a group if it is alike with
// one of it. Texts with fewer than least pairs are in none: short texts are
// alike by chance.
func Groups(texts []string, least int, threshold float64) [][]int {
	sets := make([][]uint32, len(texts))
	parent := make([]int, len(texts))
	buckets := make(map[uint64]ends, len(texts)) // by band
	for i, text := range texts {
		parent[i] = i
		if sets[i] = pairs(text); len(sets[i]) < least {
			sets[i] = nil
			continue
		}
		for _, key := range keys(sets[i]) {
			met, ok := buckets[key]
			if !ok {
				buckets[key] = ends{int32(i), int32(i)}
				continue
			}
			for _, j := range [2]int32{met.first, met.last} {
				a, b := root(parent, i), root(parent, int(j))
				if a != b && Jaccard(sets[i], sets[j]) >= threshold {
					parent[max(a, b)] = min(a, b)
				}
			}
			buckets[key] = ends{met.first, int32(i)}
		}
	}
	members := map[int][]int{}
	for i := range texts {
		if sets[i] != nil {
			r := root(parent, i)
			members[r] = append(members[r], i)
		}
	}
	var groups [][]int
	for i := range texts {
		if len(members[i]) > 1 {
			groups = append(groups, members[i])
		}
	}
	return groups
}

// ends are the first and the last text of a bucket. To compare with all of it
// would be quadratic where all texts are equal; with these two it is linear,
// and what is alike meets in other bands too.
type ends struct{ first, last int32 }

// Alike is how alike two texts are, from 0 to 1.
func Alike(a, b string) float64 { return Jaccard(pairs(a), pairs(b)) }

// NewSet is what Jaccard compares of a text.
func NewSet(text string) []uint32 { return pairs(text) }

// Jaccard is the share of what two ascending sets have in common. Empty sets
// have nothing in common.
func Jaccard(a, b []uint32) float64 {
	common := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			common++
			i++
			j++
		}
	}
	if common == 0 {
		return 0
	}
	return float64(common) / float64(len(a)+len(b)-common)
}

// root finds the least member of the group that i is in so far.
func root(parent []int, i int) int {
	for parent[i] != i {
		parent[i] = parent[parent[i]]
		i = parent[i]
	}
	return i
}

// pairs is the set of hashed pairs of neighbouring letters and digits. Signs
// and layout do not count.
func pairs(text string) []uint32 {
	set := make([]uint32, 0, len(text)/3)
	before := rune(0)
	for _, r := range text {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			continue
		}
		if before != 0 {
			set = append(set, uint32(mix(uint64(before)<<32|uint64(r))))
		}
		before = r
	}
	slices.Sort(set)
	return slices.Compact(set)
}

// keys are the bands of a set's sketch.
func keys(set []uint32) [bands]uint64 {
	var sketch [bins]uint32
	var filled [bins]bool
	for _, v := range set {
		h := mix(uint64(v))
		bin := h % bins
		if low := uint32(h >> 32); !filled[bin] || low < sketch[bin] {
			sketch[bin], filled[bin] = low, true
		}
	}
	// A bin that is empty borrows from one that is not, by way of its own.
	full := sketch
	for i := range sketch {
		for n := uint64(1); !filled[i] && len(set) > 0; n++ {
			if j := mix(uint64(i)<<32|n) % bins; filled[j] {
				full[i] = sketch[j]
				break
			}
		}
	}
	var list [bands]uint64
	for b := range list {
		h := uint64(b)
		for _, v := range full[b*rows : (b+1)*rows] {
			h = mix(h<<32 ^ h>>32 ^ uint64(v))
		}
		list[b] = h
	}
	return list
}

// mix is the finaliser of SplitMix64: every bit of x moves every bit of it.
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
