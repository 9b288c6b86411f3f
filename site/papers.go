package site

import (
	"bytes"
	"io"
	"slices"

	"suqiu/internal/forms"
	"suqiu/internal/office"
	"suqiu/internal/view"
	"suqiu/site/returns"
)

// upwardRow is what was sent up of one quarter.
type upwardRow struct {
	view.UpwardDuty
	Report bool // the quarter's 分析报告 has a page
}

func (v *builder) readUpward() {
	for _, duty := range v.UpwardDuties() {
		v.upward = append(v.upward, upwardRow{duty, v.figuresOf(duty.Quarter) != nil})
	}
	slices.Reverse(v.upward)
}

// monthlyPage is 月度报送, risksPage 风险点, upwardPage 向上级报送, countiesPage
// 旗县市区.
type (
	monthlyPage struct {
		Frame
		*returns.Monthly
		Due int // 月报: working day of the next month
	}
	risksPage struct {
		Frame
		Points    []view.RiskPoint
		Receiver  *view.Unit   // set on the digest of one receiver
		Receivers []*view.Unit // that have a digest
	}
	upwardPage struct {
		Frame
		Rows []upwardRow // newest first
		Due  int         // 报送: working days after the quarter
	}
	countiesPage struct {
		Frame
		*returns.Counties
		Units []*view.Unit
	}
)

func (v *builder) monthlyPage() framed {
	return &monthlyPage{Monthly: v.monthly, Due: v.Config.Limits.Monthly}
}

func (v *builder) upwardPage() framed {
	return &upwardPage{Rows: v.upward, Due: v.Config.Limits.SendUp}
}

// risksOf are what is sent on to a unit.
func (v *builder) risksOf(u *view.Unit) []view.RiskPoint {
	return slices.DeleteFunc(slices.Clone(v.Risks),
		func(p view.RiskPoint) bool { return !slices.Contains(p.To, u.Name) })
}

func (v *builder) risksPage() framed {
	page := &risksPage{Points: v.Risks}
	for _, u := range v.units {
		if len(v.risksOf(u)) > 0 {
			page.Receivers = append(page.Receivers, u)
		}
	}
	return page
}

// riskFiles are what each receiver is sent, as a page and as Word.
func (v *builder) riskFiles() []file {
	return each(v.units, func(u *view.Unit) []file {
		data := &risksPage{Points: v.risksOf(u), Receiver: u}
		if len(data.Points) == 0 {
			return nil
		}
		return append(v.files(page{"risks/" + u.Code + ".html", "risks", "转送" + u.Name + "的风险点", "risks",
			func() framed { return data }, nil}),
			file{path: data.Download().Path, write: func(b *bytes.Buffer) error {
				return data.digest(v.Config.Name).Write(b)
			}})
	})
}

// Download is the digest of a receiver as a Word file.
func (p *risksPage) Download() view.Download {
	return view.Download{
		Path: "risks/" + p.Receiver.Code + ".docx", Name: p.Receiver.Name + "-风险点转送单.docx",
		Text: "转送单（Word）",
	}
}

// digest is that file: what the page shows.
func (p *risksPage) digest(bureau string) *office.Document {
	r := forms.RiskDigest{Bureau: bureau, Unit: p.Receiver.Name}
	for _, x := range p.Points {
		r.Points = append(r.Points, forms.RiskEntry{Sent: x.Sent, Content: x.Content, From: x.From, To: x.To,
			Reply: x.Reply})
	}
	return forms.WriteRisks([]forms.RiskDigest{r})
}

// countyFiles are those files.
func (v *builder) countyFiles() []file {
	book := v.counties
	write := []func(io.Writer) error{book.Compared.Word, book.Compared.Excel}
	var files []file
	for i, d := range book.Downloads() {
		files = append(files, file{path: d.Path, write: func(b *bytes.Buffer) error { return write[i](b) }})
	}
	return files
}

func (v *builder) countiesPage() framed {
	page := &countiesPage{Counties: v.counties}
	_, page.Units = v.byKind()
	return page
}
