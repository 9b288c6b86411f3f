package register

import (
	"maps"
	"path"
	"slices"
	"strings"

	"suqiu/internal/history"
	"suqiu/internal/papers"
	"suqiu/internal/problem"
	"suqiu/internal/workday"
)

// Papers are the files of a repository that are no cases, each with what
// history says of it, as of the register's day.
type Papers struct {
	Monthly     []*Monthly    // by month, and by unit in configured order
	Meetings    []*Meeting    // by 编号
	Risks       []*Risks      // by month
	Submissions []*Submission // by quarter
	Counties    []*County     // by unit in configured order, and by quarter
	Appraisals  []*Appraisal  // by quarter
	Reports     []*Report     // texts to weave in, by quarter
	Published   []*Published  // frozen figures, by quarter
}

// Filing is how a paper came in.
type Filing struct {
	Landings []int // that changed it, oldest first, as indexes into Register.Landings
	// Filed is the day on which it counts as handed in: for what a unit hands in
	// itself its author's day within 收件宽限 (section 6), for what the office
	// files the landing's. Only what can be read is handed in.
	Filed   workday.Date
	Landed  workday.Date // day on which its first readable version landed
	Changed workday.Date // day on which it last landed
	By      string       // unit of that first version's author; empty: unknown
	Touched bool         // --base: the request changes it
}

// Monthly is one file of monthly/.
type Monthly struct {
	*papers.Monthly
	Filing
}

// Meeting is one file of meetings/.
type Meeting struct {
	*papers.Meeting
	Filing
	Upcoming bool // its 召开日期 is still to come, as of the register's day
}

// Proposed reports whether the meeting has not been held: an agenda may name
// the day on which it will be.
func (m *Meeting) Proposed() bool { return m.Upcoming || m.Meeting.Proposed() }

// Topic is one entry of a meeting's 议题.
type Topic = papers.Topic

// Risks is one file of risks/; its points were sent on the day Landed.
type Risks struct {
	*papers.Risks
	Filing
}

// Submission is one file of submissions/; it was sent up on the day Landed.
type Submission struct {
	*papers.Submission
	Filing
}

// County is one file of counties/.
type County struct {
	*papers.County
	Filing
}

// Appraisal is one file of appraisal/.
type Appraisal struct {
	*papers.Appraisal
	Filing
}

// Report is one text file of reports/.
type Report struct {
	*papers.Report
	Filing
}

// Meeting finds a file of meetings/ by its 编号; nil if there is none.
func (d *Register) Meeting(id string) *Meeting { return d.meetings[id] }

// MonthlyOf finds a unit's submission of a month; nil if there is none.
func (d *Register) MonthlyOf(unit string, month workday.Month) *Monthly {
	for _, m := range d.Monthly {
		if m.Unit == unit && m.Month == month {
			return m
		}
	}
	return nil
}

// readPapers reads every paper at the head.
func (d *Register) readPapers(h *history.History) error {
	touches := map[string][]int{}
	for _, t := range h.FileChanges(history.Below(papers.Folders())) {
		touches[t.Path] = append(touches[t.Path], t.Landing)
	}
	for _, folder := range papers.Folders() {
		files, stray, err := h.Files(folder)
		if err != nil {
			return err
		}
		for _, f := range files {
			if noPaper(f.Path) {
				continue
			}
			if err := d.readPaper(h, folder, f, touches[f.Path]); err != nil {
				return err
			}
		}
		for _, s := range stray {
			if !noPaper(s.Path) {
				d.stray(s)
			}
		}
	}
	d.sortPapers()
	return nil
}

// noPaper reports whether a file among the papers is not meant as one.
func noPaper(p string) bool {
	name := path.Base(p)
	return strings.HasPrefix(name, ".") || strings.EqualFold(name, "README.md")
}

// stray tells of what stands where it is not read.
func (d *Register) stray(s problem.Problem) {
	d.Files = append(d.Files, File{Path: s.Path, Touched: s.New, Problems: []problem.Problem{s}})
}

// readPapersOf reads every paper as it stood after the register's last landing,
// by what touched it since the repository began.
func (d *Register) readPapersOf(h *history.History, touches []history.FileChange) error {
	landings := map[string][]int{}
	for _, t := range touches {
		if t.Landing < len(d.Landings) {
			landings[t.Path] = append(landings[t.Path], t.Landing)
		}
	}
	for _, p := range slices.Sorted(maps.Keys(landings)) {
		folder, name, _ := strings.Cut(p, "/")
		if folder == "reports" || noPaper(name) {
			continue // what is published does not rest on what was published
		}
		var data []byte
		for _, v := range h.Versions(p) {
			if v.Landing < len(d.Landings) {
				data = v.Data
			}
		}
		if data == nil {
			continue
		}
		if err := d.readPaper(h, folder+"/", history.File{Path: p, Data: data}, landings[p]); err != nil {
			return err
		}
	}
	d.sortPapers()
	return nil
}

// readPaper reads one file into its place.
func (d *Register) readPaper(h *history.History, folder string, f history.File, landings []int) error {
	p := f.Path
	ext := path.Ext(p)
	if folder == "reports/" && ext == ".json" {
		q, err := workday.ParseQuarter(strings.TrimSuffix(path.Base(p), ext))
		if err != nil || p != "reports/"+q.String()+".json" {
			d.strayPaper(p, landings, "留存的数字只放在 reports/年季度.json，如 reports/2026Q3.json；其他文件请移出 "+
				"reports/")
			return nil
		}
		filing, err := d.filing(h, p, landings, "", func([]byte) bool { return true })
		d.Published = append(d.Published, &Published{Path: p, Quarter: q, Data: f.Data, Filing: filing})
		return err
	}
	want := ".md"
	if folder == "counties/" {
		want = ".json"
	}
	if ext != want {
		d.strayPaper(p, landings, strayExt(p, folder, want))
		return nil
	}
	return readers[folder](d, h, f, landings)
}

// strayPaper tells of a file that stands among the papers and is none.
func (d *Register) strayPaper(p string, landings []int, want string) {
	folder, _, _ := strings.Cut(p, "/")
	d.Files = append(d.Files, File{Path: p, Touched: d.touched(landings), Problems: []problem.Problem{{
		Rule: "path-mismatch", Line: 1, Column: 1, EndLine: 1,
		Message: folder + "/ 下的 " + path.Base(p) + " 没有读取", Fix: want}}})
}

// strayExt says what to do with a file of another kind than a folder's papers:
// one that was saved under another extension is renamed, a Word or Excel file
// belongs elsewhere.
func strayExt(p, folder, want string) string {
	ext := path.Ext(p)
	renamed := strings.TrimSuffix(p, ext) + want
	switch strings.ToLower(ext) {
	case ".md", ".json", ".txt", ".markdown", "":
		return "请改名为 " + renamed
	}
	if folder == "counties/" {
		return "这里只放 suqiu report 季度 --summary 生成的 .json 文件，其他文件请移出 counties/"
	}
	return "这里只放扩展名为 " + want + " 的文件：内容填写到 " + renamed + "，原件请移出 " + folder
}
