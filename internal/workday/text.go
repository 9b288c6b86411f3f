package workday

// Text is a due day for people: one that a calendar still to come may move is
// 暂定.
func (d Date) Text(provisional bool) string {
	if provisional {
		return d.String() + "（暂定）"
	}
	return d.String()
}
