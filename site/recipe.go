package site

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"suqiu/internal/report"
)

// basis is a digest of all that a file, or a piece of one, is made of, beside
// what all files are made of alike; the zero one stands for what cannot be told.
type basis [16]byte

// key names a piece that is made of that; empty: nothing does.
func (b basis) key() string {
	if b == (basis{}) {
		return ""
	}
	return fmt.Sprintf("%x", b[:])
}

// recipe gathers what a file is made of.
type recipe struct {
	all     []byte
	unknown bool
}

func newRecipe(texts ...string) *recipe {
	r := &recipe{all: make([]byte, 0, 256)}
	r.texts(texts...)
	return r
}

func (r *recipe) texts(texts ...string) {
	for _, s := range texts {
		r.number(len(s))
		r.all = append(r.all, s...)
	}
}

func (r *recipe) number(n int) { r.all = binary.BigEndian.AppendUint64(r.all, uint64(n)) }

func (r *recipe) add(b basis) {
	r.unknown = r.unknown || b == basis{}
	r.all = append(r.all, b[:]...)
}

// cases adds all that can be told of some cases.
func (r *recipe) cases(list []*Element) {
	r.number(len(list))
	for _, e := range list {
		r.add(e.basis)
	}
}

func (r *recipe) basis() (b basis) {
	if sum := sha256.Sum256(r.all); !r.unknown {
		copy(b[:], sum[:])
	}
	return b
}

// basisOf is what every file that shows a case is made of.
func basisOf(e *Element) basis {
	if e.mark == "" {
		return basis{}
	}
	return newRecipe(e.ID, e.mark, strconv.FormatBool(e.Page), strconv.FormatBool(e.Text != nil)).basis()
}

// basisOfPage is what the page and the forms of a case are made of.
func (v *view) basisOfPage(e *Element) basis {
	r := newRecipe()
	r.add(e.basis)
	if e.Text != nil {
		first, more := v.related(e)
		for _, list := range [...][]Relation{first, more} {
			for i := range list {
				l := &list[i]
				r.texts(l.Label, l.ID, l.Name, l.Href, string(l.State))
			}
		}
		for i := range e.Text.Sections {
			// A text that may lead to other cases follows from which there are.
			if strings.ContainsAny(e.Text.Sections[i].Text, "[<") {
				r.add(v.pages)
				break
			}
		}
	}
	return r.basis()
}

// hashPages is a digest of which cases have a page.
func (v *view) hashPages() basis {
	r := newRecipe()
	for _, e := range v.cases {
		if e.Page {
			r.texts(e.ID)
		}
	}
	return r.basis()
}

// basisOfList is what a list of cases under a name is made of.
func basisOfList(cases []*Element, name string) basis {
	r := newRecipe(name)
	r.cases(cases)
	return r.basis()
}

// basisOfReport is what the Word and Excel files of a report are made of.
func basisOfReport(d *report.Document) basis {
	data, err := json.Marshal(d)
	if err != nil {
		panic(err) // a Document is made of texts and numbers
	}
	return newRecipe(string(data)).basis()
}

// basisOfReportPage is what the page of a quarter's report is made of.
func (v *view) basisOfReportPage(i int, p *reportPage) basis {
	r := v.basisOfFigures(i)
	r.texts(p.Title, p.Previous, p.Next)
	r.add(v.pages) // that it links to
	return r.basis()
}

// basisOfFigures is what everything is made of that shows the figures and lists
// of a quarter.
func (v *view) basisOfFigures(i int) *recipe {
	figures, err := json.Marshal(&v.quarters[i])
	if err != nil {
		panic(err) // figures are made of texts and numbers
	}
	r := newRecipe(string(figures))
	r.add(v.bases[i]())
	return r
}
