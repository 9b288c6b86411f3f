package config

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestForge: 网址 names the repository, 地址 the forge where that is another
// address; a policy gets an origin and nothing else.
func TestForge(t *testing.T) {
	for settings, want := range map[string]*Forge{
		"网址: https://git.example/税/cases": {Platform: "GitLab", Origin: "https://git.example",
			Base: "https://git.example", Project: "税/cases", Main: "main"},
		"网址: http://git.example:8080/gitlab/a/b\n" +
			"网页提交: {地址: \"http://git.example:8080/gitlab/\", 应用编号: x}": {
			Platform: "GitLab", Origin: "http://git.example:8080", Base: "http://git.example:8080/gitlab",
			Project: "a/b", App: "x", Main: "main"},
		"主分支: 主干\n网址: https://www.example/a/b\n" +
			"网页提交: {平台: Gitea, 地址: \"http://10.0.0.8:3000\", 自动合并: [接收办理]}": {
			Platform: "Gitea", Origin: "http://10.0.0.8:3000", Base: "http://10.0.0.8:3000", Project: "a/b",
			Main: "主干", Auto: []string{"接收办理"}},
		"":                             nil,
		"网址: https://git.example":      nil,
		"网址: https://a;script-src/a/b": nil,
		"网址: https://git.example/a/b\n网页提交: {地址: \"https://lin:secret@git.example\"}": nil,
		"网址: https://*.example/a/b": nil,
	} {
		got := Parse("suqiu.yaml", []byte("名称: 试\n单位: [{名称: 纳税服务科, 代码: NSFWK}]\n"+settings+"\n")).Forge()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", settings, diff)
		}
	}
}
