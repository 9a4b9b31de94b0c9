package daemon

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"gaitkeeper/config"
	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
	"gaitkeeper/internal/stravafake"
)

// Every request says who asks: some servers refuse a library's name, and their
// logs tell the runner who it was.
func TestEveryRequestSaysWhoAsks(t *testing.T) {
	t.Parallel()
	c := newConnected(t, simulate.LimpSeason(1, time.Date(2026, 3, 1, 7, 0, 0, 0, time.UTC), 3, 2, 2, gait.Left))
	var mu sync.Mutex
	asked := map[string]int{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		kind, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
		if r.URL.Path != "/oauth/authorize" { // the runner's browser
			mu.Lock()
			asked[kind]++
			if got := r.UserAgent(); got != "gaitkeeper/dev" {
				t.Errorf("%s is asked by %q", r.URL.Path, got)
			}
			mu.Unlock()
		}
		switch kind {
		case "intervals":
			w.WriteHeader(http.StatusTeapot)
		case "ping":
		default:
			c.fake.ServeHTTP(w, r)
		}
	}))
	defer server.Close()
	if err := c.app.Close(); err != nil {
		t.Fatal(err)
	}
	c.cfg.Sources.Strava.BaseURL = server.URL
	c.cfg.Sources.Intervals = config.Intervals{Enabled: true, AthleteID: "0", APIKeyFile: c.secret("intervals", "key"), BaseURL: server.URL + "/intervals"}
	c.cfg.Health.PingURL = server.URL + "/ping"
	c.app = c.open(c.clock)
	c.login(stravafake.Consent{})
	_, _ = c.app.Sync(t.Context(), nil) // intervals.icu fails
	c.app.ping(t.Context(), true)
	for _, kind := range []string{"oauth", "api", "intervals", "ping"} {
		if asked[kind] == 0 {
			t.Errorf("nobody asked %s: %v", kind, asked)
		}
	}
}
