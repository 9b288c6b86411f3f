package record

// Index finds the entry that a change of a list of records is about: its
// place in the list of c that the change's key names, or -1. Of equal entries
// it takes the one of the change's ordinal, or the last.
func (c *Case) Index(ch Change) int {
	switch ch.Key {
	case "说明单":
		return indexRecord(c.Statements, ch, statementRecord())
	case "延期申请":
		return indexRecord(c.Extensions, ch, extensionRecord())
	case "反馈":
		return indexRecord(c.Feedback, ch, feedbackRecord())
	case "评估":
		return indexRecord(c.Evaluations, ch, evaluationRecord())
	case "改进":
		return indexRecord(c.Improvements, ch, improvementRecord())
	case "代录":
		return indexRecord(c.Proxies, ch, proxyRecord())
	case "更正":
		return indexRecord(c.Corrections, ch, correctionRecord())
	}
	return -1
}

func indexRecord[T comparable](list []T, ch Change, k recordKind[T]) int {
	found, nth := -1, 0
	for i, record := range list {
		if entryText(k.pairs(k.identity(record))) != ch.Entry {
			continue
		}
		found = i
		if nth == ch.Nth {
			break
		}
		nth++
	}
	return found
}
