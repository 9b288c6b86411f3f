package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"suqiu/internal/record"
)

// TestManuals holds both manuals against the command tree: what they name is
// there, and the Chinese one leaves out no command and no option.
func TestManuals(t *testing.T) {
	root := newRoot(&invocation{})
	for _, name := range []string{"README.md", "README.zh-CN.md"} {
		text, err := os.ReadFile(filepath.Join("..", "..", name))
		if err != nil {
			t.Fatal(err)
		}
		for _, wrong := range unknownCommands(root, string(text)) {
			t.Errorf("%s: %s", name, wrong)
		}
		if name != "README.md" {
			for _, wrong := range unsaid(root, string(text)) {
				t.Errorf("%s: %s", name, wrong)
			}
		}
	}
}

// TestManualCase: who copies the case that the manual shows has nothing to mend.
func TestManualCase(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "README.zh-CN.md"))
	if err != nil {
		t.Fatal(err)
	}
	shown := regexp.MustCompile("(?s)\n```\n(---\n编号: (\\S+)\n.*?)```").FindSubmatch(text)
	if shown == nil {
		t.Fatal("the manual shows no case")
	}
	id := string(shown[2])
	c := record.Parse(record.PathOf(id), shown[1], nil)
	if len(c.Problems) > 0 || c.ID != id {
		t.Errorf("%s: %+v", c.ID, c.Problems)
	}
}

// TestOptionsNameTheirValues: what follows an option is said in Chinese, not as
// the type that it has in Go.
func TestOptionsNameTheirValues(t *testing.T) {
	for _, c := range tree(newRoot(&invocation{})) {
		c.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if value, _ := pflag.UnquoteUsage(f); regexp.MustCompile(`[a-z]`).MatchString(value) {
				t.Errorf("%s --%s %s", c.CommandPath(), f.Name, value)
			}
		})
	}
}

// TestManualsAreJudged makes sure that the test above finds what it looks for.
func TestManualsAreJudged(t *testing.T) {
	root := newRoot(&invocation{})
	for text, want := range map[string]string{
		"`suqiu chekc`":                  "no command",
		"    suqiu meeting neu\n":        "no command",
		"`suqiu check --bass main`":      "no option --bass",
		"| `push 编号` | 推送 |":             "no command",
		"| `check` | `--bass` 检查 |":      "no option --bass",
		"`suqiu overdue --unit 信息中心`":    "",
		"`suqiu -C /srv hook install`":   "",
		"`suqiu workday 2026-09-18 +10`": "",
	} {
		if got := strings.Join(unknownCommands(root, text), "\n"); want == "" && got != "" ||
			!strings.Contains(got, want) {
			t.Errorf("%s: found %q, want %q", text, got, want)
		}
	}
	if len(unsaid(root, "`check`")) < 20 {
		t.Error("an empty manual is complete")
	}
}

var (
	called = regexp.MustCompile("(?:`|^ *|\n *)suqiu ((?:-[A-Za-z-]+ [^ `\n]+ )*)([^`\n|]+)")
	row    = regexp.MustCompile("(?m)^\\| `([a-z][^`]*)`(?:、`([a-z][^`]*)`)* \\|(.*)$")
	option = regexp.MustCompile(`--[\p{Han}a-z][\p{Han}a-z-]*`)
)

// unknownCommands are the commands and options that a text names and the tree
// does not have.
func unknownCommands(root *cobra.Command, text string) []string {
	var list []string
	look := func(words []string) {
		c := root
		for len(words) > 0 {
			next := commandAt(c, words[:1])
			if next == nil {
				break
			}
			c, words = next, words[1:]
		}
		if c == root || c.Runnable() && c.HasSubCommands() && len(words) > 0 && !strings.HasPrefix(words[0], "-") {
			list = append(list, "no command suqiu "+strings.Join(words, " "))
			return
		}
		for _, o := range option.FindAllString(strings.Join(words, " "), -1) {
			if !has(c, o) {
				list = append(list, "no option "+o+" of "+c.CommandPath())
			}
		}
	}
	for _, m := range called.FindAllStringSubmatch(text, -1) {
		look(strings.Fields(m[2]))
	}
	if _, section, ok := strings.Cut(text, "\n## 命令\n"); ok { // other tables of the manual list files, rules and keys
		text, _, _ = strings.Cut(section, "\n## ")
	}
	for _, m := range row.FindAllStringSubmatch(text, -1) {
		words := strings.Fields(m[1])
		if words[0] == "suqiu" || strings.ContainsAny(words[0], "/.") || strings.Contains(words[0], "-") ||
			strings.Contains(words[0], "_") {
			continue // a file, a rule
		}
		if commandAt(root, words[:1]) == nil {
			list = append(list, "no command "+words[0])
			continue
		}
		for _, o := range option.FindAllString(m[0], -1) {
			if !slices.ContainsFunc(tree(commandAt(root, words[:1])),
				func(c *cobra.Command) bool { return has(c, o) }) {
				list = append(list, "no option "+o+" of suqiu "+words[0])
			}
		}
	}
	return list
}

func has(c *cobra.Command, option string) bool {
	name := strings.TrimPrefix(option, "--")
	return c.Flags().Lookup(name) != nil || c.InheritedFlags().Lookup(name) != nil || name == "help"
}

// tree is a command with all below it.
func tree(c *cobra.Command) []*cobra.Command {
	list := []*cobra.Command{c}
	for _, sub := range c.Commands() {
		list = append(list, tree(sub)...)
	}
	return list
}

// unsaid are the commands and options of the tree that a manual does not name.
func unsaid(root *cobra.Command, text string) []string {
	var list []string
	for _, c := range tree(root)[1:] {
		if c.Hidden {
			continue
		}
		path := strings.TrimPrefix(c.CommandPath(), "suqiu ")
		if !strings.Contains(text, "`"+path) && !strings.Contains(text, "suqiu "+path) {
			list = append(list, "does not name suqiu "+path)
		}
		c.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
			if !f.Hidden && f.Name != "help" && !strings.Contains(text, "--"+f.Name) {
				list = append(list, "does not name --"+f.Name+" of suqiu "+path)
			}
		})
	}
	return list
}
