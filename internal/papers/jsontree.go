package papers

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// node is one JSON value with its place. Lines and columns count from one,
// columns in characters.
type node struct {
	value        any // json.Delim for objects and lists, else string, json.Number, bool or nil
	line, column int
	keys         []string // of an object, in file order; also those that stand twice
	members      []*node  // of an object or a list
}

// get is the member of an object with this key, nil if there is none.
func (n *node) get(key string) *node {
	if n == nil {
		return nil
	}
	for i, k := range n.keys {
		if k == key {
			return n.members[i]
		}
	}
	return nil
}

// syntaxError is a fault after which a JSON text cannot be read on.
type syntaxError struct {
	line, column int
	message      string
}

// maxJSONDepth bounds the nesting of a summary, which has three levels.
const maxJSONDepth = 20

// parseJSON reads one JSON value with the places of all its parts.
func parseJSON(src []byte) (*node, *syntaxError) {
	r := jsonReader{src: src, d: json.NewDecoder(bytes.NewReader(src)), line: 1, column: 1}
	r.d.UseNumber()
	n, err := r.value(0)
	if err == nil {
		if _, more := r.d.Token(); !errors.Is(more, io.EOF) {
			err = errors.New("文件末尾还有多余的内容")
		}
	}
	if err != nil {
		r.advance(int(min(r.d.InputOffset(), int64(len(src)))))
		r.skip()
		return nil, &syntaxError{r.line, r.column, explainJSON(err, src, r.at)}
	}
	return n, nil
}

type jsonReader struct {
	src          []byte
	d            *json.Decoder
	at           int // up to here lines and columns are counted
	line, column int
}

// value reads the next value.
func (r *jsonReader) value(depth int) (*node, error) {
	if depth > maxJSONDepth {
		return nil, errors.New("嵌套太深")
	}
	r.advance(int(r.d.InputOffset()))
	r.skip()
	n := &node{line: r.line, column: r.column}
	token, err := r.d.Token()
	if err != nil {
		return nil, err
	}
	n.value = token
	open, ok := token.(json.Delim)
	if !ok {
		return n, nil
	}
	for r.d.More() {
		if open == '{' {
			key, err := r.d.Token()
			if err != nil {
				return nil, err
			}
			n.keys = append(n.keys, key.(string)) // the decoder admits no other key
		}
		member, err := r.value(depth + 1)
		if err != nil {
			return nil, err
		}
		n.members = append(n.members, member)
	}
	_, err = r.d.Token()
	return n, err
}

// skip goes over what may stand before a value.
func (r *jsonReader) skip() {
	for r.at < len(r.src) && strings.IndexByte(" \t\r\n:,", r.src[r.at]) >= 0 {
		r.advance(r.at + 1)
	}
}

// advance counts lines and columns up to an offset.
func (r *jsonReader) advance(to int) {
	for r.at < to {
		c, size := utf8.DecodeRune(r.src[r.at:])
		if c == '\n' {
			r.line, r.column = r.line+1, 1
		} else {
			r.column++
		}
		r.at += size
	}
}

// explainJSON says what stands in the way of reading on at an offset.
func explainJSON(err error, src []byte, at int) string {
	var syntax *json.SyntaxError
	switch {
	case len(bytes.TrimSpace(src)) == 0:
		return "文件是空的"
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return "文件没有写完，缺少结尾的 } 或 ]"
	case !errors.As(err, &syntax):
		return err.Error()
	}
	c, _ := utf8.DecodeRune(src[at:])
	switch {
	case c == '“' || c == '”':
		return "这里用了中文引号，不是 JSON 的写法"
	case strings.ContainsRune("：，｛｝［］", c):
		return "这里用了全角的“" + string(c) + "”，不是 JSON 的写法"
	case c == '/' || c == '#':
		return "JSON 里不能写备注"
	case c == '}' || c == ']':
		return "最后一项后面多了一个逗号，或者缺少一项"
	case c == '"':
		return "上一项后面缺少逗号或冒号"
	}
	return "这里的写法不是 JSON"
}

// whole is the number of a node; ok is false if it is not a whole number that
// is at least zero.
func (n *node) whole() (int, bool) {
	number, ok := n.value.(json.Number)
	if !ok {
		return 0, false
	}
	v, err := strconv.Atoi(number.String())
	return v, err == nil && v >= 0 && v <= maxFigure
}

// maxFigure bounds every figure, so that sums of summaries do not overflow.
const maxFigure = 1_000_000_000

// text is the string of a node; ok is false if it is none.
func (n *node) text() (string, bool) {
	s, ok := n.value.(string)
	return s, ok
}

// is reports whether a node is an object or a list, by its opening delimiter.
func (n *node) is(open json.Delim) bool { return n.value == open }
