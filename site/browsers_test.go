package site

import (
	"io/fs"
	"path"
	"regexp"
	"testing"

	"suqiu/templates"
)

// newer is what Chromium 78 or Firefox 78 does not know, and what a page that
// must work from file:// without a network may not do, by kind of file.
var newer = map[string][]string{
	".css": {
		`:has\(`, `:is\(`, `:where\(`, `:focus-visible`, `:focus-within\b.*:not\([^)]*,`, `:not\([^)]*,`, `@container`, `@layer`, `@property`, `@scope`,
		`[ ;{]inset(-inline|-block)?:`, `[ ;{](row-|column-)?gap:`, `aspect-ratio`, `accent-color`, `color-mix`, `content-visibility`, `text-wrap`, `scrollbar-gutter`,
		`\b(clamp|min|max)\(`, `\b(oklch|oklab|lab|lch|hwb|light-dark)\(`, `rgb\([^)]* / `, `\b\d+(dvh|svh|lvh|dvw|cqw|lh)\b`, `&[:. ]`, `^\s+[.#&][^{};]*\{[^}]*\{`,
		`url\(['"]?(https?:)?//`, `@import`, `translate:|rotate:|scale:`, `overflow: clip`, `place-(items|content|self):.*subgrid`, `subgrid`,
	},
	".js": {
		`\?\.[a-zA-Z\[(]`, `\?\?`, `\|\|=|&&=`, `\bimport\b`, `\bexport\b`, `replaceAll`, `\.at\(`, `\.flat(Map)?\(`, `matchAll`, `Object\.fromEntries`, `structuredClone`,
		`\bawait\b`, `replaceChildren`, `\bstatic\s*\{`, `#[a-z]+\s*[=(;]`, `\d_\d`, `\dn\b`, `findLast`, `toSorted`, `hasOwn\b`, `allSettled`, `Promise\.any`,
		`https?://`, `innerHTML`, `outerHTML`, `insertAdjacentHTML`, `\beval\(`, `new Function`, `fetch\(`, `XMLHttpRequest`, `\.style\b`, `localStorage`,
	},
}

// TestOldBrowsers scans every static file for what the offices' browsers lack.
func TestOldBrowsers(t *testing.T) {
	entries, err := fs.ReadDir(templates.Builtin(), "static")
	if err != nil {
		t.Fatal(err)
	}
	scanned := map[string]bool{}
	for _, e := range entries {
		src, err := fs.ReadFile(templates.Builtin(), "static/"+e.Name())
		if err != nil {
			t.Fatal(err)
		}
		kind := path.Ext(e.Name())
		scanned[kind] = true
		for _, pattern := range newer[kind] {
			if m := regexp.MustCompile(`(?m)` + pattern).FindIndex(withoutComments(src)); m != nil {
				t.Errorf("%s: %q is too new or forbidden (%s)", e.Name(), src[m[0]:m[1]], pattern)
			}
		}
	}
	if !scanned[".css"] || !scanned[".js"] {
		t.Errorf("scanned only %v", scanned)
	}
}

// TestOldBrowsersFinds makes sure that the scan can fail.
func TestOldBrowsersFinds(t *testing.T) {
	for kind, sources := range map[string][]string{
		".css": {"a:has(b){}", ".x { gap: 8px }", ".x{inset:0}", ".x { width: clamp(1px, 2px, 3px); }", "a:not(.b, .c) {}", "@container (min-width: 1px) {}", ".x { color: color-mix(in srgb, red, blue) }"},
		".js":  {"a?.b", "a ?? b", "x.replaceAll('a','b')", "import('x')", "[].at(-1)", "el.innerHTML = x", "a ||= b", "e.style.color = 'red'"},
	} {
		for _, src := range sources {
			found := false
			for _, pattern := range newer[kind] {
				found = found || regexp.MustCompile(`(?m)`+pattern).MatchString(src)
			}
			if !found {
				t.Errorf("nothing finds %q in a %s file", src, kind)
			}
		}
	}
}

// withoutComments blanks out comments, so that offsets stay.
func withoutComments(src []byte) []byte {
	return regexp.MustCompile(`(?s)/\*.*?\*/`).ReplaceAllFunc(src, func(c []byte) []byte {
		blank := make([]byte, len(c))
		for i := range c {
			blank[i] = ' '
			if c[i] == '\n' {
				blank[i] = '\n'
			}
		}
		return blank
	})
}
