package bureaus

import (
	"suqiu/internal/papers"
	"suqiu/internal/register"
	"suqiu/internal/report"
	"suqiu/internal/workday"
)

// Of are the figures of a register for one quarter: its own, and those that were
// handed in to it; missing says what is not among them.
func Of(d *register.Register, q workday.Quarter, tool string) (list []*papers.Summary, missing []string) {
	figures := report.Compute(d, q)
	list = []*papers.Summary{Summary(d, &figures, report.Bureau(d.Config.Name)+"（本级）", "", tool)}
	for _, duty := range d.CountyDuties() {
		switch c := duty.File; {
		case duty.Quarter != q:
		case c == nil:
			missing = append(missing, duty.Unit+"没有报送 "+q.String()+"，合计中不含该局")
		case c.Figures() == nil:
			missing = append(missing, c.Path+" 有问题，合计中不含"+duty.Unit+"；请运行 suqiu check 查看")
		default:
			list = append(list, c.Summary)
		}
	}
	return list, missing
}
