package settings

import (
	"slices"
	"testing"

	"suqiu/internal/config"
	"suqiu/internal/timeline"
	"suqiu/internal/workday"
)

// TestActorLeavesSettingsAlone: an address that was struck off acts under the
// name that its unit has now, while what is judged by the names of then still
// finds these.
func TestActorLeavesSettingsAlone(t *testing.T) {
	parse := func(units string) *config.Config {
		return config.Parse(config.Path, []byte("名称: 测试局\n格式: 1\n单位:\n"+units))
	}
	old := parse("  - {名称: 旧科, 代码: KE, 邮箱: [a@x.example]}\n")
	renamed := parse("  - {名称: 新科, 代码: KE, 别名: [旧科], 邮箱: [b@x.example]}\n")
	first, second := workday.New(2026, 7, 1), workday.New(2026, 8, 1)
	d := &Settings{
		Config:   renamed,
		landings: []timeline.Landing{{At: first.Start()}, {At: second.Start()}},
		versions: versions{{0, old}, {1, renamed}},
	}
	d.Names = d.versions.names()
	on := first.AddDays(3)
	if got := d.Actor("a@x.example", on).Units; !slices.Equal(got, []string{"新科"}) {
		t.Errorf("acts for %v, want 新科", got)
	}
	if got := old.Actor("a@x.example", on).Units; !slices.Equal(got, []string{"旧科"}) {
		t.Errorf("the settings of then now say %v, want 旧科", got)
	}
}
