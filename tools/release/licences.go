package main

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// legal matches the names of files in which the terms of a module stand.
var legal = regexp.MustCompile(`(?i)^(licen[cs]e|copying|copyright|notice|patents)([._-].*)?$`)

// licences are the terms of Go and of every module of which a package is linked
// into a program: on any platform, or into the one in the browser.
func (r *release) licences(ctx context.Context) ([]byte, error) {
	files := map[string]string{} // where the terms lie → whose they are
	programs := []struct{ os, arch, main string }{{"js", "wasm", "./cmd/form"}}
	for _, p := range platforms {
		programs = append(programs, struct{ os, arch, main string }{p.os, p.arch, "./cmd/suqiu"})
	}
	for _, p := range programs {
		const each = `{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}	{{.Dir}}	{{$.Dir}}{{end}}{{end}}`
		linked, err := r.outputWith(ctx, []string{"GOOS=" + p.os, "GOARCH=" + p.arch}, r.source,
			"go", "list", "-deps", "-f", each, p.main)
		if err != nil {
			return nil, err
		}
		for line := range strings.SplitSeq(linked, "\n") {
			if module := strings.Split(line, "\t"); len(module) == 3 {
				if err := terms(files, module[0], module[1], module[2]); err != nil {
					return nil, err
				}
			}
		}
	}
	goroot, err := r.output(ctx, r.source, "go", "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	if err := terms(files, "Go", goroot, goroot); err != nil {
		return nil, err
	}
	return text(files)
}

// terms notes the files with terms from the folder of a package up to that of its
// module.
func terms(files map[string]string, module, top, dir string) error {
	found := false
	for {
		entries, err := os.ReadDir(dir)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if !e.IsDir() && legal.MatchString(e.Name()) && filepath.Ext(e.Name()) != ".go" {
				files[filepath.Join(dir, e.Name())] = module + " " + strings.TrimPrefix(
					filepath.ToSlash(strings.TrimPrefix(filepath.Join(dir, e.Name()), top)), "/")
				found = true
			}
		}
		if dir == top {
			break
		}
		dir = filepath.Dir(dir)
	}
	if !found {
		return fmt.Errorf("%s says nowhere under what terms it may be handed on", module)
	}
	return nil
}

// text puts all terms below one another.
func text(files map[string]string) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("suqiu 用到的开源软件及其许可（由 make release 从各模块收集）\n")
	for _, file := range slices.SortedFunc(maps.Keys(files), func(a, b string) int {
		return strings.Compare(files[a], files[b])
	}) {
		content, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "\n%s\n%s\n\n%s\n", strings.Repeat("=", 80), files[file], bytes.TrimSpace(content))
	}
	return b.Bytes(), nil
}
