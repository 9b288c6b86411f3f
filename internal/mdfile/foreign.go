package mdfile

import (
	"bytes"
)

// foreign says of a file that is no text in UTF-8 as a whole what it is and how
// its text comes back; empty for any other.
func foreign(src []byte) (message, fix string) {
	switch {
	case bytes.HasPrefix(src, []byte{0xFF, 0xFE}), bytes.HasPrefix(src, []byte{0xFE, 0xFF}), isUTF16(src):
		return "文件是 UTF-16 编码，无法读取", "请用记事本打开，“另存为”时编码选 UTF-8"
	case bytes.HasPrefix(src, []byte("version https://git-lfs.github.com/spec/")):
		return "这是 Git LFS 的指针，不是文件的内容：内容没有入库",
			"请删去 .gitattributes 里对这类文件写的 filter=lfs，在有内容的电脑上运行 git lfs pull、git add --" +
				"renormalize .，重新提交"
	}
	return "", ""
}

// isUTF16 recognises UTF-16 without a byte order mark: a case begins with
// ASCII, of which every other byte is zero, always on the same side.
func isUTF16(src []byte) bool {
	head := src[:min(len(src), 512)]
	if len(head) < 4 || len(src)%2 != 0 {
		return false
	}
	var zeros [2]int
	for i, c := range head {
		if c == 0 {
			zeros[i%2]++
		}
	}
	less, more := min(zeros[0], zeros[1]), max(zeros[0], zeros[1])
	return (head[0] == 0) != (head[1] == 0) && more >= 2 && more >= 4*less
}
