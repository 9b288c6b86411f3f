package doctor

import (
	"cmp"
	"strings"
)

// server are the checks of a bare repository that others push to.
func server() []Check {
	return []Check{
		{"hook-receive", Server, "把关的钩子", func(p *Patient, tell func(State, string, string)) {
			p.hook("pre-receive", Mend, tell)
		}},
		{"force-push", Server, "不许改写主分支", func(p *Patient, tell func(State, string, string)) {
			p.denies(tell, "denynonfastforwards", "receive.denyNonFastForwards", "强行推送能改写历史")
		}},
		{"deletion", Server, "不许删除分支", func(p *Patient, tell func(State, string, string)) {
			p.denies(tell, "denydeletes", "receive.denyDeletes", "推送能删除主分支")
		}},
		{"aliases", Server, "主分支没有别名", func(p *Patient, tell func(State, string, string)) {
			if list := p.Repo.Aliases(p.mainBranch()); len(list) > 0 {
				tell(Consider, "分支 "+strings.Join(list, "、")+" 是主分支的别名：往它推送就是往主分支推送",
					"没有人用的，执行 git symbolic-ref -d refs/heads/别名；钩子对它同样把关")
			}
		}},
		{"head", Server, "HEAD 指向主分支", func(p *Patient, tell func(State, string, string)) {
			if head, err := p.Repo.HeadBranch(); err == nil && head != p.mainBranch() {
				tell(Mend, "HEAD 指向 "+head+"，suqiu.yaml 写的主分支是 "+p.mainBranch(),
					"执行 git symbolic-ref HEAD refs/heads/"+p.mainBranch())
			}
		}},
		{"auto-merge", Server, "自动合并有钩子把关", func(p *Patient, tell func(State, string, string)) {
			if p.readable() && len(p.Config.Forms.Auto) > 0 {
				p.hook("pre-receive", Mend, tell)
			}
		}},
	}
}

func (p *Patient) mainBranch() string {
	if p.Config == nil {
		return "main"
	}
	return cmp.Or(p.Config.MainBranch, "main")
}

// denies tells of a push that the server's Git would take; the hook refuses it too,
// where it is installed.
func (p *Patient) denies(tell func(State, string, string), key, name, what string) {
	if v, ok := p.Repo.Setting(p.Settings, "receive", key); !ok || v != "true" {
		tell(Consider, "没有设 "+name+"："+what+"，只有钩子挡着", "执行 git config "+name+" true；GitLab 上设保护分支")
	}
}
