package docs

import (
	"bytes"
	"image"
	"image/png"
	"io/fs"
	"strings"
	"testing"
)

// TestPictures: each picture of the manual is on a page, made by the program that
// makes them, and small enough to lie in Git and in every site.
func TestPictures(t *testing.T) {
	names, err := fs.Glob(Pages, "*.png")
	if err != nil || len(names) == 0 {
		t.Fatal(err, names)
	}
	var text strings.Builder
	for _, name := range pageNames(t) {
		text.WriteString(read(t, name))
	}
	maker := read(t, "../tools/pictures/main.go")
	if made := strings.Count(maker, `{"picture-`); made != len(names) {
		t.Errorf("%d pictures are made, %d are here", made, len(names))
	}
	for _, name := range names {
		data, err := fs.ReadFile(Pages, name)
		if err != nil {
			t.Fatal(err)
		}
		picture, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if _, few := picture.(*image.Paletted); !few || len(data) > 64<<10 || picture.Bounds().Dx() != 1200 {
			t.Errorf("%s: %v, %d bytes, %T", name, picture.Bounds(), len(data), picture)
		}
		if !strings.Contains(text.String(), "]("+name+")") {
			t.Errorf("%s is on no page", name)
		}
		if !strings.Contains(maker, `{"`+name+`"`) {
			t.Errorf("nothing makes %s", name)
		}
	}
}
