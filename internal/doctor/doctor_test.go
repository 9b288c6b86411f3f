package doctor_test

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"suqiu/internal/config"
	"suqiu/internal/doctor"
	"suqiu/internal/gate"
	"suqiu/internal/git"
	"suqiu/internal/gittest"
	"suqiu/internal/people"
	"suqiu/internal/timeline"
	"suqiu/internal/workday"
)

const settings = `名称: 试验局
格式: 1
单位:
  - {名称: 纳税服务科, 代码: NSFWK, 邮箱: [lin@nsfwk.example], 角色: [联席办]}
  - {名称: 信息中心, 代码: XXZX, 邮箱: [a@xxzx.example]}
人员:
  - {邮箱: wang@xxzx.example, 单位: 信息中心, 账号: wang}
`

const pipeline = `variables:
  GIT_DEPTH: "0"
检查:
  script:
    - suqiu check
pages:
  needs: [检查]
  script:
    - suqiu build --out public
`

// healthy is an installation with which all is well, as of a day in October 2026.
func healthy(t *testing.T, bare bool) *doctor.Patient {
	t.Helper()
	dir := t.TempDir()
	run := func(args ...string) {
		t.Helper()
		runGit(t, dir, args...)
	}
	if run("init", "-q", "-b", "main"); bare {
		if err := os.RemoveAll(filepath.Join(dir, ".git")); err != nil {
			t.Fatal(err)
		}
		run("init", "-q", "--bare", "-b", "main")
		run("config", "receive.denyNonFastForwards", "yes")
		run("config", "receive.denyDeletes", "true")
	}
	repo, err := git.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	p := &doctor.Patient{Repo: repo, Program: "/usr/bin/suqiu", Email: "a@xxzx.example",
		Now:   time.Date(2026, 10, 12, 9, 0, 0, 0, workday.Shanghai),
		Finds: func(string) bool { return true }, Head: "0123456789012345678901234567890123456789",
		Config: config.Parse("suqiu.yaml", []byte(settings)), Templates: map[string][]byte{},
		Site: []byte(`<p class="asof">截至 <time datetime="2026-10-11">`)}
	files := map[string]string{".gitlab-ci.yml": pipeline, "CODEOWNERS": "x", "seals/2026-09-30.txt": "x"}
	p.File = func(name string) []byte {
		if text, ok := files[name]; ok {
			return []byte(text)
		}
		return nil
	}
	who := &people.Person{Name: "林", Email: "lin@nsfwk.example"}
	p.Landings = []timeline.Landing{{Commit: p.Head, At: p.Now.Add(-time.Hour), Author: who, Committer: who,
		Committed: timeline.Moment(p.Now.Add(-time.Hour).Unix())}}
	for _, hook := range []string{"pre-commit", "pre-receive"} {
		if _, err := gate.Install(filepath.Join(repo.HooksDir(nil, ""), hook), p.Program, false); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

// with is a patient whose files are others.
func with(p *doctor.Patient, files map[string]string) {
	before := p.File
	p.File = func(name string) []byte {
		if text, ok := files[name]; ok {
			if text == "" {
				return nil
			}
			return []byte(text)
		}
		return before(name)
	}
}

func changed(p *doctor.Patient, pairs ...string) {
	p.Config = config.Parse("suqiu.yaml", []byte(strings.NewReplacer(pairs...).Replace(settings)))
}

// illnesses are ways in which something is not well, by the check that must tell of
// it.
var illnesses = map[string][]struct {
	name  string
	state doctor.State
	make  func(t *testing.T, p *doctor.Patient)
}{
	"git-missing": {{"no git", doctor.Mend, func(_ *testing.T, p *doctor.Patient) {
		p.Finds = func(program string) bool { return program != "git" }
	}}},
	"identity": {
		{"nobody", doctor.Mend, func(_ *testing.T, p *doctor.Patient) { p.Anonymous = true }},
		{"a stranger", doctor.Mend, func(_ *testing.T, p *doctor.Patient) { p.Email = "x@elsewhere.example" }},
	},
	"hook-commit": {
		{"none", doctor.Consider, func(t *testing.T, p *doctor.Patient) { remove(t, p, "pre-commit") }},
		{"another program", doctor.Consider, func(_ *testing.T, p *doctor.Patient) { p.Program = "/opt/suqiu" }},
		{"not to be run", doctor.Mend, func(t *testing.T, p *doctor.Patient) {
			if err := os.Chmod(filepath.Join(p.Repo.HooksDir(nil, ""), "pre-commit"), 0o644); err != nil {
				t.Fatal(err)
			}
		}},
	},
	"line-ends": {{"autocrlf", doctor.Consider, func(t *testing.T, p *doctor.Patient) {
		runGit(t, p.Repo.Dir, "config", "core.autocrlf", "true")
	}}},
	"signing": {{"no key", doctor.Consider, func(_ *testing.T, p *doctor.Patient) {
		changed(p, "人员:", "签名: 要求\n人员:")
	}}},
	"behind": {{"a month", doctor.Consider, func(_ *testing.T, p *doctor.Patient) {
		p.Landings[0].At = p.Now.AddDate(0, -1, 0)
	}}},
	"cache": {{"a file in its place", doctor.Consider, func(t *testing.T, p *doctor.Patient) {
		if err := os.WriteFile(filepath.Join(p.Repo.Common, "suqiu"), nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}}},
	"history": {{"shallow", doctor.Mend, func(_ *testing.T, p *doctor.Patient) {
		p.Whole = &git.Error{What: "这是浅克隆", Cure: "重新克隆"}
	}}},
	"settings": {
		{"none", doctor.Mend, func(_ *testing.T, p *doctor.Patient) { p.Config = nil }},
		{"unreadable", doctor.Mend, func(_ *testing.T, p *doctor.Patient) { changed(p, "单位:", "单位: [") }},
		{"a slip", doctor.Mend, func(_ *testing.T, p *doctor.Patient) { changed(p, "人员:", "收件宽限: 几天\n人员:") }},
	},
	"format": {{"newer", doctor.Mend, func(_ *testing.T, p *doctor.Patient) { changed(p, "格式: 1", "格式: 2") }}},
	"addresses": {{"a unit without", doctor.Mend, func(_ *testing.T, p *doctor.Patient) {
		changed(p, ", 邮箱: [lin@nsfwk.example]", "")
	}}},
	"accounts": {{"a person without", doctor.Consider, func(_ *testing.T, p *doctor.Patient) {
		changed(p, ", 账号: wang", "")
	}}},
	"restricted": {{"a channel shown", doctor.Consider, func(_ *testing.T, p *doctor.Patient) {
		changed(p, "人员:", "仅要素: [侵害权益类]\n人员:")
	}}},
	"calendar": {
		{"November", doctor.Consider, func(_ *testing.T, p *doctor.Patient) {
			p.Now = time.Date(2026, 11, 1, 0, 0, 0, 0, workday.Shanghai)
		}},
		{"this year's", doctor.Mend, func(_ *testing.T, p *doctor.Patient) { p.Now = p.Now.AddDate(1, 0, 0) }},
	},
	"keys": {
		{"not there", doctor.Mend, func(_ *testing.T, p *doctor.Patient) {
			changed(p, "人员:", "签名人: keys/signers\n人员:")
		}},
		{"ends soon", doctor.Consider, func(_ *testing.T, p *doctor.Patient) {
			changed(p, "人员:", "签名人: keys/signers\n人员:")
			with(p, map[string]string{"keys/signers": `lin@nsfwk.example valid-before="20261101" ssh-ed25519 ` +
				"AAAAC3NzaC1lZDI1NTE5AAAAIJqrXAGyqNJVbRUYP9GvKdxRPcGpU2KDsqlWlHBYLUyT\n"})
		}},
	},
	"squash": {{"one commit by another", doctor.Consider, func(t *testing.T, p *doctor.Patient) {
		made := func(args ...string) string { return strings.TrimSpace(runGit(t, p.Repo.Dir, args...)) }
		tree := made("hash-object", "-t", "tree", "-w", os.DevNull)
		commit := []string{"-c", "author.name=林", "-c", "author.email=lin@nsfwk.example", "-c", "committer.name=王",
			"-c", "committer.email=wang@nsfwk.example", "commit-tree", "-m", "接收", tree}
		p.Landings[0].Commit = made(append(commit, "-p", made(commit...))...)
	}}},
	"authors": {{"unknown", doctor.Mend, func(_ *testing.T, p *doctor.Patient) {
		p.Landings[0].Author = &people.Person{Email: "x@elsewhere.example"}
	}}},
	"clocks": {
		{"slow", doctor.Consider, func(_ *testing.T, p *doctor.Patient) {
			p.Landings[0].Committed = timeline.Moment(p.Landings[0].At.Add(-10 * time.Minute).Unix())
		}},
		{"fast", doctor.Mend, func(_ *testing.T, p *doctor.Patient) {
			p.Landings[0].At = p.Now.Add(10 * time.Minute)
			p.Landings[0].Committed = timeline.Moment(p.Landings[0].At.Unix())
		}},
	},
	"pipeline": {
		{"none", doctor.Consider, func(_ *testing.T, p *doctor.Patient) {
			with(p, map[string]string{".gitlab-ci.yml": ""})
		}},
		{"published at once", doctor.Mend, func(_ *testing.T, p *doctor.Patient) {
			with(p, map[string]string{".gitlab-ci.yml": strings.Replace(pipeline, "[检查]", "[]", 1)})
		}},
		{"published first", doctor.Mend, func(_ *testing.T, p *doctor.Patient) {
			with(p, map[string]string{".gitlab-ci.yml": "variables:\n  GIT_DEPTH: 0\npages:\n  script: [suqiu build " +
				"--out public]\n检查:\n  script: [suqiu check]\n"})
		}},
		{"unchecked", doctor.Mend, func(_ *testing.T, p *doctor.Patient) {
			with(p, map[string]string{".gitlab-ci.yml": strings.Replace(pipeline, "- suqiu check", "- 'true' # check",
				1)})
		}},
	},
	"depth": {{"cut", doctor.Mend, func(_ *testing.T, p *doctor.Patient) {
		with(p, map[string]string{".gitlab-ci.yml": strings.Replace(pipeline, `"0"`, `"20"`, 1)})
	}}},
	"owners": {{"none", doctor.Consider, func(_ *testing.T, p *doctor.Patient) {
		with(p, map[string]string{"CODEOWNERS": ""})
	}}},
	"templates": {{"a part missing", doctor.Mend, func(_ *testing.T, p *doctor.Patient) {
		p.Templates["case.html"] = []byte(`{{define "main"}}{{end}}{{define "tracker"}}{{end}}`)
		with(p, map[string]string{"templates/case.html": `{{define "main"}}{{end}}`})
	}}},
	"seals": {{"none", doctor.Consider, func(_ *testing.T, p *doctor.Patient) {
		with(p, map[string]string{"seals/2026-09-30.txt": ""})
	}}},
	"site": {
		{"old", doctor.Mend, func(_ *testing.T, p *doctor.Patient) {
			p.Site = []byte(strings.Replace(string(p.Site), "10-11", "10-10", 1))
		}},
		{"another's", doctor.Consider, func(_ *testing.T, p *doctor.Patient) { p.Site = []byte("<html>") }},
	},
	"hook-receive": {{"none", doctor.Mend, func(t *testing.T, p *doctor.Patient) { remove(t, p, "pre-receive") }}},
	"force-push": {{"allowed", doctor.Consider, func(t *testing.T, p *doctor.Patient) {
		runGit(t, p.Repo.Dir, "config", "receive.denyNonFastForwards", "false")
	}}},
	"deletion": {{"allowed", doctor.Consider, func(t *testing.T, p *doctor.Patient) {
		runGit(t, p.Repo.Dir, "config", "--unset", "receive.denyDeletes")
	}}},
	"aliases": {{"one", doctor.Consider, func(t *testing.T, p *doctor.Patient) {
		runGit(t, p.Repo.Dir, "symbolic-ref", "refs/heads/trunk", "refs/heads/main")
	}}},
	"head": {{"another branch", doctor.Mend, func(t *testing.T, p *doctor.Patient) {
		runGit(t, p.Repo.Dir, "symbolic-ref", "HEAD", "refs/heads/other")
	}}},
	"auto-merge": {{"no hook", doctor.Mend, func(t *testing.T, p *doctor.Patient) {
		changed(p, "人员:", "网页提交: {自动合并: [接收办理]}\n人员:")
		remove(t, p, "pre-receive")
	}}},
}

func runGit(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", append([]string{"-C", dir}, args...)...)
	cmd.Env = gittest.Environ()
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return string(out)
}

func remove(t *testing.T, p *doctor.Patient, hook string) {
	t.Helper()
	if err := os.Remove(filepath.Join(p.Repo.HooksDir(nil, ""), hook)); err != nil {
		t.Fatal(err)
	}
}

// TestHealthy: of an installation with which all is well, nothing is told.
func TestHealthy(t *testing.T) {
	for _, bare := range []bool{false, true} {
		for _, r := range doctor.Examine(healthy(t, bare)) {
			if r.State != doctor.Fit {
				t.Errorf("%s: %+v", r.Slug, r)
			}
		}
	}
}

// TestIllnesses: there are at least twenty checks, each tells of what it is for, and
// how to mend it (issue R).
func TestIllnesses(t *testing.T) {
	var slugs []string
	for _, c := range doctor.Checks() {
		slugs = append(slugs, c.Slug)
	}
	slices.Sort(slugs)
	if known := slices.Sorted(maps.Keys(illnesses)); !slices.Equal(slugs, known) || len(slugs) < 20 {
		t.Fatalf("checks %v, tried %v", slugs, known)
	}
	server := []string{"hook-receive", "force-push", "deletion", "aliases", "head", "auto-merge"}
	for slug, list := range illnesses {
		for _, ill := range list {
			t.Run(slug+" "+ill.name, func(t *testing.T) {
				p := healthy(t, slices.Contains(server, slug))
				ill.make(t, p)
				for _, r := range doctor.Examine(p) {
					if r.Slug == slug && (r.State != ill.state || r.What == "" || r.Cure == "") {
						t.Errorf("%+v", r)
					}
				}
			})
		}
	}
}
