package main

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"

	"suqiu/internal/preview"
)

// How often to look without having been told, and how long to let a burst of
// changes settle: some file systems tell nothing, and Git writes in steps.
const (
	pollEvery = 2 * time.Second
	settle    = 150 * time.Millisecond
)

// builder builds a site again when something that it is made of has changed, and
// tells how that went.
type builder struct {
	build     func() error
	signature func() uint64
	tell      func(failed error)

	mu   sync.Mutex
	last uint64 // signature of what was built
}

// first builds what is shown to begin with.
func (b *builder) first() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.last = b.signature()
	return b.build()
}

// renew builds if need be, and returns the signature of what it has built.
func (b *builder) renew() uint64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	if now := b.signature(); now != b.last {
		b.last = now
		b.tell(b.build())
	}
	return b.last
}

// fresh serves the forms and their data as of the main branch as it is now: what is
// filled in on an older version is refused. Where it cannot be built the last one
// must do.
func (b *builder) fresh(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/step") {
			b.renew()
		}
		next.ServeHTTP(w, r)
	})
}

// watch builds again whenever a ref, HEAD, a template of the work tree or the
// day changes, until ctx ends. A build that fails is told of and tried again
// with the next change.
func (inv *invocation) watch(ctx context.Context, b *builder) {
	var events chan fsnotify.Event
	watcher, err := fsnotify.NewWatcher()
	if err == nil {
		defer watcher.Close()
		events = watcher.Events
		preview.WatchFolders(watcher, preview.Watched(inv.Dir))
	}
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	var last uint64
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
			return
		case <-events:
			select {
			case <-time.After(settle):
			case <-ctx.Done():
				return
			}
		case <-tick.C:
		}
		now := b.renew()
		if now != last && watcher != nil {
			preview.WatchFolders(watcher, preview.Watched(inv.Dir)) // a new branch folder
		}
		last = now
	}
}
