package demo

import (
	"errors"
	"fmt"
	"io"

	"suqiu/internal/workday"
)

// Publisher computes the figures of a quarter from the repository in dir, whose
// main branch stands as the office saw it on the day asOf: the content of
// reports/2026Q3.json.
type Publisher func(dir string, q workday.Quarter, asOf workday.Date) ([]byte, error)

// publishedQuarters is how many finished quarters the office has published.
const publishedQuarters = 2

// publications are the landings that publish a quarter: its appraisal on the
// third working day after it, what persons write into its report on the sixth,
// what a unit says to a deduction and what was found on the seventh, and on the
// ninth, when its five days for that have passed, the figures, as far as those
// days have come. The figures are computed when everything before them has been
// written; publish nil publishes nothing.
func (s *sample) publications(publish Publisher) ([]landing, error) {
	if publish == nil {
		return nil, nil
	}
	var landings []landing
	for i := -publishedQuarters; i < 0; i++ {
		q := workday.QuarterOf(s.today).Add(i)
		name := fmt.Sprintf("%d年第%s季度", q.Year, ordinal(q.Q))
		text, err := s.template("reports", "分析报告", scene{words: map[string]string{"季度": q.String()}})
		plea, err2 := s.plea(q)
		if err := errors.Join(err, err2); err != nil {
			return nil, err
		}
		add := func(after, hour, minute int, message, path string, data []byte, compute func(string) ([]byte, error)) {
			day := s.cal.Add(q.Last(), after)
			if day >= s.today {
				return
			}
			l := byOffice(at(day, hour, minute), message, file{path, data})
			l.compute = compute
			landings = append(landings, l)
		}
		appraisal := "appraisal/" + q.String() + ".md"
		add(3, 16, 20, "公布"+name+"考评", appraisal, []byte("---\n季度: "+q.String()+"\n\n申辩:\n---\n"), nil)
		add(6, 15, 30, "起草"+name+"分析报告", "reports/"+q.String()+".md", []byte(text), nil)
		if plea != "" {
			add(7, 11, 5, "登记"+name+"考评申辩和核实结论", appraisal, []byte(plea), nil)
		}
		day := s.cal.Add(q.Last(), 9)
		add(9, 16, 40, "发布"+name+"分析报告的数字", "reports/"+q.String()+".json", nil,
			func(dir string) ([]byte, error) { return publish(dir, q, day) })
	}
	return landings, nil
}

// plea is the file in which the unit whose feedback was first returned in a
// quarter says why, and the office what it found; empty if none was returned.
func (s *sample) plea(q workday.Quarter) (string, error) {
	for _, p := range s.lives {
		for i := range p.acts {
			a := &p.acts[i]
			if a.step != "退回" || !q.Contains(workday.Of(a.landed)) || p.reassigned() {
				continue
			}
			return s.template("reports", "考评申辩", scene{p: p, a: a, words: map[string]string{"季度": q.String()}})
		}
	}
	return "", nil
}

// reassigned reports whether another unit than that of the preface took over.
func (p *placed) reassigned() bool {
	for i := range p.acts {
		if p.acts[i].facts.has("承办单位") && p.acts[i].step != "推送" {
			return true
		}
	}
	return false
}

func ordinal(n int) string { return []string{"一", "二", "三", "四"}[n-1] }

// settle has everything that was streamed so far written out, so that the
// repository can be read: main stands at the last landing.
func (s *stream) settle() error {
	s.w.WriteString("checkpoint\nprogress settled\n\n")
	if err := s.w.Flush(); err != nil {
		return err
	}
	line, err := s.answers.ReadString('\n')
	if err != nil || line != "progress settled\n" {
		return fmt.Errorf("git fast-import answered %q: %w", line, orUnexpected(err))
	}
	return nil
}

func orUnexpected(err error) error {
	if err == nil {
		return io.ErrUnexpectedEOF
	}
	return err
}

// computeFor fills in the file of a landing that is computed from those before.
func (s *stream) computeFor(l *landing) error {
	if l.compute == nil {
		return nil
	}
	if err := s.settle(); err != nil {
		return err
	}
	data, err := l.compute(s.dir)
	if err != nil {
		return err
	}
	l.entries[0].files[0].data = data
	return nil
}
