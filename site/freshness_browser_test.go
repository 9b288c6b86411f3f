package site

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"suqiu/internal/view"
)

// TestOutdatedSiteSaysSo: when the reader's day is later than the page's, a banner
// says how many days ago the site was built, that 今日 and 剩余 mean that day, and to
// tell 联席办.
func TestOutdatedSiteSaysSo(t *testing.T) {
	ctx := openBrowser(t)
	out := t.TempDir()
	build(t, input(view.Public), out)
	index := filepath.Join(out, "index.html")
	built, err := os.ReadFile(index)
	if err != nil {
		t.Fatal(err)
	}
	for ago, want := range map[int]string{
		-1: "", // the reader's clock is behind
		0:  "", 1: "1 天前", 8: "8 天前", 365: "365 天前",
	} {
		day := time.Now().AddDate(0, 0, -ago).Format(time.DateOnly)
		text := strings.Replace(string(built), `<time datetime="2026-09-30">`, `<time datetime="`+day+`">`, 1)
		if err := os.WriteFile(index, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		if err := chromedp.Do(ctx, chromedp.Navigate("about:blank"),
			chromedp.Navigate("file://"+filepath.ToSlash(index))); err != nil {
			t.Fatal(err)
		}
		if want != "" {
			want = fmt.Sprintf("这个网站是 %s（2026年9月30日（星期三））生成的：页面上的“今日”“剩余”都按那一天算。"+
				"请告知联席办。", want)
		}
		const banner = `(document.querySelector('#main > [role=status]') || {textContent: ''}).textContent`
		got := eval[string](t, ctx, banner)
		if got != want {
			t.Errorf("%d days later the page says %q, want %q", ago, got, want)
		}
	}
}
