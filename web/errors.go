package web

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// handler answers a request; [Server.fail] answers its error.
type handler func(http.ResponseWriter, *http.Request) error

// refusal is an error that a page of its own explains.
type refusal struct {
	status int
	notice words.Notice
}

func (r refusal) Error() string { return string(r.notice) }

// fail answers a request that led to an error: the visitor's own with the
// reason, ours with a line in the log and no details.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	var page refusal
	var text []string
	switch refused := (gait.Refused{}); {
	case errors.Is(err, context.Canceled) && r.Context().Err() != nil:
		return // the browser went away
	case errors.As(err, &page):
	case errors.Is(err, gait.ErrNotFound):
		page = refusal{http.StatusNotFound, words.NoSuchPage}
	case errors.As(err, &refused):
		page, text = refusal{http.StatusBadRequest, words.Contradiction}, strings.Split(refused.Error(), "\n")
	default:
		s.log.ErrorContext(r.Context(), "page failed", "path", loggable(r), "error", err)
		if strings.HasPrefix(r.URL.Path, "/api/") {
			http.Error(w, words.FailedHere, http.StatusInternalServerError)
			return
		}
		page = refusal{http.StatusInternalServerError, words.Failed}
	}
	if text == nil {
		text = page.notice.Text()
	}
	if err := s.render(w, r, page.status, "error.html", frame{Title: string(page.notice), Data: text}); err != nil {
		s.log.ErrorContext(r.Context(), "page failed", "path", loggable(r), "error", err)
		http.Error(w, words.FailedHere, http.StatusInternalServerError)
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
			s.fail(w, r, refusal{none.status, words.NotTaken})
			return
		}
		s.fail(w, r, gait.ErrNotFound)
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
