// Package returns makes tables of what units hand in: their monthly submissions,
// and the quarters of the bureaus below.
package returns

import (
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/document"
	"suqiu/internal/view"
	"suqiu/internal/workday"
)

// shownMonths is how many months a table shows.
const shownMonths = 12

// Monthly is the 月度报送 as every edition may show it: who handed in when,
// and how many tickets came by which channel. None of it tells of a case.
type Monthly struct {
	Months   []workday.Month // oldest first, the latest twelve
	Units    []MonthlyRow
	Channels []VolumeRow
	OnTime   []document.Share // by month
	Totals   []int            // tickets by month
	Missing  []MissingMonths  // what is not handed in, a unit a row
}

// Sum is the tickets of all the months.
func (b *Monthly) Sum() int {
	n := 0
	for _, t := range b.Totals {
		n += t
	}
	return n
}

// MissingMonths is what one unit has not handed in.
type MissingMonths struct {
	Unit   string
	Months []workday.Month // in a row, oldest first
	Due    workday.Date    // of the oldest
}

// Text is 2026-08, or 2025-11 至 2026-08（10 个月）, 2026-10 where one between was
// handed in.
func (m *MissingMonths) Text() string {
	var runs []string
	for i := 0; i < len(m.Months); {
		n := 1
		for i+n < len(m.Months) && m.Months[i+n] == m.Months[i].Add(n) {
			n++
		}
		run := m.Months[i].String()
		if n > 1 {
			run += " 至 " + m.Months[i+n-1].String() + "（" + strconv.Itoa(n) + " 个月）"
		}
		runs = append(runs, run)
		i += n
	}
	return strings.Join(runs, "、")
}

// Lacking is how many submissions are not handed in.
func (b *Monthly) Lacking() int {
	n := 0
	for _, m := range b.Missing {
		n += len(m.Months)
	}
	return n
}

// miss adds a month to what its unit has not handed in; months come in order.
func (b *Monthly) miss(duty *view.MonthlyDuty) {
	i := slices.IndexFunc(b.Missing, func(m MissingMonths) bool { return m.Unit == duty.Unit })
	if i < 0 {
		i = len(b.Missing)
		b.Missing = append(b.Missing, MissingMonths{Unit: duty.Unit, Due: duty.Due})
	}
	b.Missing[i].Months = append(b.Missing[i].Months, duty.Month)
}

// MonthlyRow is one unit; a nil cell means that nothing was owed.
type MonthlyRow struct {
	Unit  string
	Code  string // empty: no page
	Cells []*MonthlyCell
}

// MonthlyCell is one unit's submission of one month.
type MonthlyCell struct {
	Light   view.Light
	Filed   workday.Date
	Tickets int
	Zero    bool
}

// VolumeRow is the tickets of one channel by month.
type VolumeRow struct {
	Channel string
	Cells   []int
	Sum     int
}

// ReadMonthly reads it from a view.
func ReadMonthly(v *view.View) *Monthly {
	duties := v.MonthlyDuties()
	book := new(Monthly)
	for _, duty := range duties {
		if n := len(book.Months); n == 0 || book.Months[n-1] != duty.Month {
			book.Months = append(book.Months, duty.Month)
		}
	}
	book.Months = book.Months[max(0, len(book.Months)-shownMonths):]
	n := len(book.Months)
	book.OnTime, book.Totals = make([]document.Share, n), make([]int, n)
	rows, volumes := map[string]*MonthlyRow{}, map[string][]int{}
	for i := range duties {
		duty := &duties[i]
		if duty.Missing() {
			book.miss(duty)
		}
		at := slices.Index(book.Months, duty.Month)
		if at < 0 {
			continue
		}
		row := rows[duty.Unit]
		if row == nil {
			row = &MonthlyRow{Unit: duty.Unit, Cells: make([]*MonthlyCell, n)}
			if u := v.Unit(duty.Unit); u != nil && u.Page {
				row.Code = u.Code
			}
			rows[duty.Unit] = row
		}
		cell := &MonthlyCell{Light: duty.Light}
		if duty.File != nil {
			cell.Filed, cell.Tickets, cell.Zero = duty.File.Filed, duty.File.Total(), duty.File.Zero
			book.Totals[at] += cell.Tickets
			for _, volume := range duty.File.Volumes {
				if volumes[volume.Name] == nil {
					volumes[volume.Name] = make([]int, n)
				}
				volumes[volume.Name][at] += volume.N
			}
		}
		row.Cells[at] = cell
		if duty.Ripe() {
			book.OnTime[at].Of++
			if duty.InTime() {
				book.OnTime[at].N++
			}
		}
	}
	for _, u := range v.Units {
		if row := rows[u.Name]; row != nil {
			book.Units = append(book.Units, *row)
		}
		for _, channel := range u.Channels {
			if cells := volumes[channel]; cells != nil {
				row := VolumeRow{Channel: channel, Cells: cells}
				for _, c := range cells {
					row.Sum += c
				}
				book.Channels = append(book.Channels, row)
				delete(volumes, channel)
			}
		}
	}
	return book
}

// Day is the day of filing as a narrow cell shows it: 07-02.
func (c *MonthlyCell) Day() string {
	if c.Filed == 0 {
		return ""
	}
	return c.Filed.String()[len("2006-"):]
}
