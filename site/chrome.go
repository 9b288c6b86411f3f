package site

import (
	"html/template"

	"suqiu/internal/view"
	"suqiu/internal/workday"
	"suqiu/site/dueday"
)

// Chrome is what every page shows around its content.
type Chrome struct {
	Org      string // 名称
	Edition  view.Edition
	AsOf     workday.Date
	Tool     string
	Nav      []NavItem
	Official bool // 监督 edition
	Forms    bool // pages lead to forms
}

// NavItem is one entry of the navigation.
type NavItem struct{ Key, Href, Label string }

// Frame is embedded in every page struct.
type Frame struct {
	Title string // of the page, without the name of the site
	Root  string // the way from the page to the root of the site: "" or "../"
	Here  string // key of the current NavItem; empty: none
	// Trace is the 留痕编号 of what the page shows: of the head on pages that
	// change with every landing anyhow, on a task list of the last landing that
	// changed one of its cases. TraceURL is the head's page in GitLab; empty
	// without 网址. Other pages have neither.
	Trace, TraceURL string
	Feeds           []*view.Unit // whose feeds the page offers
	// Masthead is what stands above the content, the same on all pages of a kind.
	Masthead template.HTML
	*Chrome
}

func newChrome(in *Input) *Chrome {
	d := in.View
	c := &Chrome{
		Org: d.Config.Name, Edition: d.Edition, AsOf: d.AsOf, Tool: in.Tool,
		Official: d.Edition == view.Supervision,
		Forms:    in.Engine != nil,
		Nav: []NavItem{
			{"index", "index.html", "首页"},
			{"office", "office.html", "联席办工作台"},
			{"tasks", "tasks/index.html", "任务清单"},
			{"overdue", "overdue/index.html", "超期与临期"},
			{"topics", "topics/index.html", "同类答复"},
			{"units", "units/index.html", "成员单位"},
			{"meetings", "meetings/index.html", "联席会议"},
			{"monthly", "monthly/index.html", "月度报送"},
			{"risks", "risks/index.html", "风险点"},
			{"counties", "counties/index.html", "旗县市区"},
			{"reports", "reports/index.html", "分析报告"},
			{"rules", "rules/index.html", "制度与口径"},
			{"help", "help/index.html", "帮助"},
		},
	}
	if c.Org == "" {
		c.Org = "税费服务诉求和舆情分析办理"
	}
	if c.Tool == "" {
		c.Tool = "suqiu"
	}
	if c.Official {
		c.Nav = append(c.Nav, NavItem{"quality", "quality/index.html", "数据核查"})
	}
	return c
}

// framed is every page that is laid into layout.html.
type framed interface{ frame() *Frame }

func (f *Frame) frame() *Frame { return f }

// dated is the frame of a page that names the commit it was made from. What all
// frames say is added when the page is rendered.
func (v *builder) dated() Frame {
	f := Frame{Trace: v.Trace}
	if v.Config.URL != "" && v.Head != "" {
		f.TraceURL = v.Config.URL + "/-/commit/" + v.Head
	}
	return f
}

// HereLabel is the name of the section that the page belongs to.
func (f *Frame) HereLabel() string {
	for _, item := range f.Nav {
		if item.Key == f.Here {
			return item.Label
		}
	}
	return ""
}

// AsOfText is the as-of day as people read it: 2026年9月30日（星期三）.
func (c *Chrome) AsOfText() string { return dueday.Text(c.AsOf) }
