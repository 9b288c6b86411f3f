package config

import (
	"slices"
	"strings"

	"suqiu/internal/yamltext"
)

func roles() []Role { return []Role{Office, Supervisor, Callback, County} }

func (r *reader) readUnits(n *yamltext.Node) {
	for _, i := range r.items("单位", n) {
		r.known(i.node, i.at, "名称", "代码", "别名", "邮箱", "渠道", "角色")
		u := Unit{
			Name:     r.text(i, "名称"),
			Code:     r.text(i, "代码"),
			Aliases:  texts(r.list(i, "别名")),
			Channels: texts(r.list(i, "渠道")),
			Roles:    r.roles(i),
		}
		for _, w := range r.list(i, "邮箱") {
			if address, ok := r.address(w); ok {
				u.Emails = append(u.Emails, address)
			}
		}
		switch {
		case u.Name == "":
			r.tell("key-missing", join(i.at, "名称"), i.node, "这个单位没有“名称”", "名称: 〔请填：单位全称，如 纳税服务科〕")
			continue
		case u.Code == "":
			r.tell("key-missing", join(i.at, "代码"), i.node, "“"+u.Name+"”没有“代码”", "代码: 〔请填：用于诉求编号的大写字母，如 NSFWK〕")
		case !IsCode(u.Code):
			r.tell("value-type", join(i.at, "代码"), i.value("代码"), "“"+u.Name+"”的“代码”应由大写字母和数字组成，现为“"+u.Code+"”", "代码: "+suggestCode(u.Code))
		}
		r.c.Units = append(r.c.Units, u)
		r.units = append(r.units, i)
	}
}

// IsCode reports whether a text can be the 代码 of a unit: upper-case letters and
// digits.
func IsCode(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(c rune) bool { return (c < 'A' || c > 'Z') && (c < '0' || c > '9') })
}

func suggestCode(s string) string {
	if upper := strings.ToUpper(s); IsCode(upper) {
		return upper
	}
	return "NSFWK"
}

func (r *reader) readPeople(n *yamltext.Node) {
	for _, i := range r.items("人员", n) {
		r.known(i.node, i.at, "邮箱", "账号", "单位", "角色", "起", "止")
		p := Person{Account: r.text(i, "账号"), Unit: r.text(i, "单位"), Roles: r.roles(i), From: r.date(i, "起"), To: r.date(i, "止")}
		typed := r.text(i, "邮箱")
		if typed == "" {
			r.tell("key-missing", join(i.at, "邮箱"), i.node, "“人员”的这一条没有“邮箱”", "邮箱: lin@nsfwk.example")
			continue
		}
		at := word{typed, join(i.at, "邮箱"), i.value("邮箱")}
		address, ok := r.address(at)
		switch {
		case !ok:
			continue
		case strings.ContainsRune(address, '*'):
			r.tell("value-type", at.key, at.at, "“人员”的“邮箱”应是一个人的地址，不能用 *，现为“"+typed+"”", "整个单位的邮箱写在“单位”的“邮箱”里")
			continue
		}
		p.Email = address
		if p.From != 0 && p.To != 0 && p.To < p.From {
			r.tell("date-invalid", join(i.at, "止"), i.value("止"), "“止”（"+p.To.String()+"）早于“起”（"+p.From.String()+"）", "核对起止日期")
		}
		r.c.People = append(r.c.People, p)
		r.members = append(r.members, i)
	}
}

func (r *reader) roles(i item) []Role {
	var list []Role
	for _, w := range r.list(i, "角色") {
		role := Role(w.text)
		if !slices.Contains(roles(), role) {
			r.tell("value-enum", w.key, w.at, "“"+w.text+"”不是角色", "角色只能是：联席办、监督考评、回访、旗县；没有特别职责的单位不填")
			continue
		}
		list = append(list, role)
	}
	return list
}

// address reads an e-mail address in lower case: lin@nsfwk.example, or the
// pattern *@nsfwk.example for a whole domain, *@*.nsfwk.example for every
// domain below it.
func (r *reader) address(w word) (string, bool) {
	address := strings.ToLower(w.text)
	local, domain, ok := strings.Cut(address, "@")
	bare := strings.TrimPrefix(domain, "*.")
	// Platforms call their machines renovate[bot] or 1234+renovate[bot].
	plain := strings.TrimSuffix(local, "[bot]") + "@" + domain
	switch {
	case !ok, local == "", bare == "", strings.HasPrefix(bare, "."), strings.HasSuffix(bare, "."):
	case strings.ContainsAny(bare, "*@"), local != "*" && (strings.ContainsRune(local, '*') || bare != domain):
	case plain[0] == '@', strings.ContainsFunc(plain, func(c rune) bool { return c <= ' ' || c > '~' || strings.ContainsRune(",;<>()[]\"\\", c) }):
	default:
		return address, true
	}
	r.tell("value-type", w.key, w.at, "“"+w.text+"”不是邮箱地址", "写成 lin@nsfwk.example；整个单位写成 \"*@nsfwk.example\"（带引号）")
	return "", false
}

// crossCheck tells of names that stand twice, of units that nobody knows, and
// of what nobody could do.
func (r *reader) crossCheck() {
	owner := map[string]string{}
	var names []string
	for n, u := range r.c.Units {
		i := r.units[n]
		claim := func(key, name string) {
			at := i.value(key)
			if at == nil {
				at = i.node
			}
			switch other, taken := owner[name]; {
			case name == "":
			case taken && name == u.Name:
				r.tell("key-duplicate", join(i.at, key), at, "单位“"+name+"”写了两次", "请合并为一处，或者改用别的名称")
			case taken:
				r.tell("key-duplicate", join(i.at, key), at, "“"+name+"”已经是“"+other+"”的名称、代码或别名", "请改用别的"+key+"，或者删去一处")
			default:
				owner[name] = u.Name
				names = append(names, name)
			}
		}
		claim("名称", u.Name)
		claim("代码", u.Code)
		for _, alias := range u.Aliases {
			claim("别名", alias)
		}
	}
	for n, p := range r.c.People {
		i := r.members[n]
		switch {
		case p.Unit == "":
			r.tell("key-missing", join(i.at, "单位"), i.node, "“人员”的“"+p.Email+"”没有“单位”", "单位: 〔请填：单位名称〕")
		case owner[p.Unit] == "":
			fix := "改为“单位”中的名称、代码或别名"
			if near := nearestOf(p.Unit, names, func(name string) string { return owner[name] }); near != "" {
				fix = "是否应为“" + near + "”？" + fix
			}
			r.tell("unit-unknown", join(i.at, "单位"), i.value("单位"), "“"+p.Unit+"”不在“单位”里", fix)
		}
	}
	if r.c.Signature.Required && r.c.Signature.Signers == "" && r.c.Signature.PlatformKey == "" {
		r.tell("key-missing", "签名人", r.signed, "要求签名，但没有写明凭什么核对", "填写“签名人”（仓库中签名人名单的路径，如 keys/signers）或“平台签名”（GitLab 为网页提交签名的公钥）")
	}
	r.checkOffice()
}

// checkOffice tells when addresses are given but nobody is 联席办: then nobody
// could push, review or decide anything.
func (r *reader) checkOffice() {
	office, addressed := false, len(r.c.People) > 0
	for i := range r.c.Units {
		u := &r.c.Units[i]
		office = office || u.Has(Office)
		addressed = addressed || len(u.Emails) > 0
	}
	for _, p := range r.c.People {
		office = office || slices.Contains(p.Roles, Office)
	}
	if addressed && !office && len(r.c.Units) > 0 {
		r.tell("key-missing", "单位[0].角色", r.units[0].node, "没有一个单位或人员担任“联席办”，无法推送、审核和决定", "在联席会议办公室所在的单位写：角色: [联席办, 监督考评]")
	}
}
