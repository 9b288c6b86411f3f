package config

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// decoded is a text in UTF-8, if it was written in GB18030 or UTF-16.
func decoded(src []byte) []byte {
	decoder := simplifiedchinese.GB18030.NewDecoder()
	switch little, bare := narrowOrder(src); {
	case bytes.HasPrefix(src, []byte("\xff\xfe")) || bare && little:
		decoder = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()
		if bare && little {
			decoder = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder()
		}
	case bytes.HasPrefix(src, []byte("\xfe\xff")):
		decoder = unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder()
	case bare:
		decoder = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder()
	case utf8.Valid(src):
		return src
	}
	text, err := decoder.Bytes(src)
	if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
		return src
	}
	return text
}
