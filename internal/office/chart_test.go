package office

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// charts are one of each kind, with text that must stay text and a gap.
func charts() []Chart {
	return []Chart{
		{Kind: Columns, Title: "各月 <" + hostile, Alt: "从7月到8月\"<", Along: "月份", Unit: "事项（项）",
			Names:  []string{"7月", "8月"},
			Series: []Series{{"登记", []float64{8, 7}}, {"推送", []float64{6, 8}}, {"办结", []float64{9, 5}}}},
		{Kind: Bars, Title: "按渠道", Along: "渠道", Unit: "事项（项）", Names: []string{"办税服务厅", "投诉"},
			Series: []Series{{"登记", []float64{4, 1}}}},
		{Kind: Rates, Title: "按期反馈率", Along: "季度", Unit: "按期反馈率",
			Names:  []string{"一季度", "二季度", "三季度"},
			Series: []Series{{"按期反馈率", []float64{0.923, math.NaN(), 1}}}},
	}
}

func chartDocument() *Document {
	d := NewDocument("图", Portrait)
	d.Chart(Chart{Title: "没有数字"})
	for _, c := range charts() {
		d.Chart(c)
	}
	return d
}

func chartWorkbook() *Workbook {
	b := &Workbook{Title: "图"}
	for i, c := range charts() {
		s := Sheet{Name: "图'" + strconv.Itoa(i+1),
			Columns: []Column{{Title: c.Along}, {Title: "别的", Kind: NumberColumn}}}
		placed := SheetChart{Chart: c}
		for j, series := range c.Series {
			kind := NumberColumn
			if c.Kind == Rates {
				kind = PercentColumn
			}
			placed.Columns = append(placed.Columns, j+2)
			s.Columns = append(s.Columns, Column{Title: series.Name, Kind: kind})
		}
		s.Rows = func(yield func(Row) bool) {
			for j, name := range c.Names {
				row := Row{name, 77}
				for _, series := range c.Series {
					if v := series.Values[j]; !math.IsNaN(v) {
						row = append(row, v)
					} else {
						row = append(row, nil)
					}
				}
				if !yield(row) {
					return
				}
			}
			yield(Row{"合计", 99})
		}
		s.Charts = []SheetChart{placed}
		b.Sheets = append(b.Sheets, s)
	}
	b.Sheets = append(b.Sheets, Sheet{Name: "没有图", Columns: []Column{{Title: "甲"}}})
	return b
}

func TestCharts(t *testing.T) {
	for what, write := range map[string]func(io.Writer) error{
		"Word":  func(w io.Writer) error { return chartDocument().Write(w) },
		"Excel": func(w io.Writer) error { return chartWorkbook().Write(w) },
	} {
		var first, second bytes.Buffer
		if err := errors.Join(write(&first), write(&second)); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first.Bytes(), second.Bytes()) {
			t.Errorf("%s: the same charts, other bytes", what)
		}
		parts := open(t, first.Bytes())
		related(t, parts)
		n := 0
		for name, data := range parts {
			if !strings.Contains(name, "/charts/chart") {
				continue
			}
			n++
			inOrder(t, name, data)
			if strings.Contains(data, "NaN") {
				t.Errorf("%s: what is no number became one", name)
			}
			for _, face := range regexp.MustCompile(`<a:latin typeface="[^"]*"/>`).FindAllString(data, -1) {
				if !strings.Contains(data, face+`<a:ea typeface="`) {
					t.Errorf("%s: %s says nothing of Chinese text", name, face)
				}
			}
			if what == "Word" {
				figures := parts["word/embeddings/data"+strings.Trim(path.Base(name), "chart.xml")+".xlsx"]
				drawnFrom(t, name, data, []byte(figures))
			} else {
				drawnFrom(t, name, data, first.Bytes())
			}
		}
		if n != len(charts()) {
			t.Errorf("%s: %d charts, want %d", what, n, len(charts()))
		}
		ids := map[string]bool{}
		for name, data := range parts {
			for _, m := range regexp.MustCompile(
				`<(?:wp:docPr|xdr:cNvPr) id="(\d+)" name="[^"]*" descr="([^"]*)"`).FindAllStringSubmatch(data, -1) {
				if ids[name+m[1]] || m[2] == "" {
					t.Errorf("%s: drawing %s comes twice or has no words", name, m[1])
				}
				ids[name+m[1]] = true
			}
		}
		if len(ids) != len(charts()) {
			t.Errorf("%s: %d drawings, want %d", what, len(ids), len(charts()))
		}
	}
}

// related holds every relationship of a package to a part that is there, and
// every use of one to a relationship.
func related(t *testing.T, parts map[string]string) {
	t.Helper()
	targets := map[string]bool{"[Content_Types].xml": true}
	relation := regexp.MustCompile(`<Relationship Id="([^"]*)" Type="([^"]*)" Target="([^"]*)"`)
	for name, data := range parts {
		if path.Ext(name) != ".rels" {
			continue
		}
		targets[name] = true
		dir := path.Dir(path.Dir(name))
		owner := path.Join(dir, strings.TrimSuffix(path.Base(name), ".rels"))
		seen := map[string]bool{}
		for _, m := range relation.FindAllStringSubmatch(data, -1) {
			target := path.Join(dir, m[3])
			if _, ok := parts[target]; !ok {
				t.Errorf("%s leads to %s, which is not there", name, target)
			}
			if seen[m[1]] {
				t.Errorf("%s has %s twice", name, m[1])
			}
			seen[m[1]], targets[target] = true, true
		}
		for _, m := range regexp.MustCompile(`r:id="([^"]*)"`).FindAllStringSubmatch(parts[owner], -1) {
			if !seen[m[1]] {
				t.Errorf("%s uses %s, which no relationship has", owner, m[1])
			}
		}
	}
	for name := range parts {
		if !targets[name] {
			t.Errorf("nothing leads to %s", name)
		}
	}
}

// schemaOrder is the order of elements in a chart by ECMA-376 part 1, 21.2 and
// annex A (dml-chart.xsd, dml-main.xsd), as far as charts here use them. Word
// refuses a document in which they stand otherwise.
var schemaOrder = map[string]string{
	"chartSpace": "date1904 lang roundedCorners style clrMapOvr pivotSource protection chart spPr txPr " +
		"externalData printSettings userShapes",
	"chart": "title autoTitleDeleted pivotFmts view3D floor sideWall backWall plotArea legend plotVisOnly " +
		"dispBlanksAs",
	"title":     "tx layout overlay spPr txPr",
	"plotArea":  "layout barChart lineChart catAx valAx dTable spPr",
	"barChart":  "barDir grouping varyColors ser dLbls gapWidth overlap serLines axId",
	"lineChart": "grouping varyColors ser dLbls dropLines hiLowLines upDownBars marker smooth axId",
	"ser":       "idx order tx spPr invertIfNegative marker pictureOptions dPt dLbls trendline errBars cat val smooth",
	"marker":    "symbol size spPr",
	"dLbls": "dLbl delete numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent " +
		"showBubbleSize",
	"catAx": "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark " +
		"tickLblPos spPr txPr crossAx crosses crossesAt " +
		"auto lblAlgn lblOffset tickLblSkip tickMarkSkip noMultiLvlLbl",
	"valAx": "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark " +
		"tickLblPos spPr txPr crossAx crosses crossesAt " +
		"crossBetween majorUnit minorUnit dispUnits",
	"scaling": "logBase orientation max min", "legend": "legendPos legendEntry layout overlay spPr txPr",
	"strRef": "f strCache", "numRef": "f numCache", "strCache": "ptCount pt", "numCache": "formatCode ptCount pt",
	"spPr": "xfrm noFill solidFill ln", "rich": "bodyPr lstStyle p", "txPr": "bodyPr lstStyle p",
	"p": "pPr r endParaRPr", "r": "rPr t",
	"defRPr": "ln noFill solidFill latin ea cs", "rPr": "ln noFill solidFill latin ea cs",
	"externalData": "autoUpdate",
}

// inOrder holds the elements of a chart to the order of the schema.
func inOrder(t *testing.T, name, data string) {
	t.Helper()
	type element struct {
		name  string
		order []string
		at    int
	}
	var stack []element
	for d := xml.NewDecoder(strings.NewReader(data)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
		switch x := token.(type) {
		case xml.StartElement:
			if n := len(stack); n > 0 && len(stack[n-1].order) > 0 {
				parent := &stack[n-1]
				at := slices.Index(parent.order, x.Name.Local)
				if at < parent.at {
					t.Errorf("%s: %s in %s is not where the schema has it", name, x.Name.Local, parent.name)
				}
				parent.at = max(at, parent.at)
			}
			stack = append(stack, element{name: x.Name.Local, order: strings.Fields(schemaOrder[x.Name.Local])})
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		}
	}
}

// drawnFrom holds what a chart draws to the cells that it refers to, as
// somebody else reads them.
func drawnFrom(t *testing.T, name, data string, workbook []byte) {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(workbook))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	defer f.Close()
	unescape := func(s string) string {
		var out string
		if err := xml.Unmarshal([]byte("<a>"+s+"</a>"), &out); err != nil {
			t.Fatal(err)
		}
		return out
	}
	reference := regexp.MustCompile(`^'(.*)'!\$([A-Z]+)\$(\d+)(?::\$[A-Z]+\$(\d+))?$`)
	drawn := regexp.MustCompile(`<c:f>([^<]*)</c:f><c:(?:str|num)Cache>(?:<c:formatCode>[^<]*</c:formatCode>)?<c:` +
		`ptCount val="(\d+)"/>(.*?)</c:(?:str|num)Cache>`)
	found := drawn.FindAllStringSubmatch(data, -1)
	if len(found) < 3 {
		t.Fatalf("%s refers to %d ranges of cells", name, len(found))
	}
	for _, cached := range found {
		m := reference.FindStringSubmatch(unescape(cached[1]))
		if m == nil {
			t.Fatalf("%s refers to %s", name, cached[1])
		}
		sheet := strings.ReplaceAll(m[1], "''", "'")
		from, _ := strconv.Atoi(m[3])
		to, err := strconv.Atoi(m[4])
		if err != nil {
			to = from
		}
		if count := strconv.Itoa(to - from + 1); count != cached[2] {
			t.Errorf("%s: %s points for %s cells", name, cached[2], count)
		}
		points := map[int]string{}
		for _, p := range regexp.MustCompile(`<c:pt idx="(\d+)"><c:v>([^<]*)</c:v>`).FindAllStringSubmatch(cached[3],
			-1) {
			i, _ := strconv.Atoi(p[1])
			points[i] = unescape(p[2])
		}
		for row := from; row <= to; row++ {
			cell, err := f.GetCellValue(sheet, m[2]+strconv.Itoa(row), excelize.Options{RawCellValue: true})
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if cell != points[row-from] {
				t.Errorf("%s draws %q, the cell %s!%s%d holds %q", name, points[row-from], sheet, m[2], row, cell)
			}
		}
	}
}
