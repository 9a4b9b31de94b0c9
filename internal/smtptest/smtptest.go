// Package smtptest is a mail server on the loopback interface for tests: it
// takes mail over real SMTP and keeps it in memory.
package smtptest

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/mail"
	"os"
	"strings"
	"sync"

	"github.com/emersion/go-smtp"
	"golang.org/x/sys/unix"
)

// Server is a running mail server.
type Server struct {
	// Addr is host:port, the same over a restart: while the server is down,
	// nobody else is given the port.
	Addr string
	// Trouble, if set before the server is used, is asked for each mail what
	// goes wrong with it. It is called on the goroutine of the connection.
	Trouble func() Trouble
	// Sender and Receiver, if set before the server is used, say what is wrong
	// with an address; see [Refuse].
	Sender, Receiver func(address string) error
	// UTF8 tells the server to offer SMTPUTF8. It counts from the next [Server.Up].
	UTF8 bool

	mu     sync.Mutex
	mails  []Mail
	asked  []string
	came   chan struct{}
	server *smtp.Server
	listen net.Listener
	port   *os.File // keeps it
}

// Trouble is what goes wrong with a mail.
type Trouble int

// The troubles.
const (
	None    Trouble = iota
	Refused         // the server wants no mail now
	Lost            // it read the mail and then says that it could not take it
	Cut             // it took the mail and hangs up before it says so
)

// Refuse returns the error that makes the server answer with a code.
func Refuse(code int, text string) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: smtp.NoEnhancedCode, Message: text}
}

// Mail is one mail that came in.
type Mail struct {
	// Helo is how the client introduced itself.
	Helo string
	// UTF8 tells that the client said SMTPUTF8.
	UTF8   bool
	From   string
	To     []string
	Header mail.Header
	Raw    string
}

// MessageID returns the mail's own.
func (m Mail) MessageID() string { return m.Header.Get("Message-Id") }

// Kind returns why gaitkeeper sent it.
func (m Mail) Kind() string { return m.Header.Get("X-Gaitkeeper-Kind") }

// New returns a server that is up on a free port.
func New() (*Server, error) {
	port, addr, err := reserve()
	if err != nil {
		return nil, fmt.Errorf("find a port for the mail server: %w", err)
	}
	s := &Server{came: make(chan struct{}, 1), port: port}
	return s, s.Up(addr)
}

// reserve takes a free port of the loopback interface without listening on it:
// who calls it is refused, who listens on it may.
func reserve() (port *os.File, addr string, err error) {
	socket, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, "", err
	}
	port = os.NewFile(uintptr(socket), "port") // #nosec G115 -- the kernel's numbers are small
	if err := unix.SetsockoptInt(socket, unix.SOL_SOCKET, unix.SO_REUSEADDR, 1); err != nil {
		return nil, "", err
	}
	if err := unix.Bind(socket, &unix.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}); err != nil {
		return nil, "", err
	}
	name, err := unix.Getsockname(socket)
	if err != nil {
		return nil, "", err
	}
	at, ok := name.(*unix.SockaddrInet4)
	if !ok {
		return nil, "", fmt.Errorf("an address of another kind: %v", name)
	}
	return port, fmt.Sprintf("127.0.0.1:%d", at.Port), nil
}

// Up begins to listen on addr.
func (s *Server) Up(addr string) error {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("start mail server: %w", err)
	}
	s.Addr = l.Addr().String()
	s.server = smtp.NewServer(backend{s})
	s.server.Domain, s.server.EnableSMTPUTF8 = "localhost", s.UTF8
	s.listen = l
	server := s.server
	go func() { _ = server.Serve(l) }() // ends with Down
	return nil
}

// Down stops listening and drops every connection.
func (s *Server) Down() {
	_ = s.listen.Close() // the server may not have taken it over yet
	_ = s.server.Close()
}

// Mails returns what has come in so far.
func (s *Server) Mails() []Mail {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Mail(nil), s.mails...)
}

// Asked returns the receivers that the server was asked to take mail for so far,
// whatever it said.
func (s *Server) Asked() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.asked...)
}

// Came is readable after each new mail.
func (s *Server) Came() <-chan struct{} { return s.came }

func (s *Server) take(m Mail, r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	read, err := mail.ReadMessage(strings.NewReader(string(raw)))
	if err != nil {
		return errors.Join(smtp.ErrDataReset, err)
	}
	s.mu.Lock()
	m.Header, m.Raw = read.Header, string(raw)
	s.mails = append(s.mails, m)
	s.mu.Unlock()
	select {
	case s.came <- struct{}{}:
	default:
	}
	return nil
}

type backend struct{ *Server }

func (b backend) NewSession(c *smtp.Conn) (smtp.Session, error) {
	s := &session{server: b.Server, conn: c}
	if b.Trouble != nil {
		s.trouble = b.Trouble()
	}
	return s, nil
}

type session struct {
	server  *Server
	conn    *smtp.Conn
	trouble Trouble
	mail    Mail
}

var errLater = &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "try again later"}

func (s *session) Mail(from string, o *smtp.MailOptions) error {
	if s.trouble == Refused {
		return errLater
	}
	s.mail = Mail{Helo: s.conn.Hostname(), UTF8: o.UTF8, From: from}
	return judge(s.server.Sender, from)
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.server.mu.Lock()
	s.server.asked = append(s.server.asked, to)
	s.server.mu.Unlock()
	if err := judge(s.server.Receiver, to); err != nil {
		return err
	}
	s.mail.To = append(s.mail.To, to)
	return nil
}

func judge(judge func(string) error, address string) error {
	if judge == nil {
		return nil
	}
	return judge(address)
}

func (s *session) Data(r io.Reader) error {
	if s.trouble == Lost {
		if _, err := io.Copy(io.Discard, r); err != nil {
			return err
		}
		return errLater
	}
	err := s.server.take(s.mail, r)
	if s.trouble == Cut {
		return errors.Join(err, s.conn.Conn().Close())
	}
	return err
}

func (s *session) Reset()      { s.mail = Mail{} }
func (*session) Logout() error { return nil }
