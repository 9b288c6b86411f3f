package rules

import "slices"

// catalogue is every rule, in the order of DESIGN section 8.
func catalogue() []Rule {
	return slices.Concat(formatRules, referenceRules, workflowRules, deadlineRules, evidenceRules, privacyRules)
}

// doc joins the three things that a liaison officer wants to know.
func doc(why, bad, mend string) string {
	return "为什么：" + why + "\n反例：" + bad + "\n怎么改：" + mend
}
