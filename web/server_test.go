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

	"gaitkeeper/alert"
	"gaitkeeper/api"
	"gaitkeeper/chart"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// fakeApp shows one fixed verdict.
type fakeApp struct {
	state    api.Status
	App      // what is not faked panics
	runs     []api.Run
	standing finding.Standing
	walks    chart.Walks
	season   chart.Season
	week     api.Week
	notes    []alert.Note
	err      error
}

func (f fakeApp) Standing(context.Context) (finding.Standing, error) { return f.standing, f.err }
func (f fakeApp) Runs(context.Context, time.Time, int) ([]api.Run, error) {
	return slices.Clone(f.runs), f.err
}
func (f fakeApp) Walks(context.Context, int) (chart.Walks, error) { return f.walks, f.err }

func (f fakeApp) Season(context.Context, int) (chart.Season, error) { return f.season, f.err }
func (f fakeApp) Week(context.Context) (api.Week, error)            { return f.week, f.err }
func (f fakeApp) Operation(context.Context) (api.Status, error)     { return f.state, f.err }

func (f fakeApp) ListRuns(_ context.Context, shows func(gait.Run, finding.Assessment) bool, cut func(int) (from, to int)) ([]api.Run, error) {
	runs := slices.DeleteFunc(slices.Clone(f.runs), func(r api.Run) bool {
		return !shows(gait.Run{Start: r.Start, Context: r.Context}, finding.Assessment{Pain: r.Pain, Alert: r.Alert})
	})
	slices.Reverse(runs)
	from, to := cut(len(runs))
	return runs[from:to], f.err
}

func (f fakeApp) Pulse(context.Context) (api.Health, error) {
	return api.NewHealth(f.notes, time.Date(2026, 5, 2, 12, 0, 0, 0, time.UTC)), f.err
}

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
		standing: finding.Standing{
			Verdict: finding.VerdictStop, SeeProfessional: true, Since: time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC),
			Reasons: []finding.Fact{{Rule: finding.StopLimp, How: finding.HowSaid}},
			Advice:  []finding.Fact{{Rule: finding.KeepBusy}},
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
		_, page := get(t, fakeApp{runs: []api.Run{run}, standing: finding.Standing{Verdict: finding.VerdictStop}}, "/", here)
		if strings.Count(page, way) != 1 {
			t.Errorf("last run answered %v: the page leads to today's form %d times", answered, strings.Count(page, way))
		}
	}
}

func TestEveryVerdictHasAHeadline(t *testing.T) {
	seen := map[string]bool{}
	for _, v := range []finding.Verdict{
		finding.VerdictStop, finding.VerdictModify, finding.VerdictAsk, finding.VerdictKeep, finding.VerdictLearning,
	} {
		if h := badgeOf(v).Headline; seen[h] {
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
	notes := []alert.Note{
		{Kind: alert.NoteSourceFailing, Subject: "strava", Since: time.Date(2026, 5, 2, 11, 0, 0, 0, time.UTC), Unwell: true, Text: "the log-in was taken back"},
		{Kind: alert.NoteFolderEmpty, Subject: "/home/ada", Unwell: true},
		{Kind: alert.NoteSourceWaiting, Subject: "intervals"},
	}
	const want = `{"alive":true,"well":false,"unwell":[{"what":"source_failing","name":"strava","lasting":false},{"what":"folder_empty","name":"","lasting":true}]}` + "\n"
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

// The first page asks one thing, with the buttons that answer it; the way back is a
// row of steps that can be skipped.
func TestTodayAsksOneThing(t *testing.T) {
	shin := gait.Spot{Site: gait.Shin, Side: gait.Left}
	recent := someRuns(1)
	recent[0].Start, recent[0].Pain = time.Now().Add(-time.Hour), finding.PainSummary{}
	old := someRuns(1)
	old[0].Start = time.Now().Add(-1183 * 24 * time.Hour)
	answered := slices.Clone(recent)
	answered[0].Pain.Answered = true
	yesterday := slices.Clone(answered)
	yesterday[0].Start = time.Now().Add(-25 * time.Hour)
	now := slices.Clone(answered)
	now[0].Start = time.Now()
	gone := finding.Standing{Verdict: finding.VerdictModify, Run: "r1", Questions: []finding.Question{{Ask: finding.AskGone, Spot: shin}}}
	front := finding.Standing{Verdict: finding.VerdictModify, Run: "r1", Questions: []finding.Question{{Ask: finding.AskFrontOfHip, Spot: gait.Spot{Site: gait.Hip, Side: gait.Left}}}}
	less := finding.Standing{Verdict: finding.VerdictModify, Run: "r1", Questions: []finding.Question{{Ask: finding.AskCutBack}}}
	deep := finding.Standing{Verdict: finding.VerdictModify, Run: "r1", Questions: []finding.Question{{Ask: finding.AskDeepSpot, Spot: shin}, {Ask: finding.AskWalking, Spot: shin}}}
	for name, tt := range map[string]struct {
		runs     []api.Run
		standing finding.Standing
		want     []string
		without  string
	}{
		"a run nobody spoke of": {recent, deep, []string{"Did anything hurt?", ">No pain<"}, `id="ask"`},
		"one deep spot?": {answered, deep, []string{
			"Is it one tender spot?", "Press along the bone", `name="focal" value="yes"`, `name="focal" value="no"`, `name="site" value="shin left"`, "Yes, one tender spot",
		}, `id="how"`},
		"is it gone by the morning?": {yesterday, gone, []string{
			"How much of it is left the next morning?", `name="morning" value="1"`, `name="morning" value="2"`, `name="site" value="shin left"`, "0 or 1 of 10",
		}, `id="how"`},
		"the morning has not come": {now, gone, nil, `name="morning" value="1"`},
		"the front of the hip?": {answered, front, []string{
			"Is it at the front of the hip?", `name="front_of_hip" value="yes"`, `name="front_of_hip" value="no"`, `name="site" value="hip left"`,
		}, `id="how"`},
		"less because of it?": {answered, less, []string{
			"Did you run less because of the pain?", `value="cut-back"`, `value="other-reason"`, "No, for another reason",
		}, `id="how"`},
		"a stop": {recent, finding.Standing{Verdict: finding.VerdictStop, Run: "r1"}, []string{
			"How does walking feel today", `value="walking-fine"`, `value="still-hurts"`, `value="unsure"`, "Say how it was",
		}, `value="not-a-limp"`},
		"a measured stop": {recent, finding.Standing{
			Verdict: finding.VerdictStop, Run: "r1", Advice: []finding.Fact{{Rule: finding.Return, How: finding.HowMeasured, Of: 2}},
		}, []string{`value="not-a-limp"`, `value="new-strap"`, `value="new-shoes"`}, `value="cleared"`},
		"a sign for a doctor": {recent, finding.Standing{
			Verdict: finding.VerdictStop, Run: "r1", SeeProfessional: true, Urgent: true, Reasons: []finding.Fact{{Rule: finding.RedFlag, Spot: shin, What: []finding.What{finding.SignPop}}},
		}, []string{"See a doctor today.", "You felt a pop or snap (left shin): see a doctor today.", `value="cleared"`}, "physical therapist who works"},
		"a season of long ago": {old, finding.Standing{Verdict: finding.VerdictAsk, Run: "r1", Questions: []finding.Question{{Ask: finding.AskHurt}}}, []string{"No run for 1,183 days"}, `id="how"`},
		"the way back": {answered, finding.Standing{Verdict: finding.VerdictModify, Run: "r1", Plan: &finding.Plan{
			Spot: shin, Step: 2, Of: 5, Limit: 3100, Limits: []gait.Metres{0, 3100, 3100, 4650, 6200},
		}}, []string{
			"The way back, step 2 of 5", `<li class="done">`, `<li class="now" aria-current="step"><strong>Now</strong> run and walk in turns, 3.1 km at most`, `<li class="next">`, `value="own-plan"`,
		}, `id="how"`},
	} {
		t.Run(name, func(t *testing.T) {
			_, body := get(t, fakeApp{runs: tt.runs, standing: tt.standing}, "/", here)
			for _, want := range tt.want {
				if !strings.Contains(body, want) {
					t.Errorf("the page lacks %q", want)
				}
			}
			if strings.Contains(body, tt.without) {
				t.Errorf("the page holds %q", tt.without)
			}
			if strings.Contains(body, "gaitkeeper import") || strings.Count(body, `class="ask-pain"`) > 1 {
				t.Errorf("the page asks more than one thing, or for a terminal:\n%s", body)
			}
		})
	}
}

// This week stands beside what is advised, or what is usual.
func TestTodayShowsTheWeek(t *testing.T) {
	advised := 15000.0
	for want, week := range map[string]api.Week{
		"12.3 km of about 15.0 km":     {DistanceM: 12300, AdvisedM: &advised, UsualM: 19000},
		"12.3 km; 19.0 km is usual":    {DistanceM: 12300, UsualM: 19000},
		"<p>12.3 km</p>":               {DistanceM: 12300},
		"4.0 km; 19.0 km is usual</p>": {DistanceM: 4000, AdvisedM: new(float64), UsualM: 19000},
	} {
		if _, body := get(t, fakeApp{week: week}, "/", here); !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}
