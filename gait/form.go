package gait

import (
	"fmt"
	"math"
	"slices"
)

// Form says whether the running form differs from the runner's habit, and in
// what.
type Form struct {
	Level Level     `json:"level"`
	What  []Feature `json:"what"`
	// LogOdds is the natural log of the odds that a limp, or what looks like
	// one, has changed the form; what was known beforehand is in it.
	LogOdds float64 `json:"log_odds"`
	// ByPain tells that the level was only reached because a new pain was known
	// beforehand.
	ByPain bool `json:"-"`
	// Runs is how many runs the change has lasted, this run counted.
	Runs int `json:"-"`
	// Readings is what was looked at.
	Readings []FormReading `json:"-"`
}

// FormReading is one trait of a run beside the runner's habit of it, in the
// trait's own unit: steps a minute, ms, mm, or hundredths. The pace is a
// hundred times the natural log of the speed in m/s.
type FormReading struct {
	Feature Feature
	Value   float64
	// Usual is what was expected at the run's speed, slope and length and with
	// its device, Spread the standard deviation of the runner's runs around it.
	Usual, Spread float64
	// Change is what the runs since the change began say of its size, where there
	// is one.
	Change float64
}

// Ways says in what the form has changed: "4 steps a minute fewer". It is empty
// where the sizes are not known.
func (f Form) Ways() []string {
	var ways []string
	for _, what := range f.What {
		at := slices.IndexFunc(f.Readings, func(r FormReading) bool { return r.Feature == what })
		if at < 0 {
			return nil
		}
		ways = append(ways, f.Readings[at].change())
	}
	return ways
}

// change says by how much the trait has changed.
func (r FormReading) change() string {
	either := func(more, less string) string {
		if r.Change < 0 {
			return less
		}
		return more
	}
	size := math.Abs(r.Change)
	switch r.Feature {
	case FeatureCadence:
		return fmt.Sprintf("%.0f steps a minute %s at the same speed", size, either("more", "fewer"))
	case FeatureStanceTime:
		return fmt.Sprintf("%.0f ms %s on the ground with each step", size, either("longer", "shorter"))
	case FeatureVerticalOscillation:
		return fmt.Sprintf("%.0f mm %s bounce with each step", size, either("more", "less"))
	case FeatureWalkBreaks:
		return fmt.Sprintf("%.0f %% %s of the time walked", size, either("more", "less"))
	case FeaturePaceFade:
		return fmt.Sprintf("a pace that falls by %.0f %% %s towards the end", size, either("more", "less"))
	case FeaturePace:
		return fmt.Sprintf("%.0f %% %s", size, either("faster", "slower"))
	default:
		return r.Feature.Words() + " unlike your habit"
	}
}

// whole prints a figure without decimals; one that rounds to nothing has no sign.
func whole(v float64) string { return fmt.Sprintf("%.0f", math.Round(v)+0) }

// Words sets the run beside the habit: "cadence: 163 steps a minute; 167 is usual
// for such a run, give or take 2".
func (r FormReading) Words() string {
	beside := func(name, unit string) string {
		return fmt.Sprintf("%s: %s %s; %s is usual for you in such a run, give or take %s", name, whole(r.Value), unit, whole(r.Usual), whole(r.Spread))
	}
	switch r.Feature {
	case FeatureCadence:
		return beside("cadence", "steps a minute")
	case FeatureStanceTime:
		return beside("time on the ground with each step", "ms")
	case FeatureVerticalOscillation:
		return beside("bounce with each step", "mm")
	case FeatureWalkBreaks:
		return beside("share of the time walked", "%")
	case FeaturePaceFade:
		return beside("loss of pace from the first third to the last", "%")
	case FeaturePace:
		off := FormReading{Feature: FeaturePace, Change: r.Value - r.Usual}
		return fmt.Sprintf("pace: %s than is usual for you in such a run, give or take %.0f %%", off.change(), r.Spread)
	default:
		return beside(string(r.Feature), "")
	}
}
