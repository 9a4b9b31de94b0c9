package web

import (
	"net"
	"net/http"
	"net/url"
	"strings"
)

// access says who may see an address.
type access int

const (
	// forRunner: the runner alone, who is asked for the password.
	forRunner access = iota
	// forPrograms: as forRunner, and programs that send the password as HTTP
	// Basic.
	forPrograms
	// forAll: everybody who can reach the machine. Nothing there tells of the
	// runner, or it asks for a signature of its own.
	forAll
)

// guarded lets through who may see the address.
func (s *Server) guarded(a access, next http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case a == forAll, s.throttle == nil && local(r), s.throttle != nil && s.loggedIn(r):
			next(w, r)
		case s.throttle == nil:
			s.sayError(w, r, http.StatusForbidden, "This page is shown on the machine itself only",
				"Reach it through an SSH tunnel: ssh -L 8787:127.0.0.1:8787 SERVER, then http://127.0.0.1:8787.",
				"Or set a password: gaitkeeper hash-password, and [web] password_file in the config.")
		case a == forPrograms:
			s.basic(w, r, next)
		case r.Method == http.MethodGet || r.Method == http.MethodHead:
			http.Redirect(w, r, s.link("/login?next="+url.QueryEscape(r.URL.RequestURI())), http.StatusSeeOther)
		default:
			s.sayError(w, r, http.StatusUnauthorized, "You are logged out; nothing was changed", "Log in, then enter it again.")
		}
	})
}

// basic lets through programs that send the password.
func (s *Server) basic(w http.ResponseWriter, r *http.Request, next http.HandlerFunc) {
	_, password, sent := r.BasicAuth()
	if sent {
		right, wait := s.throttle.try(s.visitor(r), password)
		if right {
			next(w, r)
			return
		}
		s.log.WarnContext(r.Context(), "program refused: wrong password", "visitor", s.visitor(r))
		if wait > 0 {
			w.Header().Set("Retry-After", seconds(wait))
			http.Error(w, tooOften(wait), http.StatusTooManyRequests)
			return
		}
	}
	w.Header().Set("WWW-Authenticate", `Basic realm="gaitkeeper", charset="UTF-8"`)
	http.Error(w, "Send the page's password as HTTP Basic, with any user name.", http.StatusUnauthorized)
}

// local tells whether a request comes from a browser on this machine that asked
// for this machine. The second keeps out foreign pages whose name was made to
// point here (DNS rebinding), and a reverse proxy that would publish the page.
func local(r *http.Request) bool {
	from, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil || !loopback(from) || !loopback(hostname(r.Host)) {
		return false
	}
	if !r.ProtoAtLeast(1, 1) {
		return false // no browser: a reverse proxy in its simplest form
	}
	for _, forwarded := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Via"} {
		if r.Header.Get(forwarded) != "" {
			return false
		}
	}
	return true
}

// hostname returns the name in a Host header, without its port.
func hostname(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		return name
	}
	return strings.Trim(host, "[]")
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
