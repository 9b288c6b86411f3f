package gittest

import (
	"fmt"
	"path"
	"strconv"
	"strings"
)

// The functions of this file edit case files by lines and know nothing of
// package record, so that a test of that package or of one above it does
// not lean on what it tests.

// template is a case as the collecting unit registers it.
const template = `---
编号: %s
标题: 征期末日申报提交失败
性质: 诉求
渠道: 12366热线
收集单位: 纳税服务中心
收集日期: %s
件数: 1
属地:
税费种:
主题:
原渠道单号:
原渠道期限:
公开范围:

状态: 已登记

任务清单:
办理类别:
涉及面:
影响度:
复杂度:
紧急程度:
分析单位:
承办单位:
协办单位:
限办天数:
调整原因:
会议议定期限:
  日期:
  依据:

说明单:

延期申请:

协办反馈:

反馈:

评估:

不评估原因:

改进:

不推送原因:
并入:
撤回原因:
下次研究日期:
代录:
更正:
---

## 诉求内容

纳税人反映征期末日多次提交失败，担心产生逾期记录。

## 研判分析

## 办理情况

## 反馈答复
`

// NewCase is a case file in canonical form with the 编号 of the path's name,
// collected on the first day of the month in it, changed by Set.
func NewCase(p string, settings ...string) (string, error) {
	id := strings.TrimSuffix(path.Base(p), ".md")
	day := "2026-07-01"
	if m := idPattern.FindStringSubmatch(id); m != nil {
		day = m[1] + "-" + m[2] + "-01"
	}
	return Set(fmt.Sprintf(template, id, day), settings...)
}

// Set sets keys, KEY=VALUE each, in the front matter of a case file.
func Set(src string, settings ...string) (string, error) {
	lines, end, err := frontMatter(src)
	if err != nil {
		return "", err
	}
	for _, s := range settings {
		key, value, ok := strings.Cut(s, "=")
		if !ok {
			return "", fmt.Errorf("%q is not KEY=VALUE", s)
		}
		before := len(lines)
		lines, err = setPath(lines, 1, end, 0, strings.Split(key, "."), value)
		if err != nil {
			return "", fmt.Errorf("%s: %w", key, err)
		}
		end += len(lines) - before
	}
	return strings.Join(lines, "\n"), nil
}

// Record adds a record with the given FIELD=VALUE to the list under key.
func Record(src, key string, fields ...string) (string, error) {
	lines, end, err := frontMatter(src)
	if err != nil {
		return "", err
	}
	at := findKey(lines, 1, end, 0, key)
	if at < 0 {
		lines = insert(lines, end, key+":")
		at, end = end, end+1
	}
	lines[at] = key + ":"
	stop := blockEnd(lines, at, end, 0)
	var item []string
	if stop > at+1 {
		item = append(item, "") // entries of a list stand apart
	}
	for i, f := range fields {
		k, v, ok := strings.Cut(f, "=")
		if !ok {
			return "", fmt.Errorf("%q is not FIELD=VALUE", f)
		}
		lead := "    "
		if i == 0 {
			lead = "  - "
		}
		item = append(item, scalar(lead, k, v))
	}
	return strings.Join(insert(lines, stop, item...), "\n"), nil
}

// Unset removes keys with all that stands below them.
func Unset(src string, keys ...string) (string, error) {
	lines, end, err := frontMatter(src)
	if err != nil {
		return "", err
	}
	for _, key := range keys {
		name, index, indexed, err := cutIndex(key)
		if err != nil {
			return "", err
		}
		at := findKey(lines, 1, end, 0, name)
		if at < 0 {
			return "", fmt.Errorf("no key %s", name)
		}
		from, stop := at, blockEnd(lines, at, end, 0)
		if indexed {
			items := listItems(lines, at+1, stop)
			if index >= len(items) {
				return "", fmt.Errorf("%s has %d records", name, len(items))
			}
			from, stop = items[index][0], items[index][1]
		}
		lines = append(lines[:from:from], lines[stop:]...)
		end -= stop - from
	}
	return strings.Join(lines, "\n"), nil
}

// SetSection makes text the whole of a second-level section of the body,
// which is added at the end if it is not there.
func SetSection(src, heading, text string) string {
	lines := strings.Split(strings.TrimRight(src, "\n"), "\n")
	var block []string
	block = append(block, "## "+heading, "")
	if text != "" {
		block = append(block, strings.Split(text, "\n")...)
		block = append(block, "")
	}
	for i, l := range lines {
		if strings.TrimRight(l, " ") != "## "+heading {
			continue
		}
		stop := i + 1
		for stop < len(lines) && !strings.HasPrefix(lines[stop], "## ") {
			stop++
		}
		rest := append([]string(nil), lines[stop:]...)
		lines = append(append(lines[:i:i], block...), rest...)
		return strings.TrimRight(strings.Join(lines, "\n"), "\n") + "\n"
	}
	lines = append(append(lines, ""), block...)
	return strings.TrimRight(strings.Join(lines, "\n"), "\n") + "\n"
}

// frontMatter cuts a file into lines; the keys are lines[1:end].
func frontMatter(src string) (lines []string, end int, err error) {
	lines = strings.Split(src, "\n")
	if strings.TrimRight(lines[0], "\r") != "---" {
		return nil, 0, fmt.Errorf("no front matter")
	}
	for i, l := range lines[1:] {
		if strings.TrimRight(l, "\r") == "---" {
			return lines, i + 1, nil
		}
	}
	return nil, 0, fmt.Errorf("front matter not closed")
}

// setPath sets the key path within lines[from:to], whose keys stand at indent.
func setPath(lines []string, from, to, indent int, keys []string, value string) ([]string, error) {
	name, index, indexed, err := cutIndex(keys[0])
	if err != nil {
		return nil, err
	}
	pad := strings.Repeat(" ", indent)
	at := findKey(lines, from, to, indent, name)
	if at < 0 {
		stop := to
		for indent > 0 && stop > from && strings.TrimSpace(lines[stop-1]) == "" {
			stop--
		}
		lines = insert(lines, stop, pad+name+":")
		at, to = stop, to+1
	}
	lead := lines[at][:indent] // keeps the dash of a record's first key
	stop := blockEnd(lines, at, to, indent)
	if len(keys) == 1 {
		rest := append([]string(nil), lines[stop:]...)
		return append(append(lines[:at:at], scalar(lead, name, value)), rest...), nil
	}
	lines[at] = lead + name + ":"
	if items := listItems(lines, at+1, stop); len(items) > 0 {
		if !indexed {
			index = len(items) - 1
		}
		if index >= len(items) {
			return nil, fmt.Errorf("%s has %d records", name, len(items))
		}
		dash := strings.IndexByte(lines[items[index][0]], '-')
		return setPath(lines, items[index][0], items[index][1], dash+2, keys[1:], value)
	}
	if indexed {
		return nil, fmt.Errorf("%s has no record", name)
	}
	return setPath(lines, at+1, stop, indent+2, keys[1:], value)
}

// findKey is the line of a key at exactly this indentation, or -1.
func findKey(lines []string, from, to, indent int, name string) int {
	for i := from; i < to; i++ {
		l := lines[i]
		if len(l) < indent || strings.Trim(l[:indent], " -") != "" {
			continue
		}
		if rest := l[indent:]; strings.HasPrefix(rest, name+":") {
			return i
		}
	}
	return -1
}

// blockEnd is the line after the value of the key on line at: deeper lines,
// and list items at the same depth, without the blank lines behind them.
func blockEnd(lines []string, at, to, indent int) int {
	end := at + 1
	for i := at + 1; i < to; i++ {
		l := strings.TrimRight(lines[i], " \r")
		if l == "" {
			continue
		}
		depth := len(l) - len(strings.TrimLeft(l, " "))
		if depth < indent || depth == indent && !strings.HasPrefix(l[depth:], "-") {
			break
		}
		// A dash that is two to the left of a key begins the next record.
		end = i + 1
	}
	return end
}

// listItems are the ranges of lines of a list's records.
func listItems(lines []string, from, to int) [][2]int {
	var items [][2]int
	depth := -1
	for i := from; i < to; i++ {
		l := lines[i]
		d := len(l) - len(strings.TrimLeft(l, " "))
		if strings.TrimSpace(l) == "" {
			continue
		}
		if strings.HasPrefix(l[d:], "- ") && (depth < 0 || d == depth) {
			depth = d
			if n := len(items); n > 0 {
				items[n-1][1] = i
			}
			items = append(items, [2]int{i, to})
		} else if depth < 0 {
			return nil
		}
	}
	return items
}

// cutIndex splits 反馈[0] into its key and number.
func cutIndex(key string) (name string, index int, ok bool, err error) {
	name, rest, ok := strings.Cut(key, "[")
	if !ok {
		return key, 0, false, nil
	}
	index, err = strconv.Atoi(strings.TrimSuffix(rest, "]"))
	return name, index, true, err
}

// scalar is a line of a key; several lines of value become a block value.
func scalar(lead, key, value string) string {
	switch {
	case value == "":
		return lead + key + ":"
	case strings.Contains(value, "\n"):
		pad := "\n" + strings.Repeat(" ", len(lead)+2)
		return lead + key + ": |-" + pad + strings.ReplaceAll(value, "\n", pad)
	}
	return lead + key + ": " + value
}

func insert(lines []string, at int, more ...string) []string {
	out := make([]string, 0, len(lines)+len(more))
	out = append(out, lines[:at]...)
	out = append(out, more...)
	return append(out, lines[at:]...)
}
