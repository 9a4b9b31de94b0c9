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
	_, failed, err := e.session(ctx, e.to, nil)
	for _, f := range failed {
		err = errors.Join(err, f.err)
	}
	return fmt.Sprintf("reached, nothing sent; it takes the sender and %s", words.NumberOf(len(e.to), "receiver")), err
}

// Send hands the message to the mail server, for every receiver. Where some are
// refused the others have it all the same, and the error says so.
func (e *Email) Send(ctx context.Context, m alert.Message) error {
	receipts, err := e.SendTo(ctx, m, nil)
	var took []error
	for _, r := range receipts {
		if r.Refused != "" {
			err = errors.Join(err, errors.New(r.Refused))
		} else {
			took = append(took, fmt.Errorf("it is on its way to %s", r.Address))
		}
	}
	if err == nil {
		return nil
	}
	return errors.Join(append([]error{err}, took...)...)
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
	var raw bytes.Buffer
	if err := e.write(&raw, m); err != nil {
		return nil, err
	}
	accepted, failed, err := e.session(ctx, left, raw.Bytes())
	if errors.As(err, new(tooLarge)) && m.HTML != "" {
		m.HTML, m.Pictures = "", nil
		return e.SendTo(ctx, m, settled)
	}
	if err != nil {
		return nil, err
	}
	var took []alert.Receipt
	for _, a := range accepted {
		took = append(took, alert.Receipt{Address: a.Address})
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

// session connects, names the sender and the receivers, hands the mail over where there
// is one and somebody may have it, and hangs up. It returns which of the receivers the
// server accepted, and the others. Once the server has taken the mail, a connection that
// breaks is no failure: trying again would only bring it twice.
func (e *Email) session(ctx context.Context, to []*mail.Address, raw []byte) (accepted []*mail.Address, failed []failure, err error) {
	talk, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	t, err := e.open(talk)
	defer t.hangUp()
	if err == nil {
		accepted, failed, err = e.begin(t, to)
	}
	switch {
	case err != nil:
	case raw == nil || len(accepted) == 0:
		err = t.Reset()
	default:
		err = t.transmit(ctx, raw)
	}
	if err == nil {
		return accepted, failed, nil
	}
	ended := talk.Err()
	if t.step == stepTaken {
		ended = ctx.Err()
	}
	cause := err
	err = redacted(e.explain(ended, t.step, err), e.config.secrets(t.password)...)
	var reply *textproto.Error
	switch {
	case t.step <= stepLogin:
		err = unavailable{error: err}
	case errors.As(cause, &reply) && blames(reply) == theSize:
		err = tooLarge{err}
	}
	return nil, nil, err
}

// begin names the sender and the receivers to the server.
func (e *Email) begin(t *smtpSession, to []*mail.Address) (accepted []*mail.Address, failed []failure, err error) {
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
		if !utf8 && !isASCII(a.Address) {
			failed = append(failed, failure{a.Address, true, e.noSuchLetters(a)})
			continue
		}
		err := t.Rcpt(envelope(a))
		var reply *textproto.Error
		switch {
		case err == nil:
			accepted = append(accepted, a)
		case errors.As(err, &reply) && reply.Code != 421: // 421 ends the whole session
			failed = append(failed, failure{a.Address, reply.Code >= 500, redacted(e.refused(t.step, a.Address, reply), e.config.secrets(t.password)...)})
		default:
			return nil, nil, err
		}
	}
	return accepted, failed, nil
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

// tooLarge is the failure of a mail that the server takes for too large: its text alone
// may get through.
type tooLarge struct{ error }

// failure is a receiver that the server refused.
type failure struct {
	address string
	forGood bool
	err     error
}
