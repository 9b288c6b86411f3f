package office

import (
	"strconv"

	"rsc.io/qr"
)

// qrWidth is how wide a QR code is printed, in mm.
const qrWidth = 25

// picture is a picture of a document.
type picture struct {
	N, Size int // Size in EMU, both ways
	Alt     string
	data    string // PNG
}

// ID is its number among all drawings of the document, charts before them.
func (p picture) ID() int { return 1000 + p.N }

// QR adds a text as a QR code; alt says what it is. A text longer than any code
// holds is left out.
func (d *Document) QR(text, alt string) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return
	}
	code.Scale = 4 // points a module: enough for any printer
	p := picture{len(d.pictures) + 1, qrWidth * emuPerMM, alt, string(code.PNG())}
	d.pictures = append(d.pictures, p)
	d.body.WriteString(fill("picture", p))
	d.styled, d.empty, d.last = false, false, 0
}

// pictureParts are the parts of a document's pictures with what leads to them.
func (d *Document) pictureParts() (parts []part, relations []link, types []declared) {
	if len(d.pictures) > 0 {
		types = []declared{{"png", ""}}
	}
	for _, p := range d.pictures {
		name := "media/picture" + strconv.Itoa(p.N) + ".png"
		relations = append(relations, link{"rIdPicture" + strconv.Itoa(p.N), "image", name})
		parts = append(parts, part{"word/" + name, p.data})
	}
	return parts, relations, types
}
