package step_test

import (
	"slices"
	"testing"

	"suqiu/internal/step"
	"suqiu/internal/workflow"
)

// What the push has had already is not offered again: an objection that was found
// unfounded, and an extension beyond how many there may be.
func TestNothingBeyondWhatThePushMayHave(t *testing.T) {
	cases, err := sample()
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(cases, func(f found) bool {
		return f.scene.Life.State == workflow.Handling && len(f.scene.Life.Filings) == 0 &&
			step.Find(f.scene.Steps(), "提出异议") != nil
	})
	scene := cases[i].scene
	life := *scene.Life
	scene.Life = &life
	life.Filings = []workflow.Filing{{Key: "说明单", Reason: "异议", Unit: life.Lead, Push: life.Pushes, Ended: today,
		Decision: "不成立"}}
	if step.Find(scene.Steps(), "提出异议") != nil {
		t.Error("a second objection is offered")
	}
	life.Filings[0].Push--
	if step.Find(scene.Steps(), "提出异议") == nil {
		t.Error("an objection to another push stands in the way")
	}
	waits := slices.IndexFunc(cases, func(f found) bool { return step.Find(f.scene.Steps(), "决定延期") != nil })
	scene = cases[waits].scene
	choices := func() []string { return step.Find(scene.Steps(), "决定延期").Fields[0].Choices }
	if got := choices(); !slices.Equal(got, []string{"同意", "不同意"}) {
		t.Errorf("the first extension: %v", got)
	}
	life = *scene.Life
	scene.Life = &life
	life.Filings = append(slices.Clone(life.Filings), workflow.Filing{Key: "延期申请", Push: life.Pushes, Granted: 5,
		Ended: today, Decision: "同意"})
	if got := choices(); !slices.Equal(got, []string{"不同意"}) {
		t.Errorf("beyond how many there may be: %v", got)
	}
}

// Of steps that are taken together each is asked what it needs, and gets what is
// its own; what none of them asks for is refused by each.
func TestTogether(t *testing.T) {
	a := &step.Step{Fields: []step.Field{{Name: "措施", Required: true},
		{Name: "结果", Choices: []string{"已解决"}}}}
	b := &step.Step{Fields: []step.Field{{Name: "反馈答复", Required: true}, {Name: "结果", Required: true,
		Choices: []string{"已解决", "暂未解决"}}}}
	all := step.Together([]*step.Step{a, b})
	if len(all) != 3 || !all[1].Required || len(all[1].Choices) != 2 || all[2].Name != "反馈答复" {
		t.Errorf("they ask for %+v", all)
	}
	own := a.Own(map[string]string{"措施": "一", "反馈答复": "二", "没有": "三"}, all)
	if len(own) != 2 || own["措施"] != "一" || own["没有"] != "三" {
		t.Errorf("one gets %v", own)
	}
}
