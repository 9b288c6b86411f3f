package workday

// Calendar knows the working days of every year: the State Council's notices,
// plus a repository's own overrides.
type Calendar struct{}
