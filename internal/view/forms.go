package view

import (
	"context"

	"suqiu/internal/form/trail"
)

// Forms is what the forms of the site are told.
type Forms struct {
	view   *View
	writer *trail.Writer
}

// Forms is what forms are told by this edition.
func (v *View) Forms() *Forms { return &Forms{v, trail.NewWriter(v.register.Env())} }

// Bureau is what all cases share, as JSON.
func (f *Forms) Bureau() []byte {
	var ids []string
	for _, c := range f.view.register.Cases {
		ids = append(ids, c.ID)
	}
	for _, m := range f.view.register.Meetings {
		ids = append(ids, m.ID)
	}
	return f.writer.Bureau(len(f.view.Head), ids)
}

// Case is what is told of a case, as JSON. The text of one that is 仅要素 is for who
// may read the repository, in either edition; where this edition hides the content
// of a case, nothing is told of how it came where it is, either.
func (f *Forms) Case(ctx context.Context, e *Case) ([]byte, error) {
	told := trail.Case{ID: e.ID, Path: e.Path, Restricted: e.Scoped}
	if e.Text == nil {
		return f.writer.Case(told, nil, nil), nil
	}
	if e.Text.Masked { // what is masked could be guessed until it fits the name of the version
		return f.writer.Case(told, nil, nil), nil
	}
	src := e.Text.Source()
	text := string(src)
	told.Blob = trail.Blob(text, len(f.view.Head))
	if !e.Scoped {
		told.Text = text
	}
	h, err := f.view.register.History(ctx, e.ID)
	return f.writer.Case(told, src, h), err
}

// ReleaseHistory lets go of what only Forms.Case needs. A case that is told of
// later is told of all the same, and takes longer.
func (v *View) ReleaseHistory() { v.register.ReleaseHistory() }

// Fillable are the cases on which a step can be taken in a form.
func (f *Forms) Fillable() (list []*Case) {
	for _, e := range f.view.Cases {
		if e.Page && e.Open() && (e.Text == nil || !e.Text.Broken) {
			list = append(list, e)
		}
	}
	return list
}
