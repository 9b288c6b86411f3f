package archtest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// mostBytes is how large the engine of the forms may be to fetch.
const mostBytes = 2_600_000

// TestEngineIsSmall holds the program of the forms to what it must have: none of the
// large packages, and no more bytes than somebody waits a second for.
func TestEngineIsSmall(t *testing.T) {
	for _, dep := range depsInBrowser(t, module+"cmd/form") {
		for _, large := range []string{"net", "net/http", "crypto/tls", "text/template", "html/template", "os/exec",
			module + "internal/git", module + "internal/register", "github.com/go-git", "github.com/yuin/goldmark",
			"github.com/xuri/excelize", "github.com/spf13", "github.com/charmbracelet", "golang.org/x/net"} {
			if dep == large || strings.HasPrefix(large, "g") && strings.HasPrefix(dep, large+"/") {
				t.Errorf("the engine reaches %s", dep)
			}
		}
	}
	built, err := os.Stat(filepath.Join("..", "form", "engine", "built", "engine.wasm.gz"))
	if err != nil {
		t.Skip("make engine builds it")
	}
	if built.Size() > mostBytes {
		t.Errorf("the engine has %d bytes, more than %d", built.Size(), mostBytes)
	}
}
