package site

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/report"
	"suqiu/internal/workday"
)

// A build remembers of each case page, form and report what it was made of and
// how its file then stood: its size and the time of its last change. The next
// build of the same day, settings and templates into the same folder leaves
// those alone of which neither has changed since. Lists, figures and downloads,
// which a single landing changes, are always made.

// basis is a digest of all that a file is made of, beside what all files are
// made of alike.
type basis [16]byte

// made is a file as an earlier build left it.
type made struct {
	basis basis
	size  int64
	time  int64 // of the last change, in Unix nanoseconds
}

// memory is what builds remember of a folder.
type memory struct {
	ground string // what all files are made of alike, and the folder
	files  map[string]made
}

// ground is what all files of a build are made of alike; empty if it cannot be
// told, and then nothing is used again.
func (v *view) ground(in *Input, out string) string {
	d := in.Docket
	if in.Build == "" || d.Terms == "" {
		return ""
	}
	sum := sha256.New()
	fmt.Fprintf(sum, "%q %q %q %s %q %x\n", out, in.Build, in.Tool, d.AsOf, in.Edition, d.Terms)
	for _, m := range v.meetings {
		fmt.Fprintf(sum, "%q %q\n", m.ID, m.Href())
	}
	for _, r := range v.rules {
		fmt.Fprintf(sum, "%q\n", r)
	}
	if hashFiles(sum, in.Templates) != nil {
		return ""
	}
	return hex.EncodeToString(sum.Sum(nil))
}

func hashFiles(sum hash.Hash, fsys fs.FS) error {
	for _, folder := range []string{"pages", "static"} {
		entries, err := fs.ReadDir(fsys, folder)
		if err != nil {
			return err
		}
		for _, e := range entries {
			data, err := fs.ReadFile(fsys, path.Join(folder, e.Name()))
			if err != nil {
				return err
			}
			fmt.Fprintf(sum, "%s/%s %d\n", folder, e.Name(), len(data))
			sum.Write(data)
		}
	}
	return nil
}

// basisOf tells what a file is made of; false for one that is always made.
func (v *view) basisOf(name string) (basis, bool) {
	folder, file := path.Split(name)
	switch folder {
	case "cases/":
		return v.basisOfCase(v.byID[strings.TrimSuffix(file, ".html")])
	case "forms/":
		return v.basisOfCase(v.byID[file[:max(strings.LastIndexByte(file, '-'), 0)]])
	case "reports/":
		quarter, end, _ := strings.Cut(file, ".")
		if q, err := workday.ParseQuarter(quarter); err == nil && (end == "docx" || end == "xlsx") {
			for i := range v.quarters {
				if v.quarters[i].Quarter == q {
					return v.bases[i](), true
				}
			}
		}
	}
	return basis{}, false
}

func (v *view) basisOfCase(e *Element) (basis, bool) {
	if e == nil || e.mark == "" {
		return basis{}, false
	}
	sum := sha256.New()
	hashTexts(sum, e.mark, e.ID, strconv.FormatBool(e.Page), strconv.FormatBool(e.Text != nil))
	if e.Text != nil {
		first, more := v.related(e)
		for _, r := range slices.Concat(first, more) {
			hashTexts(sum, r.Label, r.ID, r.Name, r.Href, string(r.State))
		}
		for i := range e.Text.Sections {
			// A text that may lead to other cases follows from which there are.
			if strings.ContainsAny(e.Text.Sections[i].Text, "[<") {
				sum.Write(v.pages[:])
				break
			}
		}
	}
	return basis(sum.Sum(nil)[:len(basis{})]), true
}

func hashTexts(sum hash.Hash, texts ...string) {
	for _, s := range texts {
		var length [8]byte
		binary.BigEndian.PutUint64(length[:], uint64(len(s)))
		sum.Write(length[:])
		io.WriteString(sum, s)
	}
}

// hashPages is a digest of which cases have a page.
func (v *view) hashPages() (b basis) {
	sum := sha256.New()
	for _, e := range v.cases {
		if e.Page {
			fmt.Fprintln(sum, e.ID)
		}
	}
	return basis(sum.Sum(nil)[:len(b)])
}

// basisOfReport is what the Word and Excel files of a report are made of.
func basisOfReport(d *report.Document) basis {
	data, err := json.Marshal(d)
	if err != nil {
		panic(err) // a Document is made of texts and numbers
	}
	sum := sha256.Sum256(data)
	return basis(sum[:len(basis{})])
}

const memoryHead = "suqiu-made 1 "

// parseMemory reads a memory; an empty one if it is of something else.
func parseMemory(data []byte, ground string) memory {
	m := memory{ground: ground, files: map[string]made{}}
	if ground == "" || !bytes.HasPrefix(data, []byte(memoryHead+ground+"\n")) {
		return m
	}
	for line := range strings.Lines(string(data[len(memoryHead)+len(ground)+1:])) {
		fields := strings.Fields(line)
		if len(fields) != 4 || !strings.HasSuffix(line, "\n") { // cut off
			continue
		}
		sum, err := hex.DecodeString(fields[0])
		size, err1 := strconv.ParseInt(fields[1], 10, 64)
		time, err2 := strconv.ParseInt(fields[2], 10, 64)
		if cmp.Or(err, err1, err2) != nil || len(sum) != len(basis{}) {
			continue
		}
		m.files[fields[3]] = made{basis(sum), size, time}
	}
	return m
}

// text is what parseMemory reads.
func (m *memory) text(names []string) []byte {
	b := []byte(memoryHead + m.ground + "\n")
	for _, name := range names {
		if f, ok := m.files[name]; ok {
			b = fmt.Appendf(b, "%x %d %d %s\n", f.basis, f.size, f.time, name)
		}
	}
	return b
}

// abs names the folder wherever the program runs.
func (t *target) abs() string {
	if dir, err := filepath.Abs(t.dir); err == nil {
		return dir
	}
	return t.dir
}

// reuse makes name part of the site as it is there, if it was made of the same
// and has not been touched since.
func (t *target) reuse(name string, of basis) bool {
	was, ok := t.made.files[name]
	if !ok || was.basis != of || !t.old[name] {
		return false
	}
	if size, time, err := t.stat(name); err != nil || size != was.size || time != was.time {
		return false
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.names = append(t.names, name)
	t.reused[name] = was
	return true
}

// note says what a file was made of.
func (t *target) note(name string, of basis) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.noted[name] = of
}

// stat tells of a file that is in its place; its folder is kept open.
func (t *target) stat(name string) (size, time int64, err error) {
	folder := path.Dir(name)
	t.mu.Lock()
	dir := t.places[folder]
	if dir == nil {
		if dir, err = t.root.OpenRoot(folder); err == nil {
			t.places[folder] = dir
		}
	}
	t.mu.Unlock()
	if err != nil {
		return 0, 0, err
	}
	info, err := dir.Lstat(path.Base(name))
	if err != nil || !info.Mode().IsRegular() {
		return 0, 0, cmp.Or(err, fs.ErrInvalid)
	}
	return info.Size(), info.ModTime().UnixNano(), nil
}

// remembered is what the next build may use again. A file that cannot be looked
// at is left out.
func (t *target) remembered() []byte {
	if t.made.ground == "" {
		return nil
	}
	next := memory{ground: t.made.ground, files: t.reused}
	for name, of := range t.noted {
		if size, time, err := t.stat(name); err == nil {
			next.files[name] = made{of, size, time}
		}
	}
	return next.text(t.names)
}
