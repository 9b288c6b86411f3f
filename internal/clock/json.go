package clock

import "suqiu/internal/workday"

// JSON is a clock as every JSON shows it.
type JSON struct {
	Kind         Kind         `json:"kind"`
	Unit         string       `json:"unit"`
	Role         string       `json:"role"`
	Push         int          `json:"push_no"`
	Start        workday.Date `json:"start"`
	Due          workday.Date `json:"due"`
	OriginalDue  workday.Date `json:"original_due"`
	Agreed       bool         `json:"agreed"`
	Stopped      workday.Date `json:"stopped"`
	Status       Status       `json:"status"`
	PausedDays   int          `json:"paused_days"`
	ExtendedDays int          `json:"extended_days"`
	DaysLate     *int         `json:"days_late,omitempty"` // nil: the format does not have it
	Provisional  bool         `json:"provisional"`
	Class        Class        `json:"class"`
}

// JSON is the clock for JSON, without DaysLate.
func (k *Clock) JSON() JSON {
	return JSON{Kind: k.Kind, Unit: k.Unit, Role: k.Role, Push: k.Push, Start: k.Start, Due: k.Due,
		OriginalDue: k.OriginalDue, Agreed: k.Agreed, Stopped: k.Stopped, Status: k.Status, PausedDays: k.PausedDays,
		ExtendedDays: k.ExtendedDays, Provisional: k.Provisional, Class: k.Class}
}
