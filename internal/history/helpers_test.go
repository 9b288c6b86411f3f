package history

import (
	"context"
	"flag"
	"os"
	"suqiu/internal/git"
	"suqiu/internal/mainline"
	"suqiu/internal/timeline"
	"sync"
	"testing"
)

// TestMain makes fewer checks of random histories than rapid would, each of
// which runs git, unless told how many.
func TestMain(m *testing.M) {
	const checks = "rapid.checks"
	flag.Parse()
	told := false
	flag.Visit(func(f *flag.Flag) { told = told || f.Name == checks })
	if !told {
		flag.Set(checks, "25")
	}
	os.Exit(m.Run())
}

// walk opens and walks a repository.
func walk(t testing.TB, dir string, o mainline.Options) *History {
	t.Helper()
	repo, err := git.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	h, err := Walk(context.Background(), repo, o)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// histories are the lives of all cases by 编号.
func histories(t testing.TB, dir string, o mainline.Options) map[string]*timeline.CaseHistory {
	t.Helper()
	return lives(t, walk(t, dir, o))
}

func lives(t testing.TB, h *History) map[string]*timeline.CaseHistory {
	t.Helper()
	var mu sync.Mutex
	all := map[string]*timeline.CaseHistory{}
	err := h.Cases(context.Background(), nil, nil, func(ch *timeline.CaseHistory) error {
		mu.Lock()
		defer mu.Unlock()
		all[ch.ID] = ch
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
