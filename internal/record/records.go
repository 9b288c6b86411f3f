package record

// The kinds of record: how Diff tells their entries apart, and their keys in
// canonical order, from which Print writes them. Decision keys are exactly
// 决定, 依据, 准延天数, 审核 and 退回原因 (section 3), so 依据 is one in 更正 too; in
// 改进 it says why, and identifies.

func statementRecord() recordKind[Statement] {
	return recordKind[Statement]{
		identity:  func(s Statement) Statement { s.Decision, s.Basis = "", ""; return s },
		decisions: func(s Statement) decisions { return decisions{s.Decision, s.Basis} },
		fields:    [3]string{"决定", "依据"},
		pairs: func(s Statement) []pair {
			return []pair{
				{"事由", s.Reason}, {"单位", s.Unit}, {"理由", s.Grounds},
				{"职责依据", s.DutyBasis}, {"建议单位", s.ProposedUnit},
				{"决定", s.Decision}, {"依据", s.Basis},
			}
		},
	}
}

func extensionRecord() recordKind[Extension] {
	return recordKind[Extension]{
		identity:  func(e Extension) Extension { e.Decision, e.Granted, e.Basis = "", 0, ""; return e },
		decisions: func(e Extension) decisions { return decisions{e.Decision, number(e.Granted), e.Basis} },
		fields:    [3]string{"决定", "准延天数", "依据"},
		pairs: func(e Extension) []pair {
			return []pair{
				{"申请天数", number(e.Days)}, {"原因", e.Reason}, {"措施", e.Measures},
				{"决定", e.Decision}, {"准延天数", number(e.Granted)}, {"依据", e.Basis},
			}
		},
	}
}

func feedbackRecord() recordKind[Feedback] {
	return recordKind[Feedback]{
		identity:  func(f Feedback) Feedback { f.Review, f.ReturnReason = "", ""; return f },
		decisions: func(f Feedback) decisions { return decisions{f.Review, f.ReturnReason} },
		fields:    [3]string{"审核", "退回原因"},
		pairs: func(f Feedback) []pair {
			return []pair{
				{"结果", f.Result}, {"措施", f.Measures},
				{"后续措施", f.FollowUp}, {"完成期限", f.FollowUpDue.String()},
				{"答复日期", f.Answered.String()},
				{"审核", f.Review}, {"退回原因", f.ReturnReason},
			}
		},
	}
}

func evaluationRecord() recordKind[Evaluation] {
	return recordKind[Evaluation]{
		identity:  func(e Evaluation) Evaluation { return e },
		decisions: func(Evaluation) decisions { return decisions{} },
		pairs: func(e Evaluation) []pair {
			return []pair{{"方式", e.Method}, {"单位", e.Unit}, {"结果", e.Result}}
		},
	}
}

func improvementRecord() recordKind[Improvement] {
	return recordKind[Improvement]{
		identity:  func(i Improvement) Improvement { return i },
		decisions: func(Improvement) decisions { return decisions{} },
		pairs: func(i Improvement) []pair {
			return []pair{{"原因", i.Reason}, {"措施", i.Measures}, {"完成期限", i.Due.String()}, {"依据", i.Basis}}
		},
	}
}

func proxyRecord() recordKind[Proxy] {
	return recordKind[Proxy]{
		identity:  func(p Proxy) Proxy { return p },
		decisions: func(Proxy) decisions { return decisions{} },
		pairs: func(p Proxy) []pair {
			return []pair{{"步骤", p.Step}, {"单位", p.Unit}, {"收到日期", p.Received.String()}, {"凭据", p.Evidence}}
		},
	}
}

func correctionRecord() recordKind[Correction] {
	return recordKind[Correction]{
		identity:  func(c Correction) Correction { c.Basis = ""; return c },
		decisions: func(c Correction) decisions { return decisions{c.Basis} },
		fields:    [3]string{"依据"},
		pairs: func(c Correction) []pair {
			return []pair{{"事项", c.Matter}, {"规则", c.Rule}, {"原因", c.Reason}, {"依据", c.Basis}}
		},
	}
}
