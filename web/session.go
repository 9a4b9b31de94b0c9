package web

import (
	"crypto/rand"
	"crypto/sha256"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// sessionAge is how long a browser stays logged in.
const sessionAge = 90 * 24 * time.Hour

// sessions are the browsers that are logged in, until the program ends. Only a
// hash of each token is kept.
type sessions struct {
	mu   sync.Mutex
	ends map[[sha256.Size]byte]time.Time
}

// begin logs a browser in and returns its token.
func (s *sessions) begin(now time.Time) (token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for hash, end := range s.ends {
		if !now.Before(end) {
			delete(s.ends, hash)
		}
	}
	token = rand.Text() + rand.Text()
	if s.ends == nil {
		s.ends = map[[sha256.Size]byte]time.Time{}
	}
	s.ends[sha256.Sum256([]byte(token))] = now.Add(sessionAge)
	return token
}

// holds tells whether the token is of a browser that is logged in.
func (s *sessions) holds(token string, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return now.Before(s.ends[sha256.Sum256([]byte(token))])
}

// end logs a browser out.
func (s *sessions) end(token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.ends, sha256.Sum256([]byte(token)))
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
