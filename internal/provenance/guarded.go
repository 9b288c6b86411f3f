package provenance

import (
	"path"
	"slices"
	"strings"

	"suqiu/internal/config"
	"suqiu/internal/history"
	"suqiu/internal/settings"
	"suqiu/internal/signature"
	"suqiu/internal/workday"
)

// Guarded is what one landing did to a path that only some may land
// (config-actor).
type Guarded struct {
	Landing int
	Path    string
	// Commit and Author are who answers for it: the landing, or the merge of its
	// branch that undid what had landed; under --base each commit of the branch of
	// which something is left in what the path says.
	Commit, Author string
	// Before and After are what the path said without that and with it, where it
	// may be the business of others than the office too, of suqiu.yaml always; nil:
	// it was not there.
	Before, After []byte
}

// guardedFolders may be landed only by the office; monthly/ and counties/ also by
// the unit they belong to, and of appraisal/ and meetings/ a unit its own words.
var guardedFolders = []string{
	"meetings", "reports", "risks", "submissions", "appraisal", "templates", "seals", "monthly", "counties", ".gitlab",
	"hooks", ".githooks",
}

// guardedNames may be landed only by the office wherever they stand: what tells
// Git how to read and to show files, whom GitLab asks for approval, pipelines.
var guardedNames = []string{".gitattributes", "CODEOWNERS", ".gitlab-ci.yml"}

// guardedPath reports whether a path is a guarded one, or would be to a file
// system that does not tell capitals from small letters.
func guardedPath(p string) bool {
	first, _, _ := strings.Cut(p, "/")
	same := func(a string) func(string) bool { return func(b string) bool { return strings.EqualFold(a, b) } }
	return slices.ContainsFunc(guardedFolders, same(first)) || slices.ContainsFunc(guardedNames, same(path.Base(p))) ||
		slices.ContainsFunc(guardedNames, same(first)) || strings.HasSuffix(p, ".gitlab-ci.yml")
}

// mayBeOthers reports whether somebody else than the office may have a part in a
// guarded path, so that what it says is asked for.
func mayBeOthers(p string) bool {
	return p == config.Path || strings.HasPrefix(p, "appraisal/") || strings.HasPrefix(p, "meetings/")
}

// Guarded lists what landings did to guarded paths. The keys that signatures are
// judged by are guarded as suqiu.yaml is, wherever any version of it puts them.
func (in *In) Guarded() ([]Guarded, error) {
	h, files := in.History, guardedFiles(in.Settings)
	versions := map[string][]history.FileVersion{}
	var list []Guarded
	for _, t := range h.FileChanges(func(p string) bool { return guardedPath(p) || slices.Contains(files, p) }) {
		l := &h.Landings[t.Landing]
		if l.Pending {
			drafts, err := h.Drafts(t.Path)
			if err != nil {
				return nil, err
			}
			for _, x := range drafts {
				list = append(list, Guarded{t.Landing, t.Path, x.Commit, x.Author.Email, x.Before, x.After})
			}
			continue
		}
		g := Guarded{Landing: t.Landing, Path: t.Path, Commit: l.Commit, Author: l.Author.Email}
		// Whoever pressed the button did not undo it.
		s, ok, err := h.UndoneBy(g.Landing, g.Path)
		if err != nil {
			return nil, err
		}
		if ok {
			g.Commit, g.Author = s.Commit, s.Author.Email
		}
		a := in.Settings.Actor(g.Author, workday.Of(l.At))
		if !a.Bot && (t.Path == config.Path || mayBeOthers(t.Path) && !a.Has(config.Office)) {
			if _, read := versions[t.Path]; !read {
				versions[t.Path] = h.Versions(t.Path)
			}
			for _, v := range versions[t.Path] {
				switch {
				case v.Landing < t.Landing:
					g.Before = v.Data
				case v.Landing == t.Landing:
					g.After = v.Data
				}
			}
		}
		list = append(list, g)
	}
	return list, nil
}

// guardedFiles are the configuration and the keys that any version of it names.
func guardedFiles(s *settings.Settings) []string {
	files := []string{config.Path}
	for c := range s.Versions() {
		for _, name := range []string{c.Signature.Signers, c.Signature.PlatformKey} {
			if name = path.Clean(name); name != "." && !signature.IsKey(name) && !slices.Contains(files, name) {
				files = append(files, name)
			}
		}
	}
	return files
}
