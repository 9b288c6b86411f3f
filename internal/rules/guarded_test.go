package rules

import (
	"strings"
	"testing"
	"time"

	"suqiu/internal/config"
	"suqiu/internal/git"
	"suqiu/internal/gittest"
	"suqiu/internal/provenance"
	"suqiu/internal/register"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

const guardedBase = `
at 2026-07-01 09:00
by 联席办 <a@nsfwk.example>
write suqiu.yaml
write appraisal/2026Q2.md
write meetings/HY2026-01.md
write meetings/HY2026-02.md
text .gitlab-ci.yml 检查
text keys/signers 钥匙
commit 启用
branch work
at 2026-07-02 09:00
by 信息中心 <a@xxzx.example>
`

const guardedFiles = `
-- suqiu.yaml --
名称: 测试局
格式: 1
主分支: main
单位:
  - {名称: 纳税服务科, 代码: NSFWK, 邮箱: ["*@nsfwk.example"], 渠道: [办税服务厅], 角色: [联席办, 监督考评]}
  - {名称: 督察内审科, 代码: DCNSK, 邮箱: ["*@dcnsk.example"], 渠道: [各类督审检查], 角色: [监督考评]}
  - {名称: 信息中心, 代码: XXZX, 别名: [信息科], 邮箱: ["*@xxzx.example"], 渠道: [日常工作]}
  - {名称: 集宁区税务局, 代码: JNQ, 邮箱: ["*@jnq.example"], 角色: [旗县]}
机器人: [pages@example]
时限: {反馈: 10}
签名: 不要求
签名人: keys/signers
落地时间: {}
-- appraisal/2026Q2.md --
---
季度: 2026Q2
申辩:
  - 单位: 督察内审科
    扣分项: 月报迟报
    申辩: 网络不通
    核实结论:
---
-- meetings/HY2026-01.md --
---
编号: HY2026-01
类型: 例会
提议单位: 纳税服务科
事由: 听取办理情况
召开日期: 2026-06-25
主持: 召集人
议题:
  - 事项: 扩容
    责任单位: [信息科, 督察内审科]
    决定: 抓紧扩容
    完成期限: 2026-08-31
    落实情况:

  - 事项: 培训
    责任单位: 纳税服务科
    决定: 培训一次
    落实情况:
---
-- meetings/HY2026-02.md --
---
编号: HY2026-02
类型: 专题
提议单位: 信息中心
事由: 研究扩容
---
-- plea --
---
季度: 2026Q2
申辩:
  - 单位: 督察内审科
    扣分项: 月报迟报
    申辩: 网络不通
    核实结论:

  - 单位: 信息科
    扣分项: 月报未报
    申辩: 已经报送
    核实结论:
---
-- new-plea --
---
季度: 2026Q3
申辩:
  - 单位: 信息中心
    扣分项: 月报未报
    申辩: 已经报送
---
-- suggestion --
---
编号: HY2026-03
类型: 即时
提议单位: 信息中心
事由: 扩容推迟，请确定办理时间
议题:
  - 事项: 扩容
    来源: 一事一议
    诉求: 202607-XXZX-001
    责任单位: 信息中心
---
`

// TestConfigActor: "Only 联席办 (落地时间 for its own unit's cases: 监督考评 of another
// unit) lands suqiu.yaml, meetings/, reports/, risks/, submissions/, appraisal/,
// templates/, seals/, .gitlab-ci.yml, .gitlab/, .gitattributes (anywhere), CODEOWNERS,
// the files that 签名人 and 平台签名 name; monthly/ also its unit, counties/ also its
// county, and a unit its own 申辩 in appraisal/, 会议建议 (提议单位, 事由) and 落实情况 in
// meetings/" (DESIGN 6). The author is 信息中心, unless the script says another.
func TestConfigActor(t *testing.T) {
	refused := map[string]string{
		"the configuration":          "append suqiu.yaml '# 注'",
		"its clock's accidents":      "replace suqiu.yaml '落地时间: {}' '落地时间: {abc1234: 2026-07-01}'",
		"a report":                   "text reports/2026Q2.md x",
		"risks":                      "text risks/2026-07.md x",
		"a report sent up":           "text submissions/2026Q2.md x",
		"a template":                 "text templates/index.html x",
		"a link for the templates":   "symlink /tmp templates",
		"a seal":                     "text seals/2026-07-01.txt x",
		"the pipeline":               "text .gitlab-ci.yml 不检查",
		"the pipeline deleted":       "rm .gitlab-ci.yml",
		"a part of the pipeline":     "text ci/检查.gitlab-ci.yml 不检查",
		"GitLab's folder":            "text .gitlab/merge_request_templates/Default.md x",
		"attributes at the top":      "text .gitattributes x",
		"attributes below the cases": "text cases/2026/07/.gitattributes x",
		"attributes in capitals":     "text cases/.GitAttributes x",
		"owners":                     "text CODEOWNERS x",
		"owners elsewhere":           "text docs/CODEOWNERS x",
		"a hook":                     "text .githooks/pre-commit x",
		"the signers":                "text keys/signers x",
		"signers to come": "by 督察 <a@dcnsk.example>\nreplace suqiu.yaml keys/signers " +
			"keys/other\ntext keys/other x",
		"the monthly of another":    "text monthly/2026-07/NSFWK.md x",
		"a county's summary":        "text counties/JNQ/2026Q2.json x",
		"another unit's 申辩":         "replace appraisal/2026Q2.md 网络不通 没有理由",
		"another unit's 申辩 deleted": "replace appraisal/2026Q2.md 督察内审科 信息中心",
		"its own 核实结论": "write appraisal/2026Q2.md plea\nreplace appraisal/2026Q2.md " +
			"'已经报送\\n    核实结论:' '已经报送\\n    核实结论: 不予扣分'",
		"the appraisal deleted": "rm appraisal/2026Q2.md",
		"a suppression beside 申辩": "replace appraisal/2026Q2.md '申辩:\\n' '# suqiu:忽略 plea-unfounded " +
			"无\\n申辩:\\n'",
		"minutes": "replace meetings/HY2026-01.md 2026-08-31 2026-12-31",
		"落实情况 of another": "replace meetings/HY2026-01.md '培训一次\\n    落实情况:' '培训一次\\n  " +
			"  落实情况: 已培训'",
		"a decision": "replace meetings/HY2026-01.md 抓紧扩容 不必扩容",
		"a suggestion that decides": "replace meetings/HY2026-02.md 研究扩容 '研究扩容\\n召开日期: " +
			"2026-07-01\\n印发日期: 2026-07-01'",
		"a suggestion of another": "write meetings/HY2026-03.md suggestion\nreplace meetings/HY2026-03.md " +
			"信息中心 督察内审科",
		"a decision by circulation": "write meetings/CQ2026-03.md suggestion\nreplace meetings/CQ2026-03.md " +
			"HY2026-03 CQ2026-03\nreplace meetings/CQ2026-03.md 即时 传签",
		"minutes deleted": "rm meetings/HY2026-01.md",
		"hidden behind the office": "append suqiu.yaml '# 注'\ncommit 一\nby 联席办 <a@nsfwk.example>\nappend " +
			"suqiu.yaml '# 另注'",
		"dropped by a merge": "checkout main\nby 联席办 <a@nsfwk.example>\ntext .gitlab-ci.yml " +
			"再检查\ncommit 二\ncheckout work\nby 信息中心 <a@xxzx.example>\ntext a.txt x\ncommit 一\nmerge " +
			"--ours main\ntext b.txt x",
		"minutes dropped by a merge": "replace meetings/HY2026-01.md '落实情况:\\n\\n' '落实情况: " +
			"已扩容\\n\\n'\ncommit 一\ncheckout main\nby 联席办 <a@nsfwk.example>\nreplace meetings/HY2026-01.md " +
			"培训一次 培训两次\ncommit 二\ncheckout work\nby 信息中心 <a@xxzx.example>\nmerge --ours main\ntext b." +
			"txt x",
		"a stranger":            "by 某人 <x@nowhere.example>\ntext .gitlab-ci.yml x",
		"上级 without the office": "by 督察 <a@dcnsk.example>\nreplace suqiu.yaml '反馈: 10' '反馈: 15'",
	}
	allowed := map[string]string{
		"the office": "by 联席办 <a@nsfwk.example>\ntext .gitlab-ci.yml x\ntext templates/a.html " +
			"x\ntext seals/x x",
		"a machine": "by 机器人 <pages@example>\ntext reports/2026Q2.md x",
		"an accident of the clock": "by 督察 <a@dcnsk.example>\nreplace suqiu.yaml '落地时间: {}' " +
			"'落地时间:\\n  abc1234: 2026-07-01'",
		"its monthly":                "text monthly/2026-07/XXZX.md x",
		"its county's summary":       "by 县局 <a@jnq.example>\ntext counties/JNQ/2026Q2.json x",
		"its 申辩":                     "write appraisal/2026Q2.md plea",
		"its 申辩 worded anew":         "by 督察 <a@dcnsk.example>\nreplace appraisal/2026Q2.md 网络不通 全天网络不通",
		"its 申辩 of a new quarter":    "write appraisal/2026Q3.md new-plea",
		"its suggestion":             "write meetings/HY2026-03.md suggestion",
		"its suggestion worded anew": "replace meetings/HY2026-02.md 研究扩容 研究扩容和值守",
		"its 落实情况":                   "replace meetings/HY2026-01.md '落实情况:\\n\\n' '落实情况: 已扩容\\n\\n'",
		"a slip that is mended":      "append suqiu.yaml '# 注'\ncommit 一\ngit checkout -q main -- suqiu.yaml",
		"mended by the office": "replace .gitlab-ci.yml 检查 不检查\ncommit 一\nby 联席办 " +
			"<a@nsfwk.example>\ntext .gitlab-ci.yml 检查二",
		"on top of the office's file": "by 联席办 <a@nsfwk.example>\nreplace meetings/HY2026-01.md 培训一次 " +
			"培训两次\ncommit 一\nby 信息中心 <a@xxzx.example>\nreplace meetings/HY2026-01.md '落实情况:\\n\\n' " +
			"'落实情况: 已扩容\\n\\n'",
		"main taken in": "replace meetings/HY2026-01.md '落实情况:\\n\\n' '落实情况: 已扩容\\n\\n'\ncommit " +
			"一\ncheckout main\nby 联席办 <a@nsfwk.example>\nreplace meetings/HY2026-01.md 培训一次 " +
			"培训两次\nappend suqiu.yaml '# 注'\ncommit 二\ncheckout work\nby 信息中心 <a@xxzx.example>\nmerge " +
			"--no-commit main",
		"something else": "text docs/说明.md x",
	}
	for want, table := range map[bool]map[string]string{true: refused, false: allowed} {
		for name, script := range table {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				r := gittest.Repo(t, guardedBase+script+"\ncommit 修改"+guardedFiles)
				repo, err := git.Open(r.Dir)
				if err != nil {
					t.Fatal(err)
				}
				now := time.Date(2026, 7, 3, 9, 0, 0, 0, workday.Shanghai)
				d, err := register.Load(t.Context(), repo,
					register.Options{Base: "main", Ref: "work", AsOf: workday.Of(now), Now: now})
				if err != nil {
					t.Fatal(err)
				}
				var told []string
				for _, f := range Run(d) {
					if f.Rule == "config-actor" && f.New {
						told = append(told, f.Message)
					}
				}
				if want != (len(told) > 0) {
					t.Errorf("config-actor says %q\n%s", strings.Join(told, "\n"), r.Git("diff", "main", "work"))
				}
			})
		}
	}
}

// TestOwnAccidentsOfTheClock: "落地时间 for its own unit's cases: 监督考评 of another
// unit" (DESIGN 6); from the office "it counts, and is told" (DESIGN 5).
func TestOwnAccidentsOfTheClock(t *testing.T) {
	for _, test := range []struct {
		lead, author string
		want         int
	}{
		{"纳税服务科", "a@nsfwk.example", 1},
		{"信息中心", "a@nsfwk.example", 0},
		{"纳税服务科", "a@dcnsk.example", 0},
	} {
		w := good(t)
		c := change{register: func(d *register.Register) {
			own := d.Case("202607-NFZX-001")
			own.Life.Lead, own.Co = test.lead, nil
			own.Life.Events = []workflow.Event{{N: 1, Landing: 0}}
			d.Guarded = []provenance.Guarded{{Landing: 1, Path: config.Path, Commit: d.Landings[1].Commit,
				Author: test.author,
				Before: []byte("名称: 试\n"),
				After:  []byte("名称: 试\n落地时间: {" + d.Landings[0].Commit[:12] + ": 2026-07-01 10:00}\n")}}
		}}
		c.apply(t, w)
		if n := len(only(w.run(t), "self-review")); n != test.want {
			t.Errorf("a case of %s mended by %s: %d findings, want %d", test.lead, test.author, n, test.want)
		}
	}
}
