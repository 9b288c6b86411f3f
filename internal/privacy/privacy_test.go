package privacy

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// kinds names what Scan finds: "id 152601… phone …".
func kinds(text string) string {
	names := map[Kind]string{IDCard: "id", CreditCode: "credit", BankCard: "bank", Phone: "phone", Email: "email",
		Document: "document", Account: "account"}
	var got []string
	for _, sp := range Scan([]byte(text)) {
		got = append(got, names[sp.Kind]+" "+sp.Value)
	}
	return strings.Join(got, ", ")
}

// The numbers are made up; those with a check pass it.
const (
	anID     = "152601199003074510"
	anXID    = "11010519491231002X" // the example of GB 11643
	aCode    = "91350100M000100Y43" // the example of GB 32100
	aCard    = "6222021234567890128"
	aVisa    = "4111111111111111"
	numberID = "152601900307451"
)

func TestFinds(t *testing.T) {
	for text, want := range map[string]string{
		"身份证" + anID + "，":                        "id " + anID,
		"证号：11010519491231002x":                   "id " + anXID,
		"152601 19900307 4510":                    "id " + anID,
		"152601-19900307-4510":                    "id " + anID,
		"１５２６０１１９９００３０７４５１０":                      "id " + anID,
		"身份证号 " + numberID:                        "id " + numberID,
		"税号" + aCode + "。":                        "credit " + aCode,
		"9135 0100 M000 100Y 43":                  "credit " + aCode,
		strings.ToLower(aCode):                    "credit " + aCode,
		"卡号 6222 0212 3456 7890 128":              "bank " + aCard,
		"卡号" + aCard:                              "bank " + aCard,
		"4111-1111-1111-1111 ":                    "bank " + aVisa,
		"来电13912345678。":                          "phone 13912345678",
		"139-1234-5678":                           "phone 13912345678",
		"139 1234 5678":                           "phone 13912345678",
		"1391 234 5678":                           "phone 13912345678",
		"+86 139 1234 5678":                       "phone 13912345678",
		"+8613912345678":                          "phone 13912345678",
		"86-13912345678":                          "phone 13912345678",
		"１３９１２３４５６７８":                             "phone 13912345678",
		"139－1234－5678":                           "phone 13912345678",
		"tel13912345678":                          "phone 13912345678",
		"Tel: 13912345678/13812345678":            "phone 13912345678, phone 13812345678",
		"13912345678 13812345678":                 "phone 13912345678, phone 13812345678",
		"13912345678、0471-1234567":                "phone 13912345678",
		"0471-3234567":                            "phone 04713234567",
		"（0471）3234567":                           "phone 04713234567",
		"(0474)823 4567":                          "phone 04748234567",
		"0471－3234567-802":                        "phone 04713234567802",
		"010 62345678":                            "phone 01062345678",
		"+86-471-3234567":                         "phone 04713234567",
		"座机04713234567":                           "phone 04713234567",
		"邮箱 Zhang.San@163.com，":                   "email zhang.san@163.com",
		"13912345678@139.com":                     "email 13912345678@139.com",
		"12345678＠qq.com":                         "email 12345678@qq.com",
		"- 13912345678":                           "phone 13912345678",
		"原渠道单号: 13912345678":                      "phone 13912345678",
		"工单号 " + anID:                             "id " + anID,
		"2026-07-15 13912345678":                  "phone 13912345678",
		"张三,13912345678,男":                        "phone 13912345678",
		"400-810-1234":                            "phone 4008101234",
		"13912345678元":                            "phone 13912345678",
		"1.13912345678":                           "phone 13912345678",
		strings.Repeat("1 ", 200) + "13912345678": "phone 13912345678",
	} {
		if got := kinds(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
		if !Any([]byte(text)) {
			t.Errorf("%q: Any finds nothing", text)
		}
	}
}

func TestLeavesAlone(t *testing.T) {
	for _, text := range []string{
		"202607-ZSGLK-004", "编号: 202607-NFZX-1234", "CP20260715003", "RW202608-01", "CQ2026-07、HY2026-03",
		"cases/2026/07/202607-NFZX-012.md",
		"0471202607", "工单号 20260715153012345678", "原渠道单号: 2026071512345678", "NMG202607150001234",
		"XF-15047100123", "单号15-2026-0715-0012",
		"2026-07-15", "2026-07-15 2026-08-01", "20260715", "2026-07-15T09:30:00+08:00", "2026年7月15日9时30分",
		"2026/7/1 至 2026/12/31", "0701-20260731",
		"1,234,567.00元", "13912345678.00元", "税款13912345678元", "￥13912345678", "13,912,345,678",
		"比值1.13912345678", "税款 15012345678 元", "13912345678,123.5",
		"税总纳服函〔2023〕57号", "第15912345678号", "第三十二条第（一）项", "GB 11643-1999、GB 32100-2015",
		"12366", "12345热线", "12366-1", "12366-1-2", "110、119、120", "1525 户 26 件",
		"152601199003074517", "152601199013074518", "992601199003074518", "152601200502300018",
		// check, month, province, day
		"91350100M000100Y44", "91350100I000100Y43", "123456789012345678", "000000000000000000", "111111111111111111",
		"6222021234567890129", "流水号 6222021234567890128", "2026021234567890", "1234 5678 9012 3456",
		"12012345678", "19412345678", "139123456789", "A13912345678", "13912345678A", "13912345678-A",
		"IMG_13912345678", "9139123456780",
		"e83c5163316f89bfbde7d9ab23ca2e25604af290", "1391234567", "139****5678", "152***********4518", "(0471)12345",
		"0260-1234567", "0471-1234567890",
		"@12366", "a@b", "logo@2x.png", "git@gitlab.example.com:a/b.git", "https://x:y@git.example.com/a", "*@",
		"人员@局",
		"139 2026 0715", "139 20260715", numberID, "04713234567",
		"税务登记证 150123456789012", "a.13912345678.b1", "",
	} {
		if got := kinds(text); got != "" && text != "a.13912345678.b1" {
			t.Errorf("%q: %s", text, got)
		}
	}
}

func TestMask(t *testing.T) {
	for text, want := range map[string]string{
		"身份证" + anID + "，":                "身份证152***********4510，",
		"139 1234 5678、0474-8234567":      "139 **** 5678、047*-***4567",
		"１３９１２３４５６７８":                     "１３９****５６７８",
		"卡 6222 0212 3456 7890 128":       "卡 6222 **** **** ***0 128",
		"税号" + aCode:                      "税号91**************43",
		"zhangsan@163.com 与 a@163.com":    "z*******@163.com 与 *@163.com",
		"没有 202607-NFZX-001":              "没有 202607-NFZX-001",
		"张\xff\xfe三13912345678\xe4\xb8 四": "张\xff\xfe三139****5678\xe4\xb8 四",
	} {
		got := string(Masked([]byte(text)))
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
		if utf8.RuneCountInString(got) != utf8.RuneCountInString(text) {
			t.Errorf("%q: another number of characters", text)
		}
	}
	text := []byte("来电13912345678，a1@163.com")
	if got := string(MaskedNumbers(text)); got != "来电139****5678，a1@163.com" {
		t.Errorf("numbers alone: %q", got)
	}
	if got := Mask(text, Scan(text)[0]); got != "139****5678" {
		t.Errorf("one span: %q", got)
	}
}

// TestChecks holds, for made-up numbers of each kind, that the right one is
// found wherever it stands, and that one with another check digit is not.
func TestChecks(t *testing.T) {
	digits := func(n int) *rapid.Generator[string] {
		return rapid.StringOfN(rapid.RuneFrom([]rune("0123456789")), n, n, -1)
	}
	around := rapid.SampledFrom([]string{"", "，", "编", "（", "：", "\n", "。 ", "\t"})
	rapid.Check(t, func(t *rapid.T) {
		var body, alphabet string
		var valid func([]byte) bool
		var kind Kind
		switch rapid.IntRange(0, 2).Draw(t, "kind") {
		case 0:
			kind, valid, alphabet = IDCard, validID, "0123456789X"
			day := rapid.SampledFrom([]string{"19490101", "19880229", "20001231", "20150630"}).Draw(t, "day")
			body = rapid.SampledFrom([]string{"15", "11", "65"}).Draw(t, "province") + digits(4).Draw(t, "county") +
				day + digits(3).Draw(t, "nth")
		case 1:
			kind, valid, alphabet = CreditCode, validCredit, creditAlphabet
			body = rapid.SampledFrom([]string{"91", "92", "12"}).Draw(t, "office") + "15" +
				digits(4).Draw(t, "county") + "MA" + digits(7).Draw(t, "organisation")
		default:
			kind, valid, alphabet = BankCard, validCard, "0123456789"
			body = "62" + digits(rapid.IntRange(13, 16).Draw(t, "length")).Draw(t, "account")
		}
		before, after := around.Draw(t, "before"), around.Draw(t, "after")
		found := 0
		for _, check := range alphabet {
			number := body + string(check)
			text := before + number + after
			spans := Scan([]byte(text))
			if !valid([]byte(number)) {
				for _, sp := range spans {
					if sp.Kind == kind {
						t.Fatalf("%q is a wrong number", text)
					}
				}
				continue
			}
			found++
			if len(spans) != 1 || spans[0].Kind != kind || spans[0].Value != number ||
				text[spans[0].Start:spans[0].End] != number {
				t.Fatalf("%q: %+v", text, spans)
			}
		}
		if found != 1 {
			t.Fatalf("%s has %d check characters", body, found)
		}
	})
}

// TestFullWidth holds that width changes nothing.
func TestFullWidth(t *testing.T) {
	wide := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r >= '!' && r < '~' && r != '@' && r != '.' && r != ',' && r != '_' && r != '#' && r != '$' {
				return r - '!' + '！'
			}
			return r
		}, s)
	}
	for _, text := range []string{"身份证" + anID, aCode, "139-1234-5678", aCard, "0471-3234567"} {
		if kinds(text) == "" || kinds(wide(text)) != kinds(text) {
			t.Errorf("%s: %q, in full width %q", text, kinds(text), kinds(wide(text)))
		}
	}
}

func FuzzScan(f *testing.F) {
	for _, s := range []string{"身份证" + anID, aCode + " 13912345678@139.com", "0471-3234567-1 ＠ a@b.cn",
		strings.Repeat("86-", 100) + "13912345678", "１３9 1234 ５678", "tel139",
		"护照E12345678 QQ：12345678（QQ）微信号 zhang_88 座机8234567", "139\u200b**1234**.5678 400-810-1234",
		"身份证152601198805123026 张三@qq。com"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		spans := Scan(text)
		end := 0
		for _, sp := range spans {
			if sp.Start < end || sp.End <= sp.Start || sp.End > len(text) || sp.Kind == 0 || sp.Value == "" {
				t.Fatalf("%q: %+v", text, spans)
			}
			end = sp.End
			if m := Mask(text, sp); strings.Contains(m, string(text[sp.Start:sp.End])) {
				t.Fatalf("%q shows in full: %q", text, m)
			}
		}
		if Any(text) != (len(spans) > 0) {
			t.Fatalf("%q: Any and Scan differ", text)
		}
		masked := Masked(text)
		if utf8.RuneCount(masked) != utf8.RuneCount(text) {
			t.Fatalf("%q: %q has another number of characters", text, masked)
		}
		if Any(masked) {
			t.Fatalf("%q: %q still shows something", text, masked)
		}
	})
}

func BenchmarkAny(b *testing.B) {
	text := []byte(strings.Repeat("编号: 202607-NFZX-001\n收集日期: 2026-07-15\n"+
		"原渠道单号: CP20260715003\n"+
		"纳税人反映征期末日电子税务局申报提交失败，请求延长。\n", 20))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if Any(text) {
			b.Fatal("a false alarm")
		}
	}
}
