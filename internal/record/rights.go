package record

import (
	"slices"
	"strings"
)

// Party is who may write a key, relative to the case.
type Party string

// The parties of section 5.
const (
	Office    Party = "联席办"
	Collector Party = "收集单位"      // until the push, and the office at any time
	Lead      Party = "承办单位"      // or the unit that the entry names, if it is a co-handler
	CoHandler Party = "协办单位"      // the one whose entry it is
	Handlers  Party = "承办单位或协办单位" // any of them, and the office
	Evaluator Party = "评估单位"      // the unit that the entry names, the office, 回访

	Supervisor Party = "监督考评"
	Callback   Party = "回访单位"
)

// Right says who may write a key while 状态 stays, and in which states. What is
// written in other states comes with a change of 状态 or by 更正.
type Right struct {
	By Party
	In []string
}

// Holds reports whether the right can be used in a state.
func (r Right) Holds(state string) bool { return slices.Contains(r.In, state) }

// sections are the keys of the four sections that every body has, as a Change
// names them.
var sections = []Key{
	{Name: "## 诉求内容", Write: Right{Collector, always}},
	{Name: "## 研判分析", Write: Right{Collector, always}},
	// What passed stays as it was reviewed.
	{Name: "## 办理情况", Write: Right{Handlers, slices.DeleteFunc(slices.Clone(open), isEvaluating)}},
	{Name: "## 反馈答复", Write: Right{Handlers, slices.DeleteFunc(slices.Clone(open), isEvaluating)}},
}

func isEvaluating(state string) bool { return state == "评估中" }

// KeyOf is the key that a Change is about: that of 会议议定期限 for
// 会议议定期限.日期, and that of a section for "## 办理情况". A section that is
// nobody's is the office's.
func KeyOf(path string) *Key {
	if strings.HasPrefix(path, "##") {
		if k := field(sections, path); k != nil {
			return k
		}
		return &Key{Name: path, Write: Right{Office, always}}
	}
	top, _, _ := strings.Cut(path, ".")
	return field(schema, top)
}
