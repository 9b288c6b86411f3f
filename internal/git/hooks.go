package git

import (
	"path/filepath"
	"strings"
)

// HooksDir is the folder where Git looks for the hooks of the repository:
// core.hooksPath, else hooks/. Settings are configuration files outside the
// repository, the one that counts most last; home is what ~ stands for. Files
// that those include are not followed.
func (r *Repo) HooksDir(settings []string, home string) string {
	found, _ := r.setting(settings, "core", "hookspath")
	dir := found.value
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
