package daemon

import (
	"context"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"gaitkeeper/api"
	"gaitkeeper/config"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
	"gaitkeeper/internal/stravafake"
)

// connected is a home with a Strava.
type connected struct {
	*home
	fake   *stravafake.Server
	server *httptest.Server
	app    *App
	nanos  atomic.Int64
}

func (c *connected) clock() time.Time     { return time.Unix(0, c.nanos.Load()).UTC() }
func (c *connected) pass(d time.Duration) { c.nanos.Add(int64(d)) }

// newConnected returns a home that is logged in at Strava, on the day after the
// runs of a season.
func newConnected(t *testing.T, runs []gait.Run) *connected {
	t.Helper()
	c := &connected{home: newHome(t)}
	c.nanos.Store(runs[len(runs)-1].End().Add(20 * time.Hour).UnixNano())
	c.fake = stravafake.New(stravafake.Options{Now: c.clock})
	c.server = httptest.NewServer(c.fake)
	t.Cleanup(c.server.Close)
	secret := filepath.Join(c.dir, "secret")
	if err := os.WriteFile(secret, []byte(stravafake.ClientSecret+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c.cfg.Sources.Strava = config.Strava{
		Enabled: true, ClientID: stravafake.ClientID, ClientSecretFile: secret, BaseURL: c.server.URL, Retention: 7 * 24 * time.Hour,
	}
	c.app = c.open(c.clock)
	t.Cleanup(func() { _ = c.app.Close() })
	return c
}

func (c *connected) login(consent stravafake.Consent) (remark string) {
	c.t.Helper()
	name, remark, err := c.app.StravaLogin(c.t.Context(), StravaLoginPrompt{
		Say: func(problem error) { c.t.Error(problem) },
		Show: func(address string) {
			go func() {
				back, err := consent.Answer(context.Background(), address)
				if err == nil {
					err = stravafake.Visit(context.Background(), back)
				}
				if err != nil {
					c.t.Error(err)
				}
			}()
		},
	})
	if err != nil || name != "Robin Runner" {
		c.t.Fatal(name, err)
	}
	return remark
}

func (c *connected) sync() ImportReport {
	c.t.Helper()
	r, err := c.app.Sync(c.t.Context(), nil)
	if err != nil {
		c.t.Fatal(err)
	}
	return r.Sources[len(r.Sources)-1]
}

func (c *connected) row() api.SourceStatus {
	c.t.Helper()
	rows, err := c.app.sourceStatus(c.t.Context())
	if err != nil {
		c.t.Fatal(err)
	}
	i := slices.IndexFunc(rows, func(r api.SourceStatus) bool { return r.Name == "strava" })
	if i < 0 {
		c.t.Fatal("no row for strava")
	}
	return rows[i]
}

// kept tells how many seconds and minutes of a run are stored.
func (c *connected) kept(id gait.RunID) (samples, blocks int) {
	c.t.Helper()
	seconds, err := c.app.store.Samples(c.t.Context(), id)
	if err != nil {
		c.t.Fatal(err)
	}
	h, err := c.app.store.History(c.t.Context())
	if err != nil {
		c.t.Fatal(err)
	}
	for _, m := range h.Runs {
		if m.Run == id {
			blocks = len(m.Blocks)
		}
	}
	return len(seconds), blocks
}

func begun(runs int) []gait.Run {
	return simulate.LimpSeason(1, time.Date(2026, 3, 1, 7, 0, 0, 0, time.UTC), runs, -1, 0, gait.Left)
}

// TestStravaFromLoginToLogout: the first run is in a FIT file as well, the
// second one hurt, the third one is known from Strava alone.
func TestStravaFromLoginToLogout(t *testing.T) {
	made := begun(3)
	c := newConnected(t, made)
	for i, r := range made {
		a := stravafake.FromRun(r)
		a.Name, a.Gear = []string{"first", "second", "third"}[i], "Shoes"
		if i == 1 {
			a.Description = "#pain 3 left achilles"
		}
		c.fake.Add(a)
	}
	c.drop(made[0])
	if remark := c.login(stravafake.Consent{}); remark != "" {
		t.Errorf("remark %q", remark)
	}
	if r := c.sync(); r.New != 2 || r.Same != 1 {
		t.Fatalf("report %+v", r)
	}
	runs, err := c.app.Runs(t.Context(), time.Time{}, 0)
	if err != nil || len(runs) != 3 || runs[0].Title != "first" || len(runs[0].Sources) != 2 {
		t.Fatalf("runs %+v, %v", runs, err)
	}
	if runs[1].Pain.Worst.Low() != 3 {
		t.Errorf("the description was not read: %+v", runs[1].Pain)
	}
	file, hurt, alone := runs[0].ID, runs[1].ID, runs[2].ID

	// Raw data are forgotten in time, those of the file stay, and so do all figures.
	c.pass(6 * 24 * time.Hour)
	c.sync()
	_, minutes := c.kept(alone)
	if n, _ := c.kept(alone); n == 0 || minutes == 0 {
		t.Errorf("forgotten too early: %d seconds, %d minutes", n, minutes)
	}
	c.pass(25 * time.Hour)
	c.sync()
	for id, want := range map[gait.RunID]bool{file: true, hurt: false, alone: false} {
		n, m := c.kept(id)
		if (n > 0) != want || m == 0 {
			t.Errorf("run %s: %d seconds and %d minutes after a week", id, n, m)
		}
	}
	c.pass(time.Hour)
	if r := c.sync(); r.New+r.Better+r.Same != 0 {
		t.Errorf("fetched once more: %+v", r)
	}

	n, err := c.app.StravaLogout(t.Context())
	if err != nil || n != 1 || c.fake.LoggedIn() {
		t.Errorf("logout: %d runs, %v, logged in: %v", n, err, c.fake.LoggedIn())
	}
	runs, err = c.app.Runs(t.Context(), time.Time{}, 0)
	if err != nil || len(runs) != 2 {
		t.Fatalf("after the logout: %+v, %v", runs, err)
	}
	if r := runs[0]; r.ID != file || r.Title != made[0].Title || r.DistanceM == nil || len(r.Sources) != 1 {
		t.Errorf("the file's run: %+v", r)
	}
	if r := runs[1]; r.ID != hurt || r.Title != "" || r.DistanceM != nil || r.Pain.Worst.Low() != 3 || r.Verdict != finding.VerdictModify {
		t.Errorf("the run of the diary: %+v", r)
	}
	if n, m := c.kept(hurt); n+m != 0 {
		t.Errorf("the run of the diary kept %d seconds and %d minutes", n, m)
	}
	if row := c.row(); row.Login != api.LoginNone || row.Backlog != 0 || row.Error != "" {
		t.Errorf("row %+v", row)
	}
	all, err := c.app.store.Runs(t.Context())
	if err != nil || slices.ContainsFunc(all, func(r gait.Run) bool { return r.Description != "" || r.Gear != "" }) {
		t.Errorf("words are left: %+v, %v", all, err)
	}
}

func TestStravasRowInStatus(t *testing.T) {
	made := begun(5)
	c := newConnected(t, made)
	for _, r := range made {
		c.fake.Add(stravafake.FromRun(r))
	}
	if row := c.row(); row.Login != api.LoginNone {
		t.Errorf("before the login: %+v", row)
	}
	if _, err := c.app.Sync(t.Context(), nil); err == nil || !strings.Contains(err.Error(), "strava login") {
		t.Errorf("sync: %v", err)
	}
	if row := c.row(); row.Error != "you are not logged in to Strava: run `gaitkeeper strava login`, or set [sources.strava] enabled to false" {
		t.Errorf("after a sync: %+v", row)
	}
	if remark := c.login(stravafake.Consent{Scopes: []string{"activity:read"}}); remark != partSeen {
		t.Errorf("remark %q", remark)
	}
	if row := c.row(); row.Login != api.LoginPart || row.Note != partSeen {
		t.Errorf("with a part of the scopes: %+v", row)
	}
	c.login(stravafake.Consent{})
	c.fake.Limit(6, 1000, false)
	r := c.sync()
	row := c.row()
	if row.Login != api.LoginGood || row.WaitingUntil == nil || !row.WaitingUntil.Equal(r.Wait.Until) || row.Backlog != 3 || row.Error != "" || row.LastGood == nil ||
		!strings.Contains(row.Note, "3 activities are left to fetch") {
		t.Errorf("at a limit: %+v", row)
	}
	if in, ok := c.app.comeBack([]ImportReport{{Waiting: 1, QuietIn: time.Hour}, r}); !ok || in != r.Wait.Until.Sub(c.clock())+afterWait {
		t.Errorf("comes back in %v", in)
	}
	if in, ok := c.app.comeBack([]ImportReport{{Waiting: 1, QuietIn: time.Second}, r}); !ok || in != time.Second {
		t.Errorf("comes back in %v", in)
	}
	s, err := c.app.StravaStatus(t.Context())
	if err != nil || s.Taken != 2 || s.Left != 3 || !s.Whole || s.Login.Access+s.Login.Refresh != "" || !s.WaitUntil.Equal(r.Wait.Until) {
		t.Errorf("strava status: %+v, %v", s, err)
	}
	c.fake.Limit(0, 0, false)
	c.pass(7 * time.Hour)
	c.fake.Withdraw()
	if _, err := c.app.Sync(t.Context(), nil); err == nil {
		t.Error("a withdrawn grant syncs")
	}
	if row := c.row(); row.Login != api.LoginLost || row.FailingSince == nil || !strings.Contains(row.Error, "strava.com/settings/apps") {
		t.Errorf("withdrawn: %+v", row)
	}
}

// TestAWiderLoginBringsTheOldPrivateRuns: the first login showed public runs
// only, and the private ones are older than any window.
func TestAWiderLoginBringsTheOldPrivateRuns(t *testing.T) {
	made := begun(12)
	c := newConnected(t, made)
	for i, r := range made {
		a := stravafake.FromRun(r)
		a.Private = i == 0
		c.fake.Add(a)
	}
	c.login(stravafake.Consent{Scopes: []string{"activity:read"}})
	if r := c.sync(); r.New != 11 {
		t.Errorf("report %+v", r)
	}
	c.pass(20 * 24 * time.Hour)
	c.login(stravafake.Consent{})
	c.fake.Requests()
	if r := c.sync(); r.New != 1 || len(c.fake.Requests()) != 4 {
		t.Errorf("report %+v", r)
	}
}

func TestCheckAsksStrava(t *testing.T) {
	c := newConnected(t, begun(1))
	find := func() api.Finding {
		for _, f := range c.app.Check(t.Context()) {
			if f.What == "source strava" {
				return f
			}
		}
		t.Fatal("strava is not checked")
		return api.Finding{}
	}
	if f := find(); f.Err == nil || !strings.Contains(f.Err.Error(), "not logged in") {
		t.Errorf("%+v", f)
	}
	c.login(stravafake.Consent{})
	if f := find(); f.Err != nil {
		t.Errorf("%+v", f)
	}
	c.fake.Deactivate(true)
	if f := find(); f.Err == nil || !strings.Contains(f.Err.Error(), "paid Strava subscription") {
		t.Errorf("%+v", f)
	}
}

// TestLogoutWithoutANetwork: everything is forgotten here, and the runner is
// told what is left to do there.
func TestLogoutWithoutANetwork(t *testing.T) {
	made := begun(1)
	c := newConnected(t, made)
	c.fake.Add(stravafake.FromRun(made[0]))
	c.login(stravafake.Consent{})
	c.sync()
	c.server.Close()
	n, err := c.app.StravaLogout(t.Context())
	if err == nil || !strings.Contains(err.Error(), "strava.com/settings/apps") || n != 1 {
		t.Errorf("%d runs, %v", n, err)
	}
	if row := c.row(); row.Login != api.LoginNone {
		t.Errorf("%+v", row)
	}
}

func TestLoginNeedsAnApplication(t *testing.T) {
	c := newConnected(t, begun(1))
	c.cfg.Sources.Strava = config.Strava{}
	_ = c.app.Close()
	c.app = c.open(c.clock)
	_, _, err := c.app.StravaLogin(t.Context(), StravaLoginPrompt{})
	if err == nil || !strings.Contains(err.Error(), "strava.com/settings/api") {
		t.Errorf("%v", err)
	}
}
