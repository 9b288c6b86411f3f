package rules

import "slices"

// catalogue is every rule, in the order of DESIGN section 8.
func catalogue() []Rule {
	return slices.Concat(formatRules(), paperFormatRules(), referenceRules(), workflowRules(), deadlineRules(), paperDeadlineRules(), reportDeadlines(),
		evidenceRules(), reportEvidence(), privacyRules(), hintRules())
}
