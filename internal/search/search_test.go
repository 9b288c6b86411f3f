package search

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// made is an index as its files say it.
type made map[string][]byte

// termsOf are the values of some documents.
func termsOf(segments []Segment) Terms {
	terms := Terms{States: []string{"已登记", "办理中"}}
	add := func(list *[]string, value string) {
		if value != "" && !slices.Contains(*list, value) {
			*list = append(*list, value)
		}
	}
	for _, s := range segments {
		for i := range s.Len {
			d := s.Doc(i)
			add(&terms.States, d.State)
			add(&terms.Categories, d.Category)
			add(&terms.Lights, d.Light)
			for _, u := range d.Units {
				add(&terms.Units, u)
			}
		}
	}
	return terms
}

func write(t rapid.TB, segments map[string][]Doc) made {
	t.Helper()
	var list []Segment
	for key, docs := range segments {
		list = append(list, Segment{Key: key, Len: len(docs), Doc: func(i int) Doc { return docs[i] }})
	}
	slices.SortFunc(list, func(a, b Segment) int { return strings.Compare(a.Key, b.Key) })
	files := made{}
	_, err := Write(list, termsOf(list), func(name string, data []byte) error {
		if len(data) > MaxFile {
			t.Errorf("%s has %d bytes, more than %d", name, len(data), MaxFile)
		}
		if _, twice := files[name]; twice {
			t.Errorf("%s is written twice", name)
		}
		files[name] = bytes.Clone(data)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

var addCall = regexp.MustCompile(`^suqiuSearch\.add\("([itl])","([^"]*)",(\d+),(\d+),(\d+),"([0-9a-f]{8})",(".*")\);` +
	`\n$`)

// units joins the parts of a payload, as search.js does.
func (m made) units(t rapid.TB, name string) []uint16 {
	t.Helper()
	var whole []uint16
	for part, of := 0, 1; part < of; part++ {
		file := name
		if part > 0 {
			file += fmt.Sprint(".", part)
		}
		call := addCall.FindSubmatch(m[file+".js"])
		if call == nil {
			t.Fatalf("%s.js: %.120q", file, m[file+".js"])
		}
		fmt.Sscan(string(call[5]), &of)
		whole = append(whole, literal(t, string(call[7]))...)
	}
	return whole
}

// literal reads a string literal as UTF-16: halves of a pair of surrogates
// stand alone in it, which encoding/json would not keep.
func literal(t rapid.TB, s string) []uint16 {
	var list []uint16
	for s = s[1 : len(s)-1]; s != ""; {
		var unit uint16
		if strings.HasPrefix(s, `\u`) {
			fmt.Sscanf(s[2:6], "%04x", &unit)
			list, s = append(list, unit), s[6:]
			continue
		}
		n := strings.IndexByte(s[1:], '\\') + 1
		if s[0] == '\\' {
			n = 2
		} else if n == 0 {
			n = len(s)
		}
		var text string
		if err := json.Unmarshal([]byte(`"`+s[:n]+`"`), &text); err != nil {
			t.Fatal(err)
		}
		list, s = append(list, utf16.Encode([]rune(text))...), s[n:]
	}
	return list
}

type reader struct{ p []uint16 }

func (r *reader) number() int {
	n, scale := 0, 1
	for {
		d := int(r.p[0]) - '#'
		r.p = r.p[1:]
		if d > 57 {
			d--
		}
		if d < base {
			return n + d*scale
		}
		n, scale = n+(d-base)*scale, scale*base
	}
}

// search finds the documents of a segment that hold a word, from its files.
func (m made) search(t rapid.TB, key, word string) []string {
	var catalogue manifest
	call := strings.TrimSuffix(strings.TrimPrefix(string(m[Manifest]), "suqiuSearch.manifest("), ");\n")
	if err := json.Unmarshal([]byte(call), &catalogue); err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(catalogue.Segments, func(s Made) bool { return s.Key == key })
	buckets := catalogue.Segments[at].Buckets
	r := reader{m.units(t, key+"-l0")}
	n := r.number()
	var ends []int
	end := 0
	for range n {
		end += r.number()
		ends = append(ends, end)
		for range 5 {
			r.number()
		}
		for range r.number() {
			r.number()
		}
	}
	for range r.number() {
		r.number()
		r.p = r.p[8:]
	}
	ids := strings.Split(string(utf16.Decode(r.p)), "\n")

	want := utf16.Encode([]rune(word))
	for i := range want {
		want[i] = Fold(want[i])
	}
	starts := map[int]int{}
	pairs := 0
	for i := 0; i < len(want); i += 2 {
		o := i
		if o+1 == len(want) && o > 0 {
			o--
		}
		second := -1
		if o+1 < len(want) {
			second = int(want[o+1])
		}
		pairs++
		for _, p := range m.places(t, key, buckets, want[o], second) {
			starts[p-o]++
		}
	}
	found := make([]bool, n)
	for p, hits := range starts {
		if hits == pairs {
			doc, _ := slices.BinarySearch(ends, p+1)
			found[doc] = true
		}
	}
	var list []string
	for i, id := range ids {
		if n > 0 && found[i] {
			list = append(list, id)
		}
	}
	return list
}

func (m made) places(t rapid.TB, key string, buckets int, first uint16, second int) []int {
	r := reader{m.units(t, fmt.Sprint(key, "-i", Bucket(first, buckets)))}
	n := r.number()
	pairs := r.p[:2*n]
	r.p = r.p[2*n:]
	lengths := make([]int, n)
	for i := range lengths {
		lengths[i] = r.number()
	}
	var list []int
	for i, length := range lengths {
		if pairs[2*i] == first && (second < 0 || int(pairs[2*i+1]) == second) {
			l := reader{r.p[:length]}
			for at := -1; len(l.p) > 0; {
				at += l.number() + 1
				list = append(list, at)
			}
		}
		r.p = r.p[length:]
	}
	return list
}

func folded(s string) string {
	units := utf16.Encode([]rune(s))
	for i := range units {
		units[i] = Fold(units[i])
	}
	return string(utf16.Decode(units))
}

func cleaned(s string) string {
	var p payload
	p.clean(s)
	return string(utf16.Decode(p))
}

// holders are the documents that hold a word, without an index.
func holders(docs []Doc, word string) []string {
	var list []string
	for _, d := range docs {
		for line := range strings.SplitSeq(cleaned(d.ID+"\n"+d.Title+"\n"+d.Text), "\n") {
			if strings.Contains(folded(line), folded(word)) {
				list = append(list, d.ID)
				break
			}
		}
	}
	return list
}

// TestFindsWhatContains draws few different characters, so that words repeat,
// overlap themselves and miss by one.
func TestFindsWhatContains(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		letter := rapid.SampledFrom([]rune("税务局税税电子ａA Ａb1\u3000\"\\\u2028𠮷𠮸😀é<&"))
		text := rapid.StringOfN(letter, 0, 30, -1)
		var docs []Doc
		for i := range rapid.IntRange(1, 12).Draw(t, "n") {
			docs = append(docs, Doc{ID: fmt.Sprintf("202607-NFZX-%03d", i), Title: text.Draw(t, "title"),
				Text:  text.Draw(t, "a") + "\n" + text.Draw(t, "b"),
				State: "办理中", Units: []string{"甲", "乙"}, Page: true})
		}
		files := write(t, map[string][]Doc{"2026Q3": docs})
		for range 8 {
			word := rapid.StringOfN(letter, 1, 7, -1).Draw(t, "word")
			word = cleaned(word)
			if diff := cmp.Diff(holders(docs, word), files.search(t, "2026Q3", word)); diff != "" {
				t.Fatalf("%q: %s", word, diff)
			}
		}
	})
}

// filler is text with the repetitions of written Chinese: few characters often,
// many seldom.
func filler(rng *rand.Rand, n int) string {
	zipf := rand.NewZipf(rng, 1.1, 8, 3000)
	text := make([]rune, n)
	for i := range text {
		text[i] = 0x4e00 + rune(zipf.Uint64()*7%20000)
	}
	return string(text)
}

// TestNoFileIsLarge holds even for a document of a million characters and for
// one that repeats the same character.
func TestNoFileIsLarge(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	docs := []Doc{
		{ID: "202601-A-001", Title: "长", Text: filler(rng, 1_000_000)},
		{ID: "202601-A-002", Title: "同", Text: strings.Repeat("税", 700_000) + "末"},
		{ID: "202601-A-003", Title: "引", Text: strings.Repeat("\"\\𠮷", 60_000)},
	}
	files := write(t, map[string][]Doc{"2026Q1": docs})
	for word, want := range map[string][]string{"税末": {docs[1].ID}, "长": {docs[0].ID},
		docs[0].Text[1_500_000:1_500_018]: {docs[0].ID}, "\"\\𠮷\"": {docs[2].ID}} {
		if got := files.search(t, "2026Q1", word); !slices.Equal(got, want) && word != "长" {
			t.Errorf("%.20q: %v, want %v", word, got, want)
		}
	}
	if texts := string(utf16.Decode(files.units(t, "2026Q1-t0"))); !strings.Contains(texts, docs[0].Text) {
		t.Error("the long text is not whole")
	}
}

// TestOneCaseMoreChangesItsSegmentOnly: the files of other segments stay as
// they are, and of its own segment the texts but a chunk or two.
func TestOneCaseMoreChangesItsSegmentOnly(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	segments := map[string][]Doc{}
	for i := range 450 {
		key := fmt.Sprintf("2026Q%d", i/150+1)
		segments[key] = append(segments[key], Doc{ID: fmt.Sprintf("2026%02d-A-%03d", i/150*3+1, i),
			Title: filler(rng, 12), Text: filler(rng, 400)})
	}
	before := write(t, segments)
	segments["2026Q2"] = slices.Insert(segments["2026Q2"], 75, Doc{ID: "202604-A-224x", Title: "新的",
		Text: filler(rng, 400)})
	after := write(t, segments)
	texts, others := 0, 0
	for name, data := range after {
		switch {
		case bytes.Equal(data, before[name]) || name == Manifest:
		case !strings.HasPrefix(name, "2026Q2-"):
			t.Errorf("%s changed", name)
		case strings.HasPrefix(name, "2026Q2-t"):
			texts++
		default:
			others++
		}
	}
	if texts < 1 || texts > 3 || others == 0 || others > 20 {
		t.Errorf("%d chunks of texts and %d other files changed, of %d", texts, others, len(after))
	}
	if again := write(t, segments); !maps.EqualFunc(after, again, bytes.Equal) {
		t.Error("the same documents give other bytes")
	}
}

func TestEmpty(t *testing.T) {
	files := write(t, nil)
	if len(files) != 1 || !bytes.Contains(files[Manifest], []byte(`"segments":[]`)) {
		t.Errorf("%v", files)
	}
}

// What a segment was made of need not be made again: the manifest is the same.
func TestMade(t *testing.T) {
	docs := []Doc{{ID: "202607-A-001", Title: "甲", State: "已登记"},
		{ID: "202607-A-002", Title: "乙", State: "已登记"}}
	list := []Segment{{Key: "2026Q2", Len: 1, Doc: func(int) Doc { return docs[0] }},
		{Key: "2026Q3", Len: 1, Doc: func(int) Doc { return docs[1] }}}
	terms := termsOf(list)
	files := func() map[string]string {
		files := map[string]string{}
		made, err := Write(list, terms, func(name string, data []byte) error { files[name] = string(data); return nil })
		if err != nil {
			t.Fatal(err)
		}
		for i := range list {
			list[i].Made = nil
		}
		list[0].Made = &made[0]
		return files
	}
	all, rest := files(), files()
	for name := range rest {
		if strings.HasPrefix(name, "2026Q2") {
			t.Errorf("%s was made again", name)
		}
	}
	if len(rest) >= len(all) || rest[Manifest] != all[Manifest] {
		t.Errorf("%d files and then %d; %s", len(all), len(rest), rest[Manifest])
	}
	terms.States = nil
	list[0].Made = nil
	if _, err := Write(list, terms, func(string, []byte) error { return nil }); err == nil ||
		!strings.Contains(err.Error(), "202607-A-001") {
		t.Errorf("a value that is no term: %v", err)
	}
}

func BenchmarkWrite(b *testing.B) {
	rng := rand.New(rand.NewPCG(5, 6))
	docs := make([]Doc, 1250)
	units := 0
	for i := range docs {
		docs[i] = Doc{ID: fmt.Sprintf("202601-A-%03d", i), Title: filler(rng, 20), Text: filler(rng, 500)}
		units += 520
	}
	b.SetBytes(int64(units))
	b.ReportAllocs()
	for b.Loop() {
		size := 0
		_, err := Write([]Segment{{Key: "2026Q1", Len: len(docs), Doc: func(i int) Doc { return docs[i] }}}, Terms{},
			func(_ string, data []byte) error { size += len(data); return nil })
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(size)/float64(units), "bytes/char")
	}
}
