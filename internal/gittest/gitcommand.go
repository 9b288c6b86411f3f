package gittest

import (
	"errors"
	"fmt"
	"os"
	"strings"
)

// gitCommands change the history.
var gitCommands = map[string]command{
	"commit": {1, func(r *Repository, a []string) error { return r.commit("-m", words(a)) }},
	"amend": {0, func(r *Repository, a []string) error {
		if len(a) == 0 {
			return r.commit("--amend", "--no-edit", "--reset-author")
		}
		return r.commit("--amend", "--reset-author", "-m", words(a))
	}},
	"branch": {1, func(r *Repository, a []string) error {
		return r.do(append([]string{"checkout", "-q", "-b"}, r.revs(a)...)...)
	}},
	"checkout": {1, func(r *Repository, a []string) error {
		return r.do(append([]string{"checkout", "-q"}, r.revs(a)...)...)
	}},
	"orphan": {1, func(r *Repository, a []string) error {
		if err := r.do("checkout", "-q", "--orphan", a[0]); err != nil {
			return err
		}
		return r.do("rm", "-r", "-q", "-f", "--ignore-unmatch", ".")
	}},
	"merge": {1, (*Repository).merge},
	"cherry-pick": {1, func(r *Repository, a []string) error {
		return r.do(append([]string{"cherry-pick", "--allow-empty", "--keep-redundant-commits"}, r.revs(a)...)...)
	}},
	"revert": {1, func(r *Repository, a []string) error {
		return r.do(append([]string{"revert", "--no-edit"}, r.revs(a)...)...)
	}},
	"rebase": {1, func(r *Repository, a []string) error {
		return r.do(append([]string{"rebase", "-q"}, r.revs(a)...)...)
	}},
	"reset": {1, func(r *Repository, a []string) error { return r.do("reset", "-q", "--hard", r.rev(a[0])) }},
	"mark": {1, func(r *Repository, a []string) error {
		out, err := r.git("rev-parse", "HEAD")
		r.Marks[a[0]] = strings.TrimSpace(out)
		return err
	}},
	"tag":       {1, func(r *Repository, a []string) error { return r.do(append([]string{"tag"}, r.revs(a)...)...) }},
	"delete":    {1, func(r *Repository, a []string) error { return r.do("branch", "-q", "-D", a[0]) }},
	"repack":    {0, func(r *Repository, _ []string) error { return r.do("repack", "-adq") }},
	"pack-refs": {0, func(r *Repository, _ []string) error { return r.do("pack-refs", "--all") }},
	"git":       {1, func(r *Repository, a []string) error { return r.do(r.revs(a)...) }},
	"submodule": {1, func(r *Repository, a []string) error {
		if err := os.MkdirAll(r.Path(a[0]), 0o755); err != nil {
			return err
		}
		// An entry of mode 160000 that names a commit elsewhere.
		return r.do("update-index", "--add", "--cacheinfo", "160000,"+strings.Repeat("12", 20)+","+CasePath(a[0]))
	}},
}

func (r *Repository) do(args ...string) error {
	_, err := r.git(args...)
	return err
}

// commit records the whole work tree.
func (r *Repository) commit(args ...string) error {
	if err := r.do("add", "-A"); err != nil {
		return err
	}
	return r.do(append([]string{"commit", "-q", "--no-verify", "--allow-empty", "--allow-empty-message",
		"--cleanup=verbatim"}, args...)...)
}

// merge merges one or more branches into the one checked out.
func (r *Repository) merge(args []string) error {
	flags, message := []string{"--no-ff"}, ""
	var revs []string
	open := false // the result waits for edits and `commit`
	request, kind := "", ""
	for i := 0; i < len(args); i++ {
		switch a := args[i]; a {
		case "--no-ff":
		case "--ff":
			flags[0] = "--ff-only"
		case "--squash":
			flags[0], open = "--squash", true
		case "--no-commit":
			flags, open = append(flags, "--no-commit"), true
		case "--ours":
			flags = append(flags, "-s", "ours")
		case "--allow-unrelated-histories":
			flags = append(flags, a)
		case "-m", "--mr", "--pr":
			i++
			if i == len(args) {
				return fmt.Errorf("%s wants a word", a)
			}
			switch a {
			case "-m":
				message = words(args[i : i+1])
			default:
				request, kind = args[i], a
			}
		default:
			if strings.HasPrefix(a, "-") {
				return fmt.Errorf("unknown option %s", a)
			}
			revs = append(revs, a)
		}
	}
	if len(revs) == 0 {
		return errors.New("nothing to merge")
	}
	switch kind {
	case "--mr":
		message = fmt.Sprintf("Merge branch '%s' into 'main'\n\n%s\n\nSee merge request nsfwk/suqiu!%s", revs[0],
			revs[0], request)
	case "--pr":
		message = fmt.Sprintf("Merge pull request #%s from nsfwk/%s\n\n%s", request, revs[0], revs[0])
	}
	if message != "" && !open {
		flags = append(flags, "-m", message)
	}
	cmd := append([]string{"merge", "-q", "--no-verify"}, flags...)
	err := r.do(append(cmd, r.revs(revs)...)...)
	if err != nil && open {
		if _, conflict := os.Stat(r.Path(".git/MERGE_HEAD")); conflict == nil || flags[0] == "--squash" {
			return nil // a conflict that the script resolves before it commits
		}
	}
	return err
}

// rev replaces @NAME by the commit that was marked so.
func (r *Repository) rev(word string) string {
	name, ok := strings.CutPrefix(word, "@")
	if !ok {
		return word
	}
	end := strings.IndexAny(name, "^~:")
	if end < 0 {
		end = len(name)
	}
	if hash, ok := r.Marks[name[:end]]; ok {
		return hash + name[end:]
	}
	return word
}

func (r *Repository) revs(list []string) []string {
	out := make([]string, len(list))
	for i, w := range list {
		out[i] = r.rev(w)
	}
	return out
}
