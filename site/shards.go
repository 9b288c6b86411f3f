package site

import (
	"crypto/sha256"

	"suqiu/internal/sitedir"
	"suqiu/internal/view"
)

// shard is some cases that follow each other by 编号, and what they are made of.
type shard struct {
	cases []*view.Case
	hash  sitedir.InputHash
}

// shardLength is how many cases a shard has on average.
const shardLength = 128

// splitShards splits the cases. Whether one begins a shard is told by its 编号 alone:
// another that comes in changes no shard but its own.
func (v *builder) splitShards() []shard {
	cases := v.Cases
	var list []shard
	from := 0
	for i, e := range cases {
		if sum := sha256.Sum256([]byte(e.ID)); i > from && sum[0]%shardLength == 0 {
			list = append(list, v.newShard(cases[from:i]))
			from = i
		}
	}
	if from < len(cases) {
		list = append(list, v.newShard(cases[from:]))
	}
	return list
}

func (v *builder) newShard(cases []*view.Case) shard {
	r := sitedir.NewHasher()
	v.hashCases(r, cases)
	return shard{cases, r.Sum()}
}

// hashOfShards is what a file of all cases is made of.
func (v *builder) hashOfShards() sitedir.InputHash {
	r := sitedir.NewHasher()
	for i := range v.shards {
		r.Add(v.shards[i].hash)
	}
	return r.Sum()
}
