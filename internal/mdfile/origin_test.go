package mdfile_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/mdfile"
)

// DESIGN 15: a copy carries “# suqiu:据 <blob>”.
func TestOrigin(t *testing.T) {
	const blob = "0123456789abcdef0123456789abcdef01234567"
	for _, text := range []string{"---\n编号: 一\n---\n", "---\r\n编号: 一\r\n---\r\n", "---\n", "---"} {
		for _, from := range []string{blob, ""} {
			said := mdfile.WithOrigin(text, from)
			want := []mdfile.OriginLine{{Line: 2, Blob: from}}
			if diff := cmp.Diff(want, mdfile.Origins(said)); diff != "" {
				t.Errorf("%q (-want +got):\n%s", said, diff)
			}
			if back := mdfile.WithoutOrigin(said); back != text && back != text+"\n" {
				t.Errorf("%q came back as %q", text, back)
			}
		}
	}
	typed := "---\n编号: 一 # suqiu:据 " + blob + "\n  # suqiu:据\n# suqiu:据" + blob + "\t\n---\n"
	if diff := cmp.Diff([]mdfile.OriginLine{{3, ""}, {4, blob}}, mdfile.Origins(typed)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
