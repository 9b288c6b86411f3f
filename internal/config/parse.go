package config

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/workday"
	"suqiu/internal/yamltext"
)

// keys are those of suqiu.yaml, in canonical order.
var keys = []string{"名称", "格式", "主分支", "网址", "基线", "收件宽限", "单位", "人员", "机器人", "时限", "日历", "仅要素", "签名", "考评", "忽略", "落地时间"}

// Parse reads one version of suqiu.yaml. It never fails: what cannot be read
// keeps its default and is told of in Problems, in file order.
func Parse(path string, src []byte) *Config {
	r := reader{c: &Config{MainBranch: "main", Grace: 1, Limits: DefaultLimits(), LandedAt: map[string]string{}}}
	src = bytes.TrimPrefix(src, []byte("\xef\xbb\xbf"))
	root, problems := yamltext.Parse(src, 1)
	r.c.Problems = problems
	r.known(root, "", keys...)
	for _, f := range root.Fields {
		r.field(f)
	}
	for _, key := range []string{"名称", "单位"} {
		if root.Get(key) == nil {
			r.tell("key-missing", key, nil, "suqiu.yaml 缺少“"+key+"”", "补上一行“"+key+":”并填写")
		}
	}
	r.crossCheck(root)
	r.c.index()
	slices.SortStableFunc(r.c.Problems, func(a, b yamltext.Problem) int { return a.Line - b.Line })
	return r.c
}

// reader fills a Config from nodes and collects what is wrong with them.
type reader struct {
	c *Config
}

func (r *reader) field(f yamltext.Field) {
	switch f.Key {
	case "名称":
		r.c.Name = r.scalar(f.Key, f.Value)
	case "格式":
		if v := r.scalar(f.Key, f.Value); v != "" && v != "1" {
			r.tell("value-enum", f.Key, f.Value, "“格式”为 "+v+"，本版本只认识格式 1", "格式: 1")
		}
	case "主分支":
		if v := r.scalar(f.Key, f.Value); v != "" {
			r.c.MainBranch = v
		}
	case "网址":
		r.c.URL = strings.TrimRight(r.scalar(f.Key, f.Value), "/")
		if u := r.c.URL; u != "" && !strings.HasPrefix(u, "http://") && !strings.HasPrefix(u, "https://") {
			r.tell("value-type", f.Key, f.Value, "“网址”应以 http:// 或 https:// 开头", "网址: https://"+u)
			r.c.URL = ""
		}
	case "基线":
		r.c.Baseline = r.scalar(f.Key, f.Value)
	case "收件宽限":
		r.count(f.Key, f.Value, 0, &r.c.Grace)
	case "单位":
		r.units(f.Value)
	case "人员":
		r.people(f.Value)
	case "机器人":
		r.c.Bots = r.addresses(f.Key, f.Value)
	case "时限":
		r.limits(f.Value)
	case "日历":
		r.calendar(f.Value)
	case "仅要素":
		r.c.Restricted = r.strings(f.Key, f.Value)
	case "签名":
		r.signature(f.Value)
	case "忽略":
		r.ignores(f.Value)
	case "落地时间":
		r.landings(f.Value)
	}
}

func (r *reader) units(n *yamltext.Node) {
	for i, item := range r.items("单位", n) {
		at := "单位[" + strconv.Itoa(i) + "]"
		r.known(item, at, "名称", "代码", "别名", "邮箱", "渠道", "角色")
		u := Unit{
			Name:     r.child(item, at, "名称"),
			Code:     r.child(item, at, "代码"),
			Aliases:  r.childList(item, at, "别名"),
			Channels: r.childList(item, at, "渠道"),
			Roles:    r.roles(item, at),
		}
		if f := item.Get("邮箱"); f != nil {
			u.Emails = r.addresses(at+".邮箱", f.Value)
		}
		if u.Name == "" {
			r.tell("key-missing", at, item, "第 "+strconv.Itoa(i+1)+" 个单位没有“名称”", "名称: 单位全称")
			continue
		}
		if u.Code == "" || strings.ContainsFunc(u.Code, func(c rune) bool { return (c < 'A' || c > 'Z') && (c < '0' || c > '9') }) {
			r.tell("value-type", at+".代码", item, "“"+u.Name+"”的“代码”应由大写字母和数字组成，现为“"+u.Code+"”", "代码: "+strings.ToUpper(u.Code))
		}
		r.c.Units = append(r.c.Units, u)
	}
}

func (r *reader) people(n *yamltext.Node) {
	for i, item := range r.items("人员", n) {
		at := "人员[" + strconv.Itoa(i) + "]"
		r.known(item, at, "邮箱", "单位", "角色", "起", "止")
		p := Person{
			Email: r.child(item, at, "邮箱"),
			Unit:  r.child(item, at, "单位"),
			Roles: r.roles(item, at),
			From:  r.date(at+".起", item.Get("起")),
			To:    r.date(at+".止", item.Get("止")),
		}
		if p.Email == "" {
			r.tell("key-missing", at, item, "第 "+strconv.Itoa(i+1)+" 个人员没有“邮箱”", "邮箱: 姓名拼音@单位域名")
			continue
		}
		if p.From != 0 && p.To != 0 && p.To < p.From {
			r.tell("date-invalid", at+".止", item, "“止”（"+p.To.String()+"）早于“起”（"+p.From.String()+"）", "止: 应不早于 "+p.From.String())
		}
		r.c.People = append(r.c.People, p)
	}
}

func (r *reader) roles(item *yamltext.Node, at string) []Role {
	var roles []Role
	f := item.Get("角色")
	if f == nil {
		return nil
	}
	for _, name := range r.strings(at+".角色", f.Value) {
		role := Role(name)
		if !slices.Contains(allRoles, role) {
			r.tell("value-enum", at+".角色", f.Value, "“"+name+"”不是角色", "角色只能是：联席办、监督考评、回访、旗县")
			continue
		}
		roles = append(roles, role)
	}
	return roles
}

var allRoles = []Role{Office, Supervisor, Callback, County}

func (r *reader) calendar(n *yamltext.Node) {
	var o workday.Overrides
	r.known(n, "日历", "放假", "上班", "已公布")
	o.Off = r.days("日历.放假", n.Get("放假"))
	o.Work = r.days("日历.上班", n.Get("上班"))
	if f := n.Get("已公布"); f != nil {
		for _, s := range r.strings("日历.已公布", f.Value) {
			year, err := strconv.Atoi(s)
			if err != nil || year < 2000 || year > 2200 {
				r.tell("value-type", "日历.已公布", f.Value, "“"+s+"”不是年份", "已公布: [2027]")
				continue
			}
			o.Final = append(o.Final, year)
		}
	}
	for _, d := range o.Work {
		if slices.Contains(o.Off, d) {
			r.tell("date-invalid", "日历", n, d.String()+" 同时写在“放假”和“上班”里", "只保留一处")
		}
	}
	r.c.Calendar = workday.NewCalendar(o)
}

func (r *reader) days(at string, f *yamltext.Field) []workday.Date {
	if f == nil {
		return nil
	}
	var days []workday.Date
	for _, s := range r.strings(at, f.Value) {
		d, err := workday.Parse(s)
		if err != nil {
			r.tell("date-invalid", at, f.Value, "“"+s+"”不是日期", "写成 2026-08-18 的样子")
			continue
		}
		days = append(days, d)
	}
	return days
}

func (r *reader) signature(n *yamltext.Node) {
	if n.Kind == yamltext.Scalar {
		r.policy(n)
		return
	}
	r.known(n, "签名", "要求", "签名人", "平台签名")
	if f := n.Get("要求"); f != nil {
		r.policy(f.Value)
	} else {
		r.c.Signature.Required = true
	}
	r.c.Signature.Signers = r.child(n, "签名", "签名人")
	r.c.Signature.PlatformKey = r.child(n, "签名", "平台签名")
}

func (r *reader) policy(n *yamltext.Node) {
	switch n.Text {
	case "", "不要求", "否":
	case "要求", "是":
		r.c.Signature.Required = true
	default:
		r.tell("value-enum", "签名", n, "“签名”应为“要求”或“不要求”，现为“"+n.Text+"”", "签名: 不要求")
	}
}

func (r *reader) ignores(n *yamltext.Node) {
	for i, item := range r.items("忽略", n) {
		at := "忽略[" + strconv.Itoa(i) + "]"
		r.known(item, at, "规则", "路径", "原因")
		ig := Ignore{Rule: r.child(item, at, "规则"), Path: r.child(item, at, "路径"), Reason: r.child(item, at, "原因")}
		if ig.Rule == "" || ig.Reason == "" {
			r.tell("key-missing", at, item, "“忽略”的每一条都要写明“规则”和“原因”", "规则: \n原因: ")
			continue
		}
		r.c.Ignores = append(r.c.Ignores, ig)
	}
}

func (r *reader) landings(n *yamltext.Node) {
	for _, f := range n.Fields {
		if f.Value != nil && f.Value.Text != "" {
			r.c.LandedAt[f.Key] = f.Value.Text
		}
	}
}
