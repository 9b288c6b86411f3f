package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// bundle puts everything that was made into one archive, with the manual and
// scripts that install it and try it, and writes down the checksums.
func (r *release) bundle() error {
	name := filepath.Base(r.name("offline"))
	dir := filepath.Join(r.scratch, name)
	if err := os.CopyFS(dir, os.DirFS(r.out)); err != nil {
		return err
	}
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(r.common, docs))); err != nil {
		return err
	}
	for _, name := range []string{"install.sh", "firsthour.sh"} {
		script, err := os.ReadFile(filepath.Join(r.source, "tools", "release", name))
		if err != nil {
			return err
		}
		if err := r.write(filepath.Join(dir, name), script); err != nil {
			return err
		}
	}
	if err := r.sums(dir); err != nil {
		return err
	}
	if err := r.settle(dir); err != nil {
		return err
	}
	if err := r.tar(r.name("offline.tar"), name+"/", dir); err != nil {
		return err
	}
	return r.sums(r.out)
}

// sums writes SHA256SUMS of what lies in a folder.
func (r *release) sums(dir string) error {
	var b bytes.Buffer
	err := walk(dir, func(below string, content []byte, _ os.FileMode) error {
		fmt.Fprintf(&b, "%x  %s\n", sha256.Sum256(content), below)
		return nil
	})
	if err != nil {
		return err
	}
	return r.write(filepath.Join(dir, "SHA256SUMS"), b.Bytes())
}

// tar packs a tree below a folder of the archive, gzipped if its name says so.
func (r *release) tar(file, below, tree string) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	defer f.Close()
	packed, to := packer(f), io.Writer(f)
	if strings.HasSuffix(file, ".gz") {
		to = packed
	}
	t := tar.NewWriter(to)
	err = walk(tree, func(name string, content []byte, mode os.FileMode) error {
		h := &tar.Header{Name: below + name, Mode: int64(mode.Perm()), Size: int64(len(content)), ModTime: r.when,
			Format: tar.FormatUSTAR, Uname: "root", Gname: "root"}
		if err := t.WriteHeader(h); err != nil {
			return err
		}
		_, err := t.Write(content)
		return err
	})
	if err != nil {
		return err
	}
	if err := t.Close(); err != nil {
		return err
	}
	if to == packed {
		if err := packed.Close(); err != nil {
			return err
		}
	}
	return f.Close()
}

// walk calls do with every file of a tree, in the order of their names.
func walk(tree string, do func(below string, content []byte, mode os.FileMode) error) error {
	return filepath.WalkDir(tree, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		content, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		below, err := filepath.Rel(tree, name)
		if err != nil {
			return err
		}
		return do(filepath.ToSlash(below), content, info.Mode())
	})
}

// settle gives all of a tree the rights that whoever installs it wants, whatever
// the umask here is, and the time of the commit.
func (r *release) settle(tree string) error {
	return filepath.WalkDir(tree, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		mode := os.FileMode(0o644)
		if e.IsDir() || filepath.Base(filepath.Dir(name)) == "bin" || filepath.Ext(name) == ".sh" {
			mode = 0o755
		}
		if err := os.Chmod(name, mode); err != nil {
			return err
		}
		return os.Chtimes(name, r.when, r.when)
	})
}

func (r *release) write(file string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, content, 0o644)
}

// packer compresses as much as it can, and notes neither name nor time.
func packer(to io.Writer) *gzip.Writer {
	z, err := gzip.NewWriterLevel(to, gzip.BestCompression)
	if err != nil {
		panic(err) // no such level
	}
	return z
}

func zipped(content []byte) []byte {
	var b bytes.Buffer
	z := packer(&b)
	z.Write(content) // into memory: nothing can fail
	z.Close()
	return b.Bytes()
}
