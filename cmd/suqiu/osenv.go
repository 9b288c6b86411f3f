package main

import (
	"cmp"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"

	"suqiu/internal/cli"
	"suqiu/internal/git"
)

// gitEnv takes over what git tells its hooks, and where its settings lie.
func gitEnv(env *cli.Env) {
	env.GitEnviron = git.Environ(os.Environ())
	env.Index = os.Getenv("GIT_INDEX_FILE")
	env.GitLab = os.Getenv("GL_PROTOCOL") == "web"
	env.Forge = cli.Forge{API: os.Getenv("CI_API_V4_URL"), Project: os.Getenv("CI_PROJECT_ID"),
		Token: os.Getenv("SUQIU_REMIND_TOKEN")}
	env.Pusher = cmp.Or(os.Getenv("GL_USERNAME"), os.Getenv("GITEA_PUSHER_NAME"))
	// While a push is judged its objects wait in quarantine, in a folder of their
	// own that stands in for objects/.
	for _, name := range []string{"GIT_QUARANTINE_PATH", "GIT_OBJECT_DIRECTORY"} {
		if dir := os.Getenv(name); dir != "" {
			env.Objects = append(env.Objects, dir)
		}
	}
	env.Objects = append(env.Objects, git.ObjectFolders(os.Getenv("GIT_ALTERNATE_OBJECT_DIRECTORIES"))...)
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

// programEnv says which program this is. A program that was built again, be it
// from the same version, is another: its file has another time.
func programEnv(env *cli.Env) {
	path, err := os.Executable()
	if err != nil {
		return
	}
	env.Program = path
	info, err := os.Stat(path)
	if err != nil {
		return
	}
	commit := ""
	if build, ok := debug.ReadBuildInfo(); ok {
		commit, _ = revision(build)
	}
	env.Build = strings.Join([]string{cli.Version, commit, strconv.FormatInt(info.Size(), 10),
		strconv.FormatInt(info.ModTime().UnixNano(), 10)}, " ")
}
