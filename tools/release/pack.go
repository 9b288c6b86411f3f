package main

import (
	"archive/zip"
	"context"
	"os"
	"path/filepath"
	"strings"
)

// pack makes everything for one platform.
func (r *release) pack(ctx context.Context, p platform) error {
	tree := filepath.Join(r.scratch, p.String())
	if err := os.CopyFS(tree, os.DirFS(r.common)); err != nil {
		return err
	}
	program := filepath.Join(tree, "bin", "suqiu")
	if p.os == "windows" {
		program += ".exe"
	}
	env := []string{"GOOS=" + p.os, "GOARCH=" + p.arch}
	if _, err := r.outputWith(ctx, env, r.source, "go", "build", "-buildvcs=true", "-ldflags", "-s -w",
		"-o", program, "./cmd/suqiu"); err != nil {
		return err
	}
	if err := r.components(ctx, p, tree, env); err != nil {
		return err
	}
	if err := r.settle(tree); err != nil {
		return err
	}
	if p.os == "windows" {
		return r.zip(r.name(p.String()+".zip"), tree)
	}
	if err := r.tar(r.name(p.String()+".tar.gz"), "", tree); err != nil {
		return err
	}
	for _, packager := range []string{"deb", "rpm"} {
		env := []string{"SUQIU_VERSION=" + r.version, "SUQIU_ARCH=" + p.arch, "SUQIU_TREE=" + tree}
		if _, err := r.outputWith(ctx, env, r.source, r.nfpm, "package", "-f", "tools/release/nfpm.yaml",
			"-p", packager, "-t", r.out); err != nil {
			return err
		}
	}
	return nil
}

// components lists what the program of a platform is made of, in CycloneDX.
func (r *release) components(ctx context.Context, p platform, tree string, env []string) error {
	list, err := r.outputWith(ctx, env, r.source, r.sbom, "app", "-json", "-std", "-licenses", "-noserial",
		"-notimestamp", "-main", "cmd/suqiu", ".")
	if err != nil {
		return err
	}
	// Readers want the time; the one of the commit is the same for all.
	list = strings.Replace(list, `"metadata": {`, `"metadata": {
    "timestamp": "`+r.when.Format("2006-01-02T15:04:05Z")+`",`, 1)
	if err := r.write(r.name(p.String()+".cdx.json"), []byte(list+"\n")); err != nil {
		return err
	}
	return r.write(filepath.Join(tree, docs, "sbom.cdx.json"), []byte(list+"\n"))
}

// zip packs a tree for Windows.
func (r *release) zip(file, tree string) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	defer f.Close()
	z := zip.NewWriter(f)
	err = walk(tree, func(below string, content []byte, mode os.FileMode) error {
		w, err := z.CreateHeader(&zip.FileHeader{Name: below, Method: zip.Deflate, Modified: r.when})
		if err != nil {
			return err
		}
		_, err = w.Write(content)
		return err
	})
	if err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	return f.Close()
}
