package site

import (
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/config"
	"suqiu/internal/step"
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

// paperHref is where a step beside cases is taken, of a month, a quarter or a meeting,
// with the cases that it is about.
func paperHref(root, name, number string, cases ...string) string {
	return strings.TrimRight(root+"step.html#"+name+"/"+number+"/"+strings.Join(cases, ","), "/")
}

// deciding is the form in which the decisions of a meeting go into the cases that wait
// for one, and back into its minutes; of no meeting, that of one that is begun. Nil:
// nothing waits, or there are no forms.
func (v *builder) deciding(m *view.Meeting) *Taking {
	var ids []string
	for _, w := range v.Waits {
		if w.Case.Page && (m == nil || m.About(w.Case.ID)) && !slices.Contains(ids, w.Case.ID) {
			ids = append(ids, w.Case.ID)
		}
	}
	if !v.chrome.Forms || len(ids) == 0 {
		return nil
	}
	number := "新"
	if m != nil {
		number = m.ID
	}
	return &Taking{"填写会议决定 " + strconv.Itoa(len(ids)) + " 件",
		paperHref("../", step.ResolutionStep, number, ids...)}
}

// reporting is the form for what became of what a meeting decided.
func (v *builder) reporting(m *view.Meeting) *Taking {
	owed := slices.ContainsFunc(m.Topics, func(t view.Topic) bool { return t.Due != 0 && t.Done == "" })
	if !v.chrome.Forms || !owed {
		return nil
	}
	return &Taking{"填写" + step.CarriedOutStep, paperHref("../", step.CarriedOutStep, m.ID)}
}
