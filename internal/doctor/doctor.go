// Package doctor says whether an installation is fit: the computer of a liaison
// officer, the project as Git shows it, and the server with its hook. Each check
// is one value, and whatever is not well comes with its cure.
package doctor

import (
	"fmt"
	"io"
	"slices"

	"suqiu/internal/terminal"
)

// Place is where a check looks.
type Place string

// The places.
const (
	Computer Place = "电脑"  // a clone with a work tree
	Project  Place = "项目"  // what landed
	Server   Place = "服务器" // a bare repository
	Website  Place = "网站"  // the folder that people read, if it is asked for
)

// State is how a check ended.
type State string

// The states.
const (
	Fit      State = "正常"
	Consider State = "注意"
	Mend     State = "要处理"
)

// Check is one question.
type Check struct {
	Slug  string
	Place Place
	Title string
	look  func(p *Patient, tell func(state State, what, cure string))
}

// Result is its answer.
type Result struct {
	Slug  string `json:"slug"`
	Place Place  `json:"place"`
	Title string `json:"title"`
	State State  `json:"state"`
	What  string `json:"what"` // what was found; empty if all is well
	Cure  string `json:"cure"` // what to do; empty if nothing is to be done
}

// Checks are all checks, in the order in which people read them.
func Checks() []Check { return append(append(computer(), project()...), server()...) }

// Examine answers every check that concerns the patient. The worst that a check
// tells of counts.
func Examine(p *Patient) []Result {
	var list []Result
	for _, c := range Checks() {
		if p.Repo.Bare() && c.Place == Computer || !p.Repo.Bare() && c.Place == Server ||
			p.Site == nil && c.Place == Website {
			continue
		}
		r := Result{Slug: c.Slug, Place: c.Place, Title: c.Title, State: Fit}
		c.look(p, func(state State, what, cure string) {
			if r.State == Fit || r.State == Consider && state == Mend {
				r.State, r.What, r.Cure = state, what, cure
			}
		})
		list = append(list, r)
	}
	return list
}

// Ill reports whether anything must be done.
func Ill(results []Result) bool {
	return slices.ContainsFunc(results, func(r Result) bool { return r.State == Mend })
}

// Write tells of each check, with the cures below what is not well.
func Write(w io.Writer, results []Result) {
	var t terminal.Table
	counts := map[State]int{}
	for _, r := range results {
		t.Row(string(r.State), string(r.Place), r.Title)
		counts[r.State]++
	}
	t.Write(w)
	for _, r := range results {
		if r.State != Fit {
			fmt.Fprintf(w, "\n%s［%s］%s：%s\n  改法：%s\n", r.State, r.Slug, r.Title, r.What, r.Cure)
		}
	}
	fmt.Fprintf(w, "\n正常 %d 项，注意 %d 项，要处理 %d 项\n", counts[Fit], counts[Consider], counts[Mend])
}
