package config

import (
	"slices"
	"strings"

	"suqiu/internal/workday"
	"suqiu/internal/yamltext"
)

// Key is one key of suqiu.yaml or of a map in it: reading, the names to suggest
// and the JSON Schema loop over it.
type Key struct {
	Name     string
	Note     string   // what a person should know of it while typing
	Optional bool     // it may stand empty
	Values   []string // that it may have; none: any
	Pattern  string   // a regular expression of its texts, for the JSON Schema
	Least    int      // of a number
	Needed   []string // the keys that each entry of a list must have
	With     string   // the key whose value makes this one count

	// To is where the value goes; its type says what the value looks like: *string,
	// *bool (whether it is the first of Values), *int, *Points, *workday.Date,
	// *[]string, *[]Role, *[]int (years), *[]workday.Date (with ranges),
	// *map[string]string (keys of one's own), Section, or Entry for a list of maps.
	// nil: a text that its owner reads.
	To    any
	check func(w word) (string, bool) // of a text or word: its one form, unless it is told of
}

type node = *yamltext.Node

// Section is a map with keys of its own. Where Values are given, one of them may
// stand in its place.
type Section struct {
	Keys           []Key
	Free           bool                     // the JSON Schema leaves its keys open
	wrong, example string                   // what is said of anything else in its place
	done           func(key string, n node) // after its keys are read
}

// Entry makes the keys of one map of a list, and what is to be done once it is
// read.
type Entry func(i Item) (keys []Key, done func())

// Version reads the number of the format, and Restricted the words of 仅要素, of
// which an empty list says something.
type (
	Version    func(key string, n node)
	Restricted func(key string, n node)
)

// Keys are those of suqiu.yaml, in canonical order.
func Keys() []Key { return newReader().keys() }

// names are what keys are called; those that go with another come first.
func names(keys []Key) []string {
	var with, list []string
	for i := range keys {
		if keys[i].With != "" {
			with = append(with, keys[i].Name)
		} else {
			list = append(list, keys[i].Name)
		}
	}
	return append(with, list...)
}

// read reads a map by its keys.
func (r *reader) read(keys []Key, n node, at string) {
	r.known(n, at, names(keys)...)
	for i := range n.Fields {
		f := &n.Fields[i]
		if k := slices.IndexFunc(keys, func(k Key) bool { return k.Name == f.Key }); k >= 0 {
			r.value(&keys[k], join(at, f.Key), f.Value)
		}
	}
}

// value reads the value of one key.
func (r *reader) value(k *Key, key string, n node) {
	if read, ok := k.To.(Restricted); ok {
		read(key, n)
		return
	}
	if empty(n) {
		return
	}
	switch to := k.To.(type) {
	case Version:
		to(key, n)
	case *string:
		if v, ok := r.checked(k, word{r.scalar(key, n), key, n}); ok {
			*to = v
		}
	case *bool:
		if v, ok := r.checked(k, word{r.scalar(key, n), key, n}); ok {
			*to = v == k.Values[0]
		}
	case *int:
		r.count(key, n, k.Least, to)
	case *workday.Date:
		*to = r.date(key, n)
	case *[]string:
		for _, w := range r.words(key, n) {
			if v, ok := r.checked(k, w); ok {
				*to = append(*to, v)
			}
		}
	case *[]Role:
		*to = r.roles(key, n)
	case *[]workday.Date:
		*to = r.days(key, n)
	case *[]int:
		*to = r.years(key, n)
	case *map[string]string:
		r.landings(key, n)
	case *Points:
		r.points(key, n, to)
	case Section:
		switch {
		case n.Kind == yamltext.Map:
			r.read(to.Keys, n, key)
		case to.wrong != "":
			r.tell("value-type", key, n, to.wrong, to.example)
			return
		}
		if to.done != nil {
			to.done(key, n)
		}
	case Entry:
		for _, i := range r.items(key, n) {
			keys, done := to(i)
			r.read(keys, i.node, i.at)
			done()
		}
	}
}

// checked is a text in its one form, if the key may have it.
func (r *reader) checked(k *Key, w word) (string, bool) {
	switch {
	case w.text == "":
		return "", false
	case k.check != nil:
		return k.check(w)
	case len(k.Values) > 0 && !slices.Contains(k.Values, w.text):
		r.tell("value-enum", w.key, w.at, "“"+k.Name+"”不能是“"+w.text+"”", k.Name+": "+oneOf(k.Values))
		return "", false
	}
	return w.text, true
}

// keys are those of the file, which is read into r.c.
func (r *reader) keys() []Key {
	c := r.c
	var off, work []workday.Date
	var final []int
	return []Key{
		{Name: "名称", To: &c.Name},
		{Name: "格式", Note: "本版本支持格式 1", To: Version(r.format)},
		{Name: "主分支", Note: "默认 main", Optional: true, To: &c.MainBranch, check: r.branch},
		{Name: "网址", Optional: true, Pattern: "^https?://", To: &c.URL, check: r.url,
			Note: "GitLab 项目的网址，站点据此给出编辑、提交和合并请求的链接"},
		{Name: "基线", Optional: true, To: &c.Baseline, check: r.baseline,
			Note: "启用前已有的事项所在的提交：其中的事项照现状承接，此前的步骤不追究"},
		{Name: "收件宽限", Optional: true, To: &c.Grace,
			Note: "工作日：单位的步骤以提交时间计，最多早于入库这么多天，默认 1"},
		{Name: "单位", Needed: []string{"名称", "代码"}, To: Entry(r.unit),
			Note: "按显示次序；第一个担任联席办的单位就是联席会议办公室所在单位"},
		{Name: "人员", Optional: true, Needed: []string{"邮箱", "单位"}, To: Entry(r.person),
			Note: "一个人办几个单位的事，或者只在一段时间内办的"},
		{Name: "机器人", Note: "自动提交用的邮箱，可以提交不算步骤的改动", Optional: true, To: &c.Bots,
			check: r.address},
		{Name: "时限", Note: "工作日；没写的用制度规定和本工具的默认值", Optional: true, To: Section{
			Keys: c.Limits.keys(), wrong: "“时限”应逐项写成“名称: 天数”", example: "时限: {反馈: 10}"}},
		{Name: "日历", Note: "内置 2023—2026 年的放假安排，这里补录以后的和本地的", Optional: true, To: Section{
			Keys: []Key{
				{Name: "放假", Optional: true, To: &off,
					Note: "国务院办公厅通知之外的放假日，如 2026-08-18 或 2027-02-05/2027-02-11"},
				{Name: "上班", Note: "调休上班日", Optional: true, To: &work},
				{Name: "已公布", Note: "放假安排已经写全的年份", Optional: true, To: &final},
			},
			wrong:   "“日历”应写成“放假”“上班”“已公布”三项",
			example: "日历: {放假: [2026-08-18], 上班: [2026-08-22], 已公布: []}",
			done:    func(_ string, n node) { r.calendar(n, workday.Overrides{Off: off, Work: work, Final: final}) }}},
		{Name: "仅要素", Note: "公开版只显示要素的渠道和办理类别", Optional: true, To: Restricted(r.readRestricted)},
		{Name: "签名", Note: "是否要求提交带签名", Optional: true, Values: []string{"要求", "不要求"}, To: Section{
			Keys: []Key{
				{Name: "要求", Optional: true},
				{Name: "签名人", Optional: true, To: &c.Signature.Signers, check: r.keyFile},
				{Name: "平台签名", Optional: true, To: &c.Signature.PlatformKey, check: r.keyFile},
			},
			done: r.signature}},
		{Name: "签名人", Note: "签名人名单的路径", Optional: true, To: &c.Signature.Signers, check: r.keyFile},
		{Name: "平台签名", Note: "网页提交所用平台密钥的路径", Optional: true,
			To: &c.Signature.PlatformKey, check: r.keyFile},
		{Name: "考评", Optional: true, To: Section{
			Keys: c.Appraisal.keys(), Free: true, done: r.checkWeights,
			wrong: "“考评”应逐行写成“项目: 分值”", example: "考评:\n  超期未办: 2"}},
		{Name: "网页提交", Note: "表单和命令怎样把一步交到平台", Optional: true, To: Section{
			Keys: []Key{
				{Name: "平台", Optional: true, Values: []string{"GitLab", "Gitea", "Forgejo"}, To: &c.Forms.Platform},
				{Name: "地址", Optional: true, Pattern: "^https?://", To: &c.Forms.URL, check: r.url,
					Note: "平台的网址，与“网址”不同时填写"},
				{Name: "应用编号", Optional: true, To: &c.Forms.App, Note: "平台上登记的应用的编号，不填则只供复制"},
				{Name: "自动合并", Optional: true, To: &c.Forms.Auto,
					Note: "检查通过就自动合并的步骤，如 接收办理；服务器装了钩子才能用"},
			},
			wrong:   "“网页提交”应写成“平台”“地址”“应用编号”“自动合并”四项",
			example: "网页提交: {自动合并: [接收办理]}"}},
		{Name: "历史更替", Optional: true, Needed: []string{"旧", "新", "原因"}, To: Entry(r.rewriting),
			Note: "清理历史（如移除误入的个人信息）前后的提交，供核对以前记下的留痕编号"},
		{Name: "忽略", Note: "不再提示的问题，须写明原因", Optional: true, To: Entry(r.ignore)},
		{Name: "落地时间", Note: "提交编号: 实际入库时间，用于时钟出错的时候", Optional: true, To: &c.LandedAt},
	}
}

// oneOf is a value to paste where one of several is to be chosen.
func oneOf(values []string) string {
	if len(values) == 2 {
		return values[0] + "（或 " + values[1] + "）"
	}
	return "〔请填：" + strings.Join(values, "、") + "〕"
}
