package rules_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/diag"
	"suqiu/internal/git"
	"suqiu/internal/gittest"
	"suqiu/internal/register"
	"suqiu/internal/rules"
	"suqiu/internal/workday"
)

// Numbers that are made up; no output may have them whole.
const (
	phone  = "13912345678"
	card   = "152601199003074510"
	code   = "91350100M000100Y43"
	mail   = "zhang.san@163.com"
	script = `
at 2026-06-01 09:00
by 纳税服务科 <a@nsfwk.example>
commit 启用
at 2026-07-01 09:00
by 纳税服务中心 <a@nfzx.example>
new 202607-NFZX-001
section 202607-NFZX-001 诉求内容 来电人` + phone + `反映，回复` + mail + `或a@nfzx.example。
new 202607-NFZX-002
text monthly/2026-07/NFZX.md ---\n单位: 纳税服务中心\n月份: 2026-07\n---\n\n` + card + `
commit 登记
at 2026-07-02 09:00
section 202607-NFZX-001 诉求内容 来电人反映，回复` + mail + `。
replace monthly/2026-07/NFZX.md ` + card + ` 无
commit 改` + phone + `
`
)

// personal tells what the privacy rules find: severity, rule, place, commit.
func personal(t *testing.T, r *gittest.Repository, base string) string {
	t.Helper()
	repo, err := git.Open(r.Dir)
	if err != nil {
		t.Fatal(err)
	}
	asOf := workday.New(2026, 7, 10)
	o := register.Options{AsOf: asOf, Now: asOf.Start()}
	if base != "" {
		o.Base, o.Ref = base, "HEAD"
	}
	d, err := register.Load(context.Background(), repo, o)
	if err != nil {
		t.Fatal(err)
	}
	findings := rules.Run(d)
	var b strings.Builder
	for _, f := range findings {
		if !strings.HasPrefix(f.Rule, "pii-") {
			continue
		}
		subject := ""
		if f.Commit != "" {
			subject = " " + strings.TrimSpace(r.Git("log", "-1", "--format=%an", f.Commit))
		}
		message := f.Message
		if f.Commit != "" {
			message = strings.ReplaceAll(message, f.Commit[:10], "C")
		}
		fmt.Fprintf(&b, "%s %s %s:%d:%d%s new=%v\n  %s\n", f.Severity, f.Rule, f.Path, f.Line, f.Column, subject, f.New,
			message)
	}
	var out bytes.Buffer
	if err := diag.Text(&out, findings, diag.TextOptions{Excerpt: d.Excerpt}); err != nil {
		t.Fatal(err)
	}
	if err := json.NewEncoder(&out).Encode(findings); err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{phone, card, code, mail} {
		if strings.Contains(out.String(), secret) {
			t.Errorf("the output has %s:\n%s", secret, out.String())
		}
	}
	return b.String()
}

func beginPersonal(t *testing.T) *gittest.Repository {
	t.Helper()
	config, err := os.ReadFile("../register/testdata/suqiu.yaml")
	if err != nil {
		t.Fatal(err)
	}
	r := gittest.Empty(t)
	if err := os.WriteFile(filepath.Join(r.Dir, "suqiu.yaml"), config, 0o666); err != nil {
		t.Fatal(err)
	}
	r.Run(script)
	return r
}

// TestPersonalThatLanded holds that what stands at the head is an error, at
// its place, that what once stood there is told of with its commit, as a
// warning, and that an office's address is nobody's secret.
func TestPersonalThatLanded(t *testing.T) {
	want := `warning pii-phone cases/2026/07/202607-NFZX-001.md:0:0 纳税服务中心 new=false
  提交 C 的提交说明中有电话号码 139****5678，提交说明入库后不能修改
warning pii-phone cases/2026/07/202607-NFZX-001.md:55:1 纳税服务中心 new=false
  提交 C 的“诉求内容”中曾有电话号码 139****5678，现在没有了，但在历史中仍能查到
error pii-email cases/2026/07/202607-NFZX-001.md:57:9 new=false
  “诉求内容”中有电子邮箱地址 z********@163.com
warning pii-id-card monthly/2026-07/NFZX.md:0:0 纳税服务中心 new=false
  提交 C 的文件中曾有居民身份证号码 152***********4510，现在没有了，但在历史中仍能查到
`
	if diff := cmp.Diff(want, personal(t, beginPersonal(t), "")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestPersonalInARequest holds that a request answers for what it adds, also
// where a later commit of it took that back or where a name says it, and only
// for that.
func TestPersonalInARequest(t *testing.T) {
	r := beginPersonal(t)
	r.Run(`
branch b
at 2026-07-08 09:00
set 202607-NFZX-002 标题=` + code + `申报失败 属地=集宁区税务局
text cases/` + phone + `.md 误
commit 一
at 2026-07-08 10:00
set 202607-NFZX-002 标题=某企业申报失败
set 202607-NFZX-001 标题=` + phone + `申报失败
commit 二
`)
	want := `error pii-phone cases/139****5678.md:0:0 new=true
  文件名或文件夹名中有电话号码 139****5678
`
	got := personal(t, r, "main")
	for _, part := range []string{want,
		"error pii-credit-code cases/2026/07/202607-NFZX-002.md:3:5 纳税服务中心 new=true\n  本请求的提交 C " +
			"的“标题”中曾有统一社会信用代码 91**************43，后来删去了，但合并后在历史中仍能查到\n",
		"warning pii-phone cases/2026/07/202607-NFZX-001.md:3:5 new=false\n  “标题”中有电话号码 139****5678\n",
		// it had landed once
		"warning pii-email cases/2026/07/202607-NFZX-001.md:57:9 new=false\n",
		"warning pii-phone cases/2026/07/202607-NFZX-001.md:0:0 纳税服务中心 new=false\n  提交 C 的提交说明",
	} {
		if !strings.Contains(got, part) {
			t.Errorf("without\n%s", part)
		}
	}
	if n := strings.Count(got, "error "); n != 2 || t.Failed() {
		t.Errorf("%d errors:\n%s", n, got)
	}
}

// TestOtherRulesAreDiscreet holds that a rule which quotes a value does not
// quote somebody's number.
func TestOtherRulesAreDiscreet(t *testing.T) {
	r := beginPersonal(t)
	r.Run(`
at 2026-07-08 09:00
set 202607-NFZX-002 性质=` + phone + ` 承办单位=` + mail + ` 收集日期=` + card + `
mv 202607-NFZX-002 cases/` + phone + `/202607-NFZX-002.md
commit 写错
`)
	if got := personal(t, r, ""); !strings.Contains(got, "cases/139****5678/202607-NFZX-002.md") {
		t.Error(got)
	}
}

// TestDoubtfulNumber holds that an ID number by its label whose check digit is
// another is told of, in other words (issue L, 1.4).
func TestDoubtfulNumber(t *testing.T) {
	r := beginPersonal(t)
	r.Run(`
branch b
at 2026-07-08 09:00
section 202607-NFZX-002 诉求内容 某纳税人（身份证152601199003074511）、外籍员工（护照E12345678）反映，微信号zhang_88。
commit 一
`)
	got := personal(t, r, "main")
	for _, want := range []string{
		"居民身份证号码 152***********4511（最后一位校验不符，可能写错，仍可能对应到本人）\n", "有疑似",
		"护照或通行证号码 E1*****78\n", "QQ 或微信账号 zh***_88\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not told:\n%s", want, got)
		}
	}
}
