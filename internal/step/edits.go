package step

import (
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/clock"
	"suqiu/internal/frontmatter"
	"suqiu/internal/record"
	"suqiu/internal/replay"
	"suqiu/internal/workflow"
)

// laterRank puts what is seldom done behind the steps of the table.
const laterRank = 5

// Usual reports whether the step is one that a case of this state waits for.
func (st *Step) Usual() bool { return st.Rank < 3 }

// unlisted are the steps without a change of state that the table tells of but
// does not offer: a record of which the schema says who may file it, the decision
// of a co-handler's objection, and 更正.
func (s *Scene) unlisted(next []workflow.Next) []workflow.Next {
	var list []workflow.Next
	keys := record.Schema().Keys
	for i := range keys {
		k := &keys[i]
		offered := slices.ContainsFunc(next, func(n workflow.Next) bool {
			return n.Row == 0 && n.Of.Record.Key == k.Name && !n.Of.Record.Decides
		})
		if k.Shape != record.Records || k.Moves || offered || k.Name == proxyKey ||
			k.Name == s.table().Correction.Record.Key || !k.Write.Holds(string(s.Life.State)) ||
			k.Write.By == record.Lead {
			continue
		}
		list = append(list, s.filing(k))
	}
	list = append(list, s.table().Waiting(s.Case, s.Life)...)
	list = append(list, s.coObjections()...)
	return append(list, s.correction())
}

// filing is the step that files a record.
func (s *Scene) filing(k *record.Key) workflow.Next {
	row := &workflow.Row{Title: k.Name, Who: []record.Party{k.Write.By}, Record: workflow.ListEntry{Key: k.Name}}
	steps := s.table().Steps
	if i := slices.IndexFunc(steps, func(r workflow.Row) bool { return r.Record.Key == k.Name }); i >= 0 {
		row = &steps[i]
	}
	n := workflow.Next{Title: row.Title, Rank: laterRank, Who: parties(row.Who), Of: row, With: k.Note}
	for j := range k.Fields {
		f := &k.Fields[j]
		in := workflow.Input{Key: k.Name + "[+]." + f.Name, Of: &workflow.Field{Key: k.Name + "." + f.Name}}
		if f.Optional || f.Extra {
			in.Need = workflow.Allowed
		}
		if k.Write.By == record.Evaluator && f.Type == record.Unit && s.Email != "" {
			in.Value = s.ownUnit()
		}
		n.Inputs = append(n.Inputs, in)
	}
	return n
}

// ownUnit is the unit of whoever takes the step, unless he may act for others.
func (s *Scene) ownUnit() string {
	a := s.actor()
	if len(a.Units) != 1 || a.Has("联席办") {
		return ""
	}
	return a.Units[0]
}

// coObjections are the decisions of what co-handlers object.
func (s *Scene) coObjections() []workflow.Next {
	row := &workflow.Row{Title: "决定协办异议", Who: []record.Party{record.Office}, Judges: true,
		Record: workflow.ListEntry{Key: "说明单", Decides: true}, Within: []clock.Kind{clock.Confirm}}
	var list []workflow.Next
	for i := range s.Case.Statements {
		st := &s.Case.Statements[i]
		if st.Decision != "" || st.Reason != workflow.Objection || !slices.Contains(s.Case.Co, st.Unit) ||
			!record.KeyOf("协办反馈").Write.Holds(string(s.Life.State)) {
			continue
		}
		at := "说明单[" + strconv.Itoa(i) + "]."
		list = append(list, workflow.Next{Title: row.Title, Rank: laterRank, Who: string(record.Office), Of: row,
			With: "决定、依据；成立的，改协办单位", Inputs: []workflow.Input{
				{Key: at + "决定", Of: &workflow.Field{Key: "说明单.决定", Choices: "成立、不成立"}},
				{Key: at + "依据", Of: &workflow.Field{Key: "说明单.依据"}},
				{Key: "协办单位", Need: workflow.Allowed, Of: &workflow.Field{Key: "协办单位"}}}})
	}
	return list
}

// correction is 更正: the entry, and whatever it mends.
func (s *Scene) correction() workflow.Next {
	row := &s.table().Correction
	n := workflow.Next{Row: row.N, Title: row.Title, Rank: laterRank, Who: parties(row.Who), With: row.With,
		Clocks: row.Clocks, Of: row}
	for i := range row.Fields {
		f := &row.Fields[i]
		top, name, _ := strings.Cut(f.Key, ".")
		need := workflow.Required
		if f.Need != workflow.Required {
			need = workflow.Allowed
		}
		n.Inputs = append(n.Inputs, workflow.Input{Key: top + "[+]." + name, Need: need, Of: f})
	}
	keys := record.Schema().Keys
	for i := range keys {
		if k := &keys[i]; single(k) {
			n.Inputs = append(n.Inputs, may(k.Name))
		}
	}
	return n
}

// single reports whether a key has a value of its own that can be replaced; 编号
// cannot.
func single(k *record.Key) bool {
	return (k.Shape == frontmatter.One || k.Shape == record.Many) && !(k.Type == record.CaseID && k.Required)
}

// may is an input that may come along.
func may(key string) workflow.Input {
	return workflow.Input{Key: key, Need: workflow.Allowed, Of: &workflow.Field{Key: key}}
}

func parties(list []record.Party) string {
	names := make([]string, len(list))
	for i, p := range list {
		names[i] = string(p)
	}
	return strings.Join(names, "、")
}

// group is what one hand may change together.
type group struct {
	title, with string
	party       record.Party
	grant       replay.Grant
	inputs      []workflow.Input
}

// edits are the changes of single values and texts that the schema allows in the
// state.
func (s *Scene) edits(desk *replay.Desk) []Step {
	groups := []group{{title: "修改要素", with: "要改的各项；不改的不填"}}
	schema := record.Schema()
	for i := range schema.Keys {
		k := &schema.Keys[i]
		grant, ok := s.writes(desk, k)
		switch {
		case !ok:
		case single(k):
			groups[0].grant = grant
			groups[0].inputs = append(groups[0].inputs, may(k.Name))
		case k.Shape == record.Record && !k.Push && (k.Write.By != record.Answerer || len(s.Case.Feedback) > 0):
			g := group{title: k.Name, with: k.Note, grant: grant}
			for j := range k.Fields {
				g.inputs = append(g.inputs, may(k.Name+"."+k.Fields[j].Name))
			}
			groups = append(groups, g)
		}
	}
	for i := range schema.Sections {
		k := &schema.Sections[i]
		grant, ok := s.writes(desk, k)
		if !ok {
			continue
		}
		n := len(groups) - 1
		if groups[n].party != k.Write.By {
			groups = append(groups, group{title: "补充" + heading(k.Name), with: "写在原有内容的后面",
				party: k.Write.By, grant: grant})
			n++
		}
		groups[n].inputs = append(groups[n].inputs, may(k.Name))
	}
	var list []Step
	for _, g := range groups {
		if len(g.inputs) == 0 {
			continue
		}
		st := Step{Title: g.title, Rank: laterRank, Who: string(g.party), With: g.with, Unit: g.grant.Unit,
			Proxy: g.grant.Proxy, scene: s, some: true}
		if g.grant.Proxy {
			g.inputs = append(g.inputs, proxied(g.title, g.grant.Unit)...)
		}
		st.take(g.inputs)
		list = append(list, st)
	}
	return list
}

// writes reports whether a key may be written in the state.
func (s *Scene) writes(desk *replay.Desk, k *record.Key) (replay.Grant, bool) {
	if desk == nil {
		return replay.Grant{}, k.Write.Holds(string(s.Life.State))
	}
	return desk.Writes(k.Name)
}
