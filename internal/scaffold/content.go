package scaffold

import (
	"bytes"
	"embed"
	"fmt"
	"strings"

	"suqiu/internal/config"
	"suqiu/internal/mdfile"
	"suqiu/internal/record"
	"suqiu/internal/workday"
)

// examplePath is where the example lies: no folder of cases, so that it enters
// no list, no clock and no figure.
const examplePath = "docs/示例.md"

// example shows how a case is written, of one that never was.
func example(cfg *config.Config, today workday.Date) []byte {
	unit, channel := officeOf(cfg)
	id := strings.ReplaceAll(today.String()[:7], "-", "") + "-" + unit.Code + "-001"
	c := &record.Case{
		Path: record.PathOf(id), ID: id, Title: "示例：自助办税终端打印不清晰",
		Nature: "诉求", Channel: channel, Collector: unit.Name, Collected: today, Tickets: 1,
		State: record.States()[0],
		Sections: []mdfile.Section{{Heading: record.Headings()[0],
			Text: `某纳税人在自助办税终端打印完税证明，字迹不清，需要到窗口重新打印，建议及时更换耗材。`}},
	}
	return []byte(strings.NewReplacer("PATH", c.Path, "CASE", string(record.Print(c))).Replace(text("example.md")))
}

// parts are texts of files that are made for the bureau.
//
//go:embed parts
var parts embed.FS

func text(name string) string {
	data, err := parts.ReadFile("parts/" + name)
	if err != nil {
		panic("scaffold: " + err.Error()) // it is part of the program
	}
	return string(data)
}

// officeOf is the unit of the joint-meeting office with one of its channels.
func officeOf(cfg *config.Config) (*config.Unit, string) {
	office := &cfg.Units[0]
	for i := range cfg.Units {
		if u := &cfg.Units[i]; u.Has(config.Office) {
			office = u
			break
		}
	}
	if len(office.Channels) == 0 {
		return office, ""
	}
	return office, office.Channels[0]
}

// owners writes CODEOWNERS: the office owns what only it may land, each unit
// the cases that it collects and its submissions.
func owners(cfg *config.Config) []byte {
	office, _ := officeOf(cfg)
	var b bytes.Buffer
	b.WriteString(text("CODEOWNERS"))
	group := func(u *config.Unit) string { return "@suqiu/" + strings.ToLower(u.Code) }
	for _, path := range []string{"/suqiu.yaml", "/meetings/", "/reports/", "/risks/", "/submissions/", "/appraisal/",
		"/templates/", "/seals/", "/.gitlab/", "/.gitlab-ci.yml", ".gitattributes", "CODEOWNERS"} {
		b.WriteString(path + " " + group(office) + "\n")
	}
	for i := range cfg.Units {
		u := &cfg.Units[i]
		fmt.Fprintf(&b, "\n[%s]\n", u.Name)
		if len(u.Channels) > 0 {
			fmt.Fprintf(&b, "/cases/**/*-%s-*.md %s\n/monthly/**/%s.md %s\n", u.Code, group(u), u.Code, group(u))
		}
		if u.Has(config.County) {
			fmt.Fprintf(&b, "/counties/%s/ %s\n", u.Code, group(u))
		}
	}
	return b.Bytes()
}
