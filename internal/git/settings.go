package git

import (
	"path/filepath"
	"strings"

	"suqiu/internal/gitconfig"
)

// HooksDir is the folder where Git looks for the hooks of the repository:
// core.hooksPath, else hooks/. Settings are configuration files outside the
// repository, the one that counts most last; home is what ~ stands for. Files
// that those include are not followed.
func (r *Repo) HooksDir(settings []string, home string) string {
	found, _ := r.setting(settings, "core", "hookspath")
	dir := found.Value
	if dir == "" {
		return filepath.Join(r.Common, "hooks")
	}
	if rest, ok := strings.CutPrefix(dir, "~/"); ok {
		dir = filepath.Join(home, rest)
	}
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(r.Dir, dir) // where hooks run
	}
	return filepath.Clean(dir)
}

// Setting is the value of a key that counts, in lower case where Git takes it for yes
// or no; ok is false where nothing is set.
func (r *Repo) Setting(outside []string, section, key string) (value string, ok bool) {
	s, ok := r.setting(outside, section, key)
	if ok && s.Yes() {
		return "true", true
	}
	return s.Value, ok
}

// setting is the value of a key that counts, of the repository's configuration or of
// the given files outside it, the most important one last.
func (r *Repo) setting(outside []string, section, key string) (found gitconfig.Setting, ok bool) {
	for _, name := range append(outside[:len(outside):len(outside)], filepath.Join(r.Common, "config"),
		filepath.Join(r.GitDir, "config.worktree")) {
		c, err := gitconfig.Read(name)
		if err != nil {
			continue // git itself will say so
		}
		if s, there := c.Last(section, key); there {
			found, ok = s, true
		}
	}
	return found, ok
}

// Mirror reports whether the repository receives what another one has judged:
// git config suqiu.mirror true.
func (r *Repo) Mirror(outside []string) bool {
	s, ok := r.setting(outside, "suqiu", "mirror")
	return ok && s.Yes()
}
