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

// reference is the page of the manual that names every command and option.
const reference = "docs/commands.md"

// TestManuals holds the manual against the command tree: what its pages name is
// there, and the page of commands leaves out none, and no option.
func TestManuals(t *testing.T) {
	root := newRoot(&invocation{})
	pages := manualPages(t)
	if pages[reference] == "" {
		t.Fatalf("the manual has no %s", reference)
	}
	for name, text := range pages {
		table := ""
		switch name {
		case "README.md":
			table = text
		case reference:
			_, rest, found := strings.Cut(text, "\n## 全部命令\n")
			if !found {
				t.Fatalf("%s has no table of commands", name)
			}
			table, _, _ = strings.Cut(rest, "\n## ")
			for _, wrong := range unsaid(root, text) {
				t.Errorf("%s: %s", name, wrong)
			}
		}
		for _, wrong := range append(unknownCommands(root, text), unknownRows(root, table)...) {
			t.Errorf("%s: %s", name, wrong)
		}
	}
}

// manualPages is all that people are told of the program, by the name of the file.
func manualPages(t *testing.T) map[string]string {
	t.Helper()
	top := filepath.Join("..", "..")
	names, err := filepath.Glob(filepath.Join(top, "docs", "*.md"))
	if err != nil || len(names) < 10 {
		t.Fatal(err, names)
	}
	pages := map[string]string{}
	for _, name := range append(names, filepath.Join(top, "README.zh-CN.md"), filepath.Join(top, "README.md")) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		rel, err := filepath.Rel(top, name)
		if err != nil {
			t.Fatal(err)
		}
		pages[filepath.ToSlash(rel)] = string(text)
	}
	return pages
}

// TestManualCase: who copies the case that the manual shows has nothing to mend.
func TestManualCase(t *testing.T) {
	text := manualPages(t)["docs/filling.md"]
	shown := regexp.MustCompile("(?s)\n```\n(---\n编号: (\\S+)\n.*?)```").FindSubmatch([]byte(text))
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
		"`suqiu --version`":              "",
		"`suqiu --vision`":               "no command",
		"`suqiu workday 2026-09-18 +10`": "",
	} {
		wrong := append(unknownCommands(root, text), unknownRows(root, text)...)
		if got := strings.Join(wrong, "\n"); want == "" && got != "" ||
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
		if c == root && len(words) == 1 && words[0] == "--version" {
			return
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
	return list
}

// unknownRows are those of a table of commands that the tree does not have.
func unknownRows(root *cobra.Command, table string) []string {
	var list []string
	for _, m := range row.FindAllStringSubmatch(table, -1) {
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
