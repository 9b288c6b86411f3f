package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"suqiu/internal/gittest"
	"suqiu/internal/record"
)

// pipeline is what this test reads of a .gitlab-ci.yml.
type pipeline struct {
	Variables map[string]string `yaml:"variables"`
	Workflow  struct{ Rules []ciRule }
	Stages    []string
	jobs      map[string]ciJob
}

type ciRule struct{ If string }

type ciJob struct {
	Stage     string
	Needs     []string
	Rules     []ciRule
	Script    []string
	Artifacts struct {
		When    string
		Paths   []string
		Reports map[string]string
	}
}

func readPipeline(t *testing.T, name string) *pipeline {
	t.Helper()
	src, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	p := &pipeline{jobs: map[string]ciJob{}}
	if err := yaml.Unmarshal(src, p); err != nil {
		t.Fatal(err)
	}
	var all map[string]yaml.Node
	if err := yaml.Unmarshal(src, &all); err != nil {
		t.Fatal(err)
	}
	for name, node := range all {
		if slices.Contains([]string{"variables", "workflow", "stages", "cache"}, name) {
			continue
		}
		var job ciJob
		if err := node.Decode(&job); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if !slices.Contains(p.Stages, job.Stage) || len(job.Script) == 0 {
			t.Errorf("job %s of stage %q has %d lines", name, job.Stage, len(job.Script))
		}
		p.jobs[name] = job
	}
	return p
}

// selected are the jobs of a pipeline with these variables, sorted.
func (p *pipeline) selected(t *testing.T, vars map[string]string) []string {
	t.Helper()
	holds := func(rules []ciRule) bool {
		return slices.ContainsFunc(rules, func(r ciRule) bool { return evaluate(t, r.If, vars) })
	}
	var names []string
	if holds(p.Workflow.Rules) {
		for name, job := range p.jobs {
			if holds(job.Rules) {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	return names
}

// with is a set of variables with one more.
func with(vars map[string]string, name, value string) map[string]string {
	vars[name] = value
	return vars
}

// evaluate knows as much of GitLab's rules:if as the file uses.
func evaluate(t *testing.T, condition string, vars map[string]string) bool {
	t.Helper()
	for _, term := range strings.Split(condition, " && ") {
		left, op, right := "", "", ""
		if !strings.Contains(term, " ") { // a variable by itself: it is not empty
			term += ` != ""`
		}
		if n, _ := fmt.Sscan(term, &left, &op, &right); n != 3 || op != "==" && op != "!=" {
			t.Fatalf("condition %q", condition)
		}
		value := func(s string) string {
			if name, ok := strings.CutPrefix(s, "$"); ok {
				return vars[name]
			}
			return strings.Trim(s, `"`)
		}
		if (value(left) == value(right)) != (op == "==") {
			return false
		}
	}
	return true
}

// run executes a job's script as a runner's shell executor does: one shell
// with nothing but the variables around it, in which the lines are evaluated.
func (p *pipeline) run(t *testing.T, shell, dir, name string, vars map[string]string) (code int, log string) {
	t.Helper()
	job, ok := p.jobs[name]
	if !ok {
		t.Fatalf("no job %s", name)
	}
	script := "set -e\nset +o noclobber\n: | eval '" + strings.ReplaceAll(strings.Join(job.Script, "\n"), "'", `'\''`) +
		"'\nexit 0\n"
	cmd := exec.Command(shell)
	if shell == "bash" {
		cmd.Args = append(cmd.Args, "--noprofile", "--norc")
		script = "set -o pipefail\n" + script
	}
	cmd.Dir = dir
	cmd.Stdin = strings.NewReader(script)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.DevNull, "CI=true", "GITLAB_CI=true",
		"CI_PROJECT_DIR=" + dir}
	for _, set := range []map[string]string{p.Variables, vars} {
		for key, value := range set {
			cmd.Env = append(cmd.Env, key+"="+value)
		}
	}
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if cmd.ProcessState.ExitCode() <= 1 {
		for _, artifact := range append(job.Artifacts.Paths, job.Artifacts.Reports["codequality"]) {
			if artifact == "" || err != nil && job.Artifacts.When != "always" {
				continue
			}
			if _, err := os.Stat(filepath.Join(dir, artifact)); err != nil {
				t.Errorf("%s leaves no artifact %s", name, artifact)
			}
		}
	}
	return cmd.ProcessState.ExitCode(), out.String()
}

// project is a GitLab project that suqiu init began, with a few landings.
type project struct {
	t      *testing.T
	work   string // a user's clone
	remote string // the bare repository
	n      int
}

func newProject(t *testing.T) *project {
	t.Helper()
	for _, who := range []string{"AUTHOR", "COMMITTER"} {
		t.Setenv("GIT_"+who+"_NAME", "测试")
		t.Setenv("GIT_"+who+"_EMAIL", "lianxiban@nsfwk.example")
		t.Setenv("GIT_"+who+"_DATE", "2026-09-28T09:00:00+08:00")
	}
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	top := t.TempDir()
	p := &project{t: t, work: filepath.Join(top, "work"), remote: filepath.Join(top, "remote.git")}
	if code, _, stderr := invoke(t.Context(), "init", p.work); code != exitClean {
		t.Fatal(stderr)
	}
	p.git(top, "init", "-q", "--bare", "-b", "main", p.remote)
	p.git(p.work, "remote", "add", "origin", "file://"+p.remote)
	for range 24 { // more than a shallow clone of 20 holds
		p.commit("templates/说明.md", "说明")
	}
	p.git(p.work, "push", "-q", "origin", "main")
	return p
}

func (p *project) git(dir string, args ...string) string {
	p.t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		p.t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

func (p *project) commit(name, content string) {
	p.t.Helper()
	p.n++
	file := filepath.Join(p.work, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		p.t.Fatal(err)
	}
	if strings.HasPrefix(name, "templates/") {
		content += strings.Repeat("\n", p.n)
	}
	if err := os.WriteFile(file, []byte(content), 0o666); err != nil {
		p.t.Fatal(err)
	}
	p.git(p.work, "add", ".")
	p.git(p.work, "commit", "-qm", "改动")
}

// request pushes a branch from main that registers a case of that 性质.
func (p *project) request(branch, nature string) {
	p.t.Helper()
	p.git(p.work, "checkout", "-q", "-b", branch, "origin/main")
	p.commit("cases/2026/09/202609-XXZX-001.md", "---\n编号: 202609-XXZX-001\n标题: 自助终端打印缓慢\n性质: "+nature+
		"\n渠道: 日常工作\n收集单位: 信息中心\n收集日期: 2026-09-15\n\n状态: 已登记\n---\n\n## 诉求内容\n\n内容。\n\n"+
		"## 研判分析\n\n## 办理情况\n\n## 反馈答复\n")
	p.git(p.work, "push", "-q", "origin", branch)
}

// checkout is what a runner makes of a commit: a detached HEAD, and with
// depth 0 every branch below origin/, else no branch at all.
func (p *project) checkout(rev, depth string) string {
	p.t.Helper()
	dir := p.t.TempDir()
	p.git(dir, "init", "-q")
	p.git(dir, "remote", "add", "origin", "file://"+p.remote)
	args := []string{"fetch", "-q", "origin", "+refs/heads/*:refs/remotes/origin/*"}
	if depth != "0" {
		args = []string{"fetch", "-q", "--depth", depth, "origin", "+refs/heads/" + rev + ":refs/pipelines/1"}
	}
	p.git(dir, args...)
	if depth != "0" {
		rev = "refs/pipelines/1"
	} else {
		rev = "origin/" + rev
	}
	p.git(dir, "checkout", "-q", "--detach", rev)
	return dir
}

func requestVars(branch string) map[string]string {
	return map[string]string{
		"CI_PIPELINE_SOURCE": "merge_request_event", "CI_DEFAULT_BRANCH": "main", "CI_COMMIT_REF_NAME": branch,
		"CI_MERGE_REQUEST_IID": "1", "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME": branch,
		"CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
	}
}

func mainVars(source string) map[string]string {
	return map[string]string{"CI_PIPELINE_SOURCE": source, "CI_DEFAULT_BRANCH": "main", "CI_COMMIT_BRANCH": "main",
		"CI_COMMIT_REF_NAME": "main"}
}

// TestPagesNeedTheCheck holds that nothing is published but what check lets pass,
// on a schedule too (issue L, 1.2).
func TestPagesNeedTheCheck(t *testing.T) {
	ci := readPipeline(t, filepath.Join("..", "..", "internal", "scaffold", "files", ".gitlab-ci.yml"))
	if needs := ci.jobs["pages"].Needs; !slices.Contains(needs, "检查") {
		t.Errorf("pages needs %v", needs)
	}
}

// TestPipeline runs the jobs of the .gitlab-ci.yml that suqiu init writes.
func TestPipeline(t *testing.T) {
	p := newProject(t)
	ci := readPipeline(t, filepath.Join(p.work, ".gitlab-ci.yml"))
	if ci.Variables["GIT_DEPTH"] != "0" {
		t.Errorf("GIT_DEPTH %q", ci.Variables["GIT_DEPTH"])
	}
	for _, c := range []struct {
		vars map[string]string
		want []string
	}{
		{requestVars("x"), []string{"检查"}},
		{mainVars("push"), []string{"pages", "检查"}},
		{mainVars("schedule"), []string{"pages", "检查", "督办"}},
		{with(mainVars("schedule"), "SUQIU_REMIND_TOKEN", "glpat-x"), []string{"pages", "提醒", "检查", "督办"}},
		{with(mainVars("push"), "SUQIU_REMIND_TOKEN", "glpat-x"), []string{"pages", "检查"}},
		{map[string]string{"CI_PIPELINE_SOURCE": "push", "CI_DEFAULT_BRANCH": "main", "CI_COMMIT_BRANCH": "x"}, nil},
	} {
		if got := ci.selected(t, c.vars); !slices.Equal(got, c.want) {
			t.Errorf("jobs of %v: %v, want %v", c.vars, got, c.want)
		}
	}

	p.request("good", "诉求")
	p.request("bad", "投述")
	for _, shell := range []string{"bash", "sh"} {
		if code, log := ci.run(t, shell, p.checkout("good", "0"), "检查", requestVars("good")); code != exitClean {
			t.Errorf("%s: a good request: code %d\n%s", shell, code, log)
		}
		dir := p.checkout("bad", "0")
		code, log := ci.run(t, shell, dir, "检查", requestVars("bad"))
		if code != exitFindings || !strings.Contains(log, "错误[value-enum]") || !strings.Contains(log, "性质: 投述") {
			t.Errorf("%s: a bad request: code %d\n%s", shell, code, log)
		}
		quality(t, dir, "value-enum", "cases/2026/09/202609-XXZX-001.md")

		dir = p.checkout("bad", "20")
		code, log = ci.run(t, shell, dir, "检查", requestVars("bad"))
		if code != exitFailed || !strings.Contains(log, "GIT_DEPTH") {
			t.Errorf("%s: a shallow clone: code %d\n%s", shell, code, log)
		}
		dir = p.checkout("main", "20")
		for _, job := range []string{"督办", "pages"} {
			code, log = ci.run(t, shell, dir, job, mainVars("schedule"))
			if code != exitFailed || !strings.Contains(log, "GIT_DEPTH") {
				t.Errorf("%s: %s in a shallow clone: code %d\n%s", shell, job, code, log)
			}
		}
	}

	// Merged results: HEAD is a merge of the request into main as it stands.
	dir := p.checkout("main", "0")
	p.git(dir, "merge", "-q", "--no-ff", "-m", "merge", "origin/bad")
	if code, log := ci.run(t, "bash", dir, "检查", requestVars("bad")); code != exitFindings ||
		!strings.Contains(log, "value-enum") {
		t.Errorf("merged results: code %d\n%s", code, log)
	}

	dir = p.checkout("main", "0")
	for _, job := range []string{"检查", "pages", "督办"} {
		if code, log := ci.run(t, "bash", dir, job, mainVars("push")); code != exitClean {
			t.Errorf("%s on main: code %d\n%s", job, code, log)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "public", "index.html")); err != nil {
		t.Error(err)
	}
	quality(t, dir, "author-unknown", "suqiu.yaml")
	if status := p.git(dir, "status", "--porcelain"); status != "" {
		t.Errorf("what the jobs make is not ignored: %s", status)
	}
}

// TestPipelineOverdue: what is overdue turns the nightly pipeline red and
// leaves both lists; the site is built all the same.
func TestPipelineOverdue(t *testing.T) {
	p := newProject(t)
	ci := readPipeline(t, filepath.Join(p.work, ".gitlab-ci.yml"))
	const id = "202609-NSFWK-001"
	registered, err := gittest.NewCase(id, "渠道=办税服务厅")
	if err != nil {
		t.Fatal(err)
	}
	pushed, err := gittest.Set(registered, "状态=已推送", "任务清单=RW202609-01", "办理类别=系统技术类", "涉及面=低",
		"影响度=低", "复杂度=低", "紧急程度=一般", "承办单位=信息中心")
	if err != nil {
		t.Fatal(err)
	}
	p.commit(record.PathOf(id), registered)
	p.commit(record.PathOf(id), pushed)
	p.git(p.work, "push", "-q", "origin", "main")
	dir := p.checkout("main", "0")
	code, log := ci.run(t, "bash", dir, "督办", mainVars("schedule"))
	if code != exitFindings || !strings.Contains(log, "超期 1 项") || !strings.Contains(log, "信息中心") {
		t.Errorf("code %d\n%s", code, log)
	}
	for _, name := range []string{"overdue.md", "overdue.csv"} {
		if data, err := os.ReadFile(filepath.Join(dir, name)); err != nil ||
			!strings.Contains(string(data), "202609-NSFWK-001") {
			t.Errorf("%s: %v\n%s", name, err, data)
		}
	}
	if code, log := ci.run(t, "bash", dir, "pages", mainVars("schedule")); code != exitClean {
		t.Errorf("pages: code %d\n%s", code, log)
	}
}

// quality looks for an issue in the Code Quality report of a job.
func quality(t *testing.T, dir, rule, path string) {
	t.Helper()
	src, err := os.ReadFile(filepath.Join(dir, "gl-code-quality-report.json"))
	if err != nil {
		t.Fatal(err)
	}
	var issues []struct {
		CheckName string `json:"check_name"`
		Location  struct{ Path string }
	}
	if err := json.Unmarshal(src, &issues); err != nil {
		t.Fatal(err)
	}
	for _, i := range issues {
		if i.CheckName == rule && i.Location.Path == path {
			return
		}
	}
	t.Errorf("no %s at %s in %s", rule, path, src)
}
