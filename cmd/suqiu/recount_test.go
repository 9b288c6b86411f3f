package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"suqiu/internal/dossier"
	"suqiu/internal/git"
	"suqiu/internal/register"
	"suqiu/internal/workday"
)

// TestFiguresRecounted recomputes every figure of the sample's full quarters in
// another way: from the files as git has them on the first and last day of the
// quarter and between, and from the clocks that `show --format json` prints as
// of its last day. It shares no code with package report. What is landed within
// 收件宽限 after a quarter, returned, granted or corrected later, is recounted on
// histories drawn at random, in package report.
func TestFiguresRecounted(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ today, quarter, first, last string }{
		{"2026-11-24", "2026Q3", "2026-07-01", "2026-09-30"},
		{"2026-11-24", "2026Q2", "2026-04-01", "2026-06-30"},
		{"2026-05-20", "2025Q4", "2025-10-01", "2025-12-31"},
		{"2026-05-20", "2026Q1", "2026-01-01", "2026-03-31"},
	} {
		t.Run(test.quarter, func(t *testing.T) {
			today, err := workday.Parse(test.today)
			if err != nil {
				t.Fatal(err)
			}
			dir := sampleOn(t, today)
			code, stdout, stderr := invoke(t.Context(), "report", test.quarter, "-C", dir, "--as-of", test.today,
				"--format", "json")
			if code != 0 {
				t.Fatal(stderr)
			}
			var got struct{ Figures map[string]any }
			if err := json.Unmarshal([]byte(stdout), &got); err != nil {
				t.Fatal(err)
			}
			c := recount{t: t, dir: dir, first: test.first, last: test.last}
			c.before, c.after, c.done = c.files(test.first), c.files(nextDay(test.last)), c.closed()
			c.clocks = c.shown(test.last)
			want := map[string]float64{}
			c.flow(want)
			c.steps(want)
			c.deadlines(want)
			c.durations(want)
			c.monthly(want)
			if want["balance.opening"]+want["balance.pushed"] != want["balance.done"]+want["balance.other"]+
				want["balance.closing"] {
				t.Errorf("the recount itself does not add up: %v", want)
			}
			figures := map[string]float64{}
			flatten("", got.Figures, figures)
			compared := 0
			for _, key := range slices.Sorted(maps.Keys(want)) {
				n, ok := figures[key]
				if !ok {
					if want[key] != 0 {
						t.Errorf("the report has no %s, the recount %v", key, want[key])
					}
					continue
				}
				compared++
				if n != want[key] {
					t.Errorf("%s: the report says %v, the recount %v", key, n, want[key])
				}
			}
			if compared < 80 {
				t.Errorf("only %d figures were compared", compared)
			}
			// Every sum of the report must have been recounted.
			for _, key := range slices.Sorted(maps.Keys(figures)) {
				table, _, _ := strings.Cut(key, ".")
				if _, ok := want[key]; !ok && figures[key] != 0 &&
					slices.Contains([]string{"balance", "funnel", "deadlines", "handling", "whole", "steps",
						"evaluation", "monthly", "limits", "methods"}, table) {
					t.Errorf("%s is %v in the report and was not recounted", key, figures[key])
				}
			}
		})
	}
}

// recount counts one quarter.
type recount struct {
	t             *testing.T
	dir           string
	first, last   string
	before, after map[string]map[string]any // front matter by 编号
	done          map[string]string         // the day on which a case was first 已办结
	clocks        map[string][]map[string]any
}

func (c *recount) git(args ...string) string {
	cmd := exec.CommandContext(context.Background(), "git", append([]string{"-C", c.dir, "-c", "core.quotePath=false"},
		args...)...)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		c.t.Fatalf("git %v: %v: %s", args, err, errs.String())
	}
	return string(out)
}

// files reads every case as main had it before a day began.
func (c *recount) files(before string) map[string]map[string]any {
	rev := strings.TrimSpace(c.git("rev-list", "-1", "--first-parent", "--before="+before+"T00:00:00+08:00", "main"))
	cases := map[string]map[string]any{}
	for _, name := range strings.Fields(c.git("ls-tree", "-r", "--name-only", rev, "cases/")) {
		text := c.git("show", rev+":"+name)
		parts := strings.SplitN(text, "---\n", 3)
		var m map[string]any
		if err := yaml.Unmarshal([]byte(parts[1]), &m); err != nil {
			c.t.Fatalf("%s: %v", name, err)
		}
		cases[strings.TrimSuffix(filepath.Base(name), ".md")] = m
	}
	return cases
}

// shown are the clocks of every case as show prints them as of a day.
func (c *recount) shown(asOf string) map[string][]map[string]any {
	repo, err := git.Open(c.dir)
	if err != nil {
		c.t.Fatal(err)
	}
	day, _ := workday.Parse(asOf)
	d, err := register.Load(c.t.Context(), repo, register.Options{AsOf: day})
	if err != nil {
		c.t.Fatal(err)
	}
	clocks := map[string][]map[string]any{}
	for _, k := range d.Cases {
		data, err := json.Marshal(dossier.New(d, k, nil))
		if err != nil {
			c.t.Fatal(err)
		}
		var shown struct{ Clocks []map[string]any }
		if err := json.Unmarshal(data, &shown); err != nil {
			c.t.Fatal(err)
		}
		clocks[k.ID] = shown.Clocks
	}
	return clocks
}

// closed is the day on which each case was first 已办结 on main.
func (c *recount) closed() map[string]string {
	days := map[string]string{}
	for _, line := range strings.Split(c.git("log", "--first-parent", "-m", "--reverse", "--date=short",
		"--format=@%cd", "--name-only", "-G^状态: 已办结", "main", "--", "cases/"), "\n") {
		switch {
		case strings.HasPrefix(line, "@"):
			days[""] = line[1:]
		case line != "":
			id := strings.TrimSuffix(filepath.Base(line), ".md")
			if days[id] == "" {
				days[id] = days[""]
			}
		}
	}
	return days
}

// rounds counts the last 评估 of each round of a case that ended in the quarter, by
// 办结 or by 改进, going through the versions of its file.
func (c *recount) rounds(id string, want map[string]float64) {
	counted, improved, state := 0, 0, ""
	for _, line := range strings.Split(strings.TrimSpace(c.git("log", "--first-parent", "-m", "--reverse",
		"--date=short", "--format=%H %cd", "main", "--",
		"cases/"+id[:4]+"/"+id[4:6]+"/"+id+".md")), "\n") {
		hash, day, _ := strings.Cut(line, " ")
		if day > c.last {
			return
		}
		var m map[string]any
		if err := yaml.Unmarshal([]byte(strings.Split(c.git("show", hash+":cases/"+id[:4]+"/"+id[4:6]+"/"+id+".md"),
			"---\n")[1]), &m); err != nil {
			c.t.Fatal(err)
		}
		rows, before := list(m, "评估"), state
		state = text(m, "状态")
		ends := state == "已办结" && before != state || len(list(m, "改进")) > improved
		improved = len(list(m, "改进"))
		if !ends {
			continue
		}
		if len(rows) > counted && day >= c.first {
			last := rows[len(rows)-1]
			field := map[string]string{"满意": "satisfied", "基本满意": "fair", "不满意": "dissatisfied",
				"无法评价": "unrated"}[text(last, "结果")]
			for _, table := range []string{"evaluation.", "methods." + text(last, "方式") + ".evaluation."} {
				want[table+field]++
				want[table+"all"]++
			}
		}
		counted = len(rows)
	}
}

func (c *recount) flow(want map[string]float64) {
	for id, now := range c.after {
		was := c.before[id]
		state := text(now, "状态")
		if was == nil {
			var n float64 = 1
			fmt.Sscan(text(now, "件数"), &n)
			want["funnel.tickets"] += n
			want["funnel.registered"]++
			for _, table := range []string{"categories." + orUnnamed(text(c.after[id], "办理类别")), "channels." +
				text(now, "渠道")} {
				want[table+".registered"]++
				want[table+".tickets"] += n
			}
			switch {
			case pushed(now):
				want["funnel.pushed"]++
				if state == "已办结" {
					want["funnel.done"]++
				}
			case state == "不推送" || state == "已合并" || state == "已撤回":
				want["funnel.not_pushed"]++
			}
		}
		entered := pushed(now) && !pushed(was)
		if text(now, "状态") == "改进中" {
			want["balance.improving"]++
			for _, table := range []string{"categories." + orUnnamed(text(now, "办理类别")), "channels." +
				text(now, "渠道"), "units." + text(now, "承办单位")} {
				want[table+".balance.improving"]++
			}
		}
		if !task(was) && !entered || c.done[id] != "" && c.done[id] < c.first { // what is improved stays done
			continue
		}
		add := func(key string) {
			want["balance."+key]++
			want["categories."+orUnnamed(text(c.after[id], "办理类别"))+".balance."+key]++
			want["channels."+text(now, "渠道")+".balance."+key]++
			if unit := text(now, "承办单位"); unit != "" {
				want["units."+unit+".balance."+key]++
			}
		}
		switch {
		case task(was):
			add("opening")
		default:
			add("pushed")
		}
		switch {
		case state == "长期推进":
			add("long_term")
			add("closing")
		case state == "已办结" || c.done[id] != "" && c.done[id] <= c.last:
			add("done")
		case task(now):
			add("closing")
		default:
			add("other")
		}
	}
}

// steps counts the records that the files gained.
func (c *recount) steps(want map[string]float64) {
	for id, now := range c.after {
		was := c.before[id]
		gained := func(key string, match func(map[string]any) bool) float64 {
			n := 0.0
			for _, row := range list(now, key) {
				if match(row) {
					n++
				}
			}
			for _, row := range list(was, key) {
				if match(row) {
					n--
				}
			}
			return n
		}
		is := func(field, value string) func(map[string]any) bool {
			return func(row map[string]any) bool { return text(row, field) == value }
		}
		any1 := func(map[string]any) bool { return true }
		want["steps.extensions"] += gained("延期申请", any1)
		want["steps.granted"] += gained("延期申请", is("决定", "同意"))
		want["steps.refused"] += gained("延期申请", is("决定", "不同意"))
		want["steps.objections"] += gained("说明单", is("事由", "异议"))
		want["steps.upheld"] += gained("说明单", is("决定", "成立"))
		want["steps.rejected"] += gained("说明单", is("决定", "不成立"))
		want["steps.escalations"] += gained("说明单",
			func(row map[string]any) bool { return text(row, "事由") != "异议" })
		want["steps.returned"] += gained("反馈", is("审核", "退回"))
		want["steps.improved"] += gained("改进", any1)
		want["steps.proxies"] += gained("代录", any1)
		want["steps.corrected"] += gained("更正", any1)
		if gained("评估", any1) > 0 || gained("改进", any1) > 0 {
			c.rounds(id, want)
		}
		if gained("反馈", is("审核", "通过")) > 0 {
			want["evaluation.accepted"]++
			if len(list(now, "评估")) > 0 {
				want["evaluation.covered"]++
			}
		}
	}
	for _, clocks := range c.clocks {
		for _, k := range clocks {
			if k["kind"] == "反馈" && k["push_no"].(float64) > 1 && c.within(k["start"].(string)) {
				want["steps.reassigned"]++
			}
		}
	}
}

func (c *recount) within(day string) bool { return day >= c.first && day <= c.last }
