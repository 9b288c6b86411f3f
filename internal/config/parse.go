package config

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"suqiu/internal/problem"
	"suqiu/internal/workday"
	"suqiu/internal/yamltext"
)

// DefaultRestricted are the channels and categories of which the 公开 edition shows
// only 要素 where suqiu.yaml has no 仅要素.
func DefaultRestricted() []string {
	return []string{"投诉", "信访", "巡查", "各类督审检查", "网络舆情", "侵害权益类", "服务言行类"}
}

// Parse reads one version of suqiu.yaml. It never fails: what cannot be read
// keeps its default and is told of in Problems, in file order. The path names
// the file in messages alone.
func Parse(path string, src []byte) *Config {
	r := newReader()
	defer r.c.index()
	if !r.readText(path, src) {
		return r.c
	}
	root, problems := yamltext.Parse(bytes.TrimPrefix(src, []byte("\xef\xbb\xbf")), 1)
	r.c.Problems = problems
	r.read(r.keys(), root, "")
	for _, key := range []string{"名称", "单位"} {
		if f := root.Get(key); f == nil || empty(f.Value) {
			r.tell("key-missing", key, nil, path+" 缺少“"+key+"”", "补上“"+key+"”并填写")
		}
	}
	r.crossCheck()
	r.checkRestricted()
	r.doubtRestricted()
	r.judgeReading(path)
	slices.SortStableFunc(r.c.Problems, func(a, b problem.Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return r.c
}

// reader fills a Config from nodes and collects what is wrong with them. It
// remembers the places of what is checked against each other at the end.
type reader struct {
	c       *Config
	units   []Item
	members []Item // of 人员, parallel to c.People
	signed  node
	// newer is set where a later version wrote the file.
	newer *Unreadable
	// restricted are the words of 仅要素.
	restricted []word
}

func newReader() *reader {
	return &reader{c: &Config{
		MainBranch: "main", Grace: 1, Limits: DefaultLimits(), Appraisal: DefaultAppraisal(),
		Restricted: DefaultRestricted(),
		LandedAt:   map[string]string{},
	}}
}

func (r *reader) format(key string, n node) {
	v := r.scalar(key, n)
	known := strconv.Itoa(KnownFormat)
	number, err := strconv.Atoi(v)
	switch {
	case v == "":
	case number <= KnownFormat && (err != nil || number < 0): // of too many digits Atoi says the most there are
		r.tell("value-enum", key, n, "“格式”为“"+v+"”，应为 "+known, "改为 格式: "+known)
	case number > KnownFormat:
		cure := "请换用支持格式 " + v + " 的 suqiu（suqiu --version 写明支持的格式）；写错了的，改为 格式: " + known
		r.tell("value-enum", key, n, "“格式”为“"+v+"”，本版本 suqiu 只支持到格式 "+known, cure)
		r.newer = &Unreadable{Cure: cure,
			What: "“格式”为“" + v + "”，由更新的版本写成，本版本 suqiu 只支持到格式 " + known}
	default:
		r.c.Format = number
	}
}

// readRestricted reads 仅要素. Left empty it keeps its default; [] is nothing. What
// it names must be a channel of a unit or a category, or everything is withheld:
// of a word that nobody knows nobody knows what it was to keep back.
func (r *reader) readRestricted(key string, n node) {
	if n.Kind == yamltext.Scalar && empty(n) {
		return
	}
	before := len(r.c.Problems)
	r.restricted = r.words(key, n)
	r.c.Restricted = texts(r.restricted)
	r.c.Withholds = r.c.Withholds || len(r.c.Problems) > before
}

// checkRestricted tells of words of 仅要素 that are neither channel nor category.
func (r *reader) checkRestricted() {
	known := categories()
	for _, u := range r.c.Units {
		known = append(known, u.Channels...)
	}
	known = append(known, DefaultRestricted()...)
	for _, w := range r.restricted {
		if slices.Contains(known, w.text) {
			continue
		}
		r.c.Withholds = true
		fix := "改为“单位”中的一个渠道，或者办理类别：" + strings.Join(categories(), "、")
		if near := nearest(w.text, known); near != "" {
			fix = "是否应为“" + near + "”？" + fix
		}
		r.tell("channel-unknown", w.key, w.at, "“仅要素”中的“"+
			w.text+"”既不是渠道，也不是办理类别；改好之前，公开版不显示没有写“公开范围: 全文”的事项", fix)
	}
}

// doubtRestricted withholds where 仅要素 may stand under a key that nobody knows,
// or stands twice.
func (r *reader) doubtRestricted() {
	for _, p := range r.c.Problems {
		switch {
		case p.Rule == "key-duplicate" && p.Key == "仅要素", p.Rule == "key-unknown" && !strings.Contains(p.Key, ".") &&
			(strings.Contains(p.Key, "要素") || nearest(p.Key, []string{"仅要素"}) != ""):
			r.c.Withholds = true
		}
	}
}

// categories are the 办理类别 of the regulation, 三(三).
func categories() []string {
	return []string{"政策业务类", "系统技术类", "征管流程类", "服务言行类", "服务质效类", "侵害权益类", "其他类"}
}

func (r *reader) branch(w word) (string, bool) {
	v := w.text
	if strings.ContainsAny(v, " \t~^:?*[\\") || strings.Contains(v, "..") ||
		strings.HasPrefix(v, "-") || strings.HasPrefix(v, "/") {
		r.tell("value-type", w.key, w.at, "“主分支”不能是“"+v+"”", "主分支: main")
		return "", false
	}
	return strings.TrimPrefix(v, "refs/heads/"), true
}

func (r *reader) url(w word) (string, bool) {
	u := strings.TrimRight(w.text, "/")
	if u == "" {
		return "", false
	}
	if !strings.HasPrefix(u, "http://") && !strings.HasPrefix(u, "https://") || strings.ContainsAny(u, " \t\"'<>") {
		r.tell("value-type", w.key, w.at, "“"+name(w.key)+"”应以 http:// 或 https:// 开头，现为“"+u+"”",
			name(w.key)+": https://gitlab.example/局/suqiu")
		return "", false
	}
	return u, true
}

func (r *reader) baseline(w word) (string, bool) {
	if !isHash(w.text) {
		r.tell("value-type", w.key, w.at, "“基线”应是一个提交的编号（7 至 64 位十六进制），现为“"+w.text+"”",
			"在 GitLab 的提交页面复制完整编号")
		return "", false
	}
	return strings.ToLower(w.text), true
}

// isHash reports whether s may name a commit: 7 to 64 hexadecimal digits.
func isHash(s string) bool {
	return len(s) >= 7 && len(s) <= 64 && !strings.ContainsFunc(s, func(c rune) bool {
		return (c < '0' || c > '9') && (c < 'a' || c > 'f') && (c < 'A' || c > 'F')
	})
}

// signature reads 签名: 要求 or 不要求. The paths of 签名人 and 平台签名 may
// stand below it or beside it.
func (r *reader) signature(key string, n node) {
	policy := n
	if n.Kind == yamltext.Map {
		if policy = (Item{n, key}).value("要求"); policy == nil {
			r.c.Signature.Required, r.signed = true, n
			return
		}
	}
	switch v := r.scalar(key, policy); v {
	case "", "不要求", "否":
	case "要求", "是":
		r.c.Signature.Required, r.signed = true, n
	default:
		r.tell("value-enum", key, policy, "“签名”应为“要求”或“不要求”，现为“"+v+"”", "签名: 不要求")
	}
}

// keyFile takes the path of a file of the repository that holds keys; 平台签名
// may be a key itself. Below cases/ stands nothing but cases.
func (r *reader) keyFile(w word) (string, bool) {
	s := w.text
	if strings.HasPrefix(s, "/") || strings.Contains(s, "\\") || strings.HasPrefix(s, "cases/") ||
		slices.Contains(strings.Split(s, "/"), "..") {
		r.tell("value-type", w.key, w.at, "“"+name(w.key)+"”应是本仓库中的文件，且不在 cases/ 下，现为“"+s+"”",
			name(w.key)+": keys/signers")
		return "", false
	}
	return s, true
}

// ignore is one entry of 忽略.
func (r *reader) ignore(i Item) ([]Key, func()) {
	var ig Ignore
	return []Key{
			{Name: "规则", To: &ig.Rule},
			{Name: "路径", Optional: true, To: &ig.Path},
			{Name: "原因", To: &ig.Reason},
		}, func() {
			if ig.Rule == "" || ig.Reason == "" {
				r.tell("key-missing", i.at, i.node, "“忽略”的每一条都要写明“规则”和“原因”",
					"写全“规则”“路径”“原因”三项；没有原因的不予忽略")
				return
			}
			r.c.Ignores = append(r.c.Ignores, ig)
		}
}

// landingLayouts are the forms of a time in 落地时间; without a zone it is
// Shanghai's.
func landingLayouts() []string {
	return []string{time.RFC3339, "2006-01-02 15:04:05", "2006-01-02 15:04"}
}

func (r *reader) landings(key string, n node) {
	if n.Kind != yamltext.Map {
		r.tell("value-type", key, n, "“落地时间”应逐行写成“提交编号: 时间”", "3f2a9c1: 2026-09-18 10:30")
		return
	}
	for _, f := range n.Fields {
		key := join(key, f.Key)
		if !isHash(f.Key) {
			r.tell("value-type", key, &yamltext.Node{Line: f.Line, Column: f.Column, EndLine: f.Line},
				"“"+f.Key+"”不是提交的编号（7 至 64 位十六进制）", "在 GitLab 的提交页面复制完整编号")
			continue
		}
		v := r.scalar(key, f.Value)
		readable := slices.ContainsFunc(landingLayouts(), func(layout string) bool {
			_, err := time.ParseInLocation(layout, v, workday.Shanghai)
			return err == nil
		})
		if !readable {
			r.tell("date-invalid", key, f.Value, "“"+v+"”不是时间", f.Key+": 2026-09-18 10:30")
			continue
		}
		r.c.LandedAt[f.Key] = v
	}
}
