package record

import "suqiu/internal/frontmatter"

// Diff says what new states and old did not, and the other way round: by key,
// entry and body section, in the order of the schema. Layout, the order of
// names, entries and keys, and comments are no difference. A nil Case states
// nothing, so Diff(nil, c) is everything that c states.
//
// A record is identified by its keys other than 决定, 依据, 准延天数, 审核 and 退回原因,
// and lists of records compare as multisets: an entry that is there once more
// is Added, one that is there once less is Removed, and a decision key of an
// entry on both sides is Decided when it was empty, Altered (perhaps to
// nothing) when it was filled. An entry added with its decision is Added and
// Decided, because these are two acts, often of two units.
//
// Two versions that state the same give nil, without allocation.
func Diff(old, new *Case) []Change {
	if old == nil {
		old = &Case{}
	}
	if new == nil {
		new = &Case{}
	}
	return diffOf(caseSchema, old, new)
}

func diffOf(s *frontmatter.Schema, old, new *Case) []Change {
	if old == new {
		return nil
	}
	var d differ
	d.keys(nil, s.Keys, old, new)
	d.sections(s, old.Sections, new.Sections)
	return d.changes
}

// differ collects changes; as long as nothing differs it allocates nothing.
type differ struct {
	changes []Change
}

// keys compares the values of keys in two owners; of is the record that
// they belong to, nil at the top.
func (d *differ) keys(of *Key, keys []Key, old, new any) {
	for i := range keys {
		switch k := &keys[i]; k.Shape {
		case Records:
			d.records(k, old, new)
		case ByUnit:
			d.answers(k, old, new)
		case Record:
			d.keys(k, k.Fields, k.At(old), k.At(new))
		default:
			if !frontmatter.Same(k.At(old), k.At(new)) {
				path := k.Name
				if of != nil {
					path = of.Name + "." + path
				}
				d.set(path, k.Text(old), k.Text(new))
			}
		}
	}
}

func (d *differ) set(key, old, new string) {
	if old != new {
		d.changes = append(d.changes, Change{Kind: Set, Key: key, Old: old, New: new})
	}
}

// answers compares what each unit answered. A unit without a key and a unit with
// an empty answer state the same, so seeding keys is no change.
func (d *differ) answers(k *Key, old, new any) {
	if k.List.Same(old, new) {
		return
	}
	before, after := answers(k, old), answers(k, new)
	for _, owner := range [2]any{new, old} {
		for i := range k.List.Len(owner) {
			unit := *k.List.Unit(k.List.At(owner, i))
			if a, b := before[unit], after[unit]; a != b {
				d.changes = append(d.changes, Change{Kind: Set, Key: k.Name, Field: unit, Old: a, New: b})
			}
			// Told of once; both sides are now equal (and absent).
			delete(before, unit)
			delete(after, unit)
		}
	}
}

// answers maps units to what they answered; of a unit that stands there twice
// the first counts.
func answers(k *Key, owner any) map[string]string {
	m := map[string]string{}
	for i := range k.List.Len(owner) {
		entry := k.List.At(owner, i)
		unit := *k.List.Unit(entry)
		if _, ok := m[unit]; !ok {
			m[unit] = k.Fields[0].Text(entry)
		}
	}
	return m
}

// ChangeKind says what a Change does.
type ChangeKind uint8

// The kinds of change.
const (
	Set     ChangeKind = iota // a scalar, a list of names, a body section: Old → New
	Added                     // a record was added
	Removed                   // a record is gone
	Decided                   // a decision key of a record was filled: "" → New
	Altered                   // a filled decision key got another value
)

// Change is one thing that a version states and another did not, compared by
// key, entry and body section. Two equal statements have equal Changes: the
// type is comparable, and layout, order and comments never show in it.
type Change struct {
	Kind  ChangeKind
	Key   string // 状态, 说明单, 会议议定期限.日期, 协办反馈, "## 办理情况"
	Field string // Decided, Altered: 决定 依据 准延天数 审核 退回原因; 协办反馈: the unit
	Entry string // records: the entry's identity (its non-decision keys) as text
	Nth   int    // records: ordinal among entries of equal identity
	Old   string
	New   string
}
