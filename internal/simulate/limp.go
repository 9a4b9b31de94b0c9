package simulate

import (
	"time"

	"gaitkeeper/gait"
)

// Shape is how a limp comes.
type Shape string

// The shapes.
const (
	Pulse     Shape = "pulse"       // one run only
	Step      Shape = "step"        // at full size from the first run on
	Ramp      Shape = "ramp"        // grows from run to run
	StepInRun Shape = "step_in_run" // begins in the middle of each of its runs
	RampInRun Shape = "ramp_in_run" // grows from the middle of each of its runs
)

// Limp is a change of gait that spares one foot.
type Limp struct {
	// From is the index of the first limping run, 0 being the season's first;
	// To the index of the first run without it again (0: it stays).
	From, To int
	// Side is the spared side: that foot spends the shorter time on the
	// ground. Both changes stance time and cadence but never the balance.
	Side gait.Side
	// Size is how far the balance moves at most.
	Size gait.Points
	// Shape is how it comes; empty is a step.
	Shape Shape
	// At is when it begins inside a run, for the shapes that do; where it is
	// zero AtShare counts, as a share of the run's time.
	At      time.Duration
	AtShare float64
	// RampRuns is the number of runs in which a ramp grows (0: 10), RampTime
	// the time in which one inside a run does (0: ten minutes).
	RampRuns int
	RampTime time.Duration
	// Every lets it come in each so many-th run only (0 and 1: in all), from
	// From on; Bout lets it come in so many runs and stay away in as many.
	Every, Bout int
	// WarmsOff is the time after which it has gone within each run, evenly; 0:
	// it stays.
	WarmsOff time.Duration
	// Only says where it is felt; empty is everywhere.
	Only Felt
}

// Felt is where a limp is felt.
type Felt string

// The places: on slopes downwards, and faster than the runner's easy speed.
const (
	Downhill Felt = "downhill"
	Fast     Felt = "fast"
)

// here is the share of the limp that this runner feels at this slope, in percent, and
// this speed, as a multiple of the easy one.
func (l Limp) here(body *Body, grade, pace float64) float64 {
	switch l.Only {
	case Downhill:
		return clip(-grade/body.LimpSlope, 0, 1)
	case Fast:
		return clip((pace-1)/body.LimpPace, 0, 1)
	default:
		return 1
	}
}

// What a limp does beside the balance, for each point of its size, and the
// usual lengths of its growth.
const (
	limpUnsteady = 0.05  // of the logarithm of the cadence's spread
	limpWalk     = 0.005 // share of the time walked
	rampRuns     = 10
	rampTime     = 10 * time.Minute
)

// active tells whether the limp has a part in the run.
func (l Limp) active(run int) bool {
	if l.Shape == Pulse {
		return run == l.From
	}
	if run < l.From || l.To != 0 && run >= l.To {
		return false
	}
	since := run - l.From
	return since%max(l.Every, 1) == 0 && (l.Bout == 0 || since/l.Bout%2 == 0)
}

// onset returns the second at which it begins inside a run of that length.
func (l Limp) onset(duration int) int {
	switch {
	case l.Shape != StepInRun && l.Shape != RampInRun:
		return 0
	case l.At > 0:
		return int(l.At.Seconds())
	default:
		return int(l.AtShare * float64(duration))
	}
}

// full returns the size the limp reaches in the run.
func (l Limp) full(run int) float64 {
	if l.Shape != Ramp {
		return float64(l.Size)
	}
	runs := l.RampRuns
	if runs == 0 {
		runs = rampRuns
	}
	return float64(l.Size) * min(1, float64(run-l.From+1)/float64(runs))
}

// size returns the limp's size at a second of the run.
func (l Limp) size(run, second, duration int) float64 {
	since := second - l.onset(duration)
	if !l.active(run) || since < 0 {
		return 0
	}
	full := l.full(run)
	if l.WarmsOff > 0 {
		full *= max(0, 1-float64(since)/l.WarmsOff.Seconds())
	}
	if l.Shape != RampInRun {
		return full
	}
	over := l.RampTime
	if over == 0 {
		over = rampTime
	}
	return full * min(1, float64(since)/over.Seconds())
}

// sign is the direction in which a spared foot moves the left foot's share.
func sign(side gait.Side) float64 {
	switch side {
	case gait.Left:
		return -1
	case gait.Right:
		return 1
	default:
		return 0
	}
}

// SizeAt returns the limp's size, in points, at a second of the run with the
// given index, which lasts so many seconds.
func (l Limp) SizeAt(run, second, duration int) float64 { return l.size(run, second, duration) }
