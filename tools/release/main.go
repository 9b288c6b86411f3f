// Command release makes what a version is handed out as, from the commit that is
// checked out and nothing else:
//
//	release [-out DIR]
//
// archives with the program, its pages for man(1), completions, manual, licences
// and list of components for each platform of the offices; packages for Debian
// and for systems with RPM; one bundle of all of it with a script that installs
// it without a network; and SHA256SUMS. Whoever makes it from one commit with one
// Go gets the same bytes: it is made in a clone, and every file carries the time
// of the commit.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
)

func main() {
	out := flag.String("out", "dist", "the folder to make; what it held goes")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *out); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

// platforms are those of the offices.
var platforms = []platform{{"linux", "amd64"}, {"linux", "arm64"}, {"linux", "loong64"}, {"windows", "amd64"}}

type platform struct{ os, arch string }

func (p platform) String() string { return p.os + "-" + p.arch }

// run makes the release beside out, and puts it there when it is whole.
func run(ctx context.Context, out string) (err error) {
	out, err = filepath.Abs(out)
	if err != nil {
		return err
	}
	scratch, err := os.MkdirTemp(filepath.Dir(out), ".release-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	r, err := prepare(ctx, scratch)
	if err != nil {
		return err
	}
	for _, p := range platforms {
		if err := r.pack(ctx, p); err != nil {
			return fmt.Errorf("%s: %w", p, err)
		}
	}
	if err := r.bundle(); err != nil {
		return err
	}
	if err := os.RemoveAll(out); err != nil {
		return err
	}
	if err := os.Rename(r.out, out); err != nil {
		return err
	}
	return list(out)
}

// list says what was made and how large it is.
func list(dir string) error {
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		if info, err := e.Info(); err == nil {
			fmt.Printf("%6.1f MB  %s\n", float64(info.Size())/1e6, filepath.Join(filepath.Base(dir), e.Name()))
		}
	}
	return err
}
