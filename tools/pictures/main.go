// Command pictures makes the pictures of the manual: pages of the sample as of one
// day, as Chromium shows them, in few colours. What they show changes with the pages:
// run it (make manual) after a change that readers would notice.
package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// day is that of the sample, and today for the pages.
const day = "2026-09-30"

// pictures are the files with what each shows.
var pictures = []struct {
	file, page string
	height     int    // of the window; all are as wide
	ready      string // what there is once the page is: a selector
	unit       string // code of the unit whose liaison officer looks; empty: nobody has said
}{
	{"picture-index.png", "public/index.html", 760, "main", ""},
	{"picture-tasks.png", "public/tasks/NSFWK.html", 640, "main", "NSFWK"},
	{"picture-case.png", "public/cases/202609-BGS-002.html", 860, "main", ""},
	{"picture-form.png", "public/step.html#202609-BGS-002/反馈", 860, "main textarea", "CXSK"},
	{"picture-office.png", "public/office.html", 760, "main", ""},
	{"picture-appraisal.png", "supervision/appraisal/2026Q2.html", 620, "main", ""},
}

// width is that of every picture; colours is how many it has at most.
const (
	width   = 1200
	colours = 32
)

// today makes it the sample's day for the pages: else each would say how old it is.
const today = `(function (D) {
	window.Date = function () {
		var a = arguments.length ? [].slice.call(arguments) : ['` + day + `T10:00:00+08:00'];
		return new (Function.prototype.bind.apply(D, [null].concat(a)))();
	};
	Date.UTC = D.UTC; Date.parse = D.parse; Date.now = D.now; Date.prototype = D.prototype;
}(Date))`

func main() {
	suqiu := flag.String("suqiu", "bin/suqiu", "the program that makes the sample")
	to := flag.String("to", "docs", "the folder of the manual")
	chromium := flag.String("chromium", "chromium", "the browser")
	flag.Parse()
	if err := run(context.Background(), *suqiu, *to, *chromium); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, suqiu, to, chromium string) error {
	dir, err := os.MkdirTemp("", "pictures")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	sample := filepath.Join(dir, "demo")
	if out, err := exec.CommandContext(ctx, suqiu, "demo", sample, "--as-of", day).CombinedOutput(); err != nil {
		return fmt.Errorf("%s demo: %w\n%s", suqiu, err, out)
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Minute)
	defer cancel()
	ctx, cancel = chromedp.NewExecAllocator(ctx, chromedp.ExecPath(chromium), chromedp.Headless, chromedp.NoSandbox,
		chromedp.DisableGPU, chromedp.Flag("hide-scrollbars", true))
	defer cancel()
	ctx, cancel = chromedp.NewContext(ctx)
	defer cancel()
	before := func(script string) error {
		_, err := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument,
			page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
		return err
	}
	if err := before(today); err != nil {
		return err
	}
	for _, p := range pictures {
		if err := before(fmt.Sprintf("localStorage.setItem('suqiu.unit', %q)", p.unit)); err != nil {
			return err
		}
		if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, int64(p.height)),
			chromedp.Navigate("file://"+filepath.ToSlash(sample)+"/"+p.page),
			chromedp.WaitVisible(p.ready)); err != nil {
			return fmt.Errorf("%s: %w", p.page, err)
		}
		shot, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
		if err != nil {
			return err
		}
		size, err := reduce(shot, filepath.Join(to, p.file))
		if err != nil {
			return err
		}
		fmt.Printf("%-24s %3d KB\n", p.file, size>>10)
	}
	return nil
}

// reduce writes a picture in its most frequent colours, each other one as the
// nearest of them: text and lines need no more.
func reduce(shot []byte, to string) (size int, err error) {
	full, err := png.Decode(bytes.NewReader(shot))
	if err != nil {
		return 0, err
	}
	count := map[color.Color]int{}
	bounds := full.Bounds()
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			count[full.At(x, y)]++
		}
	}
	var palette color.Palette
	for c := range count {
		palette = append(palette, c)
	}
	slices.SortFunc(palette, func(a, b color.Color) int {
		if n := count[b] - count[a]; n != 0 {
			return n
		}
		return bytes.Compare(fmt.Append(nil, a), fmt.Append(nil, b))
	})
	palette = palette[:min(colours, len(palette))]
	few := image.NewPaletted(bounds, palette)
	index := map[color.Color]uint8{}
	for c := range count {
		index[c] = uint8(palette.Index(c))
	}
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			few.SetColorIndex(x, y, index[full.At(x, y)])
		}
	}
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&b, few); err != nil {
		return 0, err
	}
	return b.Len(), os.WriteFile(to, b.Bytes(), 0o644)
}
