package main

import (
	"context"
	"fmt"
	"time"

	"github.com/fsnotify/fsnotify"

	"suqiu/internal/preview"
	"suqiu/internal/workday"
)

// How often to look without having been told, and how long to let a burst of
// changes settle: some file systems tell nothing, and Git writes in steps.
const (
	pollEvery = 2 * time.Second
	settle    = 150 * time.Millisecond
)

// watch builds again whenever a ref, HEAD, a template of the work tree or the
// day changes, until ctx ends. A build that fails is told of and tried again
// with the next change.
func (inv *invocation) watch(ctx context.Context, build func() error) {
	var events chan fsnotify.Event
	watcher, err := fsnotify.NewWatcher()
	if err == nil {
		defer watcher.Close()
		events = watcher.Events
		preview.WatchFolders(watcher, preview.Watched(inv.Dir))
	}
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	last := preview.Signature(inv.Dir, inv.Day())
	for {
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
		now := preview.Signature(inv.Dir, inv.Day())
		if now == last {
			continue
		}
		last = now
		if watcher != nil {
			preview.WatchFolders(watcher, preview.Watched(inv.Dir)) // a new branch folder
		}
		switch err := build(); {
		case ctx.Err() != nil:
			return
		case err != nil:
			fmt.Fprintf(inv.Stderr, "重新生成失败，继续显示上一次的网站：%s\n", err)
		default:
			inv.Note("%s 已重新生成", inv.Now().In(workday.Shanghai).Format("15:04:05"))
		}
	}
}
