package web

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

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

// holds tells whether the token is of a browser that is logged in.
func (s *sessions) holds(token string, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return now.Before(s.ends[hashed(token)])
}

// end logs a browser out.
func (s *sessions) end(ctx context.Context, token string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.ends, hashed(token))
	return s.keep(ctx, s.ends)
}

// loggedIn tells whether the request comes from a browser that is logged in.
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

// encrypted tells whether the browser sees the page through https, as far as the
// reverse proxy lets know.
func (s *Server) encrypted(r *http.Request) bool {
	return r.Header.Get("X-Forwarded-Proto") == "https" || s.public.Scheme == "https" && strings.EqualFold(r.Host, s.public.Host)
}
