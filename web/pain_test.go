package web

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"gaitkeeper/api"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// fakeDiary holds entries as the database does; every other part panics.
type fakeDiary struct {
	noRuns bool
	App
	entries []gait.Pain
	notes   []PainNote
	refuse  error
}

func (f *fakeDiary) ListPain(context.Context) ([]gait.Pain, error) {
	return slices.Clone(f.entries), nil
}

func (f *fakeDiary) NotePain(_ context.Context, n PainNote) (gait.Pain, error) {
	if f.refuse != nil {
		return gait.Pain{}, f.refuse
	}
	f.notes = append(f.notes, n)
	n.Entry.ID = int64(len(f.entries) + 1)
	f.entries = append(f.entries, n.Entry)
	return n.Entry, nil
}

func (f *fakeDiary) RemovePain(_ context.Context, id int64) (finding.Standing, error) {
	n := len(f.entries)
	f.entries = slices.DeleteFunc(f.entries, func(p gait.Pain) bool { return p.ID == id })
	if len(f.entries) == n {
		return finding.Standing{}, gait.ErrNotFound
	}
	return finding.Standing{}, nil
}

func (f *fakeDiary) RunNamed(_ context.Context, ref string) (api.Run, error) {
	if f.noRuns || ref != "ab" && ref != "latest" {
		return api.Run{}, gait.ErrNotFound
	}
	return theRun(), nil
}

func (f *fakeDiary) RunsBetween(_ context.Context, from, to time.Time) ([]api.Run, error) {
	if run := theRun(); !run.Start.Before(from) && run.Start.Before(to) {
		return []api.Run{run}, nil
	}
	return nil, nil
}

// Standing tells to stop as soon as anything hurts.
func (f *fakeDiary) Standing(context.Context) (finding.Standing, error) {
	for _, e := range f.entries {
		if e.Worst.AtLeast(1) {
			return finding.Standing{
				Verdict: finding.VerdictStop, Reasons: []finding.Fact{{Rule: finding.StopHigh, Limit: 6}},
				Advice: []finding.Fact{{Rule: finding.Return, Days: 2, Limit: 1}},
			}, nil
		}
	}
	return finding.Standing{Verdict: finding.VerdictKeep}, nil
}

func theRun() api.Run {
	metres := 8120.4
	return api.Run{ID: "ab", Start: time.Date(2026, 5, 3, 6, 12, 0, 0, time.UTC), DistanceM: &metres}
}

// visit asks the page for an address, or sends it a form.
func visit(t *testing.T, app App, method, path string, form url.Values) *httptest.ResponseRecorder {
	t.Helper()
	kind := ""
	if method == http.MethodPost {
		kind = "application/x-www-form-urlencoded"
	}
	return send(t, app, method, path, kind, form.Encode())
}

// send sends a request with a body of a kind.
func send(t *testing.T, app App, method, path, kind, body string) *httptest.ResponseRecorder {
	t.Helper()
	s, err := New(app, Options{Zone: time.UTC, Now: formTime, Log: slog.New(slog.NewTextHandler(t.Output(), nil))})
	if err != nil {
		t.Fatal(err)
	}
	req := httptest.NewRequest(method, path, strings.NewReader(body))
	req.RemoteAddr, req.Host = here, "127.0.0.1:8787"
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	rec := httptest.NewRecorder()
	s.ServeHTTP(rec, req)
	return rec
}

func wantPage(t *testing.T, rec *httptest.ResponseRecorder, status int, parts ...string) {
	t.Helper()
	if rec.Code != status {
		t.Errorf("status %d, want %d: %.300s", rec.Code, status, rec.Body)
	}
	for _, part := range parts {
		if !strings.Contains(rec.Body.String(), part) {
			t.Errorf("page lacks %q", part)
		}
	}
}

func TestAnEntryIsStoredAndAnsweredOnTheSpot(t *testing.T) {
	app := &fakeDiary{}
	rec := visit(t, app, http.MethodPost, "/pain", url.Values{"run": {"ab"}, "site": {"achilles left"}, "worst": {"4"}, "note": {"<b>"}})
	if rec.Code != http.StatusSeeOther || len(app.entries) != 1 {
		t.Fatalf("status %d, entries %v", rec.Code, app.entries)
	}
	wantPage(t, visit(t, app, http.MethodGet, rec.Header().Get("Location"), nil), http.StatusOK,
		`data-verdict="stop"`, "does you more good than another run", "To lift this", "left Achilles tendon, 4 of 10", "&lt;b&gt;", "Noted.", `href="/pain/1/remove"`)
}

func TestNoPainBesideAPainSaysWhichCounts(t *testing.T) {
	app := &fakeDiary{entries: []gait.Pain{{ID: 1, Run: "ab", Site: gait.Knee, Side: gait.Left, Worst: exactly(4)}}}
	rec := visit(t, app, http.MethodPost, "/pain", url.Values{"run": {"ab"}, "worst": {"0"}})
	wantPage(t, visit(t, app, http.MethodGet, rec.Header().Get("Location"), nil), http.StatusOK,
		"You noted left knee, 4 of 10, of the same run.", `href="/pain/new?entry=1"`, `href="/pain/1/remove"`)
	if len(app.entries) != 2 {
		t.Errorf("something was lost: %v", app.entries)
	}
	if page := visit(t, app, http.MethodGet, "/pain/1", nil).Body.String(); strings.Contains(page, "of the same run") {
		t.Error("the graver entry is told that it is outweighed")
	}
}

func TestWhatIsNoFormIsToldHowFormsAreSent(t *testing.T) {
	for kind, body := range map[string]string{
		"application/json":                `{"run":"latest","worst":3}`,
		"multipart/form-data; boundary=x": "--x\r\nContent-Disposition: form-data; name=\"worst\"\r\n\r\n0\r\n--x--\r\n",
	} {
		app := &fakeDiary{}
		rec := send(t, app, http.MethodPost, "/pain", kind, body)
		wantPage(t, rec, http.StatusUnsupportedMediaType, "application/x-www-form-urlencoded")
		if len(app.entries) > 0 {
			t.Errorf("%s: stored %v", kind, app.entries)
		}
	}
}

func TestAFaultyFormComesBackAsItWas(t *testing.T) {
	app := &fakeDiary{}
	rec := visit(t, app, http.MethodPost, "/pain", url.Values{
		"run": {"ab"}, "site": {"knee left"}, "worst": {"2"}, "end": {"7"}, "focal": {"no"}, "kind": {"tight"},
		"note": {"my words"}, "mark": {"000102030405060708090a0b0c0d0e0f"},
	})
	wantPage(t, rec, http.StatusUnprocessableEntity,
		`<a href="#field-end">end 7 is more than worst 2</a>`, `<p class="fault">end 7 is more than worst 2</p>`,
		`name="site" value="knee left" checked`, `name="worst" value="2" checked`, `name="end" value="7" checked`, `name="focal" value="no" checked`,
		`name="kind" value="tight" checked`, "my words", "000102030405060708090a0b0c0d0e0f", `name="start" value="" checked`)
	if len(app.entries) != 0 {
		t.Errorf("stored %v", app.entries)
	}
}

func TestFaultyEntriesAnswer4xx(t *testing.T) {
	for name, c := range map[string]struct {
		form   url.Values
		refuse error
		want   string
	}{
		"a run that is not there": {url.Values{"run": {"nobody"}, "worst": {"0"}}, gait.ErrNotFound, "is not there"},
		"refused by the diary":    {url.Values{"run": {"ab"}, "worst": {"0"}}, gait.Refusef("it cannot be"), "it cannot be"},
		"nothing":                 {url.Values{}, nil, "when was it"},
		"a field nobody knows":    {url.Values{"run": {"ab"}, "worst": {"0"}, "wrst": {"4"}}, nil, "wrst"},
	} {
		app := &fakeDiary{refuse: c.refuse}
		rec := visit(t, app, http.MethodPost, "/pain", c.form)
		if rec.Code/100 != 4 || len(app.entries) != 0 || !strings.Contains(rec.Body.String(), c.want) {
			t.Errorf("%s: status %d, entries %v, page lacks %q", name, rec.Code, app.entries, c.want)
		}
	}
	app := &fakeDiary{}
	if rec := visit(t, app, http.MethodPost, "/pain", url.Values{"note": {strings.Repeat("x", maxForm)}}); rec.Code/100 != 4 {
		t.Errorf("a form too large: status %d", rec.Code)
	}
}

func TestUntouchedIsUnset(t *testing.T) {
	for path, fields := range map[string][]string{
		"/pain/new?run=ab": {"worst", "start", "end", "morning", "kind", "focal", "front_of_hip", "worsening", "limping", "night", "medication", "daily_life", "mood", "site"},
		"/pain/new":        {"worst", "morning", "kind", "focal", "front_of_hip", "limping", "night", "medication", "daily_life", "mood", "site"},
	} {
		body := visit(t, &fakeDiary{}, http.MethodGet, path, nil).Body.String()
		for _, field := range fields {
			if !strings.Contains(body, `name="`+field+`" value="" checked`) {
				t.Errorf("%s: %s is not unset at first", path, field)
			}
		}
		if n := strings.Count(body, " checked"); n != len(fields) {
			t.Errorf("%s: %d choices are made at first, want %d", path, n, len(fields))
		}
	}
}

func TestTheFormIsAboutWhatItIsAskedFor(t *testing.T) {
	app := &fakeDiary{entries: []gait.Pain{{ID: 1, Run: "ab", Site: gait.Knee, Side: gait.Left, Worst: exactly(4)}}}
	for path, parts := range map[string][]string{
		"/pain/new?run=latest":                 {`name="run" value="ab"`, "8.1 km", "Nothing hurt</button>"},
		"/pain/new":                            {`name="at" value="2026-05-03T20:00:00"`, "walking and daily life", `name="at" value="now"`},
		"/pain/new?run=ab&worst=4":             {`name="worst" value="4"`, `<button class="second" id="site-knee-left" name="site" value="knee left"`, "4 of 10"},
		"/pain/new?run=ab&site=knee&side=left": {`name="site" value="knee left"`, `<button class="second" name="worst" value="4"`, "left knee"},
		"/pain/new?entry=1":                    {`name="corrects" value="1"`, `name="site" value="knee left" checked`, `name="worst" value="4" checked`},
		"/pain/new?run=ab&site=knee&worst=4":   {`name="site" value="knee"`, `name="worst" value="4" checked`},
	} {
		wantPage(t, visit(t, app, http.MethodGet, path, nil), http.StatusOK, parts...)
	}
	for _, path := range []string{"/pain/new?run=nobody", "/pain/new?entry=9", "/pain/new?entry=x", "/pain/9", "/pain/x", "/pain/9/remove"} {
		wantPage(t, visit(t, app, http.MethodGet, path, nil), http.StatusNotFound)
	}
}

func TestAnEntryIsRemovedOnlyAfterAsking(t *testing.T) {
	app := &fakeDiary{entries: []gait.Pain{{ID: 1, Run: "ab", Site: gait.Knee, Worst: exactly(4)}}}
	wantPage(t, visit(t, app, http.MethodGet, "/pain/1/remove", nil), http.StatusOK, `<form method="post" action="/pain/1/remove">`, "knee, 4 of 10")
	if len(app.entries) != 1 {
		t.Fatal("asking removed it")
	}
	if rec := visit(t, app, http.MethodPost, "/pain/1/remove", nil); rec.Code != http.StatusSeeOther || len(app.entries) != 0 {
		t.Errorf("status %d, entries %v", rec.Code, app.entries)
	}
	wantPage(t, visit(t, app, http.MethodPost, "/pain/1/remove", nil), http.StatusNotFound)
}

func TestEverySiteIsInThePictureOrTheList(t *testing.T) {
	body := visit(t, &fakeDiary{}, http.MethodGet, "/pain/new?run=ab", nil).Body.String()
	for _, site := range gait.Sites() {
		for _, side := range []string{"left", "right"} {
			if n := strings.Count(body, `name="site" value="`+string(site)+" "+side+`"`); n != 1 {
				t.Errorf("%s %s stands there %d times", site, side, n)
			}
		}
	}
	if ids := strings.Count(body, ` id="`); ids != len(idsOf(body)) {
		t.Errorf("%d ids, %d of them different", ids, len(idsOf(body)))
	}
}

func idsOf(body string) map[string]bool {
	ids := map[string]bool{}
	for _, part := range strings.Split(body, ` id="`)[1:] {
		id, _, _ := strings.Cut(part, `"`)
		ids[id] = true
	}
	return ids
}
