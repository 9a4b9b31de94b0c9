package web

import (
	"io"
	"net/http"
)

// healthz answers other programs: 200 while the database answers, else 503.
func (s *Server) healthz(w http.ResponseWriter, r *http.Request) {
	if err := s.app.Ping(r.Context()); err != nil {
		s.log.ErrorContext(r.Context(), "health check failed", "error", err)
		http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
		return
	}
	_, _ = io.WriteString(w, "ok\n") // who asked and went away is nobody's fault
}
