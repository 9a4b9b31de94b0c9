package config

import (
	"fmt"
	"net"
	"net/mail"
	"net/netip"
	"regexp"
	"strings"

	"golang.org/x/net/idna"
)

func mailAddress(s string) error {
	a, err := mail.ParseAddress(s)
	if err != nil || oneLine(s) != nil || !nameable(a.Address[strings.LastIndexByte(a.Address, '@')+1:]) {
		return fmt.Errorf(`%q is not a mail address: write it as in "you@example.org"`, s)
	}
	return nil
}

// hostName checks a name or an IP address, an IPv6 one with brackets or without.
func hostName(s string) error {
	if _, err := netip.ParseAddr(unbracketed(s)); err == nil {
		return nil
	}
	if strings.ContainsAny(s, "/[] \t\r\n@") || !nameable(s) {
		return fmt.Errorf(`%q is not a host name: write only the name, as in "smtp.example.org"`, s)
	}
	if strings.Contains(s, ":") {
		return fmt.Errorf("%q holds more than the host: the port goes into port", s)
	}
	return nil
}

// heloName checks a name to give to a mail server: a host name, or an address in
// brackets as RFC 5321, 4.1.3, has it.
func heloName(s string) error {
	inner, opened := strings.CutPrefix(s, "[")
	inner, closed := strings.CutSuffix(inner, "]")
	if opened && closed {
		if ip, err := netip.ParseAddr(strings.TrimPrefix(inner, "IPv6:")); err == nil && ip.Is6() == strings.HasPrefix(inner, "IPv6:") {
			return nil
		}
	} else if nameable(s) && regexp.MustCompile(`^[-.\pL\pM\pN]+$`).MatchString(s) {
		return nil
	}
	return fmt.Errorf(`%q cannot greet a mail server: write this machine's full name, as in "home.example.org", or its address, as in "[192.0.2.1]"`, s)
}

// nameable reports whether a host name can be looked up, also where it holds
// letters beyond ASCII.
func nameable(host string) bool {
	if !strings.ContainsFunc(host, func(r rune) bool { return r > '~' }) {
		return true
	}
	_, err := idna.Lookup.ToASCII(host)
	return err == nil
}

// unbracketed returns a host without the brackets of an IPv6 address.
func unbracketed(host string) string {
	if inner, ok := strings.CutPrefix(host, "["); ok {
		if inner, ok = strings.CutSuffix(inner, "]"); ok && strings.Contains(inner, ":") {
			return inner
		}
	}
	return host
}

// joinEmail looks for what a mail server's settings say only together. Their keys
// begin with key.
func (l *loader) joinEmail(key string, e Email) {
	if e.Username != "" || e.PasswordFile != "" || e.From != "" || len(e.To) > 0 {
		l.needs(key+"host", e.Host != "", "mail is half configured: write the mail server's name")
	}
	if e.Host != "" {
		l.needs(key+"from", e.From != "", "mail is half configured: write the sender's address")
		l.needs(key+"to", len(e.To) > 0, "mail is half configured: write at least one address to send to")
		l.needs(key+"tls", e.Port != 465 || e.TLS == TLSImplicit, `port 465 uses TLS from the start: write tls = "implicit", or port = 587 for "starttls"`)
	}
	if e.Username != "" {
		l.needs(key+"password_file", e.PasswordFile != "", "there is a user name: name the file that holds its password")
	}
	if e.PasswordFile != "" {
		l.needs(key+"username", e.Username != "", "there is a password: write the user name it belongs to")
	}
	if e.Auth == AuthXOAUTH2 && e.Host != "" {
		l.needs(key+"username", e.Username != "", "XOAUTH2 needs a user name: write your address")
		l.needs(key+"oauth_client_id", e.OAuth.ClientID != "", "XOAUTH2 needs an application: write its client ID")
		l.needs(key+"tls", !e.inTheClear(), "an access token is not sent unencrypted: write \"starttls\" or \"implicit\"")
	}
}

// inTheClear reports whether a password crosses the network unencrypted.
func (e Email) inTheClear() bool {
	return e.Username != "" && e.TLS == TLSNone && !loopback(net.JoinHostPort(unbracketed(e.Host), "0"))
}
