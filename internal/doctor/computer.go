package doctor

import (
	"os"
	"path/filepath"
	"strings"

	"suqiu/internal/gate"
	"suqiu/internal/mainline"
	"suqiu/internal/workday"
)

// computer are the checks of a clone in which somebody works.
func computer() []Check {
	return []Check{
		{"git-missing", Computer, "装有 Git", func(p *Patient, tell func(State, string, string)) {
			if !p.Finds("git") {
				tell(Mend, "找不到 git 程序：suqiu step、new 和推送都要用它", "安装 Git（Windows 用 Git for Windows）")
			}
		}},
		{"identity", Computer, "提交人已登记", identity},
		{"hook-commit", Computer, "提交前的钩子", func(p *Patient, tell func(State, string, string)) {
			p.hook("pre-commit", Consider, tell)
		}},
		{"line-ends", Computer, "换行不被改动", func(p *Patient, tell func(State, string, string)) {
			if v, ok := p.Repo.Setting(p.Settings, "core", "autocrlf"); ok && v == "true" &&
				p.File(".gitattributes") == nil {
				tell(Consider, "core.autocrlf 为 true，仓库又没有 .gitattributes：每次提交都可能改动全部换行",
					"请联席办把 suqiu init 写的 .gitattributes 放进仓库；本机可执行 git config core.autocrlf input")
			}
		}},
		{"signing", Computer, "签名用的钥匙", signing},
		{"behind", Computer, "主分支够新", func(p *Patient, tell func(State, string, string)) {
			if n := len(p.Landings); n > 0 {
				if days := int(p.today() - workday.Of(p.Landings[n-1].At)); days > staleDays {
					tell(Consider, "本机看到的主分支最后一次入库是 "+count(days)+" 天以前", "执行 git fetch 后再看")
				}
			}
		}},
		{"cache", Computer, "缓存写得进", cache},
	}
}

// staleDays is how old a main branch is that has probably not been fetched.
const staleDays = 14

func identity(p *Patient, tell func(State, string, string)) {
	switch {
	case p.Anonymous:
		tell(Mend, "git 不知道提交人是谁", "执行 git config user.name 姓名 和 git config user.email 本单位邮箱")
	case p.readable() && p.Config.HasAddresses() && !p.Config.Knows(p.Email):
		tell(Mend, "提交人邮箱 "+p.Email+" 没有登记在 suqiu.yaml 中，不知道是哪个单位",
			"执行 git config user.email 写本单位登记的邮箱；新来的，请联席办登记到“人员”")
	}
}

func signing(p *Patient, tell func(State, string, string)) {
	if !p.readable() || !p.Config.Signature.Required {
		return
	}
	if _, ok := p.Repo.Setting(p.Settings, "user", "signingkey"); !ok {
		tell(Consider, "suqiu.yaml 要求签名，本机没有设置签名钥匙：只能在网页上提交",
			"执行 git config gpg.format ssh 和 git config user.signingKey 私钥文件，公钥请联席办登记")
	}
	if !p.Finds("ssh-keygen") {
		tell(Consider, "找不到 ssh-keygen：签不了名", "安装 OpenSSH")
	}
}

func cache(p *Patient, tell func(State, string, string)) {
	dir := mainline.Kept(p.Repo, "").Path
	err := os.MkdirAll(dir, 0o777)
	if err == nil {
		var f *os.File
		if f, err = os.CreateTemp(dir, ".doctor-*"); err == nil {
			f.Close()
			err = os.Remove(f.Name())
		}
	}
	if err != nil {
		tell(Consider, "写不了缓存（"+err.Error()+"）：每次都从头读历史",
			"让运行 suqiu 的用户能写 "+filepath.ToSlash(dir))
	}
}

// hook tells of a hook that is not there, or not this version's.
func (p *Patient) hook(name string, missing State, tell func(State, string, string)) {
	file := filepath.Join(p.Repo.HooksDir(p.Settings, p.Home), name)
	install := "执行 suqiu hook install"
	switch found, err := gate.Look(file, p.Program); {
	case err != nil:
		tell(missing, "读不了钩子 "+file+"："+err.Error(), install)
	case found == gate.None:
		tell(missing, "没有装钩子 "+name, install)
	case found == gate.Foreign:
		tell(missing, "钩子 "+file+" 不是 suqiu 的，其中也没有运行 suqiu hook "+name, install+"，按它说的加一行")
	case found == gate.Outdated:
		tell(Consider, "钩子 "+file+" 是别的版本写的，或者指向另一个程序", install+" 更新")
	}
	if info, err := os.Stat(file); err == nil && !strings.HasSuffix(p.Program, ".exe") && info.Mode()&0o111 == 0 {
		tell(Mend, "钩子 "+file+" 没有执行权限，Git 不运行它", "执行 chmod +x "+file)
	}
}
