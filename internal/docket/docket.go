// Package docket is every case, evaluated as of a day: what check, site and
// report all read.
package docket

import (
	"suqiu/internal/casefile"
	"suqiu/internal/config"
	"suqiu/internal/history"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
	"suqiu/internal/yamltext"
)

// Docket is a case repository as of a day.
type Docket struct {
	Head     string // commit
	AsOf     workday.Date
	Config   *config.Config
	Landings []history.Landing
	Cases    []*Case // by 编号
	Files    []File  // files below cases/ that are no case, with what is wrong with them
	// Request is set when a merge request is judged (check --base).
	Request bool

	meetings map[string]*Meeting
	byID     map[string]*Case
}

// Case is one case with its life.
type Case struct {
	*casefile.Case // as of the head; the last readable content if the head is not
	Life           workflow.Life
	Broken         *casefile.Case // the head's content if it cannot be read
	Deleted        bool
	Stale          bool // --base: changed on both sides
	Touched        bool // --base: the request changes it
	History        []history.Landing
}

// File is a file that is no case but stands, or is wrong, among them.
type File struct {
	Path     string
	Problems []yamltext.Problem
}

// Meeting is one file of meetings/.
type Meeting struct {
	ID    string
	Path  string
	Title string
	Type  string // 例会 专题 即时 传签
	Held  workday.Date
	Cases []string // 编号 named in 议题.诉求
}
