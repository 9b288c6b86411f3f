// Package facts lays out what a case's file says, by the schema: as facts under the
// labels of the page, and each record as the paper form is.
package facts

import (
	"slices"
	"strings"

	"suqiu/internal/frontmatter"
	"suqiu/internal/prose"
	"suqiu/internal/record"
	"suqiu/internal/view"
)

// Fact is one line of the summary.
type Fact struct {
	Key  string
	Text []prose.Segment
}

// plain is a text without links; none if it is empty.
func plain(text string) []prose.Segment {
	if text == "" {
		return nil
	}
	return []prose.Segment{{Text: text}}
}

// Form is one record of the case, laid out as the paper form is.
type Form struct {
	Title string
	Light view.Light // Kind is empty if there is nothing to decide
	Facts []Fact
}

// Reader knows where what a case names has a page.
type Reader struct {
	Cases *prose.Renderer
	// Meeting is the way to the page of a meeting; empty if there is none.
	Meeting func(id string) string
}

// Outcome says how a closed case ended: the last answer and the last word on it.
func Outcome(c *record.Case) []Fact {
	var feedback, evaluation string
	if n := len(c.Feedback); n > 0 {
		feedback = c.Feedback[n-1].Result
	}
	if n := len(c.Evaluations); n > 0 {
		evaluation = c.Evaluations[n-1].Result + "（" + c.Evaluations[n-1].Method + "）"
	}
	return filled("办理结果", feedback, "评估", evaluation, "不推送原因", c.NotPushed,
		"并入", c.MergedInto, "撤回原因", c.WithdrawReason)
}

// Of are the keys of a case that a page shows and that have a value, in the order of
// the schema but for those that say behind which other one they stand.
func (v *Reader) Of(c *record.Case) []Fact {
	var list []Fact
	keys := record.Schema().Keys
	for i := range keys {
		k := &keys[i]
		if k.Page.Label == "" || k.List != nil {
			continue
		}
		if n := len(list); n > 0 && list[n-1].Key == k.Page.Label {
			list[n-1].Text = apart(list[n-1].Text, v.shown(k, c))
			continue
		}
		at := len(list)
		if k.Page.After != "" {
			at = 1 + slices.IndexFunc(list, func(f Fact) bool { return f.Key == k.Page.After })
		}
		list = slices.Insert(list, at, Fact{k.Page.Label, v.shown(k, c)})
	}
	return slices.DeleteFunc(list, func(f Fact) bool { return len(f.Text) == 0 })
}

// apart is two texts with a wide blank between.
func apart(a, b []prose.Segment) []prose.Segment {
	if len(a) == 0 || len(b) == 0 {
		return append(a, b...)
	}
	return slices.Concat(a, plain("　"), b)
}

// shown is the value of a key of a case as the page shows it, empty if it says
// nothing or what goes without saying. One under a label that is not its name
// says which it is.
func (v *Reader) shown(k *record.Key, c *record.Case) []prose.Segment {
	if k.Shape == record.Record {
		var all []prose.Segment
		for i := range k.Fields {
			all = apart(all, v.value(&k.Fields[i], k.At(c)))
		}
		return all
	}
	text := frontmatter.TextOf(k.At(c))
	if names, ok := k.At(c).(*[]string); ok {
		text = strings.Join(*names, "、")
	}
	switch {
	case text == "" || text == k.Default:
		return nil
	case !strings.HasPrefix(k.Name, k.Page.Label):
		return plain(k.Name + text)
	}
	return plain(text + k.Page.Unit)
}

// value is what a record says under a key; the 编号 of another case leads there.
func (v *Reader) value(k *record.Key, entry any) []prose.Segment {
	text := k.Text(entry)
	switch {
	case text == "":
		return nil
	case k.Type == record.CaseID:
		return v.Cases.Links(text)
	}
	return plain(text + k.Page.Unit)
}

// filled are facts by key and value in turn, without those that have no value.
func filled(pairs ...string) []Fact {
	var list []Fact
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			list = append(list, Fact{pairs[i], plain(pairs[i+1])})
		}
	}
	return list
}

// Forms lays the records of a case out as the paper forms are, in the order
// of the file.
func (v *Reader) Forms(c *record.Case) []Form {
	var list []Form
	keys := record.Schema().Keys
	for i := range keys {
		k := &keys[i]
		if k.List == nil {
			continue
		}
		for n := range k.List.Len(c) {
			entry := k.List.At(c, n)
			form := Form{Title: k.Page.Label, Facts: v.fields(k, entry)}
			if k.List.Unit != nil {
				if len(form.Facts) == 0 {
					continue // not answered yet
				}
				form.Facts = slices.Insert(form.Facts, 0, Fact{"单位", plain(*k.List.Unit(entry))})
			}
			for j := range k.Fields {
				if f := &k.Fields[j]; f.Decision && f.Type == record.Enum {
					form.Light = decided(f.Text(entry))
				}
			}
			list = append(list, form)
		}
	}
	return list
}

// fields are the keys of an entry that say something.
func (v *Reader) fields(k *record.Key, entry any) []Fact {
	var list []Fact
	for i := range k.Fields {
		if f := &k.Fields[i]; !f.Page.Hidden {
			text := v.value(f, entry)
			if f.Name == "依据" {
				text = v.basis(f.Text(entry))
			}
			if len(text) > 0 {
				list = append(list, Fact{f.Name, text})
			}
		}
	}
	return list
}

// decided is the light of a decision key.
func decided(decision string) view.Light {
	switch decision {
	case "":
		return view.Light{Kind: "pending", Text: "待确认"}
	case "不成立", "不同意", "退回":
		return view.Light{Kind: "cancelled", Text: decision}
	}
	return view.Light{Kind: "met", Text: decision}
}

// basis is the 依据 of a decision; if it is a meeting, it leads there.
func (v *Reader) basis(id string) []prose.Segment {
	if href := v.Meeting(id); href != "" {
		return []prose.Segment{{Text: id, Href: href}}
	}
	return plain(id)
}
