package gait

import (
	"slices"
	"strings"
	"testing"
)

func TestAChangeOfTheFormInWords(t *testing.T) {
	reading := func(f Feature, change float64) FormReading { return FormReading{Feature: f, Change: change} }
	f := Form{
		What: []Feature{FeatureCadence, FeatureStanceTime, FeatureVerticalOscillation, FeatureWalkBreaks, FeaturePaceFade, FeaturePace},
		Readings: []FormReading{
			reading(FeaturePace, -6), reading(FeatureCadence, 3.6), reading(FeatureStanceTime, 9.4),
			reading(FeatureVerticalOscillation, -5), reading(FeatureWalkBreaks, 8), reading(FeaturePaceFade, 7),
		},
	}
	want := []string{
		"4 steps a minute more at the same speed", "9 ms longer on the ground with each step", "5 mm less bounce with each step",
		"8 % more of the time walked", "a pace that falls by 7 % more towards the end", "6 % slower",
	}
	if got := f.Ways(); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	f.Readings = f.Readings[:2]
	if got := f.Ways(); got != nil {
		t.Errorf("sizes that are not known are told: %q", got)
	}
}

func TestATraitBesideItsHabitInWords(t *testing.T) {
	for want, r := range map[string]FormReading{
		"cadence: 163 steps a minute; 167 is usual for you in such a run, give or take 2":   {Feature: FeatureCadence, Value: 163, Usual: 167, Spread: 2.2},
		"share of the time walked: 1 %; 0 is usual for you in such a run, give or take 2":   {Feature: FeatureWalkBreaks, Value: 1.2, Usual: -0.3, Spread: 2},
		"pace: 6 % slower than is usual for you in such a run, give or take 5 %":            {Feature: FeaturePace, Value: 97, Usual: 103, Spread: 5},
		"time on the ground with each step: 254 ms; 246 is usual for you in such a run, gi": {Feature: FeatureStanceTime, Value: 254, Usual: 246, Spread: 4},
	} {
		if got := r.Words(); !strings.HasPrefix(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
