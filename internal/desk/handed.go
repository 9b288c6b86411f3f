package desk

import (
	"context"
	"errors"
	"path"
	"slices"
	"strings"

	"suqiu/internal/caseid"
	"suqiu/internal/git"
	"suqiu/internal/mdfile"
	"suqiu/internal/misuse"
	"suqiu/internal/papers"
	"suqiu/internal/record"
	"suqiu/internal/submit"
)

// File is a file as a form hands it in: what it shall say, and the version that was
// filled in.
type File struct {
	Path string `json:"path"`
	Text string `json:"text"`
	Blob string `json:"blob"` // empty: there was none
}

// StaleError tells that the main branch has other versions than those that a form
// was filled in on.
type StaleError struct {
	Files []File // as the main branch has them
}

func (e *StaleError) Error() string { return "您填写的时候，别人改了这个文件" }

// Handed is the commit of a step that a form applied: of what comes from there
// nothing but the files is used. Which step it is says the name of the branch, which
// must be the one that the step would have here; a file must be of a case on which
// whoever sits at the desk can take it now, and differ where the step writes.
func (d *Desk) Handed(ctx context.Context, files []File, branch string) (p submit.Proposal, err error) {
	if len(files) == 0 {
		return p, misuse.New("没有要提交的文件")
	}
	var moved []File
	paths := map[string]bool{}
	for _, f := range files {
		if !Fills(f.Path) {
			return p, misuse.New("%s 不是表单能改的文件", f.Path)
		}
		if paths[f.Path] {
			return p, misuse.New("%s 写了两次", f.Path)
		}
		paths[f.Path] = true
		now, err := d.File(f.Path)
		if err != nil {
			return p, err
		}
		if now.Blob != f.Blob {
			moved = append(moved, now)
		}
	}
	if moved != nil {
		return p, &StaleError{moved}
	}
	if slices.ContainsFunc(files, func(f File) bool { return paperFile.MatchString(f.Path) }) {
		return d.handedPaper(ctx, files, branch)
	}
	if files[0].Blob == "" {
		return d.registered(files, branch)
	}
	return d.taken(ctx, files, branch)
}

// Fills reports whether forms fill in a file of that path.
func Fills(name string) bool {
	id := strings.TrimSuffix(path.Base(name), ".md")
	return caseid.WellFormed(id) && record.PathOf(id) == name || paperFile.MatchString(name)
}

// File is a file as the main branch has it; without a text and a blob it has none.
func (d *Desk) File(name string) (File, error) {
	data, err := d.Repo.ReadFile(d.Base, name)
	switch {
	case errors.Is(err, git.ErrNoFile):
		return File{Path: name}, nil
	case err != nil:
		return File{}, err
	}
	return File{name, string(data), git.BlobName(data)}, nil
}

// registered is a registration that was handed in.
func (d *Desk) registered(files []File, branch string) (p submit.Proposal, err error) {
	if len(files) > 1 {
		return p, misuse.New("一次只登记一件")
	}
	f := files[0]
	after := record.Parse(f.Path, []byte(f.Text), d.Config.Canon)
	if after.Unreadable || record.PathOf(after.ID) != f.Path {
		return p, misuse.New("%s 里写的编号不是文件名中的编号", f.Path)
	}
	s, err := d.Registration(after.Collector)
	if err != nil {
		return p, err
	}
	free, err := d.Free(after.ID[:strings.LastIndexByte(after.ID, '-')+1])
	if err != nil {
		return p, err
	}
	if after.ID != free {
		return p, misuse.New("编号 %s 不是下一个：现在应当用 %s，请刷新页面再填", after.ID, free)
	}
	return d.named(d.NewCase(s, f.Path, mdfile.WithoutOrigin(f.Text)), branch)
}

// taken is a step on cases that was handed in.
func (d *Desk) taken(ctx context.Context, files []File, branch string) (p submit.Proposal, err error) {
	var cases []*Case
	for _, f := range files {
		c, err := d.Find(ctx, strings.TrimSuffix(path.Base(f.Path), ".md"))
		if err != nil {
			return p, err
		}
		c.text = mdfile.WithoutOrigin(f.Text)
		cases = append(cases, c)
	}
	about := strings.TrimPrefix(branch, "suqiu/")
	err = misuse.New("分支名 %s 里没有 %s 现在可以办的步骤", branch, cases[0].ID)
	for i := range cases[0].Steps {
		s := &cases[0].Steps[i]
		subject, ok := strings.CutSuffix(about, "-"+s.Title)
		if !ok {
			continue
		}
		if err = d.takes(cases, s.Name); err != nil {
			continue
		}
		values := map[string]string{}
		if basis := path.Base(subject); papers.IsMeeting(basis) {
			values["依据"] = basis
		}
		if p, err = d.named(d.Proposal(cases, values), branch); err == nil {
			return p, nil
		}
	}
	return submit.Proposal{}, err
}

// takes chooses the step of a name on each case, and refuses texts that it cannot
// have led to.
func (d *Desk) takes(cases []*Case, name string) error {
	for _, c := range cases {
		if err := c.Choose(name, len(cases) > 1); err != nil {
			return err
		}
		after := record.Parse(c.Path, []byte(c.text), d.Config.Canon)
		strays := c.Step.Strays(c.Case.Case, after)
		switch {
		case after.Unreadable:
			return misuse.New("%s 交来的内容读不懂", c.ID)
		case after.ID != c.ID:
			return misuse.New("%s 的编号不能改", c.ID)
		case c.Step.To != "" && after.State != string(c.Step.To):
			return misuse.New("“%s”以后的状态应当是“%s”，交来的是“%s”", c.Step.Title, c.Step.To, after.State)
		case len(strays) > 0:
			return misuse.New("“%s”不改“%s”，交来的内容改了它", c.Step.Title, strings.Join(strays, "、"))
		}
	}
	return nil
}

// named refuses a proposal of another name than its own.
func (d *Desk) named(p submit.Proposal, branch string) (submit.Proposal, error) {
	if p.Branch != branch {
		return p, misuse.New("分支名应当是 %s，交来的是 %s", p.Branch, branch)
	}
	return p, nil
}
