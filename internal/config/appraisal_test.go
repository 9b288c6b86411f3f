package config

import "testing"

func TestAppraisal(t *testing.T) {
	c := Parse("suqiu.yaml", []byte("名称: 局\n单位:\n  - {名称: 甲, 代码: J}\n考评: {超期未办: 1.25, 月报未报: 0}\n"))
	if len(c.Problems) > 0 {
		t.Fatalf("%+v", c.Problems)
	}
	want := DefaultAppraisal()
	want.LateOpen, want.NoPaper = 125, 0
	if c.Appraisal != want {
		t.Errorf("%+v, want %+v", c.Appraisal, want)
	}
	for _, bad := range []string{"考评: {超期未办: -1}", "考评: {超期未办: 1.234}", "考评: {超期未办: 一}",
		"考评: {超期未辦: 1}", "考评: [1]", "考评: {满分: 1001}"} {
		if c := Parse("suqiu.yaml", []byte("名称: 局\n单位:\n  - {名称: 甲, 代码: J}\n"+
			bad+"\n")); len(c.Problems) != 1 || c.Problems[0].Line != 4 {
			t.Errorf("%s: %+v", bad, c.Problems)
		}
	}
}

func TestPoints(t *testing.T) {
	for text, want := range map[string]Points{"0": 0, "1": 100, "0.5": 50, "0.05": 5, "10.25": 1025, "1000": 100000} {
		p, ok := ParsePoints(text)
		if !ok || p != want || p.String() != text {
			t.Errorf("%s is %d, %v, written %s", text, p, ok, p)
		}
	}
	for _, text := range []string{"", ".5", "1.", "+1", "-1", "1.234", "1,5", "一", "1e3", "99999999999999999999"} {
		if p, ok := ParsePoints(text); ok {
			t.Errorf("%q is %s", text, p)
		}
	}
}
