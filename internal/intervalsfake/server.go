package intervalsfake

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Key is the API key that is accepted unless another one is set.
const Key = "a-key-of-the-fake-account"

// Server is an intervals.icu with one athlete, i1. It is safe for concurrent
// use.
type Server struct {
	// Zone is the athlete's; nil is UTC. Set it before the first request.
	Zone *time.Location

	mu         sync.Mutex
	key        string
	activities map[string]Activity
	next       int
	left       int // requests until the limit; negative is no limit
	retryAfter string
	trouble    func(*http.Request) int
	requests   []string
}

// New returns a server without activities, limits and trouble.
func New() *Server {
	return &Server{key: Key, activities: map[string]Activity{}, next: 55_000_001, left: -1}
}

// Add takes an activity in and returns its ID.
func (s *Server) Add(a Activity) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if a.ID == "" {
		a.ID = fmt.Sprintf("i%d", s.next)
		s.next++
	}
	s.activities[a.ID] = a
	return a.ID
}

// Edit changes an activity.
func (s *Server) Edit(id string, change func(*Activity)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.activities[id]
	change(&a)
	s.activities[id] = a
}

// Delete removes activities; without IDs all of them.
func (s *Server) Delete(ids ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(ids) == 0 {
		clear(s.activities)
	}
	for _, id := range ids {
		delete(s.activities, id)
	}
}

// SetKey makes another key the good one.
func (s *Server) SetKey(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.key = key
}

// Limit refuses every request after n more, with the given Retry-After, which
// may be empty. A negative n lifts the limit.
func (s *Server) Limit(n int, retryAfter string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.left, s.retryAfter = n, retryAfter
}

// Trouble lets f answer each request with a status; 0 lets it through. Nil ends
// the trouble.
func (s *Server) Trouble(f func(*http.Request) int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.trouble = f
}

// Requests returns what was asked since the last call, refused requests too.
func (s *Server) Requests() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	asked := s.requests
	s.requests = nil
	return asked
}

// ServeHTTP answers the API.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, r.URL.RequestURI())
	user, key, _ := r.BasicAuth()
	switch {
	case r.Method != http.MethodGet:
		refuse(w, http.StatusMethodNotAllowed)
	case s.left == 0:
		if s.retryAfter != "" {
			w.Header().Set("Retry-After", s.retryAfter)
		}
		refuse(w, http.StatusTooManyRequests)
	case user != "API_KEY" || key != s.key:
		refuse(w, http.StatusUnauthorized)
	case s.trouble != nil && s.trouble(r) != 0:
		refuse(w, s.trouble(r))
	default:
		s.left = max(s.left-1, min(s.left, 0))
		s.answer(w, r)
	}
}

func (s *Server) answer(w http.ResponseWriter, r *http.Request) {
	parts := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	if len(parts) == 5 && parts[2] == "athlete" && parts[4] == "activities" {
		if parts[3] != "0" && parts[3] != "i1" {
			refuse(w, http.StatusForbidden)
			return
		}
		s.list(w, r)
		return
	}
	if len(parts) == 5 && parts[2] == "activity" && parts[4] == "file" {
		s.file(w, parts[3])
		return
	}
	refuse(w, http.StatusNotFound)
}

// list answers with the activities of some days of the athlete, newest first.
func (s *Server) list(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	oldest, newest := q.Get("oldest"), q.Get("newest")
	if _, err := time.Parse(time.DateOnly, oldest); err != nil {
		refuse(w, http.StatusUnprocessableEntity)
		return
	}
	zone := s.Zone
	if zone == nil {
		zone = time.UTC
	}
	var found []Activity
	for _, a := range s.activities {
		if d := a.Start.In(zone).Format(time.DateOnly); d >= oldest && (newest == "" || d <= newest) {
			found = append(found, a)
		}
	}
	slices.SortFunc(found, func(a, b Activity) int { return cmp.Or(b.Start.Compare(a.Start), cmp.Compare(b.ID, a.ID)) })
	rows := make([]map[string]any, 0, len(found))
	for _, a := range found {
		rows = append(rows, only(a.row(zone), q.Get("fields")))
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(encode(rows)) // whoever asked has hung up
}

// file answers with an original.
func (s *Server) file(w http.ResponseWriter, id string) {
	a, ok := s.activities[id]
	switch {
	case !ok || a.File == nil:
		refuse(w, http.StatusNotFound)
	case a.Source == "STRAVA":
		refuse(w, http.StatusUnprocessableEntity)
	default:
		data, err := a.packed()
		if err != nil {
			refuse(w, http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/octet-stream")
		w.Header().Set("Content-Length", strconv.Itoa(len(data)))
		_, _ = w.Write(data) // whoever asked has hung up
	}
}

func refuse(w http.ResponseWriter, status int) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(encode(map[string]any{"status": status, "error": http.StatusText(status)})) // whoever asked has hung up
}
