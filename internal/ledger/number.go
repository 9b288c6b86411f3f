package ledger

import (
	"fmt"
	"strconv"
	"strings"

	"suqiu/internal/record"
)

// number gives the cases their 编号 and place. Those that bring one come first,
// so that none is given out that stands further below; a line with a fault takes
// none, so that no number is left out.
func (im *importer) number(list []draft) error {
	if err := im.lookElsewhere(list); err != nil {
		return err
	}
	good := map[*record.Case]bool{}
	for _, own := range []bool{true, false} {
		for i, d := range list {
			im.table.progress(i, len(list))
			im.line, im.faulty = d.line, false
			if id := im.word("编号"); own == (id != "") && im.place(d.Case, id) {
				good[d.Case] = true
			}
		}
	}
	for _, d := range list {
		if good[d.Case] {
			im.plan.Cases = append(im.plan.Cases, d.Case)
		}
	}
	return nil
}

// lookElsewhere raises the last number of each month and unit from which one is
// to be given out to what other branches use already.
func (im *importer) lookElsewhere(list []draft) error {
	asked := map[string]bool{}
	for _, d := range list {
		prefix := im.prefix(d.Case)
		if im.line = d.line; im.inUse == nil || im.word("编号") != "" || asked[prefix] {
			continue
		}
		asked[prefix] = true
		n, err := im.inUse(prefix)
		if err != nil {
			return err
		}
		im.last[prefix] = max(im.last[prefix], n)
	}
	return nil
}

// prefix is what the 编号 of a case begins with: its month and unit.
func (im *importer) prefix(c *record.Case) string {
	month := strings.ReplaceAll(c.Collected.String()[:7], "-", "")
	return month + "-" + im.cfg.Unit(c.Collector).Code + "-"
}

// place gives one case its number, the one that stands in the line or else the
// next of its month and unit.
func (im *importer) place(c *record.Case, id string) bool {
	prefix := im.prefix(c)
	next := fmt.Sprintf("%s%03d", prefix, im.last[prefix]+1)
	switch {
	case id == "":
		id = next
	case record.PathOf(id) == "":
		im.fault("编号", "“"+id+"”不是编号，应写成 "+prefix+"001 的样子；留空则自动编号")
	case im.taken[id]:
		im.fault("编号", "编号“"+id+"”已经有了；新的一件请把编号留空")
	case !strings.HasPrefix(id, prefix):
		im.fault("编号", "编号“"+id+"”与收集日期、收集单位不符，应以 "+prefix+" 开头；留空则自动编号")
	}
	if im.faulty {
		return false
	}
	c.ID, c.Path = id, record.PathOf(id)
	// Whatever a case file may not say, a ledger may not bring.
	for _, p := range record.Parse(c.Path, record.Print(c), im.cfg.Canon).Problems {
		what := p.Message
		if p.Fix != "" {
			what += "；" + p.Fix
		}
		im.fault(strings.TrimPrefix(p.Key, "## "), what)
	}
	if !im.faulty {
		im.take(id)
	}
	return !im.faulty
}

// take notes that a 编号 is in use.
func (im *importer) take(id string) {
	im.taken[id] = true
	i := strings.LastIndexByte(id, '-')
	if i < 0 || record.PathOf(id) == "" {
		return
	}
	if n, err := strconv.Atoi(id[i+1:]); err == nil {
		im.last[id[:i+1]] = max(im.last[id[:i+1]], n)
	}
}
