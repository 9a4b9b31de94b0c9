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
	"strconv"
	"strings"
	"syscall"
)

// explain puts a mail server's failure into words with the remedy, and keeps the
// password out of them. ended is why the time for it is over; nil where it is not.
func (e *Email) explain(ended error, t *smtpSession, err error) error {
	return redacted(e.words(ended, t, err), e.config.secrets(t.password)...)
}

// server names the mail server as the config has it.
func (e *Email) server() string {
	return net.JoinHostPort(bareHost(e.config.Host), strconv.Itoa(e.config.Port))
}

func (e *Email) words(ended error, t *smtpSession, err error) error {
	server := e.server()
	var reply *textproto.Error
	switch {
	case errors.As(err, new(unreadSecret)):
		return err
	case errors.As(err, &reply):
		return e.reply(server, t.step, reply)
	case errors.Is(err, errNoStartTLS):
		return fmt.Errorf(`email: %s offers no STARTTLS, so nothing was sent: use port 465 with tls = "implicit", or tls = "none" for a server on this machine`, server)
	case errors.Is(err, errNoLogin):
		return fmt.Errorf("email: %s takes no log-in here: leave username empty, or use the port meant for sending (587 or 465)", server)
	case errors.Is(err, errLoginInTLS):
		return fmt.Errorf(`email: %s takes a log-in over TLS only: set tls = "starttls"`, server)
	case errors.Is(err, errNoMechanism) && e.config.AccessToken != nil:
		return fmt.Errorf(`email: %s takes no XOAUTH2: set auth = "password"`, server)
	case errors.Is(err, errNoMechanism):
		return fmt.Errorf("email: %s takes no user name with a password: see whether the provider wants an app password and another server name for it", server)
	case errors.Is(err, errNoUTF8):
		return fmt.Errorf("email: %s takes no address with such letters before the @: %s", server, e.from.Address)
	}
	if ended != nil {
		err = ended
	}
	why, ok := network(err)
	switch {
	case ok && t.step == stepTaken:
		return fmt.Errorf("email: %s read the whole mail and then %s: it is sent again, and may come twice: %w", server, why, err)
	case ok && t.step == stepGreeting && e.config.TLS != ImplicitTLS && !errors.Is(err, context.Canceled):
		return fmt.Errorf(`email: %s %s; where it speaks TLS at once, set tls = "implicit": %w`, server, why, err)
	case ok:
		return fmt.Errorf("email: %s %s: %w", server, why, err)
	case errors.As(err, new(tls.RecordHeaderError)):
		return fmt.Errorf(`email: %s does not speak TLS at once: use tls = "starttls" (port 587), or port 465 for tls = "implicit"`, server)
	default:
		return fmt.Errorf("email: %s: %w", server, err)
	}
}

// reply explains what the mail server said.
func (e *Email) reply(server string, at step, r *textproto.Error) error {
	said := serverSaid(r)
	later := r.Code >= 400 && r.Code < 500
	switch {
	case at == stepLogin && !later || r.Code == 535:
		return fmt.Errorf("email: %s refused the user name or the password of %q: check username and the file that password_file names; "+
			"many providers want an app password here %s", server, e.config.Username, said)
	case r.Code == 530 && e.config.Username == "":
		return fmt.Errorf("email: %s wants a log-in first: set username and password_file %s", server, said)
	case r.Code == 530 || r.Code == 538:
		return fmt.Errorf(`email: %s wants TLS first: set tls = "starttls", or tls = "implicit" with port 465 %s`, server, said)
	case later:
		return fmt.Errorf("email: %s cannot take the mail at present %s", server, said)
	case at <= stepGreeting:
		return fmt.Errorf("email: %s wants nothing to do with this machine %s", server, said)
	case at == stepHello:
		return fmt.Errorf("email: %s does not accept the name that this machine gives: set helo to its full name %s", server, said)
	case at == stepStartTLS:
		return fmt.Errorf("email: %s offers STARTTLS and then refuses it %s", server, said)
	case at == stepFrom:
		return fmt.Errorf("email: %s does not take mail from %s: check from, which most servers want to be an address of the account %s",
			server, e.from.Address, said)
	case r.Code == 552 || r.Code == 523:
		return fmt.Errorf("email: the mailbox is full or the mail too large %s", said)
	default:
		return fmt.Errorf("email: %s did not take the mail %s", server, said)
	}
}

// refusedReceiver explains why one receiver was refused; r is nil where the
// address cannot even be named to the server.
func (e *Email) refusedReceiver(address string, r *textproto.Error) error {
	switch server := e.server(); {
	case r == nil:
		return fmt.Errorf("email: %s takes no address with such letters before the @: %s", server, address)
	case r.Code < 500:
		return fmt.Errorf("email: %s cannot take mail for %s at present; it is tried again %s", server, address, serverSaid(r))
	case (r.Code == 530 || r.Code == 550 || r.Code == 554) && e.config.Username == "":
		return fmt.Errorf("email: %s does not take mail for %s: check the address in to, and whether the server wants username and password_file %s",
			server, address, serverSaid(r))
	case r.Code == 552:
		return fmt.Errorf("email: %s does not take mail for %s: the mailbox is full %s", server, address, serverSaid(r))
	default:
		return fmt.Errorf("email: %s does not take mail for %s: check the address in to %s", server, address, serverSaid(r))
	}
}

func serverSaid(r *textproto.Error) string {
	return fmt.Sprintf("(it said: %d %s)", r.Code, oneLine(r.Msg))
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
		return "shows a certificate that nobody known has signed (it may have signed its own): add it, or its authority, to this machine's certificates (update-ca-certificates)", true
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
