package main

import (
	"fmt"
	"runtime/debug"

	"suqiu/internal/cli"
	"suqiu/internal/config"
)

// versionText is what --version says: enough to find the source that a program
// in use was made from, and the case repositories that it reads.
func versionText() string {
	commit, compiler := "没有记录", "没有记录"
	if build, ok := debug.ReadBuildInfo(); ok {
		compiler = build.GoVersion
		if revision, modified := revision(build); revision != "" {
			commit = revision
			if modified {
				commit += "，另有没提交的改动"
			}
		}
	}
	return fmt.Sprintf("suqiu %s\n提交：%s\n编译：%s\n格式：%d\n", cli.Version, commit, compiler, config.KnownFormat)
}

// revision is the commit that the program was built from, and whether files had
// been changed since.
func revision(build *debug.BuildInfo) (commit string, modified bool) {
	for _, s := range build.Settings {
		switch s.Key {
		case "vcs.revision":
			commit = s.Value
		case "vcs.modified":
			modified = s.Value == "true"
		}
	}
	return commit, modified
}
