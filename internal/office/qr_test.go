package office_test

import (
	"archive/zip"
	"bytes"
	"image/png"
	"io"
	"strings"
	"testing"

	"rsc.io/qr"

	"suqiu/internal/office"
)

// TestQR: a document carries the code as a picture, with words for who cannot see
// it; two documents of the same calls have the same bytes.
func TestQR(t *testing.T) {
	write := func() []byte {
		d := office.NewDocument("报告", office.Portrait)
		d.Chart(office.Chart{Kind: office.Bars, Title: "图", Along: "月份", Unit: "项", Names: []string{"7 月"},
			Series: []office.Series{{Name: "登记", Values: []float64{1}}}})
		d.QR("3f2a9c10b4d5e6a1·2026-09-30", `内容是<封存>的编号`)
		d.QR(strings.Repeat("字", 3000), "no code holds so much")
		var b bytes.Buffer
		if err := d.Write(&b); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	file := write()
	if !bytes.Equal(file, write()) {
		t.Error("two files of the same calls differ")
	}
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	part := func(name string) string {
		f, err := z.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		data, err := io.ReadAll(f)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	for name, want := range map[string]string{
		"word/document.xml":            `descr="内容是&lt;封存&gt;的编号"`,
		"word/_rels/document.xml.rels": `Id="rIdPicture1"`,
		"[Content_Types].xml":          `<Default Extension="png" ContentType="image/png"/>`,
	} {
		if n := strings.Count(part(name), want); n != 1 {
			t.Errorf("%s has %q %d times", name, want, n)
		}
	}
	img, err := png.Decode(strings.NewReader(part("word/media/picture1.png")))
	if err != nil {
		t.Fatal(err)
	}
	code, err := qr.Encode("3f2a9c10b4d5e6a1·2026-09-30", qr.M)
	if err != nil {
		t.Fatal(err)
	}
	for y := range code.Size {
		for x := range code.Size {
			const module, margin = 4, 4
			r, _, _, _ := img.At((x+margin)*module+1, (y+margin)*module+1).RGBA()
			if (r == 0) != code.Black(x, y) {
				t.Fatalf("module %d, %d", x, y)
			}
		}
	}
}
