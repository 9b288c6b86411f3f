package site

import (
	"bytes"
	"encoding/json"

	"suqiu/internal/changes"
	"suqiu/internal/config"
	"suqiu/internal/sitedir"
	"suqiu/internal/view"
	"suqiu/internal/workday"
	"suqiu/site/feeds"
	"suqiu/site/morning"
)

// changesPage is 每日变化: what is new on one working day.
type changesPage struct {
	Frame
	*morning.DayPage
	Untold string     // what the edition leaves out
	Pages  []PageLink // of the same day; empty if there is only one
}

// changeFiles are the pages of the latest working days, and the feed that leads to them.
func (v *builder) changeFiles() []file {
	files := []file{{path: "feeds/changes.atom", write: func(b *bytes.Buffer) error {
		page := func(day workday.Date) string { return morning.Path(day, 0) }
		_, err := feeds.Changes(v.View, v.morning.Days, page, v.chrome.Org).WriteTo(b)
		return err
	}}}
	for _, day := range morning.Pages(v.morning.Days, rowsPerPage) {
		name := day.Day.String()
		data := &changesPage{DayPage: day, Untold: changes.Untold(v.Edition),
			Pages: numberedLinks(name, len(day.Sheets), day.Sheet)}
		files = append(files, v.files(page{day.Path(), "changes", nthPage(name+" 的变化", day.Sheet), "index",
			func() framed { return data }, func() sitedir.InputHash { return day.Hash() }})...)
	}
	return files
}

// ownFiles are what the first page opens with where the reader has chosen his unit, and
// the units that there are to choose from. They are scripts: nothing else can be read
// from a folder.
func (v *builder) ownFiles() []file {
	files := []file{{path: "units.js", write: v.unitsScript}}
	for _, u := range v.units {
		files = append(files, file{path: "units/" + u.Code + ".js", write: func(b *bytes.Buffer) error {
			html, err := v.sheets.Part("index", "own", v.morning.Own(u))
			if err != nil {
				return err
			}
			return call(b, "suqiuUnit.show", u.Code, html)
		}})
	}
	return files
}

// unitsScript lists the units by kind, each with its code, its name and whether it is
// the office, whose lists are those of the whole bureau.
func (v *builder) unitsScript(b *bytes.Buffer) error {
	list := func(units []*view.Unit) (rows [][3]any) {
		for _, u := range units {
			if u.Page {
				rows = append(rows, [3]any{u.Code, u.Name, u.Has(config.Office)})
			}
		}
		return rows
	}
	members, counties := v.byKind()
	return call(b, "suqiuUnit.start", list(members), list(counties))
}

// call writes a script that calls a function.
func call(b *bytes.Buffer, name string, args ...any) error {
	data, err := json.Marshal(args)
	if err != nil {
		return err
	}
	b.WriteString(name + "(")
	b.Write(data[1 : len(data)-1])
	b.WriteString(");\n")
	return nil
}
