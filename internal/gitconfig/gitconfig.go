// Package gitconfig reads Git's configuration files as Git reads them.
package gitconfig

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
)

// Config are the settings of one of Git's configuration files, in its order.
// Files that it includes are not followed.
type Config []Setting

// Setting is one line. Section and Key are in small letters, as Git compares
// them without regard to case.
type Setting struct {
	Section, Sub, Key string
	Value             string
	Bare              bool // without an equals sign, which is true to Git
}

// Read reads a configuration file; a file that is not there has none.
func Read(name string) (Config, error) {
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return parse(data)
}

// Last is the setting that counts of a section without subsections.
func (c Config) Last(section, key string) (found Setting, ok bool) {
	for _, s := range c {
		if s.Section == section && s.Sub == "" && s.Key == key {
			found, ok = s, true
		}
	}
	return found, ok
}

// Yes reports whether Git takes a setting for true.
func (s Setting) Yes() bool {
	switch v := strings.ToLower(s.Value); v {
	case "true", "yes", "on":
		return true
	default:
		n, err := strconv.Atoi(v)
		return s.Bare || err == nil && n != 0
	}
}

// parse reads the format that git help config describes, with the byte
// order mark that some editors put in front of it.
func parse(data []byte) (Config, error) {
	p := configParser{rest: bytes.ReplaceAll(bytes.TrimPrefix(data, []byte("\ufeff")), []byte("\r\n"), []byte("\n")),
		line: 1}
	var list Config
	var at Setting
	for {
		switch c := p.next(); {
		case c == 0:
			return list, nil
		case c == '\n', c == ' ', c == '\t', c == '\r':
		case c == '#', c == ';':
			p.skip()
		case c == '[':
			if at = p.header(); p.bad {
				return nil, fmt.Errorf("第 %d 行", p.line)
			}
		case letter(c):
			s := at
			s.Key = strings.ToLower(string(c) + p.word())
			s.Value, s.Bare = p.value()
			if p.bad {
				return nil, fmt.Errorf("第 %d 行", p.line)
			}
			list = append(list, s)
		default:
			return nil, fmt.Errorf("第 %d 行", p.line)
		}
	}
}

// configParser reads a configuration file byte by byte; 0 is its end.
type configParser struct {
	rest []byte
	line int
	bad  bool
}

func (p *configParser) peek() byte {
	if len(p.rest) == 0 {
		return 0
	}
	return p.rest[0]
}

func (p *configParser) next() byte {
	c := p.peek()
	if len(p.rest) > 0 {
		p.rest = p.rest[1:]
	}
	if c == '\n' {
		p.line++
	}
	return c
}

// skip leaves out the rest of a line.
func (p *configParser) skip() {
	for c := p.peek(); c != 0 && c != '\n'; c = p.peek() {
		p.next()
	}
}

func (p *configParser) blanks() {
	for p.peek() == ' ' || p.peek() == '\t' {
		p.next()
	}
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// word reads what a name goes on with.
func (p *configParser) word() string {
	var b strings.Builder
	for c := p.peek(); letter(c) || c >= '0' && c <= '9' || c == '-'; c = p.peek() {
		b.WriteByte(p.next())
	}
	return b.String()
}

// header reads what stands behind [: name], name.sub] or name "sub"].
func (p *configParser) header() (s Setting) {
	s.Section = strings.ToLower(p.word())
	if p.peek() == '.' {
		p.next()
		for c := p.peek(); c != ']' && c > ' '; c = p.peek() {
			s.Sub += strings.ToLower(string(p.next()))
		}
	} else if p.blanks(); p.peek() == '"' {
		p.next()
		var sub []byte
		for c := p.next(); c != '"'; c = p.next() {
			if c == '\\' {
				c = p.next()
			}
			if c == 0 || c == '\n' {
				p.bad = true
				return s
			}
			sub = append(sub, c)
		}
		s.Sub = string(sub)
	}
	p.bad = s.Section == "" || p.next() != ']'
	return s
}

// value reads what stands behind a key; bare: nothing but the key is there.
func (p *configParser) value() (text string, bare bool) {
	p.blanks()
	switch p.peek() {
	case 0, '\n':
		return "", true
	case '=':
		p.next()
	default:
		p.bad = true
		return "", false
	}
	p.blanks()
	var b []byte
	kept := 0 // bytes that trailing blanks do not belong to
	for quoted := false; ; {
		c := p.peek()
		if c == 0 || c == '\n' {
			p.bad = quoted
			return string(b[:kept]), false
		}
		p.next()
		switch {
		case !quoted && (c == '#' || c == ';'):
			p.skip()
			continue
		case c == '"':
			quoted = !quoted
			kept = len(b)
			continue
		case c == '\\':
			escaped := p.next()
			if escaped == '\n' {
				continue
			}
			i := strings.IndexByte(`tbn\"`, escaped)
			if i < 0 || escaped == 0 {
				p.bad = true
				return "", false
			}
			b = append(b, "\t\b\n\\\""[i])
			kept = len(b)
			continue
		}
		b = append(b, c)
		if quoted || c != ' ' && c != '\t' {
			kept = len(b)
		}
	}
}
