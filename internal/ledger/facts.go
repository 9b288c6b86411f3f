package ledger

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// facts are what a workbook says of a sheet beside the texts of its cells.
type facts struct {
	epoch         int
	lastRow       int
	hiddenRows    map[int]bool
	hiddenColumns map[int]bool
	cells         map[int]map[int]mark // by row and column
	spread        int                  // cells and columns that ranges were laid out to
}

// early is how many days the calendar of old Macs begins later, in 1904.
const early = 1462

// The most cells of one range that are noted, and of all: a title line may be
// merged over a million.
const (
	maxRange  = 1 << 16
	maxSpread = 1 << 21
)

func sheetFacts(data []byte, sheet string) (*facts, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	book := bookParts{zip: z}
	part, err := book.sheet(sheet)
	if err != nil {
		return nil, err
	}
	x := &facts{epoch: excelDay, hiddenRows: map[int]bool{}, hiddenColumns: map[int]bool{},
		cells: map[int]map[int]mark{}}
	if book.date1904 {
		x.epoch -= early
	}
	styles, texts := book.struckStyles(), book.struckTexts()
	r, err := book.open(part)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return x, x.read(xml.NewDecoder(r), styles, texts)
}

func (x *facts) mark(row, column int, m mark) {
	if x.cells[row] == nil {
		x.cells[row] = map[int]mark{}
	}
	x.cells[row][column] |= m
}

// read goes through a sheet.
func (x *facts) read(d *xml.Decoder, styles, texts map[int]bool) error {
	row, column := 0, -1
	var kind, style string
	value := false
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch token := token.(type) {
		case xml.StartElement:
			switch token.Name.Local {
			case "row":
				row++
				if n, err := strconv.Atoi(attribute(token, "r")); err == nil {
					row = n
				}
				x.lastRow, column = row, -1
				if on(attribute(token, "hidden")) {
					x.hiddenRows[row] = true
				}
			case "c":
				column++
				if c, _, err := excelize.CellNameToCoordinates(attribute(token, "r")); err == nil {
					column = c - 1
				}
				kind, style = attribute(token, "t"), attribute(token, "s")
				if n, err := strconv.Atoi(style); err == nil && styles[n] {
					x.mark(row, column, struck)
				}
			case "v":
				value = true
			case "strike": // in the runs of an inline text
				if column >= 0 && on(attribute(token, "val")) {
					x.mark(row, column, struck)
				}
			case "col":
				x.column(token)
			case "mergeCell":
				x.merged(attribute(token, "ref"))
			}
		case xml.EndElement:
			value = false
		case xml.CharData:
			if !value {
				continue
			}
			switch text := string(token); {
			case kind == "s":
				if n, err := strconv.Atoi(text); err == nil && texts[n] {
					x.mark(row, column, struck)
				}
			case (kind == "" || kind == "n") && long(text):
				x.mark(row, column, damaged)
			}
		}
	}
}

// long reports whether a number has more digits before its point than Excel is
// sure to keep.
func long(number string) bool {
	whole, _, _ := strings.Cut(strings.TrimPrefix(number, "-"), ".")
	_, power, scientific := strings.Cut(strings.ToUpper(number), "E")
	if scientific {
		n, err := strconv.Atoi(power)
		return err == nil && n >= 14
	}
	return len(whole) >= 15
}

func (x *facts) column(e xml.StartElement) {
	from, err := strconv.Atoi(attribute(e, "min"))
	to, err2 := strconv.Atoi(attribute(e, "max"))
	if !on(attribute(e, "hidden")) || err != nil || err2 != nil {
		return
	}
	to = min(to, maxColumns)
	if x.spread += max(to-from, 0); x.spread > maxSpread {
		return
	}
	for n := from; n <= to; n++ {
		x.hiddenColumns[n-1] = true
	}
}

// maxColumns is how many columns a ledger may have.
const maxColumns = 1 << 14

// merged notes the cells of a range that stay empty because of its first one.
func (x *facts) merged(ref string) {
	first, last, _ := strings.Cut(ref, ":")
	c1, r1, err := excelize.CellNameToCoordinates(first)
	c2, r2, err2 := excelize.CellNameToCoordinates(last)
	if err != nil || err2 != nil || c2 < c1 || r2 < r1 || (c2-c1+1)*(r2-r1+1) > maxRange {
		return
	}
	if x.spread += (c2 - c1 + 1) * (r2 - r1 + 1); x.spread > maxSpread {
		return
	}
	for r := r1; r <= r2; r++ {
		for c := c1; c <= c2; c++ {
			if r > r1 || c > c1 {
				x.mark(r, c-1, covered)
			}
		}
	}
}

// on reads an XML flag that stands there: one without a value is set.
func on(value string) bool { return value == "1" || value == "true" }

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	if name == "val" {
		return "1" // <strike/>
	}
	return ""
}

// bookParts are the parts of a workbook.
type bookParts struct {
	zip      *zip.Reader
	date1904 bool
}

func (b *bookParts) open(name string) (io.ReadCloser, error) {
	for _, f := range b.zip.File {
		if strings.EqualFold(strings.ReplaceAll(f.Name, "\\", "/"), name) {
			return f.Open()
		}
	}
	return nil, errBroken
}

func (b *bookParts) decode(name string, v any) error {
	r, err := b.open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	return xml.NewDecoder(r).Decode(v)
}

// sheet is the part of a sheet, by its name.
func (b *bookParts) sheet(name string) (string, error) {
	var book struct {
		Properties struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name string     `xml:"name,attr"`
			Attr []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
	}
	var relations struct {
		All []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := errors.Join(b.decode("xl/workbook.xml", &book), b.decode("xl/_rels/workbook.xml.rels",
		&relations)); err != nil {
		return "", err
	}
	b.date1904 = on(book.Properties.Date1904)
	for _, s := range book.Sheets {
		if s.Name != name {
			continue
		}
		for _, a := range s.Attr {
			for _, r := range relations.All {
				if a.Name.Local != "id" || r.ID != a.Value {
					continue
				}
				if rest, ok := strings.CutPrefix(r.Target, "/"); ok {
					return rest, nil
				}
				return path.Join("xl", r.Target), nil
			}
		}
	}
	return "", errBroken
}

// struckStyles are the styles that cross a cell out. A workbook need not have any.
func (b *bookParts) struckStyles() map[int]bool {
	var styles struct {
		Fonts []struct {
			Strike *struct {
				Val string `xml:"val,attr"`
			} `xml:"strike"`
		} `xml:"fonts>font"`
		Cells []struct {
			Font int `xml:"fontId,attr"`
		} `xml:"cellXfs>xf"`
	}
	list := map[int]bool{}
	if b.decode("xl/styles.xml", &styles) != nil {
		return list
	}
	for i, c := range styles.Cells {
		if c.Font >= 0 && c.Font < len(styles.Fonts) {
			if s := styles.Fonts[c.Font].Strike; s != nil && (s.Val == "" || on(s.Val)) {
				list[i] = true
			}
		}
	}
	return list
}

// struckTexts are the shared texts of which a part is crossed out.
func (b *bookParts) struckTexts() map[int]bool {
	list := map[int]bool{}
	r, err := b.open("xl/sharedStrings.xml")
	if err != nil {
		return list
	}
	defer r.Close()
	at := -1
	for d := xml.NewDecoder(r); ; {
		token, err := d.RawToken()
		if err != nil {
			return list
		}
		if e, ok := token.(xml.StartElement); ok {
			switch e.Name.Local {
			case "si":
				at++
			case "strike":
				if on(attribute(e, "val")) {
					list[at] = true
				}
			}
		}
	}
}
