package ask

import (
	"context"
	"errors"
	"maps"
	"strings"
	"testing"

	"suqiu/internal/step"
)

var fields = []step.Field{
	{Name: "结果", Kind: step.Choice, Required: true, Choices: []string{"已解决", "部分解决", "暂未解决"}},
	{Name: "措施", Kind: step.LongText, Required: true, Help: "怎样办理的"},
	{Name: "答复日期", Kind: step.Date},
	{Name: "协办单位", Kind: step.Units, Choices: []string{"法制科", "所得税科"}},
}

// A choice is answered by its number or its word, what must be answered is asked
// again, what need not be is passed by an empty line, and nothing is offered as an
// answer.
func TestMissing(t *testing.T) {
	for _, answers := range []string{"2\n已扩容\n\n\n1、2\n", "部分解决\n已扩容\n\n\n1 所得税科\n",
		"9\n大概\n\n2\n\n已扩容\n\n\n1，2\n"} {
		var out strings.Builder
		values := map[string]string{}
		if err := New(strings.NewReader(answers), &out).Missing(t.Context(), fields, values); err != nil {
			t.Fatal(err)
		}
		want := map[string]string{"结果": "部分解决", "措施": "已扩容", "答复日期": "", "协办单位": "法制科、所得税科"}
		if !maps.Equal(values, want) {
			t.Errorf("%q gives %q", answers, values)
		}
		if strings.HasPrefix(answers, "9") && (strings.Count(out.String(), "请填 1 至 3，或照上面的写") != 2 ||
			strings.Count(out.String(), "这一项必填") != 2) {
			t.Errorf("what is not an answer: %s", &out)
		}
	}
}

// What was given is not asked for, and what is typed is asked as a whole.
func TestSession(t *testing.T) {
	var out strings.Builder
	values := map[string]string{"结果": "已解决", "协办单位": "法制科"}
	err := New(strings.NewReader("已扩容\n第二行\n\n2026-09-30\n"), &out).Missing(t.Context(), fields, values)
	want := "措施（必填）（可写几行，空一行结束）：怎样办理的\n> > > " +
		"答复日期（可不填，直接回车）：日期，如 2026-07-15\n> "
	if err != nil || out.String() != want || values["答复日期"] != "2026-09-30" ||
		values["措施"] != "已扩容\n第二行" {
		t.Errorf("%v\n%s\n%q", err, &out, values)
	}
}

// Of many that may stay empty, somebody says which he wants to fill in.
func TestManyOptional(t *testing.T) {
	many := []step.Field{{Name: "标题"}, {Name: "件数"}, {Name: "属地"}, {Name: "主题"}, {Name: "渠道"}}
	var out strings.Builder
	values := map[string]string{}
	err := New(strings.NewReader("2、属地\n3\n集宁区税务局\n"), &out).Missing(t.Context(), many, values)
	want := map[string]string{"件数": "3", "属地": "集宁区税务局"}
	if err != nil || !maps.Equal(values, want) {
		t.Errorf("%v: %q\n%s", err, values, &out)
	}
}

// Whoever closes the terminal or presses Ctrl-C leaves nothing behind.
func TestBrokenOff(t *testing.T) {
	var out strings.Builder
	if _, err := New(strings.NewReader(""), &out).Field(t.Context(), &fields[0]); !errors.Is(err, ErrUnanswered) {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := New(forever{}, &out).Field(ctx, &fields[0]); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// forever is a terminal at which nobody types.
type forever struct{}

func (forever) Read([]byte) (int, error) { select {} }
