package remind

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"time"

	"suqiu/internal/overdue"
	"suqiu/internal/register"
	"suqiu/internal/terminal"
)

// Mails writes a mail for each unit that has something due into a folder, and names
// the units that have no address to write to. A local relay sends them on.
func Mails(dir, from string, now time.Time, d *register.Register, messages []Message) (files, lacking []string,
	err error) {
	sender, err := mail.ParseAddress(from)
	if err != nil {
		return nil, nil, fmt.Errorf("发件人“%s”不是邮箱", from)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, nil, fmt.Errorf("写不了邮件：%w", err)
	}
	for i := range messages {
		m := &messages[i]
		switch {
		case len(m.Items) == 0:
			continue
		case len(m.Addresses) == 0:
			lacking = append(lacking, m.Unit)
			continue
		}
		file := filepath.Join(dir, m.Code+"-"+d.AsOf.String()+".eml")
		if err := os.WriteFile(file, m.mail(sender, now, d), 0o600); err != nil {
			return files, lacking, fmt.Errorf("写不了邮件：%w", err)
		}
		files = append(files, file)
	}
	return files, lacking, nil
}

// mail is the message as RFC 5322 has it. The same message of a day has the same
// number, so that whoever gets it twice sees it once.
func (m *Message) mail(from *mail.Address, now time.Time, d *register.Register) []byte {
	var body, b bytes.Buffer
	overdue.Write(terminal.NewWriter(&body), 0, d, m.Items)
	fmt.Fprintf(&body, "\n限范围查看的事项只写编号。办理请看网站或仓库，不要回复本邮件。\n")
	_, domain, _ := strings.Cut(from.Address, "@")
	var to []string
	for _, address := range m.Addresses {
		to = append(to, (&mail.Address{Address: address}).String())
	}
	// A word of a subject takes a line: none may be longer (RFC 2047).
	subject := strings.ReplaceAll(mime.BEncoding.Encode("utf-8", m.Title), "?= =?", "?=\r\n =?")
	for _, h := range [][2]string{
		{"From", from.String()}, {"To", strings.Join(to, ",\r\n ")},
		{"Subject", subject}, {"Date", now.Format(time.RFC1123Z)},
		{"Message-ID", "<suqiu." + m.Code + "." + d.AsOf.String() + "@" + domain + ">"},
		{"Auto-Submitted", "auto-generated"}, {"MIME-Version", "1.0"},
		{"Content-Type", "text/plain; charset=utf-8"}, {"Content-Transfer-Encoding", "base64"},
	} {
		b.WriteString(h[0] + ": " + h[1] + "\r\n")
	}
	b.WriteString("\r\n")
	writeLines(&b, base64.StdEncoding.EncodeToString(body.Bytes()))
	return b.Bytes()
}

// writeLines writes base64 in lines of 76.
func writeLines(w io.StringWriter, text string) {
	for len(text) > 0 {
		n := min(76, len(text))
		_, _ = w.WriteString(text[:n] + "\r\n") // into memory
		text = text[n:]
	}
}
