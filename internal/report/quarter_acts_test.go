package report_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/appraisal"
	"suqiu/internal/gittest"
	. "suqiu/internal/report"
	"suqiu/internal/workday"
)

// acts writes what happens to one case as a script of gittest.
type acts struct {
	id string
	b  strings.Builder
}

// pushed begins with a case that is registered and pushed to 信息中心 on a day.
func pushed(id, on string, values ...string) *acts {
	a := &acts{id: id}
	a.b.WriteString("at " + on + " 08:30\n" + collectorBy + "new " + id + "\ncommit 登记\n")
	return a.set(on+" 09:00", officeBy, append([]string{"状态=已推送", "任务清单=RW202609-01", "办理类别=系统技术类",
		"涉及面=高", "影响度=中",
		"复杂度=中", "紧急程度=一般", "承办单位=信息中心"}, values...)...)
}

func (a *acts) set(at, by string, values ...string) *acts {
	a.b.WriteString("at " + at + "\n" + by + "set " + a.id + " " + strings.Join(values, " ") + "\ncommit 一步\n")
	return a
}

func (a *acts) record(at, by, state, record string) *acts {
	a.b.WriteString("at " + at + "\n" + by)
	if state != "" {
		a.b.WriteString("set " + a.id + " 状态=" + state + "\n")
	}
	a.b.WriteString("record " + a.id + " " + record + "\ncommit 一步\n")
	return a
}

// fedBack is a feedback that is authored on a day and lands on that or another.
func (a *acts) fedBack(on string, landed ...string) *acts {
	write := "set " + a.id + " 状态=已反馈\nrecord " + a.id + " 反馈 结果=已解决 措施=扩容 答复日期=" + on +
		" 审核= 退回原因=\n" +
		"section " + a.id + " 办理情况 已于" + on + "扩容。\nsection " + a.id + " 反馈答复 已于" + on +
		"答复。\ncommit 反馈\n"
	if len(landed) == 0 {
		a.b.WriteString("at " + on + " 16:00\n" + centreBy + write)
		return a
	}
	a.b.WriteString("branch b" + on + "\nat " + on + " 16:00\n" + centreBy + write +
		"checkout main\nat " + landed[0] + " 10:00\n" + officeBy + "merge b" + on + "\n")
	return a
}

func (a *acts) returned(on string) *acts {
	return a.set(on+" 10:00", officeBy, "状态=办理中", "反馈.审核=退回", "反馈.退回原因=请补充依据")
}

func (a *acts) closed(on string) *acts {
	return a.set(on+" 17:00", officeBy, "状态=已办结", "反馈.审核=通过", "不评估原因=未抽中")
}

func lived(t *testing.T, settings string, list ...*acts) *gittest.Repository {
	t.Helper()
	r := gittest.Empty(t)
	config := `名称: 测试局
收件宽限: 1
单位:
  - {名称: 纳税服务科, 代码: NSFWK, 邮箱: ["*@nsfwk.example"], 角色: [联席办, 监督考评]}
  - {名称: 纳税服务中心, 代码: NFZX, 渠道: [12366热线], 邮箱: ["*@nfzx.example"], 角色: [回访]}
  - {名称: 信息中心, 代码: XXZX, 邮箱: ["*@xxzx.example"]}
  - {名称: 征收管理科, 代码: ZSGLK, 邮箱: ["*@zsglk.example"]}
` + settings
	if err := os.WriteFile(filepath.Join(r.Dir, "suqiu.yaml"), []byte(config), 0o666); err != nil {
		t.Fatal(err)
	}
	r.Run("at 2026-06-01 09:00\n" + officeBy + "commit 启用")
	for _, a := range list {
		r.Run(a.b.String())
	}
	return r
}

func deadlinesOn(t *testing.T, r *gittest.Repository, q workday.Quarter, asOf string) Deadlines {
	t.Helper()
	return Compute(registerAt(t, r, asOf), q).Deadlines
}

// each compares the deadlines of a quarter as of several days.
func each(t *testing.T, r *gittest.Repository, q workday.Quarter, want Deadlines, days ...string) {
	t.Helper()
	for _, asOf := range days {
		if diff := cmp.Diff(want, deadlinesOn(t, r, q, asOf)); diff != "" {
			t.Errorf("%s as of %s (-want +got):\n%s", q, asOf, diff)
		}
	}
}

// charges are what 信息中心 is charged with for a case in a quarter, as of a day.
func charges(t *testing.T, r *gittest.Repository, q workday.Quarter, asOf string) string {
	t.Helper()
	var list []string
	for _, x := range appraisal.Of(registerAt(t, r, asOf), q).Deductions {
		if x.Unit == "信息中心" {
			list = append(list, x.Item+" "+x.Points.String())
		}
	}
	return strings.Join(list, "，")
}

// monthlyPaper is one 月度报送 of 纳税服务中心.
type monthlyPaper struct{ month, landed, volume string }

func handIn(t *testing.T, r *gittest.Repository, p monthlyPaper) {
	t.Helper()
	dir := filepath.Join(r.Dir, "monthly", p.month)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	text := "---\n单位: 纳税服务中心\n月份: " + p.month + "\n渠道收集量:\n  12366热线: " + p.volume +
		"\n零报告: 否\n风险点:\n---\n"
	if err := os.WriteFile(filepath.Join(dir, "NFZX.md"), []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	r.Run("at " + p.landed + " 10:00\n" + collectorBy + "commit 月报")
}
