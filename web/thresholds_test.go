package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"gaitkeeper/api"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// fakeTuner tells of one run: of a message from a warn limit below 0 on.
type fakeTuner struct {
	App
	inForce gait.Params
	asked   gait.Params
}

func (f *fakeTuner) Thresholds() gait.Params { return f.inForce }

func (f *fakeTuner) Tune(_ context.Context, given gait.Params) (Tuning, error) {
	if f.asked == (gait.Params{}) { // the sensitivities are asked for after it
		f.asked = given
	}
	metres := 5000.0
	run := api.Run{ID: "ab", Start: time.Date(2026, 5, 3, 6, 0, 0, 0, time.UTC), DistanceM: &metres, Verdict: finding.VerdictKeep}
	return Tuning{Runs: 40, Present: 0, Given: 1, Alerted: []TunedRun{{run, TunedVerdict{finding.VerdictAsk, finding.Alert{Level: gait.LevelAsk}}}}}, nil
}

func TestThresholdsAreReadFromTheAddress(t *testing.T) {
	calm, keen := gait.DefaultParams(), gait.DefaultParams()
	if calm.SetSensitivity(gait.Calm) != nil || keen.SetSensitivity(gait.Keen) != nil {
		t.Fatal("no sensitivity")
	}
	with := func(p gait.Params, do func(*gait.Params)) gait.Params { do(&p); return p }
	for address, want := range map[string]gait.Params{
		"":                 gait.DefaultParams(),
		"sensitivity=calm": calm,
		"analysis.ask=-3":  with(gait.DefaultParams(), func(p *gait.Params) { p.Analysis.AskLogOdds = -3 }),
		"pain.high=5":      with(gait.DefaultParams(), func(p *gait.Params) { p.Pain.High = 5 }),
		// The sliders that nobody moved give way to the word, one that was moved does not.
		"sensitivity=keen&analysis.ask=-2.5&was.analysis.ask=-2.5&analysis.warn=-1.1&was.analysis.warn=-1.1": keen,
		"sensitivity=keen&analysis.ask=-4&was.analysis.ask=-2.5&analysis.warn=-1.1&was.analysis.warn=-1.1":   with(keen, func(p *gait.Params) { p.Analysis.AskLogOdds = -4 }),
		"sensitivity=&analysis.ask=-4&was.analysis.ask=-4":                                                   with(gait.DefaultParams(), func(p *gait.Params) { p.Analysis.AskLogOdds = -4 }),
		// A slider stands where it can, not where a hand left it.
		"sensitivity=&analysis.ask=-3.9731&was.analysis.ask=-2.5": with(gait.DefaultParams(), func(p *gait.Params) { p.Analysis.AskLogOdds = -3.95 }),
		// A measurement may be named as it is in force.
		"analysis.min_blocks=8": gait.DefaultParams(),
	} {
		q, err := url.ParseQuery(address)
		if err != nil {
			t.Fatal(err)
		}
		got, faults := readThresholds(q, gait.DefaultParams())
		if len(faults) > 0 || got != want {
			t.Errorf("%q: faults %v, ask %v, warn %v, high %d", address, faults, got.Analysis.AskLogOdds, got.Analysis.WarnLogOdds, got.Pain.High)
		}
	}
}

func TestFaultyThresholdsAreAllNamed(t *testing.T) {
	rec := visit(t, &fakeTuner{inForce: gait.DefaultParams()}, http.MethodGet,
		"/thresholds?sensitivity=shrill&analysis.ask=99&pain.high=4.5&pain.hihg=4&analysis.warn=x&analysis.min_blocks=20", nil)
	wantPage(t, rec, http.StatusBadRequest, "shrill", "analysis.ask: 99 is outside", "4.5 is not a whole number", "pain.hihg", "x&#34; is not a number", "backtest --set analysis.min_blocks")
}

func TestThePageShowsWhatWouldHaveBeen(t *testing.T) {
	app := &fakeTuner{inForce: gait.DefaultParams()}
	keen := gait.DefaultParams()
	if err := keen.SetSensitivity(gait.Keen); err != nil {
		t.Fatal(err)
	}
	ask, warn := number(keen.Analysis.AskLogOdds), number(keen.Analysis.WarnLogOdds)
	rec := visit(t, app, http.MethodGet, "/thresholds?analysis.ask="+ask+"&analysis.warn="+warn+"&pain.high=5", nil)
	wantPage(t, rec, http.StatusOK, "<strong>40</strong> runs", "<strong>0</strong> would", `<strong id="given">1</strong>`, `href="/runs/ab"`,
		"a message with these, none now", "keep running", "a question", `value="keen" data-ask="`+ask+`" data-warn="`+warn+`" checked`,
		`name="pain.high" min="1" max="10" step="1" value="5"`, `name="was.pain.high" value="5"`,
		"[analysis]\nsensitivity = &#34;keen&#34;\n[pain]\nhigh = 5\n")
	if app.asked.Pain.High != 5 {
		t.Errorf("asked for %+v", app.asked.Pain)
	}
	if body := visit(t, app, http.MethodGet, "/thresholds", nil).Body.String(); strings.Contains(body, "To make them stand") {
		t.Error("the thresholds in force are to be made to stand")
	}
}

func TestEverySliderIsAThreshold(t *testing.T) {
	p := gait.DefaultParams()
	if got := len(thresholdsPage{Given: p, InForce: p}.Sliders()); got != len(mainThresholds()) {
		t.Errorf("%d sliders for %d thresholds", got, len(mainThresholds()))
	}
	for _, main := range mainThresholds() {
		q, ok := p.Lookup(main[0])
		if !ok {
			t.Fatalf("%s is none", main[0])
		}
		if err := setThreshold(&p, main[0], number(q.Default+q.Max-q.Default)); err != nil {
			t.Errorf("%s cannot be tried out: %v", main[0], err)
		}
	}
}

// TestTheEndsOfASliderSayWhatLiesThere: with more a race is near for longer, and
// everything else speaks later.
func TestTheEndsOfASliderSayWhatLiesThere(t *testing.T) {
	p := gait.DefaultParams()
	for _, s := range (thresholdsPage{Given: p, InForce: p}).Sliders() {
		if wider := s.Key == "pain.goal_days"; (s.Left == "calmer") != wider || (s.Right == "keener") != wider {
			t.Errorf("%s: %s to %s", s.Key, s.Left, s.Right)
		}
	}
	wantPage(t, visit(t, &fakeTuner{inForce: p}, http.MethodGet, "/thresholds?analysis.ask=-1.1", nil), http.StatusOK,
		`<output for="analysis.ask">a chance of 25 %</output>`, "in force: "+words.Limit(p.Analysis.AskLogOdds), `<output for="pain.high">6 of 10</output>`)
}

func TestOwnNumbersBecomeLinesOfTheConfig(t *testing.T) {
	inForce := gait.DefaultParams()
	given := inForce
	given.Analysis.AskLogOdds, given.Pain.RestWorst, given.Pain.GoalDays = -3, 4, 60
	want := "[analysis]\nask = -3 # a chance of 5 %\n[pain]\nrest_worst = 4\ngoal_days = 60\n"
	if got := (thresholdsPage{Given: given, InForce: inForce, Word: wordOf(given)}).TOML(); got != want {
		t.Errorf("got\n%s", got)
	}
}
