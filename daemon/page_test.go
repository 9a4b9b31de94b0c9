package daemon

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"gaitkeeper/alert"

	"golang.org/x/sync/errgroup"

	"gaitkeeper/gait"
)

// ask asks the site's page for an address, or sends it a form, as the browser on
// the machine does.
func (s *site) ask(method, path string, form url.Values) *httptest.ResponseRecorder {
	s.t.Helper()
	served, err := s.app.newPage(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	return asked(s.t.Context(), served, method, path, form)
}

func asked(ctx context.Context, served http.Handler, method, path string, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequestWithContext(ctx, method, path, strings.NewReader(form.Encode()))
	r.RemoteAddr, r.Host = "127.0.0.1:5000", "127.0.0.1:8787"
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	w := httptest.NewRecorder()
	served.ServeHTTP(w, r)
	return w
}

func (s *site) diary() []gait.Pain {
	s.t.Helper()
	diary, err := s.app.ListPain(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	return diary
}

// TestPageOfARunner asks one gaitkeeper's page for what runners ask it.
func TestPageOfARunner(t *testing.T) {
	t.Parallel()
	s := newSite(t, "")
	for _, test := range []struct {
		name string
		do   func(*testing.T, *site)
	}{
		{"faulty entries are refused", faultyEntries},
		{"it tunes as the backtest does", tunesAsTheBacktest},
		{"tunings wait their turn", tuningsWait},
		{"the test button sends one message", testButton},
		{"a double tap is one entry", doubleTap},
		{"the daemon's work goes on meanwhile", allAtOnce},
	} {
		t.Run(test.name, func(t *testing.T) { test.do(t, s) })
	}
}

// Buttons without a mark are tapped twice, too; and what is said about a day
// without a run is two entries unless it comes from one form.
func doubleTap(t *testing.T, s *site) {
	before := len(s.diary())
	mark := strings.Repeat("0f", 16)
	for _, c := range []struct {
		form url.Values
		want int
	}{
		{url.Values{"run": {"latest"}, "worst": {"0"}}, 1},
		{url.Values{"run": {"latest"}, "site": {"knee left"}, "worst": {"2"}, "mark": {mark}}, 2},
		{url.Values{"at": {"now"}, "site": {"knee left"}, "worst": {"1"}, "mark": {strings.Repeat("0e", 16)}}, 3},
	} {
		for range 2 {
			if w := s.ask(http.MethodPost, "/pain", c.form); w.Code != http.StatusSeeOther {
				t.Fatalf("%v: status %d: %s", c.form, w.Code, w.Body)
			}
		}
		if got := s.diary(); len(got) != before+c.want {
			t.Errorf("after %v the diary holds %+v, want %d more entries", c.form, got, c.want)
		}
	}
}

func faultyEntries(t *testing.T, s *site) {
	for _, form := range []url.Values{
		{"run": {"nobody"}, "worst": {"0"}},
		{"run": {"latest"}, "site": {"knee"}, "worst": {"11"}},
		{"run": {"latest"}, "worst": {"0"}, "corrects": {"99"}},
		{"at": {"2200-01-01"}, "worst": {"0"}},
		{},
	} {
		if w := s.ask(http.MethodPost, "/pain", form); w.Code/100 != 4 {
			t.Errorf("%v: status %d", form, w.Code)
		}
	}
	if got := s.diary(); len(got) != 0 {
		t.Errorf("the diary holds %+v", got)
	}
	if w := s.ask(http.MethodPost, "/pain/1/remove", nil); w.Code != http.StatusNotFound {
		t.Errorf("an entry that is not there: status %d", w.Code)
	}
}

// The page and the daemon's own work go on at the same time; nothing is told
// twice. The race detector looks on.
func allAtOnce(t *testing.T, s *site) {
	served, err := s.app.newPage(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	before := len(s.diary())
	work, ctx := errgroup.WithContext(t.Context())
	page := func(method, path string, form url.Values) {
		work.Go(func() error {
			if w := asked(ctx, served, method, path, form); w.Code >= http.StatusInternalServerError {
				return fmt.Errorf("%s %s: status %d: %.200s", method, path, w.Code, w.Body)
			}
			return nil
		})
	}
	work.Go(func() error { _, err := s.app.Sync(ctx, nil); return err })
	for i := range 4 {
		work.Go(func() error { return s.app.enqueueAlerts(ctx, alert.Decide) })
		page(http.MethodPost, "/pain", url.Values{"run": {"latest"}, "site": {"shin left"}, "worst": {fmt.Sprint(2 + i)}})
		page(http.MethodGet, fmt.Sprintf("/thresholds?analysis.ask=-%d", i), nil)
		page(http.MethodGet, "/pain", nil)
		page(http.MethodGet, "/", nil)
		page(http.MethodGet, "/sources", nil)
		page(http.MethodPost, "/sources/check", nil)
		page(http.MethodPost, "/sources/sync", nil)
	}
	if err := work.Wait(); err != nil {
		t.Fatal(err)
	}
	if got := s.diary(); len(got) != before+4 {
		t.Errorf("%d entries, want 4 more than %d", len(got), before)
	}
	seen := map[string]bool{}
	for _, m := range s.home.mail.Mails() {
		if subject := m.Header.Get("Message-Id"); seen[subject] {
			t.Errorf("%s went out twice", subject)
		} else {
			seen[subject] = true
		}
	}
}

// What the page shows is what the backtest says.
func tunesAsTheBacktest(t *testing.T, s *site) {
	p := page{s.app}
	for _, set := range []map[string]string{nil, {"analysis.ask": "-4"}, {"analysis.sensitivity": "calm"}, {"analysis.refractory_runs": "1"}} {
		given, err := withSet(p.Thresholds(), set)
		if err != nil {
			t.Fatal(err)
		}
		got, err := p.Tune(t.Context(), given)
		if err != nil {
			t.Fatal(err)
		}
		want, err := s.app.Compare(t.Context(), set)
		if err != nil {
			t.Fatal(err)
		}
		if got.Runs != want.Year || got.Present != want.Present || got.Given != want.Given {
			t.Errorf("%v: the page counts %d, %d, %d, the backtest %d, %d, %d", set, got.Runs, got.Present, got.Given, want.Year, want.Present, want.Given)
		}
		again, err := p.Tune(t.Context(), given)
		if err != nil || again.Given != got.Given || len(again.Alerted) != len(got.Alerted) {
			t.Errorf("%v: asked again %d of %d (%v)", set, again.Given, len(again.Alerted), err)
		}
		for _, run := range got.Alerted {
			if !run.Alert.Sends() && !run.Given.Alert.Sends() {
				t.Errorf("%v: run %s sends nothing", set, run.ID)
			}
		}
	}
}

// A slider that has moved on leaves the queue, and an entry makes what was
// reckoned before it worthless.
func tuningsWait(t *testing.T, s *site) {
	p := page{s.app}
	given := p.Thresholds()
	given.Pain.High = 3
	season, err := s.app.season(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	season.tuned.turn <- struct{}{} // somebody is at it
	ctx, leave := context.WithCancel(t.Context())
	leave()
	if _, err := p.Tune(ctx, given); !errors.Is(err, context.Canceled) {
		t.Errorf("who has left waits on: %v", err)
	}
	<-season.tuned.turn
	if _, err := p.Tune(t.Context(), given); err != nil || season.tuned.known(given) == nil {
		t.Errorf("nothing was kept (%v)", err)
	}
	one, err := gait.Exactly(1)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.app.AddPain(t.Context(), string(s.runs[3].ID), gait.Pain{Site: gait.Back, Worst: one}); err != nil {
		t.Fatal(err)
	}
	if next, err := s.app.season(t.Context()); err != nil || next.tuned.known(given) != nil {
		t.Errorf("what was reckoned before an entry is kept after it (%v)", err)
	}
}

// One test message at a time, and it arrives.
func testButton(t *testing.T, s *site) {
	s.app.testing.Lock()
	if w := s.ask(http.MethodPost, "/sources/test", url.Values{"channel": {"email"}}); w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), "under way") {
		t.Errorf("while another is under way: status %d", w.Code)
	}
	s.app.testing.Unlock()
	for name, want := range map[string]int{"email": http.StatusOK, "": http.StatusBadRequest, "pigeon": http.StatusBadRequest} {
		if w := s.ask(http.MethodPost, "/sources/test", url.Values{"channel": {name}}); w.Code != want {
			t.Errorf("channel %q: status %d, want %d: %s", name, w.Code, want, w.Body)
		}
	}
	eventually(t, "the test message", func() bool { return len(s.home.mail.Mails()) == 1 })
	if w := s.ask(http.MethodPost, "/sources/sync", nil); w.Code != http.StatusSeeOther || s.app.tasks.next() != taskSync {
		t.Errorf("a sync: status %d, and no task", w.Code)
	}
}
