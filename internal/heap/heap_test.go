package heap

import (
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

// A process that needs more memory than a build should do with gets it.
func TestEconomise(t *testing.T) {
	before := debug.SetMemoryLimit(-1)
	end := Economise(8 << 20)
	held := make([]byte, 64<<20)
	for range 100 { // until the finalizer had its turn
		runtime.GC()
		if debug.SetMemoryLimit(-1) > int64(len(held)) {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if limit := debug.SetMemoryLimit(-1); limit < int64(len(held)) {
		t.Errorf("with %d bytes in use the limit is %d", len(held), limit)
	}
	runtime.KeepAlive(held)
	end()
	if after := debug.SetMemoryLimit(-1); after != before {
		t.Errorf("the limit was %d and is now %d", before, after)
	}
}
