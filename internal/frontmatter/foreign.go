package frontmatter

import (
	"bytes"
	"strconv"
	"strings"

	"suqiu/internal/problem"
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

// strayRecords tells of records that were pasted below the front matter, where
// they state nothing.
func (d *decoder) strayRecords(p parts) {
	var lines []string
	for i := range d.schema.Keys {
		k := &d.schema.Keys[i]
		if k.Shape != Records && k.Shape != ByUnit && k.Shape != Record || !strings.Contains("\n"+p.body, "\n"+k.Name+
			":") {
			continue
		}
		if lines == nil {
			lines = strings.Split(p.body, "\n")
		}
		for n := 0; n < len(lines); n++ {
			if strings.TrimRight(lines[n], " \r") != k.Name+":" {
				continue
			}
			end := n + 1
			for end < len(lines) && (strings.HasPrefix(lines[end], " ") || strings.HasPrefix(lines[end], "-")) {
				end++
			}
			if end == n+1 || k.Shape != ByUnit && !startsRecord(k, lines[n+1]) {
				continue // words of a text
			}
			first, last := p.bodyLine+n, p.bodyLine+end-1
			d.report("yaml-syntax", k.Name, first, 1, last, "“"+k.Name+"”写到了正文里，没有起作用",
				"请把第 "+strconv.Itoa(first+1)+" 至 "+strconv.Itoa(last)+" 行移到首部（前面两行 --- 之间）的“"+k.Name+
					":”下面，再删去这一行")
			n = end - 1
		}
	}
}

// startsRecord reports whether a line is the first of a record of a key.
func startsRecord(k *Key, line string) bool {
	name, ok := lineKey(strings.TrimLeft(line, " -"))
	return ok && Find(k.Fields, name) != nil
}

// legible leaves out of what to paste what nobody can read: a character that
// was lost in another encoding comes back by typing it again.
func legible(p *problem.Problem) {
	if strings.ContainsRune(p.Fix, '\uFFFD') {
		p.Fix = "请先把文件改为 UTF-8 编码，再重新输入认不出的字；其余照提示改"
	}
}
