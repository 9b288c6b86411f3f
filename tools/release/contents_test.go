package main

import (
	"debug/buildinfo"
	"debug/elf"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestContents: the program of each platform says which commit it is, needs no
// library, and holds exactly what the list of components names; each module's terms
// are there.
func TestContents(t *testing.T) {
	head := succeeds(t, "../..", "git", "rev-parse", "HEAD")
	terms, err := os.ReadFile(made(t, "-licences.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range platforms {
		t.Run(p.String(), func(t *testing.T) {
			file := program(t, p)
			info, err := buildinfo.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			settings := map[string]string{}
			for _, s := range info.Settings {
				settings[s.Key] = s.Value
			}
			if settings["vcs.revision"] != head || settings["vcs.modified"] != "false" ||
				settings["CGO_ENABLED"] != "0" {
				t.Errorf("built as %v, of %s", settings, head)
			}
			if f, err := elf.Open(file); err == nil {
				libraries, _ := f.ImportedLibraries()
				interpreted := slices.ContainsFunc(f.Progs, func(p *elf.Prog) bool { return p.Type == elf.PT_INTERP })
				if interpreted || len(libraries) > 0 {
					t.Errorf("not static: %v", libraries)
				}
			}
			var linked []string
			for _, m := range info.Deps {
				linked = append(linked, m.Path+" "+m.Version)
				if !strings.Contains(string(terms), "\n"+m.Path+" "+m.Version+" ") {
					t.Errorf("no terms of %s", m.Path)
				}
			}
			if listed := components(t, p); !slices.Equal(listed, linked) {
				t.Errorf("linked are\n%v\nlisted\n%v", linked, listed)
			}
		})
	}
}

// components are the modules in the list of a platform, without Go's own library.
func components(t *testing.T, p platform) (modules []string) {
	source, err := os.ReadFile(made(t, p.String()+".cdx.json"))
	if err != nil {
		t.Fatal(err)
	}
	var bom struct {
		BOMFormat  string
		Metadata   struct{ Timestamp string }
		Components []struct {
			Name, Version string
			Evidence      struct{ Licenses []any }
		}
	}
	if err := json.Unmarshal(source, &bom); err != nil || bom.BOMFormat != "CycloneDX" || bom.Metadata.Timestamp == "" {
		t.Fatalf("%v: %+v", err, bom.Metadata)
	}
	for _, c := range bom.Components {
		if c.Name == "std" {
			continue
		}
		modules = append(modules, c.Name+" "+c.Version)
		if len(c.Evidence.Licenses) == 0 {
			t.Logf("no licence was recognised for %s", c.Name)
		}
	}
	slices.Sort(modules)
	return modules
}

// runners start the programs of other platforms.
var runners = map[string]string{"linux-arm64": "qemu-aarch64-static", "linux-loong64": "qemu-loongarch64-static",
	"windows-amd64": "wine"}

// TestRuns: each platform's program begins the same repository, and builds the same
// site of the sample, byte for byte.
func TestRuns(t *testing.T) {
	native := program(t, platforms[0])
	begun, sample := filepath.Join(t.TempDir(), "begun"), filepath.Join(t.TempDir(), "sample")
	succeeds(t, "", native, "init", "--no-git", begun)
	succeeds(t, "", native, "demo", "--as-of", "2026-09-30", sample)
	site := built(t, "", sample, native)
	for _, p := range platforms[1:] {
		t.Run(p.String(), func(t *testing.T) {
			needs(t, runners[p.String()])
			command := []string{runners[p.String()], program(t, p)}
			if p.os == "windows" {
				wine(t)
			}
			if day := said(t, command, "workday", "2026-09-18", "+10"); day != "2026-10-09" {
				t.Errorf("ten working days after 2026-09-18: %s", day)
			}
			if version := said(t, command, "--version"); version != succeeds(t, "", native, "--version") {
				t.Errorf("says %s", version)
			}
			drive := "" // where wine puts this system's files
			if p.os == "windows" {
				drive = "Z:"
			}
			here := filepath.Join(t.TempDir(), "begun")
			said(t, command, "init", "--no-git", drive+here)
			same(t, begun, here)
			same(t, site, built(t, drive, sample, command...))
		})
	}
}

// built is the site of a repository as a program builds it.
func built(t *testing.T, drive, repo string, command ...string) string {
	out := filepath.Join(t.TempDir(), "site")
	said(t, command, "-C", drive+repo, "build", "--no-cache", "-q", "--as-of", "2026-09-30", "--out", drive+out)
	return out
}

func said(t *testing.T, command []string, args ...string) string {
	t.Helper()
	args = append(command[1:len(command):len(command)], args...)
	return strings.ReplaceAll(succeeds(t, "", command[0], args...), "\r", "")
}

// same compares two trees; what Git keeps is no part of them.
func same(t *testing.T, want, got string) {
	t.Helper()
	diff, err := says(t, "", "diff", "-rq", "--exclude=.git", want, got)
	if err != nil {
		t.Errorf("not the same: %v\n%s", err, diff)
	}
}

// wine sets up a folder of its own for wine. That of Debian 12 lacks the library from
// which Go has its random numbers; wine's own function stands in for it.
func wine(t *testing.T) {
	const linker = "x86_64-w64-mingw32-ld"
	needs(t, linker)
	dir := t.TempDir()
	t.Setenv("WINEPREFIX", dir)
	t.Setenv("WINEDEBUG", "-all")
	succeeds(t, "", "wineboot", "-i")
	exports := filepath.Join(dir, "exports.def")
	const standIn = "LIBRARY bcryptprimitives\nEXPORTS\nProcessPrng=advapi32.SystemFunction036\n"
	if err := os.WriteFile(exports, []byte(standIn), 0o644); err != nil {
		t.Fatal(err)
	}
	library := filepath.Join(dir, "drive_c", "windows", "system32", "bcryptprimitives.dll")
	succeeds(t, "", linker, "-shared", "-o", library, exports)
	t.Cleanup(func() { exec.Command("wineserver", "-k").Run() })
}
