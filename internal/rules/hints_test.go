package rules

import (
	"slices"
	"strings"
	"testing"

	"suqiu/internal/record"
	"suqiu/internal/register"
)

// TestFollowedAnswers: of answers that are alike only those are told of that follow
// none of the others, by however many steps. To name an answer that is not alike,
// one that is not there, or oneself explains nothing.
func TestFollowedAnswers(t *testing.T) {
	for _, test := range []struct{ follow, want string }{
		{"a b c", "a b c"},
		{"a b>a c", "a c"},
		{"a b>a c>b", "a"},
		{"a>b b>c c", "c"},
		{"a b>z c>z", "a b c"},
		{"a b>b c", "a b c"},
		{"a>c b>a c>b", "c"},
		{"a>b b>a c", "b c"},
	} {
		var cases []*register.Case
		var found []int
		for i, one := range strings.Fields(test.follow) {
			id, follows, _ := strings.Cut(one, ">")
			cases = append(cases, &register.Case{Case: &record.Case{ID: id,
				Feedback: []record.Feedback{{Follows: "y"}, {Follows: follows}}}})
			found = append(found, i)
		}
		var got []string
		for _, c := range unexplained(cases, found) {
			got = append(got, c.ID)
		}
		if want := strings.Fields(test.want); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", test.follow, got, want)
		}
	}
}
