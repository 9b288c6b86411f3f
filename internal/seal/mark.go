package seal

import "strings"

// Mark is a seal as papers print it, with the codes of those who signed it.
type Mark struct {
	Seal
	By []string
}

// Line is the mark in words.
func (m *Mark) Line() string {
	return "最近一次封存 " + m.Day.String() + "：" + m.Head + "（签名：" + strings.Join(m.By, "、") + "）"
}

// Alt is what its QR code shows, for who cannot see it.
func (m *Mark) Alt() string { return "二维码，内容是封存的编号和日期 " + m.Code() }

// Code is what the QR code says: the text of the seal.
func (m *Mark) Code() string { return strings.TrimSpace(m.Text()) }
