package notify

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"os"
	"strings"
	"syscall"

	"github.com/wneessen/go-mail"
)

// explain puts a mail server's failure into words with the remedy, and keeps the
// password out of them.
func (e *Email) explain(ctx context.Context, err error) error {
	return silenced(e.words(ctx, err), e.config.secrets()...)
}

func (e *Email) words(ctx context.Context, err error) error {
	c := e.config
	server := net.JoinHostPort(c.Host, fmt.Sprint(c.Port))
	var reply *textproto.Error
	if errors.As(err, &reply) {
		return e.reply(server, reply)
	}
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	if why, ok := network(err); ok {
		return fmt.Errorf("email: %s %s: %w", server, why, err)
	}
	text := err.Error()
	switch {
	case strings.Contains(text, "does not support STARTTLS"):
		return fmt.Errorf(`email: %s offers no STARTTLS, so nothing was sent: use port 465 with tls = "implicit", or tls = "none" for a server on this machine`, server)
	case strings.Contains(text, "does not support SMTP AUTH"), errors.Is(err, mail.ErrNoSupportedAuthDiscovered):
		return fmt.Errorf("email: %s takes no log-in here: leave username empty, or use the port meant for sending (587 or 465)", server)
	case errors.As(err, new(tls.RecordHeaderError)):
		return fmt.Errorf(`email: %s does not speak TLS at once: use tls = "starttls" (port 587), or port 465 for tls = "implicit"`, server)
	default:
		return fmt.Errorf("email: %s: %w", server, err)
	}
}

// reply explains what the mail server said.
func (e *Email) reply(server string, r *textproto.Error) error {
	said := fmt.Sprintf("(it said: %d %s)", r.Code, oneLine(r.Msg))
	switch {
	case r.Code == 535 || r.Code == 534 || r.Code == 538:
		return fmt.Errorf("email: %s refused the user name or the password of %q: check username and the file that password_file names; "+
			"many providers want an app password here %s", server, e.config.Username, said)
	case r.Code == 530 || r.Code == 502 && e.config.Username == "":
		return fmt.Errorf("email: %s wants a log-in, or TLS, first: set username, password_file and tls %s", server, said)
	case r.Code == 550 || r.Code == 553 || r.Code == 551:
		return fmt.Errorf("email: %s does not take mail from %s to %s: check from and to %s",
			server, e.config.From, strings.Join(e.config.To, ", "), said)
	case r.Code == 552 || r.Code == 523:
		return fmt.Errorf("email: the mailbox is full or the mail too large %s", said)
	case r.Code >= 400 && r.Code < 500:
		return fmt.Errorf("email: %s cannot take the mail at present %s", server, said)
	default:
		return fmt.Errorf("email: %s did not take the mail %s", server, said)
	}
}

// network says in plain words why a connection failed; ok tells whether it did.
func network(err error) (why string, ok bool) {
	var dns *net.DNSError
	var unknown x509.UnknownAuthorityError
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	var timeout net.Error
	switch {
	case errors.As(err, &dns) && dns.IsNotFound:
		return "is not known by that name: check the spelling of the host", true
	case errors.As(err, &dns):
		return "could not be looked up: is this machine online?", true
	case errors.Is(err, syscall.ECONNREFUSED):
		return "refused the connection: check host and port, and that the server is running", true
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return "cannot be reached: is this machine online?", true
	case errors.As(err, &unknown):
		return "shows a certificate that nobody known has signed: add its authority to this machine's certificates", true
	case errors.As(err, &name):
		return "shows a certificate for another name: use the name in the certificate as host", true
	case errors.As(err, &invalid):
		return "shows a certificate that is not valid (any more): renew it, and check this machine's clock", true
	case errors.Is(err, context.Canceled):
		return "was not waited for: gaitkeeper is stopping", true
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return "did not answer in time: check host and port, and any firewall between", true
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE), isEOF(err):
		return "broke the connection off", true
	default:
		return "", false
	}
}

func isEOF(err error) bool { return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) }

// oneLine makes a server's words fit a line of status.
func oneLine(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 200 {
		return string(r[:200]) + "…"
	}
	return s
}
