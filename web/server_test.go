package web

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"gaitkeeper/chart"
	"gaitkeeper/gait"
)

// fakeApp shows one fixed verdict.
type fakeApp struct {
	App      // what is not faked panics
	runs     []gait.RunJSON
	standing gait.Standing
	season   chart.Season
	notes    []gait.Note
	err      error
}

func (f fakeApp) Standing(context.Context) (gait.Standing, error) { return f.standing, f.err }
func (f fakeApp) Runs(context.Context, time.Time, int) ([]gait.RunJSON, error) {
	return slices.Clone(f.runs), f.err
}
func (f fakeApp) Season(context.Context) (chart.Season, error) { return f.season, f.err }
func (f fakeApp) Pulse(context.Context) (gait.Pulse, error)    { return gait.NewPulse(f.notes), f.err }

func oneRun() chart.Season {
	return chart.Season{Points: []chart.Point{{Time: time.Date(2026, 5, 1, 7, 0, 0, 0, time.UTC), Balance: 49, Baseline: 50, Band: 1}}}
}

func get(t *testing.T, r App, path, from string) (int, string) {
	t.Helper()
	s, err := New(r, Options{Zone: time.UTC, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	req := httptest.NewRequest(http.MethodGet, path, nil)
	req.RemoteAddr, req.Host = from, "127.0.0.1:8787"
	if host, ok := strings.CutPrefix(from, "rebound "); ok {
		req.RemoteAddr, req.Host = here, host
	}
	rec := httptest.NewRecorder()
	s.ServeHTTP(rec, req)
	body, err := io.ReadAll(rec.Result().Body)
	if err != nil {
		t.Fatal(err)
	}
	return rec.Code, string(body)
}

const here, elsewhere = "127.0.0.1:5000", "192.0.2.7:5000"

func TestTodayShowsTheVerdictAndWhy(t *testing.T) {
	r := fakeApp{
		standing: gait.Standing{
			Verdict: gait.VerdictStop, SeeProfessional: true, Since: time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC),
			Reasons: []gait.Fact{{Rule: gait.StopLimp, How: gait.HowSaid}},
			Advice:  []gait.Fact{{Rule: gait.KeepBusy}},
		},
		season: oneRun(),
	}
	code, body := get(t, r, "/", here)
	if code != http.StatusOK {
		t.Fatalf("status %d", code)
	}
	for _, want := range []string{
		"Stop running for now", `data-verdict="stop"`, "You limped, or changed your stride.", "STOP-LIMP",
		"physical therapist", "a film, cooking, a book, friends", "Fri 1 May 2026, 08:00", `alt="Left foot&#39;s share of ground contact in one run of 1 May 2026.`, "not a medical device",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("page lacks %q", want)
		}
	}
}

// Entries on days without a run end a stop: the way to them is on the first page,
// whether or not the last run was spoken of.
func TestAStopLeadsToTheFormOfToday(t *testing.T) {
	const way = `href="/pain/new">Enter how it feels today</a>`
	for _, answered := range []bool{true, false} {
		run := someRuns(1)[0]
		run.Pain.Answered = answered
		_, page := get(t, fakeApp{runs: []gait.RunJSON{run}, standing: gait.Standing{Verdict: gait.VerdictStop}}, "/", here)
		if strings.Count(page, way) != 1 {
			t.Errorf("last run answered %v: the page leads to today's form %d times", answered, strings.Count(page, way))
		}
	}
}

func TestEveryVerdictHasAHeadline(t *testing.T) {
	seen := map[string]bool{}
	for _, v := range []gait.Verdict{
		gait.VerdictStop, gait.VerdictModify, gait.VerdictAsk, gait.VerdictKeep, gait.VerdictLearning,
	} {
		if h := verdictLook(v).Headline; seen[h] {
			t.Errorf("%s shares the headline %q", v, h)
		} else {
			seen[h] = true
		}
	}
}

func TestHealthzIsAliveOnlyWhileTheDatabaseAnswers(t *testing.T) {
	if code, _ := get(t, fakeApp{}, "/healthz", elsewhere); code != http.StatusOK {
		t.Errorf("alive: status %d", code)
	}
	if code, _ := get(t, fakeApp{err: errors.New("disk I/O error")}, "/healthz", elsewhere); code != http.StatusServiceUnavailable {
		t.Errorf("dead: status %d", code)
	}
	notes := []gait.Note{
		{Kind: gait.NoteSourceFailing, Subject: "strava", Unwell: true, Text: "the log-in was taken back"},
		{Kind: gait.NoteFolderEmpty, Subject: "/home/ada", Unwell: true},
		{Kind: gait.NoteSourceWaiting, Subject: "intervals"},
	}
	const want = `{"alive":true,"well":false,"unwell":[{"what":"source_failing","name":"strava"},{"what":"folder_empty","name":""}]}` + "\n"
	if code, body := get(t, fakeApp{notes: notes}, "/healthz", elsewhere); code != http.StatusOK || body != want {
		t.Errorf("unwell: status %d, %s", code, body)
	}
}

func TestHealthDataStaysOnThisMachine(t *testing.T) {
	for _, path := range []string{"/", "/season.svg"} {
		if code, _ := get(t, fakeApp{season: oneRun()}, path, elsewhere); code != http.StatusForbidden {
			t.Errorf("%s from elsewhere: status %d", path, code)
		}
	}
}

func TestAPageThatOnlyPointsHereIsRefused(t *testing.T) {
	for host, want := range map[string]int{
		"evil.example": http.StatusForbidden, "evil.example:8787": http.StatusForbidden, "127.0.0.1.evil.example": http.StatusForbidden,
		"localhost:8787": http.StatusOK, "[::1]:8787": http.StatusOK, "[::1]": http.StatusOK,
	} {
		if code, _ := get(t, fakeApp{}, "/", "rebound "+host); code != want {
			t.Errorf("Host %s: status %d, want %d", host, code, want)
		}
	}
}

func TestSeasonIsAnImageOnceThereIsOne(t *testing.T) {
	if code, body := get(t, fakeApp{season: oneRun()}, "/season.svg", here); code != http.StatusOK || !strings.HasPrefix(body, "<svg") {
		t.Errorf("got %d %q", code, body)
	}
	if code, _ := get(t, fakeApp{}, "/season.svg", here); code != http.StatusNotFound {
		t.Errorf("nothing to draw: status %d", code)
	}
}

func TestAFailureTellsNoDetails(t *testing.T) {
	code, body := get(t, fakeApp{err: errors.New("secret path")}, "/", here)
	if code != http.StatusInternalServerError || strings.Contains(body, "secret") {
		t.Errorf("got %d %q", code, body)
	}
}
