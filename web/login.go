package web

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"math"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"gaitkeeper/words"
)

// loginForm is what the login page shows.
type loginForm struct {
	// Next is the path of the page that was asked for.
	Next string
	// Fault says why the browser is not logged in.
	Fault string
}

func (s *Server) loginPage(w http.ResponseWriter, r *http.Request) error {
	if s.loggedIn(r) {
		return s.done(w, r, "/", "")
	}
	return s.askPassword(w, r, http.StatusOK, loginForm{Next: ownPath(r.URL.Query().Get("next"))})
}

func (s *Server) askPassword(w http.ResponseWriter, r *http.Request, status int, f loginForm) error {
	return s.render(w, r, status, "login.html", frame{Title: "Log in", Bare: true, Data: f})
}

func (s *Server) login(w http.ResponseWriter, r *http.Request) error {
	f := loginForm{Next: ownPath(r.PostFormValue("next"))}
	right, wait := s.throttle.try(s.visitor(r), r.PostFormValue("password"))
	switch {
	case wait > 0:
		s.log.WarnContext(r.Context(), "login refused: too many wrong passwords", "visitor", s.visitor(r))
		w.Header().Set("Retry-After", seconds(wait))
		f.Fault = words.TooOften(seconds(wait))
		return s.askPassword(w, r, http.StatusTooManyRequests, f)
	case !right:
		s.log.WarnContext(r.Context(), "login refused: wrong password", "visitor", s.visitor(r))
		f.Fault = words.WrongPassword
		return s.askPassword(w, r, http.StatusUnauthorized, f)
	default:
		token, err := s.sessions.begin(r.Context(), s.now())
		if err != nil {
			s.log.ErrorContext(r.Context(), "login not kept for the next start", "error", err)
		}
		http.SetCookie(w, s.cookie(r, token))
		http.Redirect(w, r, s.link(f.Next), http.StatusSeeOther)
		return nil
	}
}

func (s *Server) logout(w http.ResponseWriter, r *http.Request) error {
	if c, err := r.Cookie(cookieName(r)); err == nil {
		if err := s.sessions.end(r.Context(), c.Value); err != nil {
			s.log.ErrorContext(r.Context(), "logout not kept for the next start", "error", err)
		}
	}
	http.SetCookie(w, s.cookie(r, ""))
	return s.done(w, r, "/login", "")
}

func seconds(d time.Duration) string { return strconv.Itoa(int(math.Ceil(d.Seconds()))) }

// ownPath returns a path of this page; the first page where it is none.
func ownPath(path string) string {
	u, err := url.Parse(path)
	if err != nil || u.Scheme != "" || u.Host != "" || u.Opaque != "" || !strings.HasPrefix(path, "/") ||
		strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n\t") {
		return "/"
	}
	return path
}

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

// try reports whether the password is right. A wait above 0 means that it was
// not even looked at: that visitor was wrong too often.
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

// visitor names who sends a request, as far as an address can: the network of an
// IPv6 address, for its owner has all of it. A trusted reverse proxy is believed
// about whom it forwards; any other counts as one visitor, since anybody could
// claim to be one.
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
	addr, err := forwardedAddr(from)
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

// forwardedAddr reads an address as reverse proxies write it: some with its port, and
// an IPv6 one then in brackets.
func forwardedAddr(s string) (netip.Addr, error) {
	if with, err := netip.ParseAddrPort(s); err == nil {
		return with.Addr(), nil
	}
	return netip.ParseAddr(strings.Trim(s, "[]"))
}

// trusts reports whether an address is a reverse proxy's that is believed.
func (s *Server) trusts(address string) bool {
	addr, err := forwardedAddr(address)
	if err != nil {
		return false
	}
	addr = addr.Unmap().WithZone("")
	return addr.IsLoopback() || slices.ContainsFunc(s.proxies, func(p netip.Prefix) bool { return p.Contains(addr) })
}

// sessionAge is how long a browser stays logged in.
const sessionAge = 90 * 24 * time.Hour

// sessions are the browsers that are logged in. Only a hash of each token is kept.
type sessions struct {
	mu   sync.Mutex
	ends map[string]time.Time // by the hash of the token
	keep func(context.Context, map[string]time.Time) error
}

func newSessions(ends map[string]time.Time, keep func(context.Context, map[string]time.Time) error) sessions {
	if ends == nil {
		ends = map[string]time.Time{}
	}
	if keep == nil {
		keep = func(context.Context, map[string]time.Time) error { return nil }
	}
	return sessions{ends: ends, keep: keep}
}

func hashed(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// begin logs a browser in and returns its token. The error says that it is logged in
// until the program ends, and no longer.
func (s *sessions) begin(ctx context.Context, now time.Time) (token string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	maps.DeleteFunc(s.ends, func(_ string, end time.Time) bool { return !now.Before(end) })
	token = rand.Text() + rand.Text()
	s.ends[hashed(token)] = now.Add(sessionAge)
	return token, s.keep(ctx, s.ends)
}

// holds reports whether the token is of a browser that is logged in.
func (s *sessions) holds(token string, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return now.Before(s.ends[hashed(token)])
}

func (s *sessions) end(ctx context.Context, token string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.ends, hashed(token))
	return s.keep(ctx, s.ends)
}

func (s *Server) loggedIn(r *http.Request) bool {
	c, err := r.Cookie(cookieName(r))
	return err == nil && s.sessions.holds(c.Value, s.now())
}

// cookie returns the cookie that holds a token; an empty one takes it away. Lax:
// a link in a mail opens the page, a form elsewhere does nothing.
func (s *Server) cookie(r *http.Request, token string) *http.Cookie {
	c := &http.Cookie{ //nolint:gosec // Secure where the page is seen through https, so that it works without
		Name: cookieName(r), Value: token, Path: s.base + "/", MaxAge: int(sessionAge.Seconds()),
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.encrypted(r),
	}
	if token == "" {
		c.MaxAge = -1
	}
	return c
}

// cookieName holds the port, which browsers do not tell cookies apart by: two
// runners on one machine stay logged in both.
func cookieName(r *http.Request) string {
	if _, port, err := net.SplitHostPort(r.Host); err == nil {
		return "gaitkeeper_" + port
	}
	return "gaitkeeper"
}

// encrypted reports whether the browser sees the page through https, as far as
// the reverse proxy lets know.
func (s *Server) encrypted(r *http.Request) bool {
	first, _, _ := strings.Cut(r.Header.Get("X-Forwarded-Proto"), ",") // what the browser spoke; then, what proxies did
	return strings.EqualFold(strings.TrimSpace(first), "https") || s.public.Scheme == "https" && strings.EqualFold(r.Host, s.public.Host)
}
