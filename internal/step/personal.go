package step

import (
	"slices"
	"strings"

	"suqiu/internal/caserules"
	"suqiu/internal/config"
	"suqiu/internal/privacy"
	"suqiu/internal/problem"
	"suqiu/internal/workday"
)

// landed are the texts of the case in which numbers stand that have landed.
func (s *Scene) landed() [][]byte {
	var list [][]byte
	if s.History != nil {
		for _, f := range s.History.Flagged {
			list = append(list, f.Text)
		}
	}
	return list
}

// personal finds what a text says of persons and enterprises that no landed one
// has said.
func (s *Scene) personal(text string, before [][]byte) []problem.Problem {
	type number struct {
		kind  privacy.Kind
		value string
	}
	landed := map[number]bool{}
	for _, old := range before {
		for _, sp := range privacy.Scan(old) {
			landed[number{sp.Kind, sp.Value}] = true
		}
	}
	var list []problem.Problem
	at := caserules.NewLines([]byte(text))
	for _, sp := range privacy.Scan(at.Text) {
		if landed[number{sp.Kind, sp.Value}] || sp.Kind == privacy.Email && s.known(sp.Value) {
			continue
		}
		p := problem.Problem{Rule: sp.Kind.Rule()}
		caserules.TellPersonal(&p, sp, at)
		list = append(list, p)
	}
	return list
}

// known reports whether suqiu.yaml has an address.
func (s *Scene) known(email string) bool {
	actor := s.Env.Actor
	if actor == nil {
		actor = s.Env.Config.Actor
	}
	a := actor(email, workday.Of(s.Now))
	return a.Bot || len(a.Units) > 0 || slices.ContainsFunc(s.Env.Config.People,
		func(p config.Person) bool { return strings.EqualFold(p.Email, email) })
}
