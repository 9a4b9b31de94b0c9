package notify

import (
	"fmt"
	"net/mail"
	"net/netip"
	"slices"
	"strings"

	"golang.org/x/net/idna"
)

// parseAddress reads "name@example.org" or "Name <name@example.org>". The domain
// becomes ASCII (RFC 5891), so that every server can read it.
func parseAddress(s string) (*mail.Address, error) {
	a, err := mail.ParseAddress(s)
	if err != nil {
		return nil, err
	}
	at := strings.LastIndexByte(a.Address, '@')
	domain, err := asciiName(a.Address[at+1:])
	if err != nil {
		return nil, err
	}
	a.Address = a.Address[:at+1] + strings.ToLower(domain)
	return a, nil
}

// addresses reads the sender and the receivers, each of those once.
func (c EmailConfig) addresses() (from *mail.Address, to []*mail.Address, err error) {
	if from, err = parseAddress(c.From); err != nil {
		return nil, nil, fmt.Errorf("email: from %q is not a mail address: write name@example.org", c.From)
	}
	if len(c.To) == 0 {
		return nil, nil, fmt.Errorf("email: nobody to write to: name an address in to")
	}
	for _, s := range c.To {
		a, err := parseAddress(s)
		if err != nil {
			return nil, nil, fmt.Errorf("email: to %q is not a mail address: write name@example.org", s)
		}
		if !slices.ContainsFunc(to, func(b *mail.Address) bool { return a.Address == b.Address }) {
			to = append(to, a)
		}
	}
	return from, to, nil
}

// asciiName returns a host or domain name in ASCII; what is ASCII stays as it is.
func asciiName(name string) (string, error) {
	if isASCII(name) {
		return name, nil
	}
	return idna.Lookup.ToASCII(name)
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > '~' })
}

// bareHost returns a host without the brackets that an IPv6 address may stand in.
func bareHost(host string) string {
	inner, opened := strings.CutPrefix(host, "[")
	inner, closed := strings.CutSuffix(inner, "]")
	if _, err := netip.ParseAddr(inner); err == nil && opened && closed {
		return inner
	}
	return host
}
