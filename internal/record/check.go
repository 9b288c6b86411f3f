package record

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"suqiu/internal/caseid"
	"suqiu/internal/frontmatter"
	"suqiu/internal/mdfile"
	"suqiu/internal/problem"
	"suqiu/internal/slip"
	"suqiu/internal/yamltext"
)

// A title has 4 to 60 characters: shorter says nothing, longer does not fit a
// task list.
const (
	minTitle = 4
	maxTitle = 60
)

// check looks at what the whole file says: what does not agree with another part
// of it.
func check(c *Case, f *frontmatter.File) {
	title(c, f)
	checkID(c, f)
	taskList(c, f)
	leadAmongCo(c, f)
	what, to := hintOf(c, f)
	checkAnswer(c, f, to)
	if g := f.Field("状态"); g != nil && to != "" {
		f.TellOf("state-behind-record", "状态",
			"您填写了“"+what+"”，请把第 "+strconv.Itoa(g.Line)+" 行“状态”改为“"+to+"”", f.Paste("状态", to))
	}
}

func title(c *Case, f *frontmatter.File) {
	n := utf8.RuneCountInString(c.Title)
	if n == 0 || n >= minTitle && n <= maxTitle && !strings.Contains(c.Title, "\n") {
		return
	}
	f.TellOf("title-length", "标题",
		"“标题”有 "+strconv.Itoa(n)+" 个字，应当在 "+strconv.Itoa(minTitle)+" 至 "+strconv.Itoa(maxTitle)+
			" 个字之间，写在一行",
		"请用一句话概括诉求，不写姓名和企业名称")
}

// checkID checks 编号 against its form, the file's name and place, and the
// month of 收集日期.
func checkID(c *Case, f *frontmatter.File) {
	fileID, named := IDOf(c.Path)
	wellNamed := named && caseid.WellFormed(fileID)
	if wellNamed {
		f.SuggestMissing("编号", fileID)
	}
	if c.ID == "" || f.Field("编号") == nil {
		return
	}
	month, ok := caseid.Month(c.ID)
	switch {
	case !ok:
		fix := "编号: 202607-NFZX-012（收集年月-单位代码-三位以上序号）"
		if wellNamed {
			fix = f.Paste("编号", fileID)
		}
		f.TellOf("id-mismatch", "编号", "编号“"+problem.Clip(c.ID)+"”的写法不对，应当是“收集年月-单位代码-序号”",
			fix)
		return
	case named && fileID != c.ID:
		fix := f.Paste("编号", fileID)
		if !wellNamed {
			fix = "请把文件改名为 " + c.ID + ".md"
		}
		f.TellOf("id-mismatch", "编号", "编号“"+c.ID+"”与文件名“"+problem.Clip(fileID)+".md”不一致", fix)
	case c.Collected != 0 && c.Collected.String()[:7] != month[:4]+"-"+month[4:]:
		f.TellOf("id-mismatch", "编号", "编号的年月 "+month+" 与收集日期 "+c.Collected.String()+" 不是同一个月",
			"请核对：收集日期填错的，改收集日期；编号填错、还没有入库的，改编号和文件名")
	}
	switch want := PathOf(c.ID); {
	case !named || fileID != c.ID || c.Path == want:
	case strings.EqualFold(c.Path, want):
		f.TellOf("path-mismatch", "编号", "文件名的大小写不对：现在是 "+c.Path, "请改名为 "+want)
	default:
		f.TellOf("path-mismatch", "编号", "文件放错了文件夹：现在是 "+c.Path, "请移到 "+want)
	}
}

// taskListNumber is what the number of a 任务清单 looks like: its page and its
// Word file are named after it.
var taskListNumber = regexp.MustCompile(`^RW\d{6}-\d{2,}$`)

func taskList(c *Case, f *frontmatter.File) {
	if c.TaskList == "" || taskListNumber.MatchString(c.TaskList) {
		return
	}
	fix := PlaceholderAt("任务清单")
	mended := strings.ToUpper(strings.ReplaceAll(slip.HalfWidth(c.TaskList), " ", ""))
	if taskListNumber.MatchString(mended) {
		fix = mended
	}
	f.TellOf("value-type", "任务清单", "“任务清单”的“"+problem.Clip(c.TaskList)+
		"”不是清单编号，应当是“RW年月-序号”",
		f.Paste("任务清单", fix))
}

// leadAmongCo tells of a lead that is to help itself.
func leadAmongCo(c *Case, f *frontmatter.File) {
	if c.Lead == "" || !slices.Contains(c.Co, c.Lead) {
		return
	}
	fix := "协办单位:"
	for _, unit := range c.Co {
		if unit != c.Lead {
			fix += "\n  - " + yamltext.InlineScalar(unit)
		}
	}
	f.TellOf("value-type", "协办单位", "“协办单位”里的“"+c.Lead+"”就是承办单位，不能又是协办单位", fix)
}

// answered are the states that only a feedback leads to.
var answered = []string{"已反馈", "评估中", "改进中", "已办结"}

// checkAnswer checks that what an answer comes with says something. to is the state
// that the file is told to have, empty if it is as it should be.
func checkAnswer(c *Case, f *frontmatter.File, to string) {
	state, what := c.State, "状态是“"+c.State+"”"
	if to != "" && !slices.Contains(answered, state) {
		state, what = to, "已经反馈" // as it is told to be
	}
	if c.Inherited != (Inherited{}) || !slices.Contains(answered, state) {
		return
	}
	for _, s := range c.Sections {
		k := frontmatter.Find(sections, "## "+s.Heading)
		if k == nil || k.Ask == "" || mdfile.HasText(c.Section(s.Heading)) {
			continue
		}
		f.TellLineOf("section-missing", k.Name, s.Line, what+"，“"+s.Heading+"”一节不能为空",
			k.Name+"\n\n"+k.Placeholder())
	}
}
