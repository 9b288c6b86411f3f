// Package rules finds every offence against the catalogue of package caserules
// in a register, and makes findings of them.
//
// What a file says wrongly is found by its parser, and what an act did wrongly
// by the replay; the rules of those slugs give such offences their severity,
// place and identity. What one case shows caserules finds; what takes several
// files, landings or the whole register is found here. Nothing that was found is
// dropped in silence: what a 更正 or a 忽略 excuses is marked as suppressed.
package rules
