package site

import (
	"archive/zip"
	"io"
	"path"
	"strings"
	"testing"

	"suqiu/internal/view"
)

// TestOfficeFilesHoldNoHiddenText opens every Word and Excel file of the 公开
// edition: compressed, they would hide what they tell.
func TestOfficeFilesHoldNoHiddenText(t *testing.T) {
	out := t.TempDir()
	build(t, input(view.Public), out)
	kinds := map[string]int{}
	for name, content := range tree(t, out) {
		ext := path.Ext(name)
		if ext != ".docx" && ext != ".xlsx" {
			continue
		}
		kinds[path.Dir(name)+"/*"+ext]++
		z, err := zip.NewReader(strings.NewReader(content), int64(len(content)))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, f := range z.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			text, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			for _, word := range secrets {
				if strings.Contains(string(text), word) {
					t.Errorf("%s: %s holds %q", name, f.Name, word)
				}
			}
		}
	}
	for _, kind := range []string{"data/*.xlsx", "forms/*.docx", "tasks/*.docx", "tasks/*.xlsx"} {
		if kinds[kind] == 0 {
			t.Errorf("no %s in %v", kind, kinds)
		}
	}
}
