package words

import (
	"slices"
	"strings"
	"testing"

	"gaitkeeper/gait"
)

func TestAChangeOfTheForm(t *testing.T) {
	sized := func(f gait.Feature, change float64) gait.FormReading {
		return gait.FormReading{Feature: f, Change: change}
	}
	f := gait.Form{
		What: []gait.Feature{gait.FeatureCadence, gait.FeatureStanceTime, gait.FeatureVerticalOscillation, gait.FeatureWalkBreaks, gait.FeaturePaceFade, gait.FeaturePace},
		Readings: []gait.FormReading{
			sized(gait.FeaturePace, -6), sized(gait.FeatureCadence, 3.6), sized(gait.FeatureStanceTime, 9.4),
			sized(gait.FeatureVerticalOscillation, -5), sized(gait.FeatureWalkBreaks, 8), sized(gait.FeaturePaceFade, 7),
		},
	}
	want := []string{
		"4 steps a minute more at the same speed", "9 ms longer on the ground with each step", "5 mm less bounce with each step",
		"8 % more of the time walked", "a pace that falls by 7 % more towards the end", "6 % slower",
	}
	if got := formWays(f); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	f.Readings = f.Readings[:2]
	want = []string{
		"4 steps a minute more at the same speed", "time on the ground with each step unlike your habit", "bounce with each step unlike your habit",
		"walking in between unlike your habit", "loss of pace towards the end unlike your habit", "6 % slower",
	}
	if got := formWays(f); !slices.Equal(got, want) {
		t.Errorf("with the sizes of two alone: %q", got)
	}
}

func TestAFeatureBesideItsHabit(t *testing.T) {
	for want, r := range map[string]gait.FormReading{
		"cadence: 163 steps a minute; 167 is usual for you in such a run, give or take 2":   {Feature: gait.FeatureCadence, Value: 163, Usual: 167, Spread: 2.2},
		"share of the time walked: 1 %; 0 is usual for you in such a run, give or take 2":   {Feature: gait.FeatureWalkBreaks, Value: 1.2, Usual: -0.3, Spread: 2},
		"pace: as is usual for you in such a run, give or take 5 %":                         {Feature: gait.FeaturePace, Value: 99.6, Usual: 100, Spread: 5},
		"pace: 6 % slower than is usual for you in such a run, give or take 5 %":            {Feature: gait.FeaturePace, Value: 97, Usual: 103, Spread: 5},
		"time on the ground with each step: 254 ms; 246 is usual for you in such a run, gi": {Feature: gait.FeatureStanceTime, Value: 254, Usual: 246, Spread: 4},
	} {
		if got := reading(r); !strings.HasPrefix(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
