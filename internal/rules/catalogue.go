package rules

import (
	_ "embed"
	"strings"

	"suqiu/internal/problem"
)

// checks find the offences of rules that need more than one case, by slug: in
// the register, in papers, in what landed. The heads of these rules stand in the
// catalogue of package caserules.
var checks = map[string]func(p *run, tell func(problem.Problem)){
	"id-taken":      takenNumbers,
	"path-mismatch": misnamedMonthly,
	"date-invalid":  aheadOfTime,
	"value-enum":    strangePleas,

	"unit-unknown":    paperUnitsUnknown,
	"channel-unknown": func(p *run, tell func(problem.Problem)) { p.paperChannels(false, tell) },
	"channel-unit":    func(p *run, tell func(problem.Problem)) { p.paperChannels(true, tell) },
	"case-unknown":    unknownCases,
	"meeting-unknown": unknownMeetings,
	"meeting-case":    silentMeetings,
	"plea-unfounded":  unfoundedPleas,
	"merge-cycle":     mergeCycles,

	"self-review":  selfReviews,
	"config-actor": foreignLandings,
	"base-stale": func(p *run, tell func(problem.Problem)) {
		staleCases(p, tell)
		outdatedCopies(p, tell)
	},

	"calendar-missing":    provisionalYears,
	"calendar-changed":    movedDueDays,
	"monthly-missing":     missingMonthly,
	"monthly-late":        lateMonthly,
	"monthly-incomplete":  silentChannels,
	"meeting-missing":     silentQuarters,
	"minutes-late":        lateMinutes,
	"resolution-overdue":  openResolutions,
	"circular-unratified": unratified,
	"upward-missing":      missingUpward,
	"county-missing":      missingSummaries,
	"county-late":         lateSummaries,
	"report-missing":      missingReports,

	"landing-not-monotonic": backwardLandings,
	"merge-reversed":        reversedMerges,
	"history-rewritten":     rewrittenHistory,
	"signature-missing":     unsigned,
	"signature-bad":         badlySigned,
	"author-mismatch":       foreignAuthors,
	"author-unknown":        unknownAuthors,
	"report-drift":          drifted,
	"counting-changed":      recounted,

	"similar-feedback":    similarFeedback,
	"duplicate-suspected": duplicates,
}

//go:embed docs.md
var docs string

// Doc is what a rule means for those who work by it, in Chinese: 为什么, 反例 (of
// a hint: 举例), 怎么改, a line each.
func Doc(slug string) string {
	_, section, _ := strings.Cut(docs, "## "+slug+"\n")
	section, _, _ = strings.Cut(section, "\n## ")
	return strings.TrimSpace(section)
}
