package site

import (
	"slices"

	"suqiu/internal/record"
	"suqiu/internal/view"
)

// forms lays the records of a case out as the paper forms are, in the order
// of the file.
func (v *builder) forms(c *record.Case) []Form {
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
func (v *builder) fields(k *record.Key, entry any) []Fact {
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
