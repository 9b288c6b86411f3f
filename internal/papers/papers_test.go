package papers_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"suqiu/internal/papers"
	"suqiu/internal/problem"
)

var update = flag.Bool("update", false, "write what was found as what is wanted")

// canon knows the units of the fixtures by name, alias and code.
func canon(name string) string {
	for unit, others := range map[string]string{"纳税服务中心": "纳服中心 NFZX", "信息中心": "信息科 XXZX",
		"征收管理科": "征管科 ZSGLK", "集宁区税务局": "集宁区局 JNQ"} {
		if strings.Contains(" "+others+" ", " "+name+" ") {
			return unit
		}
	}
	return name
}

// parse reads a paper by its path.
func parse(p string, src []byte) (problems []problem.Problem, unreadable bool) {
	var f papers.File
	switch folder, _, _ := strings.Cut(p, "/"); folder {
	case "monthly":
		f = papers.ParseMonthly(p, src, canon).File
	case "meetings":
		f = papers.ParseMeeting(p, src, canon).File
	case "risks":
		f = papers.ParseRisks(p, src, canon).File
	case "submissions":
		f = papers.ParseSubmission(p, src, canon).File
	case "counties":
		f = papers.ParseCounty(p, src, canon).File
	case "appraisal":
		f = papers.ParseAppraisal(p, src, canon).File
	case "reports":
		f = papers.ParseReport(p, src).File
	}
	return f.Problems, f.Unreadable
}

// TestFindings holds what is told of faulty papers to what a person would want
// to read. Each archive states how many findings its files have; -update
// writes no other number.
func TestFindings(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var stated, found int
			if _, err := fmt.Sscanf(string(archive.Comment), "findings: %d", &stated); err != nil {
				t.Fatalf("the archive does not say how many findings it has: %v", err)
			}
			var got strings.Builder
			want, at := "", -1
			for i, f := range archive.Files {
				if f.Name == "want" {
					want, at = string(f.Data), i
					continue
				}
				// The fixtures can show what an editor would hide.
				text := strings.NewReplacer("<BOM>", "\ufeff", "<CR>", "\r", "<GB>", "\xb5\xe7").Replace(string(f.Data))
				problems, unreadable := parse(f.Name, []byte(text))
				fmt.Fprintf(&got, "%s", f.Name)
				if unreadable {
					got.WriteString("：读不出来")
				}
				got.WriteString("\n")
				for _, p := range problems {
					found++
					fmt.Fprintf(&got, "  %d:%d %s %s\n    %s\n    改为 %s\n", p.Line, p.Column, p.Rule, p.Key,
						p.Message, strings.ReplaceAll(p.Fix, "\n", "\n         "))
				}
			}
			if found != stated {
				t.Fatalf("%d findings, the archive states %d:\n%s", found, stated, got.String())
			}
			if *update && at >= 0 {
				archive.Files[at].Data = []byte(got.String())
				if err := os.WriteFile(name, txtar.Format(archive), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(want, got.String()); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}
