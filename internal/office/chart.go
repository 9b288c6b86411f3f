package office

import (
	"cmp"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Chart is a chart that Word and Excel draw themselves: its figures stay
// figures, and who opens the file may change how they look. It is told in
// shades that stay apart on a printer without colour.
type Chart struct {
	Kind   ChartKind
	Title  string
	Alt    string // what it shows, in words, for who cannot see it
	Along  string // what Names are: 月份
	Unit   string // what the values are: 事项（项）
	Names  []string
	Series []Series
}

// Series is a value for each name of a chart.
type Series struct {
	Name   string
	Values []float64 // NaN: none, and no mark on the paper
}

// ChartKind says how a chart is drawn.
type ChartKind int

// The kinds of a chart.
const (
	Columns ChartKind = iota // upright, beside each other
	Bars                     // across, the first name on top
	Rates                    // lines through shares from 0 to 1, shown in per cent
)

// shades fill the series: dark, light and white, each within a dark line.
var shades = [...]string{"1F4E79", "A6BFD9", "FFFFFF", "5B5B5B", "D9D9D9"}

// maxLabels is how many values a chart tells in figures before they run
// together; the table beside it has them all.
const maxLabels = 36

// height is what a chart needs in mm, of at most so many.
func (c *Chart) height(most int) int {
	if c.Kind == Bars {
		return min(34+len(c.Names)*(4+7*len(c.Series))/2, most)
	}
	return min(62, most)
}

// ranges say where the figures of a chart stand in a workbook.
type ranges struct {
	sheet  string
	names  string   // A
	values []string // of each series: B, C
}

func (r *ranges) of(column string, from, to int) string {
	ref := "'" + strings.ReplaceAll(r.sheet, "'", "''") + "'!$" + column + "$" + strconv.Itoa(from)
	if to > from {
		ref += ":$" + column + "$" + strconv.Itoa(to)
	}
	return ref
}

const chartNames = `xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.` +
	`openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/` +
	`relationships"`

// part is the chart's own part. Its elements stand in the order of the schema
// (ECMA-376 part 1, 21.2): Word calls a file corrupt in which they do not.
// external leads to the workbook with the figures; empty if they stand in the
// workbook that the chart is in.
func (c *Chart) part(at ranges, external string) string {
	b := new(strings.Builder)
	b.WriteString(xmlHead + `<c:chartSpace ` + chartNames +
		`><c:date1904 val="0"/><c:lang val="zh-CN"/><c:roundedCorners val="0"/><c:chart>`)
	b.WriteString(`<c:title>` + richText(c.Title, HeiTi, 1050) +
		`<c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>`)
	kind := "barChart"
	switch c.Kind {
	case Columns:
		b.WriteString(`<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>`)
	case Bars:
		b.WriteString(`<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>`)
	case Rates:
		kind = "lineChart"
		b.WriteString(`<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>`)
	}
	for i := range c.Series {
		c.series(b, i, at)
	}
	if c.Kind == Rates {
		b.WriteString(`<c:marker val="1"/>`)
	} else {
		b.WriteString(`<c:gapWidth val="60"/>`)
	}
	b.WriteString(`<c:axId val="1001"/><c:axId val="1002"/></c:` + kind + `>`)
	c.axes(b)
	b.WriteString(`</c:plotArea>`)
	if len(c.Series) > 1 {
		b.WriteString(`<c:legend><c:legendPos val="t"/><c:overlay val="0"/></c:legend>`)
	}
	b.WriteString(`<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>`)
	b.WriteString(`<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>` +
		textLook(SongTi, 900))
	if external != "" {
		b.WriteString(`<c:externalData r:id="` + external + `"><c:autoUpdate val="0"/></c:externalData>`)
	}
	b.WriteString(`</c:chartSpace>`)
	return b.String()
}

// series writes one series with its figures as they stand in the workbook, so
// that they are drawn without opening it.
func (c *Chart) series(b *strings.Builder, i int, at ranges) {
	s, last := &c.Series[i], len(c.Names)+1
	line := `<a:ln w="9525"><a:solidFill><a:srgbClr val="1F3864"/></a:solidFill></a:ln>`
	fill := `<a:solidFill><a:srgbClr val="` + shades[i%len(shades)] + `"/></a:solidFill>`
	fmt.Fprintf(b, `<c:ser><c:idx val="%d"/><c:order val="%d"/><c:tx><c:strRef><c:f>%s</c:f><c:strCache><c:`+
		`ptCount val="1"/><c:pt idx="0"><c:v>%s</c:v></c:pt></c:strCache></c:strRef></c:tx>`,
		i, i, escape(at.of(at.values[i], 1, 1)), escape(s.Name))
	if c.Kind == Rates {
		b.WriteString(`<c:spPr><a:ln w="22225"><a:solidFill><a:srgbClr val="1F3864"/></a:solidFill></a:ln></c:spPr>` +
			`<c:marker><c:symbol val="circle"/><c:size val="7"/><c:spPr>` + fill + line + `</c:spPr></c:marker>`)
	} else {
		b.WriteString(`<c:spPr>` + fill + line + `</c:spPr><c:invertIfNegative val="0"/>`)
	}
	format, place := "0", "outEnd"
	if c.Kind == Rates {
		format, place = "0.0%", "b" // below, or 100.0% would stand in the title
		if s.largest() < 0.9 {
			place = "t"
		}
	}
	if len(c.Names)*len(c.Series) <= maxLabels {
		b.WriteString(`<c:dLbls><c:numFmt formatCode="` + format +
			`" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr><c:dLblPos val="` + place +
			`"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:` +
			`showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>`)
	}
	fmt.Fprintf(b, `<c:cat><c:strRef><c:f>%s</c:f><c:strCache><c:ptCount val="%d"/>`,
		escape(at.of(at.names, 2, last)), len(c.Names))
	for j, name := range c.Names {
		fmt.Fprintf(b, `<c:pt idx="%d"><c:v>%s</c:v></c:pt>`, j, escape(name))
	}
	fmt.Fprintf(b, `</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>%s</c:f><c:numCache><c:formatCode>%s</c:`+
		`formatCode><c:ptCount val="%d"/>`, escape(at.of(at.values[i], 2, last)), format, len(c.Names))
	for j := range c.Names {
		if v := s.Values[j]; !math.IsNaN(v) {
			fmt.Fprintf(b, `<c:pt idx="%d"><c:v>%s</c:v></c:pt>`, j, strconv.FormatFloat(v, 'g', -1, 64))
		}
	}
	b.WriteString(`</c:numCache></c:numRef></c:val>`)
	if c.Kind == Rates {
		b.WriteString(`<c:smooth val="0"/>`)
	}
	b.WriteString(`</c:ser>`)
}

// axes writes the axis of the names and that of the values.
func (c *Chart) axes(b *strings.Builder) {
	names, values, way, crosses := "b", "l", "minMax", "autoZero"
	if c.Kind == Bars { // the first name on top leaves the values at the bottom
		names, values, way, crosses = "l", "b", "maxMin", "max"
	}
	const line = `<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="595959"/></a:solidFill></a:ln></c:spPr>`
	b.WriteString(`<c:catAx><c:axId val="1001"/><c:scaling><c:orientation val="` + way +
		`"/></c:scaling><c:delete val="0"/><c:axPos val="` + names + `"/>` + axisTitle(c.Along, c.Kind == Bars) +
		`<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>` +
		`<c:tickLblPos val="low"/>` + line +
		`<c:crossAx val="1002"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:` +
		`lblOffset val="100"/><c:tickLblSkip val="1"/><c:noMultiLvlLbl val="1"/></c:catAx>`)
	scale, format, step := `<c:min val="0"/>`, "0", c.step()
	if c.Kind == Rates {
		scale, format, step = `<c:max val="1"/><c:min val="0"/>`, "0%", "0.2"
	}
	b.WriteString(`<c:valAx><c:axId val="1002"/><c:scaling><c:orientation val="minMax"/>` + scale +
		`</c:scaling><c:delete val="0"/><c:axPos val="` + values +
		`"/><c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="D0D0D0"/></a:solidFill></a:ln></c:` +
		`spPr></c:majorGridlines>` + axisTitle(c.Unit, c.Kind != Bars) +
		`<c:numFmt formatCode="` + format +
		`" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>` +
		line +
		`<c:crossAx val="1001"/><c:crosses val="` + crosses + `"/><c:crossBetween val="between"/><c:majorUnit val="` +
		step + `"/></c:valAx>`)
}

// step is the distance of the grid lines: a whole number, 1, 2 or 5 times a
// power of ten, that gives no more than six of them.
func (c *Chart) step() string {
	largest := 0.0
	for i := range c.Series {
		largest = max(largest, c.Series[i].largest())
	}
	for ten := 1; ; ten *= 10 {
		for _, m := range [...]int{1, 2, 5} {
			if largest <= float64(6*m*ten) {
				return strconv.Itoa(m * ten)
			}
		}
	}
}

func (s *Series) largest() float64 {
	largest := 0.0
	for _, v := range s.Values {
		if !math.IsNaN(v) {
			largest = max(largest, v)
		}
	}
	return largest
}

// axisTitle is the title of an axis; that of an upright one is turned.
func axisTitle(text string, upright bool) string {
	if text == "" {
		return ""
	}
	turned := ""
	if upright {
		turned = ` rot="-5400000" vert="horz"`
	}
	return `<c:title><c:tx><c:rich><a:bodyPr` + turned + `/><a:lstStyle/><a:p><a:pPr>` + runLook("defRPr", SongTi,
		900) + `</a:pPr><a:r>` + runLook(`rPr lang="zh-CN"`, SongTi, 900) + `<a:t>` + escape(text) +
		`</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>`
}

func richText(text string, font Font, size int) string {
	return `<c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr>` + runLook("defRPr", font, size) + `</a:pPr><a:r>` +
		runLook(`rPr lang="zh-CN"`, font, size) + `<a:t>` + escape(text) + `</a:t></a:r></a:p></c:rich></c:tx>`
}

func textLook(font Font, size int) string {
	return `<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>` + runLook("defRPr", font, size) +
		`</a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>`
}

// runLook is the look of text in hundredths of a point; the typeface stands
// for Chinese (ea) and for figures, or charts fall back to another.
func runLook(element string, font Font, size int) string {
	face := escape(string(font))
	name, _, _ := strings.Cut(element, " ")
	return fmt.Sprintf(`<a:%s sz="%d" b="0"><a:solidFill><a:srgbClr val="000000"/></a:solidFill><a:`+
		`latin typeface="%s"/><a:ea typeface="%s"/><a:cs typeface="%s"/></a:%s>`, element, size, face, face, face, name)
}

// frame is the reference to a chart's part from a drawing.
func frame(id string) string {
	return `<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://` +
		`schemas.openxmlformats.org/drawingml/2006/chart"><c:chart xmlns:c="http://schemas.openxmlformats.org/` +
		`drawingml/2006/chart" r:id="` + id + `"/></a:graphicData></a:graphic>`
}

// alt is what a chart says to who cannot see it.
func (c *Chart) alt() string { return escape(cmp.Or(c.Alt, c.Title)) }
