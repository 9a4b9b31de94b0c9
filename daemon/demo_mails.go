package daemon

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"path/filepath"
	"strings"

	"gaitkeeper/internal/plainfile"
	"gaitkeeper/web"
)

// Mails returns the mails in the folder, for the page.
func (b mailbox) Mails(context.Context) ([]web.Mail, error) {
	files, err := filepath.Glob(filepath.Join(b.dir, "*.eml")) // their names begin with their time
	if err != nil {
		return nil, err
	}
	var mails []web.Mail
	for _, file := range files {
		m, err := readMail(file)
		if err != nil {
			return nil, fmt.Errorf("read mail %s: %w", file, err)
		}
		mails = append(mails, m)
	}
	return mails, nil
}

// readMail reads a mail that gaitkeeper wrote.
func readMail(file string) (web.Mail, error) {
	raw, err := plainfile.ReadFile(file)
	if err != nil {
		return web.Mail{}, err
	}
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return web.Mail{}, err
	}
	parts := map[string]string{}
	if err := readParts(m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), "", m.Body, parts); err != nil {
		return web.Mail{}, err
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		return web.Mail{}, err
	}
	at, err := m.Header.Date()
	read := web.Mail{
		Name: strings.TrimSuffix(filepath.Base(file), ".eml"), Subject: subject, At: at,
		Preview: preview(parts["text/plain"]), HTML: parts["text/html"],
	}
	for id, data := range parts {
		read.HTML = strings.ReplaceAll(read.HTML, "cid:"+id, "data:image/png;base64,"+data)
	}
	return read, err
}

// readParts gathers the text and the HTML of a mail, and each picture, in base64,
// under its Content-ID.
func readParts(contentType, encoding, id string, body io.Reader, parts map[string]string) error {
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return err
	}
	if strings.HasPrefix(kind, "multipart/") {
		for r := multipart.NewReader(body, params["boundary"]); ; {
			p, err := r.NextRawPart()
			if errors.Is(err, io.EOF) {
				return nil
			}
			if err != nil {
				return err
			}
			err = readParts(p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p.Header.Get("Content-ID"), p, parts)
			if err != nil {
				return err
			}
		}
	}
	switch strings.ToLower(encoding) {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	content, err := io.ReadAll(body)
	switch {
	case strings.HasPrefix(kind, "text/"):
		parts[kind] = string(content)
	case id != "":
		parts[strings.Trim(id, "<>")] = base64.StdEncoding.EncodeToString(content)
	}
	return err
}

// preview is how a text begins, without its greeting.
func preview(text string) string {
	const most = 140
	_, after, greeted := strings.Cut(text, ",\n")
	if !greeted || strings.Contains(text[:len(text)-len(after)], " ") {
		after = text
	}
	words := strings.Join(strings.Fields(after), " ")
	if len(words) > most {
		words = words[:strings.LastIndexByte(words[:most], ' ')] + " …"
	}
	return words
}
