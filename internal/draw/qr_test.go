package draw_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"rsc.io/qr"

	"suqiu/internal/draw"
)

var bar = regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-(\d+)z`)

// TestQR: what is drawn is the code, module by module, in a margin of four.
func TestQR(t *testing.T) {
	text := strings.Repeat("3f2a9c10b4", 4) + "·2026-09-30"
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		t.Fatal(err)
	}
	svg := string(draw.QR(text, "封存<的>编号"))
	drawn := map[[2]int]bool{}
	for _, m := range bar.FindAllStringSubmatch(svg, -1) {
		n := [4]int{}
		for i := range n {
			n[i], _ = strconv.Atoi(m[i+1])
		}
		if n[2] != n[3] {
			t.Errorf("%s is no rectangle", m[0])
		}
		for x := range n[2] {
			drawn[[2]int{n[0] + x - 4, n[1] - 4}] = true
		}
	}
	for y := -4; y < code.Size+4; y++ {
		for x := -4; x < code.Size+4; x++ {
			if drawn[[2]int{x, y}] != code.Black(x, y) {
				t.Fatalf("module %d, %d", x, y)
			}
		}
	}
	if box := strconv.Itoa(code.Size + 8); !strings.Contains(svg, `viewBox="0 0 `+box+" "+box+`"`) ||
		!strings.Contains(svg, `aria-label="封存&lt;的&gt;编号"`) {
		t.Error(svg[:200])
	}
	if got := draw.QR(strings.Repeat("字", 3000), ""); got != "" {
		t.Error("no code holds so much")
	}
}
