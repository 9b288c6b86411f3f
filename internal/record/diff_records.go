package record

import (
	"cmp"
	"slices"
	"strings"

	"suqiu/internal/yamltext"
)

// decisions are the values of a record's decision keys.
type decisions []string

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
	return cmp.Or(cmp.Compare(other.filled(), d.filled()), slices.Compare(d, other))
}

// decisionsOf are the values of an entry's decision keys.
func decisionsOf(k *Key, entry any) decisions {
	var list decisions
	for i := range k.Fields {
		if f := &k.Fields[i]; f.Decision {
			list = append(list, f.Text(entry))
		}
	}
	return list
}

// identity is what identifies an entry, its keys that decide nothing, written so
// that different ones never look alike: one "key: value" a line, empty keys left
// out, values in YAML's one-line form.
func identity(k *Key, entry any) string {
	var b strings.Builder
	for i := range k.Fields {
		f := &k.Fields[i]
		if f.Decision {
			continue
		}
		text := f.Text(entry)
		if text == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(f.Name)
		b.WriteString(": ")
		b.WriteString(yamltext.InlineScalar(text))
	}
	return b.String()
}

// Index finds the entry that a change of a list of records is about: its
// place in the list of c that the change's key names, or -1. Of equal entries
// it takes the one of the change's ordinal, or the last.
func (c *Case) Index(ch Change) int {
	k := caseSchema.Key(ch.Key)
	if k == nil || k.Shape != Records {
		return -1
	}
	found, nth := -1, 0
	for i := range k.List.Len(c) {
		if identity(k, k.List.At(c, i)) != ch.Entry {
			continue
		}
		found = i
		if nth == ch.Nth {
			break
		}
		nth++
	}
	return found
}

// records compares two lists of records as multisets.
func (d *differ) records(k *Key, old, new any) {
	if k.List.Same(old, new) {
		return
	}
	var order []string // identities as they first appear
	groups := map[string]*recordGroup{}
	group := func(entry any) *recordGroup {
		id := identity(k, entry)
		g := groups[id]
		if g == nil {
			g = &recordGroup{}
			groups[id] = g
			order = append(order, id)
		}
		return g
	}
	for i := range k.List.Len(old) {
		entry := k.List.At(old, i)
		g := group(entry)
		g.old = append(g.old, decisionsOf(k, entry))
	}
	for i := range k.List.Len(new) {
		entry := k.List.At(new, i)
		g := group(entry)
		g.new = append(g.new, decisionsOf(k, entry))
	}
	for _, id := range order {
		groups[id].diff(d, k, Change{Key: k.Name, Entry: id})
	}
}

// recordGroup has the decisions of all entries of one identity.
type recordGroup struct {
	old, new []decisions
}

// diff pairs the entries of both sides: first those that did not change, then
// those that only gained a decision, then the rest in order; what has no
// partner was added or removed. base carries the key and the identity.
func (g *recordGroup) diff(d *differ, k *Key, base Change) {
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
		d.decided(k, base, was, g.new[partner[nth]])
	}
	base.Nth = len(g.old)
	for i, is := range g.new {
		if taken[i] {
			continue
		}
		added := base
		added.Kind = Added
		d.changes = append(d.changes, added)
		d.decided(k, base, nil, is)
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

// decided tells of each decision key whose value differs; was is nil for an
// entry that was added.
func (d *differ) decided(k *Key, base Change, was, is decisions) {
	i := 0
	for j := range k.Fields {
		if !k.Fields[j].Decision {
			continue
		}
		c := base
		c.Kind, c.Field, c.New = Decided, k.Fields[j].Name, is[i]
		if was != nil {
			c.Old = was[i]
		}
		if c.Old != "" {
			c.Kind = Altered
		}
		if c.Old != c.New {
			d.changes = append(d.changes, c)
		}
		i++
	}
}
