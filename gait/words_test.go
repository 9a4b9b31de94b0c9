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
	p := Pain{Focal: Yes, Worsening: No, Limping: Yes, Medication: No, Swelling: Yes}
	if got, want := p.Complaints(), []string{"one tender spot", "limped", "swollen"}; !slices.Equal(got, want) {
		t.Errorf("complaints %q, want %q", got, want)
	}
	seen := map[string]bool{}
	for i := range p.Flags() {
		var flagged Pain
		f := flagged.Flags()[i]
		*f.Answer = Yes
		if !slices.Equal(flagged.Complaints(), []string{f.Yes}) || !flagged.Hurts() || seen[f.Name] || f.Yes == f.No {
			t.Errorf("flag %q alone: %+v", f.Name, flagged)
		}
		seen[f.Name] = true
	}
}
