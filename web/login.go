package web

import (
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"gaitkeeper/words"
)

// loginForm is what the login page shows.
type loginForm struct {
	// Next is the path of the page that was asked for.
	Next string
	// Fault says why the browser is not logged in.
	Fault string
}

// loginPage asks for the password.
func (s *Server) loginPage(w http.ResponseWriter, r *http.Request) error {
	if s.loggedIn(r) {
		return s.done(w, r, "/", "")
	}
	return s.askPassword(w, r, http.StatusOK, loginForm{Next: ownPath(r.URL.Query().Get("next"))})
}

func (s *Server) askPassword(w http.ResponseWriter, r *http.Request, status int, f loginForm) error {
	return s.render(w, r, status, "login.html", frame{Title: "Log in", Bare: true, Data: f})
}

// login takes the password.
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

// logout ends the session of this browser.
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
