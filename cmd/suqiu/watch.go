package main

import (
	"context"
	"fmt"
	"hash/fnv"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"

	"suqiu/internal/workday"
	"suqiu/internal/worktree"
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
		watchFolders(watcher, inv.watched())
	}
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	last := inv.signature()
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
		now := inv.signature()
		if now == last {
			continue
		}
		last = now
		if watcher != nil {
			watchFolders(watcher, inv.watched()) // a new branch folder
		}
		switch err := build(); {
		case ctx.Err() != nil:
			return
		case err != nil:
			fmt.Fprintf(inv.Stderr, "重新生成失败，继续显示上一次的网站：%s\n", err)
		default:
			inv.note("%s 已重新生成", inv.Now().In(workday.Shanghai).Format("15:04:05"))
		}
	}
}

// watched are the paths whose change can change the site: refs and HEAD of
// the repository, and the templates of the work tree.
func (inv *invocation) watched() []string {
	top := worktree.Top(inv.dir)
	git := worktree.GitFolder(top)
	paths := []string{filepath.Join(git, "HEAD"), filepath.Join(git, "packed-refs"), filepath.Join(git, "refs")}
	if text, err := worktree.ReadFile(filepath.Join(git, "commondir")); err == nil {
		shared := strings.TrimSpace(string(text))
		if !filepath.IsAbs(shared) {
			shared = filepath.Join(git, shared)
		}
		paths = append(paths, filepath.Join(shared, "packed-refs"), filepath.Join(shared, "refs"))
	}
	return append(paths, filepath.Join(top, "templates"))
}

// watchFolders adds the folders of the paths; what cannot be watched is polled.
func watchFolders(w *fsnotify.Watcher, paths []string) {
	for _, p := range paths {
		_ = filepath.WalkDir(p, func(name string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return nil
			case entry.IsDir():
				_ = w.Add(name)
			case name == p:
				_ = w.Add(filepath.Dir(name))
			}
			return nil
		})
	}
}

// signature changes whenever what is watched does, and with the day.
func (inv *invocation) signature() uint64 {
	h := fnv.New64a()
	fmt.Fprintln(h, inv.day())
	for _, p := range inv.watched() {
		_ = filepath.WalkDir(p, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return nil
			}
			if info, err := entry.Info(); err == nil {
				fmt.Fprintln(h, name, info.Size(), info.ModTime().UnixNano())
			}
			return nil
		})
	}
	return h.Sum64()
}
