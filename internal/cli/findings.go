package cli

import (
	"errors"
	"fmt"
	"io"

	"suqiu/internal/diag"
	"suqiu/internal/gate"
	"suqiu/internal/problem"
	"suqiu/internal/register"
)

// ErrFindings says that the command ran, and that what it printed is not
// clean. There is nothing more to say.
var ErrFindings = errors.New("findings")

// WriteBlocking tells of what stands in the way, to people who see it behind
// git's "remote: " or in the window of their editor.
func WriteBlocking(out io.Writer, d *register.Register, list []problem.Problem) error {
	shown := list[:min(len(list), gate.ShownErrors)]
	if err := diag.Text(out, shown, diag.TextOptions{Excerpt: d.Excerpt}); err != nil {
		return err
	}
	if more := len(list) - len(shown); more > 0 {
		fmt.Fprintf(out, "另有 %d 处错误没有列出\n", more)
	}
	return nil
}
