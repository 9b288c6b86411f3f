package workday

// notice is the State Council's yearly notice on public holidays (国务院办公厅
// 关于部分节假日安排的通知). Dates without a year belong to Year; a range is
// inclusive and may begin in the previous year.
type notice struct {
	year     int
	holidays []holiday
}

// holiday is one paragraph of a notice: the days off and the weekend days
// that are worked in return (调休上班).
type holiday struct {
	name string
	off  string   // 2006-01-02 or 2006-01-02/2006-01-02
	work []string // 2006-01-02
}

// notices returns the notices for 2023 to 2026, as published.
func notices() []notice {
	return []notice{
		{2023, []holiday{
			{"元旦", "2022-12-31/2023-01-02", nil},
			{"春节", "2023-01-21/2023-01-27", []string{"2023-01-28", "2023-01-29"}},
			{"清明节", "2023-04-05", nil},
			{"劳动节", "2023-04-29/2023-05-03", []string{"2023-04-23", "2023-05-06"}},
			{"端午节", "2023-06-22/2023-06-24", []string{"2023-06-25"}},
			{"中秋节、国庆节", "2023-09-29/2023-10-06", []string{"2023-10-07", "2023-10-08"}},
		}},
		{2024, []holiday{
			{"元旦", "2024-01-01", nil},
			{"春节", "2024-02-10/2024-02-17", []string{"2024-02-04", "2024-02-18"}},
			{"清明节", "2024-04-04/2024-04-06", []string{"2024-04-07"}},
			{"劳动节", "2024-05-01/2024-05-05", []string{"2024-04-28", "2024-05-11"}},
			{"端午节", "2024-06-10", nil},
			{"中秋节", "2024-09-15/2024-09-17", []string{"2024-09-14"}},
			{"国庆节", "2024-10-01/2024-10-07", []string{"2024-09-29", "2024-10-12"}},
		}},
		{2025, []holiday{
			{"元旦", "2025-01-01", nil},
			{"春节", "2025-01-28/2025-02-04", []string{"2025-01-26", "2025-02-08"}},
			{"清明节", "2025-04-04/2025-04-06", nil},
			{"劳动节", "2025-05-01/2025-05-05", []string{"2025-04-27"}},
			{"端午节", "2025-05-31/2025-06-02", nil},
			{"国庆节、中秋节", "2025-10-01/2025-10-08", []string{"2025-09-28", "2025-10-11"}},
		}},
		{2026, []holiday{
			{"元旦", "2026-01-01/2026-01-03", []string{"2026-01-04"}},
			{"春节", "2026-02-15/2026-02-23", []string{"2026-02-14", "2026-02-28"}},
			{"清明节", "2026-04-04/2026-04-06", nil},
			{"劳动节", "2026-05-01/2026-05-05", []string{"2026-05-09"}},
			{"端午节", "2026-06-19/2026-06-21", nil},
			{"中秋节", "2026-09-25/2026-09-27", nil},
			{"国庆节", "2026-10-01/2026-10-07", []string{"2026-09-20", "2026-10-10"}},
		}},
	}
}

// span returns the first and the last day off. The dates of the notices are
// part of the program and tested, so a wrong one is a panic.
func (h holiday) span() (first, last Date) {
	const width = len("2006-01-02")
	first = mustParse(h.off[:width])
	last = first
	if len(h.off) > width {
		last = mustParse(h.off[width+1:])
	}
	return first, last
}

func mustParse(s string) Date {
	d, err := Parse(s)
	if err != nil {
		panic("workday: bad date in a built-in notice: " + s)
	}
	return d
}
