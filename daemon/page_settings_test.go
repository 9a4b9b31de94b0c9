package daemon

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// What is set on the page counts at once and after the next start, and goes back to
// the config.
func TestSettingsOnThePage(t *testing.T) {
	t.Parallel()
	s := newSite(t, "")
	send := func(path string, form url.Values, status int) {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.url+path, strings.NewReader(form.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		answer, err := new(http.Transport).RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		if answer.StatusCode != status {
			t.Errorf("%s %v: status %d, want %d", path, form, answer.StatusCode, status)
		}
	}
	race := s.clock().AddDate(0, 0, 10)
	send("/settings", url.Values{"name": {"Ada"}, "units": {"miles"}, "race": {race.Format(time.DateOnly), ""}}, http.StatusSeeOther)
	send("/settings", url.Values{"name": {"Ada"}, "units": {"leagues"}}, http.StatusUnprocessableEntity)
	send("/settings", url.Values{"name": {"Ada"}, "units": {"km"}, "race": {"tomorrow"}}, http.StatusUnprocessableEntity)
	send("/settings/pause", url.Values{"until": {race.Format(time.DateOnly)}}, http.StatusSeeOther)
	check := func(app *App, name string, miles bool, races int) {
		t.Helper()
		season, err := app.season(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if r := app.runner(); r.Name != name || app.miles() != miles || len(season.history.Races) != races {
			t.Errorf("name %q, miles %v, races %v; want %q, %v, %d", r.Name, app.miles(), season.history.Races, name, miles, races)
		}
	}
	check(s.app, "Ada", true, 1)
	again := s.home.open(s.clock)
	defer again.Close()
	check(again, "Ada", true, 1)
	if until, err := again.paused(t.Context()); err != nil || !until.After(s.clock()) {
		t.Errorf("paused until %v (%v)", until, err)
	}
	send("/settings/resume", nil, http.StatusSeeOther)
	send("/settings", url.Values{"reset": {"yes"}}, http.StatusSeeOther)
	check(s.app, "", false, 0)
	if until, err := s.app.paused(t.Context()); err != nil || until.After(s.clock()) {
		t.Errorf("still paused until %v (%v)", until, err)
	}
}
