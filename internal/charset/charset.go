// Package charset makes UTF-8 of what the programs of Windows write: GB18030, which
// Notepad calls ANSI, and UTF-16.
package charset

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// FromGB18030 is the text of bytes that are no UTF-8 and are GB18030 throughout. A
// file in two encodings would come out as rubbish in part.
func FromGB18030(src []byte) (text []byte, ok bool) {
	if utf8.Valid(src) {
		return nil, false
	}
	return decoded(simplifiedchinese.GB18030, src)
}

// FromUTF16 is the text of bytes that begin with the mark of UTF-16.
func FromUTF16(src []byte) (text []byte, ok bool) {
	if !bytes.HasPrefix(src, []byte("\xff\xfe")) && !bytes.HasPrefix(src, []byte("\xfe\xff")) {
		return nil, false
	}
	return decoded(unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM), src)
}

// FromBareUTF16 is the text of bytes in UTF-16 without a mark.
func FromBareUTF16(src []byte, little bool) (text []byte, ok bool) {
	order := unicode.BigEndian
	if little {
		order = unicode.LittleEndian
	}
	return decoded(unicode.UTF16(order, unicode.IgnoreBOM), src)
}

func decoded(from encoding.Encoding, src []byte) (text []byte, ok bool) {
	text, err := from.NewDecoder().Bytes(src)
	return text, err == nil && !bytes.ContainsRune(text, utf8.RuneError)
}
