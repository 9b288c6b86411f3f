package rules

import (
	"suqiu/internal/problem"
	"suqiu/internal/register"
	"suqiu/internal/seal"
)

// badSeals are the signatures of seals that prove nothing.
func (p *run) badSeals(tell func(problem.Problem)) {
	p.eachSeal(tell, func(s register.Seal, told func(path, message, fix string)) {
		for _, v := range s.Verdicts {
			if v.Flaw != nil {
				told(v.Path, "封存 "+s.Path+" 的签名不能证明是 "+v.Code+" 的："+v.Flaw.Why,
					"请其重新会签（suqiu seal --cosign）；换了钥匙的，名单里给旧钥匙写 valid-before，不要删去")
			}
		}
	})
}

// unsignedSeals are those that anybody could have written.
func (p *run) unsignedSeals(tell func(problem.Problem)) {
	p.eachSeal(tell, func(s register.Seal, told func(path, message, fix string)) {
		if len(s.Verdicts) == 0 {
			told(s.Path, "封存 "+s.Path+" 没有签名，谁都可以写一个", "用 suqiu seal 封存，它同时签名")
		}
	})
}

func (p *run) eachSeal(tell func(problem.Problem), look func(register.Seal, func(path, message, fix string))) {
	for _, s := range p.Seals {
		look(s, func(path, message, fix string) {
			tell(problem.Problem{Path: path, Line: 1, Column: 1, EndLine: 1, Unit: p.Config.OfficeUnit(),
				Key: seal.Folder, Message: message, Fix: fix, New: p.Request && s.Touched})
		})
	}
}
