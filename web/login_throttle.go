package web

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

const (
	// wrongAtOnce is how many wrong passwords one visitor may try at once, and
	// wrongAgain how long it takes until one more is free.
	wrongAtOnce = 5
	wrongAgain  = time.Minute
	// maxVisitors is how many visitors' tries are remembered before those are
	// forgotten that have all of them free again.
	maxVisitors = 1000
)

// loginThrottle asks for the password. It looks at one password at a time, so that
// many tries at once cannot fill the memory.
type loginThrottle struct {
	verify func(password string) bool
	now    func() time.Time

	mu    sync.Mutex
	tries map[string]*rate.Limiter // by visitor
	// known is the password that was right last time, as a MAC under a key that
	// lives as long as the program: a program that asks every few seconds need
	// not be slow every time.
	key, known []byte
}

func newLoginThrottle(verify func(password string) bool, now func() time.Time) *loginThrottle {
	d := &loginThrottle{verify: verify, now: now, tries: map[string]*rate.Limiter{}, key: make([]byte, sha256.Size)}
	_, _ = rand.Read(d.key) // never fails, says its description
	return d
}

// try tells whether the password is right. A wait above 0 means that it was not
// even looked at: that visitor was wrong too often.
func (d *loginThrottle) try(visitor, password string) (right bool, wait time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	tries, now := d.of(visitor), d.now()
	if free := tries.TokensAt(now); free < 1 {
		return false, time.Duration((1 - free) * float64(wrongAgain))
	}
	mac := hmac.New(sha256.New, d.key)
	mac.Write([]byte(password))
	sum := mac.Sum(nil)
	if hmac.Equal(sum, d.known) || d.verify(password) {
		d.known = sum
		return true, 0
	}
	tries.AllowN(now, 1)
	return false, 0
}

// of returns the tries of a visitor.
func (d *loginThrottle) of(visitor string) *rate.Limiter {
	if l, seen := d.tries[visitor]; seen {
		return l
	}
	if len(d.tries) >= maxVisitors {
		for v, l := range d.tries {
			if l.TokensAt(d.now()) >= wrongAtOnce {
				delete(d.tries, v)
			}
		}
	}
	l := rate.NewLimiter(rate.Every(wrongAgain), wrongAtOnce)
	d.tries[visitor] = l
	return l
}

// visitor names who sends a request, as far as an address can: the network of
// an IPv6 address, for its owner has all of it. A reverse proxy that is trusted is
// believed who it speaks for; another one counts as one visitor, since anybody
// could claim to be one.
func (s *Server) visitor(r *http.Request) string {
	from, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for s.trusts(from) && len(hops) > 0 {
		last := strings.TrimSpace(hops[len(hops)-1])
		if hops = hops[:len(hops)-1]; last == "" {
			break
		}
		from = last
	}
	addr, err := netip.ParseAddr(from)
	if err != nil {
		return "unknown"
	}
	if addr = addr.Unmap(); addr.Is6() {
		if network, err := addr.WithZone("").Prefix(64); err == nil {
			return network.String()
		}
	}
	return addr.String()
}

// trusts tells whether an address is a reverse proxy's that is believed.
func (s *Server) trusts(address string) bool {
	addr, err := netip.ParseAddr(address)
	if err != nil {
		return false
	}
	addr = addr.Unmap().WithZone("")
	return addr.IsLoopback() || slices.ContainsFunc(s.proxies, func(p netip.Prefix) bool { return p.Contains(addr) })
}
