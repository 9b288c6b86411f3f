package office

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"slices"
	"strings"
	"testing"
	"time"

	"suqiu/internal/workday"
)

// A calendar is told as RFC 5545 wants it: lines end in CRLF and have at most 75
// octets, a due day is an event of the whole day, and its version counts up.
func TestCalendarFile(t *testing.T) {
	day := workday.New(2026, time.July, 31)
	c := Calendar{Name: "征收管理科到期日",
		Events: []CalendarEvent{{UID: "202607-NFZX-012@suqiu", Stamp: day - 10, Version: 3,
			Day: day, Remind: day - 1, Summary: strings.Repeat("发票额度调整", 10),
			Text: "承办单位：征收管理科\n第二行"}}}
	var b bytes.Buffer
	if _, err := c.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	text := b.String()
	if n := strings.Count(text, "\n"); n != strings.Count(text, "\r\n") || n == 0 {
		t.Error("a line does not end in CRLF")
	}
	for line := range strings.SplitSeq(text, "\r\n") {
		if len(line) > 75 {
			t.Errorf("a line of %d octets: %s", len(line), line)
		}
	}
	unfolded := strings.ReplaceAll(text, "\r\n ", "")
	for _, want := range []string{"BEGIN:VCALENDAR\r\n", "VERSION:2.0\r\n", "UID:202607-NFZX-012@suqiu\r\n",
		"SEQUENCE:3\r\n",
		"DTSTART;VALUE=DATE:20260731\r\n", "DTEND;VALUE=DATE:20260801\r\n", "TRANSP:TRANSPARENT\r\n",
		"SUMMARY:" + c.Events[0].Summary + "\r\n", "DESCRIPTION:承办单位：征收管理科\\n第二行\r\n",
		"ACTION:DISPLAY\r\n",
		"X-WR-TIMEZONE:Asia/Shanghai\r\n"} {
		if !strings.Contains(unfolded, want) {
			t.Errorf("no %q in\n%s", want, unfolded)
		}
	}
}

// A feed is Atom (RFC 4287): ids, times with their zone, and a link where there is
// one.
func TestFeedFile(t *testing.T) {
	at := time.Date(2026, time.July, 31, 9, 30, 0, 0, workday.Shanghai)
	f := Feed{ID: "urn:suqiu:feed", Title: "动态<&", Author: "联席会议办公室", Updated: at, Entries: []FeedEntry{
		{ID: "urn:suqiu:1", Title: "推送", Link: "cases/1.html", Updated: at, Summary: "摘要"},
		{ID: "urn:suqiu:2", Title: "没有链接", Updated: at.Add(-time.Hour)}}}
	var b bytes.Buffer
	if _, err := f.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	var got struct {
		XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
		Title   string   `xml:"title"`
		Updated string   `xml:"updated"`
		Author  string   `xml:"author>name"`
		Entries []struct {
			ID      string `xml:"id"`
			Updated string `xml:"updated"`
			Links   []struct {
				Href string `xml:"href,attr"`
			} `xml:"link"`
			Summary *string `xml:"summary"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Title != "动态<&" || got.Updated != "2026-07-31T09:30:00+08:00" || got.Author != "联席会议办公室" ||
		len(got.Entries) != 2 {
		t.Fatalf("%+v", got)
	}
	first, second := got.Entries[0], got.Entries[1]
	if first.ID != "urn:suqiu:1" || len(first.Links) != 1 || first.Links[0].Href != "cases/1.html" ||
		*first.Summary != "摘要" {
		t.Errorf("%+v", first)
	}
	if second.Updated != "2026-07-31T08:30:00+08:00" || len(second.Links) != 0 || second.Summary != nil {
		t.Errorf("%+v", second)
	}
}

// A CSV file has a byte order mark and CRLF, no cell that Excel takes for a formula,
// and gives back what was written; a row of too many cells is refused.
func TestCSVFile(t *testing.T) {
	rows := []Row{{"=1+1", 3, 0.5, workday.New(2026, time.July, 31)}, {"'引号", nil, nil, workday.Date(0)}, {"甲,乙"}}
	s := Sheet{Name: "表", Rows: slices.Values(rows),
		Columns: []Column{{Title: "文"}, {Title: "数", Kind: NumberColumn},
			{Title: "率", Kind: PercentColumn}, {Title: "日", Kind: DateColumn}}}
	var b bytes.Buffer
	if err := s.WriteCSV(&b); err != nil {
		t.Fatal(err)
	}
	text, marked := strings.CutPrefix(b.String(), "\ufeff")
	if !marked || strings.Count(text, "\r\n") != 4 || strings.Count(text, "\n") != 4 {
		t.Errorf("%q", b.String())
	}
	got, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	want := [][]string{{"文", "数", "率", "日"}, {"'=1+1", "3", "0.5", "2026-07-31"}, {"'引号", "", "", ""},
		{"甲,乙", "", "", ""}}
	if err != nil || !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("%q (%v), want %q", got, err, want)
	}
	for i, typed := range []string{"=1+1", "'引号", "甲,乙"} {
		if read := Plainly(got[i+1][0]); read != typed {
			t.Errorf("%q is read back as %q", typed, read)
		}
	}
	s.Rows = slices.Values([]Row{{1, 2, 3, 4, 5}})
	if err := s.WriteCSV(&b); err == nil {
		t.Error("five values for four columns are written")
	}
}

// A part file has no line breaks of its own in what is written, and every one is XML.
func TestPartFiles(t *testing.T) {
	for _, name := range []string{"styles", "settings", "fontTable", "footer1", "footer2", "footer3", "footer4",
		"workbookStyles"} {
		data := fill(name, nil)
		head, rest, _ := strings.Cut(data, "\n")
		if head+"\n" != xmlHead || strings.ContainsAny(rest, "\n\t") {
			t.Errorf("%s has lines:\n%s", name, data)
		}
		if err := xml.Unmarshal([]byte(data), new(struct{ XMLName xml.Name })); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got := fill("core", "甲<乙"); !strings.Contains(got, "<dc:title>甲&lt;乙</dc:title>") ||
		strings.Contains(got, "creator") {
		t.Errorf("properties: %s", got)
	}
}
