package demo

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"suqiu/cases"
	"suqiu/internal/config"
	"suqiu/internal/record"
	"suqiu/internal/workday"
)

// Options say how large a synthetic repository is to be.
type Options struct {
	Cases int          // how many appeals, at least 1
	Seed  uint64       // another seed, other appeals
	Today workday.Date // nothing happens on this day or later
}

// Synthetic writes a repository of any number of made-up appeals into dir,
// which must not exist or be empty. They begin evenly over two years, or over
// a year for each 5,000 of them if that is longer, and take about six landings each
// along valid paths; the latest are still open. Memory grows with the plan of
// the landings (a few dozen bytes each) and the cases open at one time.
func Synthetic(dir string, o Options) error {
	if o.Cases < 1 || o.Cases > 1_000_000 {
		return &Error{fmt.Sprintf("不能生成 %d 件事项", o.Cases), "请用 1 至 1000000 之间的件数", nil}
	}
	if o.Today.Year() < 1950 || o.Today.Year() > 2199 {
		return &Error{"不能以 " + o.Today.String() + " 为当日生成", "请用 1950 年至 2199 年之间的日期", nil}
	}
	src, err := cases.FS.ReadFile("suqiu.yaml")
	if err != nil {
		return err
	}
	g := newGenerator(o, config.Parse("suqiu.yaml", src))
	return write(dir, func(w *stream) error { return g.fill(w, src) })
}

// generator makes the appeals up. Each appeal has random numbers of its own,
// so what becomes of one does not depend on the others.
type generator struct {
	o        Options
	config   *config.Config
	cal      *workday.Calendar
	members  []*config.Unit // that collect
	handlers []*config.Unit // that may be in charge: not the office's own
	first    workday.Date
	span     int // working days over which appeals begin
	sequence map[string]int
	open     map[int]*madeUp
}

// moveKind is one landing of a made-up appeal.
type moveKind uint8

const (
	mRegister moveKind = iota
	mAnalyse
	mPush
	mAccept
	mCoAnswer
	mFeedback
	mReview
	mReturn
	mFeedbackAgain
	mEvaluate
	mClose
	mCloseUnasked
)

// paths of made-up appeals: what is done, and on which working day.
type planned struct {
	kind moveKind
	day  int
}

var madeUpPaths = [][]planned{
	{{mRegister, 0}, {mPush, 2}, {mAccept, 3}, {mFeedback, 8}, {mReview, 9}, {mClose, 13}},
	{{mRegister, 0}, {mPush, 2}, {mAccept, 3}, {mCoAnswer, 6}, {mFeedback, 9}, {mReview, 10}, {mClose, 15}},
	{{mRegister, 0}, {mAnalyse, 1}, {mPush, 3}, {mAccept, 4}, {mFeedback, 7}, {mCloseUnasked, 9}},
	{{mRegister, 0}, {mPush, 1}, {mAccept, 2}, {mCoAnswer, 5}, {mFeedback, 6}, {mCloseUnasked, 8}},
	{{mRegister, 0}, {mPush, 2}, {mAccept, 3}, {mFeedback, 6}, {mReturn, 7}, {mFeedbackAgain, 9}, {mCloseUnasked, 10}},
	{{mRegister, 0}, {mPush, 2}, {mAccept, 3}, {mFeedback, 9}, {mReview, 11}, {mEvaluate, 14}, {mClose, 15}},
}

// madeUp is one appeal while it is open.
type madeUp struct {
	c    *record.Case
	rng  *rand.Rand
	path string
	co   bool // its path has an answer of a co-handler
}

// plan is one landing to come: when, whose, and the how-manyeth.
type plan struct {
	at   int64 // seconds
	n    int32 // of the appeal
	step uint8
	kind moveKind
}

func newGenerator(o Options, c *config.Config) *generator {
	g := &generator{o: o, config: c, cal: c.Calendar, sequence: map[string]int{}, open: map[int]*madeUp{}}
	for i := range c.Units {
		u := &c.Units[i]
		if len(u.Channels) > 0 {
			g.members = append(g.members, u)
		}
		if !u.Has(config.Office) && !u.Has(config.Callback) {
			g.handlers = append(g.handlers, u)
		}
	}
	years := max(2, (o.Cases+4999)/5000)
	last := g.cal.Add(o.Today, -1)
	g.first = g.cal.Add(last, -250*years)
	g.span = g.cal.Count(g.first, last)
	return g
}

// random gives an appeal its numbers: one stream for when, one for what.
func (g *generator) random(n int, stream uint64) *rand.Rand {
	return rand.New(rand.NewPCG(g.o.Seed, uint64(n)<<8|stream))
}

func (g *generator) fill(w *stream, organisation []byte) error {
	opening := byOffice(at(g.cal.Add(g.first, -1), 8, 30), "建立税费服务诉求和舆情分析办理库",
		file{"suqiu.yaml", organisation})
	if err := w.land(&opening); err != nil {
		return err
	}
	for _, p := range g.plan() {
		l, err := g.move(p)
		if err != nil {
			return err
		}
		if err := w.land(l); err != nil {
			return err
		}
	}
	return nil
}

// plan lists all landings in order of time.
func (g *generator) plan() []plan {
	plans := make([]plan, 0, g.o.Cases*6)
	for n := range g.o.Cases {
		rng := g.random(n, 0)
		start := g.cal.Add(g.first, int(int64(n)*int64(g.span)/int64(g.o.Cases)))
		way := madeUpPaths[rng.IntN(len(madeUpPaths))]
		second := rng.IntN(5 * 3600)
		for i, p := range way {
			d := g.cal.Add(start, p.day)
			if d >= g.o.Today {
				break
			}
			t := d.Start().Unix() + 9*3600 + int64(second+i*300)
			if p.kind == mRegister || p.kind == mCoAnswer || p.kind == mFeedback {
				t += int64(rng.IntN(3600)) // some wait longer for the office to merge
			}
			plans = append(plans, plan{t, int32(n), uint8(i), p.kind})
		}
	}
	slices.SortFunc(plans, func(a, b plan) int {
		switch {
		case a.at != b.at:
			return int(a.at - b.at)
		case a.n != b.n:
			return int(a.n - b.n)
		}
		return int(a.step) - int(b.step)
	})
	return plans
}

// move makes one landing.
func (g *generator) move(p plan) (*landing, error) {
	landed := time.Unix(p.at, 0)
	day := workday.Of(landed)
	if p.kind == mRegister {
		g.register(int(p.n), day)
		// The first number of the first stream chose the path, see plan.
		way := madeUpPaths[g.random(int(p.n), 0).IntN(len(madeUpPaths))]
		g.open[int(p.n)].co = slices.ContainsFunc(way, func(p planned) bool { return p.kind == mCoAnswer })
	}
	m := g.open[int(p.n)]
	if m == nil {
		return nil, fmt.Errorf("appeal %d moves before it is registered", p.n)
	}
	c := m.c
	unit, verb := "", ""
	switch p.kind {
	case mRegister:
		unit, verb = c.Collector, "登记"
	case mAnalyse:
		c.State, verb = "分析中", "转入分析"
	case mPush:
		g.push(m, day)
		verb = "推送"
	case mAccept:
		c.State, unit, verb = "办理中", c.Lead, "接收任务"
	case mCoAnswer:
		if len(c.Co) == 0 {
			c.Sections[2].Text = c.Lead + "正在核实" + c.Title + "的情况。"
			unit, verb = c.Lead, "补充办理情况"
			break
		}
		c.CoFeedback[0].Result = "已配合办理“" + c.Title + "”，有关情况已送承办单位"
		unit, verb = c.Co[0], "协办反馈"
	case mFeedback, mFeedbackAgain:
		g.feedBack(m, day)
		unit, verb = c.Lead, "反馈办理情况"
	case mReview:
		c.State, c.Feedback[len(c.Feedback)-1].Review, verb = "评估中", "通过", "审核通过"
	case mReturn:
		b := &c.Feedback[len(c.Feedback)-1]
		c.State, b.Review, b.ReturnReason, verb = "办理中", "退回", "请补充整改措施", "退回补正"
	case mEvaluate:
		c.Evaluations = append(c.Evaluations, record.Evaluation{Method: "12366回访", Unit: "纳税服务中心",
			Result: "基本满意"})
		unit, verb = "纳税服务中心", "评估"
	case mClose:
		if len(c.Evaluations) == 0 {
			c.Evaluations = append(c.Evaluations, record.Evaluation{Method: "调查问卷", Unit: "纳税服务科",
				Result: "满意"})
		}
		c.State, verb = "已办结", "办结"
	case mCloseUnasked:
		c.State, c.Feedback[len(c.Feedback)-1].Review, c.NoEvaluation, verb = "已办结", "通过", "未抽中",
			"审核通过，办结"
	}
	if c.State == "已办结" {
		delete(g.open, int(p.n))
	}
	return g.land(m, unit, verb, landed), nil
}

// land makes the commit: the office's straight to main, a unit's by a request
// that is merged, squashed or rebased.
func (g *generator) land(m *madeUp, unit, verb string, landed time.Time) *landing {
	l := &landing{at: landed, by: officeIdentity}
	e := entry{author: officeIdentity, authored: landed, message: verb + "：" + m.c.Title,
		files: []file{{m.path, record.Print(m.c)}}}
	if unit != "" {
		u := g.config.Unit(unit)
		e.author = liaison(u.Name, u.Code)
		// It was written up to four minutes before, after the landing before.
		e.authored = landed.Add(-time.Duration(m.rng.IntN(240)) * time.Second)
		l.branch = strings.ToLower(u.Code) + "/" + m.c.ID
		l.style = []style{merged, merged, squashed, fastForward}[m.rng.IntN(4)]
	}
	l.entries = []entry{e}
	return l
}
