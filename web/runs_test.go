package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gaitkeeper/api"
	"gaitkeeper/chart"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// someRuns returns n runs, a day apart, oldest first. Every third hurt, every
// fourth was on a trail, every fifth was warned of.
func someRuns(n int) []api.Run {
	worst, _ := gait.Exactly(3)
	none, _ := gait.Exactly(0)
	runs := make([]api.Run, n)
	for i := range runs {
		metres := 8123.4
		runs[i] = api.Run{
			ID: gait.RunID(fmt.Sprintf("%016x", i)), Start: time.Date(2026, 1, 1+i, 7, 0, 0, 0, time.UTC), DurationS: 2710, DistanceM: &metres,
			Context: gait.Road, Verdict: finding.VerdictKeep, Pain: finding.PainSummary{Answered: true, Worst: none},
		}
		if i%3 == 0 {
			runs[i].Pain = finding.PainSummary{Answered: true, Worst: worst, Site: gait.Achilles, Side: gait.Left, Entries: 1}
		}
		if i%4 == 0 {
			runs[i].Context = gait.Trail
		}
		if i%5 == 0 {
			runs[i].Verdict, runs[i].Alert.Level = finding.VerdictStop, gait.LevelWarn
		}
	}
	return runs
}

func TestTheListOfRuns(t *testing.T) {
	g := insider(t, fakeApp{runs: someRuns(120)}, Options{})
	for query, want := range map[string]struct {
		found string
		rows  int
		first string
		links []string
	}{
		"":                         {"120 runs, newest first. Page 1 of 3.", 50, "/runs/0000000000000077", []string{`href="/runs?page=2">Older`}},
		"?page=3":                  {"Page 3 of 3.", 20, "/runs/0000000000000013", []string{`href="/runs?page=2">Newer`}},
		"?page=99":                 {"Page 3 of 3.", 20, "/runs/0000000000000013", nil},
		"?pain=1":                  {"40 runs, newest first.", 40, "/runs/0000000000000075", nil},
		"?loud=1":                  {"24 runs", 24, "/runs/0000000000000073", nil},
		"?context=trail":           {"30 runs", 30, "/runs/0000000000000074", nil},
		"?pain=1&loud=1":           {"8 runs", 8, "/runs/0000000000000069", nil},
		"?context=track":           {"No runs here.", 0, "", nil},
		"?since=2026-01-01&page=2": {"Page 2 of 3.", 50, "/runs/0000000000000045", []string{`href="/runs?page=1&amp;since=2026-01-01">Newer`, `href="/runs?page=3&amp;since=2026-01-01">Older`}},
	} {
		page := body(t, g.ask("/runs"+query, nil))
		for _, w := range append(want.links, want.found) {
			if !strings.Contains(page, w) {
				t.Errorf("%s lacks %q", query, w)
			}
		}
		_, list, _ := strings.Cut(page, `<ol class="runs">`)
		if got := strings.Count(list, "<li>"); got != want.rows {
			t.Errorf("%s shows %d runs", query, got)
		}
		if want.first != "" && !strings.HasPrefix(strings.TrimSpace(list), `<li><span class="head"><span class="day"><a href="`+want.first+`"`) {
			t.Errorf("%s begins with %.80s", query, list)
		}
	}
}

func TestAVerdictIsNeverColourAlone(t *testing.T) {
	page := body(t, insider(t, fakeApp{runs: someRuns(1)}, Options{}).ask("/runs", nil))
	for _, want := range []string{
		`<span class="badge stop"><span aria-hidden="true">■</span> stop</span>`, "pain 3 of 10, left Achilles tendon", "8.1 km", "45:10",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("lacks %q in\n%s", want, page)
		}
	}
}

func TestAFaultStandsBesideItsField(t *testing.T) {
	g := insider(t, fakeApp{}, Options{})
	for query, want := range map[string]string{
		"context=moon":    `aria-describedby="context-fault"`,
		"since=yesterday": `<p class="fault" id="since-fault">&#34;yesterday&#34; is not a date`,
		"page=0":          `is not a page number`,
	} {
		answer := g.ask("/runs?"+query, nil)
		if page := body(t, answer); answer.StatusCode != http.StatusBadRequest || !strings.Contains(page, want) {
			t.Errorf("%s: status %d, lacks %q", query, answer.StatusCode, want)
		}
	}
}

// answerApp explains one run and keeps what it is told.
type answerApp struct {
	fakeApp
	explained api.Explanation
	course    chart.Run
	said      []string
}

func (a *answerApp) Explain(_ context.Context, ref string) (api.Explanation, error) {
	if ref != string(a.explained.ID) {
		return api.Explanation{}, fmt.Errorf("run %s: %w", ref, gait.ErrNotFound)
	}
	return a.explained, nil
}

func (a *answerApp) RunChart(context.Context, gait.RunID) (chart.Run, error) { return a.course, nil }

func (a *answerApp) ExcludeRun(_ context.Context, _ string, out bool) (gait.Run, finding.Standing, error) {
	a.explained.Excluded = out
	return gait.Run{}, finding.Standing{}, nil
}

func (a *answerApp) Answer(_ context.Context, ref string, kind gait.AnswerKind) (gait.Run, finding.Standing, error) {
	a.said = append(a.said, ref+" "+string(kind))
	return gait.Run{}, finding.Standing{}, nil
}

func TestARunWithNoPainAndAPainSaysWhichCounts(t *testing.T) {
	app := explained()
	run := app.explained.ID
	app.explained.Entries = []gait.Pain{{ID: 3, Run: run, Site: gait.Knee, Side: gait.Left, Worst: exactly(3)}}
	const beside = "You noted left knee, 3 of 10, of the same run."
	if _, page := get(t, app, "/runs/"+string(run), here); strings.Contains(page, beside) {
		t.Error("nobody said anything else")
	}
	app.explained.Answers = []gait.AnswerKind{gait.AnswerNoPain}
	if _, page := get(t, app, "/runs/"+string(run), here); !strings.Contains(page, beside) {
		t.Error("the page does not say that the pain counts beside “no pain”")
	}
}

func explained() *answerApp {
	run := someRuns(1)[0]
	run.Asymmetry = api.Asymmetry{Level: gait.LevelWarn, Chart: gait.ChartWithinRun, ShortSide: gait.Left, LogOdds: 2, OnsetS: 1520}
	balance, normal, shift := 48.7, 50.3, -1.6
	run.Asymmetry.BalancePct, run.Asymmetry.BaselinePct, run.Asymmetry.ShiftPoints = &balance, &normal, &shift
	run.Quality.Balance, run.BaselineRuns, run.Alert.Suppressed = gait.BalanceOK, 20, finding.SuppressedRefractory
	run.Oddities = []string{"The clock jumped."}
	run.Reasons = []finding.Reason{
		{Rule: finding.StopLimp, Text: "Your left foot was on the ground less than is usual for you."},
		{Rule: finding.StopNight, Text: "It kept you awake."},
		{Rule: finding.StopLimp, Text: "Your right foot, too."},
	}
	worst, _ := gait.Exactly(3)
	return &answerApp{
		course: chart.Run{Minutes: []gait.Block{{Second: 600, StanceTimeBalance: 48.7}, {Second: 660, StanceTimeBalance: 48.9}}},
		explained: api.Explanation{
			Run: run, Signals: "cadence stance_time",
			Account: api.Account{
				Sentence: "Your left foot was on the ground less than is usual for you.", Normal: "50.3 % from 20 runs.",
				Adjustments: []string{"0.2 points for the hills."}, LeftOut: []string{"3 minutes without contact."},
				For: []string{"1.6 points from your normal."}, Against: []string{"The pace was as usual."}, Feedback: []string{"A strap was new in May."},
			},
			Charts:     []gait.ChartReading{{Chart: gait.ChartWithinRun, Value: 4.25, Ask: 2.46, Warn: 2.97}},
			Entries:    []gait.Pain{{Run: run.ID, Site: gait.Achilles, Side: gait.Left, Worst: worst, Limping: gait.Yes, Note: "since the <hill>"}},
			Answers:    []gait.AnswerKind{gait.AnswerUnsure},
			Thresholds: []api.ThresholdValue{{Key: "analysis.warn", Value: -1.1, Unit: "log odds", Meaning: "A warning."}, {Key: "pain.high", Value: 6, Meaning: "STOP-HIGH: …"}},
		},
	}
}

func TestOneRunShowsEverythingBehindItsVerdict(t *testing.T) {
	app := explained()
	page := body(t, insider(t, app, Options{}).ask("/runs/0000000000000000", nil))
	for _, want := range []string{
		`data-verdict="stop"`, "It kept you awake.", "Rules: STOP-LIMP, STOP-NIGHT</p>", "48.70 %", "50.30 %", "−1.60 points", "a warning, left foot", "about 1 in 2", "25:20 minutes",
		"on the ground less than is usual", "50.3 % from 20 runs.", "1.6 points from your normal.", "The pace was as usual.", "A strap was new in May.", "The clock jumped.",
		"a change in the middle of the run", "4.25", "2.46", "2.97", "0.2 points for the hills.", "3 minutes without contact.",
		"left Achilles tendon, 3 of 10 at worst, limped. “since the &lt;hill&gt;”", "You answered: I am not sure how to go on.", "analysis.warn", "-1.1 (a chance of 25 %)",
		"you were told already", `src="/runs/0000000000000000/chart.svg"`, `alt="Left foot&#39;s share of ground contact`,
		`<button class="second" name="kind" value="new-strap">`, "Leave this run out of everything",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("lacks %q", want)
		}
	}
	if n := strings.Count(page, "on the ground less than is usual"); n != 1 {
		t.Errorf("the gravest reason stands there %d times", n)
	}
	if strings.Contains(page, "pain.high") {
		t.Error("a limit that had no say is shown")
	}
	if t.Failed() {
		t.Log(page)
	}
}

func TestTheCourseOfARunIsDrawnForEachScreen(t *testing.T) {
	g := insider(t, explained(), Options{})
	const path = "/runs/0000000000000000/chart.svg"
	for query, want := range map[string]string{
		"": `viewBox="0 0 720 640"`, "?size=phone": `viewBox="0 0 360 560"`, "?theme=dark": "#14181D",
	} {
		answer := g.ask(path+query, nil)
		if text := body(t, answer); answer.Header.Get("Content-Type") != "image/svg+xml" || !strings.Contains(text, want) {
			t.Errorf("%s: lacks %s in %.300s", query, want, text)
		}
	}
	g.wants("nothing to draw", insider(t, &answerApp{}, Options{}).ask(path, nil), http.StatusNotFound, "")
}

func TestAnAnswerToARun(t *testing.T) {
	app := explained()
	g := insider(t, app, Options{})
	const path = "/runs/0000000000000000"
	g.wants("an answer", g.ask(path+"/answer", url.Values{"kind": {"new-shoes"}}), http.StatusSeeOther, path+"?done=noted")
	g.wants("to the open question", g.ask("/runs/latest/answer", url.Values{"kind": {"limp"}}), http.StatusSeeOther, "/?done=noted")
	answer := g.ask(path+"/answer", url.Values{"kind": {"maybe"}})
	if page := body(t, answer); answer.StatusCode != http.StatusBadRequest || !strings.Contains(page, "nothing was changed") {
		t.Errorf("an answer that is none: status %d\n%s", answer.StatusCode, page)
	}
	g.wants("a GET", g.ask(path+"/answer", nil), http.StatusMethodNotAllowed, "")
	if diff := cmp.Diff([]string{"0000000000000000 new-shoes", "latest limp"}, app.said); diff != "" {
		t.Errorf("said:\n%s", diff)
	}
	if page := body(t, g.ask(path+"?done=noted", nil)); !strings.Contains(page, `role="status">Noted.`) {
		t.Error("nothing says that it was noted")
	}
	g.wants("no such run", g.ask("/runs/ffff", nil), http.StatusNotFound, "")
}

func TestARunCanBeLeftOut(t *testing.T) {
	app := explained()
	g := insider(t, app, Options{})
	const path = "/runs/0000000000000000"
	g.wants("left out", g.ask(path+"/exclude", url.Values{}), http.StatusSeeOther, path+"?done=excluded")
	if page := body(t, g.ask(path, nil)); !app.explained.Excluded || !strings.Contains(page, "You took this run out of everything") {
		t.Error("the page does not say that the run is left out")
	}
	g.wants("back in", g.ask(path+"/exclude", url.Values{"undo": {"1"}}), http.StatusSeeOther, path+"?done=included")
	if app.explained.Excluded {
		t.Error("the run is still out")
	}
}

func TestEveryAnswerHasAButtonAndWords(t *testing.T) {
	offered := map[gait.AnswerKind]string{}
	for _, g := range answerGroups(true) {
		for _, b := range g.Answers {
			offered[gait.AnswerKind(b.Kind)] = b.Words
		}
	}
	for _, kind := range gait.AnswerKinds() {
		if words := offered[kind]; words == "" || words == string(kind) {
			t.Errorf("%s: %q", kind, words)
		}
	}
}

// A week that lies on two pages has its whole sum on both.
func TestWeeksHaveTheirWholeSum(t *testing.T) {
	g := insider(t, fakeApp{runs: someRuns(120)}, Options{})
	for query, want := range map[string]string{
		// The page ends within the week from Monday 9 March 2026.
		"": "Mon 9 Mar 2026</time> <span>7 runs · 56.9 km · 5:16:10</span>", "?page=2": "Mon 9 Mar 2026</time> <span>7 runs · 56.9 km · 5:16:10</span>",
	} {
		if page := body(t, g.ask("/runs"+query, nil)); !strings.Contains(page, want) {
			_, weeks, _ := strings.Cut(page, `class="week"`)
			t.Errorf("%q lacks %q:\n%.3000s", query, want, weeks)
		}
	}
}

func TestAWeekBeginsAsTheBrowsersLanguageSays(t *testing.T) {
	at := time.Date(2026, 5, 3, 12, 0, 0, 0, time.UTC) // a Sunday
	for accepted, want := range map[string]string{"": "2026-04-27", "en-US,en": "2026-05-03", "en-GB": "2026-04-27", "de": "2026-04-27", "pt-BR": "2026-05-03", "ja": "2026-05-03"} {
		l := locale{zone: time.UTC, language: languageOf(accepted)}
		if got := l.WeekOf(at).Format(time.DateOnly); got != want {
			t.Errorf("%q: the week of %v begins on %s, want %s", accepted, at, got, want)
		}
	}
}
