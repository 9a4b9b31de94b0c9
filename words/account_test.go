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
	e.Balance, e.Baseline, e.Shift, e.Band, e.PriorLogOdds = 48, 50, -2, 1, -.4
	e.Charts = []gait.ChartReading{{Chart: gait.ChartSudden, Value: 3, Ask: 2, Warn: 4}, {Chart: gait.ChartCreep, Value: math.Inf(1), Ask: math.NaN(), Warn: 4}, {Chart: gait.ChartWithinRun, Value: 1, Ask: 2, Warn: 3}}
	e.Form = gait.Form{Level: gait.LevelAsk, What: []gait.Feature{gait.FeatureCadence}}
	in := Words{}.Account(finding.Assessment{Verdict: finding.VerdictKeep, Evidence: e, Pain: finding.PainSummary{Answered: true, Worst: score(0)}})
	for text, speaks := range map[string]bool{
		"2.00 points from your normal, outside the 1.0": true, "this run alone against your normal: 3.0 (a question from 2.0, a warning from 4.0)": true,
		"cadence": true, "over the last runs: 99.0": true,
		"in the middle of the run: 1.0": false, "what you said, now and before, and the length of the run: the chance of a change is 50 % with it, about 1 in 2 from your gait alone": false, "nothing hurt": false,
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

// TestWhatWasTakenOutAndLeftOutIsSaid looks at each influence and reason.
func TestWhatWasTakenOutAndLeftOutIsSaid(t *testing.T) {
	var e gait.Evidence
	for _, by := range []gait.Influence{gait.BySpeed, gait.BySlope, gait.ByTreadmill, gait.BySlide, gait.ByWayBack} {
		e.Adjustments = append(e.Adjustments, gait.Adjustment{By: by, Points: -0.3, Speed: 3.1, Usual: 2.8, Grade: 1.2})
	}
	for _, why := range []gait.Omitted{
		gait.OmittedStrays, gait.OmittedUnsteady, gait.OmittedNewSensor, gait.OmittedFaultBefore, gait.OmittedNoMinutes, gait.OmittedLearning, gait.OmittedByRecording,
	} {
		e.LeftOut = append(e.LeftOut, gait.Omission{Why: why, Count: 2, Of: 3, Times: 1.8, Note: "the recording broke off"})
	}
	in := Words{}.Account(finding.Assessment{Evidence: e})
	for i, want := range []string{
		"0.30 points added to the left share for speed, 3.1 m/s against your usual 2.8", "for the slope, +1.2 % on average", "for the treadmill",
		"your usual slide of 0.3 points towards the right foot", "0.3 points towards the right foot on the way back",
	} {
		if !strings.Contains(in.Adjustments[i], want) {
			t.Errorf("got %q, want %q", in.Adjustments[i], want)
		}
	}
	for i, want := range []string{
		"2 single minutes", "scatter 1.8 times", "another sensor", "at fault shortly before", "do not differ", "2 runs learned, 3 are needed", "the recording broke off",
	} {
		if !strings.Contains(in.LeftOut[i], want) {
			t.Errorf("got %q, want %q", in.LeftOut[i], want)
		}
	}
}
