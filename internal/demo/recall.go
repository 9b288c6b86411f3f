package demo

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"suqiu/cases"
	"suqiu/internal/record"
)

// recall takes what the script of a life does not say from the file in which it
// ends, as cases/ has it: texts, and what a registration and a push copy. Days
// are never taken: they depend on the day of the sample.
func (l *life) recall(known steps) error {
	id := l.facts.get("见")
	if id == "" {
		return nil
	}
	src, err := cases.FS.ReadFile(casePath(id))
	if err != nil {
		return fmt.Errorf("%s: %w", l.name, err)
	}
	c := record.Parse(casePath(id), src, nil)
	for _, s := range c.Sections {
		if s.Text != "" && l.section(s.Heading) == "" {
			l.texts = append(l.texts, text{s.Heading, s.Text})
		}
	}
	for _, key := range slices.Concat(names(known["登记"].facts.get(copies)), names(known["推送"].facts.get(copies))) {
		if value := said(c, key); value != "" && !l.facts.has(key) {
			l.facts = append(l.facts, fact{key: key, value: value})
		}
	}
	return nil
}

// said is what a case says of a key that has no day, as a script would write it.
func said(c *record.Case, key string) string {
	if key == "分级" {
		return strings.TrimSpace(c.Reach + " " + c.Impact + " " + c.Complexity)
	}
	switch v := record.Schema().Key(key).At(c).(type) {
	case *string:
		return *v
	case *[]string:
		return strings.Join(*v, "、")
	case *int:
		if *v > 0 {
			return strconv.Itoa(*v)
		}
	}
	return ""
}
