// Package view is what an edition of the site, the ledger and the papers may show
// of a register.
//
// It is the border that content does not cross. A case whose content the edition
// does not show (仅要素) is a Case without Text: number, category, units and clocks
// are all that a page, a search index, a feed, a form or an export can find of it.
// Meetings, risks and duties lose what concerns such a case. The register itself
// stays behind: whoever makes something for people reads a View and does not
// import package register, which a test of the arrows holds.
package view

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"suqiu/internal/config"
	"suqiu/internal/register"
	"suqiu/internal/seal"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// Edition is who something is for.
type Edition string

// The two editions of DESIGN section 9.
const (
	Public      Edition = "公开" // all staff
	Supervision Edition = "监督" // convenors and the supervision group
)

// ParseEdition reads the name of an edition.
func ParseEdition(s string) (Edition, error) {
	if e := Edition(s); e == Public || e == Supervision {
		return e, nil
	}
	return "", fmt.Errorf("没有“%s”版；可以写 公开 或 监督", s)
}

// Restricted stands where a title would stand that the edition does not show.
const Restricted = "限范围查看"

// View is a register as one edition may show it.
type View struct {
	Edition      Edition
	Head         string     // commit, whole
	Trace        string     // 留痕编号 of the head
	Seal         *seal.Mark // the last one; nil: none
	AsOf         workday.Date
	Calendar     *workday.Calendar
	Config       *config.Config // the organisation; nothing of it concerns a case
	Revision     int            // of suqiu.yaml
	SettingsHash string         // see register.Register
	Cases        []*Case        // by 编号, without deleted ones
	Units        []*Unit        // in configured order

	Dues     []Duty     // of everybody, what is most urgent first
	Waits    []Waiting  // the longest waiting first
	Meetings []*Meeting // newest first
	Risks    []RiskPoint
	// Results are the 评估 of the cases of each unit in charge, newest first.
	Results map[string][]Evaluation

	register  *register.Register
	of        map[*register.Case]*Case
	byID      map[string]*Case
	byUnit    map[string]*Unit
	byMeeting map[string]*Meeting
	dealtWith map[string][]*Meeting // 编号 of a case → the meetings, newest first
}

// Unit is one unit with what it has to do.
type Unit struct {
	config.Unit
	Page bool // the code can be a file name
	Todo []Duty
	// Leads are all cases it is or was last in charge of, open and closed.
	Leads []*Case
	Tally Tally
}

// RoleNames are the roles of a unit in words.
func (u *Unit) RoleNames() []string {
	names := map[config.Role]string{
		config.Office: "联席会议办公室", config.Supervisor: "监督考评小组", config.Callback: "回访",
		config.County: "旗县市区局",
	}
	var list []string
	for _, r := range u.Roles {
		if name := names[r]; name != "" {
			list = append(list, name)
		}
	}
	return list
}

// New is all that an edition may show.
func New(d *register.Register, e Edition) *View {
	v := Cases(d, e)
	v.readMeetings()
	v.readRisks()
	v.readDues()
	v.readWaits()
	v.distribute()
	v.readResults()
	return v
}

// Cases is the part of New that lists and the ledger need: cases and units.
func Cases(d *register.Register, e Edition) *View {
	v := &View{
		Edition: e, Head: d.Head, Trace: d.TraceID(), Seal: d.LastSeal(), AsOf: d.AsOf, Calendar: d.Config.Calendar,
		Config: d.Config, Revision: d.Revision, SettingsHash: d.Settings.Hash, register: d,
		byID: make(map[string]*Case, len(d.Cases)), byUnit: map[string]*Unit{},
	}
	if v.Calendar == nil {
		v.Calendar = workday.NewCalendar(workday.Overrides{})
	}
	for _, u := range d.Config.Units {
		unit := &Unit{Unit: u, Page: FileName(u.Code) && (u.Code[0] < '0' || u.Code[0] > '9')}
		v.Units = append(v.Units, unit)
		v.byUnit[u.Name] = unit
	}
	v.readCases()
	return v
}

// Case finds a case by its 编号; nil if there is none.
func (v *View) Case(id string) *Case { return v.byID[id] }

// Unit finds a unit by its name; nil if it is not configured.
func (v *View) Unit(name string) *Unit { return v.byUnit[name] }

// Meeting finds a meeting by its 编号; nil if there is none.
func (v *View) Meeting(id string) *Meeting { return v.byMeeting[id] }

// MeetingsOf are the meetings that dealt with a case, newest first.
func (v *View) MeetingsOf(id string) []*Meeting { return v.dealtWith[id] }

// readCases copies what the edition may show of the cases.
func (v *View) readCases() {
	var cases []*register.Case
	for _, c := range v.register.Cases {
		if !c.Deleted && c.Case != nil {
			cases = append(cases, c)
		}
	}
	list := make([]Case, len(cases))
	const stretch = 1 << 10
	var copying errgroup.Group
	copying.SetLimit(runtime.GOMAXPROCS(0))
	for from := 0; from < len(cases); from += stretch {
		copying.Go(func() error {
			for i := from; i < min(from+stretch, len(cases)); i++ {
				list[i] = v.element(cases[i])
			}
			return nil
		})
	}
	_ = copying.Wait() // none of them fails
	v.of = make(map[*register.Case]*Case, len(cases))
	for i := range list {
		e := &list[i]
		v.of[cases[i]] = e
		v.Cases = append(v.Cases, e)
		if v.byID[e.ID] != nil { // a second file of that 编号, which check tells of: one page an 编号
			e.Page = false
			continue
		}
		v.byID[e.ID] = e
	}
	slices.SortStableFunc(v.Cases, func(a, b *Case) int { return strings.Compare(a.ID, b.ID) })
	for i, e := range v.Cases {
		e.Nth = i
	}
}

// Landed is when a step came into the repository.
func (v *View) Landed(e *workflow.Event) time.Time { return e.Landed(v.register.Landings) }

// Request is the number of the merge request that brought a step; 0 if none did.
func (v *View) Request(e *workflow.Event) int {
	if e.Landing < 0 || e.Landing >= len(v.register.Landings) {
		return 0
	}
	return v.register.Landings[e.Landing].Request
}

// FirstLanded is when the first landing came; false if there is none.
func (v *View) FirstLanded() (time.Time, bool) {
	if len(v.register.Landings) == 0 {
		return time.Time{}, false
	}
	return v.register.Landings[0].At, true
}

// TraceOf is the 留痕编号 of the last landing that changed one of the cases.
func (v *View) TraceOf(cases []*Case) string {
	last := -1
	for _, e := range cases {
		last = max(last, e.landing)
	}
	if last < 0 || last >= len(v.register.Landings) {
		return ""
	}
	return register.TraceID(&v.register.Landings[last])
}

// FileName reports whether s can be a file name on every system and an address
// without escapes.
func FileName(s string) bool {
	if s == "" || len(s) > 100 {
		return false
	}
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9', r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z', r == '-', r == '_':
		default:
			return false
		}
	}
	return s != "index"
}
