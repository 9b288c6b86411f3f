package forms

import (
	"fmt"
	"io"
	"strings"

	"suqiu/internal/office"
	"suqiu/internal/register"
)

// Digests are what each unit is sent of a month's 风险点, or one unit alone.
func Digests(d *register.Register, sent *register.Risks, unit string) []RiskDigest {
	var digests []RiskDigest
	for _, u := range d.Config.Units {
		if unit != "" && u.Name != unit {
			continue
		}
		digest := RiskDigest{Bureau: d.Config.Name, Unit: u.Name, Name: fmt.Sprintf("%d年%d月", sent.Month.Year,
			int(sent.Month.Month))}
		for _, x := range sent.For(u.Name) {
			digest.Points = append(digest.Points, RiskEntry{Sent: sent.Landed, Content: x.Content, From: x.From,
				To: x.To, Reply: x.Reply})
		}
		if len(digest.Points) > 0 {
			digests = append(digests, digest)
		}
	}
	return digests
}

// WriteDigests writes what each unit is sent.
func WriteDigests(w io.Writer, digests []RiskDigest, sent *register.Risks) {
	for i := range digests {
		if i > 0 {
			fmt.Fprintln(w)
		}
		digests[i].markdown(w, sent)
	}
}

func (r *RiskDigest) markdown(w io.Writer, sent *register.Risks) {
	fmt.Fprintf(w, "## 致%s：%s 风险点\n\n%s 转送，共 %d 个。请结合职责核查，把措施和结果反馈联席会议办公室。\n\n",
		office.PlainCell(r.Unit), sent.Month, sent.Landed, len(r.Points))
	fmt.Fprint(w, "| 序号 | 风险点 | 提出单位 | 同时转送 | 反馈 |\n| --- | --- | --- | --- | --- |\n")
	for i := range r.Points {
		x := &r.Points[i]
		fmt.Fprintf(w, "| %d | %s | %s | %s | %s |\n", i+1, office.PlainCell(x.Content), office.PlainCell(x.From),
			office.PlainCell(strings.Join(x.Others(r.Unit), "、")), office.PlainCell(x.Reply))
	}
	fmt.Fprint(w, "\n签收人：　　　　　　签收日期：　　　　　　\n")
}
