// Package papers reads the files of a case repository that are no cases:
// monthly submissions, minutes and circulated decisions, risk points sent on,
// reports sent up, the appraisal and the texts of a quarterly report, each
// Markdown with front matter, and the quarterly summaries of other bureaus,
// which are JSON.
//
// Every reader takes the file's path and its bytes and returns what the file
// says. None fails: what is wrong with a file are the Problems of what is
// returned, with line, column and the line to paste, as for a case file. Unit
// names have their aliases resolved by canon (nil: they stay as typed), which
// also knows codes. What a file says of other files (a unit that is not
// registered, a case that is not there) the rules judge, not this package.
package papers

import (
	"path"
	"slices"
	"strings"

	"suqiu/internal/frontmatter"
	"suqiu/internal/mdfile"
	"suqiu/internal/problem"
)

// File is what every paper has: where it is and what is wrong with it.
type File struct {
	Path string // slash path in the repository
	Body string // Markdown below the front matter
	// Unreadable is set when the file as a whole states nothing.
	Unreadable bool
	// Misplaced is set when the file does not stand where such a paper belongs;
	// it then counts for what it says it is.
	Misplaced    bool
	Suppressions []mdfile.Suppression
	Problems     []problem.Problem // in file order
}

// Told reports whether something is told of a key path.
func (f *File) Told(key string) bool {
	return slices.ContainsFunc(f.Problems, func(p problem.Problem) bool { return p.Key == key })
}

// kind is one kind of paper with front matter.
type kind struct {
	folder string // with a slash at its end
	schema *frontmatter.Schema
}

// kinds lists the papers with front matter; it is never written to.
var kinds = []kind{
	kindOf[Monthly]("monthly/", monthlyKeys), kindOf[Meeting]("meetings/", meetingKeys),
	kindOf[Risks]("risks/", riskKeys), kindOf[Submission]("submissions/", submissionKeys),
	kindOf[Appraisal]("appraisal/", appraisalKeys), kindOf[Report]("reports/", reportKeys),
}

func kindOf[T any](folder string, keys []frontmatter.Key) kind {
	return kind{folder, &frontmatter.Schema{Keys: keys, New: func() any { return new(T) }, Limit: maxEntries}}
}

// maxEntries is far more than the entries that a list of a paper can come to.
const maxEntries = 1000

// at is the accessor of a value in a paper or in one of its entries.
func at[O any](where func(*O) any) func(any) any { return frontmatter.At(where) }

// Folders lists where papers stand, each with a slash at its end.
func Folders() []string {
	return []string{"monthly/", "meetings/", "risks/", "submissions/", "counties/", "appraisal/", "reports/"}
}

// SchemaOf is the schema of the papers in a folder such as "meetings/"; nil if
// papers there have no front matter.
func SchemaOf(folder string) *frontmatter.Schema {
	for _, k := range kinds {
		if k.folder == folder {
			return k.schema
		}
	}
	return nil
}

// SchemaAt is the schema of the paper at a path, nil if no paper with front
// matter belongs there.
func SchemaAt(p string) *frontmatter.Schema {
	folder, _, _ := strings.Cut(p, "/")
	if !strings.HasSuffix(p, ".md") {
		return nil
	}
	return SchemaOf(folder + "/")
}

// reader is a file under way, and the problems of its place.
type reader struct {
	*frontmatter.File
	path string
	lost bool // misplaced
}

// open reads the file of a paper into it.
func open(p, folder string, src []byte, canon func(string) string, into any) *reader {
	return &reader{File: frontmatter.Read(SchemaOf(folder), src, canon, into), path: p}
}

// file is what has been read; it comes last, when all has been told.
func (r *reader) file() File {
	return File{Path: r.path, Body: r.Body, Unreadable: r.Unreadable, Misplaced: r.lost, Suppressions: r.Suppressions,
		Problems: r.Problems()}
}

// stem is the file's name without its extension.
func stem(p string) string { return strings.TrimSuffix(path.Base(p), path.Ext(p)) }

// named checks that a key says what the file's name says; got is what was read.
func (r *reader) named(key, got, want string) {
	if got == "" {
		r.Suggest(key, want)
	}
	if r.Unreadable || got == "" || got == want {
		return
	}
	r.Tell("id-mismatch", key, "“"+key+"”是“"+got+"”，与文件名“"+path.Base(r.path)+"”不一致", r.Paste(key, want))
}

// misplaced tells that a path is not where such a file belongs: at to, or, if
// the file does not say enough (to is empty), where an example shows.
func (r *reader) misplaced(to, example string) {
	r.lost = true
	if to != "" {
		example = to
	}
	r.Tell("path-mismatch", "", "文件名或位置不对：现在是 "+r.path, "请改为 "+example)
}

// missing tells that a key of a record is not there, unless something is told
// of it already.
func (r *reader) missing(key, message, fix string) {
	if !r.Told(key) {
		r.Tell("key-missing", key, message, fix)
	}
}

// sum adds the numbers of a map.
func sum(list []frontmatter.Named) int {
	n := 0
	for _, c := range list {
		n += c.N
	}
	return n
}

// contains reports whether a list has a name.
func contains(list []string, name string) bool { return slices.Contains(list, name) }
