package notify

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/mail"
	"net/textproto"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// server names the mail server as the config has it.
func (e *Email) server() string {
	return net.JoinHostPort(bareHost(e.config.Host), strconv.Itoa(e.config.Port))
}

// explain puts a mail server's failure at a step into words with the remedy. ended is
// why the time for it is over; nil where it is not.
func (e *Email) explain(ended error, at step, err error) error {
	server := e.server()
	var reply *textproto.Error
	var foreign textproto.ProtocolError
	switch {
	case errors.As(err, new(unreadSecret)):
		return err
	case errors.As(err, &foreign) && at == stepTaken:
		return fmt.Errorf("email: %s read the whole mail and then gave no answer of a mail server: it is sent again, and may come twice (%s)", server, oneLine(foreign.Error()))
	case errors.As(err, &foreign):
		return fmt.Errorf("email: %s answers, but not as a mail server: check host and port; mail is sent through 587, 465 or 25 (%s)", server, oneLine(foreign.Error()))
	case errors.Is(err, errEndless):
		return fmt.Errorf("email: %s answers, but not as a mail server: check host and port; mail is sent through 587, 465 or 25 (it does not stop talking)", server)
	case errors.As(err, &reply):
		return e.refused(at, "", reply)
	case errors.Is(err, errNoStartTLS):
		return fmt.Errorf(`email: %s offers no STARTTLS, so nothing was sent: use port 465 with tls = "implicit", or tls = "none" for a server on this machine`, server)
	case errors.Is(err, errNoLogin):
		return fmt.Errorf("email: %s takes no log-in here: leave username empty, or use the port meant for sending (587 or 465)", server)
	case errors.Is(err, errLoginInTLS):
		return fmt.Errorf(`email: %s takes a log-in over TLS only: set tls = "starttls"`, server)
	case errors.Is(err, errNoMechanism) && e.config.Tokens != nil:
		return fmt.Errorf(`email: %s takes no XOAUTH2: set auth = "password"`, server)
	case errors.Is(err, errNoMechanism):
		return fmt.Errorf("email: %s takes no user name with a password: see whether the provider wants an app password and another server name for it", server)
	case errors.Is(err, errNoUTF8):
		return e.noSuchLetters(e.from)
	}
	if ended != nil {
		err = ended
	}
	why, ok := network(err)
	switch {
	case ok && at == stepTaken:
		return fmt.Errorf("email: %s read the whole mail and then %s: it is sent again, and may come twice: %w", server, why, err)
	case ok && at == stepGreeting && e.config.TLS != ImplicitTLS && !errors.Is(err, context.Canceled):
		return fmt.Errorf(`email: %s %s; where it speaks TLS at once, set tls = "implicit": %w`, server, why, err)
	case ok:
		return fmt.Errorf("email: %s %s: %w", server, why, err)
	case errors.As(err, new(tls.RecordHeaderError)):
		return fmt.Errorf(`email: %s does not speak TLS at once: use tls = "starttls" (port 587), or port 465 for tls = "implicit"`, server)
	default:
		return fmt.Errorf("email: %s: %w", server, err)
	}
}

// noSuchLetters tells of an address that cannot even be named to the server.
func (e *Email) noSuchLetters(a *mail.Address) error {
	return fmt.Errorf("email: %s takes no address with such letters before the @: %s", e.server(), a.Address)
}

// refused explains what the mail server said at a step, of the one receiver or, where
// that is empty, of the mail.
func (e *Email) refused(at step, receiver string, r *textproto.Error) error {
	later, about := r.Code < 500, blames(r)
	what, user := "the mail", e.config.Username
	if receiver != "" {
		what = "mail for " + receiver
	}
	var says string
	switch {
	case at == stepLogin && !later && e.config.Tokens != nil:
		says = fmt.Sprintf("refused the access token of %q: check username, and that the application may send mail; the next attempt fetches another token", user)
	case at == stepLogin && !later || r.Code == 535:
		says = fmt.Sprintf("refused the user name or the password of %q: check username and the file that password_file names; many providers want an app password here", user)
	case r.Code == 530 && user == "":
		says = "wants a log-in first: set username and password_file"
	case r.Code == 530 || r.Code == 538:
		says = `wants TLS first: set tls = "starttls", or tls = "implicit" with port 465`
	case later:
		says = "cannot take " + what + " at present; it is tried again"
	case at <= stepGreeting:
		says = "wants nothing to do with this machine"
	case at == stepStartTLS:
		says = "offers STARTTLS and then refuses it"
	case at == stepHello || about == theName:
		says = "does not accept the name that this machine gives: set helo to its full name"
	case receiver != "" && user == "" && (r.Code == 550 || r.Code == 554):
		says = "does not take " + what + ": check the address in to, and whether the server wants username and password_file"
	case about == theSize:
		says = "does not take " + what + ": the mailbox is full or the mail too large"
	case at == stepFrom || about == theSender:
		says = fmt.Sprintf("does not take mail from %s: check from, which most servers want to be an address of the account", e.from.Address)
	case receiver != "" && about == itsRules:
		says = "does not take " + what + " by its rules: check from and to, and whether the account may send there"
	case receiver != "":
		says = "does not take " + what + ": check the address in to"
	default:
		says = "did not take the mail"
	}
	return fmt.Errorf("email: %s %s (it said: %d %s)", e.server(), says, r.Code, oneLine(r.Msg))
}

// blame is what a server objects to.
type blame int

const (
	theReceiver blame = iota
	theSender
	theName // that this machine gives
	itsRules
	theSize // of the mail, or of the mailbox
)

// blames reads from the codes of a refusal what it is about (RFC 3463, and RFC 5321,
// 4.2.3): many servers, Postfix for one, keep what they have against the sender or the
// machine's name until the receiver is named.
func blames(r *textproto.Error) blame {
	code, _, _ := strings.Cut(r.Msg, " ")
	_, subject, _ := strings.Cut(code, ".") // 5.7.1 is of the class 5, its subject 7.1
	policy := strings.HasPrefix(subject, "7.")
	switch {
	case r.Code == 504, subject == "5.2":
		return theName
	case subject == "1.7", subject == "1.8", subject == "7.60", r.Code == 553 && policy:
		return theSender
	case policy:
		return itsRules
	case r.Code == 552, r.Code == 523, subject == "2.2", subject == "2.3", subject == "3.4":
		return theSize
	default:
		return theReceiver
	}
}

// network says in plain words why a connection failed; ok reports whether it
// did.
func network(err error) (why string, ok bool) {
	var dns *net.DNSError
	var unknown x509.UnknownAuthorityError
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	var timeout net.Error
	var op *net.OpError
	switch {
	case errors.As(err, &op) && op.Op == "proxyconnect":
		return "was not asked, since the proxy that HTTPS_PROXY or HTTP_PROXY names does not answer: correct the variable, or name the server in NO_PROXY", true
	case err.Error() == http.StatusText(http.StatusProxyAuthRequired): // it has no type of its own
		return "was not asked: the proxy wants a user and a password: write them into HTTPS_PROXY", true
	case errors.As(err, &dns) && dns.IsNotFound:
		return "is not known by that name: check the spelling of the host", true
	case errors.As(err, &dns):
		return "could not be looked up: is this machine online?", true
	case errors.Is(err, syscall.ECONNREFUSED):
		return "refused the connection: check host and port, and that the server is running", true
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return "cannot be reached: is this machine online?", true
	case errors.As(err, &unknown):
		return "shows a certificate that nobody known has signed (it may have signed its own): add it, or its authority, to this machine's certificates (update-ca-certificates; in a container, a folder that SSL_CERT_DIR names), then restart gaitkeeper", true
	case errors.As(err, &name) && len(name.Certificate.DNSNames)+len(name.Certificate.IPAddresses) == 0:
		return "shows a certificate without a subject alternative name, as they were made long ago: make a new one that has its name there", true
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
	case errors.As(err, new(tls.RecordHeaderError)):
		return "", false
	case strings.Contains(err.Error(), "tls: ") && !strings.Contains(err.Error(), "x509: "): // most have no type of their own
		return "and this machine agree on no encryption: it has to speak TLS 1.2 or newer", true
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
