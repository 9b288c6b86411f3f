package demo

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/frontmatter"
	"suqiu/internal/mdfile"
	"suqiu/internal/record"
	"suqiu/internal/workday"
)

// Facts become typed values here: what a commit sets, appends and decides. The
// schema of a case says where each key lives.

// set gives one key of a case its value; sub are the keys below it.
func set(c *record.Case, f fact) error {
	if f.key == "分级" { // 涉及面 影响度 复杂度 in one line
		grades := strings.Fields(f.value)
		if len(grades) != 3 {
			return fmt.Errorf("分级 needs three grades: %q", f.value)
		}
		c.Reach, c.Impact, c.Complexity = grades[0], grades[1], grades[2]
		return nil
	}
	k := record.Schema().Key(f.key)
	switch {
	case k == nil:
		return fmt.Errorf("a case has no key %q", f.key)
	case k.Shape == frontmatter.ByUnit:
		return answer(c, k, f.sub)
	case k.List != nil:
		return addEntry(c, k, f)
	case k.Shape == frontmatter.Record:
		return fill(k.At(c), k.Fields, f.sub)
	}
	if err := put(k.At(c), f); err != nil {
		return err
	}
	if f.key == "协办单位" {
		seedCoFeedback(c)
	}
	return nil
}

// put reads a value as what it is to become.
func put(into any, f fact) error {
	var err error
	switch into := into.(type) {
	case *string:
		*into = f.value
	case *[]string:
		*into = names(f.value)
	case *workday.Date:
		if *into = 0; f.value != "" {
			*into, err = workday.Parse(f.value)
		}
	case *int:
		if *into, err = strconv.Atoi(f.value); err != nil {
			return fmt.Errorf("%s: not a number: %q", f.key, f.value)
		}
	default:
		return fmt.Errorf("%s: no value of this kind can be set", f.key)
	}
	return err
}

// fill sets the keys of an entry.
func fill(entry any, keys []frontmatter.Key, values facts) error {
	for _, f := range values {
		k := frontmatter.Find(keys, f.key)
		if k == nil {
			return fmt.Errorf("an entry has no key %q", f.key)
		}
		if err := put(k.At(entry), f); err != nil {
			return err
		}
	}
	return nil
}

// addEntry appends an entry to a list, or fills in the decision of the last one
// if only decision keys are given.
func addEntry(c *record.Case, k *frontmatter.Key, f fact) error {
	asks := func(s fact) bool { field := frontmatter.Find(k.Fields, s.key); return field == nil || !field.Decision }
	if slices.ContainsFunc(f.sub, asks) {
		return fill(k.List.Add(c), k.Fields, f.sub)
	}
	n := k.List.Len(c)
	if n == 0 {
		return fmt.Errorf("no %s to decide", f.key)
	}
	return fill(k.List.At(c, n-1), k.Fields, f.sub)
}

// answer fills in what units answer, each in its own entry.
func answer(c *record.Case, k *frontmatter.Key, answers facts) error {
	for _, a := range answers {
		i := slices.IndexFunc(c.CoFeedback, func(x record.CoFeedback) bool { return x.Unit == a.key })
		if i < 0 {
			return fmt.Errorf("%s is no co-handler", a.key)
		}
		if err := put(k.Fields[0].At(k.List.At(c, i)), a); err != nil {
			return err
		}
	}
	return nil
}

// seedCoFeedback gives each co-handler its key, as the push does, and drops
// the unanswered keys of units that are co-handlers no more.
func seedCoFeedback(c *record.Case) {
	kept := slices.DeleteFunc(slices.Clone(c.CoFeedback), func(x record.CoFeedback) bool {
		return x.Result == "" && !slices.Contains(c.Co, x.Unit)
	})
	for _, unit := range c.Co {
		if !slices.ContainsFunc(kept, func(x record.CoFeedback) bool { return x.Unit == unit }) {
			kept = append(kept, record.CoFeedback{Unit: unit})
		}
	}
	c.CoFeedback = kept
}

// writeSection replaces a body section.
func writeSection(c *record.Case, t text) error {
	for i := range c.Sections {
		if c.Sections[i].Heading == t.heading {
			c.Sections[i].Text = strings.TrimSpace(t.body)
			return nil
		}
	}
	return fmt.Errorf("no such body section: %q", t.heading)
}

// emptyBody has the four sections without text.
func emptyBody() []mdfile.Section {
	var sections []mdfile.Section
	for _, h := range record.Headings() {
		sections = append(sections, mdfile.Section{Heading: h})
	}
	return sections
}

func names(value string) []string {
	return strings.FieldsFunc(value, func(r rune) bool { return r == '、' })
}
