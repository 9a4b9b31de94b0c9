package words

import (
	"fmt"
	"math"
	"slices"

	"gaitkeeper/gait"
)

// formWays says in what the form has changed: "4 steps a minute fewer". It is empty
// where the sizes are not known.
func formWays(f gait.Form) []string {
	var ways []string
	for _, what := range f.What {
		at := slices.IndexFunc(f.Readings, func(r gait.FormReading) bool { return r.Feature == what })
		if at < 0 {
			return nil
		}
		ways = append(ways, change(f.Readings[at]))
	}
	return ways
}

// change says by how much the feature has changed.
func change(r gait.FormReading) string {
	either := func(more, less string) string {
		if r.Change < 0 {
			return less
		}
		return more
	}
	size := math.Abs(r.Change)
	switch r.Feature {
	case gait.FeatureCadence:
		return fmt.Sprintf("%.0f steps a minute %s at the same speed", size, either("more", "fewer"))
	case gait.FeatureStanceTime:
		return fmt.Sprintf("%.0f ms %s on the ground with each step", size, either("longer", "shorter"))
	case gait.FeatureVerticalOscillation:
		return fmt.Sprintf("%.0f mm %s bounce with each step", size, either("more", "less"))
	case gait.FeatureWalkBreaks:
		return fmt.Sprintf("%.0f %% %s of the time walked", size, either("more", "less"))
	case gait.FeaturePaceFade:
		return fmt.Sprintf("a pace that falls by %.0f %% %s towards the end", size, either("more", "less"))
	case gait.FeaturePace:
		return fmt.Sprintf("%.0f %% %s", size, either("faster", "slower"))
	default:
		return FeatureName(r.Feature) + " unlike your habit"
	}
}

// whole prints a figure without decimals; one that rounds to nothing has no sign.
func whole(v float64) string { return fmt.Sprintf("%.0f", math.Round(v)+0) }

// reading sets the run beside the habit: "cadence: 163 steps a minute; 167 is usual
// for such a run, give or take 2".
func reading(r gait.FormReading) string {
	beside := func(name, unit string) string {
		return fmt.Sprintf("%s: %s %s; %s is usual for you in such a run, give or take %s", name, whole(r.Value), unit, whole(r.Usual), whole(r.Spread))
	}
	switch r.Feature {
	case gait.FeatureCadence:
		return beside("cadence", "steps a minute")
	case gait.FeatureStanceTime:
		return beside("time on the ground with each step", "ms")
	case gait.FeatureVerticalOscillation:
		return beside("bounce with each step", "mm")
	case gait.FeatureWalkBreaks:
		return beside("share of the time walked", "%")
	case gait.FeaturePaceFade:
		return beside("loss of pace from the first third to the last", "%")
	case gait.FeaturePace:
		off := gait.FormReading{Feature: gait.FeaturePace, Change: r.Value - r.Usual}
		return fmt.Sprintf("pace: %s than is usual for you in such a run, give or take %.0f %%", change(off), r.Spread)
	default:
		return beside(string(r.Feature), "")
	}
}
