package terminal

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// What is written in pieces, cut wherever, is what is written at once.
func TestTerminal(t *testing.T) {
	write := func(text []byte, sizes ...int) string {
		var b bytes.Buffer
		out := NewWriter(&b)
		for _, n := range sizes {
			n = min(n, len(text))
			if got, err := out.Write(text[:n]); err != nil || got != n {
				t.Fatal(got, err)
			}
			text = text[n:]
		}
		if _, err := out.Write(text); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	const odd = "甲\x1b[2J\t乙\r\n\u202e丙\u009b\x00𠮷\ufeff"
	if got := write([]byte(odd)); got != "甲\ufffd[2J\t乙\ufffd\n\ufffd丙\ufffd\ufffd𠮷\ufffd" {
		t.Errorf("%q", got)
	}
	if got := write([]byte("甲\xff乙")); got != "甲\ufffd乙" {
		t.Errorf("%q", got)
	}
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{odd, "在办事项"})).Draw(r, "text")
		sizes := rapid.SliceOf(rapid.IntRange(0, 7)).Draw(r, "sizes")
		if whole, cut := write([]byte(text)), write([]byte(text), sizes...); whole != cut {
			r.Fatalf("at once %q, in pieces %q", whole, cut)
		}
	})
	if _, err := NewWriter(full{}).Write([]byte("甲")); err == nil {
		t.Error("a full disk is no success")
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, os.ErrClosed }

// TestTableIsLinedUp puts Chinese beside ASCII and cuts what is too wide.
func TestTableIsLinedUp(t *testing.T) {
	var tb Table
	tb.Row("a", "征收管理科", "很长很长的标题")
	tb.Row("甲乙", "x", "短")
	var wide, narrow strings.Builder
	tb.Write(&wide)
	if want := "a     征收管理科  很长很长的标题\n甲乙  x           短\n"; wide.String() != want {
		t.Errorf("got:\n%swant:\n%s", wide.String(), want)
	}
	tb.WriteWithin(&narrow, 28)
	if want := "a     征收管理科  很长很长…\n甲乙  x           短\n"; narrow.String() != want {
		t.Errorf("within 28 columns, got:\n%swant:\n%s", narrow.String(), want)
	}
}
