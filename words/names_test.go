package words_test

import (
	"slices"
	"testing"

	"gaitkeeper/gait"
	"gaitkeeper/words"
)

func TestAPlaceIsNamedAsARunnerSaysIt(t *testing.T) {
	for _, tt := range []struct {
		side gait.Side
		site gait.Site
		want string
	}{
		{gait.Left, gait.Achilles, "left Achilles tendon"},
		{gait.Both, gait.Calf, "both calves"},
		{gait.Both, gait.Back, "both sides of the back"},
		{gait.NoSide, gait.Shin, "shin"},
		{gait.Right, gait.OtherSite, "right sore spot"},
		{gait.Right, gait.NoSite, "right"},
		{gait.NoSide, gait.NoSite, ""},
	} {
		if got := words.Place(tt.side, tt.site); got != tt.want {
			t.Errorf("%q %q is %q, want %q", tt.side, tt.site, got, tt.want)
		}
	}
}

func TestWhatIsMeasuredHasAName(t *testing.T) {
	var said []string
	for _, c := range []gait.Chart{gait.ChartSudden, gait.ChartConfirmed, gait.ChartCreep, gait.ChartWithinRun} {
		said = append(said, string(c), words.ChartName(c))
	}
	for _, f := range []gait.Feature{gait.FeatureStanceTime, gait.FeatureWalkBreaks, gait.FeaturePaceFade} {
		said = append(said, string(f), words.FeatureName(f))
	}
	if slices.Sort(said); len(slices.Compact(said)) != 14 {
		t.Errorf("a name stands for itself, or for another: %q", said)
	}
	if words.FeatureName(gait.FeatureCadence) != "cadence" || words.KindName(gait.NoKind) != "" {
		t.Error("what has a name of its own lost it")
	}
}

func TestFlagsSayYesAndNo(t *testing.T) {
	p := gait.Pain{Focal: gait.Yes, Worsening: gait.No, Limping: gait.Yes, Medication: gait.No, Swelling: gait.Yes}
	if got, want := words.Complaints(p), []string{"one tender spot", "limped", "swollen"}; !slices.Equal(got, want) {
		t.Errorf("complaints %q, want %q", got, want)
	}
	seen := map[string]bool{}
	for i := range p.Flags() {
		var flagged gait.Pain
		f := flagged.Flags()[i]
		*f.Answer = gait.Yes
		yes, no := words.FlagName(f.Name, gait.Yes), words.FlagName(f.Name, gait.No)
		if !slices.Equal(words.Complaints(flagged), []string{yes}) || !flagged.Hurts() || seen[f.Name] || yes == no || yes == "" || no == "" {
			t.Errorf("flag %q alone: %+v", f.Name, flagged)
		}
		seen[f.Name] = true
	}
}
