package site

import (
	"crypto/sha256"

	"suqiu/internal/sitedir"
)

// shard is some cases that follow each other by 编号, and what they are made of.
type shard struct {
	cases []*Element
	hash  sitedir.InputHash
}

// shardLength is how many cases a shard has on average.
const shardLength = 128

// splitShards splits the cases. Whether one begins a shard is told by its 编号 alone:
// another that comes in changes no shard but its own.
func splitShards(cases []*Element) []shard {
	var list []shard
	from := 0
	for i, e := range cases {
		if sum := sha256.Sum256([]byte(e.ID)); i > from && sum[0]%shardLength == 0 {
			list = append(list, newShard(cases[from:i]))
			from = i
		}
	}
	if from < len(cases) {
		list = append(list, newShard(cases[from:]))
	}
	return list
}

func newShard(cases []*Element) shard {
	r := sitedir.NewHasher()
	hashCases(r, cases)
	return shard{cases, r.Sum()}
}

// hashOfShards is what a file of all cases is made of.
func (v *view) hashOfShards() sitedir.InputHash {
	r := sitedir.NewHasher()
	for i := range v.shards {
		r.Add(v.shards[i].hash)
	}
	return r.Sum()
}
