package draw

import (
	"fmt"
	"html/template"
	"strings"

	"rsc.io/qr"
)

// quiet is how many modules around a QR code stay white (ISO/IEC 18004).
const quiet = 4

// QR is a text as a QR code; alt says what it is. It is black on white in the dark
// too: many readers see no other.
func QR(text, alt string) template.HTML {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return "" // longer than any code holds
	}
	var b strings.Builder
	size := code.Size + 2*quiet
	fmt.Fprintf(&b, `<svg class="qr" width="%d" height="%[1]d" viewBox="0 0 %[2]d %[2]d" role="img" aria-label="%s">`+
		`<rect width="%[2]d" height="%[2]d" fill="#fff"/><path d="`, 3*size, size, template.HTMLEscapeString(alt))
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			if from := x; code.Black(x, y) {
				for x < code.Size && code.Black(x, y) {
					x++
				}
				fmt.Fprintf(&b, "M%d %dh%dv1h-%[3]dz", from+quiet, y+quiet, x-from)
			}
		}
	}
	return template.HTML(b.String() + `" fill="#000"/></svg>`)
}
