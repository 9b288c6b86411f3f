package main

import (
	"fmt"
	"io"

	"suqiu/internal/worktree"
)

// writeOut writes a file whole or not at all. "-" is standard output, for another program.
func (inv *invocation) writeOut(name string, write func(io.Writer) error) error {
	if name == "-" {
		return write(inv.data)
	}
	if err := worktree.WriteFile(name, write); err != nil {
		return fmt.Errorf("写不了 %s：%w", worktree.Shown(inv.dir, name), err)
	}
	return nil
}
