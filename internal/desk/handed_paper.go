package desk

import (
	"context"
	"path"
	"regexp"
	"slices"
	"strings"

	"suqiu/internal/mdfile"
	"suqiu/internal/misuse"
	"suqiu/internal/papers"
	"suqiu/internal/proposal"
	"suqiu/internal/step"
	"suqiu/internal/submit"
)

// paperFile matches the files that steps beside cases write.
var paperFile = regexp.MustCompile(
	`^(monthly/\d{4}-\d{2}/[A-Z][A-Z0-9]*|appraisal/\d{4}Q[1-4]|meetings/(HY|CQ)\d{4}-\d{2,})\.md$`)

// handedPaper is a step beside cases that was handed in: the file of its number and,
// with the decisions of a meeting, the cases that it decides.
func (d *Desk) handedPaper(ctx context.Context, files []File, branch string) (p submit.Proposal, err error) {
	i := slices.IndexFunc(files, func(f File) bool { return paperFile.MatchString(f.Path) })
	name, number := "", ""
	for _, title := range step.PaperSteps() {
		if about, ok := strings.CutSuffix(path.Base(branch), "-"+title); ok {
			name, number = title, about
		}
	}
	if name == "" {
		return p, misuse.New("分支名 %s 里没有 %s 可以办的步骤", branch, files[i].Path)
	}
	if name != step.ResolutionStep && len(files) > 1 {
		return p, misuse.New("“%s”只改一个文件", name)
	}
	made, err := d.handedStep(ctx, name, number, files[i])
	if err != nil {
		return p, err
	}
	if made.Path() != files[i].Path {
		return p, misuse.New("“%s”改的文件应当是 %s，交来的是 %s", name, made.Path(), files[i].Path)
	}
	texts := map[string]string{}
	var list []step.File
	decided := tabled(d, files[i])
	for j, f := range files {
		if j != i && !slices.Contains(decided, strings.TrimSuffix(path.Base(f.Path), ".md")) {
			return p, misuse.New("“%s”不改 %s", name, f.Path)
		}
		texts[f.Path] = mdfile.WithoutOrigin(f.Text)
		list = append(list, step.File{Path: f.Path, Text: texts[f.Path]})
	}
	return d.named(d.commit(texts, proposal.OfPaper(d.Config, d.Who, made, list)), branch)
}

// handedStep is the step beside cases that a file came of. Of a 月报 the file says
// whose it is; a suggestion and a new meeting have a number of their own.
func (d *Desk) handedStep(ctx context.Context, name, number string, f File) (*step.Paper, error) {
	about := About{Number: number}
	switch {
	case name == step.MonthlyStep:
		about.Unit = strings.TrimSuffix(path.Base(f.Path), ".md")
	case name == step.WishStep:
		about.Cases = tabled(d, f)
	case name == step.ResolutionStep && f.Blob == "":
		m := papers.ParseMeeting(f.Path, []byte(f.Text), d.Config.Canon)
		about.Number, about.Kind = "", m.Type
	}
	return d.PaperStep(ctx, name, about)
}

// tabled are the cases of the topics of a meeting that was handed in.
func tabled(d *Desk, f File) []string {
	var ids []string
	m := papers.ParseMeeting(f.Path, []byte(f.Text), d.Config.Canon)
	for i := range m.Topics {
		ids = append(ids, m.Topics[i].Cases...)
	}
	return ids
}

// Numbers are the highest numbers in use, of each month and unit (202611-NFZX) and of
// meetings in this year (HY2026), on the main branch and on any other.
func (d *Desk) Numbers(ctx context.Context) (map[string]int, error) {
	all, err := d.Register(ctx)
	if err != nil {
		return nil, err
	}
	highest, err := d.Highest()
	if err != nil {
		return nil, err
	}
	for _, kind := range papers.MeetingTypes() {
		free, err := d.freeMeeting(all, kind)
		if err != nil {
			return nil, err
		}
		of, _, _ := strings.Cut(free, "-")
		next, _ := papers.Sequence(free, of+"-")
		highest[of] = next - 1
	}
	return highest, nil
}
