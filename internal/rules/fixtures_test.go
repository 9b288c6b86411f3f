package rules

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"suqiu/internal/caserules"
	"suqiu/internal/clock"
	"suqiu/internal/config"
	"suqiu/internal/mdfile"
	"suqiu/internal/provenance"
	"suqiu/internal/record"
	"suqiu/internal/register"
	"suqiu/internal/report"
	"suqiu/internal/signature"
	"suqiu/internal/timeline"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// change is one edit of the good repository: text in a file, or the register.
type change struct {
	file, old, new string
	register       func(*register.Register)
	added          map[string]string // files that the register's changes stand for
}

// fixture is a rule with one way to offend it and one near miss.
type fixture struct {
	slug      string
	bad, good change
}

// replayed is a rule whose offences the replay finds. The near miss is an
// offence of a neighbour.
func replayed(slug, neighbour string) fixture {
	return fixture{slug, change{register: fault(slug, 0)}, change{register: fault(neighbour, 0)}}
}

// late is a rule of a limit.
func late(slug, neighbour string) fixture {
	return fixture{slug, change{register: fault(slug, -1)}, change{register: fault(neighbour, -1)}}
}

var fixtures = []fixture{
	{"front-matter-missing", change{file: first, old: "---\n编号", new: "编号"},
		change{file: first, old: "---\n编号", new: "---\n# 备注\n编号"}},
	{"front-matter-unclosed", change{file: first, old: "---\n\n## 诉求内容", new: "\n## 诉求内容"},
		change{file: first, old: "---\n\n## 诉求内容", new: "---\n## 诉求内容"}},
	{"encoding", change{file: first, old: "末日多次", new: "\xc4\xa9\xc8\xd5多次"},
		change{file: first, old: "末日多次", new: "末日ä多次"}},
	{"yaml-syntax", change{file: first, old: "    理由: 后台", new: "   理由: 后台"},
		change{file: first, old: "    理由: 后台", new: "    理由:   后台"}},
	{"key-unknown", change{file: first, old: "件数: 1", new: "件数: 1\n主责单位: 信息中心"},
		change{file: first, old: "件数: 1", new: "件数: 1\n属地: 集宁区"}},
	{"key-duplicate", change{file: first, old: "件数: 1", new: "件数: 1\n件数: 2"},
		change{file: first, old: "件数: 1", new: "件数: 2"}},
	{"key-missing", change{file: first, old: "性质: 诉求\n", new: "性质:\n"},
		change{file: first, old: "件数: 1\n", new: "件数:\n"}},
	{"value-type", change{file: first, old: "件数: 1", new: "件数: 九"},
		change{file: first, old: "件数: 1", new: "件数: 9"}},
	{"value-enum", change{file: first, old: "性质: 诉求", new: "性质: 投诉"},
		change{file: first, old: "性质: 诉求", new: "性质: 舆情"}},
	{"value-truncated", change{file: first, old: "标题: 征期末日申报提交失败", new: "标题: 征期末日 #3 窗口申报失败"},
		change{file: first, old: "标题: 征期末日申报提交失败", new: "标题: \"征期末日 #3 窗口申报失败\""}},
	{"date-invalid", change{file: first, old: "2026-07-15", new: "2026-02-30"},
		change{file: first, old: "2026-07-15", new: "2026-07-31"}},
	{"fullwidth-punctuation", change{file: first, old: "性质: 诉求", new: "性质：诉求"},
		change{file: first, old: "后台拥堵。", new: "原因：后台拥堵。"}},
	{"id-mismatch", change{file: first, old: "编号: 202607-NFZX-001", new: "编号: 202607-NFZX-003"},
		change{file: first, old: "编号: 202607-NFZX-001", new: "编号: \"202607-NFZX-001\""}},
	{"id-duplicate", change{register: func(d *register.Register) {
		d.Files = []register.File{{Path: "cases/2026/08/202607-NFZX-001.md",
			Problems: problems("id-duplicate", "同一编号有两个文件")}}
	}}, change{register: func(d *register.Register) { d.Files = []register.File{{Path: "cases/README.md"}} }}},
	{"id-taken", change{register: all(request, taken)}, change{register: request}},
	{"path-mismatch", change{register: func(d *register.Register) {
		d.Files = []register.File{{Path: "cases/2026/07/记录.txt", Problems: problems("path-mismatch", "不是事项文件")}}
	}}, change{register: func(d *register.Register) { d.Files = []register.File{{Path: "cases/README.md"}} }}},
	{"title-length", change{file: first, old: "标题: 征期末日申报提交失败", new: "标题: 卡顿"},
		change{file: first, old: "标题: 征期末日申报提交失败", new: "标题: 申报卡顿"}},
	{"section-missing", change{file: first, old: "## 办理情况\n", new: "##办理情况\n"},
		change{file: first, old: "## 办理情况\n", new: "## 办理情况\n\n### 经过\n"}},
	{"state-behind-record", change{file: first, old: "    决定: 不成立\n    依据: CQ2026-07",
		new: "    决定:\n    依据:"}, change{file: first, old: "后台由区局", new: "系统由区局"}},

	{"unit-unknown", change{file: first, old: "承办单位: 信息中心", new: "承办单位: 信息技术中心"},
		change{file: first, old: "- 征收管理科", new: "- 征管科"}},
	{"channel-unknown", change{file: first, old: "渠道: 12366热线", new: "渠道: 12366"},
		change{file: first, old: "渠道: 12366热线", new: "渠道: 网络舆情"}},
	{"channel-unit", change{file: first, old: "渠道: 12366热线", new: "渠道: 办税服务厅"},
		change{file: first, old: "渠道: 12366热线", new: "渠道: 网络舆情"}},
	{"case-unknown", change{file: second, old: "并入: 202607-NFZX-001", new: "并入: 202607-NFZX-010"},
		change{file: second, old: "收集日期: 2026-07-16", new: "收集日期: 2026-07-17"}},
	{"meeting-unknown", change{file: first, old: "依据: CQ2026-07", new: "依据: CQ2026-70"},
		change{file: first, old: "依据: CQ2026-07", new: "依据: CQ2026-07、CQ2026-07"}},
	{"meeting-case", change{file: paper, old: "202607-NFZX-001", new: "202607-NFZX-002"},
		change{file: paper, old: "- 202607-NFZX-001", new: "- 202607-NFZX-002\n      - 202607-NFZX-001"}},
	{"merge-cycle", change{file: first, old: "状态: 办理中\n", new: "状态: 已合并\n\n并入: 202607-NFZX-002\n"},
		change{file: second, old: "收集日期: 2026-07-16", new: "收集日期: 2026-07-17"}},

	replayed("transition-illegal", "transition-actor"), replayed("transition-actor", "transition-requires"),
	replayed("transition-requires", "record-changed"), replayed("record-changed", "record-removed"),
	replayed("record-removed", "record-changed"), replayed("case-deleted", "record-removed"),
	replayed("second-objection", "third-push"), replayed("extension-cap", "extension-count"),
	replayed("extension-count", "extension-cap"), replayed("extension-in-improvement", "extension-cap"),
	replayed("self-evaluation", "self-review"), replayed("self-review", "self-evaluation"),
	replayed("unresolved-closed", "transition-requires"), replayed("third-push", "second-objection"),
	replayed("correction-unfounded", "transition-actor"),
	{"config-actor", change{register: guard("x@xxzx.example", "meetings/CQ2026-07.md")},
		change{register: guard("x@xxzx.example", "monthly/2026-07/XXZX.md")}},
	{"base-stale", change{register: all(request, stale)}, change{register: all(request)}},

	late("push-late", "accept-late"), late("accept-late", "push-late"), late("objection-late", "escalation-late"),
	late("escalation-late", "objection-late"), late("feedback-overdue", "feedback-late"),
	late("feedback-late", "feedback-overdue"),
	late("extension-late", "extension-early"), late("extension-early", "extension-late"),
	late("co-feedback-late", "feedback-late"),
	late("decision-late", "review-late"), late("review-late", "decision-late"), late("evaluation-late", "review-late"),
	late("improvement-overdue", "feedback-overdue"), late("channel-overdue", "feedback-overdue"),
	late("promise-overdue", "feedback-overdue"), late("review-date-passed", "decision-late"),
	{"calendar-missing", change{register: clockOf(workday.New(2027, 1, 6), 10)},
		change{register: clockOf(workday.New(2026, 12, 30), 10)}},
	{"calendar-changed", change{register: all(request, propose("2026-08-18"), clockOf(workday.New(2026, 8, 18), 10))},
		change{register: all(request, propose("2026-10-20"), clockOf(workday.New(2026, 8, 18), 10))}},

	{"report-missing", change{register: began(2026, 6)}, change{register: began(2026, 10)}},
	{"report-drift", change{register: published("{}")}, change{register: all(published("{}"), unpublished)}},
	{"counting-changed", change{register: recountedThen(1)}, change{register: recountedThen(report.CountingVersion)}},

	replayed("backdated", "receipt-delayed"), replayed("commit-from-future", "receipt-delayed"),
	replayed("receipt-delayed", "commit-from-future"),
	{"landing-not-monotonic", change{register: behind(10)}, change{register: behind(9)}},
	{"merge-reversed", change{register: foxtrot(1)}, change{register: foxtrot(-1)}},
	{"signature-missing", change{register: unproven(true)}, change{register: unproven(false)}},
	{"signature-bad", change{register: unproven(false)}, change{register: unproven(true)}},
	{"author-mismatch", change{register: pushedBy(false)}, change{register: request}},
	{"history-rewritten", change{register: wroteDown(-1)}, change{register: wroteDown(1)}},
	replayed("author-unknown", "transition-actor"),

	personal("pii-id-card", "152601199003074510", "152601199003074511"),
	personal("pii-phone", "13912345678", "12366，热线 12345，单号 CP20260715003"),
	personal("pii-bank-card", "6222021234567890128", "6222021234567890129"),
	personal("pii-credit-code", "91350100M000100Y43", "91350100M000100Y44"),
	personal("pii-email", "zhang@163.com", "x@xxzx.example"), // an office's
	{"placeholder-left", change{file: first, old: "性质: 诉求", new: "性质: 〔请填：诉求、舆情〕"},
		change{file: first, old: "后台拥堵。", new: "请填〔2026〕5 号文，后台拥堵。"}},
	personal("pii-document", "护照E12345678", "护照办理窗口3个，单号 E12345678"),
	personal("pii-account", "微信号zhangsan88", "微信公众号 zhangsan88"),
	{"table-cells", change{file: first, old: "后台拥堵。",
		new: "后台拥堵。\n\n| 单位 | 件数 |\n| --- | --- |\n| 信息中心 | 3 | 已办 |"}, change{file: first,
		old: "后台拥堵。", new: "后台拥堵。\n\n| 单位 | 件数 |\n| --- | --- |\n| 信息中心 | 3\\|4 |\n| 法制科"}},
	{"table-cells", change{file: first, old: "后台拥堵。", new: "后台拥堵。\n\n" + wideTable(200, 101)},
		change{file: first, old: "后台拥堵。", new: "后台拥堵。\n\n" + wideTable(200, 99)}},
	{"size-limit", change{file: first, old: "后台拥堵。", new: strings.Repeat("![图](", 6_000)},
		change{file: first, old: "后台拥堵。", new: strings.Repeat("[图](x) ", 500)}},
	{"size-limit", change{file: first, old: "后台拥堵。", new: strings.Repeat("后台拥堵。\n", 66_000)},
		change{file: first, old: "后台拥堵。", new: strings.Repeat("后台拥堵。\n", 64_000)}},
	{"raw-html", change{file: first, old: "后台拥堵。", new: "<b>后台</b>拥堵。"},
		change{file: first, old: "后台拥堵。", new: "后台 `<b>` 拥堵，1 < 2。"}},

	{"repeated-reassignment", change{register: pushes(3)}, change{register: pushes(2)}},
	{"last-day-feedback", change{register: answered(workday.New(2026, 8, 18))},
		change{register: answered(workday.New(2026, 8, 17))}},
	{"similar-feedback", change{register: all(answer(0, answerText), answer(1, answerText+"谢谢。"))},
		change{register: all(answer(0, answerText),
			answer(1, "已经在自助终端补纸，并在机身张贴值班电话，安排志愿者每日巡查两次，周末由值班领导负责。"))}},
	{"similar-feedback", change{register: all(answer(0, answerText), answer(1, answerText),
		collected(2024, workflow.Handling))},
		change{register: all(answer(0, answerText), answer(1, answerText), collected(2024, workflow.Closed))}},
	{"similar-feedback", change{register: all(answer(0, answerText), answer(1, answerText))},
		change{register: all(answer(0, answerText), answer(1, answerText), follows)}},
	{"duplicate-suspected", change{register: appeals(15)}, change{register: appeals(50)}},
	{"proxy-entry", change{register: entered(true)}, change{register: entered(false)}},
}

// wideTable is a table of empty rows.
func wideTable(columns, rows int) string {
	return strings.Repeat("| 项 ", columns) + "|\n" + strings.Repeat("| --- ", columns) + "|\n" +
		strings.Repeat("|\n", rows)
}

func guard(email, path string) func(*register.Register) {
	return func(d *register.Register) {
		d.Guarded = []provenance.Guarded{{Landing: 1, Path: path, Commit: d.Landings[1].Commit, Author: email}}
	}
}

func unproven(missing bool) func(*register.Register) {
	return func(d *register.Register) {
		d.Unproven = []provenance.Unproven{{Landing: 1, Commit: d.Landings[1].Commit, Author: "x@xxzx.example",
			Cases: []string{d.Cases[0].ID},
			Flaw:  signature.Flaw{Missing: missing, Why: "没有签名", Fix: "重新签名"}}}
	}
}

// began lets the repository begin in a month, and be looked at on 2026-11-02.
func began(year int, month time.Month) func(*register.Register) {
	return func(d *register.Register) {
		d.AsOf = workday.New(2026, 11, 2)
		d.Landings[0].At = workday.New(year, month, 30).Start()
	}
}

func published(text string) func(*register.Register) {
	return func(d *register.Register) {
		d.Published = []*register.Published{{Path: "reports/2026Q1.json", Quarter: workday.Quarter{Year: 2026, Q: 1},
			Data: []byte(text), Filing: register.Filing{Landings: []int{1}}}}
	}
}

// recountedThen is a quarter that was frozen by a version of 口径 with a figure
// that recomputing does not give.
func recountedThen(counting int) func(*register.Register) {
	return func(d *register.Register) {
		published(`{"version": 3, "counting": ` + strconv.Itoa(counting) +
			`, "figures": {"quarter": "2026Q1", "balance": {"opening": 1}}}`)(d)
		d.Published[0].Then = register.New(d.Config, workday.New(2026, 4, 20), nil, nil)
	}
}

func unpublished(d *register.Register) { d.Published = nil }

// personal is a rule of what a text must not say.
func personal(slug, bad, good string) fixture {
	say := func(what string) change {
		return change{file: first, old: "后台拥堵。", new: "后台拥堵（" + what + "）。"}
	}
	return fixture{slug, say(bad), say(good)}
}

func pushes(n int) func(*register.Register) {
	return func(d *register.Register) { d.Cases[0].Life.Pushes = n }
}

// answered lets the first case be answered on a day; it was due on 2026-08-18.
func answered(on workday.Date) func(*register.Register) {
	return all(clockOf(workday.New(2026, 8, 18), 10), func(d *register.Register) {
		k := &d.Cases[0].Life.Clocks[0]
		k.Stopped, k.Status = on, clock.Met
	})
}

const answerText = "已向区局报送故障单，八月二十日完成扩容，征期最后两天安排专人值守电话，提醒纳税人错峰申报，" +
	"问题已经解决。"

func answer(i int, text string) func(*register.Register) {
	return func(d *register.Register) {
		d.Cases[i].Feedback = []record.Feedback{{Result: "已解决", Measures: text}}
		d.Cases[i].MergedInto = ""
	}
}

// follows lets the second answer follow the first.
func follows(d *register.Register) { d.Cases[1].Feedback[0].Follows = d.Cases[0].ID }

// appeals makes both cases open ones that say the same, collected days apart.
func appeals(days int) func(*register.Register) {
	return func(d *register.Register) {
		for i, c := range d.Cases {
			c.Title, c.MergedInto, c.Life.State = "叫号系统重复取号等待过久", "", workflow.Registered
			c.Sections = []mdfile.Section{{Heading: "诉求内容",
				Text: "纳税人办理跨业务事项时需要重新取号排队，等待超过一小时，希望一次取号办理多项业务，减少排队。",
				Line: 1}}
			c.Collected = workday.New(2026, 7, 1).AddDays(i * days)
		}
	}
}

// collected lets all cases have been collected in a year, and stand in a state.
func collected(year int, state workflow.State) func(*register.Register) {
	return func(d *register.Register) {
		for _, c := range d.Cases {
			c.Collected, c.Life.State = workday.New(year, 7, 1), state
		}
	}
}

func entered(proxy bool) func(*register.Register) {
	return func(d *register.Register) {
		d.Cases[0].Life.Events = []workflow.Event{{Row: 13, Proxy: proxy, Unit: "信息中心", Title: "反馈",
			Commit: d.Landings[0].Commit, At: timeline.MomentOf(day(3))}}
	}
}

// taken lets the request give the first case's 编号 to another appeal.
func taken(d *register.Register) {
	other := timeline.Appeal{Title: "退税到账慢", Collector: "纳税服务中心", Collected: workday.New(2026, 7, 20)}
	d.Cases[0].Taken = []timeline.Taken{{
		Landing: 1, Attribution: timeline.Attribution{Commit: d.Landings[1].Commit, Author: *d.Landings[1].Author},
		First: timeline.Appeal{Title: "申报失败"}, Other: other, Path: first}}
}

func stale(d *register.Register) { d.Cases[0].Stale = true }

// clockOf gives the first case an open limit, pushed on 2026-08-04.
func clockOf(due workday.Date, limit int) func(*register.Register) {
	return func(d *register.Register) {
		d.Cases[0].Life.Clocks = []clock.Clock{{Kind: clock.Feedback, Unit: "信息中心",
			Start: workday.New(2026, 8, 4), Limit: limit, Due: due, OriginalDue: due, Status: clock.Running,
			Class: clock.Statutory}}
	}
}

func propose(off string) func(*register.Register) {
	return func(d *register.Register) {
		d.Proposed = config.Parse(config.Path,
			[]byte("名称: 测试局\n格式: 1\n单位:\n  - 名称: 纳税服务科\n    代码: NSFWK\n    角色: "+
				"[联席办]\n日历:\n  放假: ["+off+"]\n"))
	}
}

// behind lets the second landing's clock run minutes behind the first.
func behind(minutes int) func(*register.Register) {
	return func(d *register.Register) {
		before := d.Landings[0].At
		d.Landings[1].At, d.Landings[1].Committed = before, timeline.MomentOf(before)-timeline.Moment(60*minutes)
	}
}

// foxtrot lets a landing have taken the main branch in from the side; -1: none.
func foxtrot(landing int) func(*register.Register) {
	return func(d *register.Register) {
		if landing >= 0 {
			d.Landings[landing].OldTip = strings.Repeat("c", 40)
		}
	}
}

// wroteDown lets a paper name a head that is the landing; -1: none.
func wroteDown(landing int) func(*register.Register) {
	return func(d *register.Register) {
		d.WrittenHeads = []register.WrittenHead{{Path: "submissions/2026Q3.md", Line: 3, Commit: "3f2a9c10b4d5e6a1",
			Landing: landing}}
	}
}

// pushedBy lets a request bring a commit that another than its author pushed.
func pushedBy(doubt bool) func(*register.Register) {
	return all(request, func(d *register.Register) {
		d.Mismatches = []provenance.Mismatch{{Commit: "3f2a9c10b4d5e6a1", Author: "x@xxzx.example",
			Accounts: []string{"wang"}, Pusher: "lin", Doubt: doubt}}
	})
}

func (c *change) apply(t *testing.T, w *world) {
	t.Helper()
	if c.file != "" {
		w.edit(t, c.file, c.old, c.new)
	}
	w.register = c.register
	maps.Copy(w.files, c.added)
}

// TestFixtures holds that every rule of the catalogue finds what offends it,
// and is silent on what comes near.
func TestFixtures(t *testing.T) {
	if found := good(t).run(t); len(found) != 0 {
		t.Fatalf("the good repository has findings: %+v", found)
	}
	tried := map[string]bool{}
	for _, fx := range slices.Concat(fixtures, paperFixtures, paperReferences) {
		tried[fx.slug] = true
		t.Run(fx.slug, func(t *testing.T) {
			w := good(t)
			fx.bad.apply(t, w)
			n := 0
			for _, f := range w.run(t) {
				if f.Rule != fx.slug {
					continue
				}
				n++
				if f.Path == "" || f.Message == "" || len(f.Fingerprint) != 32 || f.Suppressed {
					t.Errorf("incomplete finding: %+v", f)
				}
				if f.Path != config.Path && f.Line == 0 &&
					!strings.Contains("config-actor front-matter-missing", f.Rule) {
					t.Errorf("finding without a place: %+v", f)
				}
			}
			if n == 0 {
				t.Errorf("bad fixture: no finding of %s", fx.slug)
			}
			w = good(t)
			fx.good.apply(t, w)
			for _, f := range w.run(t) {
				if f.Rule == fx.slug {
					t.Errorf("good fixture: %+v", f)
				}
			}
		})
	}
	for _, r := range caserules.All() {
		if !tried[r.Slug] {
			t.Errorf("rule %s has no fixtures", r.Slug)
		}
	}
}
