package report

// Unbound lets every quarter look at every case, and says how many there are.
func (b *Book) Unbound() int {
	for i := range b.tracks {
		b.tracks[i].first, b.tracks[i].last = 0, never
	}
	return len(b.tracks)
}

// Unnamed stands for a case whose category or channel is not filled in.
const Unnamed = unnamed

// Add adds a balance.
func (b *Balance) Add(o Balance) { b.add(o) }
