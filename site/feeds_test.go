package site

import (
	"bytes"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	goical "github.com/emersion/go-ical"
	"github.com/google/go-cmp/cmp"
	"github.com/mmcdole/gofeed"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"suqiu/internal/register"
	"suqiu/internal/view"
	"suqiu/internal/workflow"
	"suqiu/site/feeds"
)

// TestFeeds reads every calendar and feed of both editions with parsers that
// are not the writers'.
func TestFeeds(t *testing.T) {
	for _, edition := range []view.Edition{view.Public, view.Supervision} {
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
			if edition == view.Public && strings.HasPrefix(name, "feeds/") && strings.Contains(content, hiddenID) &&
				!strings.Contains(content, view.Restricted) {
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

var quarterly = regexp.MustCompile(`^reports/\d{4}Q[1-4]\.json$`)

// TestDataFollowsSchema holds the JSON files to the schemas that stand beside
// them, and makes sure that these refuse something.
func TestDataFollowsSchema(t *testing.T) {
	for _, edition := range []view.Edition{view.Public, view.Supervision} {
		out := t.TempDir()
		build(t, input(edition), out)
		files := tree(t, out)
		held := 0
		for path, data := range files {
			name, ok := strings.CutPrefix(path, "data/")
			switch {
			case strings.HasSuffix(path, ".schema.json"):
				continue
			case quarterly.MatchString(path):
				name = "report"
			case ok && strings.HasSuffix(path, ".json"):
				name = strings.TrimSuffix(name, ".json")
			default:
				continue
			}
			schema := compileSchema(t, files["data/"+name+".schema.json"])
			doc, err := jsonschema.UnmarshalJSON(strings.NewReader(data))
			if err == nil {
				err = schema.Validate(doc)
			}
			if err != nil {
				t.Errorf("%s %s: %v", edition, path, err)
			}
			held++
			var broken map[string]any
			if err := json.Unmarshal([]byte(data), &broken); err != nil {
				t.Fatal(err)
			}
			broken["as_of"] = "昨天"
			if schema.Validate(broken) == nil {
				t.Errorf("the schema of %s takes anything", name)
			}
		}
		if want := map[view.Edition]int{view.Public: 2, view.Supervision: 3}[edition]; held < want {
			t.Errorf("%s: %d files held to a schema, want at least %d", edition, held, want)
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

// TestMovedDueDay: whatever moves a due day, also to an earlier one, raises
// SEQUENCE and keeps the UID (RFC 5545, 3.8.7.4); what moves none changes
// nothing.
func TestMovedDueDay(t *testing.T) {
	type event struct {
		day      string
		sequence int
	}
	read := func(d *register.Register) map[string]event {
		t.Helper()
		v := view.New(d, view.Public)
		var b bytes.Buffer
		if _, err := feeds.Calendar(v, v.Unit("信息中心")).WriteTo(&b); err != nil {
			t.Fatal(err)
		}
		cal, err := goical.NewDecoder(&b).Decode()
		if err != nil {
			t.Fatal(err)
		}
		events := map[string]event{}
		for _, e := range cal.Events() {
			n, err := e.Props.Get(goical.PropSequence).Int()
			if err != nil {
				t.Fatal(err)
			}
			events[e.Props.Get(goical.PropUID).Value] = event{e.Props.Get(goical.PropDateTimeStart).Value, n}
		}
		return events
	}
	const uid = "202609-NSFWK-002-feedback-1-XXZX@suqiu.invalid"
	d := sample()
	i := slices.IndexFunc(d.Cases, func(c *register.Case) bool { return c.ID == "202609-NSFWK-002" })
	life := &d.Cases[i].Life
	last := read(d)[uid]
	if last.day != "20261009" {
		t.Fatalf("%s: %+v", uid, last)
	}
	others := read(d)
	for _, move := range []struct {
		what, day string
		move      func()
	}{
		{"a pause runs on", "20261010", func() {
			life.Clocks[0].PausedDays, life.Clocks[0].Due = 1,
				day("2026-10-10")
		}},
		{"the meeting sets a later day", "20261030", func() {
			life.Events = append(life.Events, workflow.Event{N: 1})
			life.Clocks[0].Agreed, life.Clocks[0].Due = true, day("2026-10-30")
		}},
		{"the meeting sets an earlier day", "20261012", func() {
			life.Events = append(life.Events, workflow.Event{N: 2})
			life.Clocks[0].Due = day("2026-10-12")
		}},
		{"a correction undoes the pause", "20261009", func() {
			life.Events = append(life.Events, workflow.Event{N: 3})
			life.Clocks[0].PausedDays, life.Clocks[0].Due = 0, day("2026-10-09")
		}},
		{"a day is declared a day off", "20261010", func() { d.Revision++; life.Clocks[0].Due = day("2026-10-10") }},
	} {
		move.move()
		now := read(d)[uid]
		if now.day != move.day || now.sequence <= last.sequence {
			t.Errorf("%s: %+v, before %+v", move.what, now, last)
		}
		last = now
	}
	d.Revision--
	after := read(d)
	for id, e := range others {
		if id != uid && after[id] != e {
			t.Errorf("%s moved too: %+v", id, after[id])
		}
	}
}

// TestFeedsStandStill: a feed says the same on another day, if nothing happened,
// even one without entries, but for the day up to which it goes.
func TestFeedsStandStill(t *testing.T) {
	feeds := func(asOf string) map[string]string {
		in := input(view.Public)
		in.Register.AsOf = day(asOf)
		out := t.TempDir()
		build(t, in, out)
		files := tree(t, out)
		maps.DeleteFunc(files, func(name, _ string) bool { return !strings.HasSuffix(name, ".atom") })
		for name, text := range files {
			dated := "<subtitle>截至 " + asOf + "</subtitle>"
			if strings.Count(text, dated) != 1 {
				t.Errorf("%s does not say once up to which day it goes", name)
			}
			files[name] = strings.Replace(text, dated, "", 1)
		}
		return files
	}
	first := feeds("2026-09-30")
	if !strings.Contains(first["feeds/JNQ.atom"]+first["feeds/BGS.atom"],
		"<updated>2026-07-15T10:00:00+08:00</updated>") {
		t.Errorf("no feed is empty: %v", slices.Collect(maps.Keys(first)))
	}
	if diff := cmp.Diff(first, feeds("2026-10-12")); diff != "" {
		t.Error(diff)
	}
}
