package doctor

import (
	"cmp"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"suqiu/internal/config"
	"suqiu/internal/git"
	"suqiu/internal/seal"
	"suqiu/internal/signature"
	"suqiu/internal/workday"
)

// project are the checks of what landed.
func project() []Check {
	return []Check{
		{"history", Project, "历史完整", func(p *Patient, tell func(State, string, string)) {
			if p.Whole != nil {
				what, cure := p.Whole.Error(), "重新完整克隆：git clone，不带 --depth"
				if known := new(git.Error); errors.As(p.Whole, &known) {
					what, cure = known.What, known.Cure
				}
				tell(Mend, what, cure)
			}
		}},
		{"settings", Project, "suqiu.yaml 读得懂", legible},
		{"format", Project, "格式是本版本认识的", func(p *Patient, tell func(State, string, string)) {
			for _, f := range p.faults() {
				if f.Key == "格式" {
					tell(Mend, f.Message, f.Fix)
				}
			}
		}},
		{"addresses", Project, "各单位登记了邮箱", addresses},
		{"accounts", Project, "人员登记了账号", accounts},
		{"restricted", Project, "限范围的渠道没有少", restricted},
		{"calendar", Project, "放假安排够用", calendar},
		{"keys", Project, "签名人名单", keys},
		{"squash", Project, "合并时没有压缩", squash},
		{"authors", Project, "提交人都认得", authors},
		{"clocks", Project, "时钟没有偏差", clocks},
		{"pipeline", Project, "先检查后发布", pipeline},
		{"depth", Project, "流水线取全历史", func(p *Patient, tell func(State, string, string)) {
			if ci := p.File(pipelineFile); ci != nil && !depthZero.Match(ci) {
				tell(Mend, pipelineFile+" 没有写 GIT_DEPTH: \"0\"：流水线只取最近的历史，suqiu 拒绝运行",
					"在 variables 中加上 GIT_DEPTH: \"0\"")
			}
		}},
		{"owners", Project, "审批人有规定", func(p *Patient, tell func(State, string, string)) {
			if p.File("CODEOWNERS") == nil && p.File(".gitlab/CODEOWNERS") == nil {
				tell(Consider, "没有 CODEOWNERS：谁都可以批准别的单位的合并请求",
					"把 suqiu init 写的 CODEOWNERS 放进仓库")
			}
		}},
		{"templates", Project, "模板没有过时", templatesAge},
		{"seals", Project, "最近封存过", seals},
		{"site", Website, "网站是新的", site},
	}
}

func legible(p *Patient, tell func(State, string, string)) {
	switch {
	case p.Config == nil:
		tell(Mend, "主分支上没有 suqiu.yaml", "执行 suqiu init，或者用 -C 指定仓库目录")
	case p.Config.Unreadable != nil:
		tell(Mend, p.Config.Unreadable.What, p.Config.Unreadable.Cure)
	case len(p.faults()) > 0:
		f := p.faults()[0]
		tell(Mend, "第 "+count(f.Line)+" 行："+f.Message, cmp.Or(f.Fix, "执行 suqiu check 看全部"))
	}
}

func addresses(p *Patient, tell func(State, string, string)) {
	if !p.readable() {
		return
	}
	var without []string
	for _, u := range p.Config.Units {
		if len(u.Emails) == 0 && !slices.ContainsFunc(p.Config.People, func(m config.Person) bool {
			return m.Unit == u.Name
		}) {
			without = append(without, u.Name)
		}
	}
	if len(without) > 0 {
		tell(Mend, "没有登记邮箱：“"+names(without)+"”，它们的提交认不出来", "在 suqiu.yaml“单位”中写“邮箱”")
	}
}

func accounts(p *Patient, tell func(State, string, string)) {
	if !p.readable() {
		return
	}
	var without []string
	for _, m := range p.Config.People {
		if m.Account == "" && (m.To == 0 || m.To >= p.today()) {
			without = append(without, m.Email)
		}
	}
	if len(without) > 0 {
		tell(Consider, "没有登记账号："+names(without)+"，钩子核对不了推送的人，签名也不能由平台代作",
			"在“人员”中写“账号”（GitLab 的用户名）")
	}
}

func restricted(p *Patient, tell func(State, string, string)) {
	if !p.readable() {
		return
	}
	var missing []string
	for _, word := range config.DefaultRestricted() {
		if !slices.Contains(p.Config.Restricted, word) {
			missing = append(missing, word)
		}
	}
	if len(missing) > 0 {
		tell(Consider, "“仅要素”没有写："+names(missing)+"，这些事项的全文会出现在公开版上",
			"核对是不是有意为之；不是的，在 suqiu.yaml“仅要素”中补上")
	}
}

func calendar(p *Patient, tell func(State, string, string)) {
	if !p.readable() {
		return
	}
	year := p.today().Year()
	switch cal := p.Config.Calendar; {
	case !cal.Final(year):
		tell(Mend, count(year)+" 年的放假安排没有写进日历，到期日都是暂定", "执行 suqiu calendar add 通知.txt")
	case p.today().Month() >= time.November && !cal.Final(year+1):
		tell(Consider, count(year+1)+" 年的放假安排还没有写进日历（国务院办公厅一般十一月公布）",
			"公布后执行 suqiu calendar add 通知.txt")
	}
}

// keyNotice is how long before its end a key is told of.
const keyNotice = 60

func keys(p *Patient, tell func(State, string, string)) {
	if !p.readable() {
		return
	}
	list := p.Config.Signature.Signers
	switch {
	case list == "" && p.Config.Signature.Required && p.Config.Signature.PlatformKey == "":
		tell(Mend, "要求签名，却没有签名人名单", "在 suqiu.yaml 中写“签名人”")
	case list == "":
	case p.File(list) == nil:
		tell(Mend, "“签名人”所指的文件 "+list+" 不在仓库中", "把名单放进仓库，或者改正路径")
	default:
		signers := signature.ParseSigners(p.File(list))
		for _, f := range signers.Problems {
			tell(Mend, list+" 第 "+count(f.Line)+" 行："+f.Message, f.Fix)
		}
		for _, e := range signers.Ending(p.today().AddDays(keyNotice).End()) {
			day := workday.Of(e.At)
			if day >= p.today() {
				tell(Consider, e.Principals+" 的钥匙 "+day.String()+" 到期", "请其提前生成新钥匙，登记到 "+list)
			}
		}
	}
}

// recent are the landings that are looked at: what was set right long ago is well.
func (p *Patient) recent() int { return max(0, len(p.Landings)-50) }

// squash: a request that was merged as one commit, which its author made and another
// committed, no longer says who did what on which day of its branch.
func squash(p *Patient, tell func(State, string, string)) {
	reader := p.Repo.Reader()
	defer reader.Close()
	squashed := 0
	names := git.People{}
	for _, l := range p.Landings[p.recent():] {
		if c, err := reader.Commit(git.NewHash(l.Commit), names); err == nil && len(c.Parents) == 1 &&
			c.Committer.Email != c.Author.Email {
			squashed++
		}
	}
	if squashed > 0 {
		tell(Consider, "最近 50 次入库中有 "+count(squashed)+" 次是压缩或者变基以后合并的："+
			"分支上谁在哪天做了什么，看不出来了",
			"GitLab 项目“设置 → 合并请求”中合并方法选“合并提交”，“压缩提交”设为“不允许”")
	}
}

func authors(p *Patient, tell func(State, string, string)) {
	if !p.readable() || !p.Config.HasAddresses() {
		return
	}
	var unknown []string
	for _, l := range p.Landings[p.recent():] {
		if email := l.Author.Email; !p.Config.Knows(email) && !slices.Contains(unknown, email) {
			unknown = append(unknown, email)
		}
	}
	if len(unknown) > 0 {
		tell(Mend, "最近 50 次入库中有认不出单位的提交人："+names(unknown), "登记到 suqiu.yaml 的“人员”或“单位”")
	}
}

// skew is how far a clock may be wrong before it is told of (DESIGN 8,
// landing-not-monotonic).
const skew = 10 * time.Minute

func clocks(p *Patient, tell func(State, string, string)) {
	for _, l := range p.Landings[p.recent():] {
		said := l.Committed.Time()
		switch {
		case l.At.Sub(said) >= skew:
			tell(Consider, "提交 "+l.Commit[:10]+" 的时间比它前面的还早 "+minutes(l.At.Sub(said))+
				"：入库的电脑时钟慢了", "校准服务器和合并者电脑的时钟")
		case said.Sub(p.Now) >= skew:
			tell(Mend, "提交 "+l.Commit[:10]+" 的时间还没有到：入库的电脑时钟快了",
				"校准时钟；由监督考评单位写“落地时间”更正")
		}
	}
}

const pipelineFile = ".gitlab-ci.yml"

var (
	depthZero = regexp.MustCompile(`(?m)^\s*GIT_DEPTH:\s*["']?0["']?\s*(#.*)?$`)
	job       = regexp.MustCompile(`(?m)^[^\s#][^\n]*:\s*$`)
	checks    = regexp.MustCompile(`(?m)^[^#\n]*\bcheck\b`)
	builds    = regexp.MustCompile(`(?m)^[^#\n]*\bbuild\b[^\n]*--out`)
	needs     = regexp.MustCompile(`(?m)^\s+(needs|dependencies):`)
	needsNone = regexp.MustCompile(`(?m)^\s+needs:\s*\[\s*\]`)
)

func pipeline(p *Patient, tell func(State, string, string)) {
	ci := p.File(pipelineFile)
	if ci == nil {
		tell(Consider, "没有 "+pipelineFile+"：合并请求没有人检查，除非流水线写在别的项目里",
			"把 suqiu init 写的放进仓库，或者在项目设置中指定另一个项目的流水线文件")
		return
	}
	checked := false
	at := job.FindAllIndex(ci, -1)
	for i, from := range at {
		to := len(ci)
		if i+1 < len(at) {
			to = at[i+1][0]
		}
		text := ci[from[0]:to]
		switch {
		case builds.Match(text) && needsNone.Match(text), builds.Match(text) && !checked && !needs.Match(text):
			tell(Mend, pipelineFile+" 的“"+strings.TrimSuffix(strings.TrimSpace(string(ci[from[0]:from[1]])), ":")+
				"”不等检查通过就发布网站", "给它写 needs: [检查]")
		case checks.Match(text):
			checked = true
		}
	}
	if !checked {
		tell(Mend, pipelineFile+" 里没有运行 suqiu check", "照 suqiu init 写的补上")
	}
}

var defines = regexp.MustCompile(`\{\{-?\s*define\s+"([^"]+)"`)

// templatesAge tells of templates of the repository's own which lack a part that
// the program's have by now.
func templatesAge(p *Patient, tell func(State, string, string)) {
	for name, own := range p.Templates {
		mine := p.File("templates/" + name)
		if mine == nil {
			continue
		}
		has := map[string]bool{}
		for _, m := range defines.FindAllSubmatch(mine, -1) {
			has[string(m[1])] = true
		}
		for _, m := range defines.FindAllSubmatch(own, -1) {
			if part := string(m[1]); !has[part] {
				tell(Mend, "templates/"+name+" 缺少“"+part+"”一段：是照以前的版本改的",
					"取出现在的模板重新改：对照本版本 templates/ 中的同名文件")
			}
		}
	}
}

// sealDays is how long ago the last seal may be: a quarter and some days.
const sealDays = 100

func seals(p *Patient, tell func(State, string, string)) {
	if len(p.Landings) == 0 || p.Head == "" {
		return
	}
	for day := p.today(); day > p.today().AddDays(-sealDays); day-- {
		if p.File(seal.Seal{Day: day}.Path()) != nil {
			return
		}
	}
	tell(Consider, "最近 "+count(sealDays)+" 天没有封存：历史若被改写，没有外面的凭据可查",
		"执行 suqiu seal --mr，请旗县或者自治区会签并自己留一份")
}

var built = regexp.MustCompile(`class="asof">截至 <time datetime="(\d{4}-\d{2}-\d{2})"`)

func site(p *Patient, tell func(State, string, string)) {
	m := built.FindSubmatch(p.Site)
	if m == nil {
		tell(Consider, "看不出网站是哪一天生成的：不是 suqiu 生成的，或者首页的模板改过",
			"重新生成：suqiu build --out 目录")
		return
	}
	day, err := workday.Parse(string(m[1]))
	if age := int(p.today() - day); err == nil && age > 1 {
		tell(Mend, "网站是 "+count(age)+" 天前（"+day.String()+"）生成的", "看定时流水线是不是停了、失败了")
	}
}

func count(n int) string { return strconv.Itoa(n) }

func minutes(d time.Duration) string { return count(int(d/time.Minute)) + " 分钟" }

// names lists at most five.
func names(list []string) string {
	if len(list) > 5 {
		return strings.Join(list[:5], "、") + " 等 " + count(len(list)) + " 个"
	}
	return strings.Join(list, "、")
}
