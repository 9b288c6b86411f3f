package privacy

import (
	"bufio"
	"cmp"
	"os"
	"slices"
	"strings"
	"testing"
)

// written reads a file of testdata: its lines without comments.
func written(t *testing.T, name string) []string {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var lines []string
	for in := bufio.NewScanner(f); in.Scan(); {
		if line := in.Text(); line != "" && !strings.HasPrefix(line, "# ") {
			lines = append(lines, line)
		}
	}
	return lines
}

// plain is a text of forms.txt as it is typed.
var plain = strings.NewReplacer(`\t`, "\t", `\u200b`, "\u200b", `\u200d`, "\u200d", `\ufeff`, "\ufeff", `\u00ad`,
	"\u00ad",
	`\u2060`, "\u2060", `\u202c`, "\u202c", `\u3000`, "\u3000")

// TestForms holds that at least 95 % of the written forms are found as what they
// are and masked; what is not is listed in misses.txt.
func TestForms(t *testing.T) {
	names := map[string]Kind{"id": IDCard, "id?": IDCard, "credit": CreditCode, "card": BankCard, "phone": Phone,
		"email": Email, "document": Document, "account": Account}
	type group struct {
		name       string
		all, found int
	}
	var groups []*group
	var misses []string
	all := 0
	for _, line := range written(t, "forms.txt") {
		if name, ok := strings.CutPrefix(line, "## "); ok {
			groups = append(groups, &group{name: name})
			continue
		}
		kind, text, ok := strings.Cut(plain.Replace(line), "\t")
		if names[kind] == 0 || !ok || !strings.Contains(text, "⟦") {
			t.Fatalf("not a form: %s", line)
		}
		// A text may hold several.
		for n := range strings.Count(text, "⟦") {
			before, rest, _ := strings.Cut(text, "⟦")
			for range n {
				more := ""
				number, tail, _ := strings.Cut(rest, "⟧")
				more, rest, _ = strings.Cut(tail, "⟦")
				before += number + more
			}
			number, after, _ := strings.Cut(rest, "⟧")
			after = strings.NewReplacer("⟦", "", "⟧", "").Replace(after)
			g := groups[len(groups)-1]
			g.all++
			all++
			whole := before + number + after
			found := slices.ContainsFunc(Scan([]byte(whole)), func(sp Span) bool {
				return sp.Kind == names[kind] && sp.Doubtful == (kind == "id?") && sp.Start < len(before)+len(number) &&
					sp.End > len(before)
			})
			if found && !strings.Contains(string(Masked([]byte(whole))), number) {
				g.found++
			} else {
				misses = append(misses, line)
			}
		}
	}
	if len(groups) < 16 || all < 150 {
		t.Errorf("only %d forms of %d sorts", all, len(groups))
	}
	for _, g := range groups {
		t.Logf("%3d of %3d: %s", g.found, g.all, g.name)
		if g.all < 8 && g.name != "said in Chinese digits" {
			t.Errorf("only %d forms of %s", g.all, g.name)
		}
	}
	if found := all - len(misses); found*100 < 95*all {
		t.Errorf("%d of %d forms are found", found, all)
	} else {
		t.Logf("%d of %d forms are found", found, all)
	}
	slices.SortFunc(misses, cmp.Compare)
	if want := written(t, "misses.txt"); !slices.Equal(misses, want) {
		t.Errorf("missed are:\n%s\nmisses.txt says:\n%s", strings.Join(misses, "\n"), strings.Join(want, "\n"))
	}
}

// TestOrdinary holds that ordinary sentences of this trade raise no alarm, each
// by itself and all in one text.
func TestOrdinary(t *testing.T) {
	lines := written(t, "ordinary.txt")
	if len(lines) < 300 {
		t.Errorf("only %d sentences", len(lines))
	}
	for _, text := range append(lines, strings.Join(lines, "\n")) {
		for _, sp := range Scan([]byte(text)) {
			t.Errorf("%.100q: %q is no %s", text, text[sp.Start:sp.End], kinds(text[sp.Start:sp.End]))
		}
	}
}

// TestWorkGrowsWithTheText holds that ten times the text is ten times the work:
// bytes looked at are counted, not seconds.
func TestWorkGrowsWithTheText(t *testing.T) {
	work := func(text string) (looked, spans int) {
		s := scanner{text: []byte(text)}
		s.emails()
		s.numbers()
		s.accounts()
		return s.looked, len(s.spans)
	}
	for name, unit := range map[string]string{
		"numbers": "13912345678、", "numbers in one line": "13912345678 ", "a@": "a@", "addresses": "a@b.cn ",
		"name": "a.", "at": "[at]", "ats": "@＠[at](at)",
		"identity": anID + " ", "groups": "139-", "signs": "1.", "stars": "1*", "marks": "*\u200b", "nothing": "\u200b",
		"labels": "QQ", "微信": "微信：", "QQ": "QQ12345",
		"words": "a1 ", "tickets": "编号:", "brackets": "（QQ", "codes": "91MA", "chats": "wx_", "domains": "a@b.",
		"letters": "x",
	} {
		const n = 2000
		few, found := work(strings.Repeat(unit, n))
		many, more := work(strings.Repeat(unit, 10*n))
		if many > 11*few+10*n*len(unit) {
			t.Errorf("%s: %d bytes looked at, of ten times the text %d", name, few, many)
		}
		if found > 10 && (more < 9*found || more > 11*found) {
			t.Errorf("%s: %d found, in ten times the text %d", name, found, more)
		}
	}
	text := []byte(strings.Repeat("13912345678、zhang@163.com ", 5000))
	one := testing.AllocsPerRun(1, func() { Masked(text[:len(text)/10]) })
	ten := testing.AllocsPerRun(1, func() { Masked(text) })
	if ten > 12*one {
		t.Errorf("masking allocates %.0f times, ten times the text %.0f", one, ten)
	}
}
