package strava_test

import (
	"context"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"gaitkeeper/ingest"
	"gaitkeeper/ingest/strava"
	"gaitkeeper/internal/stravafake"
)

func (w *world) stored() ingest.StravaLogin {
	w.t.Helper()
	l, found, err := w.store.StravaLogin(w.t.Context())
	if err != nil || !found {
		w.t.Fatalf("no login stored: %v", err)
	}
	return l
}

func TestTokensAreRenewedBeforeTheyEnd(t *testing.T) {
	w := loggedIn(t)
	first := w.stored()
	w.pass(5*time.Hour + 50*time.Minute)
	if _, requests := w.sync(); asked(requests, "/oauth/token") != 0 {
		t.Errorf("renewed too early: %v", requests)
	}
	w.pass(6 * time.Minute)
	if _, requests := w.sync(); asked(requests, "/oauth/token") != 1 {
		t.Errorf("not renewed: %v", requests)
	}
	second := w.stored()
	if second.Refresh == first.Refresh || second.Access == first.Access || second.Since != first.Since || second.Athlete != first.Athlete {
		t.Errorf("stored %+v after %+v", second, first)
	}
}

// TestConcurrentCallersRenewOnce: two goroutines of each of two processes find
// the token ended at one moment. The refresh token works once.
func TestConcurrentCallersRenewOnce(t *testing.T) {
	w := loggedIn(t)
	w.pass(7 * time.Hour)
	other := w.newClient(openStore(t, w.store.Path()))
	errs := make([]error, 8)
	var work sync.WaitGroup
	for i := range errs {
		client := []*strava.Client{w.client, other}[i%2]
		work.Go(func() { errs[i] = client.Check(t.Context()) })
	}
	work.Wait()
	for _, err := range errs {
		if err != nil {
			t.Error(err)
		}
	}
	if requests := w.fake.Requests(); asked(requests, "/oauth/token") != 1 || asked(requests, "/api/v3/athlete") != len(errs) {
		t.Errorf("requests: %v", requests)
	}
}

// TestConcurrentCallersWithARefusedToken: the same after a 401.
func TestConcurrentCallersWithARefusedToken(t *testing.T) {
	w := loggedIn(t)
	w.fake.SpoilAccess()
	other := w.newClient(openStore(t, w.store.Path()))
	var work sync.WaitGroup
	for i := range 6 {
		client := []*strava.Client{w.client, other}[i%2]
		work.Go(func() {
			if err := client.Check(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	work.Wait()
	if requests := w.fake.Requests(); asked(requests, "/oauth/token") != 1 {
		t.Errorf("requests: %v", requests)
	}
}

func TestA401GetsOneRenewalAndOneMoreTry(t *testing.T) {
	w := loggedIn(t)
	w.breaking("/api/", stravafake.Unauthorized)
	_, err := w.syncErr()
	requests := w.fake.Requests()
	if strava.KindOf(err) != strava.LoginLost || asked(requests, "/api/") != 2 || asked(requests, "/oauth/token") != 1 {
		t.Errorf("%v after %v", err, requests)
	}
}

// childVariable tells the test binary to be the process that is killed.
const childVariable = "GAITKEEPER_STRAVA_CHILD"

// TestKilledBetweenRenewalAndUse: a process is killed by SIGKILL when it has
// renewed the tokens and asks its first question with them. The next process is
// logged in.
func TestKilledBetweenRenewalAndUse(t *testing.T) {
	if where := os.Getenv(childVariable); where != "" {
		path, address, _ := strings.Cut(where, "|")
		w := &world{t: t, now: today.Add(7 * time.Hour)}
		w.store = openStore(t, path)
		w.server = at(address)
		_ = w.newClient(w.store).Check(context.Background()) // never ends
		t.Fatal("the child was not killed")
	}
	w := loggedIn(t)
	w.pass(7 * time.Hour)
	old := w.stored()
	w.fake.Requests()
	child := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
	child.Env = append(os.Environ(), childVariable+"="+w.store.Path()+"|"+w.server.URL)
	started := make(chan struct{})
	w.fake.Trouble(func(r *http.Request) *stravafake.Refusal {
		if strings.HasPrefix(r.URL.Path, "/api/") {
			<-started
			_ = child.Process.Kill()
			<-r.Context().Done() // the process is gone
		}
		return nil
	})
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	close(started)
	if err := child.Wait(); err == nil || !strings.Contains(err.Error(), "killed") {
		t.Fatalf("the child ended with %v", err)
	}
	w.fake.Trouble(nil)
	if requests := w.fake.Requests(); asked(requests, "/oauth/token") != 1 {
		t.Fatalf("the child asked %v", requests)
	}
	again := openStore(t, w.store.Path())
	if err := w.newClient(again).Check(t.Context()); err != nil {
		t.Errorf("no longer logged in: %v", err)
	}
	if l := w.stored(); l.Refresh == old.Refresh {
		t.Error("the new refresh token was not kept")
	}
	if requests := w.fake.Requests(); asked(requests, "/oauth/token") != 0 {
		t.Errorf("renewed once more: %v", requests)
	}
}

// TestStoppedDuringRenewal: a sync that is stopped while Strava renews the
// tokens keeps the answer all the same: there will be no other.
func TestStoppedDuringRenewal(t *testing.T) {
	w := loggedIn(t)
	w.pass(7 * time.Hour)
	ctx, stop := context.WithCancel(t.Context())
	w.fake.Trouble(func(r *http.Request) *stravafake.Refusal {
		if r.URL.Path == "/oauth/token" {
			stop()
		}
		return nil
	})
	_ = w.client.Check(ctx)
	w.fake.Trouble(nil)
	if err := w.client.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestALostLoginIsNotedUntilTheNextOne(t *testing.T) {
	w := loggedIn(t)
	w.fake.Withdraw()
	for range 2 {
		w.pass(7 * time.Hour)
		if _, err := w.syncErr(); strava.KindOf(err) != strava.LoginLost || !strings.Contains(err.Error(), "strava login") {
			t.Fatalf("error %v", err)
		}
	}
	if l := w.stored(); !l.Lost.Equal(today.Add(7 * time.Hour)) {
		t.Errorf("lost since %v", l.Lost)
	}
	if _, err := w.login(stravafake.Consent{}); err != nil {
		t.Fatal(err)
	}
	if l := w.stored(); !l.Lost.IsZero() {
		t.Errorf("still lost since %v", l.Lost)
	}
	w.sync()
}

func TestWithoutALoginNobodyIsAsked(t *testing.T) {
	w := newWorld(t)
	_, err := w.syncErr()
	if strava.KindOf(err) != strava.NotLoggedIn || len(w.fake.Requests()) != 0 {
		t.Errorf("error %v", err)
	}
}
