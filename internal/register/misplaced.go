package register

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"

	"suqiu/internal/history"
	"suqiu/internal/papers"
	"suqiu/internal/problem"
)

// misplacedKind is what a file outside the folders of this program looks like: by
// its path below the folder it stands in, and by words in it.
type misplacedKind struct {
	like  *regexp.Regexp
	words string
	what  string
	home  string
}

var misplacedKinds = []misplacedKind{
	{regexp.MustCompile(`(?:^|/)\d{6}-[A-Z][A-Z0-9]*-\d{3,}\.md$`), "编号", "事项", "cases/年/月/编号.md"},
	{regexp.MustCompile(`(?:^|/)\d{4}-\d{2}/[A-Z][A-Z0-9]*\.md$`), "渠道收集量", "月度报送",
		"monthly/年-月/单位代码.md"},
	{regexp.MustCompile(`(?:^|/)(?:HY|CQ)\d{4}-\d{2,}\.md$`), "议题", "会议纪要或传签", "meetings/编号.md"},
	{regexp.MustCompile(`(?:^|/)\d{4}-\d{2}\.md$`), "风险点", "转送的风险点", "risks/年-月.md"},
	{regexp.MustCompile(`(?:^|/)\d{4}Q[1-4]\.md$`), "报送对象", "向上级的报送", "submissions/年季度.md"},
	{regexp.MustCompile(`(?:^|/)\d{4}Q[1-4]\.md$`), "申辩", "考评申辩", "appraisal/年季度.md"},
	{regexp.MustCompile(`(?:^|/)\d{4}Q[1-4]\.md$`), "## ", "报告文字", "reports/年季度.md"},
	{regexp.MustCompile(`(?:^|/)[A-Z][A-Z0-9]*/\d{4}Q[1-4]\.json$`), `"balance"`, "旗县季度报送",
		"counties/单位代码/年季度.json"},
	{regexp.MustCompile(`(?:^|/)\d{4}Q[1-4]\.json$`), `"figures"`, "留存的季度数字", "reports/年季度.json"},
}

// findMisplaced tells of papers and cases that stand in no folder of theirs: nobody
// reads a folder that was renamed. Each folder is told of once for each kind.
func (d *Register) findMisplaced(h *history.History) error {
	paths, isNew, err := h.UnknownFiles(append(papers.Folders(), "cases/", "templates/"))
	if err != nil {
		return err
	}
	type heap struct{ folder, what string }
	first := map[heap]int{} // index of what is told in d.Files
	count := map[heap]int{}
	sites := map[string]bool{} // folders of a site that somebody keeps
	for _, p := range paths {
		if folder, ok := strings.CutSuffix(p, "/index.html"); ok {
			sites[folder] = true
		}
	}
	for _, p := range paths {
		folder, _, nested := strings.Cut(p, "/")
		if !nested {
			folder = p
		}
		k := d.misplacedKind(p)
		office := history.OfficeFile.MatchString(p)
		if office {
			k = &misplacedKind{what: "办公软件的文件"}
		}
		if k == nil || sites[folder] {
			continue
		}
		at := heap{folder, k.what}
		count[at]++
		i, told := first[at]
		if !told {
			i = len(d.Files)
			first[at] = i
			d.Files = append(d.Files, File{Path: p})
		}
		message := p + " 像是" + k.what + "，没有读取"
		if n := count[at]; n > 1 {
			message = "“" + folder + "”里的 " + strconv.Itoa(n) + " 个文件像是" + k.what + "，没有读取"
		}
		fix := "请移到 " + k.home
		if office {
			message = strings.NewReplacer("像是", "是", "，没有读取", "，里面写了什么检查不了，也不计入办理").Replace(
				message)
			fix = "请从仓库里删去；摘要写到事项的正文，原件留在办文系统，不入库"
		}
		d.Files[i].Touched = d.Files[i].Touched || isNew(p)
		d.Files[i].Problems = []problem.Problem{{Rule: "path-mismatch", Line: 1, Column: 1, EndLine: 1,
			Message: message, Fix: fix}}
	}
	return nil
}

// misplacedKind is what a file outside our folders is; nil if it is no affair of
// ours.
func (d *Register) misplacedKind(p string) *misplacedKind {
	for i := range misplacedKinds {
		if k := &misplacedKinds[i]; k.like.MatchString(p) && bytes.Contains(d.Source(p), []byte(k.words)) {
			return k
		}
	}
	return nil
}
