package config

import (
	"slices"
	"strings"
)

// Roles are all roles that a unit can have.
func Roles() []Role { return []Role{Office, Supervisor, Callback, County} }

// unit is one entry of 单位.
func (r *reader) unit(i Item) ([]Key, func()) {
	var u Unit
	return []Key{
			{Name: "名称", Note: "全称", To: &u.Name},
			{Name: "代码", Note: "大写字母和数字，用于编号，启用后不改", Pattern: "^[A-Z0-9]+$", To: &u.Code},
			{Name: "别名", Note: "大家习惯写的简称", Optional: true, To: &u.Aliases},
			{Name: "邮箱", Note: "提交用的邮箱；整个单位写成 \"*@nsfwk.example\"", Optional: true,
				To: &u.Emails, check: r.address},
			{Name: "渠道", Note: "本单位负责收集的渠道（制度三(二)）", Optional: true, To: &u.Channels},
			{Name: "角色", Optional: true, To: &u.Roles},
		}, func() {
			switch {
			case u.Name == "":
				r.tell("key-missing", join(i.at, "名称"), i.node, "这个单位没有“名称”",
					"名称: 〔请填：单位全称，如 纳税服务科〕")
				return
			case u.Code == "":
				r.tell("key-missing", join(i.at, "代码"), i.node, "“"+u.Name+"”没有“代码”",
					"代码: 〔请填：用于诉求编号的大写字母，如 NSFWK〕")
			case !IsCode(u.Code):
				r.tell("value-type", join(i.at, "代码"), i.value("代码"),
					"“"+u.Name+"”的“代码”应由大写字母和数字组成，现为“"+u.Code+"”", "代码: "+suggestCode(u.Code))
			}
			r.c.Units = append(r.c.Units, u)
			r.units = append(r.units, i)
		}
}

// IsCode reports whether a text can be the 代码 of a unit: upper-case letters and
// digits.
func IsCode(s string) bool {
	return s != "" && !strings.ContainsFunc(s,
		func(c rune) bool { return (c < 'A' || c > 'Z') && (c < '0' || c > '9') })
}

func suggestCode(s string) string {
	if upper := strings.ToUpper(s); IsCode(upper) {
		return upper
	}
	return "NSFWK"
}

// person is one entry of 人员.
func (r *reader) person(i Item) ([]Key, func()) {
	var p Person
	return []Key{
			{Name: "邮箱"},
			{Name: "账号", Optional: true, To: &p.Account,
				Note: "本人在 GitLab（或 Gitea、Forgejo）上的用户名，服务器据此核对提交人与推送人"},
			{Name: "单位", To: &p.Unit},
			{Name: "角色", Optional: true, To: &p.Roles},
			{Name: "起", Note: "不写为一直", Optional: true, To: &p.From},
			{Name: "止", Note: "含当日，不写为至今", Optional: true, To: &p.To},
		}, func() {
			if p.Email = r.personal(i); p.Email == "" {
				return
			}
			if p.From != 0 && p.To != 0 && p.To < p.From {
				r.tell("date-invalid", join(i.at, "止"), i.value("止"),
					"“止”（"+p.To.String()+"）早于“起”（"+p.From.String()+"）", "核对起止日期")
			}
			r.c.People = append(r.c.People, p)
			r.members = append(r.members, i)
		}
}

// personal is the address of an entry of 人员; empty if it has none that can be
// one person's.
func (r *reader) personal(i Item) string {
	w := word{r.text(i, "邮箱"), join(i.at, "邮箱"), i.value("邮箱")}
	if w.text == "" {
		r.tell("key-missing", w.key, i.node, "“人员”的这一条没有“邮箱”", "邮箱: lin@nsfwk.example")
		return ""
	}
	address, _ := r.address(w)
	if strings.ContainsRune(address, '*') {
		r.tell("value-type", w.key, w.at, "“人员”的“邮箱”应是一个人的地址，不能用 *，现为“"+w.text+"”",
			"整个单位的邮箱写在“单位”的“邮箱”里")
		return ""
	}
	return address
}

func (r *reader) roles(key string, n node) []Role {
	var list []Role
	for _, w := range r.words(key, n) {
		if !slices.Contains(Roles(), Role(w.text)) {
			r.tell("value-enum", w.key, w.at, "“"+w.text+"”不是角色",
				"角色只能是：联席办、监督考评、回访、旗县；没有特别职责的单位不填")
			continue
		}
		list = append(list, Role(w.text))
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
	case plain[0] == '@', strings.ContainsFunc(plain,
		func(c rune) bool { return c <= ' ' || c > '~' || strings.ContainsRune(",;<>()[]\"\\", c) }):
	default:
		return address, true
	}
	r.tell("value-type", w.key, w.at, "“"+w.text+"”不是邮箱地址",
		"写成 lin@nsfwk.example；整个单位写成 \"*@nsfwk.example\"（带引号）")
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
				r.tell("key-duplicate", join(i.at, key), at, "“"+name+"”已经是“"+other+"”的名称、代码或别名",
					"请改用别的"+key+"，或者删去一处")
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
			r.tell("key-missing", join(i.at, "单位"), i.node, "“人员”的“"+p.Email+"”没有“单位”",
				"单位: 〔请填：单位名称〕")
		case owner[p.Unit] == "":
			fix := "改为“单位”中的名称、代码或别名"
			if near := nearestOf(p.Unit, names, func(name string) string { return owner[name] }); near != "" {
				fix = "是否应为“" + near + "”？" + fix
			}
			r.tell("unit-unknown", join(i.at, "单位"), i.value("单位"), "“"+p.Unit+"”不在“单位”里", fix)
		}
	}
	if r.c.Signature.Required && r.c.Signature.Signers == "" && r.c.Signature.PlatformKey == "" {
		r.tell("key-missing", "签名人", r.signed, "要求签名，但没有写明凭什么核对",
			"填写“签名人”（仓库中签名人名单的路径，如 keys/signers）或“平台签名”（GitLab 为网页提交签名的公钥）")
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
		r.tell("key-missing", "单位[0].角色", r.units[0].node, "没有一个单位或人员担任“联席办”，无法推送、审核和决定",
			"在联席会议办公室所在的单位写：角色: [联席办, 监督考评]")
	}
}
