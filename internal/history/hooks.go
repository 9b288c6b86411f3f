package history

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-git/go-git/v5/plumbing/format/config"
)

// HooksDir is the folder where Git looks for the hooks of the repository:
// core.hooksPath, else hooks/. Settings are configuration files outside the
// repository, the one that counts most last; home is what ~ stands for. Files
// that those include are not followed.
func (r *Repo) HooksDir(settings []string, home string) string {
	dir := ""
	for _, name := range append(settings[:len(settings):len(settings)], filepath.Join(r.common, "config"), filepath.Join(r.GitDir, "config.worktree")) {
		data, err := os.ReadFile(name)
		if err != nil {
			continue
		}
		c := config.New()
		if config.NewDecoder(bytes.NewReader(data)).Decode(c) != nil {
			continue // git itself will say so
		}
		if v := c.Section("core").Option("hooksPath"); v != "" {
			dir = v
		}
	}
	if dir == "" {
		return filepath.Join(r.common, "hooks")
	}
	if rest, ok := strings.CutPrefix(dir, "~/"); ok {
		dir = filepath.Join(home, rest)
	}
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(r.Dir, dir) // where hooks run
	}
	return filepath.Clean(dir)
}
