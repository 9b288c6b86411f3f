// Package cases is a sample case repository as it stands on the morning of one
// day, embedded: real files in canonical form, as a bureau keeps them.
//
//	suqiu.yaml    the organisation: units, channels, roles, addresses
//	README.md     the repository's own front page, in Chinese
//	cases/        one file an appeal, by the month of its collection
//	meetings/     minutes and circulated decisions
//	monthly/      what member units hand in each month
//	risks/        risk points sent on
//	submissions/  what was sent up
//	counties/     what counties hand in each quarter
//
// Package demo replays how the files came to be, as dated history, up to any
// other day: its scripts say only what happened when, and take the rest from
// here. What a person would publish of a quarter is not among them.
package cases

import "embed"

// AsOf is the day on whose morning the repository stands so.
const AsOf = "2026-11-24"

// FS holds the repository's files by their slash paths.
//
//go:embed suqiu.yaml README.md cases meetings monthly risks submissions counties
var FS embed.FS
