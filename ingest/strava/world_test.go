package strava_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gofrs/flock"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
	"gaitkeeper/ingest/strava"
	"gaitkeeper/internal/stravafake"
	"gaitkeeper/store"
)

// today is the moment at which every world begins: seven minutes into a
// quarter of an hour.
var today = time.Date(2026, 5, 20, 9, 7, 0, 0, time.UTC)

// world is a Strava, a database and a clock.
type world struct {
	t      *testing.T
	fake   *stravafake.Server
	server *httptest.Server
	store  *store.Store
	client *strava.Client

	mu  sync.Mutex
	now time.Time
}

// newWorld returns a world in which nobody is logged in.
func newWorld(t *testing.T) *world {
	w := &world{t: t, now: today}
	w.fake = stravafake.New(stravafake.Options{Now: w.clock})
	w.server = httptest.NewServer(w.fake)
	t.Cleanup(w.server.Close)
	w.store = openStore(t, filepath.Join(t.TempDir(), "g.db"))
	w.client = w.newClient(w.store)
	return w
}

func openStore(t *testing.T, path string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// newClient returns a client as another process would make it.
func (w *world) newClient(s *store.Store) *strava.Client {
	return strava.New(strava.Config{
		BaseURL: w.server.URL, ClientID: stravafake.ClientID, Now: w.clock, Tokens: s,
		Secret: func() (string, error) { return stravafake.ClientSecret, nil },
		Lock: func(ctx context.Context) (func(), error) {
			l := flock.New(s.Path() + ".strava.lock")
			_, err := l.TryLockContext(ctx, 5*time.Millisecond)
			return func() { _ = l.Unlock() }, err
		},
	})
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

// login logs in with a browser that answers so.
func (w *world) login(c stravafake.Consent) (ingest.StravaLogin, error) {
	w.t.Helper()
	visited := make(chan error, 1)
	l, err := w.client.Login(w.t.Context(), strava.LoginPrompt{
		Say: func(problem error) { w.t.Errorf("said: %v", problem) },
		Show: func(address string) {
			go func() {
				back, err := c.Answer(context.Background(), address)
				if err == nil {
					err = stravafake.Visit(context.Background(), back)
				}
				visited <- err
			}()
		},
	})
	if visit := <-visited; visit != nil && err == nil {
		w.t.Errorf("the browser saw: %v", visit)
	}
	return l, err
}

// loggedIn returns a world in which the runner is logged in.
func loggedIn(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	if _, err := w.login(stravafake.Consent{}); err != nil {
		t.Fatal(err)
	}
	w.fake.Requests()
	return w
}

func (w *world) syncErr() (ingest.Report, error) {
	syncer := &ingest.Syncer{Store: w.store, Measure: measure, Now: w.clock}
	return syncer.Sync(w.t.Context(), strava.NewSource(w.client, w.store))
}

// sync syncs, and returns what came of it and the requests that it took.
func (w *world) sync() (ingest.Report, []string) {
	w.t.Helper()
	w.fake.Requests()
	r, err := w.syncErr()
	if err != nil {
		w.t.Fatal(err)
	}
	return r, w.fake.Requests()
}

func measure(r gait.Run) gait.Measures {
	return gait.Measures{Run: r.ID, Method: 1, Start: r.Start, Duration: r.Duration, Distance: r.Distance, Context: r.Context, Signals: r.Signals}
}

func (w *world) runs() []gait.Run {
	w.t.Helper()
	runs, err := w.store.Runs(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	return runs
}

// ran is a run of so many minutes that began so many hours ago.
func ran(hoursAgo, minutes int) stravafake.Activity {
	a := stravafake.Activity{
		Name: "Run", Start: today.Add(-time.Duration(hoursAgo) * time.Hour), Elapsed: time.Duration(minutes) * time.Minute,
		Moving: time.Duration(minutes) * time.Minute, Metres: 170 * float64(minutes),
	}
	for second := int32(0); second < int32(60*minutes); second += 20 {
		s := gait.NewSample(second)
		s.Distance, s.Speed, s.Cadence, s.HeartRate, s.Altitude = gait.Metres(float64(second)*170/60), 2.8, 172, 150, 40
		a.Samples = append(a.Samples, s)
	}
	return a
}

// asked counts the requests whose path contains a word.
func asked(requests []string, part string) (n int) {
	for _, r := range requests {
		if strings.Contains(r, part) {
			n++
		}
	}
	return n
}

// breaking makes every request whose path contains a word fail.
func (w *world) breaking(part string, r func() *stravafake.Refusal) {
	w.fake.Trouble(func(req *http.Request) *stravafake.Refusal {
		if strings.Contains(req.URL.Path, part) {
			return r()
		}
		return nil
	})
}

// at stands for a server that another process runs.
func at(address string) *httptest.Server { return &httptest.Server{URL: address} }
