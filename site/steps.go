package site

import (
	"strconv"
	"strings"

	"suqiu/internal/config"
	"suqiu/internal/view"
	"suqiu/internal/workflow"
)

// stepPage is the page with forms for what can be done, which its script draws.
type stepPage struct {
	Frame
	Forge *config.Forge // where the steps go; nil: nobody said
}

func (v *builder) stepPage() framed { return &stepPage{Forge: v.Config.Forge()} }

// stepHref is where a step of some cases is taken, from a page whose way to the
// root of the site is known; without a name it is where one chooses.
func stepHref(root, name string, cases ...*view.Case) string {
	var ids []string
	for _, e := range cases {
		ids = append(ids, e.ID)
	}
	href := root + "step.html#" + strings.Join(ids, ",")
	if name != "" {
		href += "/" + name
	}
	return href
}

// Taking is one step that several cases wait for, in one form.
type Taking struct{ Text, Href string }

// taking is the step of those of some cases that are in a state; nil if none is.
func (v *builder) taking(root, name string, state workflow.State, list []*view.Case) *Taking {
	var waiting []*view.Case
	for _, e := range list {
		if e.Page && e.In(state) {
			waiting = append(waiting, e)
		}
	}
	if !v.chrome.Forms || len(waiting) == 0 {
		return nil
	}
	return &Taking{name + " " + strconv.Itoa(len(waiting)) + " 件", stepHref(root, name, waiting...)}
}
