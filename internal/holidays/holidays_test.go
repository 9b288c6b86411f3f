package holidays_test

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"suqiu/internal/holidays"
	"suqiu/internal/problem"
	"suqiu/internal/workday"
)

func notice(t *testing.T, year int) string {
	t.Helper()
	text, err := os.ReadFile("testdata/" + strconv.Itoa(year) + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestNoticesOfTheTable: what is read of the notices for 2023 to 2026 is what is
// built in (DESIGN 12).
func TestNoticesOfTheTable(t *testing.T) {
	builtIn := workday.NewCalendar(workday.Overrides{})
	for year := 2023; year <= 2026; year++ {
		n, problems := holidays.Read(notice(t, year), 0)
		if len(problems) > 0 || n.Year != year {
			t.Errorf("%d: year %d, %v", year, n.Year, problems)
			continue
		}
		// In a calendar of its own a notice counts as the one that is built in.
		off, work := map[workday.Date]bool{}, map[workday.Date]bool{}
		for _, d := range n.Overrides().Off {
			off[d] = true
		}
		for _, d := range n.Overrides().Work {
			work[d] = true
		}
		for d := workday.New(year-1, 12, 25); d <= workday.New(year, 12, 24); d++ {
			is := work[d] || !off[d] && d.Weekday() != 0 && d.Weekday() != 6
			if is != builtIn.Working(d) {
				t.Errorf("%s: worked by the notice %v, by the table %v", d, is, builtIn.Working(d))
			}
		}
		if !n.Known(builtIn) {
			t.Errorf("%d: the table does not know its own notice", year)
		}
		n.Holidays[0].Work = []workday.Date{workday.New(year, 7, 18)}
		n.Holidays[1].Off[0].Last++
		if n.Known(builtIn) {
			t.Errorf("%d: another notice is taken for the table's", year)
		}
	}
}

// TestHowItIsPasted: blanks, broken lines, signs and digits of another width, and
// 星期 for 周 change nothing.
func TestHowItIsPasted(t *testing.T) {
	text := notice(t, 2026)
	want, _ := holidays.Read(text, 0)
	for name, pasted := range map[string]string{
		"signs":  strings.NewReplacer("（", "(", "）", ")", "至", "—", "：", ":", "，", ",").Replace(text),
		"digits": strings.NewReplacer("1", "１", "2", "２", "9", "９").Replace(text[strings.Index(text, "\n"):]),
		"lines":  strings.ReplaceAll(text, "放假", "\n 放假"),
		"names":  strings.ReplaceAll(text, "周", "星期"),
		"crlf":   strings.ReplaceAll(text, "\n", "\r\n"),
	} {
		got, problems := holidays.Read(pasted, 2026)
		if len(problems) > 0 {
			t.Errorf("%s: %v", name, problems)
			continue
		}
		if !slices.Equal(got.Entry().Off, want.Entry().Off) || !slices.Equal(got.Entry().Work, want.Entry().Work) {
			t.Errorf("%s: %v", name, got.Entry())
		}
	}
}

// TestSlips: a notice that was pasted with a slip is told of, with its line.
func TestSlips(t *testing.T) {
	text := notice(t, 2026)
	for _, c := range []struct {
		old, now string
		line     int
		says     string
	}{
		{"2月15日", "2月16日", 3, "2026-02-16 是星期一，写的是星期日"},
		{"共9天", "共8天", 3, "写的是共 8 天，日期却有 9 天"},
		{"5月9日（周六）", "5月8日（周五）", 5, "2026-05-08 是星期五，本来就上班"},
		{"6月19日（周五）至21日", "6月31日（周五）至21日", 6, "“2026-06-31”不是 2026 年安排里的日期"},
		{"三、清明节", "三、寒食节", 1, "“清明节”写了 0 段"},
		{"10月1日（周四）至7日（周三）放假调休，共7天", "10月2日（周五）至7日（周三）放假调休，共6天", 1,
			"2026-10-01 是法定节假日，文中却没有放假"},
		{"、10月10日（周六）上班", "上班", 1, "放假占用工作日 19 天，调休上班 5 天，相差 14 天；法定节假日应为 13 天"},
		{"2026年部分", "部分", 1, "看不出是哪一年的通知"},
		{"上班。\n三", "。\n三", 3, "看不出是放假还是上班：“2月14日（周六）、2月28日（周六）。”"},
		{"2026年", "2027年", 2, "2027-01-01 是星期五，写的是星期四"},
		{"2月14日（周六）", "2月15日（周日）", 3, "2026-02-15 既写放假又写上班"},
	} {
		if !strings.Contains(text, c.old) {
			t.Fatalf("no %s in the notice", c.old)
		}
		_, problems := holidays.Read(strings.Replace(text, c.old, c.now, 1), 0)
		if !slices.ContainsFunc(problems, func(p problem.Problem) bool {
			return p.Message == c.says && p.Line == c.line && p.Fix != ""
		}) {
			t.Errorf("%s → %s: want line %d %s, have %v", c.old, c.now, c.line, c.says, problems)
		}
	}
}

// TestEntry: 日历 keeps what it has, comments too, and gains what the notice says;
// a notice that is in already changes nothing.
func TestEntry(t *testing.T) {
	n, _ := holidays.Read(notice(t, 2026), 0)
	n.Holidays = n.Holidays[:1]
	for name, c := range map[string]struct{ file, want string }{
		"none": {"机构: 市局\n", `机构: 市局
日历:
  放假: [2026-01-01/2026-01-03]
  上班: [2026-01-04]
  已公布: [2026]
`},
		"flow": {"日历: {放假: [2025-08-18], 上班: [], 已公布: [2025]} # 本地\n机构: 市局\n", `日历: # 本地
  放假: [2025-08-18, 2026-01-01/2026-01-03]
  上班: [2026-01-04]
  已公布: [2025, 2026]
机构: 市局
`},
		"block": {`# 甲
日历:
  # 旗庆
  放假:
    - 2025-08-18 # 那达慕
    - 2025-08-19
  已公布: [2025]
# 乙
机构: 市局
`, `# 甲
日历:
  # 旗庆
  # 那达慕
  放假: [2025-08-18, 2025-08-19, 2026-01-01/2026-01-03]
  上班: [2026-01-04]
  已公布: [2025, 2026]
# 乙
机构: 市局
`},
	} {
		got, err := n.Entry().Into([]byte(c.file))
		if err != nil || string(got) != c.want {
			t.Errorf("%s: %v\n%s", name, err, got)
		}
		again, err := n.Entry().Into(got)
		if err != nil || string(again) != string(got) {
			t.Errorf("%s: a second time changes it: %v\n%s", name, err, again)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"2027年放假：元旦：1月1日至3日放假", "元旦：日", "春节：99月99日至1日放假上班。"} {
		f.Add(s, 2027)
	}
	f.Fuzz(func(t *testing.T, text string, year int) {
		n, problems := holidays.Read(text, year)
		for _, p := range problems {
			if p.Message == "" || p.Fix == "" || p.Line < 1 {
				t.Errorf("%q: %+v", text, p)
			}
		}
		if n == nil {
			t.Error("no notice")
		}
	})
}
