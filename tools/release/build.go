package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// release is one in the making.
type release struct {
	version string
	when    time.Time // of the commit; what every file carries

	source  string // a clone of the commit
	scratch string
	common  string // what is the same on every platform, as it lies below /usr
	out     string
	env     []string

	sbom, nfpm string // the programs
}

// prepare clones the commit that is checked out and makes what all platforms
// share.
func prepare(ctx context.Context, scratch string) (*release, error) {
	r := &release{scratch: scratch, source: filepath.Join(scratch, "source"),
		common: filepath.Join(scratch, "common"), out: filepath.Join(scratch, "out")}
	if err := os.Mkdir(r.out, 0o755); err != nil {
		return nil, err
	}
	if left, err := r.output(ctx, ".", "git", "status", "--porcelain"); err != nil {
		return nil, err
	} else if left != "" {
		fmt.Fprintf(os.Stderr, "not in the release, as it is in no commit:\n%s\n", left)
	}
	// Without tags: the version that Go notes must not hang on who fetched which.
	if _, err := r.output(ctx, ".", "git", "clone", "-q", "--no-tags", ".", r.source); err != nil {
		return nil, err
	}
	seconds, err := r.output(ctx, r.source, "git", "log", "-1", "--format=%ct")
	if err != nil {
		return nil, err
	}
	unix, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil {
		return nil, err
	}
	r.when = time.Unix(unix, 0).UTC()
	// What whoever makes it has set would be noted in the programs.
	r.env = append(os.Environ(), "GOFLAGS=-trimpath", "GOWORK=off", "CGO_ENABLED=0", "GOAMD64=v1", "GOARM64=v8.0",
		"GODEBUG=", "SOURCE_DATE_EPOCH="+seconds)
	if err := r.share(ctx); err != nil {
		return nil, err
	}
	for _, tool := range []struct {
		path *string
		name string
	}{{&r.sbom, "cyclonedx-gomod"}, {&r.nfpm, "nfpm"}} {
		*tool.path, err = r.output(ctx, r.source, "go", "tool", "-modfile=tools/packaging/go.mod", "-n", tool.name)
		if err != nil {
			return nil, err
		}
	}
	return r, nil
}

// share makes what every platform gets, and learns the version from the program
// itself.
func (r *release) share(ctx context.Context) error {
	if _, err := r.output(ctx, r.source, "make", "engine"); err != nil {
		return err
	}
	program := filepath.Join(r.scratch, "suqiu")
	if _, err := r.output(ctx, r.source, "go", "build", "-o", program, "./cmd/suqiu"); err != nil {
		return err
	}
	says, err := r.output(ctx, r.source, program, "--version")
	if err != nil {
		return err
	}
	line, _, _ := strings.Cut(says, "\n")
	r.version = strings.TrimPrefix(line, "suqiu ")
	if err := r.tag(ctx); err != nil {
		return err
	}
	if err := r.pages(ctx); err != nil {
		return err
	}
	for _, c := range []struct{ shell, file string }{
		{"bash", "bash-completion/completions/suqiu"},
		{"zsh", "zsh/site-functions/_suqiu"}, {"zsh", "zsh/vendor-completions/_suqiu"}, // RPM systems, Debian
		{"fish", "fish/vendor_completions.d/suqiu.fish"},
	} {
		script, err := r.output(ctx, r.source, program, "completion", c.shell)
		if err != nil {
			return err
		}
		if err := r.write(filepath.Join(r.common, "share", c.file), []byte(script+"\n")); err != nil {
			return err
		}
	}
	return r.documents(ctx)
}

// tag refuses a version that was handed out as something else, and tags the clone,
// for Go notes the version of the tag in the programs.
func (r *release) tag(ctx context.Context) error {
	tag := "v" + r.version
	elsewhere, err := r.output(ctx, ".", "git", "tag", "--list", tag, "--no-contains", "HEAD")
	if err != nil {
		return err
	}
	if elsewhere != "" {
		return fmt.Errorf("%s is an earlier commit: raise the version (CONTRIBUTING.md, A release)", tag)
	}
	_, err = r.output(ctx, r.source, "git", "tag", tag)
	return err
}

// pages are those for man(1).
func (r *release) pages(ctx context.Context) error {
	dir := filepath.Join(r.scratch, "man")
	if err := os.Mkdir(dir, 0o755); err != nil {
		return err
	}
	if _, err := r.output(ctx, r.source, "go", "run", "-tags", "man", "./cmd/suqiu", dir); err != nil {
		return err
	}
	names, err := filepath.Glob(filepath.Join(dir, "*.1"))
	for _, name := range names {
		page, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		packed := filepath.Join(r.common, "share", "man", "man1", filepath.Base(name)+".gz")
		if err := r.write(packed, zipped(page)); err != nil {
			return err
		}
	}
	return err
}

// documents are the manual, what changed, and the licences of others.
func (r *release) documents(ctx context.Context) error {
	err := walk(filepath.Join(r.source, "docs"), func(below string, content []byte, _ os.FileMode) error {
		if filepath.Ext(below) == ".go" {
			return nil
		}
		return r.write(filepath.Join(r.common, docs, "docs", below), content)
	})
	if err != nil {
		return err
	}
	for _, name := range []string{"README.zh-CN.md", "CHANGELOG.md"} {
		text, err := os.ReadFile(filepath.Join(r.source, name))
		if err != nil {
			return err
		}
		if err := r.write(filepath.Join(r.common, docs, name), text); err != nil {
			return err
		}
	}
	text, err := r.licences(ctx)
	if err != nil {
		return err
	}
	if err := r.write(r.name("licences.txt"), text); err != nil {
		return err
	}
	return r.write(filepath.Join(r.common, docs, "copyright"), text) // as Debian calls it
}

// name is that of a file of the release.
func (r *release) name(rest string) string {
	return filepath.Join(r.out, "suqiu-"+r.version+"-"+rest)
}

// docs is where documents lie, below /usr.
const docs = "share/doc/suqiu"

// output runs a program in a folder and returns what it prints, without the last
// line's end.
func (r *release) output(ctx context.Context, dir, name string, args ...string) (string, error) {
	return r.outputWith(ctx, nil, dir, name, args...)
}

func (r *release) outputWith(ctx context.Context, env []string, dir, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = dir
	if r.env != nil {
		cmd.Env = append(r.env[:len(r.env):len(r.env)], env...)
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s %s: %w\n%s", filepath.Base(name), strings.Join(args, " "), err, stderr.Bytes())
	}
	return strings.TrimRight(string(out), "\n"), nil
}
