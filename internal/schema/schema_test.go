package schema_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"

	"suqiu/cases"
	"suqiu/internal/config"
	"suqiu/internal/demo"
	"suqiu/internal/record"
	"suqiu/internal/schema"
	"suqiu/internal/workday"
)

// compile also holds the schema to the published one of schemas, which the
// compiler has in it.
func compile(t *testing.T, src []byte, err error) *jsonschema.Schema {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(src))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("s.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("s.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// value is YAML as an editor's language server sees it: dates are texts.
func value(t *testing.T, src []byte) any {
	t.Helper()
	var root yaml.Node
	if err := yaml.Unmarshal(src, &root); err != nil {
		t.Fatalf("%v in\n%s", err, src)
	}
	var plain func(n *yaml.Node)
	plain = func(n *yaml.Node) {
		if n.Tag == "!!timestamp" {
			n.Tag = "!!str"
		}
		for _, c := range n.Content {
			plain(c)
		}
	}
	plain(&root)
	var v any
	if err := root.Decode(&v); err != nil {
		t.Fatal(err)
	}
	out, err := json.Marshal(v) // the validator takes what JSON has
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func sampleConfig(t *testing.T) ([]byte, *config.Config) {
	t.Helper()
	src, err := cases.FS.ReadFile("suqiu.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return src, config.Parse("suqiu.yaml", src)
}

// TestCaseTakesTheSample: every case of the sample repository, whatever its
// state, is valid, so the schema marks nothing that check accepts.
func TestCaseTakesTheSample(t *testing.T) {
	_, cfg := sampleConfig(t)
	src, err := schema.Case(cfg)
	s := compile(t, src, err)
	dir := filepath.Join(t.TempDir(), "sample")
	if err := demo.Sample(dir, workday.New(2026, time.September, 30), nil); err != nil {
		t.Fatal(err)
	}
	n := 0
	err = filepath.WalkDir(filepath.Join(dir, "cases"), func(name string, e fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".md") {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		front := strings.SplitN(string(data), "---\n", 3)[1]
		if err := s.Validate(value(t, []byte(front))); err != nil {
			t.Errorf("%s: %v", filepath.Base(name), err)
		}
		n++
		return nil
	})
	if err != nil || n < 24 {
		t.Fatalf("%d cases: %v", n, err)
	}
}

const minimal = "编号: 202607-NFZX-012\n标题: 征期末日申报失败\n性质: 诉求\n渠道: 12366热线\n收集单位: 纳服中心\n" +
	"收集日期: 2026-07-15\n状态: 已登记\n"

func TestCase(t *testing.T) {
	_, cfg := sampleConfig(t)
	src, err := schema.Case(cfg)
	s := compile(t, src, err)
	for _, extra := range []string{
		"", "件数: 3\n", "件数: \"3\"\n", "原渠道单号: 0471202607\n", "原渠道单号: [1, 2]\n",
		"协办单位: 征管科、三分局\n",
		"协办单位:\n  - 征管科\n", "反馈:\n  - 结果: 已解决\n    审核:\n", "协办反馈:\n  征管科:\n    结果: 已办\n",
		"承接:\n  推送日期: 2026-05-06\n",
	} {
		if err := s.Validate(value(t, []byte(minimal+extra))); err != nil {
			t.Errorf("%q: %v", extra, err)
		}
	}
	for _, bad := range []string{
		strings.Replace(minimal, "诉求", "投述", 1), strings.Replace(minimal, "2026-07-15", "2026/7/15", 1),
		strings.Replace(minimal, "状态: 已登记\n", "", 1), strings.Replace(minimal, "202607-NFZX-012", "12", 1),
		minimal + "主办单位: 信息中心\n", minimal + "件数: 两件\n", minimal + "反馈: 已解决\n",
		minimal + "反馈:\n  - 结论: 已解决\n",
	} {
		if s.Validate(value(t, []byte(bad))) == nil {
			t.Errorf("taken: %q", bad)
		}
	}
	// Names are offered, in order, and the order of the keys is that of the form.
	for _, want := range []string{`"纳税服务科"`, `"12366热线"`, "《税费服务诉求和舆情分析办理延期申请单》"} {
		if !bytes.Contains(src, []byte(want)) {
			t.Errorf("%s is not in the schema", want)
		}
	}
	at := -1
	for _, k := range record.Schema().Keys {
		i := bytes.Index(src, []byte("\n    \""+k.Name+"\": {"))
		if i <= at {
			t.Errorf("%s is missing or out of order", k.Name)
		}
		at = i
	}
}

// TestConfigKeys compares the schema of suqiu.yaml with what its parser knows,
// key by key, at every level: the parser lists the keys it takes when it meets
// one that it does not.
func TestConfigKeys(t *testing.T) {
	src, err := schema.Config()
	s := compile(t, src, err)
	sample, _ := sampleConfig(t)
	if err := s.Validate(value(t, sample)); err != nil {
		t.Errorf("the sample's suqiu.yaml: %v", err)
	}
	var doc map[string]any
	if err := json.Unmarshal(src, &doc); err != nil {
		t.Fatal(err)
	}
	known := regexp.MustCompile(`可用的项有：(.*)$`)
	for at, yaml := range map[string]string{
		"":   "乱: 写\n",
		"单位": "单位:\n  - 乱: 写\n",
		"人员": "人员:\n  - 乱: 写\n",
		"时限": "时限:\n  乱: 写\n",
		"日历": "日历:\n  乱: 写\n",
		"忽略": "忽略:\n  - 乱: 写\n",
		"签名": "签名:\n  乱: 写\n",
	} {
		var want []string
		for _, p := range config.Parse("suqiu.yaml", []byte(yaml)).Problems {
			if m := known.FindStringSubmatch(p.Fix); m != nil && p.Rule == "key-unknown" {
				want = strings.Split(m[1], "、")
			}
		}
		got := keysAt(doc, at)
		slices.Sort(want)
		slices.Sort(got)
		if len(want) == 0 || !slices.Equal(got, want) {
			t.Errorf("under %q the schema has %v, the parser %v", at, got, want)
		}
	}
}

// keysAt finds the properties of the object that a top key holds, through the
// lists and choices around it.
func keysAt(doc map[string]any, key string) []string {
	props, _ := doc["properties"].(map[string]any)
	if key == "" {
		var keys []string
		for k := range props {
			keys = append(keys, k)
		}
		return keys
	}
	var find func(v any) []string
	find = func(v any) []string {
		m, _ := v.(map[string]any)
		if _, ok := m["properties"]; ok {
			return keysAt(m, "")
		}
		if keys := m["items"]; keys != nil {
			return find(keys)
		}
		options, _ := m["anyOf"].([]any)
		for _, o := range options {
			if keys := find(o); keys != nil {
				return keys
			}
		}
		return nil
	}
	return find(props[key])
}

// TestSnippet: left as it is inserted, the snippet is a case of which only
// placeholder-left is told; answered, one that parses (DESIGN section 3).
func TestSnippet(t *testing.T) {
	src, err := schema.Snippet()
	if err != nil {
		t.Fatal(err)
	}
	var doc map[string]struct{ Body []string }
	if err := json.Unmarshal(src, &doc); err != nil || len(doc) != 1 {
		t.Fatalf("%v: %s", err, src)
	}
	for _, s := range doc {
		text := strings.NewReplacer("${TM_FILENAME_BASE}", "202607-NFZX-012", "$0",
			"摘要。").Replace(strings.Join(s.Body, "\n") + "\n")
		left := regexp.MustCompile(`\$\{\d+[:|]([^,}]+)[^}]*\}`).ReplaceAllString(text, "$1")
		for _, p := range record.Parse("cases/2026/07/202607-NFZX-012.md", []byte(left), nil).Problems {
			if p.Rule != "placeholder-left" {
				t.Errorf("not filled in: %+v in\n%s", p, left)
			}
		}
		for i, answer := range []string{"征期末日申报失败", "诉求", "12366热线", "纳税服务中心", "2026-07-15"} {
			text = regexp.MustCompile(`\$\{`+strconv.Itoa(i+2)+`[:|][^}]*\}`).ReplaceAllString(text, answer)
		}
		c := record.Parse("cases/2026/07/202607-NFZX-012.md", []byte(text), nil)
		if len(c.Problems) > 0 || c.Nature != "诉求" || c.Collected.String() != "2026-07-15" {
			t.Errorf("%+v in\n%s", c.Problems, text)
		}
	}
}
