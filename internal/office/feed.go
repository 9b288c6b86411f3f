package office

import (
	"encoding/xml"
	"io"
	"time"
)

// Feed is an Atom feed (RFC 4287) of what happened.
type Feed struct {
	ID      string // an IRI, the same for ever
	Title   string
	About   string // a line on what the feed holds; may be empty
	Author  string // a body, never a person
	Updated time.Time
	Entries []FeedEntry // newest first
}

// FeedEntry is one thing that happened.
type FeedEntry struct {
	ID      string // an IRI, the same for ever
	Title   string
	Link    string // relative to the feed; empty: none
	Updated time.Time
	Summary string
}

type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	About   string      `xml:"subtitle,omitempty"`
	Updated string      `xml:"updated"`
	Author  string      `xml:"author>name"`
	Entries []atomEntry `xml:"entry"`
}

type atomEntry struct {
	ID      string    `xml:"id"`
	Title   string    `xml:"title"`
	Link    *atomLink `xml:"link"`
	Updated string    `xml:"updated"`
	Summary string    `xml:"summary,omitempty"`
}

type atomLink struct {
	Href string `xml:"href,attr"`
}

// WriteTo writes the feed. Times are those of Asia/Shanghai, as everywhere.
func (f *Feed) WriteTo(w io.Writer) (int64, error) {
	out := atomFeed{Lang: "zh-CN", ID: f.ID, Title: f.Title, About: f.About, Author: f.Author,
		Updated: f.Updated.Format(time.RFC3339)}
	for i := range f.Entries {
		e := &f.Entries[i]
		entry := atomEntry{ID: e.ID, Title: e.Title, Updated: e.Updated.Format(time.RFC3339), Summary: e.Summary}
		if e.Link != "" {
			entry.Link = &atomLink{e.Link}
		}
		out.Entries = append(out.Entries, entry)
	}
	data, err := xml.MarshalIndent(out, "", " ")
	if err != nil {
		return 0, err
	}
	n, err := io.WriteString(w, xml.Header+string(data)+"\n")
	return int64(n), err
}
