package similar

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const words = "征期末日申报提交失败后台拥堵扩容错峰提醒纳税人缴费人办税服务厅自助终端缺纸发票额度调整审核进度退税" +
	"医保重复契税套数认定残保金减免填报指引牧区双语辅导叫号系统取号排队账簿归还注销补正资料逾期"

// text makes a text of n characters up.
func text(r *rand.Rand, n int) string {
	all := []rune(words)
	var b strings.Builder
	for range n {
		b.WriteRune(all[r.IntN(len(all))])
	}
	return b.String()
}

// edited changes k characters of a text.
func edited(r *rand.Rand, s string, k int) string {
	all, t := []rune(words), []rune(s)
	for range k {
		t[r.IntN(len(t))] = all[r.IntN(len(all))]
	}
	return string(t)
}

func TestGroups(t *testing.T) {
	base := "已向区局报送故障单，八月二十日完成扩容，征期最后两天安排专人值守电话，提醒纳税人错峰申报。"
	texts := []string{
		base,
		"完全不同的内容：自助终端已经补纸，并在机身张贴了周末值班电话，安排志愿者每日巡查两次。",
		strings.ReplaceAll(base, "，", ", ") + "\n",
		strings.Replace(base, "八月二十日", "九月二日", 1),
		"太短", "太短", "",
	}
	got := Groups(texts, 10, 0.8)
	if want := [][]int{{0, 2, 3}}; !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("groups %v, want %v", got, want)
	}
	if a := Alike(base, texts[2]); a != 1 {
		t.Errorf("signs count: %v", a)
	}
	if a := Alike("", ""); a != 0 {
		t.Errorf("nothing is alike: %v", a)
	}
}

// TestAgainstAllPairs holds the groups to those of an exact comparison of all
// pairs: none too large, and of the texts that are well above the threshold
// none too small.
func TestAgainstAllPairs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		var texts []string
		for range 12 {
			s := text(r, 80+r.IntN(80))
			texts = append(texts, s)
			for range r.IntN(3) {
				texts = append(texts, edited(r, s, r.IntN(8)))
			}
		}
		r.Shuffle(len(texts), func(i, j int) { texts[i], texts[j] = texts[j], texts[i] })
		in := make([]int, len(texts)) // group by text, 0: none
		for n, g := range Groups(texts, 10, 0.8) {
			for _, i := range g {
				in[i] = n + 1
				if !slices.ContainsFunc(g, func(j int) bool { return i != j && Alike(texts[i], texts[j]) >= 0.8 }) {
					t.Fatalf("text %d is alike with none of its group", i)
				}
			}
		}
		for i := range texts {
			for j := range i {
				if Alike(texts[i], texts[j]) >= 0.9 && (in[i] == 0 || in[i] != in[j]) {
					t.Fatalf("texts %d and %d are %.2f alike and apart", i, j, Alike(texts[i], texts[j]))
				}
			}
		}
	})
}

// BenchmarkGroups is 100,000 texts, of which every tenth repeats another, or
// all are one.
func BenchmarkGroups(b *testing.B) {
	for _, equal := range []bool{false, true} {
		b.Run("equal="+strconv.FormatBool(equal), func(b *testing.B) {
			r := rand.New(rand.NewPCG(1, 2))
			texts := make([]string, 100_000)
			for i := range texts {
				switch {
				case equal && i > 0:
					texts[i] = texts[0]
				case i%10 == 9:
					texts[i] = edited(r, texts[i-9], 2)
				default:
					texts[i] = text(r, 120)
				}
			}
			for b.Loop() {
				Groups(texts, 20, 0.8)
			}
		})
	}
}
