package notify

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"time"

	"github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"

	"gaitkeeper/gait"
)

// TLS is how the connection to the mail server is protected.
type TLS string

// The protections. StartTLS is mandatory where it is chosen: a server that does
// not offer it is refused, so that a password never travels in the clear.
const (
	StartTLS    TLS = "starttls"
	ImplicitTLS TLS = "implicit"
	NoTLS       TLS = "none"
)

// EmailConfig is a mail account to send through.
type EmailConfig struct {
	Host string
	Port int
	TLS  TLS
	// Username and Password are empty for a server that asks for none.
	Username, Password string
	// From is an address, To are the receivers'; "Name <address>" is fine.
	From string
	To   []string
	// Runner tells the mails of two runners on one server apart; may be empty.
	Runner string
	// Roots are the certificate authorities to trust; nil is the system's.
	Roots *x509.CertPool
}

// Email sends messages through a mail server.
type Email struct {
	config EmailConfig
}

// sendTimeout bounds one attempt of any channel where the caller sets no
// earlier deadline.
const sendTimeout = 30 * time.Second

// NewEmail returns the channel. A faulty address is an error.
func NewEmail(c EmailConfig) (*Email, error) {
	if _, err := mime(c, gait.Message{Created: time.Unix(0, 0)}); err != nil {
		return nil, err
	}
	return &Email{c}, nil
}

// Name returns "email".
func (*Email) Name() string { return "email" }

// Check connects, protects the connection, logs in and hangs up.
func (e *Email) Check(ctx context.Context) error {
	return e.session(ctx, func(*smtp.Client) error { return nil })
}

// Send hands the message to the mail server. Once the server has taken it, a
// connection that breaks afterwards is no failure: trying again would only
// bring it twice.
func (e *Email) Send(ctx context.Context, m gait.Message) error {
	msg, err := mime(e.config, m)
	if err != nil {
		return err
	}
	return e.session(ctx, func(s *smtp.Client) error { return transmit(s, msg) })
}

// session connects, logs in, does what is asked, and hangs up.
func (e *Email) session(ctx context.Context, do func(*smtp.Client) error) error {
	ctx, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	client, err := e.client(ctx)
	if err != nil {
		return err
	}
	s, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return e.explain(ctx, err)
	}
	if err := do(s); err != nil {
		_ = s.Close() // the failure is told; hanging up cannot add to it
		return e.explain(ctx, err)
	}
	_ = s.Quit() // what was to be done is done; a rude goodbye changes nothing
	return nil
}

// transmit walks through one mail transaction.
func transmit(s *smtp.Client, msg *mail.Msg) error {
	from, err := msg.GetSender(false)
	if err != nil {
		return err
	}
	to, err := msg.GetRecipients()
	if err != nil {
		return err
	}
	if err := s.Mail(from); err != nil {
		return err
	}
	for _, address := range to {
		if err := s.Rcpt(address); err != nil {
			return err
		}
	}
	w, err := s.Data()
	if err != nil {
		return err
	}
	if _, err := msg.WriteTo(w); err != nil {
		return err
	}
	return w.Close()
}

func (e *Email) client(ctx context.Context) (*mail.Client, error) {
	c := e.config
	deadline, _ := ctx.Deadline()
	secure := &tls.Config{ServerName: c.Host, RootCAs: c.Roots, MinVersion: tls.VersionTLS12}
	options := []mail.Option{
		mail.WithPort(c.Port), mail.WithTimeout(max(time.Until(deadline), time.Millisecond)), mail.WithTLSConfig(secure),
		mail.WithoutNoop(), mail.WithDialContextFunc(dialer(ctx, c.TLS, secure)),
	}
	switch c.TLS {
	case StartTLS:
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	case ImplicitTLS:
		options = append(options, mail.WithSSL())
	case NoTLS:
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	default:
		return nil, fmt.Errorf("email: tls %q is none of starttls, implicit, none", c.TLS)
	}
	if c.Username != "" {
		options = append(options, mail.WithUsername(c.Username), mail.WithPassword(c.Password),
			mail.WithOpportunisticSMTPAuth(mechanisms(c.TLS)...))
	}
	client, err := mail.NewClient(c.Host, options...)
	if err != nil {
		return nil, fmt.Errorf("email: open %s: %w", c.Host, err)
	}
	return client, nil
}

// mechanisms are the ways to log in, best first. The plain ones over an open
// line only where the config has chosen an open line.
func mechanisms(t TLS) []mail.SMTPAuthType {
	m := []mail.SMTPAuthType{mail.SMTPAuthSCRAMSHA256, mail.SMTPAuthSCRAMSHA1}
	if t == NoTLS {
		return append(m, mail.SMTPAuthCramMD5, mail.SMTPAuthPlainNoEnc, mail.SMTPAuthLoginNoEnc)
	}
	return append(m, mail.SMTPAuthPlain, mail.SMTPAuthLogin, mail.SMTPAuthCramMD5)
}

// dialer opens the connection and closes it when outer ends, so that a server
// that falls silent in mid-sentence holds nobody up.
func dialer(outer context.Context, t TLS, secure *tls.Config) mail.DialContextFunc {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		context.AfterFunc(outer, func() { _ = conn.Close() })
		if t != ImplicitTLS {
			return conn, nil
		}
		client := tls.Client(conn, secure)
		if err := client.HandshakeContext(ctx); err != nil {
			_ = conn.Close()
			return nil, err
		}
		return client, nil
	}
}
