package notify

import (
	"context"
	"net"
	"net/netip"
	"os"
	"regexp"
	"strings"
	"time"
)

// lookupTimeout bounds the search for this machine's full name: without one there
// is still its address.
const lookupTimeout = 3 * time.Second

// heloName is how we introduce ourselves to a mail server (RFC 5321, 4.1.1.1): by
// the configured name, else by this machine's full name, else by the address that
// the connection comes from. Many servers refuse a name without a domain.
func heloName(ctx context.Context, configured string, local net.Addr) string {
	if configured != "" {
		if name, err := asciiName(configured); err == nil {
			return name
		}
		return configured
	}
	host, err := os.Hostname()
	if err != nil {
		return addressLiteral(local)
	}
	ctx, cancel := context.WithTimeout(ctx, lookupTimeout)
	defer cancel()
	return ownName(ctx, host, net.DefaultResolver.LookupCNAME, local)
}

// ownName returns the full name behind a machine's host name, or the address
// literal where there is none.
func ownName(ctx context.Context, host string, lookup func(context.Context, string) (string, error), local net.Addr) string {
	if fullName(host) {
		return host
	}
	name, err := lookup(ctx, host)
	if name = strings.TrimSuffix(name, "."); err == nil && fullName(name) {
		return name
	}
	return addressLiteral(local)
}

// fullName tells whether a name has a domain and is written as mail servers want
// it. The names of localhost say nothing about a machine.
func fullName(name string) bool {
	const label = `[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?`
	return len(name) <= 253 && !strings.HasPrefix(name, "localhost.") &&
		regexp.MustCompile(`^(`+label+`\.)+[A-Za-z]([-A-Za-z0-9]*[A-Za-z0-9])?$`).MatchString(name)
}

// addressLiteral writes an address as RFC 5321, 4.1.3, has it.
func addressLiteral(local net.Addr) string {
	at, err := netip.ParseAddrPort(local.String())
	if err != nil {
		return "[127.0.0.1]"
	}
	ip := at.Addr().Unmap().WithZone("")
	if ip.Is6() {
		return "[IPv6:" + ip.String() + "]"
	}
	return "[" + ip.String() + "]"
}
