package demo

// Finding is one finding that the sample is meant to have.
type Finding struct {
	Rule string // slug
	Life string // number of the appeal's file: 03; empty: of no appeal
	Unit string // whose it is
}

// Intended lists what `suqiu check` is to find in the sample beside the
// appeals that are excused by a 更正: nothing more, nothing less.
func Intended() []Finding {
	return []Finding{
		{"co-feedback-late", "03", "信息中心"},
		{"county-late", "", "丰镇市税务局"},
		{"feedback-overdue", "10", "所得税科"},
		{"last-day-feedback", "20", "货物和劳务税科"},
		{"monthly-late", "", "党建工作科"},
		{"monthly-missing", "", "第三税务分局"},
		{"proxy-entry", "22", "商都县税务局"},
		{"transition-actor", "23", "卓资县税务局"}, // told until the 更正 that names it, excused after
	}
}

// Titles maps the numbers of the sample's own appeals to their titles, by
// which they are known in any repository made from it.
func Titles() (map[string]string, error) {
	known, err := readSteps()
	if err != nil {
		return nil, err
	}
	lives, err := readLives(known)
	if err != nil {
		return nil, err
	}
	titles := map[string]string{}
	for _, l := range lives {
		titles[l.name] = l.title
	}
	return titles, nil
}
