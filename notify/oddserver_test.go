package notify_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"math/big"
	"net"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"gaitkeeper/notify"
)

// What answers at a wrong port is no mail server, and is told so; one that never
// ends its first line fills no memory.
func TestWhatIsNoMailServer(t *testing.T) {
	for name, hello := range map[string]string{
		"IMAP":    "* OK [CAPABILITY IMAP4rev1] Dovecot ready.\r\n",
		"POP3":    "+OK Dovecot ready.\r\n",
		"HTTP":    "HTTP/1.1 400 Bad Request\r\n\r\n",
		"endless": strings.Repeat("x", 3<<20),
	} {
		t.Run(name, func(t *testing.T) {
			host, port := parrot(t, hello, func(string) string { return "" })
			_, err := newEmail(t, notify.EmailConfig{Host: host, Port: port, TLS: notify.NoTLS, From: "g@home.example", To: []string{ada}}).Check(t.Context())
			says(t, err, "answers, but not as a mail server: check host and port")
			if len(err.Error()) > 400 {
				t.Errorf("a line of %d letters", len(err.Error()))
			}
		})
	}
}

// Servers keep what they have against the sender or the machine's name until a
// receiver is named, or until they have the mail: the codes tell what it is about.
func TestARefusalBlamesWhatItIsAbout(t *testing.T) {
	for answer, tt := range map[string]struct{ at, want string }{
		"504 5.5.2 <box>: Helo command rejected: need fully-qualified hostname": {"RCPT", "set helo to its full name"},
		"553 5.7.1 <g@home.example>: Sender address rejected: not owned by":     {"RCPT", "check from, which"},
		"450 4.1.8 <g@home.example>: Sender address rejected: Domain not found": {"RCPT", "it is tried again"},
		"550 5.1.8 <g@home.example>: Sender address rejected: Domain not found": {"RCPT", "check from, which"},
		"550 5.7.1 Unable to relay":           {"RCPT", "check from and to"},
		"554 5.7.1 Client host rejected":      {"RCPT", "check from and to"},
		"550 5.1.1 no such user":              {"RCPT", "check the address in to"},
		"550 no such user":                    {"RCPT", "check the address in to"},
		"552 5.2.2 over quota":                {"RCPT", "the mailbox is full"},
		"550 5.7.60 cannot send as":           {".", "check from, which"},
		"552 5.3.4 too large":                 {".", "the mail too large"},
		"554 5.3.4 too big for us":            {".", "the mail too large"},
		"552 5.7.0 blocked for its content":   {".", "did not take the mail"},
		"554 5.7.1 looks like spam":           {".", "did not take the mail"},
		"454 4.7.0 try the log-in again":      {"AUTH", "cannot take the mail at present"},
		"534 5.7.9 app password wanted":       {"AUTH", "many providers want an app password"},
		"421 4.7.0 too many connections":      {"RCPT", "cannot take the mail at present"},
		"550 5.7.26 no SPF or DKIM of sender": {".", "did not take the mail"},
	} {
		t.Run(answer, func(t *testing.T) {
			data := false
			host, port := parrot(t, "220 strict\r\n", func(line string) string {
				verb, _, _ := strings.Cut(line, " ")
				if data && line != "." {
					return ""
				}
				data = line == "DATA"
				switch {
				case verb == tt.at:
					return answer + "\r\n"
				case verb == "EHLO":
					return "250-strict\r\n250 AUTH PLAIN\r\n"
				case verb == "AUTH":
					return "235 welcome\r\n"
				case data:
					return "354 go on\r\n"
				default:
					return "250 well\r\n"
				}
			})
			says(t, newEmail(t, notify.EmailConfig{
				Host: host, Port: port, TLS: notify.NoTLS, Username: user, Password: always(password), From: "g@home.example", To: []string{ada},
			}).Send(t.Context(), sample()), tt.want)
		})
	}
}

// A mail that is too large for a server arrives as its text alone; where even that is
// refused, the error says so.
func TestAMailThatIsTooLarge(t *testing.T) {
	for name, tt := range map[string]struct {
		refuse int
		want   string
	}{"its picture": {1, ""}, "anything": {9, "the mail too large"}} {
		t.Run(name, func(t *testing.T) {
			server := serveMail(t, notify.NoTLS)
			for range tt.refuse {
				server.failures = append(server.failures, &smtp.SMTPError{Code: 552, EnhancedCode: smtp.EnhancedCode{5, 3, 4}, Message: "Message size exceeds fixed limit"})
			}
			says(t, newEmail(t, server.config(notify.NoTLS)).Send(t.Context(), sample()), tt.want)
			mails := server.received()
			if tt.want == "" && (len(mails) != 1 || strings.Contains(mails[0], "image/png") || !strings.Contains(mails[0], "12 ms less")) {
				t.Errorf("received %q", mails)
			}
			if server.logins > 2 {
				t.Errorf("tried %d times at once", server.logins)
			}
		})
	}
}

// Certificates and encryptions of another time are told as what they are.
func TestOldEncryption(t *testing.T) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "127.0.0.1"}, NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, &template, &template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	known := x509.NewCertPool()
	known.AddCert(parsed)
	for name, tt := range map[string]struct {
		newest uint16
		want   string
	}{
		"TLS 1.1":             {tls.VersionTLS11, "it has to speak TLS 1.2 or newer"},
		"a common name alone": {tls.VersionTLS13, "without a subject alternative name"},
	} {
		t.Run(name, func(t *testing.T) {
			l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{
				Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, MinVersion: tls.VersionTLS10, MaxVersion: tt.newest,
			})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = l.Close() })
			go func() {
				for {
					conn, err := l.Accept()
					if err != nil {
						return
					}
					go func() { _, _ = conn.Write([]byte("220 old\r\n")); _ = conn.Close() }()
				}
			}()
			host, port := split(t, l.Addr())
			_, err = newEmail(t, notify.EmailConfig{
				Host: host, Port: port, TLS: notify.ImplicitTLS, Roots: known, From: "g@home.example", To: []string{ada},
			}).Check(t.Context())
			says(t, err, tt.want)
		})
	}
}

// TestEmailAtOddServers: servers that know little, line by line.
func TestEmailAtOddServers(t *testing.T) {
	encoded := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	tests := map[string]struct {
		offers  []string
		heard   string // a line that the server hears
		refusal string
	}{
		"LOGIN alone":           {[]string{"8BITMIME", "AUTH LOGIN"}, encoded(password), ""},
		"log-in over TLS alone": {[]string{"8BITMIME", "STARTTLS"}, "", `takes a log-in over TLS only: set tls = "starttls"`},
		"no way to log in":      {[]string{"AUTH GSSAPI"}, "", "takes no user name with a password"},
		"no log-in at all":      {[]string{"8BITMIME"}, "", "takes no log-in here: leave username empty"},
		"in lower case":         {[]string{"8bitmime", "auth login"}, encoded(password), ""},
		"AUTH=, as of old":      {[]string{"AUTH=LOGIN"}, encoded(password), ""},
		"no 8BITMIME":           {[]string{"AUTH PLAIN"}, "MAIL FROM:<gait@home.example>", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var mu sync.Mutex
			var heard []string
			data := false
			host, port := parrot(t, "220 odd\r\n", func(line string) string {
				mu.Lock()
				defer mu.Unlock()
				heard = append(heard, line)
				switch {
				case data && line != ".":
					return ""
				case data:
					data = false
					return "250 taken\r\n"
				case strings.HasPrefix(line, "EHLO"):
					return "250-odd\r\n250-" + strings.Join(tt.offers, "\r\n250-") + "\r\n250 HELP\r\n"
				case line == "AUTH LOGIN":
					return "334 " + encoded("Username:") + "\r\n"
				case line == encoded(user):
					return "334 " + encoded("Password:") + "\r\n"
				case line == encoded(password), strings.HasPrefix(line, "AUTH PLAIN"):
					return "235 welcome\r\n"
				case line == "DATA":
					data = true
					return "354 go on\r\n"
				default:
					return "250 well\r\n"
				}
			})
			m := sample()
			m.Title, m.Text = "Läufer 走る", "Åsa läuft 走る"
			err := newEmail(t, notify.EmailConfig{
				Host: host, Port: port, TLS: notify.NoTLS, Username: user, Password: always(password), From: "gait@home.example", To: []string{ada},
			}).Send(t.Context(), m)
			says(t, err, tt.refusal)
			mu.Lock()
			defer mu.Unlock()
			talk := strings.Join(heard, "\n")
			if tt.heard != "" && !strings.Contains("\n"+talk+"\n", "\n"+tt.heard+"\n") {
				t.Errorf("%q was not heard in\n%s", tt.heard, talk)
			}
			if strings.ContainsFunc(talk, func(r rune) bool { return r > '~' }) {
				t.Errorf("more than seven bits in\n%s", talk)
			}
			if tt.refusal != "" && strings.Contains(talk, encoded(password)) {
				t.Error("the password went to a server that did not ask for it")
			}
		})
	}
}

// lowerCase is a connection to a server that writes what it offers in lower case.
type lowerCase struct{ net.Conn }

func (c lowerCase) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	copy(p, bytes.ReplaceAll(p[:n], []byte("STARTTLS"), []byte("starttls")))
	return n, err
}

// STARTTLS in lower case protects the connection as well.
func TestStartTLSInLowerCase(t *testing.T) {
	server := serveMail(t, notify.StartTLS)
	e := newEmail(t, server.config(notify.StartTLS))
	e.DialWith(func() net.Conn {
		conn, err := net.Dial("tcp", net.JoinHostPort(server.host, strconv.Itoa(server.port)))
		if err != nil {
			t.Error(err)
		}
		return lowerCase{conn}
	})
	says(t, e.Send(t.Context(), sample()), "")
	if n := len(server.received()); n != 1 || server.logins != 1 {
		t.Errorf("%d mails after %d log-ins", n, server.logins)
	}
}
