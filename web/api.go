package web

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"gaitkeeper/api"
	"gaitkeeper/gait"
)

// failure is what a program gets in place of what it asked for.
type failure struct {
	Status string `json:"status"` // "error"
	Error  string `json:"error"`
}

// tellProgram refuses a program: below /api/ in JSON, elsewhere in a line of text.
func tellProgram(w http.ResponseWriter, r *http.Request, status int, why string) {
	if !strings.HasPrefix(r.URL.Path, "/api/") {
		http.Error(w, why, status)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = api.NewEncoder(w).Encode(failure{"error", why}) // who asked and went away is nobody's fault
}

// apiStanding answers programs with the verdict as of now, in the form of
// `status --json`.
func (s *Server) apiStanding(w http.ResponseWriter, r *http.Request) error {
	standing, err := s.app.Standing(r.Context())
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	_ = api.NewEncoder(w).Encode(s.words().Standing(standing)) // a client that went away is no error
	return nil
}

// apiRuns answers programs with the runs, one a line as `runs --json` prints
// them. ?since=2026-05-01 and ?limit=N narrow them.
func (s *Server) apiRuns(w http.ResponseWriter, r *http.Request) error {
	since, limit, err := s.apiFilter(r)
	if err != nil {
		return err
	}
	runs, err := s.app.Runs(r.Context(), since, limit)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/x-ndjson")
	out := api.NewEncoder(w)
	for i := range runs {
		if out.Encode(&runs[i]) != nil { // by its address: copied, it would be an allocation
			break // the client went away
		}
	}
	return nil
}

func (s *Server) apiFilter(r *http.Request) (since time.Time, limit int, err error) {
	q := r.URL.Query()
	if day := q.Get("since"); day != "" {
		if since, err = s.date(day); err != nil {
			return since, 0, gait.Refusef("since: %w", err)
		}
	}
	if n := q.Get("limit"); n != "" {
		if limit, err = strconv.Atoi(n); err != nil || limit < 0 {
			return since, 0, gait.Refusef("limit: %q is not a number of runs", n)
		}
	}
	return since, limit, nil
}

// healthz answers other programs: 200 while gaitkeeper is alive, else 503. The
// body names what is failing: gaitkeeper is alive all the same, and a restart
// would not help.
func (s *Server) healthz(w http.ResponseWriter, r *http.Request) error {
	pulse, err := s.app.Pulse(r.Context())
	status := http.StatusOK
	if err != nil {
		status, pulse = http.StatusServiceUnavailable, api.Health{Unwell: []api.HealthProblem{}}
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = api.NewEncoder(w).Encode(pulse) // a client that went away is no error
	return nil
}
