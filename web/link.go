package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// Links signs and reads the links of messages by which a runner answers with one
// tap. Anyone with a link can say the one thing it stands for, of the one run it
// names, until it expires; nothing else.
type Links struct{ key []byte }

// LinkKeySize is the length of the key in bytes: that of SHA-256's output, as
// RFC 2104, section 3, advises.
const LinkKeySize = sha256.Size

// NewLinks returns the links under a key of [LinkKeySize] random bytes.
func NewLinks(key []byte) (Links, error) {
	if len(key) != LinkKeySize {
		return Links{}, fmt.Errorf("the key of the links has %d bytes instead of %d", len(key), LinkKeySize)
	}
	return Links{slices.Clone(key)}, nil
}

// Ticket is what a link's token says.
type Ticket struct {
	finding.Reply
	Expires time.Time // in whole seconds
	// ID names the token without giving it away: its SHA-256.
	ID string
}

// What can be wrong with a link.
var (
	// ErrForged is a token that was not signed here, or not like this.
	ErrForged = errors.New("this link is not one of gaitkeeper's, or it was cut short on its way")
	// ErrExpired is a token whose time is over. Its ticket is true all the same.
	ErrExpired = errors.New("this link has expired")
)

const (
	linkVersion = "1"
	// linkPurpose keeps the signatures of links apart from whatever else the
	// key might sign one day.
	linkPurpose = "gaitkeeper answer link\n"
	// maxToken bounds what is looked at of a token; ours have some 100 letters.
	maxToken = 512
	// linkSeparator stands in none of a token's fields.
	linkSeparator = " "
)

// Sign returns the token of a reply: letters, digits, -, _ and one dot.
func (l Links) Sign(r finding.Reply, expires time.Time) string {
	payload := strings.Join([]string{
		linkVersion, string(r.Run), string(r.Kind), string(r.Site), string(r.Side), strconv.FormatInt(expires.Unix(), 36),
	}, linkSeparator)
	return encode([]byte(payload)) + "." + encode(l.mac(payload))
}

// Read returns what a token says, as of now: an error is [ErrForged] or
// [ErrExpired]. The signature is looked at first, so nothing else of a forged
// token is.
func (l Links) Read(token string, now time.Time) (Ticket, error) {
	first, second, ok := strings.Cut(token, ".")
	if len(l.key) != LinkKeySize || len(token) > maxToken || !ok {
		return Ticket{}, ErrForged
	}
	payload, err := decode(first)
	if err != nil {
		return Ticket{}, ErrForged
	}
	mac, err := decode(second)
	if err != nil || !hmac.Equal(mac, l.mac(string(payload))) {
		return Ticket{}, ErrForged
	}
	t, err := parseTicket(string(payload))
	if err != nil {
		return Ticket{}, ErrForged // signed by an older or a newer gaitkeeper
	}
	id := sha256.Sum256([]byte(token))
	t.ID = hex.EncodeToString(id[:])
	if !now.Before(t.Expires) {
		return t, ErrExpired
	}
	return t, nil
}

func (l Links) mac(payload string) []byte {
	h := hmac.New(sha256.New, l.key)
	h.Write([]byte(linkPurpose + payload))
	return h.Sum(nil)
}

func parseTicket(payload string) (t Ticket, err error) {
	field := strings.Split(payload, linkSeparator)
	if len(field) != 6 || field[0] != linkVersion || field[1] == "" {
		return Ticket{}, ErrForged
	}
	t.Run, t.Site = gait.RunID(field[1]), gait.Site(field[3])
	if t.Kind, err = finding.ParseReply(field[2]); err != nil {
		return Ticket{}, err
	}
	if t.Site != gait.NoSite && !slices.Contains(gait.Sites(), t.Site) {
		return Ticket{}, ErrForged
	}
	if field[4] != "" {
		if t.Side, err = gait.ParseSide(field[4]); err != nil {
			return Ticket{}, err
		}
	}
	seconds, err := strconv.ParseInt(field[5], 36, 64)
	t.Expires = time.Unix(seconds, 0).UTC()
	return t, err
}

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// decode reads the one spelling that encode writes: a token has one ID.
func decode(s string) ([]byte, error) {
	if strings.ContainsAny(s, "\r\n") { // which base64 passes over
		return nil, ErrForged
	}
	return base64.RawURLEncoding.Strict().DecodeString(s)
}
