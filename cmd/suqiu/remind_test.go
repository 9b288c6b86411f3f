package main

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"net/mail"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"suqiu/internal/overdue"
)

// TestRemind: a unit that has something due is told all that suqiu overdue says of
// it, of a restricted case by number only (issue R, 6); nobody else is told.
func TestRemind(t *testing.T) {
	t.Parallel()
	dir := sample(t)
	settings := filepath.Join(dir, "suqiu.yaml")
	src, err := os.ReadFile(settings)
	if err != nil {
		t.Fatal(err)
	}
	text := regexp.MustCompile(`邮箱: \["\*@([a-z]+\.example)"\]`).ReplaceAllString(string(src),
		`邮箱: ["*@$1", lian@$1]`)
	if err := os.WriteFile(settings, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	gitIn(t, dir, "commit", "-qam", "邮箱")
	// On that day restricted cases are overdue too.
	suqiu := func(args ...string) (int, string, string) {
		return invoke(t.Context(), append([]string{"-C", dir, "--as-of", "2026-12-31"}, args...)...)
	}
	_, out, errs := suqiu("overdue", "--format", "json")
	var list struct{ Items []overdue.Item }
	if err := json.Unmarshal([]byte(out), &list); err != nil {
		t.Fatal(err, errs)
	}
	_, table, _ := suqiu("overdue", "--format", "markdown")
	told, codes := map[string][]overdue.Item{}, map[string]bool{}
	for _, it := range list.Items {
		told[it.Unit] = append(told[it.Unit], it)
		codes[it.Unit] = codes[it.Unit] || it.Status == "overdue" || it.Status == "soon"
	}
	mails := filepath.Join(t.TempDir(), "mails")
	if code, _, errs := suqiu("remind", "--eml", mails, "--from", "s@nsfwk.example"); code != 0 {
		t.Fatal(errs)
	}
	files, err := filepath.Glob(filepath.Join(mails, "*.eml"))
	if err != nil {
		t.Fatal(err)
	}
	want, restricted := 0, 0
	for unit, due := range codes {
		if due && unit != "" {
			want++
		}
	}
	if len(files) != want || want < 3 {
		t.Errorf("%d mails, %d units have something due", len(files), want)
	}
	for _, name := range files {
		body := mailed(t, name)
		unit := strings.Split(body, "\n")[2]
		for _, it := range told[unit] {
			row := regexp.MustCompile(regexp.QuoteMeta(it.Case) + `[^\n|]*\| 限范围查看`)
			hidden := it.Case != "" && row.MatchString(table)
			if hidden {
				restricted++
			}
			if !strings.Contains(body, it.Case) || strings.Contains(body, it.Title) == hidden && it.Title != "" {
				t.Errorf("%s, %s (%s), hidden: %v\n%s", filepath.Base(name), it.Case, it.Title, hidden, body)
			}
		}
		if strings.Count(body, "应于")+strings.Count(body, "最迟") != len(told[unit]) {
			t.Errorf("%s has not %d lines\n%s", unit, len(told[unit]), body)
		}
	}
	if restricted == 0 {
		t.Error("no restricted case is among them")
	}
	if code, _, errs := suqiu("remind", "--gitlab"); code != exitFailed ||
		!strings.Contains(errs, "SUQIU_REMIND_TOKEN") {
		t.Errorf("without a token: %d, %s", code, errs)
	}
}

// mailed is the text of a mail.
func mailed(t *testing.T, name string) string {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	m, err := mail.ReadMessage(f)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, m.Body))
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}
