package config

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"suqiu/internal/charset"
	"suqiu/internal/problem"
	"suqiu/internal/yamltext"
)

// Unreadable is a suqiu.yaml of which nobody can tell all that it says, and so
// what the 公开 edition may show. Both parts are Chinese sentences without a full
// stop.
type Unreadable struct {
	Path, What, Cure string
}

// Error joins both parts.
func (u *Unreadable) Error() string {
	return u.Path + " 无法读取：" + u.What + "。读不出哪些事项只能显示要素，所以不显示、也不写入任何事项；" + u.Cure
}

// NotAFile is the configuration where no file stands in its place.
func NotAFile(path, what string) *Config {
	r := newReader()
	r.c.index()
	r.unreadable(path, "path-mismatch", what, "请删去它，把 suqiu.yaml 文件本身放在仓库的最上一层，提交后再运行")
	return r.c
}

// unreadable notes why nothing can be told by the file, and tells of it.
func (r *reader) unreadable(path, rule, what, cure string) {
	r.c.Unreadable = &Unreadable{path, what, cure}
	r.tell(rule, "", nil, path+" 无法读取："+what, cure)
}

// byFormat is the cure of what fmt mends.
const byFormat = "请执行 suqiu fmt suqiu.yaml 改为 UTF-8（或用记事本打开，“另存为”时编码选 UTF-8），提交后再运行"

// readText tells of what is no text in UTF-8. It reports whether the text can
// be looked at.
func (r *reader) readText(path string, src []byte) bool {
	switch {
	case len(bytes.TrimSpace(bytes.TrimPrefix(src, []byte("\xef\xbb\xbf")))) == 0:
		r.unreadable(path, "key-missing", "文件是空的",
			"请从历史中恢复原来的内容（git checkout 最近一次正常的提交 -- suqiu.yaml），提交后再运行")
	case bytes.HasPrefix(src, []byte("version https://git-lfs")):
		r.unreadable(path, "encoding", "里面是 Git LFS 的指针，不是内容本身",
			"请在 .gitattributes 中取消 suqiu.yaml 的 LFS（git lfs untrack suqiu.yaml），"+
				"重新提交 suqiu.yaml 的内容，再运行")
	case wide(src):
		r.unreadable(path, "encoding", "是 UTF-16 编码（记事本的 Unicode）", byFormat)
	case !utf8.Valid(src):
		r.unreadable(path, "encoding", "不是 UTF-8 编码（可能是 GB18030，也就是记事本的 ANSI）", byFormat)
	case bytes.IndexByte(src, 0) >= 0:
		r.unreadable(path, "encoding", "含有不是文字的内容",
			"请从历史中恢复原来的内容（git checkout 最近一次正常的提交 -- suqiu.yaml），提交后再运行")
	default:
		return true
	}
	return false
}

// judgeReading tells whether all that the file says was read.
func (r *reader) judgeReading(path string) {
	if r.newer != nil {
		r.newer.Path = path
		r.c.Unreadable = r.newer
		return
	}
	for _, p := range r.c.Problems {
		if p.Rule == "yaml-syntax" || p.Rule == "encoding" {
			fix := "请执行 suqiu check 查看逐处的改法，改好并提交后再运行"
			if p.Fix != "" {
				fix = "改法：" + strings.ReplaceAll(strings.TrimSpace(p.Fix), "\n", "\\n") + "；" + fix
			}
			r.c.Unreadable = &Unreadable{path, "第 " + strconv.Itoa(p.Line) + " 行，" + p.Message, fix}
			return
		}
	}
	if len(r.c.Units) == 0 {
		r.c.Unreadable = &Unreadable{path, "没有读到任何“单位”",
			"请执行 suqiu check 查看逐处的改法，改好并提交后再运行"}
	}
}

// wide reports whether a text is UTF-16, with its mark or without: then most of
// its Latin letters and line ends have a zero beside them.
func wide(src []byte) bool {
	if bytes.HasPrefix(src, []byte("\xff\xfe")) || bytes.HasPrefix(src, []byte("\xfe\xff")) {
		return true
	}
	_, ok := narrowOrder(src)
	return ok
}

// narrowOrder tells of UTF-16 without a mark which byte of a letter comes first.
func narrowOrder(src []byte) (little, ok bool) {
	if len(src) < 4 || len(src)%2 != 0 {
		return false, false
	}
	zeros := [2]int{}
	for i, c := range src {
		if c == 0 {
			zeros[i%2]++
		}
	}
	few, many := min(zeros[0], zeros[1]), max(zeros[0], zeros[1])
	return zeros[1] > zeros[0], many > 0 && few == 0
}

// decoded is a text in UTF-8, if it was written in GB18030 or UTF-16.
func decoded(src []byte) []byte {
	text, ok := charset.FromUTF16(src)
	if little, bare := narrowOrder(src); !ok && bare {
		text, ok = charset.FromBareUTF16(src, little)
	} else if !ok {
		text, ok = charset.FromGB18030(src)
	}
	if !ok {
		return src
	}
	return text
}

// Format is suqiu.yaml as it can be read: in UTF-8, with the slips mended of
// which it is certain what was meant. All else stays as it is typed. Problems
// are what it cannot mend.
func Format(path string, src []byte) ([]byte, []problem.Problem) {
	text := decoded(src)
	text = bytes.ReplaceAll(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")), []byte("\r\n"), []byte("\n"))
	if !utf8.Valid(text) || bytes.IndexByte(text, 0) >= 0 {
		return src, Parse(path, src).Problems
	}
	if mended := yamltext.Mended(text, 1); Parse(path, mended).Unreadable == nil {
		text = mended
	}
	c := Parse(path, text)
	if c.Unreadable != nil && len(c.Problems) == 0 {
		return text, []problem.Problem{{Rule: "yaml-syntax", Line: 1, Message: c.Unreadable.What,
			Fix: c.Unreadable.Cure}}
	}
	return text, c.Problems
}
