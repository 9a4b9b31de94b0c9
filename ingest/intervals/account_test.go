package intervals_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gaitkeeper/analysis"
	"gaitkeeper/gait"
	"gaitkeeper/ingest"
	"gaitkeeper/ingest/fitfile"
	"gaitkeeper/ingest/intervals"
	"gaitkeeper/internal/intervalsfake"
	"gaitkeeper/internal/simulate"
	"gaitkeeper/store"
)

// account is a fake account, a source of it, and a database.
type account struct {
	*intervalsfake.Server
	t      *testing.T
	base   string
	now    time.Time
	key    string
	store  *store.Store
	source *intervals.Source
	limits fitfile.Limits

	athlete string
	rows    func(*[]map[string]any) // changes what the list shows
}

var morning = time.Date(2026, 5, 1, 6, 0, 0, 0, time.UTC)

func newAccount(t *testing.T) *account {
	t.Helper()
	a := &account{Server: intervalsfake.New(), t: t, now: morning.Add(30 * 24 * time.Hour), key: intervalsfake.Key, athlete: "0"}
	server := httptest.NewServer(http.HandlerFunc(a.serve))
	t.Cleanup(server.Close)
	a.base = server.URL
	var err error
	if a.store, err = store.Open(t.Context(), filepath.Join(t.TempDir(), "g.db")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.store.Close() })
	a.restart()
	return a
}

// serve answers as the server does, with the rows of a list changed.
func (a *account) serve(w http.ResponseWriter, r *http.Request) {
	if a.rows == nil || !strings.HasSuffix(r.URL.Path, "/activities") {
		a.ServeHTTP(w, r)
		return
	}
	answer := httptest.NewRecorder()
	a.ServeHTTP(answer, r)
	var rows []map[string]any
	if err := json.Unmarshal(answer.Body.Bytes(), &rows); err != nil {
		a.t.Error(err)
	}
	a.rows(&rows)
	if err := json.NewEncoder(w).Encode(rows); err != nil {
		a.t.Error(err)
	}
}

// restart makes a new source, as a new process does.
func (a *account) restart() {
	a.source = intervals.New(intervals.Config{
		BaseURL: a.base + "/", Athlete: a.athlete, KeyFile: "/etc/gaitkeeper/key", UserAgent: "gaitkeeper", Limits: a.limits,
		Key: func() (string, error) { return a.key, nil }, Now: func() time.Time { return a.now },
	})
}

func (a *account) pull() (ingest.Report, error) {
	params := gait.DefaultParams().Analysis
	s := ingest.Syncer{Store: a.store, Now: func() time.Time { return a.now }, Measure: func(r gait.Run) gait.Measures { return analysis.Measure(r, params) }}
	return s.Sync(a.t.Context(), a.source)
}

// sync pulls, and returns how many requests that took.
func (a *account) sync() (ingest.Report, int) {
	a.t.Helper()
	a.Requests()
	r, err := a.pull()
	if err != nil {
		a.t.Fatal(err)
	}
	return r, len(a.Requests())
}

func (a *account) runs() []gait.Run {
	a.t.Helper()
	runs, err := a.store.Runs(a.t.Context())
	if err != nil {
		a.t.Fatal(err)
	}
	return runs
}

func (a *account) diary() []gait.Pain {
	a.t.Helper()
	diary, err := a.store.ListPain(a.t.Context())
	if err != nil {
		a.t.Fatal(err)
	}
	return diary
}

// made returns the activity of a made-up run on the given day.
func made(t *testing.T, day int) (intervalsfake.Activity, gait.Run) {
	t.Helper()
	r := gait.Run{Start: morning.Add(time.Duration(day) * 24 * time.Hour), Duration: 2 * time.Minute, Elapsed: 2 * time.Minute, Context: gait.Road}
	r.ID = gait.NewRunID(r.Start)
	for second := range int32(121) {
		s := gait.NewSample(second)
		s.Distance, s.Speed, s.Cadence = gait.Metres(3*float64(second)), 3, 170
		s.StanceTime, s.HeartRate = 245, 140
		s.StanceTimeBalance = 50 + gait.Percent(second/5%7)/32
		r.Samples = append(r.Samples, s)
	}
	r.Distance, r.Signals = 360, gait.SignalsOf(r.Samples)
	var fit bytes.Buffer
	if err := simulate.WriteFIT(&fit, r); err != nil {
		t.Fatal(err)
	}
	return intervalsfake.Activity{
		Start: r.Start, Type: "Run", Name: fmt.Sprintf("Run of day %d", day), Source: "GARMIN_CONNECT",
		Metres: 360, Moving: r.Duration, Elapsed: r.Elapsed, File: fit.Bytes(),
	}, r
}

func (a *account) add(day int, change ...func(*intervalsfake.Activity)) string {
	a.t.Helper()
	activity, _ := made(a.t, day)
	for _, c := range change {
		c(&activity)
	}
	return a.Add(activity)
}
