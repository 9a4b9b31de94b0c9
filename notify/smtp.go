package notify

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/netip"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/wneessen/go-mail/smtp"
)

// step is how far a session with a mail server has come: a refusal is about what
// was said last.
type step int

const (
	stepConnect step = iota
	stepGreeting
	stepHello
	stepStartTLS
	stepLogin
	stepFrom
	stepTo
	stepData
	stepTaken // the mail was read
)

// The ways in which a server lacks what the config asks for.
var (
	errNoStartTLS  = errors.New("no STARTTLS offered")
	errNoLogin     = errors.New("no log-in offered")
	errLoginInTLS  = errors.New("log-in offered over TLS alone")
	errNoMechanism = errors.New("no known way to log in offered")
	errNoUTF8      = errors.New("no SMTPUTF8 offered")
	errEndless     = errors.New("talk without an end")
)

// smtpSession is a connection to a mail server.
type smtpSession struct {
	*smtp.Client
	step     step
	helo     string // how we introduced ourselves
	password string
	conn     net.Conn
	// keepOpen takes back that the connection is closed when the time of the talk
	// is over. False: it is closed already.
	keepOpen func() bool
}

// open connects to the mail server, protects the connection and logs in. The
// session that it returns with an error tells how far it came. The connection is
// closed when ctx ends, so that a server that stops answering holds nobody up.
func (e *Email) open(ctx context.Context) (*smtpSession, error) {
	c, t := e.config, &smtpSession{}
	var err error
	if c.Tokens != nil {
		t.password, err = c.Tokens.Token(ctx)
	} else {
		t.password, err = c.Password.read()
	}
	if err != nil {
		return t, err
	}
	conn, err := e.dial(ctx, "tcp", net.JoinHostPort(e.host, strconv.Itoa(c.Port)))
	if err != nil {
		return t, err
	}
	conn = &bounded{conn, maxTalk}
	t.conn = conn // before it may be closed: ctx may be over already
	t.keepOpen = context.AfterFunc(ctx, func() { _ = t.conn.Close() })
	secure := &tls.Config{ServerName: certificateName(e.host), RootCAs: c.Roots, MinVersion: tls.VersionTLS12}
	local := conn.LocalAddr()
	if c.TLS == ImplicitTLS {
		wrapped := tls.Client(conn, secure)
		if err := wrapped.HandshakeContext(ctx); err != nil {
			return t, err
		}
		conn = wrapped
	}
	t.step = stepGreeting
	if t.Client, err = smtp.NewClient(conn, e.host); err != nil {
		return t, err
	}
	t.step = stepHello
	t.helo = heloName(ctx, c.Helo, local)
	if err := t.Hello(t.helo); err != nil {
		return t, err
	}
	if err := t.protect(c.TLS, secure); err != nil {
		return t, err
	}
	return t, t.login(c, e.host)
}

// maxTalk is the most that a mail server may say in one session, in bytes: some
// thousand lines.
const maxTalk = 1 << 20

// bounded is a connection of which so many more bytes are read: lines without an
// end would fill the memory.
type bounded struct {
	net.Conn
	left int
}

// Read reads what may still be read.
func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errEndless
	}
	n, err := b.Conn.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}

// certificateName is what the server's certificate must be made out to.
func certificateName(host string) string {
	name, _, _ := strings.Cut(strings.TrimSuffix(host, "."), "%") // an IPv6 zone is this machine's own
	return name
}

// protect changes to TLS where it is chosen.
func (t *smtpSession) protect(mode TLS, secure *tls.Config) error {
	if mode != StartTLS {
		return nil
	}
	t.step = stepStartTLS
	if _, offered := t.offers("STARTTLS"); !offered {
		return errNoStartTLS
	}
	return t.StartTLS(secure)
}

// offers reports whether the server names an extension, and what it says of it. A
// keyword may be written in any case (RFC 5321, 2.4), and AUTH of old with a "=" behind
// it, while go-mail knows capitals and a space: then the server is asked once more.
func (t *smtpSession) offers(keyword string) (params string, ok bool) {
	if ok, params := t.Extension(keyword); ok {
		return params, true
	}
	id, err := t.Text.Cmd("EHLO %s", t.helo)
	if err != nil {
		return "", false
	}
	t.Text.StartResponse(id)
	defer t.Text.EndResponse(id)
	_, said, err := t.Text.ReadResponse(250)
	if err != nil {
		return "", false
	}
	for line := range strings.Lines(said) {
		words := strings.FieldsFunc(strings.ToUpper(line), func(r rune) bool { return r == '=' || unicode.IsSpace(r) })
		if len(words) > 0 && words[0] == keyword {
			return strings.Join(words[1:], " "), true
		}
	}
	return "", false
}

// login logs in by the best way that the server offers. Over TLS that is the
// plain one: a server may name others for which it has nothing stored.
func (t *smtpSession) login(c EmailConfig, host string) error {
	if c.Username == "" {
		return nil
	}
	t.step = stepLogin
	names, offered := t.offers("AUTH")
	if !offered {
		if _, later := t.offers("STARTTLS"); later && c.TLS == NoTLS {
			return errLoginInTLS
		}
		return errNoLogin
	}
	open := c.TLS == NoTLS
	type way struct {
		name string
		auth smtp.Auth
	}
	ways := []way{
		{"PLAIN", smtp.PlainAuth("", c.Username, t.password, host, open)},
		{"LOGIN", smtp.LoginAuth(c.Username, t.password, host, open)},
		{"SCRAM-SHA-256", smtp.ScramSHA256Auth(c.Username, t.password)},
		{"SCRAM-SHA-1", smtp.ScramSHA1Auth(c.Username, t.password)},
		{"CRAM-MD5", smtp.CRAMMD5Auth(c.Username, t.password)},
	}
	if open {
		ways = append(ways[2:], ways[:2]...)
	}
	if c.Tokens != nil {
		ways = []way{{"XOAUTH2", smtp.XOAuth2Auth(c.Username, t.password)}}
	}
	known := strings.Fields(strings.ToUpper(names))
	for _, w := range ways {
		if slices.Contains(known, w.name) {
			err := t.Auth(w.auth)
			if c.Tokens != nil && err != nil {
				c.Tokens.Refused(t.password)
			}
			return err
		}
	}
	return errNoMechanism
}

// quitTimeout is how long a server may take to say goodbye.
const quitTimeout = 2 * time.Second

// hangUp ends the session. What was to be done is done or reported, so the
// server's reply changes nothing.
func (t *smtpSession) hangUp() {
	if t.Client == nil {
		return
	}
	_ = t.UpdateDeadline(quitTimeout)
	_ = t.Quit()
	_ = t.Close()
}

// lookupTimeout bounds the search for this machine's full name: without one there
// is still its address.
const lookupTimeout = 3 * time.Second

// heloName is how we introduce ourselves to a mail server (RFC 5321, 4.1.1.1): by
// the configured name, else by this machine's full name, else by the address that
// the connection comes from. Many servers refuse a name without a domain.
func heloName(ctx context.Context, configured string, local net.Addr) string {
	if configured != "" {
		if name, err := asciiName(configured); err == nil {
			return name
		}
		return configured
	}
	host, err := os.Hostname()
	if err != nil {
		return addressLiteral(local)
	}
	ctx, cancel := context.WithTimeout(ctx, lookupTimeout)
	defer cancel()
	return ownName(ctx, host, net.DefaultResolver.LookupCNAME, local)
}

// ownName returns the full name behind a machine's host name, or the address
// literal where there is none.
func ownName(ctx context.Context, host string, lookup func(context.Context, string) (string, error), local net.Addr) string {
	if fullName(host) {
		return host
	}
	name, err := lookup(ctx, host)
	if name = strings.TrimSuffix(name, "."); err == nil && fullName(name) {
		return name
	}
	return addressLiteral(local)
}

// fullName reports whether a name has a domain and is written as mail servers
// want it. The names of localhost say nothing about a machine.
func fullName(name string) bool {
	const label = `[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?`
	return len(name) <= 253 && !strings.HasPrefix(name, "localhost.") &&
		regexp.MustCompile(`^(`+label+`\.)+[A-Za-z]([-A-Za-z0-9]*[A-Za-z0-9])?$`).MatchString(name)
}

// addressLiteral writes an address as RFC 5321, 4.1.3, has it.
func addressLiteral(local net.Addr) string {
	at, err := netip.ParseAddrPort(local.String())
	if err != nil {
		return "[127.0.0.1]"
	}
	ip := at.Addr().Unmap().WithZone("")
	if ip.Is6() {
		return "[IPv6:" + ip.String() + "]"
	}
	return "[" + ip.String() + "]"
}
