package feeds

import (
	"bytes"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html"

	"suqiu/internal/office"
	"suqiu/internal/view"
	"suqiu/internal/workflow"
)

// What is no Markdown is shown as typed, in feeds too.
func TestFeedText(t *testing.T) {
	const reason = "实际 10~15 天，2*15*30 元，<3 日>"
	e := &view.Case{ID: "202607-NFZX-012"}
	at := time.Date(2026, 7, 15, 0, 0, 0, 0, time.UTC)
	h := happening{e: e, at: at, event: &workflow.Event{Title: "退回反馈", Reason: reason}}
	var b bytes.Buffer
	f := office.Feed{ID: "tag:x", Title: "甲", Updated: at, Entries: []office.FeedEntry{h.entry()}}
	if _, err := f.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	feed, err := gofeed.NewParser().ParseString(b.String())
	if err != nil {
		t.Fatal(err)
	}
	if got := html.UnescapeString(feed.Items[0].Description); got != reason {
		t.Errorf("%q, want %q", got, reason)
	}
}
