package ingest

import (
	"math"
	"time"

	"gaitkeeper/gait"
)

// isBetter reports whether recording r should take the place of o, which is of
// the same activity: a FIT file beats a summary from a server, left and right
// beat stance time, which beats cadence alone, and a whole or longer recording
// beats one that broke off. What a place has changed takes the place of what it
// had before.
func isBetter(r, o gait.Run) bool {
	if replaced(r, o) {
		return true
	}
	if len(r.Samples) == 0 && o.Signals != 0 {
		return false // the summary alone, such as of an edit
	}
	if a, b := fromFIT(r), fromFIT(o); a != b && !o.Gone {
		return a
	}
	if a, b := dynamics(r.Signals), dynamics(o.Signals); a != b {
		return a > b
	}
	if r.Truncated != o.Truncated {
		return o.Truncated
	}
	return o.Truncated && r.Duration > o.Duration || o.Gone && changed(r, o)
}

// replaced reports whether r is what now stands in the very place that the
// recording of o was taken from, and differs: cropped on a server, or written
// again under the name of the old file. Half a recording replaces nothing.
func replaced(r, o gait.Run) bool {
	if r.Truncated || len(r.Samples) == 0 || !changed(r, o) {
		return false
	}
	for _, p := range o.Origins {
		for _, q := range r.Origins {
			if p.Recording && (q.SamePlace(p) || q.Supersedes(p)) {
				return true
			}
		}
	}
	return false
}

// changed reports whether two recordings differ in what they sum up to.
func changed(a, b gait.Run) bool {
	metres := func(r gait.Run) float64 {
		if !gait.Known(r.Distance) {
			return -1
		}
		return math.Round(float64(r.Distance))
	}
	second := func(d time.Duration) time.Duration { return d.Round(time.Second) }
	return a.Start.Unix() != b.Start.Unix() || second(a.Duration) != second(b.Duration) || second(a.Elapsed) != second(b.Elapsed) ||
		metres(a) != metres(b) || a.Signals != b.Signals
}

func fromFIT(r gait.Run) bool {
	for _, o := range r.Origins {
		if o.Source != gait.SourceStrava && o.Source != gait.SourceAppleHealth {
			return true
		}
	}
	return false
}

// dynamics ranks what a run can tell of the gait.
func dynamics(s gait.Signals) int {
	switch {
	case s.Has(gait.SignalStanceTimeBalance):
		return 3
	case s.Has(gait.SignalStanceTime):
		return 2
	case s.Has(gait.SignalCadence):
		return 1
	default:
		return 0
	}
}
