package minutes

import (
	"strings"
	"testing"
)

// TestCheck: options that do not go together are refused, and it is said which.
func TestCheck(t *testing.T) {
	for _, c := range []struct {
		of   Request
		want string // empty: they go together
	}{
		{Request{}, ""}, {Request{Circular: true}, ""}, {Request{Kind: "专题", Joint: true}, ""},
		{Request{Proposer: "信息中心", Reason: "扩容", Cases: []string{"202607-NFZX-001"}}, ""},
		{Request{Circular: true, Kind: "例会"}, "--传签 不能与 --类型、--事由 一起用"},
		{Request{Circular: true, Proposer: "信息中心", Reason: "扩容"}, "--传签 不能与"},
		{Request{Reason: "扩容"}, "--提议单位 和 --事由 要一起写"}, {Request{Proposer: "信息中心"}, "要一起写"},
		{Request{Cases: []string{"202607-NFZX-001"}}, "要写明 --提议单位 和 --事由"},
		{Request{Kind: "传签"}, "--类型 应为 例会、专题 或 即时"}, {Request{Kind: "茶话会"}, "现为“茶话会”"},
	} {
		said := ""
		if err := c.of.Check(); err != nil {
			said = err.Error()
		}
		if (said == "") != (c.want == "") || !strings.Contains(said, c.want) {
			t.Errorf("%+v: %q, want %q", c.of, said, c.want)
		}
	}
}
