package provenance

import (
	"cmp"
	"errors"
	"path"

	"suqiu/internal/config"
	"suqiu/internal/git"
	"suqiu/internal/problem"
	"suqiu/internal/signature"
)

// KeyFile is what is wrong with the keys that signatures are judged by.
type KeyFile struct {
	Path     string
	Problems []problem.Problem
	Touched  bool // the request under --base brings it
}

// KeyFiles judges the files that 签名 names as they stand at the head, those of
// a request too, though nothing is judged by them.
func (in *In) KeyFiles(guarded []Guarded, source func(path string) ([]byte, error)) (list []KeyFile) {
	cfg := cmp.Or(in.Settings.Proposed, in.Settings.Config)
	policy := cfg.Signature
	if !policy.Required {
		return nil
	}
	changed := map[string]bool{}
	for _, g := range guarded {
		if in.History.Landings[g.Landing].Pending {
			changed[g.Path] = true
		}
	}
	tell := func(name, key, message, fix string, line int) {
		p := problem.Problem{Rule: "value-type", Key: key, Line: line, Column: min(line, 1), EndLine: line,
			Message: message, Fix: fix}
		list = append(list, KeyFile{Path: name, Problems: []problem.Problem{p}, Touched: changed[name]})
	}
	read := func(key, name string) []byte {
		name = path.Clean(name)
		data, err := source(name)
		if errors.Is(err, git.ErrNoFile) {
			tell(config.Path, key, "“"+key+"”所指的文件 "+name+" 在仓库中不存在，谁的签名都无法核对",
				"写仓库中的路径，例如 "+key+": keys/"+map[string]string{"签名人": "signers",
					"平台签名": "platform.pub"}[key], 0)
		}
		return data
	}
	if policy.Signers != "" {
		if src := read("签名人", policy.Signers); src != nil {
			name := path.Clean(policy.Signers)
			list = append(list, KeyFile{Path: name, Problems: signature.ParseSigners(src).Problems,
				Touched: changed[name]})
		}
	}
	switch text := policy.PlatformKey; {
	case text == "":
	case signature.IsKey(text):
		if _, err := signature.ParseKeys([]byte(text)); err != nil {
			tell(config.Path, "平台签名", "“平台签名”中的"+err.Error(),
				"把平台的公钥整行复制过来，例如 平台签名: ssh-ed25519 AAAA…", 0)
		}
	default:
		if src := read("平台签名", text); src != nil {
			if _, err := signature.ParseKeys(src); err != nil {
				tell(path.Clean(text), "", "平台签名文件中："+err.Error(),
					"放入平台的公钥：GitLab 的 /api/v4/web_commits/public_key 给出的内容，或一行 ssh-ed25519 AAAA…", 1)
			}
		}
	}
	return list
}
