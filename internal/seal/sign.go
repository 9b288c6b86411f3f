package seal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Signer makes SSH signatures with the program that Git has them made by, so that
// agents, passphrases and keys in hardware serve as they do for commits.
type Signer struct {
	Dir     string   // in the repository; any folder where there is none
	Environ []string // nil: this program's
	Key     string   // file of the private or public key; empty: Git's user.signingKey
}

// Sign signs a text.
func (s Signer) Sign(ctx context.Context, text string) ([]byte, error) {
	key, clean, err := s.key(ctx)
	if err != nil {
		return nil, err
	}
	defer clean()
	out, err := s.run(ctx, text, "ssh-keygen", "-q", "-Y", "sign", "-n", "git", "-f", key)
	if err != nil {
		return nil, fmt.Errorf("没有签成：%w", err)
	}
	return out, nil
}

// key is the file of the key; clean takes away what was written for it.
func (s Signer) key(ctx context.Context) (file string, clean func(), err error) {
	clean = func() {}
	if s.Key != "" {
		return s.Key, clean, nil
	}
	out, err := s.run(ctx, "", "git", "config", "--type=path", "user.signingKey")
	key := strings.TrimSpace(string(out))
	switch {
	case err != nil || key == "":
		return "", clean, errors.New("不知道用哪把钥匙签名：用 --key 写明私钥文件，或者先运行 " +
			"git config user.signingKey 私钥文件")
	case strings.HasPrefix(key, "key::"):
		key = strings.TrimPrefix(key, "key::")
	case !strings.HasPrefix(key, "ssh-"):
		return key, clean, nil
	}
	// The public key itself: its private half is with an agent.
	dir, err := os.MkdirTemp("", "suqiu-seal-")
	if err != nil {
		return "", clean, err
	}
	file = filepath.Join(dir, "key.pub")
	return file, func() { os.RemoveAll(dir) }, os.WriteFile(file, []byte(key+"\n"), 0o600)
}

func (s Signer) run(ctx context.Context, stdin, program string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir, cmd.Env, cmd.Stdin = s.Dir, s.Environ, strings.NewReader(stdin)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if errors.Is(err, exec.ErrNotFound) {
		return nil, fmt.Errorf("没有装 %s：请安装 OpenSSH 和 Git", program)
	}
	if err != nil {
		if said := strings.TrimSpace(errs.String()); said != "" {
			return nil, errors.New(said)
		}
	}
	return out, err
}
