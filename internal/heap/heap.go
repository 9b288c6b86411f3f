// Package heap has the garbage collector take its time as long as there is memory
// to spare.
package heap

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
)

// Spare is how much memory a build should do with, in bytes: what a small runner
// has to spare. Room is how much any other command may have before it collects
// often: to list 20,000 cases takes less if they are kept. Reading all their past,
// which otherwise grows to twice what is in use, stays near what is in use.
const (
	Spare = 250 << 20
	Room  = 370 << 20
)

// Economise has the collector take its time until the process nears so many
// bytes. A repository that needs more gets it: a limit below what is in use would
// keep the collector busy without end. What it returns ends that.
func Economise(bytes int64) (end func()) {
	limit, percent := debug.SetMemoryLimit(bytes), debug.SetGCPercent(400)
	g := &governor{asked: bytes, limit: bytes}
	g.watch()
	return func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		g.ended = true
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	}
}

// governor raises the limit of memory while more is in use than was asked for.
type governor struct {
	mu    sync.Mutex // a collection may end while the governor does
	asked int64
	limit int64
	ended bool
}

// cycle is something that nobody holds: it ends with each collection.
type cycle struct{ of *governor }

func (g *governor) watch() {
	runtime.SetFinalizer(&cycle{g}, func(c *cycle) {
		if c.of.adjust() {
			c.of.watch()
		}
	})
}

// adjust leaves a quarter of what is in use to work with; false if that is over.
func (g *governor) adjust() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.ended {
		return false
	}
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	if debug.SetMemoryLimit(-1) != g.limit {
		return true // somebody else has asked meanwhile
	}
	if need := max(g.asked, int64(live[0].Value.Uint64())/4*5); need != g.limit {
		g.limit = need
		debug.SetMemoryLimit(need)
	}
	return true
}
