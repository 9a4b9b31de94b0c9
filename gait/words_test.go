package gait

import (
	"slices"
	"testing"
)

func TestWhatIsMeasuredHasWords(t *testing.T) {
	var said []string
	for _, c := range []Chart{ChartSudden, ChartConfirmed, ChartCreep, ChartWithinRun} {
		said = append(said, string(c), c.Words())
	}
	for _, f := range []Feature{FeatureStanceTime, FeatureWalkBreaks, FeaturePaceFade} {
		said = append(said, string(f), f.Words())
	}
	if slices.Sort(said); len(slices.Compact(said)) != 14 {
		t.Errorf("a name stands for itself, or for another: %q", said)
	}
	if FeatureCadence.Words() != "cadence" || NoKind.Words() != "" {
		t.Error("what has a name of its own lost it")
	}
}

func TestFlagsSayYesAndNo(t *testing.T) {
	p := Pain{Focal: Yes, Worsening: No, Limping: Yes, Medication: No}
	if got, want := p.Flags(), []string{"one deep spot", "did not grow", "limped", "no pain relievers"}; !slices.Equal(got, want) {
		t.Errorf("flags %q, want %q", got, want)
	}
	if got, want := p.Complaints(), []string{"one deep spot", "limped"}; !slices.Equal(got, want) {
		t.Errorf("complaints %q, want %q", got, want)
	}
	for _, flagged := range []Pain{{Focal: Yes}, {Worsening: Yes}, {Limping: Yes}, {Night: Yes}, {Medication: Yes}, {DailyLife: Yes}, {Mood: Yes}} {
		if len(flagged.Complaints()) != 1 {
			t.Errorf("%+v complains of %q", flagged, flagged.Complaints())
		}
	}
}
