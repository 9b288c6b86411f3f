package main

import (
	"cmp"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
)

// gitEnv takes over what git tells its hooks, and where its settings lie.
func (env *Env) gitEnv() {
	env.GitEnviron = gitEnviron(os.Environ())
	env.Index = os.Getenv("GIT_INDEX_FILE")
	env.GitLab = os.Getenv("GL_PROTOCOL") == "web"
	env.Pusher = cmp.Or(os.Getenv("GL_USERNAME"), os.Getenv("GITEA_PUSHER_NAME"))
	// While a push is judged its objects wait in quarantine, in a folder of their
	// own that stands in for objects/.
	for _, name := range []string{"GIT_QUARANTINE_PATH", "GIT_OBJECT_DIRECTORY"} {
		if dir := os.Getenv(name); dir != "" {
			env.Objects = append(env.Objects, dir)
		}
	}
	env.Objects = append(env.Objects, objectFolders(os.Getenv("GIT_ALTERNATE_OBJECT_DIRECTORIES"))...)
	if env.Home = os.Getenv("HOME"); env.Home == "" {
		env.Home, _ = os.UserHomeDir()
	}
	if os.Getenv("GIT_CONFIG_NOSYSTEM") == "" {
		env.Settings = append(env.Settings, filepath.FromSlash("/etc/gitconfig"))
	}
	if global, ok := os.LookupEnv("GIT_CONFIG_GLOBAL"); ok {
		env.Settings = append(env.Settings, global)
		return
	}
	xdg := os.Getenv("XDG_CONFIG_HOME")
	if xdg == "" {
		xdg = filepath.Join(env.Home, ".config")
	}
	env.Settings = append(env.Settings, filepath.Join(xdg, "git", "config"), filepath.Join(env.Home, ".gitconfig"))
}

// objectFolders splits a list of folders as git writes it: one with a quotation
// mark in front is quoted as in C.
func objectFolders(list string) []string {
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

// programEnv says which program this is. A program that was built again, be it
// from the same version, is another: its file has another time.
func (env *Env) programEnv() {
	path, err := os.Executable()
	if err != nil {
		return
	}
	env.Program = path
	info, err := os.Stat(path)
	if err != nil {
		return
	}
	revision := ""
	if build, ok := debug.ReadBuildInfo(); ok {
		for _, s := range build.Settings {
			if s.Key == "vcs.revision" {
				revision = s.Value
			}
		}
	}
	env.Build = strings.Join([]string{version, revision, strconv.FormatInt(info.Size(), 10), strconv.FormatInt(info.ModTime().UnixNano(), 10)}, " ")
}

// elsewhere are the variables by which Git is led to another repository, index or
// folder of objects than the one it is run in (git rev-parse --local-env-vars). A
// hook, or a shell that was opened from one, has them set.
var elsewhere = []string{
	"GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_DIR", "GIT_GRAFT_FILE", "GIT_IMPLICIT_WORK_TREE", "GIT_INDEX_FILE",
	"GIT_NAMESPACE", "GIT_NO_REPLACE_OBJECTS", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_QUARANTINE_PATH", "GIT_REPLACE_REF_BASE",
	"GIT_SHALLOW_FILE", "GIT_WORK_TREE",
}

// gitEnviron is an environment without what would lead Git elsewhere, and without
// variables of Git's that are set to nothing, which it takes for a path or a name.
// Who commits, and the user's own configuration, stay.
func gitEnviron(all []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(v string) bool {
		name, value, _ := strings.Cut(v, "=")
		return strings.HasPrefix(name, "GIT_") && (value == "" || slices.Contains(elsewhere, name))
	})
}
