// Package stravafake plays Strava: its pages to log in on, its tokens and the
// four answers of its API that gaitkeeper asks for. It remembers what it is
// told, as the real one does: a refresh token works once, requests are counted,
// an activity can be edited, deleted or uploaded late, and anything can be made
// to fail. It is for tests and for trying gaitkeeper without an account.
package stravafake

import (
	"net/http"
	"sync"
	"time"
)

// Options are what a Server is made with. Every zero field has a default.
type Options struct {
	// ClientID and ClientSecret are of the one API application.
	ClientID, ClientSecret string
	// Now is the clock; nil is the real one.
	Now func() time.Time
}

// The application's default number and secret.
const (
	ClientID     = "12345"
	ClientSecret = "a-secret-of-the-fake-application"
)

// Server is a Strava with one athlete. It is safe for concurrent use.
type Server struct {
	options Options
	mux     *http.ServeMux

	mu         sync.Mutex
	athlete    Athlete
	activities map[int64]Activity
	nextID     int64
	grants     grants
	limits     limits
	inactive   bool
	trouble    func(*http.Request) *Refusal
	requests   []string
}

// Athlete is whose account it is.
type Athlete struct {
	ID        int64  `json:"id"`
	FirstName string `json:"firstname"`
	LastName  string `json:"lastname"`
}

// New returns a server without activities, without limits and without trouble.
func New(o Options) *Server {
	if o.ClientID == "" {
		o.ClientID, o.ClientSecret = ClientID, ClientSecret
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Server{
		options: o, activities: map[int64]Activity{}, nextID: 9_000_000_001,
		athlete: Athlete{ID: 4711, FirstName: "Robin", LastName: "Runner"},
		grants:  grants{codes: map[string]code{}, access: map[string]access{}, refresh: map[string]string{}},
	}
	s.mux = http.NewServeMux()
	s.mux.HandleFunc("GET /oauth/authorize", s.showConsent)
	s.mux.HandleFunc("POST /oauth/authorize", s.takeConsent)
	s.mux.HandleFunc("POST /oauth/token", s.giveToken)
	s.mux.HandleFunc("POST /oauth/revoke", s.revoke)
	s.mux.HandleFunc("GET /api/v3/athlete", s.api(s.showAthlete))
	s.mux.HandleFunc("GET /api/v3/athlete/activities", s.api(s.listActivities))
	s.mux.HandleFunc("GET /api/v3/activities/{id}", s.api(s.showActivity))
	s.mux.HandleFunc("GET /api/v3/activities/{id}/streams", s.api(s.showStreams))
	return s
}

// ServeHTTP answers one request after the other.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.requests = append(s.requests, r.Method+" "+r.URL.RequestURI())
	trouble := s.trouble
	s.mu.Unlock()
	if trouble != nil { // outside the lock: it may change the server
		if refusal := trouble(r); refusal != nil {
			refusal.write(w)
			return
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mux.ServeHTTP(w, r)
}

// Requests returns every request so far, as "GET /path?query", and forgets them.
func (s *Server) Requests() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	seen := s.requests
	s.requests = nil
	return seen
}

// Trouble makes f look at every request first: what it returns is the answer,
// unless it is nil. A nil f ends the trouble.
func (s *Server) Trouble(f func(*http.Request) *Refusal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.trouble = f
}

// Deactivate makes the API application inactive, as Strava does when its
// owner's subscription lapses, or active again.
func (s *Server) Deactivate(inactive bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.inactive = inactive
}

// SetAthlete makes it another athlete's account.
func (s *Server) SetAthlete(a Athlete) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.athlete = a
}
