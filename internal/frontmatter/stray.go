package frontmatter

import (
	"strconv"
	"strings"

	"suqiu/internal/mdfile"
	"suqiu/internal/problem"
)

// strayRecords tells of records that were pasted below the front matter, where
// they state nothing.
func (d *decoder) strayRecords(p mdfile.Parts) {
	var lines []string
	for i := range d.schema.Keys {
		k := &d.schema.Keys[i]
		if k.Shape != Records && k.Shape != ByUnit && k.Shape != Record || !hasLine(p.Body, k.Name+":") {
			continue
		}
		if lines == nil {
			lines = strings.Split(p.Body, "\n")
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
			first, last := p.BodyLine+n, p.BodyLine+end-1
			d.report("yaml-syntax", k.Name, first, 1, last, "“"+k.Name+"”写到了正文里，没有起作用",
				"请把第 "+strconv.Itoa(first+1)+" 至 "+strconv.Itoa(last)+" 行移到首部（前面两行 --- 之间）的“"+k.Name+
					":”下面，再删去这一行")
			n = end - 1
		}
	}
}

// hasLine reports whether a line of a text begins so.
func hasLine(text, begin string) bool {
	return strings.HasPrefix(text, begin) || strings.Contains(text, "\n"+begin)
}

// startsRecord reports whether a line is the first of a record of a key.
func startsRecord(k *Key, line string) bool {
	name, ok := mdfile.LineKey(strings.TrimLeft(line, " -"))
	return ok && Find(k.Fields, name) != nil
}

// legible leaves out of what to paste what nobody can read: a character that
// was lost in another encoding comes back by typing it again.
func legible(p *problem.Problem) {
	if strings.ContainsRune(p.Fix, '\uFFFD') {
		p.Fix = "请先把文件改为 UTF-8 编码，再重新输入认不出的字；其余照提示改"
	}
}
