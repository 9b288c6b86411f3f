package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestInstallRPM installs into the empty root of a system with RPM, twice, and takes
// it away again.
func TestInstallRPM(t *testing.T) {
	needs(t, "rpm")
	bundle, root := unpacked(t), t.TempDir()
	for range 2 { // the second time as who upgrades
		succeeds(t, filepath.Dir(root), "sh", filepath.Join(bundle, "install.sh"), "--root", filepath.Base(root))
	}
	installed(t, root+"/usr")
	if name := succeeds(t, "", "rpm", "--root", root, "-q", "suqiu"); !strings.HasPrefix(name, "suqiu-") {
		t.Errorf("RPM knows %q", name)
	}
	succeeds(t, "", "rpm", "--root", root, "-V", "suqiu")
	succeeds(t, "", "rpm", "--root", root, "-e", "suqiu")
	if _, err := os.Stat(filepath.Join(root, "usr/bin/suqiu")); err == nil {
		t.Error("it is still there")
	}
}

// TestInstallAsNobody: who is not root gets it into a folder of his own, and a folder
// of the bundle that was changed is refused.
func TestInstallAsNobody(t *testing.T) {
	needs(t, "setpriv")
	bundle, home := unpacked(t), t.TempDir()
	for dir := range parents(bundle, home) {
		if err := os.Chmod(dir, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	asNobody := []string{"--reuid=65534", "--regid=65534", "--clear-groups", "env", "HOME=" + home, "sh", "install.sh"}
	succeeds(t, bundle, "setpriv", asNobody...)
	installed(t, home+"/.local")

	names, err := filepath.Glob(filepath.Join(bundle, "*.deb"))
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	if err := os.WriteFile(names[0], []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	root := t.TempDir()
	said, err := says(t, bundle, "sh", "install.sh", "--root", root)
	if err == nil || !strings.Contains(said, filepath.Base(names[0])) || !strings.Contains(said, "被改动过") {
		t.Errorf("of a bundle with another package it says: %v\n%s", err, said)
	}
	if entries, _ := os.ReadDir(root); len(entries) > 0 {
		t.Errorf("installed from it: %v", entries)
	}
}

// parents are the folders of a test that only root could enter.
func parents(dirs ...string) map[string]bool {
	all := map[string]bool{}
	for _, dir := range dirs {
		for ; dir != os.TempDir() && dir != "/"; dir = filepath.Dir(dir) {
			all[dir] = true
		}
	}
	return all
}

// installed looks whether everything lies where programs look for it.
func installed(t *testing.T, usr string) {
	t.Helper()
	for _, file := range []string{"bin/suqiu", "share/man/man1/suqiu-check.1.gz",
		"share/bash-completion/completions/suqiu", "share/zsh/vendor-completions/_suqiu",
		"share/zsh/site-functions/_suqiu", "share/fish/vendor_completions.d/suqiu.fish",
		"share/doc/suqiu/copyright", "share/doc/suqiu/CHANGELOG.md", "share/doc/suqiu/sbom.cdx.json"} {
		if info, err := os.Stat(filepath.Join(usr, file)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", file, err)
		}
	}
	if version := succeeds(t, "", filepath.Join(usr, "bin/suqiu"), "--version"); !strings.HasPrefix(version, "suqiu ") {
		t.Errorf("it says %s", version)
	}
}

// TestFirstHour lives a new bureau's first hour on a fresh Debian without a network.
func TestFirstHour(t *testing.T) {
	needs(t, "bwrap")
	bundle, root := unpacked(t), debian(t)
	said, err := says(t, "", "bwrap", "--bind", root, "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp",
		"--ro-bind", bundle, "/media", "--unshare-net", "--unshare-pid", "--die-with-parent", "--clearenv",
		"--setenv", "HOME", "/root", "--setenv", "PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "bash", "/media/firsthour.sh")
	if err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	t.Log("\n" + said)
	installed(t, root+"/usr")
}

// debian is a fresh system with what a server of a bureau has besides: Git and a web
// server.
func debian(t *testing.T) string {
	needs(t, "debootstrap")
	root := filepath.Join(t.TempDir(), "debian")
	log, err := exec.Command("debootstrap", "--variant=minbase", "--include=git,nginx-light,curl", "stable", root).
		CombinedOutput()
	if err != nil {
		t.Skipf("no Debian to be had: %v\n%s", err, log)
	}
	return root
}
