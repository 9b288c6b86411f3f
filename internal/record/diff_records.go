package record

import (
	"cmp"
	"slices"
	"strings"
)

// pair is one key of a record with its value as text.
type pair struct {
	key, value string
}

// recordKind tells Diff what of a record identifies it and what decides it.
type recordKind[T comparable] struct {
	// identity is the record without its decision keys.
	identity func(T) T
	// decisions are the values of the decision keys named in fields.
	decisions func(T) decisions
	fields    [3]string
	pairs     func(T) []pair
}

// decisions are the values of a record's decision keys, three at most.
type decisions [3]string

// filled counts the decision keys that say something.
func (d decisions) filled() int {
	n := 0
	for _, v := range d {
		if v != "" {
			n++
		}
	}
	return n
}

// extends tells whether d keeps every value that other filled.
func (d decisions) extends(other decisions) bool {
	for i, v := range other {
		if v != "" && d[i] != v {
			return false
		}
	}
	return true
}

// compare puts the more decided first: entries that were decided keep their
// ordinal among equals when another one is added or decided later.
func (d decisions) compare(other decisions) int {
	return cmp.Or(
		cmp.Compare(other.filled(), d.filled()),
		cmp.Compare(d[0], other[0]),
		cmp.Compare(d[1], other[1]),
		cmp.Compare(d[2], other[2]),
	)
}

// diffRecords compares two lists of records as multisets.
func diffRecords[T comparable](d *differ, key string, old, new []T, kind func() recordKind[T]) {
	if sameMultiset(old, new) {
		return
	}
	k := kind()
	var order []T // identities as they first appear
	groups := map[T]*recordGroup{}
	group := func(record T) *recordGroup {
		id := k.identity(record)
		g := groups[id]
		if g == nil {
			g = &recordGroup{}
			groups[id] = g
			order = append(order, id)
		}
		return g
	}
	for _, record := range old {
		g := group(record)
		g.old = append(g.old, k.decisions(record))
	}
	for _, record := range new {
		g := group(record)
		g.new = append(g.new, k.decisions(record))
	}
	for _, id := range order {
		g := groups[id]
		if sameMultiset(g.old, g.new) {
			continue
		}
		g.diff(d, Change{Key: key, Entry: entryText(k.pairs(id))}, k.fields)
	}
}

// recordGroup has the decisions of all entries of one identity.
type recordGroup struct {
	old, new []decisions
}

// diff pairs the entries of both sides: first those that did not change, then
// those that only gained a decision, then the rest in order; what has no
// partner was added or removed. base carries the key and the identity.
func (g *recordGroup) diff(d *differ, base Change, fields [3]string) {
	slices.SortFunc(g.old, decisions.compare)
	slices.SortFunc(g.new, decisions.compare)
	partner, taken := g.pair()
	for nth, was := range g.old {
		base.Nth = nth
		if partner[nth] < 0 {
			removed := base
			removed.Kind = Removed
			d.changes = append(d.changes, removed)
			continue
		}
		d.decided(base, fields, was, g.new[partner[nth]])
	}
	base.Nth = len(g.old)
	for i, is := range g.new {
		if taken[i] {
			continue
		}
		added := base
		added.Kind = Added
		d.changes = append(d.changes, added)
		d.decided(base, fields, decisions{}, is)
		base.Nth++
	}
}

// pair gives for each old entry the index of its partner in new, or -1, and
// tells which of the new ones have a partner. Both lists are sorted.
func (g *recordGroup) pair() (partner []int, taken []bool) {
	partner = slices.Repeat([]int{-1}, len(g.old))
	taken = make([]bool, len(g.new))
	g.pairEqual(partner, taken)
	for i, was := range g.old {
		if partner[i] >= 0 {
			continue
		}
		for j, is := range g.new {
			if !taken[j] && is.extends(was) {
				partner[i], taken[j] = j, true
				break
			}
		}
	}
	free := 0
	for i := range g.old {
		if partner[i] >= 0 {
			continue
		}
		for free < len(taken) && taken[free] {
			free++
		}
		if free == len(taken) {
			break
		}
		partner[i], taken[free] = free, true
	}
	return partner, taken
}

// pairEqual pairs what is equal on both sides. Of entries that are equal among
// themselves, the first is then the one that is decided, the last the one that
// is removed: their ordinals stay what earlier changes called them.
func (g *recordGroup) pairEqual(partner []int, taken []bool) {
	if len(g.old) > len(g.new) {
		for i, j := 0, 0; i < len(g.old) && j < len(g.new); {
			switch c := g.old[i].compare(g.new[j]); {
			case c < 0:
				i++
			case c > 0:
				j++
			default:
				partner[i], taken[j] = j, true
				i, j = i+1, j+1
			}
		}
		return
	}
	for i, j := len(g.old)-1, len(g.new)-1; i >= 0 && j >= 0; {
		switch c := g.old[i].compare(g.new[j]); {
		case c > 0:
			i--
		case c < 0:
			j--
		default:
			partner[i], taken[j] = j, true
			i, j = i-1, j-1
		}
	}
}

// decided tells of each decision key whose value differs.
func (d *differ) decided(base Change, fields [3]string, was, is decisions) {
	for i, field := range fields {
		if was[i] == is[i] {
			continue
		}
		c := base
		c.Kind, c.Field, c.Old, c.New = Decided, field, was[i], is[i]
		if was[i] != "" {
			c.Kind = Altered
		}
		d.changes = append(d.changes, c)
	}
}

// entryText writes an identity so that different ones never look alike: one
// "key: value" a line, empty keys left out, values in YAML's one-line form.
func entryText(pairs []pair) string {
	var b strings.Builder
	for _, p := range pairs {
		if p.value == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(p.key)
		b.WriteString(": ")
		b.WriteString(inlineScalar(p.value))
	}
	return b.String()
}
