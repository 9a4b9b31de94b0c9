package strava_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gaitkeeper/ingest/strava"
	"gaitkeeper/internal/stravafake"
)

func TestLogin(t *testing.T) {
	w := newWorld(t)
	l, err := w.login(stravafake.Consent{})
	if err != nil {
		t.Fatal(err)
	}
	if l.Name != "Robin Runner" || l.Athlete != 4711 || !strava.SeesAll(l) || l.ClientID != stravafake.ClientID || !l.Since.Equal(today) {
		t.Errorf("login %+v", l)
	}
	if stored := w.stored(); stored.Refresh != l.Refresh || stored.Access != l.Access {
		t.Errorf("stored %+v", stored)
	}
	requests := w.fake.Requests()
	asks := requests[0]
	for _, part := range []string{"scope=read%2Cactivity%3Aread_all", "code_challenge_method=S256", "code_challenge=", "state=", "response_type=code", "redirect_uri=http%3A%2F%2F127.0.0.1"} {
		if !strings.Contains(asks, part) {
			t.Errorf("%s lacks %s", asks, part)
		}
	}
}

func TestLoginRefused(t *testing.T) {
	for name, tt := range map[string]struct {
		consent stravafake.Consent
		kind    strava.Kind
		says    string
	}{
		"the runner says no":     {stravafake.Consent{No: true}, strava.Denied, "you did not let gaitkeeper in"},
		"the boxes are unticked": {stravafake.Consent{Scopes: []string{"read"}}, strava.ScopeMissing, "leave the box for private activities ticked"},
		"all boxes are unticked": {stravafake.Consent{Scopes: []string{}}, strava.ScopeMissing, "allowed was: nothing"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			back := make(chan string, 1)
			_, err := w.client.Login(t.Context(), strava.LoginPrompt{
				Say:  func(problem error) { t.Errorf("said: %v", problem) },
				Show: func(address string) { go func() { back <- w.pageAfter(tt.consent, address) }() },
			})
			if strava.KindOf(err) != tt.kind || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("error %v", err)
			}
			if page := <-back; !strings.Contains(page, "400") || !strings.Contains(page, "Not logged in") {
				t.Errorf("the browser shows %s", page)
			}
			if _, found, err := w.store.StravaLogin(t.Context()); found || err != nil {
				t.Errorf("a login was stored; %v", err)
			}
		})
	}
}

// pageAfter returns the status and the page that the browser ends at.
func (w *world) pageAfter(c stravafake.Consent, address string) string {
	back, err := c.Answer(context.Background(), address)
	if err != nil {
		return err.Error()
	}
	resp, err := http.Get(back.String())
	if err != nil {
		return err.Error()
	}
	defer resp.Body.Close()
	page, _ := io.ReadAll(resp.Body)
	return resp.Status + string(page)
}

// TestLoginWithoutTheWiderScope: private activities stay away, and that is all.
func TestLoginWithoutTheWiderScope(t *testing.T) {
	w := newWorld(t)
	l, err := w.login(stravafake.Consent{Scopes: []string{"read", "activity:read"}})
	if err != nil || strava.SeesAll(l) {
		t.Fatalf("%+v, %v", l, err)
	}
	private := ran(30, 30)
	private.Private = true
	w.fake.Add(private)
	w.fake.Add(ran(5, 30))
	if r, _ := w.sync(); r.New != 1 {
		t.Errorf("report %+v", r)
	}
}

// TestLoginOverSSH: the browser is elsewhere, and the runner pastes where it
// was led to; first a wrong thing or two.
func TestLoginOverSSH(t *testing.T) {
	w := newWorld(t)
	typed := make(chan string)
	said := make(chan error, 10)
	l, err := w.client.Login(t.Context(), strava.LoginPrompt{
		Typed: typed,
		Say:   func(problem error) { said <- problem },
		Show: func(address string) {
			go func() {
				back, err := stravafake.Consent{}.Answer(context.Background(), address)
				if err != nil {
					t.Error(err)
				}
				forged, query := *back, back.Query()
				query.Set("state", "another")
				forged.RawQuery = query.Encode()
				for _, line := range []string{"", "hello", "https://www.strava.com/dashboard", forged.String(), "  '" + back.String() + "' "} {
					typed <- line
				}
			}()
		},
	})
	if err != nil || l.Name != "Robin Runner" {
		t.Fatalf("%+v, %v", l, err)
	}
	close(said)
	var problems []string
	for p := range said {
		problems = append(problems, p.Error())
	}
	if len(problems) != 4 || !strings.Contains(problems[1], "copy the whole line") || !strings.Contains(problems[3], "not the answer to this login") {
		t.Errorf("said %q", problems)
	}
}

// TestAForgedAnswerDoesNotEndTheLogin: a page that leads the browser to our
// port changes nothing, and the right answer still counts.
func TestAForgedAnswerDoesNotEndTheLogin(t *testing.T) {
	w := newWorld(t)
	said := make(chan error, 10)
	_, err := w.client.Login(t.Context(), strava.LoginPrompt{
		Say: func(problem error) { said <- problem },
		Show: func(address string) {
			go func() {
				redirect, _ := url.Parse(address)
				home := redirect.Query().Get("redirect_uri")
				for _, forged := range []string{"?code=stolen&state=guess&scope=activity:read_all", "?code=stolen", "favicon.ico", ""} {
					resp, err := http.Get(home + forged)
					if err != nil || resp.StatusCode < 400 {
						t.Errorf("%s: %v %v", forged, resp, err)
					}
				}
				if page := w.pageAfter(stravafake.Consent{}, address); !strings.Contains(page, "Logged in") {
					t.Errorf("the browser shows %s", page)
				}
			}()
		},
	})
	if err != nil || len(said) != 2 || !errors.Is(<-said, strava.ErrOtherLogin) {
		t.Errorf("error %v", err)
	}
}

func TestLoginWithATakenPort(t *testing.T) {
	w := newWorld(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, err = w.client.Login(t.Context(), strava.LoginPrompt{Port: l.Addr().(*net.TCPAddr).Port, Show: func(string) { t.Error("shown") }})
	if err == nil || !strings.Contains(err.Error(), "--port") {
		t.Errorf("error %v", err)
	}
}

func TestLoginToAnotherAccountIsRefused(t *testing.T) {
	w := loggedIn(t)
	before := w.stored()
	w.fake.SetAthlete(stravafake.Athlete{ID: 1, FirstName: "Kim"})
	if _, err := w.login(stravafake.Consent{}); err == nil || !strings.Contains(err.Error(), "the account of Kim, the runs here are of Robin Runner") {
		t.Errorf("error %v", err)
	}
	if w.stored() != before {
		t.Error("the login changed")
	}
}

func TestAWrongSecretIsNamed(t *testing.T) {
	w := newWorld(t)
	w.client.Secret = func() (string, error) { return "wrong", nil }
	if _, err := w.login(stravafake.Consent{}); strava.KindOf(err) != strava.WrongApp || strings.Contains(err.Error(), "wrong)") {
		t.Errorf("error %v", err)
	}
}

func TestRevoke(t *testing.T) {
	w := loggedIn(t)
	if err := w.client.Revoke(t.Context()); err != nil || w.fake.LoggedIn() {
		t.Errorf("error %v, logged in %v", err, w.fake.LoggedIn())
	}
	if err := w.client.Revoke(t.Context()); err != nil {
		t.Errorf("the second time: %v", err)
	}
	w.server.Close()
	if err := w.client.Revoke(t.Context()); strava.KindOf(err) != strava.Unreachable {
		t.Errorf("without a network: %v", err)
	}
}
