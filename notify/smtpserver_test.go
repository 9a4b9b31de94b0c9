package notify_test

import (
	"cmp"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"net"
	"net/http/httptest"
	"slices"
	"strconv"
	"sync"
	"testing"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"gaitkeeper/notify"
)

const (
	user     = "ada@example.org"
	password = `p@ss:w"o'r\d #%&;=€ `
)

// mailServer is a real SMTP server in this process.
type mailServer struct {
	host  string
	port  int
	roots *x509.CertPool

	mu       sync.Mutex
	mails    []string
	logins   int
	failures []error // what DATA answers next
	// dropBefore and dropAfter break the connection before or after the server
	// says that it took the mail.
	dropBefore, dropAfter bool
	mechanism             string // of the log-in; empty is PLAIN
}

// serveMail starts a server. With tls none it offers no STARTTLS.
func serveMail(t *testing.T, mode notify.TLS) *mailServer {
	t.Helper()
	web := httptest.NewTLSServer(nil) // for its certificate of 127.0.0.1
	t.Cleanup(web.Close)
	m := &mailServer{roots: x509.NewCertPool()}
	m.roots.AddCert(web.Certificate())
	server := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		return &mailSession{server: m, conn: c}, nil
	}))
	server.Domain, server.AllowInsecureAuth = "mail.example", mode == notify.NoTLS
	server.ErrorLog = log.New(io.Discard, "", 0)
	secure := &tls.Config{Certificates: web.TLS.Certificates, MinVersion: tls.VersionTLS12}
	if mode == notify.StartTLS {
		server.TLSConfig = secure
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	m.host, m.port = split(t, l.Addr())
	if mode == notify.ImplicitTLS {
		l = tls.NewListener(l, secure)
	}
	go func() { _ = server.Serve(l) }()
	t.Cleanup(func() { _ = server.Close() })
	return m
}

func split(t *testing.T, a net.Addr) (host string, port int) {
	t.Helper()
	return splitText(t, a.String())
}

func splitText(t *testing.T, address string) (host string, port int) {
	t.Helper()
	host, p, err := net.SplitHostPort(address)
	if err != nil {
		t.Fatal(err)
	}
	port, err = strconv.Atoi(p)
	if err != nil {
		t.Fatal(err)
	}
	return host, port
}

// config is an account on the server.
func (m *mailServer) config(mode notify.TLS) notify.EmailConfig {
	return notify.EmailConfig{
		Host: m.host, Port: m.port, TLS: mode, Username: user, Password: always(password), Roots: m.roots,
		From: "gaitkeeper <gait@home.example>", To: []string{"ada@example.org", "Coach <coach@example.org>"},
	}
}

func (m *mailServer) received() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.mails)
}

type mailSession struct {
	server *mailServer
	conn   *smtp.Conn
	known  bool
	sent   bool
}

func (s *mailSession) AuthMechanisms() []string {
	return []string{cmp.Or(s.server.mechanism, sasl.Plain)}
}

func (s *mailSession) login() {
	s.known = true
	s.server.mu.Lock()
	s.server.logins++
	s.server.mu.Unlock()
}

func (s *mailSession) Auth(mechanism string) (sasl.Server, error) {
	if mechanism == "XOAUTH2" {
		return xoauth2{s}, nil
	}
	return sasl.NewPlainServer(func(_, u, p string) error {
		if u != user || p != password {
			return &smtp.SMTPError{Code: 535, Message: "I do not know " + p} // as rude as can be
		}
		s.login()
		return nil
	}), nil
}

func (s *mailSession) Mail(string, *smtp.MailOptions) error {
	if !s.known {
		return &smtp.SMTPError{Code: 530, Message: "Authentication required"}
	}
	return nil
}

func (s *mailSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	if to == "nobody@example.org" {
		return &smtp.SMTPError{Code: 550, Message: "No such user here"}
	}
	return nil
}

func (s *mailSession) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	m := s.server
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.failures) > 0 {
		err, m.failures = m.failures[0], m.failures[1:]
		return err
	}
	m.mails = append(m.mails, string(b))
	s.sent = true
	if m.dropBefore {
		m.dropBefore = false
		return errors.Join(s.conn.Conn().Close(), errors.New("dropped"))
	}
	return nil
}

// Reset is called once the server has said that it took the mail.
func (s *mailSession) Reset() {
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	if s.sent && s.server.dropAfter {
		_ = s.conn.Conn().Close()
	}
}

func (*mailSession) Logout() error { return nil }
