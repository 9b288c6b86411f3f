package heap

import (
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

// A process that needs more memory than a build should do with gets it, as long as it needs it.
func TestEconomise(t *testing.T) {
	before := debug.SetMemoryLimit(-1)
	const asked = 8 << 20
	end := Economise(asked)
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
	held = nil
	for range 100 {
		runtime.GC()
		if debug.SetMemoryLimit(-1) == asked {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if limit := debug.SetMemoryLimit(-1); limit != asked {
		t.Errorf("once that is let go the limit is %d", limit)
	}
	end()
	if after := debug.SetMemoryLimit(-1); after != before {
		t.Errorf("the limit was %d and is now %d", before, after)
	}
}
