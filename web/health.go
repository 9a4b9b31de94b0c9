package web

import (
	"net/http"

	"gaitkeeper/api"
)

// healthz answers other programs: 200 while gaitkeeper is alive, else 503. The
// body tells what is unwell: who is unwell is alive all the same, and a restart
// would not help.
func (s *Server) healthz(w http.ResponseWriter, r *http.Request) {
	pulse, err := s.app.Pulse(r.Context())
	status := http.StatusOK
	if err != nil {
		status, pulse = http.StatusServiceUnavailable, api.Health{Unwell: []api.HealthProblem{}}
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = api.NewEncoder(w).Encode(pulse) // who asked and went away is nobody's fault
}
