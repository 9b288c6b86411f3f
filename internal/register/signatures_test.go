package register_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/git"
	"suqiu/internal/gittest"
	"suqiu/internal/register"
	"suqiu/internal/workday"
)

// signed is a repository that demands signatures, with a key for the office,
// one for 信息中心, one for the platform and one that nobody has listed.
type signed struct {
	*gittest.Repository
	t      *testing.T
	dir    string
	public map[string]string
}

func newSigned(t *testing.T) *signed {
	t.Helper()
	if _, err := exec.LookPath("ssh-keygen"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	s := &signed{gittest.Empty(t), t, t.TempDir(), map[string]string{}}
	for _, name := range []string{"office", "it", "gitlab", "stranger"} {
		out, err := exec.Command("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f",
			filepath.Join(s.dir, name)).CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		data, err := os.ReadFile(filepath.Join(s.dir, name+".pub"))
		if err != nil {
			t.Fatal(err)
		}
		s.public[name] = strings.TrimSpace(string(data))
	}
	config, err := os.ReadFile("testdata/suqiu.yaml")
	if err != nil {
		t.Fatal(err)
	}
	s.write("suqiu.yaml", string(config))
	s.Run("at 2026-06-01 09:00\nby 纳税服务科 <a@nsfwk.example>\ncommit 启用")
	s.Run(beginning(t, "pushed"))
	s.write("suqiu.yaml", string(config)+"签名: 要求\n签名人: keys/signers\n平台签名: "+s.public["gitlab"]+"\n")
	s.signers("*@nsfwk.example "+s.public["office"], `*@xxzx.example valid-before="20260710" `+s.public["it"])
	s.Run("at 2026-07-06 17:00\nby 纳税服务科 <a@nsfwk.example>\ncommit 要求签名")
	return s
}

func (s *signed) write(name, text string) {
	s.t.Helper()
	path := filepath.Join(s.Dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		s.t.Fatal(err)
	}
}

func (s *signed) signers(lines ...string) { s.write("keys/signers", strings.Join(lines, "\n")+"\n") }

// commit commits the work tree, signed with a key.
func (s *signed) commit(key, message string) {
	s.t.Helper()
	s.Git("add", "-A")
	s.sign(key, "commit", "-q", "-S", "--allow-empty", "-m", message)
}

func (s *signed) sign(key string, args ...string) {
	s.t.Helper()
	s.Git(append([]string{"-c", "gpg.format=ssh", "-c", "user.signingkey=" + filepath.Join(s.dir, key)}, args...)...)
}

// unproven lists what the register says of commits, by their subjects.
func (s *signed) unproven(o register.Options) (list, files []string) {
	s.t.Helper()
	repo, err := git.Open(s.Dir)
	if err != nil {
		s.t.Fatal(err)
	}
	if o.AsOf == 0 {
		o.AsOf = workday.New(2026, time.July, 31)
	}
	o.Now = o.AsOf.Start().Add(10 * time.Hour)
	d, err := register.Load(context.Background(), repo, o)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, u := range d.Unproven {
		list = append(list, fmt.Sprintf("%s：%s%s", s.Git("log", "-1", "--format=%s", u.Commit),
			strings.Join(append(u.Cases, ""), " "), strings.ReplaceAll(u.Why, s.fingerprint("stranger"), "某")))
	}
	for _, f := range d.Files {
		for _, p := range f.Problems {
			files = append(files, fmt.Sprintf("%s %v %s", f.Path, f.Touched, p.Message))
		}
	}
	return list, files
}

func (s *signed) fingerprint(name string) string {
	s.t.Helper()
	out, err := exec.Command("ssh-keygen", "-l", "-f", filepath.Join(s.dir, name)).Output()
	if err != nil {
		s.t.Fatal(err)
	}
	return strings.Fields(string(out))[1]
}

func same(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if diff := cmp.Diff(strings.Join(want, "\n"), strings.Join(got, "\n")); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// Landings are judged by the signers of the tree before them, from the one
// after that which demands signatures on.
func TestSignaturesOfLandings(t *testing.T) {
	s := newSigned(t)
	it := "by 信息中心 <a@xxzx.example>"
	s.Run("at 2026-07-07 09:00\n" + it + "\nset 202607-NFZX-001 状态=办理中")
	s.commit("it", "接收")
	s.Run("at 2026-07-08 09:00\n" + it + "\nset 202607-NFZX-001 标题=改过的标题")
	s.commit("stranger", "陌生钥匙")
	s.Run("at 2026-07-08 10:00\n" + it + "\ntext README.md 说明\ncommit 没有签名")
	list, files := s.unproven(register.Options{})
	same(t, "landings", list, "陌生钥匙：202607-NFZX-001 签名所用的钥匙 某 不在签名人名单中", "没有签名：没有签名")
	same(t, "files", files)

	// A stranger who lists herself is not in by that.
	s.signers("*@nsfwk.example "+s.public["office"], `*@xxzx.example valid-before="20260710" `+s.public["it"],
		"*@xxzx.example "+s.public["stranger"])
	s.Run("at 2026-07-08 11:00\n" + it)
	s.commit("stranger", "自己登记")
	list, _ = s.unproven(register.Options{})
	same(t, "listed by herself", list[2:], "自己登记：签名所用的钥匙 某 不在签名人名单中")

	// After 2026-07-10 the key is of no use, though the commit claims an earlier
	// day: what lands on Monday the 13th is believed to be of the 10th at best.
	s.Run("at 2026-07-13 09:00\nby 纳税服务科 <a@nsfwk.example>\nbranch work\nat 2026-07-09 09:00\n" + it +
		"\nset 202607-NFZX-001 标题=又改了标题")
	s.commit("it", "写早日期")
	s.Run("checkout main\nat 2026-07-14 09:00\nby 王 <wang@nsfwk.example>\ncommitter 王 <wang@nsfwk.example>")
	s.sign("gitlab", "merge", "-q", "-S", "--no-ff", "-m", "合并", "work")
	list, _ = s.unproven(register.Options{})
	same(t, "backdated", list[3:], "写早日期：202607-NFZX-001 签名所用的钥匙已于 2026-07-10 00:00 到期")

	// A revoked key is refused from then on, whatever day a commit claims; what
	// had landed before stands.
	s.signers("*@nsfwk.example "+s.public["office"], "*@xxzx.example "+s.public["it"], "@revoked * "+s.public["it"])
	s.Run("at 2026-07-15 09:00\nby 纳税服务科 <a@nsfwk.example>")
	s.commit("office", "吊销")
	s.Run("at 2026-07-15 08:59\n" + it + "\nset 202607-NFZX-001 标题=再改标题\ncommitted 2026-07-15 10:00")
	s.commit("it", "吊销之后")
	list, _ = s.unproven(register.Options{})
	if len(list) != 5 || !strings.HasPrefix(list[4], "吊销之后：202607-NFZX-001 签名所用的钥匙") ||
		!strings.HasSuffix(list[4], "已经吊销") {
		t.Errorf("revoked: %q", list)
	}

	// Whoever switches the demand off has it off; a baseline takes as found.
	s.Run("at 2026-07-16 09:00\nby 纳税服务科 <a@nsfwk.example>\nreplace suqiu.yaml '签名: 要求' '签名: 要求\\n基线: " +
		s.Rev("HEAD") + "'")
	s.commit("office", "基线")
	list, _ = s.unproven(register.Options{})
	same(t, "baseline", list)
	s.Run("at 2026-07-17 09:00\nreplace suqiu.yaml '签名: 要求' '签名: 不要求'\ncommit 停用")
	list, _ = s.unproven(register.Options{})
	same(t, "off", list)
}

// A request is judged by the signers of its base: by its steps and by what it
// says of guarded papers, not by the merge that a pipeline makes.
func TestSignaturesOfRequest(t *testing.T) {
	s := newSigned(t)
	const base = "main"
	s.Run("branch work\nat 2026-07-07 09:00\nby 信息中心 <a@xxzx.example>\nset 202607-NFZX-001 状态=办理中")
	s.commit("it", "接收")
	s.Run("text README.md 说明\ncommit 不是步骤")
	o := register.Options{Ref: "HEAD", Base: base, AsOf: workday.New(2026, time.July, 7)}
	list, files := s.unproven(o)
	same(t, "good", list)
	same(t, "files", files)

	s.Run("set 202607-NFZX-001 标题=改过的标题\ncommit 没有签名")
	s.signers("*@xxzx.example "+s.public["stranger"], "wang@xxzx.example cert-authority "+s.public["it"])
	s.commit("stranger", "自己登记")
	s.Run("checkout --detach main\nby 纳税服务科 <a@nsfwk.example>\nat 2026-07-07 10:00\nmerge work")
	list, files = s.unproven(o)
	same(t, "unsigned and foreign", ordered(list...), ordered("没有签名：202607-NFZX-001 没有签名",
		"自己登记：签名所用的钥匙 某 不在签名人名单中")...)
	same(t, "files", files, "keys/signers true 不支持证书颁发者（cert-authority）：证书由谁签发、何时吊销，"+
		"从仓库里看不出来")

	// It cannot switch the demand off for itself, nor put the keys elsewhere.
	s.Run("checkout work\nat 2026-07-07 11:00\nreplace suqiu.yaml '签名: 要求' '签名: 不要求'\ncommit 停用\nreplace " +
		"suqiu.yaml '签名: 不要求' '签名: 要求'\nreplace suqiu.yaml keys/signers keys/mine\ncommit 换地方")
	list, files = s.unproven(o)
	same(t, "switched off", ordered(list...), ordered("没有签名：202607-NFZX-001 没有签名",
		"自己登记：签名所用的钥匙 某 不在签名人名单中", "换地方：没有签名")...)
	same(t, "files", files, "suqiu.yaml true “签名人”所指的文件 keys/mine 在仓库中不存在，谁的签名都无法核对")
}

// A push is judged by the commits that will be landings too: the merge, or each
// commit of the chain, whatever it says.
func TestSignaturesOfPush(t *testing.T) {
	s := newSigned(t)
	s.Run("mark base\nbranch work\nat 2026-07-07 09:00\nby 信息中心 <a@xxzx.example>\nset 202607-NFZX-001 状态=办理中")
	s.commit("it", "接收")
	s.Run("text README.md 说明\ncommit 不是步骤\ncheckout main\nat 2026-07-07 10:00\nby 纳税服务科 <a@nsfwk.example>" +
		"\nmerge work")
	o := register.Options{Ref: s.Rev("HEAD"), Base: s.Rev("@base"), AsOf: workday.New(2026, time.July, 7), Push: true,
		Narrow: true}
	list, _ := s.unproven(o)
	same(t, "an unsigned merge", list, s.Git("log", "-1", "--format=%s", "HEAD")+"：没有签名")
	s.Run("git reset -q --hard @base")
	s.sign("office", "merge", "-q", "-S", "--no-ff", "-m", "合并", "work")
	o.Ref = s.Rev("HEAD")
	list, _ = s.unproven(o)
	same(t, "a signed merge", list)
	o.Ref = s.Rev("work")
	list, _ = s.unproven(o)
	same(t, "a chain", list, "不是步骤：没有签名")
	o.Push = false
	list, _ = s.unproven(o)
	same(t, "a request", list)
}

func ordered(s ...string) []string {
	slices.Sort(s)
	return s
}

// Through a platform's API anybody may name any author, and the platform signs it
// all the same: its signature proves the author where its own user is the
// committer, or where 人员 has an 账号, so that the hook compared who pushed.
func TestPlatformVouches(t *testing.T) {
	s := newSigned(t)
	step := func(day, committer, title string) {
		s.Run("at 2026-07-" + day + " 09:00\nby 信息中心 <a@xxzx.example>\ncommitter " + committer +
			"\nset 202607-NFZX-001 属地=集宁区税务局" + day)
		s.commit("gitlab", title)
	}
	step("07", "信息中心 <a@xxzx.example>", "平台的用户自己提交")
	step("08", "GitLab <noreply@gitlab.example>", "写了别人的名字")
	settings, err := os.ReadFile(filepath.Join(s.Dir, "suqiu.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	got, _ := s.unproven(register.Options{})
	same(t, "no 账号", got, "写了别人的名字：202607-NFZX-001 签名是平台的，只证明提交经过平台，不证明是 a@xxzx."+
		"example 本人所为")
	s.write("suqiu.yaml", string(settings)+"人员: [{邮箱: a@xxzx.example, 账号: wang, 单位: 信息中心}]\n")
	s.Run("at 2026-07-09 09:00\nby 纳税服务科 <a@nsfwk.example>\ncommitter 纳税服务科 <a@nsfwk.example>")
	s.commit("office", "登记账号")
	got, _ = s.unproven(register.Options{})
	same(t, "with an 账号", got)
}
