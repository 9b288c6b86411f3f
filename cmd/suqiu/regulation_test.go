package main

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"suqiu/internal/regulation"
)

// each calls f for every item of the regulation.
func each(f func(where string, i *regulation.Item)) {
	for _, c := range regulation.Clauses() {
		for i := range c.Items {
			f(c.Number+c.Title+"："+c.Items[i].Name, &c.Items[i])
		}
	}
}

// TestRegulationCommands holds the commands that the regulation names against
// the command tree.
func TestRegulationCommands(t *testing.T) {
	root := newRoot(&invocation{})
	each(func(where string, i *regulation.Item) {
		for _, name := range i.Commands {
			if commandAt(root, strings.Fields(name)) == nil {
				t.Errorf("%s: no command %q", where, name)
			}
		}
	})
	for _, none := range []string{"meeting neu", "push", ""} {
		if c := commandAt(root, strings.Fields(none)); c != nil {
			t.Errorf("%q leads to %q", none, c.CommandPath())
		}
	}
}

// commandAt follows words down the tree; nil if they lead to no command.
func commandAt(c *cobra.Command, words []string) *cobra.Command {
	if len(words) == 0 {
		return nil
	}
	for _, sub := range c.Commands() {
		switch {
		case sub.Name() != words[0]:
		case len(words) == 1:
			return sub
		default:
			return commandAt(sub, words[1:])
		}
	}
	return nil
}

// regulationPages are the pages that the regulation names and a built site
// has not.
func regulationPages(out, edition string) []string {
	var missing []string
	each(func(where string, i *regulation.Item) {
		for _, p := range i.Pages {
			if p.Supervision && edition != "监督" {
				continue
			}
			if wrong := noPage(out, p.Path); wrong != "" {
				missing = append(missing, where+"："+wrong)
			}
		}
	})
	return missing
}

// noPage says what of a page is not there.
func noPage(out, page string) string {
	name, id, _ := strings.Cut(page, "#")
	folder, pattern := path.Split(name)
	entries, err := os.ReadDir(filepath.Join(out, filepath.FromSlash(folder)))
	if err != nil {
		return err.Error()
	}
	for _, e := range entries {
		ok, err := path.Match(pattern, e.Name())
		if err != nil {
			return err.Error()
		}
		if !ok || strings.Contains(pattern, "*") && e.Name() == "index.html" {
			continue
		}
		src, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(folder), e.Name()))
		switch {
		case err != nil:
			return err.Error()
		case id != "" && !strings.Contains(string(src), fmt.Sprintf(`id="%s"`, id)):
			return name + " has no " + id
		}
		return ""
	}
	return "no page " + page
}
