package demo

import (
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

// publications are the landings that publish a quarter, each on the eighth
// working day after it, if that day has come. What they publish is computed
// when everything before them has been written.
func (s *sample) publications(publish Publisher) []landing {
	if publish == nil {
		return nil
	}
	var landings []landing
	for i := -publishedQuarters; i < 0; i++ {
		q := workday.QuarterOf(s.today).Add(i)
		day := s.cal.Add(q.Last(), 8)
		if day >= s.today {
			break
		}
		lands := at(day, 16, 40)
		landings = append(landings, landing{at: lands, entries: []entry{{author: officeIdentity, authored: lands,
			message: fmt.Sprintf("发布%d年第%s季度分析报告的数字", q.Year, ordinal(q.Q)),
			files:   []file{{path: "reports/" + q.String() + ".json"}}}},
			compute: func(dir string) ([]byte, error) { return publish(dir, q, day) }})
	}
	return landings
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
