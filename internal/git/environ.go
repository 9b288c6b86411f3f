package git

import (
	"os"
	"slices"
	"strconv"
	"strings"
)

// ObjectFolders splits a list of folders as git writes it: one with a quotation
// mark in front is quoted as in C.
func ObjectFolders(list string) []string {
	var dirs []string
	for list != "" {
		if list[0] == '"' {
			if quoted, err := strconv.QuotedPrefix(list); err == nil {
				if dir, err := strconv.Unquote(quoted); err == nil && dir != "" {
					dirs = append(dirs, dir)
				}
				list = strings.TrimPrefix(list[len(quoted):], string(os.PathListSeparator))
				continue
			}
		}
		dir, rest, _ := strings.Cut(list, string(os.PathListSeparator))
		if dir != "" {
			dirs = append(dirs, dir)
		}
		list = rest
	}
	return dirs
}

// leading are the variables by which Git is led to another repository, index or
// folder of objects than the one it is run in (git rev-parse --local-env-vars). A
// hook, or a shell that was opened from one, has them set.
var leading = []string{
	"GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_DIR", "GIT_GRAFT_FILE", "GIT_IMPLICIT_WORK_TREE",
	"GIT_INDEX_FILE",
	"GIT_NAMESPACE", "GIT_NO_REPLACE_OBJECTS", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_QUARANTINE_PATH",
	"GIT_REPLACE_REF_BASE",
	"GIT_SHALLOW_FILE", "GIT_WORK_TREE",
}

// Environ is an environment without the variables that lead Git to another repository,
// and without those of its variables that are set to nothing, which Git takes for a
// path or a name. Who commits, and the user's own configuration, stay.
func Environ(all []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(v string) bool {
		name, value, _ := strings.Cut(v, "=")
		return strings.HasPrefix(name, "GIT_") && (value == "" || slices.Contains(leading, name))
	})
}
