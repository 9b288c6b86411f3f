package gate

import (
	"bufio"
	"io"
	"strings"

	"suqiu/internal/misuse"
)

// Move is one reference that a push moves. A hash is empty where there is no
// commit: before the first, after a deletion.
type Move struct{ Old, New, Ref string }

// Branch is the name of the branch that moves; empty if it is none.
func (u Move) Branch() string {
	name, _ := strings.CutPrefix(u.Ref, "refs/heads/")
	if name == u.Ref {
		return ""
	}
	return name
}

// ReadMoves reads what Git tells a pre-receive hook.
func ReadMoves(r io.Reader) ([]Move, error) {
	var list []Move
	in := bufio.NewScanner(r)
	for in.Scan() {
		f := strings.Fields(in.Text())
		if len(f) != 3 {
			return nil, misuse.New("标准输入的“%s”不是“旧提交 新提交 引用”；本命令由 Git 运行", in.Text())
		}
		for i := range 2 {
			if strings.Trim(f[i], "0") == "" {
				f[i] = ""
			}
		}
		list = append(list, Move{f[0], f[1], f[2]})
	}
	return list, in.Err()
}
