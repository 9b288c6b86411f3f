package office

import (
	"archive/zip"
	"bytes"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestJoinSums(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.SliceOf(rapid.Byte()).Draw(t, "a"), rapid.SliceOf(rapid.Byte()).Draw(t, "b")
		if got, want := joinSums(crc32.ChecksumIEEE(a), crc32.ChecksumIEEE(b), int64(len(b))),
			crc32.ChecksumIEEE(slices.Concat(a, b)); got != want {
			t.Fatalf("%08x, want %08x", got, want)
		}
	})
	// A length of which only a high bit is set.
	zeros := make([]byte, 1<<20)
	sum := crc32.ChecksumIEEE([]byte("a"))
	whole := sum
	for range 1 << 11 {
		whole = crc32.Update(whole, crc32.IEEETable, zeros)
	}
	part := uint32(0)
	for range 1 << 11 {
		part = crc32.Update(part, crc32.IEEETable, zeros)
	}
	if got := joinSums(sum, part, 1<<31); got != whole {
		t.Errorf("of 2 GiB: %08x, want %08x", got, whole)
	}
}

// shelf keeps pieces as a folder of files does.
type shelf struct {
	bytes.Buffer
	earlier []byte
	known   map[string]place
	noted   map[string]place
	taken   int
}

type place struct {
	at, size int
	note     string
}

func (s *shelf) Earlier(key string) ([]byte, string) {
	p, ok := s.known[key]
	if !ok {
		return nil, ""
	}
	s.taken++
	return s.earlier[p.at:][:p.size], p.note
}

func (s *shelf) Next(key string, size int, note string) { s.noted[key] = place{s.Len(), size, note} }

// next is the shelf for the next version of the file.
func (s *shelf) next() *shelf {
	return &shelf{earlier: s.Bytes(), known: s.noted, noted: map[string]place{}}
}

// A file of which pieces were kept is, byte for byte, what it would be without,
// and a whole file.
func TestPieces(t *testing.T) {
	writers := map[string]func(*Sheet, io.Writer) error{
		"xlsx": func(s *Sheet, w io.Writer) error { return (&Workbook{Title: "表", Sheets: []Sheet{*s}}).Write(w) },
		"csv":  func(s *Sheet, w io.Writer) error { return s.WriteCSV(w) },
	}
	for name, write := range writers {
		t.Run(name, func(t *testing.T) {
			taken := 0
			rapid.Check(t, func(t *rapid.T) {
				s := &shelf{}
				texts := rapid.SliceOfN(rapid.SampledFrom([]string{"甲", "乙", "", "<&>\n",
					strings.Repeat("长", 300)}), 0, 8)
				var blocks [][]string
				for range rapid.IntRange(1, 4).Draw(t, "versions") {
					for range rapid.IntRange(0, 3).Draw(t, "changes") {
						at := rapid.IntRange(0, len(blocks)).Draw(t, "at")
						switch {
						case at == len(blocks) || rapid.Bool().Draw(t, "insert"):
							blocks = slices.Insert(blocks, at, texts.Draw(t, "new"))
						case rapid.Bool().Draw(t, "remove"):
							blocks = slices.Delete(blocks, at, at+1)
						default:
							blocks[at] = texts.Draw(t, "changed")
						}
					}
					var fresh bytes.Buffer
					if err := write(sheetOf(blocks, nil), &fresh); err != nil {
						t.Fatal(err)
					}
					s = s.next()
					if err := write(sheetOf(blocks, s), s); err != nil {
						t.Fatal(err)
					}
					if !bytes.Equal(fresh.Bytes(), s.Bytes()) {
						t.Fatalf("with pieces %d bytes, without %d", s.Len(), fresh.Len())
					}
					taken += s.taken
				}
				if name == "xlsx" {
					rows := 1
					for _, b := range blocks {
						rows += len(b)
					}
					if diff := cmp.Diff(rows, strings.Count(sheetText(t, s.Bytes()), "<row ")); diff != "" {
						t.Fatal("rows", diff)
					}
				}
			})
			if taken == 0 {
				t.Error("no piece was ever taken over")
			}
		})
	}
}

// sheetOf is a sheet of a column, of which the rows of each block have a key.
func sheetOf(blocks [][]string, p Pieces) *Sheet {
	s := &Sheet{Name: "表", Columns: []Column{{Title: "列", Wrap: true}}, Blocks: []Block{}, Pieces: p}
	for i, texts := range blocks {
		key := fmt.Sprintf("%q", texts)
		if i%3 == 2 {
			key = "" // one that is not kept
		}
		s.Blocks = append(s.Blocks, Block{Key: key, Rows: func(yield func(Row) bool) {
			for _, text := range texts {
				if !yield(Row{text}) {
					return
				}
			}
		}})
	}
	return s
}

// sheetText is the first sheet of a workbook; reading it makes sure of its sum.
func sheetText(t *rapid.T, data []byte) string {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
