package site

import (
	"bytes"

	"suqiu/internal/view"
	"suqiu/site/daily"
)

// dailyPage is 晨报.
type dailyPage struct {
	Frame
	Sheet *daily.Sheet
}

func (v *builder) dailyPage() framed { return &dailyPage{Frame: v.dated(), Sheet: v.sheet()} }

// newSheet is the sheet of the as-of day; where there are forms, it leads to that of 督办.
func (v *builder) newSheet(was *daily.Headline) *daily.Sheet {
	var form daily.Form
	if v.chrome.Forms {
		form = func(cases []*view.Case) string { return stepHref("", "督办", cases...) }
	}
	return daily.New(v.View, v.morning.Days, was, form)
}

// dailyFiles are the sheet as Word.
func (v *builder) dailyFiles() []file {
	return []file{{path: "daily.docx", write: func(b *bytes.Buffer) error { return v.sheet().Document().Write(b) }}}
}
