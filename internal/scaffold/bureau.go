package scaffold

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"suqiu/internal/config"
	"suqiu/internal/yamltext"
)

// Kind says whom a repository is for.
type Kind string

// The kinds of a bureau.
const (
	City   Kind = "市局" // the units of section 三(二) of the regulation
	County Kind = "县局" // the few units of a county, which reports to a city
	Blank  Kind = "空白" // the units that somebody names
)

// Kinds lists them in the order to show them.
func Kinds() []Kind { return []Kind{City, County, Blank} }

// Bureau is the bureau that a repository is for.
type Bureau struct {
	Kind  Kind
	Name  string // 化德县税务局; empty: the sample's, of a city
	Above string // to whom a county reports
	// Units are those of a blank repository, each as ParseUnit reads it.
	Units []config.Unit
}

// Lacks are the answers without which there is no repository of the kind.
func (b *Bureau) Lacks() (name, above, units bool) {
	return b.Name == "" && b.Kind != City, b.Above == "" && b.Kind == County, len(b.Units) == 0 && b.Kind == Blank
}

// ParseUnit reads a unit from its name and code, then its roles and channels in any
// order, all apart by blanks: 纳税服务科 NSFWK 联席办 投诉.
func ParseUnit(line string) (u config.Unit, err error) {
	words := strings.Fields(line)
	if len(words) < 2 {
		return u, fmt.Errorf("“%s”应写成“名称 代码 角色 渠道”，如 纳税服务科 NSFWK 联席办 投诉；"+
			"角色、渠道可以不写", line)
	}
	u.Name, u.Code = words[0], words[1]
	for _, word := range words[2:] {
		if role := config.Role(word); slices.Contains(config.Roles(), role) {
			u.Roles = append(u.Roles, role)
		} else {
			u.Channels = append(u.Channels, word)
		}
	}
	if len(u.Channels) == 0 && !u.Has(config.County) {
		u.Channels = []string{"本条线反馈", "日常工作"}
	}
	return u, nil
}

// check refuses a bureau that would not be what was asked for.
func (b *Bureau) check(cfg *config.Config) error {
	var faults []error
	for _, p := range cfg.Problems {
		faults = append(faults, errors.New(p.Message))
	}
	office := func(u config.Unit) bool { return u.Has(config.Office) }
	if len(faults) == 0 && !slices.ContainsFunc(cfg.Units, office) {
		faults = append(faults, errors.New("没有一个单位的角色是“联席办”"))
	}
	return errors.Join(faults...)
}

// The parts of the sample's suqiu.yaml that are not the bureau's.
const (
	unitsFrom   = "单位:"
	peopleFrom  = "# 联席会议办公室副主任"
	peopleUntil = "# 未列出的时限"
)

// adapt makes the bureau's own suqiu.yaml from that of the sample, without the
// sample's people and addresses: for a city the same units, codes, channels and
// roles (section 三(二) of the regulation), for others their own.
func (b *Bureau) adapt(sample []byte, branch string) ([]byte, error) {
	var out strings.Builder
	out.WriteString(text("heading.yaml"))
	skipping, parts := false, 0
	for i, line := range strings.SplitAfter(string(sample), "\n") {
		switch {
		case i == 0 && strings.HasPrefix(line, "#"):
			continue // says that it is a sample
		case strings.HasPrefix(line, unitsFrom):
			parts++
			if skipping = b.Kind != City; skipping {
				out.WriteString(b.units())
			}
		case strings.HasPrefix(line, peopleFrom):
			parts++
			skipping = true
			out.WriteString(b.people())
		case strings.HasPrefix(line, peopleUntil):
			parts++
			skipping = false
		}
		body := strings.TrimLeft(line, " ")
		switch {
		case skipping:
		case strings.HasPrefix(line, "名称:") && b.Name != "":
			out.WriteString("名称: " + plain(b.Name+"税费服务诉求和舆情分析办理") + "\n")
		case strings.HasPrefix(line, "主分支:"):
			out.WriteString("主分支: " + branch + "\n")
		case strings.HasPrefix(line, "收件宽限:"):
			out.WriteString(text("baseline.yaml") + line)
		case strings.HasPrefix(body, "邮箱:"):
			out.WriteString(line[:len(line)-len(body)] + "# " + body)
		default:
			out.WriteString(line)
		}
	}
	if parts != 3 {
		return nil, fmt.Errorf("the sample's suqiu.yaml has not the parts to adapt: %d of 3", parts)
	}
	return []byte(out.String()), nil
}

// units is the list of those that are not the sample's.
func (b *Bureau) units() string {
	if b.Kind == County {
		return text("county.yaml")
	}
	var out strings.Builder
	out.WriteString(unitsFrom + "\n")
	for _, u := range b.Units {
		fmt.Fprintf(&out, "  - 名称: %s\n    代码: %s\n    # 邮箱: [\"*@%s.example\"]\n", plain(u.Name), plain(u.Code),
			strings.ToLower(u.Code))
		if len(u.Channels) > 0 {
			out.WriteString("    渠道:\n")
		}
		for _, c := range u.Channels {
			out.WriteString("      - " + plain(c) + "\n")
		}
		if len(u.Roles) > 0 {
			names := make([]string, len(u.Roles))
			for i, r := range u.Roles {
				names[i] = string(r)
			}
			out.WriteString("    角色: [" + strings.Join(names, ", ") + "]\n")
		}
		out.WriteString("\n")
	}
	return out.String()
}

// people is the place for those who act for several units.
func (b *Bureau) people() string {
	switch {
	case b.Kind == City:
		return text("people.yaml")
	case b.Kind == County:
		return strings.ReplaceAll(text("people-other.yaml"), "UNIT", "第一税务分局")
	}
	return strings.ReplaceAll(text("people-other.yaml"), "UNIT", b.Units[len(b.Units)-1].Name)
}

// readme is what stands in README.md for this kind alone.
func (b *Bureau) readme() string {
	if b.Kind != County {
		return ""
	}
	return strings.NewReplacer("ABOVE", b.Above, "NAME", cmp.Or(b.Name, "本局")).Replace(text("county.md"))
}

// plain is a text as YAML has it, in quotes where it needs them.
func plain(text string) string {
	if strings.ContainsAny(text, ":#{}[],&*!|>'\"%@`-?") || strings.TrimSpace(text) != text {
		return yamltext.Quote(text)
	}
	return text
}
