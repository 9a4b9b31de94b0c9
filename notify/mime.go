package notify

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	netmail "net/mail"
	"net/netip"
	"slices"
	"strings"

	"github.com/wneessen/go-mail"
	"golang.org/x/net/idna"

	"gaitkeeper/alert"
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

// parseAddress reads "name@example.org" or "Name <name@example.org>". The domain
// becomes ASCII (RFC 5891), so that every server can read it.
func parseAddress(s string) (*netmail.Address, error) {
	a, err := netmail.ParseAddress(s)
	if err != nil {
		return nil, err
	}
	at := strings.LastIndexByte(a.Address, '@')
	domain, err := asciiName(a.Address[at+1:])
	if err != nil {
		return nil, err
	}
	a.Address = a.Address[:at+1] + strings.ToLower(domain)
	return a, nil
}

// addresses reads the sender and the receivers, each of those once.
func (c EmailConfig) addresses() (from *netmail.Address, to []*netmail.Address, err error) {
	if from, err = parseAddress(c.From); err != nil {
		return nil, nil, fmt.Errorf("email: from %q is not a mail address: write name@example.org", c.From)
	}
	if len(c.To) == 0 {
		return nil, nil, fmt.Errorf("email: nobody to write to: name an address in to")
	}
	for _, s := range c.To {
		a, err := parseAddress(s)
		if err != nil {
			return nil, nil, fmt.Errorf("email: to %q is not a mail address: write name@example.org", s)
		}
		if !slices.ContainsFunc(to, func(b *netmail.Address) bool { return a.Address == b.Address }) {
			to = append(to, a)
		}
	}
	return from, to, nil
}

// asciiName returns a host or domain name in ASCII; what is ASCII stays as it is.
func asciiName(name string) (string, error) {
	if isASCII(name) {
		return name, nil
	}
	return idna.Lookup.ToASCII(name)
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > '~' })
}

// bareHost returns a host without the brackets that an IPv6 address may stand in.
func bareHost(host string) string {
	inner, opened := strings.CutPrefix(host, "[")
	inner, closed := strings.CutSuffix(inner, "]")
	if _, err := netip.ParseAddr(inner); err == nil && opened && closed {
		return inner
	}
	return host
}
