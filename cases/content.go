// Package cases is the sample repository, embedded: an organisation and the
// lives of its appeals, which package demo replays as dated history.
//
//	suqiu.yaml    the organisation: units, channels, roles, addresses
//	README.md     the sample's own front page, in Chinese
//	appeals/      one life a file: the appeal as a story, then what happened when
//	everyday/     ordinary appeals, several a file, each taking one of the paths
//	paths/        the usual ways an appeal goes, from registration to close
//	meetings/     what minutes and circulated decisions say
//	risks/        risk points sent on
//	reports/      what a person writes into a quarterly report
//
// FORMAT.md beside this file describes how lives, paths and meetings are written.
package cases

import "embed"

// FS holds the sample's files by their slash paths below this folder.
//
//go:embed suqiu.yaml README.md appeals everyday paths meetings risks reports
var FS embed.FS
