// Package workday has civil dates and working-day arithmetic.
//
// A day is a calendar day in Asia/Shanghai, whatever the machine's zone or
// locale. The package never reads the clock.
package workday

import "time"

// Shanghai is the zone of every limit: UTC+8, without daylight saving.
var Shanghai = time.FixedZone("CST", 8*60*60)

// Date is a civil date, counted in days since 1970-01-01. The zero Date
// stands for "no date": no appeal was collected on 1970-01-01.
type Date int32

// Day says what one day is and why.
type Day struct {
	Date        Date
	Working     bool
	Reason      string // "星期三" "周末" "国庆节" "调休上班" "本局放假" "本局上班" …: never empty
	Provisional bool   // no yearly notice: from weekends alone (暂定)
}
