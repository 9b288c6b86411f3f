package similar

import (
	"cmp"
	"slices"
)

// mostInBucket is how many texts of a band an Index keeps, the last ones: where
// thousands are equal, any of them will do.
const mostInBucket = 32

// Index finds, of many texts, those that are like another one.
type Index struct {
	sets    [][]uint32
	buckets map[uint64][]int32 // by band, ascending
	least   int
}

// NewIndex indexes texts. Those with fewer than least pairs are like none.
func NewIndex(texts []string, least int) *Index {
	x := &Index{make([][]uint32, len(texts)), make(map[uint64][]int32, len(texts)), least}
	for i, text := range texts {
		if x.sets[i] = pairs(text); len(x.sets[i]) < least {
			continue
		}
		for _, key := range keys(x.sets[i]) {
			list := x.buckets[key]
			if len(list) == mostInBucket {
				list = append(list[:0], list[1:]...)
			}
			x.buckets[key] = append(list, int32(i))
		}
	}
	return x
}

// Like lists the texts that are alike with one by at least the threshold: the most
// alike first, of equal ones the last.
func (x *Index) Like(text string, threshold float64) []int {
	set := pairs(text)
	if len(set) < x.least {
		return nil
	}
	alike := map[int32]float64{}
	for _, key := range keys(set) {
		for _, i := range x.buckets[key] {
			if _, known := alike[i]; !known {
				alike[i] = Jaccard(set, x.sets[i])
			}
		}
	}
	var found []int
	for i, much := range alike {
		if much >= threshold {
			found = append(found, int(i))
		}
	}
	slices.SortFunc(found, func(a, b int) int {
		return cmp.Or(cmp.Compare(alike[int32(b)], alike[int32(a)]), cmp.Compare(b, a))
	})
	return found
}
