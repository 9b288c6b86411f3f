package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"suqiu/internal/cli"
	"suqiu/internal/config"
)

// TestInitNameOfOneLine: a name is one line of suqiu.yaml, whatever is typed.
func TestInitNameOfOneLine(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "new")
	code, _, errs := invoke(t.Context(), "init", "--name", "某局\n签名: 要求", dir)
	if _, err := os.Stat(dir); code != exitFailed || err == nil || !strings.Contains(errs, "只写一行") {
		t.Errorf("%d, %v: %s", code, err, errs)
	}
}

// TestInitAsks: issue R, 8: init --kind 空白 asks at a terminal for names and codes;
// who breaks off leaves nothing behind.
func TestInitAsks(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answers string
		code    int
		units   []string
	}{
		"answered": {"某县税务局\n纳税服务股 NSFWG 联席办 监督考评 投诉\n\n", exitClean, []string{"NSFWG"}},
		"several": {"\n某县税务局\n纳税服务股 NSFWG 联席办\n税政股 SZG\n\n", exitClean,
			[]string{"NSFWG", "SZG"}},
		"broken off": {"某县税务局\n", exitFailed, nil},
		"no code":    {"某县税务局\n纳税服务股\n\n", exitFailed, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "new")
			var out, errs bytes.Buffer
			code := run(t.Context(), []string{"init", "--kind", "空白", dir}, cli.Env{
				Stdin: strings.NewReader(c.answers), Stdout: &out, Stderr: &errs, Interactive: true,
				GitEnviron: environ("a@nsfwg.example", day.Start()),
				Now:        func() time.Time { return day.Start().Add(10 * time.Hour) }})
			if code != c.code {
				t.Errorf("it ends with %d:\n%s", code, &errs)
			}
			src, err := os.ReadFile(filepath.Join(dir, "suqiu.yaml"))
			if len(c.units) == 0 {
				if _, err := os.Stat(dir); err == nil {
					t.Error("something was written")
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			cfg := config.Parse("suqiu.yaml", src)
			if cfg.Name != "某县税务局税费服务诉求和舆情分析办理" || len(cfg.Units) != len(c.units) {
				t.Errorf("%s, %+v", cfg.Name, cfg.Units)
			}
			for i, code := range c.units {
				if cfg.Units[i].Code != code {
					t.Errorf("unit %d: %+v", i, cfg.Units[i])
				}
			}
			if !strings.Contains(errs.String(), "各单位（必填）（可写几行，空一行结束）：每行一个：名称 代码 角色") {
				t.Error(errs.String())
			}
		})
	}
}
