package words

import (
	"math"
	"slices"
	"strings"
	"testing"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

func score(n int) gait.Score {
	s, _ := gait.Exactly(n)
	return s
}

func TestAccountWeighsTheEvidence(t *testing.T) {
	e := gait.Evidence{BaselineRuns: 20, Quality: gait.Quality{Balance: gait.BalanceOK}}
	e.Balance, e.Baseline, e.Shift, e.Band, e.StanceTimeShift, e.PriorLogOdds = 48, 50, -2, 1, 5, -.4
	e.Charts = []gait.ChartReading{{Chart: gait.ChartSudden, Value: 3, Ask: 2, Warn: 4}, {Chart: gait.ChartCreep, Value: math.Inf(1), Ask: math.NaN(), Warn: 4}, {Chart: gait.ChartWithinRun, Value: 1, Ask: 2, Warn: 3}}
	e.Form = gait.Form{Level: gait.LevelAsk, What: []gait.Feature{gait.FeatureCadence}}
	in := Words{}.Account(finding.Assessment{Verdict: finding.VerdictKeep, Evidence: e, Pain: finding.PainSummary{Answered: true, Worst: score(0)}})
	for text, speaks := range map[string]bool{
		"2.00 points from your normal, outside the 1.0": true, "this run alone against your normal: 3.0 (a question from 2.0, a warning from 4.0)": true,
		"cadence": true, "over the last runs: 99.0": true,
		"in the middle of the run: 1.0": false, "what you said, now and before, and the length of the run: the chance of a change is 50 % with it, 60 % from your gait alone": false, "nothing hurt": false,
	} {
		has := func(lines []string) bool {
			return slices.ContainsFunc(lines, func(l string) bool { return strings.Contains(l, text) })
		}
		if has(in.For) != speaks || has(in.Against) == speaks {
			t.Errorf("%q speaks for a change %v, against it %v", text, has(in.For), has(in.Against))
		}
	}
	if want := "50.00 % on the left foot, give or take 1.0 points, from 20 runs"; in.Normal != want {
		t.Errorf("got %q", in.Normal)
	}
}

func TestWithoutABalanceItIsSaidWhatWasLookedAt(t *testing.T) {
	e := gait.Evidence{Quality: gait.Quality{Balance: gait.BalanceNone}}
	e.Form = gait.Form{
		Level: gait.LevelAsk, What: []gait.Feature{gait.FeatureCadence}, Runs: 3,
		Readings: []gait.FormReading{{Feature: gait.FeatureCadence, Value: 163, Usual: 167, Spread: 2, Change: -4}},
	}
	in := Words{}.Account(finding.Assessment{Verdict: finding.VerdictAsk, Evidence: e})
	if len(in.FormReadings) != 2 || !strings.HasPrefix(in.FormReadings[0], "cadence: 163 steps a minute; 167 is usual") || !strings.Contains(in.FormReadings[1], "A strap or pod") {
		t.Errorf("looked at %q", in.FormReadings)
	}
	if !slices.Contains(in.For, "over the last 3 runs: 4 steps a minute fewer at the same speed") {
		t.Errorf("for a change %q", in.For)
	}
	e.Form, e.Quality.Balance = gait.Form{Level: gait.LevelNone}, gait.BalanceOK
	if in = (Words{}).Account(finding.Assessment{Verdict: finding.VerdictKeep, Evidence: e}); len(in.FormReadings) != 1 || !strings.Contains(in.FormReadings[0], "nothing to hold this run against") {
		t.Errorf("looked at %q", in.FormReadings)
	}
}
