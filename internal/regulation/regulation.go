// Package regulation is the notice of 2023-06-13 clause by clause, each with
// what in this tool carries it: rows and states of a case, rules, pages,
// commands and files.
//
// It is one table, clauses.yaml, which Clauses reads. The page 制度逐条 of the site and the table in the
// Chinese manual are written from it, and tests of the packages that it names
// things of hold every name against the thing itself; it promises that no
// numbered item of the notice is left out. It knows no rule, page or command.
package regulation

import (
	_ "embed"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"

	"suqiu/internal/workflow"
)

// Clause is one clause of the regulation, or the heading of a chapter, whose
// Number has no parenthesis: 三. What stands in no clause (the opening, the
// end, and what the tool takes from other laws) has no Number.
type Clause struct {
	Number string   // 三(四)
	Title  string   // 办理和反馈机制
	Text   []string // the paragraphs of the notice; names of persons left out
	Items  []Item
}

// Item is one thing that a clause asks for, and where it lives.
type Item struct {
	Name     string           // of what is asked, as the notice says it: 一是, 延期申请
	How      string           // how the tool does it, in a sentence or two
	States   []workflow.State // of a case
	Rows     []int            // of the transition table
	Rules    []string         // slugs of check
	Pages    []Page
	Commands []string // after suqiu: meeting new
	Files    []string // of a case repository
}

// Page is a page or a download of the site. A Path with an asterisk stands for
// all pages of a kind, each with its own 编号 or code.
type Page struct {
	Path        string // from the top of the site
	Name        string
	Supervision bool // only in the 监督 edition
}

// IsKind reports whether the page stands for all of a kind.
func (p Page) IsKind() bool { return strings.Contains(p.Path, "*") }

// Chapter reports whether the clause is the heading of a chapter.
func (c *Clause) Chapter() bool { return c.Number != "" && !strings.Contains(c.Number, "(") }

// Anchor is where a page has a clause by its number: c3-4 for 三(四), c3 for
// 三; empty for anything that is no clause.
func Anchor(number string) string {
	const numerals = "一二三四五六七八九"
	digit := func(s string) string {
		if at := strings.Index(numerals, s); s != "" && at >= 0 && at%len("一") == 0 && len(s) == len("一") {
			return string(rune('1' + at/len("一")))
		}
		return ""
	}
	chapter, rest, part := strings.Cut(number, "(")
	c := digit(chapter)
	if c == "" {
		return ""
	}
	if !part {
		return "c" + c
	}
	section, end, closed := strings.Cut(rest, ")")
	s := digit(section)
	if s == "" || !closed || end != "" {
		return ""
	}
	return "c" + c + "-" + s
}

//go:embed clauses.yaml
var clauses []byte

// Clauses are all clauses, in order. It panics if the embedded table cannot be
// read, which every test of this package would show.
func Clauses() []Clause {
	var list []Clause
	if err := yaml.Load(clauses, &list, yaml.WithKnownFields()); err != nil {
		panic(fmt.Errorf("reading the clauses of the regulation: %w", err))
	}
	return list
}
