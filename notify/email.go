package notify

import (
	"bytes"
	"cmp"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/textproto"
	"slices"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/words"
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
	Name string // of the channel; empty is "email"
	Host string
	Port int
	TLS  TLS
	// Helo is the name to give to the server; empty finds one.
	Helo string
	// Username is empty and Password nil for a server that asks for none.
	Username string
	Password Secret
	// Tokens, if set, get what logs in by XOAUTH2 instead of a password.
	Tokens *OAuth
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
	host   string // without brackets, in ASCII
	from   *mail.Address
	to     []*mail.Address
	dial   func(ctx context.Context, network, address string) (net.Conn, error)
}

// NewEmail returns the channel. A faulty host or address is an error.
func NewEmail(c EmailConfig) (*Email, error) {
	host, err := asciiName(bareHost(c.Host))
	if err != nil {
		return nil, fmt.Errorf("email: host %q is no host name: %w", c.Host, err)
	}
	from, to, err := c.addresses()
	if err != nil {
		return nil, err
	}
	return &Email{c, host, from, to, (&net.Dialer{}).DialContext}, nil
}

// Name returns "email", or the name of a further one.
func (e *Email) Name() string { return cmp.Or(e.config.Name, "email") }

// Receivers returns the addresses that a message is for.
func (e *Email) Receivers() []string {
	addresses := make([]string, len(e.to))
	for i, a := range e.to {
		addresses[i] = a.Address
	}
	return addresses
}

// Check connects, protects the connection, logs in, names the sender and every
// receiver, takes that back, and hangs up.
func (e *Email) Check(ctx context.Context) (found string, err error) {
	_, failed, err := e.session(ctx, e.to, func(t *smtpSession, _ []*mail.Address) error { return t.Reset() })
	if err == nil {
		err = errors.Join(failed.errors()...)
	}
	return fmt.Sprintf("reached, nothing sent; it takes the sender and %s", words.NumberOf(len(e.to), "receiver")), err
}

// Send hands the message to the mail server, for every receiver. Where some are
// refused the others have it all the same, and the error says so.
func (e *Email) Send(ctx context.Context, m alert.Message) error {
	took, failed, err := e.deliver(ctx, m, e.to)
	if err != nil || len(failed) == 0 {
		return err
	}
	faults := failed.errors()
	for _, r := range took {
		faults = append(faults, fmt.Errorf("it is on its way to %s", r.Address))
	}
	return errors.Join(faults...)
}

// SendTo hands the message to the mail server for all receivers but the settled
// ones, and returns for whom it is done by now: who has it, and who was refused
// for good while another has it. A message that nobody has is given up for
// nobody. The error is of those who are to be tried again.
func (e *Email) SendTo(ctx context.Context, m alert.Message, settled []alert.Receipt) ([]alert.Receipt, error) {
	left := slices.DeleteFunc(slices.Clone(e.to), func(a *mail.Address) bool {
		return slices.ContainsFunc(settled, func(r alert.Receipt) bool { return r.Address == a.Address })
	})
	if len(left) == 0 {
		return nil, nil // the others have left the config
	}
	took, failed, err := e.deliver(ctx, m, left)
	if err != nil {
		return nil, err
	}
	known := len(took) > 0 || slices.ContainsFunc(settled, func(r alert.Receipt) bool { return r.Refused == "" })
	var again []error
	for _, f := range failed {
		if known && f.forGood {
			took = append(took, alert.Receipt{Address: f.address, Refused: f.err.Error()})
		} else {
			again = append(again, f.err)
		}
	}
	return took, errors.Join(again...)
}

// deliver sends the message to the given receivers. Once the server has taken
// it, a connection that breaks afterwards is no failure: trying again would only
// bring it twice.
func (e *Email) deliver(ctx context.Context, m alert.Message, to []*mail.Address) (took []alert.Receipt, failed failures, err error) {
	var raw bytes.Buffer
	if err := e.write(&raw, m); err != nil {
		return nil, nil, err
	}
	accepted, failed, err := e.session(ctx, to, func(t *smtpSession, accepted []*mail.Address) error {
		if len(accepted) == 0 {
			return t.Reset()
		}
		return t.transmit(ctx, raw.Bytes())
	})
	for _, a := range accepted {
		took = append(took, alert.Receipt{Address: a.Address})
	}
	return took, failed, err
}

// session connects, begins a mail, does what is asked with it, and hangs up. It
// returns which of the receivers the server accepted, and the others.
func (e *Email) session(ctx context.Context, to []*mail.Address, do func(*smtpSession, []*mail.Address) error) (accepted []*mail.Address, failed failures, err error) {
	talk, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	t, err := e.open(talk)
	defer t.hangUp()
	if err == nil {
		accepted, failed, err = e.begin(t, to)
	}
	if err == nil {
		err = do(t, accepted)
	}
	ended := talk.Err()
	if t.step == stepTaken {
		ended = ctx.Err()
	}
	if err == nil {
		return accepted, failed, nil
	}
	err = e.explain(ended, t, err)
	if t.step <= stepLogin {
		err = unavailable{error: err}
	}
	return nil, nil, err
}

// begin names the sender and the receivers to the server.
func (e *Email) begin(t *smtpSession, to []*mail.Address) (accepted []*mail.Address, failed failures, err error) {
	utf8, _ := t.Extension("SMTPUTF8")
	needed := !isASCII(e.from.Address) || slices.ContainsFunc(to, func(a *mail.Address) bool { return !isASCII(a.Address) })
	t.SkipSMTPUTF8(!needed) // a mail that names it may not pass through an older server
	t.step = stepFrom
	if !utf8 && !isASCII(e.from.Address) {
		return nil, nil, errNoUTF8
	}
	if err := t.Mail(envelope(e.from)); err != nil {
		return nil, nil, err
	}
	t.step = stepTo
	for _, a := range to {
		err := t.receiver(a, utf8)
		var reply *textproto.Error
		switch {
		case err == nil:
			accepted = append(accepted, a)
		case errors.Is(err, errNoUTF8):
			failed = append(failed, failure{a.Address, true, e.refusedReceiver(a.Address, nil)})
		case errors.As(err, &reply) && reply.Code != 421: // 421 ends the whole session
			failed = append(failed, failure{a.Address, reply.Code >= 500, redacted(e.refusedReceiver(a.Address, reply), e.config.secrets(t.password)...)})
		default:
			return nil, nil, err
		}
	}
	return accepted, failed, nil
}

func (t *smtpSession) receiver(a *mail.Address, utf8 bool) error {
	if !utf8 && !isASCII(a.Address) {
		return errNoUTF8
	}
	return t.Rcpt(envelope(a))
}

// envelope is an address as MAIL and RCPT take it.
func envelope(a *mail.Address) string { return (&mail.Address{Address: a.Address}).String() }

// transmit sends the mail itself. Once the server has read it, it may take its time
// to answer, also when ctx ends: the mail may be on its way by then.
func (t *smtpSession) transmit(ctx context.Context, raw []byte) error {
	t.step = stepData
	w, err := t.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write(raw); err != nil {
		return err
	}
	if !t.keepOpen() {
		return context.Canceled
	}
	t.step = stepTaken
	_ = t.conn.SetDeadline(time.Now().Add(takeTimeout)) // what fails shows in the answer
	stop := context.AfterFunc(ctx, func() { _ = t.conn.SetDeadline(time.Now().Add(takeGrace)) })
	defer stop()
	return w.Close()
}

// failure is a receiver that the server refused.
type failure struct {
	address string
	forGood bool
	err     error
}

type failures []failure

func (f failures) errors() []error {
	errs := make([]error, len(f))
	for i := range f {
		errs[i] = f[i].err
	}
	return errs
}
