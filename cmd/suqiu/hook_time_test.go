package main

import (
	"os/exec"
	"strings"
	"testing"

	"suqiu/internal/gittest"
)

// TestPushInTime: "At the server a mainline commit may not be dated more than 10
// minutes in the future, nor more than 收件宽限 working days (at least one) in the
// past; not so the first push of a suqiu.yaml, nor a server with git config
// suqiu.mirror true" (DESIGN 6). The base landed on Wednesday 2025-07-16.
func TestPushInTime(t *testing.T) {
	config := settings(t)
	for _, p := range []struct {
		name   string
		day    string // of the server, at its end
		script string
		grace  string // 收件宽限, default 1
		mirror string
		early  bool // refused for its date
	}{
		{name: "Friday's work on Monday", day: "2025-07-21", script: "at 2025-07-18 08:00\ntext a.txt x\ncommit 一"},
		{name: "Friday's work on Saturday", day: "2025-07-19", script: "at 2025-07-18 08:00\ntext a.txt x\ncommit 一"},
		{name: "Friday's work on Sunday", day: "2025-07-20", script: "at 2025-07-18 00:00\ntext a.txt x\ncommit 一"},
		// one working day, the Friday, lies between
		{name: "Thursday's work on Sunday", day: "2025-07-20", script: "at 2025-07-17 23:59\ntext a.txt x\ncommit 一"},
		{name: "Thursday's work on Monday", day: "2025-07-21", script: "at 2025-07-17 23:59\ntext a.txt x\ncommit 一",
			early: true},
		// 2025-10-01 to 10-08 are off; 09-30 and 10-09 are the working days around them.
		{name: "after a holiday", day: "2025-10-09", script: "at 2025-09-30 08:00\ntext a.txt x\ncommit 一"},
		{name: "from two days before a holiday", day: "2025-10-09",
			script: "at 2025-09-29 17:00\ntext a.txt x\ncommit 一", early: true},
		{name: "a grace of three days", day: "2025-07-22", grace: "3",
			script: "at 2025-07-17 00:00\ntext a.txt x\ncommit 一"},
		{name: "beyond a grace of three days", day: "2025-07-23", grace: "3",
			script: "at 2025-07-17 23:00\ntext a.txt x\ncommit 一", early: true},
		{name: "at least one day", day: "2025-07-18", grace: "0",
			script: "at 2025-07-17 08:00\ntext a.txt x\ncommit 一"},
		{name: "another zone", day: "2025-07-21", script: "at 2025-07-17T16:00:00Z\ntext a.txt x\ncommit 一"},
		// What washed lateness: a landing of three weeks later, dated as if it had been in time.
		{name: "a direct push dated back", day: "2025-08-06", script: "at 2025-07-16 10:00\ntext a.txt x\ncommit 一",
			early: true},
		{name: "a local merge dated back", day: "2025-08-06", early: true,
			script: "branch work\nat 2025-08-06 09:00\ntext a.txt x\ncommit 一\ncheckout main\nat 2025-07-16 10:00\n" +
				"merge work"},
		{name: "one early commit among others", day: "2025-08-06", early: true,
			script: "at 2025-07-16 10:00\ntext a.txt x\ncommit 一\nat 2025-08-06 09:00\ntext a.txt y\ncommit 二"},
		// What GitLab makes of a branch that waited: the merge, the squashed commit and the
		// rebased commits are all made, and dated, when the button is pressed.
		{name: "GitLab's merge commit", day: "2025-08-06",
			script: "branch work\nat 2025-07-17 09:00\ntext a.txt x\ncommit 一\nat 2025-07-18 09:00\ntext a.txt y\n" +
				"commit 二\ncheckout main\nat 2025-08-06 09:00\nmerge --mr 3 work"},
		{name: "GitLab's squash", day: "2025-08-06",
			script: "branch work\nat 2025-07-17 09:00\ntext a.txt x\ncommit 一\ncheckout main\nat 2025-07-17 09:00\n" +
				"committed 2025-08-06 09:00\nmerge --squash work\ncommit 压缩"},
		{name: "GitLab's squash with a merge commit", day: "2025-08-06",
			script: "branch work\nat 2025-07-17 09:00\ntext a.txt x\ncommit 一\nbranch squashed @base\nat 2025-08-06 " +
				"09:00\nmerge --squash work\ncommit 压缩\ncheckout main\nmerge --mr 3 squashed"},
		{name: "GitLab's rebase", day: "2025-08-06",
			script: "branch work @base~1\nat 2025-07-17 09:00\ntext a.txt x\ncommit 一\ntext a.txt y\ncommit 二\n" +
				"committed 2025-08-06 09:00\nrebase main\ncheckout main\nmerge --ff work"},
		{name: "a mirror", day: "2025-08-06", mirror: "true",
			script: "at 2025-07-16 10:00\ntext a.txt x\ncommit 一\ntext a.txt y\ncommit 二"},
		{name: "a mirror, as Git spells it", day: "2025-08-06", mirror: "on",
			script: "at 2025-07-16 10:00\ntext a.txt x\ncommit 一"},
		{name: "no mirror", day: "2025-08-06", mirror: "false", script: "at 2025-07-16 10:00\ntext a.txt x\ncommit 一",
			early: true},
		{name: "a restored backup", day: "2025-08-06", mirror: "1",
			script: "at 2025-07-16 10:00\nbranch work\ntext a.txt x\ncommit 一\ncheckout main\nat 2025-07-18 09:00\n" +
				"merge work\ntext b.txt y\ncommit 二"},
	} {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			r := gittest.Empty(t)
			yaml := config
			if p.grace != "" {
				yaml = strings.Replace(yaml, "收件宽限: 1", "收件宽限: "+p.grace, 1)
			}
			r.Run(landed + "-- suqiu.yaml --\n" + yaml)
			s := serve(t, r, "file")
			s.clock(t, p.day)
			if p.mirror != "" {
				if out, err := s.git("config", "suqiu.mirror", p.mirror); err != nil {
					t.Fatal(out)
				}
			}
			r.Run(p.script)
			said, err := s.push(r.Dir, "main")
			if !p.early {
				if err != nil {
					t.Errorf("refused:\n%s", said)
				}
				return
			}
			if err == nil || !strings.Contains(said, "提交的日期早于") {
				t.Fatalf("%v, says\n%s", err, said)
			}
			times := r.Git("log", "--format=%an %ae %aI %s", "main")
			followCure(t, r, s, said, p.day)
			if after := r.Git("log", "--format=%an %ae %aI %s", "main"); after != times {
				t.Errorf("the cure changed authors' times:\n%s\nwere\n%s", after, times)
			}
		})
	}
}

// followCure carries out the commands of a refusal to the letter, at noon of the
// server's day; the last one pushes, which must go well.
func followCure(t *testing.T, r *gittest.Repository, s *server, said, day string) {
	t.Helper()
	r.Git("remote", "add", "origin", s.dir)
	r.Git("config", "branch.main.remote", "origin")
	r.Git("config", "branch.main.merge", "refs/heads/main")
	done := 0
	for line := range strings.Lines(said) {
		command := strings.Fields(strings.TrimPrefix(strings.TrimSpace(line), "remote:"))
		if len(command) == 0 || command[0] != "git" {
			continue
		}
		cmd := exec.Command("git", command[1:]...)
		cmd.Dir = r.Dir
		cmd.Env = append(gittest.Environ(), "GIT_COMMITTER_NAME=纳税服务科", "GIT_COMMITTER_EMAIL=a@nsfwk.example",
			"GIT_COMMITTER_DATE="+day+"T12:00:00+08:00")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", strings.Join(command, " "), err, out)
		}
		done++
	}
	if done != 3 {
		t.Errorf("%d commands in the cure:\n%s", done, said)
	}
}

// TestFirstPushOfAnImportedHistory: a history of years before comes as it is.
func TestFirstPushOfAnImportedHistory(t *testing.T) {
	t.Parallel()
	config := settings(t)
	r := landedRepository(t, config)
	s := serve(t, nil, "file")
	s.clock(t, "2026-11-27")
	if said, err := s.push(r.Dir, "main"); err != nil {
		t.Errorf("refused:\n%s", said)
	}
	// The same on top of a history that had no cases yet.
	r = gittest.Empty(t)
	r.Run("at 2025-06-02 09:00\nby 纳税服务科 <a@nsfwk.example>\ntext README 说明\ncommit 说明\n" + landed +
		"-- suqiu.yaml --\n" + config)
	s = serve(t, nil, "file")
	s.clock(t, "2026-11-27")
	if said, err := s.push(r.Dir, strings.Fields(r.Git("rev-list", "--max-parents=0", "main"))[0]+
		":refs/heads/main"); err != nil {
		t.Fatal(said)
	}
	if said, err := s.push(r.Dir, "main"); err != nil {
		t.Errorf("refused:\n%s", said)
	}
}
