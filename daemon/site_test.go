package daemon

import (
	"net/http/httptest"
	"os"
	"sync"
	"testing"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
	"gaitkeeper/web"
)

// site is the page of a gaitkeeper with a made-up season behind it, the last
// four runs of which spare the left foot.
type site struct {
	t    *testing.T
	app  *App
	url  string
	home *home
	runs []gait.Run

	mu  sync.Mutex
	now time.Time
}

// played is the season and its database, made once for all tests.
var played struct {
	once     sync.Once
	runs     []gait.Run
	database []byte
}

// playedSeason is a season of 24 runs, the last four of which spare the left foot.
func playedSeason() []gait.Run {
	return simulate.LimpSeason(7, time.Date(2026, 3, 2, 7, 0, 0, 0, time.UTC), 24, 20, 2, gait.Left)
}

// play puts the season through the real pipeline.
func play(t *testing.T) {
	t.Helper()
	runs := playedSeason()
	h := newHome(t)
	takeIn(t, h, runs)
	database, err := os.ReadFile(h.cfg.Storage.Path)
	if err != nil {
		t.Fatal(err)
	}
	played.runs, played.database = runs, database
}

// takeIn imports runs into a home, an hour after the last one.
func takeIn(t *testing.T, h *home, runs []gait.Run) {
	t.Helper()
	for _, run := range runs {
		h.drop(run)
	}
	app := h.open(func() time.Time { return afterLast(runs) })
	if _, err := app.Import(t.Context(), []string{h.watched()}, nil); err != nil {
		t.Fatal(err)
	}
	if err := app.Close(); err != nil {
		t.Fatal(err)
	}
}

func afterLast(runs []gait.Run) time.Time { return runs[len(runs)-1].End().Add(time.Hour) }

// newSite opens the page an hour after the season's last run; it asks for a
// password where one is given.
func newSite(t *testing.T, password string) *site {
	t.Helper()
	played.once.Do(func() { play(t) })
	s := &site{t: t, home: newHome(t), runs: played.runs, now: afterLast(played.runs)}
	if err := os.WriteFile(s.home.cfg.Storage.Path, played.database, 0o600); err != nil {
		t.Fatal(err)
	}
	if password != "" {
		s.home.cfg.Web.PasswordFile = passwordFile(t, password)
	}
	s.open()
	return s
}

// newSiteOf opens the page an hour after the first n runs of the season.
func newSiteOf(t *testing.T, n int) *site {
	t.Helper()
	runs := playedSeason()
	s := &site{t: t, home: newHome(t), runs: runs[:n], now: runs[0].Start}
	if n > 0 {
		s.now = afterLast(s.runs)
		takeIn(t, s.home, s.runs)
	}
	s.open()
	return s
}

// open serves the page of the site's home.
func (s *site) open() {
	t := s.t
	t.Helper()
	s.app = s.home.open(s.clock)
	t.Cleanup(func() { _ = s.app.Close() })
	served, err := s.app.newPage(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(served)
	t.Cleanup(server.Close)
	s.url = server.URL
}

func (s *site) clock() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

// later moves the clock on.
func (s *site) later(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = s.now.Add(d)
}

func passwordFile(t *testing.T, password string) string {
	t.Helper()
	hash, err := web.HashPassword(password)
	if err != nil {
		t.Fatal(err)
	}
	path := t.TempDir() + "/password"
	if err := os.WriteFile(path, []byte(hash+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
