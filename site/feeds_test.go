package site

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	goical "github.com/emersion/go-ical"
	"github.com/mmcdole/gofeed"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// TestFeeds reads every calendar and feed of both editions with parsers that
// are not the writers'.
func TestFeeds(t *testing.T) {
	for _, edition := range []Edition{Public, Supervision} {
		out := t.TempDir()
		build(t, input(edition), out)
		events, entries := 0, 0
		for name, content := range tree(t, out) {
			switch {
			case strings.HasSuffix(name, ".ics"):
				events += readCalendar(t, name, content)
			case strings.HasSuffix(name, ".atom"):
				feed, err := gofeed.NewParser().ParseString(content)
				if err != nil {
					t.Errorf("%s: %v", name, err)
					continue
				}
				if feed.UpdatedParsed == nil || !strings.HasPrefix(content, "<?xml") {
					t.Errorf("%s: no time, or no declaration", name)
				}
				seen := map[string]bool{}
				for i, e := range feed.Items {
					if seen[e.GUID] || e.GUID == "" || e.Title == "" || e.UpdatedParsed == nil {
						t.Errorf("%s: entry %q", name, e.GUID)
					}
					seen[e.GUID] = true
					if i > 0 && feed.Items[i-1].UpdatedParsed.Before(*e.UpdatedParsed) {
						t.Errorf("%s: %s is out of order", name, e.GUID)
					}
					entries++
				}
			}
			if edition == Public && strings.HasPrefix(name, "feeds/") && strings.Contains(content, hiddenID) && !strings.Contains(content, restrictedLabel) {
				t.Errorf("%s tells of a restricted case without saying so", name)
			}
		}
		if events == 0 || entries == 0 {
			t.Errorf("%s: %d events, %d entries", edition, events, entries)
		}
	}
}

func readCalendar(t *testing.T, name, content string) int {
	t.Helper()
	for line := range strings.SplitSeq(strings.TrimSuffix(content, "\r\n"), "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n") || !utf8.ValidString(line) {
			t.Errorf("%s: line %q", name, line)
		}
	}
	cal, err := goical.NewDecoder(strings.NewReader(content)).Decode()
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return 0
	}
	seen := map[string]bool{}
	for _, e := range cal.Events() {
		uid, _ := e.Props.Text(goical.PropUID)
		summary, _ := e.Props.Text(goical.PropSummary)
		start, err := e.DateTimeStart(nil)
		if err != nil || seen[uid] || uid == "" || !strings.Contains(summary, "到期：") || start.IsZero() {
			t.Errorf("%s: event %q %q: %v", name, uid, summary, err)
		}
		seen[uid] = true
	}
	return len(seen)
}

// TestDataFollowsSchema holds the JSON files to the schemas that stand beside
// them, and makes sure that these refuse something.
func TestDataFollowsSchema(t *testing.T) {
	for _, edition := range []Edition{Public, Supervision} {
		out := t.TempDir()
		build(t, input(edition), out)
		files := tree(t, out)
		for _, name := range []string{"cases", "findings"} {
			data, ok := files["data/"+name+".json"]
			if !ok {
				if edition == Supervision || name == "cases" {
					t.Errorf("%s: no data/%s.json", edition, name)
				}
				continue
			}
			schema := compileSchema(t, files["data/"+name+".schema.json"])
			doc, err := jsonschema.UnmarshalJSON(strings.NewReader(data))
			if err == nil {
				err = schema.Validate(doc)
			}
			if err != nil {
				t.Errorf("%s data/%s.json: %v", edition, name, err)
			}
			var broken map[string]any
			if err := json.Unmarshal([]byte(data), &broken); err != nil {
				t.Fatal(err)
			}
			broken["as_of"] = "昨天"
			if schema.Validate(broken) == nil {
				t.Errorf("the schema of %s takes anything", name)
			}
		}
	}
}

func compileSchema(t *testing.T, src string) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader([]byte(src)))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("data.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("data.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}
