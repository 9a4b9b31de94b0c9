package web

import (
	"context"
	"errors"
	"net/http"
	"strings"
)

// ErrNotFound says that what an address or a form names does not exist.
var ErrNotFound = errors.New("there is no such thing")

// Refused is an input that contradicts itself or reality. Nothing was changed.
type Refused struct{ error }

// NewRefused returns err as the visitor's own.
func NewRefused(err error) Refused { return Refused{err} }

// Unwrap returns the reason.
func (r Refused) Unwrap() error { return r.error }

// Faults are the sentences of the reason, one each.
func (r Refused) Faults() []string { return strings.Split(r.Error(), "\n") }

// fail answers a request that led to an error: the visitor's own with the
// reason, ours with a line in the log and no details.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	var refused Refused
	switch {
	case errors.Is(err, context.Canceled) && r.Context().Err() != nil:
		return // the browser went away
	case errors.Is(err, ErrNotFound):
		s.sayError(w, r, http.StatusNotFound, "There is no such page", "Perhaps the run or the entry was removed. The menu leads to everything else.")
	case errors.As(err, &refused):
		s.sayError(w, r, http.StatusBadRequest, "This does not fit together; nothing was changed", refused.Faults()...)
	default:
		s.log.ErrorContext(r.Context(), "page failed", "path", loggable(r), "error", err)
		s.sayError(w, r, http.StatusInternalServerError, "Something failed here", "The log of the daemon says what.")
	}
}

// loggable returns the path of a request as the log may know it: the token of a
// link is a key.
func loggable(r *http.Request) string {
	if before, _, found := strings.Cut(r.URL.Path, "/answer/"); found {
		return before + "/answer/…"
	}
	return r.URL.Path
}

// sayError writes an error page.
func (s *Server) sayError(w http.ResponseWriter, r *http.Request, status int, title string, sentences ...string) {
	s.render(w, r, status, "error.html", frame{Title: title, Data: sentences})
}

// crossSite answers a form that another site's page sent.
func (s *Server) crossSite(w http.ResponseWriter, r *http.Request) {
	s.sayError(w, r, http.StatusForbidden, "This form came from another site; nothing was changed",
		"Open the page itself and enter it there. Behind a reverse proxy, set [web] public_url to the address in your browser.")
}

// orError answers what no route does with a page instead of a line.
func (s *Server) orError(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handler, pattern := mux.Handler(r)
		if pattern != "" {
			mux.ServeHTTP(w, r)
			return
		}
		var none nobody
		if handler.ServeHTTP(&none, r); none.status == http.StatusMethodNotAllowed {
			w.Header().Set("Allow", none.Header().Get("Allow"))
			s.sayError(w, r, none.status, "This address does not take that", "Go back and use the form of the page.")
			return
		}
		s.fail(w, r, ErrNotFound)
	})
}

// nobody takes an answer that no one reads, but for its status.
type nobody struct {
	header http.Header
	status int
}

func (n *nobody) Header() http.Header {
	if n.header == nil {
		n.header = http.Header{}
	}
	return n.header
}
func (n *nobody) WriteHeader(status int)      { n.status = status }
func (n *nobody) Write(p []byte) (int, error) { return len(p), nil }
