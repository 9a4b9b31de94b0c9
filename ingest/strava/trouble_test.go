package strava_test

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"gaitkeeper/ingest"
	"gaitkeeper/ingest/strava"
	"gaitkeeper/internal/stravafake"
)

// TestEveryTroubleHasItsSentence: what Strava answers to everything, and what
// the runner reads.
func TestEveryTroubleHasItsSentence(t *testing.T) {
	answering := func(r func() *stravafake.Refusal) func(*world) {
		return func(w *world) { w.breaking("/api/", r) }
	}
	for name, tt := range map[string]struct {
		trouble func(*world)
		kind    strava.Kind
		says    []string
	}{
		"the subscription lapsed": {
			func(w *world) { w.fake.Deactivate(true) }, strava.AppInactive,
			[]string{"since June 2026 its owner needs a paid Strava subscription", "enabled to false", "Application Status Inactive"},
		},
		"it lapsed before the token was renewed": {
			func(w *world) { w.fake.Deactivate(true); w.pass(7 * time.Hour) }, strava.AppInactive, []string{"paid Strava subscription"},
		},
		"the scope is missing":     {answering(stravafake.LacksScope), strava.ScopeMissing, []string{"strava login", "leave the box for private activities ticked"}},
		"the grant was withdrawn":  {func(w *world) { w.fake.Withdraw() }, strava.LoginLost, []string{"strava.com/settings/apps", "strava login", "RefreshToken"}},
		"the secret was changed":   {func(w *world) { w.pass(7 * time.Hour); w.client.Secret = secret("old") }, strava.WrongApp, []string{"client_id", "strava.com/settings/api"}},
		"another application":      {func(w *world) { w.client.ClientID = "777" }, strava.OtherApp, []string{"logged in with 12345, configured is 777", "set client_id back"}},
		"Strava is down":           {answering(stravafake.Broken), strava.ServerDown, []string{"nothing to do, the next sync tries again"}},
		"a page for people":        {func(w *world) { w.server.Config.Handler = http.HandlerFunc(maintenance) }, strava.ServerDown, []string{"503"}},
		"an answer without a form": {func(w *world) { w.server.Config.Handler = http.HandlerFunc(nonsense) }, strava.Strange, []string{"newer gaitkeeper"}},
		"there is no network":      {func(w *world) { w.server.Close() }, strava.Unreachable, []string{"is the network up?", "refused"}},
		"some other refusal": {
			answering(func() *stravafake.Refusal { return &stravafake.Refusal{Status: 403, Message: "Over quota\n\x1b[31m"} }),
			strava.Refused,
			[]string{"strava.com/settings/api", "Over quota"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := loggedIn(t)
			w.fake.Add(ran(5, 30))
			tt.trouble(w)
			_, err := w.syncErr()
			if strava.KindOf(err) != tt.kind {
				t.Fatalf("%q: %v", strava.KindOf(err), err)
			}
			for _, part := range tt.says {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("%q lacks %q", err, part)
				}
			}
			login := w.stored()
			for _, secret := range []string{login.Access, login.Refresh, stravafake.ClientSecret, "\n", "\x1b"} {
				if strings.Contains(err.Error(), secret) {
					t.Errorf("%q holds %q", err, secret)
				}
			}
		})
	}
}

func secret(s string) func() (string, error) { return func() (string, error) { return s, nil } }

func maintenance(w http.ResponseWriter, _ *http.Request) {
	w.WriteHeader(http.StatusServiceUnavailable)
	_, _ = w.Write([]byte("<html>We will be back</html>"))
}

func nonsense(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(`{"hello":"world"}`)) }

// TestOneActivityFails: it is skipped and named, the rest goes in, the next
// sync tries it again, and later ones ever more rarely.
func TestOneActivityFails(t *testing.T) {
	for _, where := range []string{"", "/streams"} {
		t.Run("at its "+where, func(t *testing.T) {
			w := loggedIn(t)
			w.fake.Add(ran(5, 30))
			bad := w.fake.Add(ran(30, 30))
			w.fake.Add(ran(60, 30))
			w.fake.Trouble(func(r *http.Request) *stravafake.Refusal {
				if strings.HasSuffix(r.URL.Path, "/"+strconv.FormatInt(bad, 10)+where) {
					return stravafake.Broken()
				}
				return nil
			})
			r, _ := w.sync()
			if r.New != 2 || len(r.Failed) != 1 || !strings.HasSuffix(r.Failed[0].Path, strconv.FormatInt(bad, 10)) ||
				!strings.Contains(r.Failed[0].Reason, "trouble of its own") {
				t.Fatalf("report %+v", r)
			}
			w.pass(15 * time.Minute)
			if r, _ := w.sync(); r.New != 0 || len(r.Failed) != 1 {
				t.Errorf("the next sync: %+v", r)
			}
			w.pass(15 * time.Minute)
			if r, requests := w.sync(); len(r.Failed) != 0 || asked(requests, strconv.FormatInt(bad, 10)) != 0 {
				t.Errorf("tried a third time within the hour: %+v", r)
			}
			w.fake.Trouble(nil)
			w.pass(time.Hour)
			if r, _ := w.sync(); r.New != 1 || len(r.Failed) != 0 {
				t.Errorf("after the trouble: %+v", r)
			}
		})
	}
}

// TestManyActivitiesFail: it is not the single activity then. Nothing more is
// asked, and nothing is lost.
func TestManyActivitiesFail(t *testing.T) {
	w := loggedIn(t)
	many(w, 20, 30)
	w.breaking("/activities/", stravafake.Broken)
	r, err := w.syncErr()
	if strava.KindOf(err) != strava.ServerDown || len(r.Failed) != 3 {
		t.Errorf("%v, %+v", err, r)
	}
	w.fake.Trouble(nil)
	if r, _ := w.sync(); r.New != 20 {
		t.Errorf("afterwards: %+v", r)
	}
}

func (w *world) waits() ingest.Wait {
	w.t.Helper()
	_, err := w.syncErr()
	var wait ingest.Wait
	if !errors.As(err, &wait) {
		w.t.Fatalf("not a wait: %v", err)
	}
	return wait
}

// TestLimits: today is 09:07 UTC.
func TestLimits(t *testing.T) {
	quarterEnds := time.Date(2026, 5, 20, 9, 15, 0, 0, time.UTC)
	midnight := time.Date(2026, 5, 21, 0, 0, 0, 0, time.UTC)
	for name, tt := range map[string]struct {
		quarter, day int
		silent       bool
		until        time.Time
		why          string
		refused      int // requests that Strava refused
	}{
		"the quarter, told":    {8, 1000, false, quarterEnds, "for this quarter of an hour is used up; 7 activities are left to fetch", 0},
		"the day, told":        {100, 8, false, midnight, "for today is used up; 7 activities are left to fetch", 0},
		"the quarter, unsaid":  {8, 1000, true, quarterEnds, "for this quarter of an hour", 1},
		"told in mid-activity": {9, 1000, false, quarterEnds, "7 activities are left", 0},
		"told at the list":     {1, 1000, false, quarterEnds, "10 activities are left", 0},
	} {
		t.Run(name, func(t *testing.T) {
			w := loggedIn(t)
			many(w, 10, 30)
			w.fake.Limit(tt.quarter, tt.day, tt.silent)
			wait := w.waits()
			if !wait.Until.Equal(tt.until) || !strings.Contains(wait.Why, tt.why) {
				t.Errorf("wait until %v: %s", wait.Until, wait.Why)
			}
			if requests := w.fake.Requests(); len(requests) != min(tt.quarter, tt.day)+tt.refused {
				t.Errorf("%d requests: %v", len(requests), requests)
			}
			// Neither this process nor another one asks before that time.
			w.client = w.newClient(w.store)
			w.pass(5 * time.Minute)
			if again := w.waits(); !again.Until.Equal(tt.until) || len(w.fake.Requests()) != 0 {
				t.Errorf("the next sync waits until %v", again.Until)
			}
			w.fake.Limit(0, 0, false)
			w.pass(tt.until.Sub(w.clock()))
			if r, _ := w.sync(); len(w.runs()) != 10 || len(r.Failed) != 0 {
				t.Errorf("afterwards %d runs, %+v", len(w.runs()), r)
			}
		})
	}
}

// TestAWrongClockPutsNothingOffForYears: a server that boots in the future hits
// a limit and a failure there.
func TestAWrongClockPutsNothingOffForYears(t *testing.T) {
	w := loggedIn(t)
	many(w, 4, 30)
	w.pass(4 * 365 * 24 * time.Hour)
	w.breaking("/streams", stravafake.Broken)
	for range 2 {
		_, _ = w.syncErr()
	}
	w.fake.Trouble(nil)
	w.fake.Limit(1, 1000, false)
	w.waits()
	w.fake.Limit(0, 0, false)
	w.pass(-4 * 365 * 24 * time.Hour)
	w.client = w.newClient(w.store)
	if r, _ := w.sync(); r.New != 4 {
		t.Errorf("report %+v", r)
	}
}

// TestASilentDayLimit: a refusal after a whole quarter of waiting is the day's.
func TestASilentDayLimit(t *testing.T) {
	w := loggedIn(t)
	many(w, 10, 30)
	w.fake.Limit(100, 8, true)
	first := w.waits()
	w.pass(first.Until.Sub(w.clock()))
	second := w.waits()
	if want := time.Date(2026, 5, 21, 0, 0, 0, 0, time.UTC); !second.Until.Equal(want) || !strings.Contains(second.Why, "for today") {
		t.Errorf("wait until %v: %s", second.Until, second.Why)
	}
	w.pass(second.Until.Sub(w.clock()))
	w.waits()
	w.fake.Limit(0, 0, true)
	w.pass(24 * time.Hour)
	w.sync()
	if len(w.runs()) != 10 {
		t.Errorf("%d runs", len(w.runs()))
	}
}

// TestTheHistoryGoesOnOverManyWaits: the daemon has the newest runs all along.
func TestTheHistoryGoesOnOverManyWaits(t *testing.T) {
	w := loggedIn(t)
	many(w, 40, 30)
	w.fake.Limit(20, 10000, false)
	waits, total := 0, 0
	for {
		w.fake.Requests()
		_, err := w.syncErr()
		total += len(w.fake.Requests())
		var wait ingest.Wait
		if !errors.As(err, &wait) {
			if err != nil {
				t.Fatal(err)
			}
			break
		}
		waits++
		if len(w.runs()) == 0 {
			t.Fatal("no run after the first sync")
		}
		w.pass(wait.Until.Sub(w.clock()))
	}
	// 80 for the runs, 2 pages, one list of the newest a wait, one activity
	// cut off by each wait at most, and a few pages read again.
	if len(w.runs()) != 40 || total > 82+6*waits {
		t.Errorf("%d runs, %d waits, %d requests", len(w.runs()), waits, total)
	}
	t.Logf("%d waits, %d requests", waits, total)
}

// What answers in Strava's place with a page for people, as the log-in of a network
// does, ends no login and takes out no run.
func TestAPageInStravasPlace(t *testing.T) {
	for _, status := range []int{http.StatusOK, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound} {
		for name, later := range map[string]time.Duration{"with a token": time.Hour, "a token to renew": 7 * time.Hour} {
			t.Run(strconv.Itoa(status)+" "+name, func(t *testing.T) {
				w := loggedIn(t)
				w.fake.Add(ran(5, 30))
				if r, _ := w.sync(); r.New != 1 {
					t.Fatalf("%+v", r)
				}
				genuine := w.server.Config.Handler
				for _, place := range []string{"", "/api/v3/activities/"} {
					w.server.Config.Handler = http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
						if !strings.HasPrefix(r.URL.Path, place) {
							genuine.ServeHTTP(rw, r)
							return
						}
						rw.Header().Set("Content-Type", "text/html")
						rw.WriteHeader(status)
						_, _ = rw.Write([]byte("\n<!doctype html><title>Log in to this network</title>"))
					})
					w.pass(later)
					if _, err := w.syncErr(); place == "" && strava.KindOf(err) != strava.Strange {
						t.Errorf("%v", err)
					}
					if n := len(w.runs()); n != 1 {
						t.Errorf("%d runs", n)
					}
					if !w.stored().Lost.IsZero() {
						t.Error("the login is lost")
					}
				}
				w.server.Config.Handler = genuine
				w.fake.Add(ran(3, 30))
				w.pass(later)
				if r, err := w.syncErr(); r.New != 1 || err != nil {
					t.Errorf("afterwards %+v, %v", r, err)
				}
			})
		}
	}
}
