package git

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"suqiu/internal/gittest"
)

// With a cache that holds nothing, little or all, any two commits differ in what was
// written between them, and what somebody still holds of files stays as it was.
func TestCacheSizes(t *testing.T) {
	r := gittest.Repo(t, "text a.txt 一\ncommit 一")
	dice := rand.New(rand.NewPCG(7, 8))
	states := []map[string]string{{"a.txt": "一\n"}}
	for n := range 40 {
		files := maps.Clone(states[n])
		for range 1 + dice.IntN(4) {
			name := fmt.Sprintf("d%d/e%d/f%d.txt", dice.IntN(4), dice.IntN(3), dice.IntN(20))
			files[name] = fmt.Sprintln(dice.Uint64())
			if err := os.MkdirAll(filepath.Dir(r.Path(name)), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(r.Path(name), []byte(files[name]), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		r.Git("add", "-A")
		r.Git("commit", "-qm", "改")
		states = append(states, files)
	}
	r.Git("repack", "-adfq")
	repo, err := Open(r.Dir)
	if err != nil {
		t.Fatal(err)
	}
	commits := strings.Fields(r.Git("rev-list", "--reverse", "HEAD"))
	for _, most := range []int{0, 2 << 10, 16 << 10, cacheBytes} {
		rd := repo.Reader()
		defer rd.Close()
		rd.cache.most = most
		held := map[string][]byte{} // by what it is to be
		for range 400 {
			i, j := dice.IntN(len(commits)), dice.IntN(len(commits))
			old, err1 := rd.TreeOf(NewHash(commits[i]))
			new, err2 := rd.TreeOf(NewHash(commits[j]))
			changes, err := rd.Changes(old, new, map[string]string{})
			if err1 != nil || err2 != nil || err != nil {
				t.Fatal(err1, err2, err)
			}
			var got, want []string
			for _, ch := range changes {
				got = append(got, ch.Path)
				if content, stands := states[j][ch.Path]; stands {
					if held[content], err = rd.Blob(ch.New.Hash); err != nil {
						t.Fatal(err)
					}
				}
			}
			for _, name := range slices.Sorted(maps.Keys(states[max(i, j)])) {
				if states[i][name] != states[j][name] {
					want = append(want, name)
				}
			}
			if !slices.Equal(got, want) {
				t.Fatalf("cache of %d: from %d to %d changes %q, want %q", most, i, j, got, want)
			}
		}
		for want, data := range held {
			if string(data) != want {
				t.Errorf("cache of %d: a file of %q is now %q", most, want, data)
			}
		}
	}
}
