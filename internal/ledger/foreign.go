package ledger

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf16"
)

const (
	zipHead = "PK\x03\x04"
	oleHead = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
)

const (
	saveAs   = "请在 Excel 或 WPS 中打开，另存为“Excel 工作簿（.xlsx）”后再导入"
	copyInto = "请把其中的表格复制到 Excel 或 WPS 的新工作簿，另存为 .xlsx 后再导入"
)

// foreign says what a file is that is neither an Excel workbook nor text, and
// how to make a ledger of it; nil if it may be one. What a file is called says
// little: HTML is often called .xls.
func foreign(data []byte) error {
	head := string(data[:min(len(data), 4<<10)])
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return errors.New("这个文件是空的")
	case strings.HasPrefix(head, zipHead):
		return foreignZip(data)
	case strings.HasPrefix(head, oleHead[:4]):
		return foreignOLE(data)
	case strings.HasPrefix(head, "PK\x05\x06"):
		return errors.New("这是一个空的压缩包，不是台账")
	case strings.HasPrefix(head, "%PDF"):
		return errors.New("这是 PDF 文件，读不出表格；请用原来的 Excel 文件，或" + strings.TrimPrefix(copyInto, "请"))
	case strings.HasPrefix(head, "\xff\xd8\xff"), strings.HasPrefix(head, "\x89PNG"):
		return errors.New("这是图片，读不出表格；请用原来的 Excel 文件")
	case strings.HasPrefix(head, `{\rtf`):
		return errors.New("这是 RTF 文档，不是台账；" + copyInto)
	case strings.HasPrefix(head, "Rar!"), strings.HasPrefix(head, "7z\xbc\xaf"):
		return errors.New("这是压缩包，不是台账；请先解压，再导入里面的 Excel 文件")
	}
	// Programs that export HTML and XML as .xls write one of these first.
	text := strings.ToLower(strings.TrimLeft(strings.TrimPrefix(head, "\ufeff"), " \t\r\n"))
	switch {
	case strings.HasPrefix(text, "<?xml") && strings.Contains(text, "urn:schemas-microsoft-com:office:spreadsheet"):
		return errors.New("这是 XML 格式的表格（XML 电子表格 2003），虽然可能叫 .xls；" + saveAs)
	case strings.HasPrefix(text, "<!doctype html"), strings.HasPrefix(text, "<html"), strings.HasPrefix(text, "<table"),
		strings.HasPrefix(text, "<head"), strings.HasPrefix(text, "<meta"), strings.HasPrefix(text, "<style"),
		strings.HasPrefix(text, "<div"),
		strings.HasPrefix(text, "<?xml") && strings.Contains(text, "<html"):
		return errors.New("这是网页（HTML）格式的表格，虽然可能叫 .xls；" + saveAs)
	case strings.HasPrefix(text, "mime-version:"):
		return errors.New("这是网页档案（MHT）格式的表格，虽然可能叫 .xls；" + saveAs)
	case strings.HasPrefix(text, "<?xml"):
		return errors.New("这是 XML 文件，不是台账；能用 Excel 打开的，" + strings.TrimPrefix(saveAs, "请"))
	}
	return nil
}

// foreignZip tells packages apart by what is in them.
func foreignZip(data []byte) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return errBroken
	}
	has := map[string]bool{}
	kind := ""
	for _, f := range z.File {
		name := strings.ToLower(strings.ReplaceAll(f.Name, "\\", "/"))
		has[name] = true
		if name == "mimetype" {
			if r, err := f.Open(); err == nil {
				text, _ := io.ReadAll(io.LimitReader(r, 100))
				kind = string(text)
				r.Close()
			}
		}
	}
	switch {
	case strings.Contains(kind, "opendocument.spreadsheet"):
		return errors.New("这是 OpenDocument 表格（.ods）；" + saveAs)
	case strings.Contains(kind, "opendocument"):
		return errors.New("这是 OpenDocument 文档，不是表格；" + copyInto)
	case has["xl/workbook.bin"]:
		return errors.New("这是二进制的 Excel 文件（.xlsb）；" + saveAs)
	case has["word/document.xml"]:
		return errors.New("这是 Word 文档（.docx），不是表格；" + copyInto)
	case has["ppt/presentation.xml"]:
		return errors.New("这是演示文稿（.pptx），不是表格；" + copyInto)
	case has["xl/workbook.xml"] || has["[content_types].xml"]:
		return nil
	}
	return errors.New("这是压缩包，不是台账；请先解压，再导入里面的 Excel 文件")
}

// foreignOLE tells apart what Office wrote before 2007, and encrypted files.
func foreignOLE(data []byte) error {
	has := func(stream string) bool { // the directory names streams in UTF-16
		var name []byte
		for _, u := range utf16.Encode([]rune(stream)) {
			name = append(name, byte(u), byte(u>>8))
		}
		return bytes.Contains(data, name)
	}
	switch {
	case has("EncryptedPackage"):
		return errors.New("这个文件加了密码；请在 Excel 或 WPS 中打开，去掉密码，另存为 .xlsx 后再导入")
	case has("WordDocument"):
		return errors.New("这是旧格式的 Word 文档（.doc），不是表格；" + copyInto)
	case has("Workbook"), has("Book"):
		return errors.New("这是旧格式的 Excel 文件（.xls）；" + saveAs)
	}
	return errors.New("这是旧格式的 Office 文件，或者加了密码；请在 Excel 或 WPS 中另存为 .xlsx（不加密码）后再导入")
}

var errBroken = errors.New("这个 Excel 文件不完整或已损坏，读不了；请在 Excel 或 WPS 中打开看一看，另存为新的 .xlsx " +
	"后再导入")
