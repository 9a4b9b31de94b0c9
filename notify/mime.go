package notify

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	netmail "net/mail"
	"strings"

	"gaitkeeper/alert"

	"github.com/wneessen/go-mail"
)

// WriteEML writes a message as the mail that [Email] would send, whole with its
// headers and pictures: a file that every mail program opens.
func WriteEML(w io.Writer, c EmailConfig, m alert.Message) error {
	e, err := NewEmail(c)
	if err != nil {
		return err
	}
	return e.write(w, m)
}

// write writes the mail of a message.
func (e *Email) write(w io.Writer, m alert.Message) error {
	msg, err := e.mime(m)
	if err != nil {
		return err
	}
	if _, err := msg.WriteTo(w); err != nil {
		return fmt.Errorf("write mail: %w", err)
	}
	return nil
}

// mime builds the mail. Its Message-ID depends on the message's key alone and
// its date is the message's, so every attempt sends the same mail.
func (e *Email) mime(m alert.Message) (*mail.Msg, error) {
	m = m.Sanitized()
	msg := mail.NewMsg(mail.WithNoDefaultUserAgent())
	msg.FromMailAddress(e.from)
	msg.ToMailAddress(e.to...)
	host := domain(e.from)
	msg.Subject(m.Title)
	msg.SetDateWithValue(m.Created)
	msg.SetMessageIDWithValue(messageID(e.config.Runner, m.Key, host))
	if m.Thread != "" && m.Thread != m.Key {
		root := "<" + messageID(e.config.Runner, m.Thread, host) + ">"
		msg.SetGenHeader(mail.HeaderInReplyTo, root)
		msg.SetGenHeader(mail.HeaderReferences, root)
	}
	msg.SetGenHeaderPreformatted("List-Id", "gaitkeeper <gaitkeeper."+host+">")
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetGenHeader("X-Gaitkeeper-Kind", string(m.Kind))
	msg.SetBodyString(mail.TypeTextPlain, m.Text)
	if m.HTML != "" {
		msg.AddAlternativeString(mail.TypeTextHTML, m.HTML)
	}
	for _, p := range m.Pictures {
		err := msg.EmbedReader(p.ID+".png", bytes.NewReader(p.Data),
			mail.WithFileContentID("<"+p.ID+">"), mail.WithFileContentType(mail.ContentType(p.MIME)))
		if err != nil {
			return nil, fmt.Errorf("email: embed picture %s: %w", p.ID, err)
		}
	}
	return msg, nil
}

// messageID names the mail of a key: the same on every attempt and after every
// restart, and another for another runner on the same server.
func messageID(runner, key, host string) string {
	return identity(runner+"\x00"+key) + "@" + host
}

// identity is a key in a form that fits headers and addresses.
func identity(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:16])
}

// domain returns what stands behind the @ of the sender.
func domain(from *netmail.Address) string {
	return from.Address[strings.LastIndexByte(from.Address, '@')+1:]
}
