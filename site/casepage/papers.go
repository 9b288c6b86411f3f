package casepage

import (
	"slices"

	"suqiu/internal/forms"
	"suqiu/internal/view"
	"suqiu/internal/workflow"
)

// Downloads are the forms of a case that the site holds: those that it may
// still need, filled with the last record or blank.
func (p *Page) Downloads() []view.Download {
	var list []view.Download
	for _, k := range Papers(p.Case) {
		text := string(k)
		if k.Count(p.Case.Text) == 0 {
			text += "（空白）"
		}
		list = append(list, view.Download{Text: text, Path: PaperPath(p.Case.ID, k),
			Name: p.Case.ID + "-" + string(k) + ".docx"})
	}
	return list
}

// Papers are the forms that a case may need: the papers of a closed one are
// on file, and `suqiu form` still writes them.
func Papers(e *view.Case) []forms.Kind {
	if e.Text == nil || !e.Page || !e.Open() {
		return nil
	}
	return slices.DeleteFunc(forms.Kinds(), func(k forms.Kind) bool {
		if k.Count(e.Text) > 0 {
			return false
		}
		if k == forms.Urging {
			return e.Text.Life.PastDue() == nil
		}
		switch e.Text.Life.State {
		case workflow.Pushed, workflow.Handling:
			return k == forms.Improvement
		case workflow.Evaluating:
			return k != forms.Improvement
		}
		return true
	})
}

// PaperPath is where a form of a case lies, from the root of the site.
func PaperPath(id string, k forms.Kind) string {
	name := map[forms.Kind]string{forms.Statement: "statement", forms.Extension: "extension",
		forms.Improvement: "improvement", forms.Urging: "urging"}[k]
	return "forms/" + id + "-" + name + ".docx"
}
