package site

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"suqiu/templates"
)

// What the style sheet may use: each of these is in Chromium 78 and in
// Firefox 78 by MDN's compatibility data, or harmless where it is unknown. A
// word that is not here is not old enough until somebody has looked it up.
const (
	oldProperties = `align-items align-self -webkit-text-size-adjust background background-color border border-bottom border-bottom-color border-bottom-width
		border-collapse border-color border-left border-left-color border-left-width border-radius border-right border-style border-top
		border-top-color border-top-width border-width bottom box-shadow box-sizing break-after break-before break-inside clip color
		column-count content cursor display fill fill-opacity flex flex-direction flex-wrap float font font-family font-size font-style font-variant-numeric font-weight
		grid-auto-columns grid-auto-flow grid-column grid-column-gap grid-gap grid-row grid-row-gap grid-template-columns
		grid-template-rows height hyphens
		justify-content justify-self left letter-spacing line-height list-style margin margin-bottom margin-left margin-right margin-top
		marker-end max-height max-width min-height min-width opacity order outline outline-color outline-offset overflow overflow-wrap overflow-x
		overflow-y padding padding-bottom padding-left padding-right padding-top page-break-after page-break-before page-break-inside
		position quotes resize right scroll-padding-left scroll-snap-align scroll-snap-type size stroke stroke-dasharray stroke-width table-layout text-align text-anchor text-decoration
		text-indent text-overflow text-transform top transform transition vertical-align visibility white-space width word-break z-index
		-webkit-print-color-adjust color-adjust`
	oldPseudos = `root before after hover focus checked target first-child last-child only-child nth-` +
		`child empty not placeholder`
	oldAtRules   = `media page`
	oldFeatures  = `max-width min-width prefers-color-scheme prefers-reduced-motion`
	oldFunctions = `var calc rgba rotate scale translate repeat minmax url attr rect`
	oldUnits     = `px em rem fr pt mm s ms deg vh vw`
)

// newValues are values too new for a property that is old.
var newValues = regexp.MustCompile(`\bclip\b|\bsubgrid\b|\brevert|\bfit-content\b|\banywhere\b|\bsystem-ui\b|\bui-[a-` +
	`z]+\b|\bsafe\b|\bbalance\b|\bpretty\b|\bfrom-font\b|\bmasonry\b|\b(Canvas|CanvasText|LinkText|Field|FieldText|` +
	`AccentColor|Highlight)\b|//`)

// newScript is what a script may not use: newer than Chromium 78 or Firefox 78,
// newer than the ES2017 that the scripts are written in, or forbidden by the
// policy of the pages.
var newScript = []string{
	`\?\.[a-zA-Z\[(]`, `\?\?`, `\|\|=`, `&&=`, `\*\*=`, `\bimport\b`, `\bexport\b`, `\bawait\b`, `\basync\b`,
	`\bstatic\s*\{`, `[.\s{;]#[a-z]+\s*[=(;]`, `\d_\d`, `\b\dn\b`, `\bcatch\s*\{`, `\.\.\.[a-z]`,
	`\(\?<`, `/[gimuy]*[sdv][gimuy]*[.,;)]`,
	`replaceAll`, `matchAll`, `trimStart|trimEnd`, `\.at\(`, `\.flat(Map)?\(`, `findLast`,
	`to(Sorted|Reversed|Spliced)\b`, `\.with\(`, `fromAsync`, `isWellFormed`,
	`fromEntries`, `hasOwn\b`, `groupBy`, `getOrInsert`, `structuredClone`, `globalThis`, `\bWeakRef\b`,
	`FinalizationRegistry`, `AggregateError`, `allSettled`, `Promise\.(any|try)`, `withResolvers`, `\.finally\(`,
	`\.(union|intersection|difference|symmetricDifference|isSubsetOf|isSupersetOf|isDisjointFrom)\(`, `\bcause:`,
	`RegExp\.escape`, `Intl\.(Segmenter|ListFormat|DisplayNames|DurationFormat)`,
	`replaceChildren`, `checkVisibility`, `startViewTransition`, `getAnimations`, `randomUUID`, `replaceSync`,
	`adoptedStyleSheets`, `showModal|HTMLDialogElement`, `[pP]opover`, `\binert\b`, `AbortSignal\.`, `\bscheduler\b`,
	`navigator\.share`, `scrollend`, `ariaLabel\b`, `reportError`,
	`formatRange`, `ClipboardItem`, `computedStyleMap|attributeStyleMap`, `\bsignal:`, `userAgentData`,
	`navigator\.locks`, `visualViewport`, `\bTemporal\b`, `moveBefore`, `caretPositionFromPoint`, `Iterator\.`,
	`(from|to)(Base64|Hex)\b`,
	`URL\.(canParse|parse)\(`, `URLPattern`, `ompressionStream`, `OffscreenCanvas`, `showPicker`, `getHTML|setHTML`,
	`attachInternals`, `Math\.(sumPrecise|f16round)`, `requestStorageAccess`,
	`:(has|is|where|focus-visible|any-link|user-valid|user-invalid|popover-open|open\b)\b`, `:not\([^)]*[, >+~]`,
	`:not\([.#]?[\w-]+[.#:\[]`,
	`https?://`, `innerHTML`, `outerHTML`, `insertAdjacentHTML`, `\beval\(`, `new Function`, `fetch\(`,
	`XMLHttpRequest`, `\.style\b`, `localStorage`,
}

// newMarkup is what a page may not hold.
var newMarkup = []string{`<dialog\b`, `<search\b`, `<details name`, `\bpopover\b`, `\binert\b`, `\benterkeyhint\b`,
	`type="module"`, `hidden="until-found"`, `shadowroot`, `<selectedcontent\b`, `<button[^>]* command`,
	`rel="modulepreload"`, `media="[^"]*[<>]`,
	` style="`, ` on[a-z]+="`, `<script>[^{]`, `(src|href)="(https?:)?//`}

// allowed are the words that single files alone may use: the page with forms has a
// policy of its own.
var allowed = map[string][]string{
	"step.js":  {"localStorage"},   // the unit that was chosen
	"forge.js": {"fetch("},         // from the forge alone
	"serve.js": {"XMLHttpRequest"}, // to suqiu serve, which the page came from
	// The unit that was chosen, and what the site made for it from its own templates.
	"unit.js": {"localStorage", "innerHTML"},
}

// tooNew lists what a file has that the offices' browsers lack.
func tooNew(kind, src string) []string {
	switch kind {
	case ".css":
		return newStyle(src)
	case ".js":
		return matches(newScript, withoutComments(src))
	case ".html":
		return matches(newMarkup, src)
	}
	return []string{"nobody knows what may stand in a " + kind + " file"}
}

func matches(patterns []string, src string) []string {
	var list []string
	for _, p := range patterns {
		for _, m := range regexp.MustCompile(`(?m)`+p).FindAllString(src, -1) {
			list = append(list, fmt.Sprintf("%q (%s)", m, p))
		}
	}
	return list
}

var (
	comments   = regexp.MustCompile(`(?s)/\*.*?\*/`)
	cssStrings = regexp.MustCompile(`"[^"]*"|'[^']*'`)
	pseudo     = regexp.MustCompile(`::?([a-z-]+)`)
	feature    = regexp.MustCompile(`\(\s*([a-z-]+)`)
	function   = regexp.MustCompile(`([a-zA-Z-]+)\(`)
	number     = regexp.MustCompile(`(?:^|[\s(,+*/-])-?(?:\d*\.)?\d+([a-zA-Z]+)`)
	inNot      = regexp.MustCompile(`:not\(([^()]*(?:\([^)]*\))?)\)`)
	// selector, all that :not took then
	simple  = regexp.MustCompile(`^(\*|[.#]?[\w-]+|\[[^\]]*\]|:[\w-]+(\(.*\))?)$`)
	flexBox = regexp.MustCompile(`(?:^|;)\s*display:\s*(inline-)?flex\s*(;|$)`)
	// of grids alone
	flexTooNew = regexp.MustCompile(`(?:^|;)\s*(grid-(?:row-|column-)?gap|(?:align-items|align-self|align-content|` +
		`justify-content):\s*(?:start|end))\b`)
	ofInNth = regexp.MustCompile(`:nth-child\([^)]*\bof\b`)
)

func withoutComments(src string) string { return comments.ReplaceAllString(src, " ") }

// newStyle walks a style sheet block by block and lists every word of it that
// is not among the old ones.
func newStyle(src string) []string {
	var list []string
	complain := func(what, word, where string) { list = append(list, what+" "+word+" in "+strings.TrimSpace(where)) }
	unknown := func(what, old, where string, words [][]string) {
		for _, m := range words {
			if !slices.Contains(strings.Fields(old), m[1]) {
				complain(what, m[1], where)
			}
		}
	}
	declaration := func(text string) {
		name, value, found := strings.Cut(strings.TrimSpace(text), ":")
		switch {
		case name == "" && !found:
			return
		case !found:
			complain("what is", name, text)
			return
		case !strings.HasPrefix(name, "--"):
			unknown("property", oldProperties, text, [][]string{{"", name}})
		}
		unknown("function", oldFunctions, text, function.FindAllStringSubmatch(value, -1))
		unknown("unit", oldUnits, text, number.FindAllStringSubmatch(value, -1))
		if m := newValues.FindString(value); m != "" || value != "" && strings.TrimSpace(value) == "stretch" &&
			(strings.HasSuffix(name, "width") || strings.HasSuffix(name, "height")) {
			complain("value", m, text)
		}
	}
	var open []bool // the blocks that we are in: is it a rule?
	text := cssStrings.ReplaceAllString(withoutComments(src), "s")
	from := 0
	for i, c := range text {
		part := text[from:i]
		switch c {
		case '{':
			prelude := strings.TrimSpace(part)
			rule := !strings.HasPrefix(prelude, "@")
			if len(open) > 0 && open[len(open)-1] {
				complain("a block within a rule,", prelude, part)
			}
			if rule {
				unknown("pseudo", oldPseudos, prelude, pseudo.FindAllStringSubmatch(prelude, -1))
				for _, m := range inNot.FindAllStringSubmatch(prelude, -1) {
					if !simple.MatchString(m[1]) {
						complain("selector", m[0], prelude)
					}
				}
				if body, _, _ := strings.Cut(text[i+1:], "}"); flexBox.MatchString(body) &&
					flexTooNew.MatchString(body) {
					complain("in a flex box", flexTooNew.FindStringSubmatch(body)[1], prelude)
				}
				if ofInNth.MatchString(prelude) || strings.Contains(prelude, "&") {
					complain("selector", prelude, prelude)
				}
			} else {
				name, rest, _ := strings.Cut(prelude[1:], " ")
				unknown("at-rule", oldAtRules, prelude, [][]string{{"", name}})
				unknown("feature", oldFeatures, prelude, feature.FindAllStringSubmatch(rest, -1))
				if strings.ContainsAny(rest, "<>") {
					complain("range in", name, prelude)
				}
				rule = name == "page"
			}
			open = append(open, rule)
			from = i + 1
		case ';', '}':
			if trimmed := strings.TrimSpace(part); strings.HasPrefix(trimmed, "@") {
				complain("at-rule", trimmed, trimmed)
			} else {
				declaration(part)
			}
			if c == '}' && len(open) > 0 {
				open = open[:len(open)-1]
			}
			from = i + 1
		}
	}
	return list
}

// TestOldBrowsers scans every template and every static file for what the
// offices' browsers lack.
func TestOldBrowsers(t *testing.T) {
	scanned := map[string]int{}
	for _, dir := range []string{"static", "pages"} {
		entries, err := fs.ReadDir(templates.Builtin(), dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			src, err := fs.ReadFile(templates.Builtin(), dir+"/"+e.Name())
			if err != nil {
				t.Fatal(err)
			}
			kind := path.Ext(e.Name())
			scanned[kind] += len(src)
			text := string(src)
			for _, word := range allowed[e.Name()] {
				if !strings.Contains(text, word) {
					t.Errorf("%s is allowed %s, which it does not use", e.Name(), word)
				}
				text = strings.ReplaceAll(text, word, "")
			}
			for _, what := range tooNew(kind, text) {
				t.Errorf("%s: too new or forbidden: %s", e.Name(), what)
			}
		}
	}
	if scanned[".css"] < 1000 || scanned[".js"] < 1000 || scanned[".html"] < 1000 {
		t.Errorf("scanned only %v", scanned)
	}
}

// TestOldBrowsersFinds makes sure that the scan finds each thing by itself, and
// nothing in what is old enough.
func TestOldBrowsersFinds(t *testing.T) {
	for kind, sources := range map[string][]string{
		".css": {
			"a:has(b) {}", "a:is(b, c) {}", ":where(a) {}", "a:focus-visible {}", "li::marker {}", "a:not(.b, .c) {}",
			"a:not(b.c) {}", "a:not(b c) {}", "a:not(.b:hover) {}", ".x { display: flex; grid-gap: 8px }",
			".x { display: flex; justify-content: start }", ".x { width: stretch }", ".x { color: CanvasText }",
			"li:nth-child(2 of .x) {}", "a:user-invalid {}", "a:dir(rtl) {}",
			".x { gap: 8px }", ".x { row-gap: 8px }", ".x { inset: 0 }", ".x { margin-inline: 0 }",
			".x { padding-block: 0 }", ".x { aspect-ratio: 1 }", ".x { accent-color: red }",
			".x { content-visibility: auto }",
			".x { text-wrap: balance }", ".x { scrollbar-gutter: stable }", ".x { backdrop-filter: none }",
			".x { translate: 1px }", ".x { text-underline-offset: 1px }", ".x { appearance: none }",
			".x { color-scheme: dark }", ".x { scrollbar-width: thin }",
			".x { overflow: clip }", ".x { overflow-wrap: anywhere }", ".x { width: fit-content }",
			".x { font-family: system-ui }", ".x { grid-template-columns: subgrid }", ".x { color: revert }",
			".x { width: clamp(1px, 2px, 3px) }", ".x { width: min(1px, 2px) }", ".x { width: max(1px, 2px) }",
			".x { color: color-mix(in srgb, red, blue) }", ".x { color: oklch(1 0 0) }",
			".x { color: light-dark(red, blue) }", ".x { color: rgb(0 0 0 / 1) }",
			".x { background: conic-gradient(red, blue) }",
			".x { height: 1dvh }", ".x { width: 10cqw }", ".x { height: 1lh }", ".x{height:100svh}",
			".x { margin: 0 -1lh }",
			"@container (min-width: 1px) { a { color: red } }", "@layer a { a { color: red } }", "@layer a;",
			"@property --x { syntax: s }", "@scope (a) { b { color: red } }", "@import 'x.css';",
			"@supports selector(a) { a { color: red } }", "@font-face { font-family: x }",
			"@media (width >= 1px) { a { color: red } }", "@media (prefers-contrast: more) { a { color: red } }",
			".x { .y { color: red } }", ".x { color: red; &:hover { color: blue } }",
			"@media print { .x { .y { color: red } } }", ".x { @media print { color: red } }",
			".x { background: url(//host/x) }",
		},
		".js": {
			"a?.b", "a ?? b", "a ||= b", "a &&= b", "x.replaceAll('a','b')", "import('x')", "[].at(-1)",
			"async function f() {}", "await x", "[].flat()", "a.findLast(f)", "a.toSorted()", "Object.fromEntries(x)",
			"Object.hasOwn(a, b)", "Object.groupBy(a, f)",
			"structuredClone(a)", "new WeakRef(a)", "Promise.any(a)", "Promise.allSettled(a)", "p.finally(f)",
			"s.matchAll(r)", "a.union(b)", "class A { #x = 1; }", "class A { static { f(); } }", "1_000", "10n, 1n",
			"try { f() } catch { g() }", "/(?<=a)b/", "x = /a/s;", "x = {...y}",
			"e.replaceChildren()", "d.showModal()", "e.checkVisibility()", "crypto.randomUUID()",
			"AbortSignal.timeout(1)", "document.querySelector('a:has(b)')", "new Intl.Segmenter()",
			"f.formatRange(a, b)", "new ClipboardItem(x)", "e.addEventListener('x', f, {signal: s})",
			"navigator.userAgentData", "navigator.locks", "window.visualViewport", "Temporal.Now", "p.moveBefore(a, b)",
			"Iterator.from(x)", "Uint8Array.fromBase64(x)",
			"URL.canParse(x)", "new CompressionStream('gzip')", "i.showPicker()", "e.setHTML(x)",
			"document.querySelector('a:not(b.c)')", "document.querySelector('a:not(b, c)')",
			"document.querySelector('a:any-link')",
			"el.innerHTML = x", "e.style.color = 'red'", "fetch('x')", "localStorage.x", "eval('x')",
		},
		".html": {"<dialog>", "<search>", `<details name="x">`, `<p style="color:red">`, `<a onclick="f()">`,
			"<script>f()</script>", `<img src="//host/x">`, `<div popover>`, `<script type="module" src="x.js">`,
			`<p hidden="until-found">`, `<button type="button" command="show">`},
	} {
		for _, src := range sources {
			if len(tooNew(kind, src)) == 0 {
				t.Errorf("nothing finds %q in a %s file", src, kind)
			}
		}
	}
	for kind, src := range map[string]string{
		".css": `.g { display: grid; grid-gap: 8px; align-items: start } .f { display: flex; align-items: flex-start } a:not(.b):not([hidden]):not(:first-child):not(:nth-child(2n)) {} :root { --s1: 4px; } /* gap: 1px */ a:not(.b):hover::before { content: "a:has(b) { gap: 1px }"; margin: -1px 0 0 calc(100% - 2em); color: #1a2f4d; grid-gap: 8px 2fr; }
			@media (max-width: 960px) { .x li:nth-child(n+3) { background: rgba(255, 255, 255, .14); transform: rotate(45deg) scale(.9); transition: color .12s; } } @page { size: A4; margin: 18mm; }`,
		".js": `/* a?.b */ var s = a ? .5 : b ? [1] : c; try { f(); } catch (e) { g(e); } x.then(f, g).catch(h); s.` +
			`split(/\s+/).filter(Boolean); e.closest('a:not(.b)');`,
		".html": `<details open><summary>x</summary></details><script src="x.js" defer></script>` +
			`<button type="button" hidden>x</button>`,
	} {
		if found := tooNew(kind, src); len(found) > 0 {
			t.Errorf("old enough, but: %v", found)
		}
	}
}
