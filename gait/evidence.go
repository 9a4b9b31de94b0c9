package gait

import "time"

// Level is how severe something is: nothing, a question, a warning.
type Level string

// The levels, least severe first.
const (
	LevelNone Level = "none"
	LevelAsk  Level = "ask"
	LevelWarn Level = "warn"
)

// Above reports whether l is more severe than o. An empty level is none.
func (l Level) Above(o Level) bool { return l.rank() > o.rank() }

func (l Level) rank() int {
	switch l {
	case LevelWarn:
		return 2
	case LevelAsk:
		return 1
	default:
		return 0
	}
}

// Chart names what a change of the balance looked like.
type Chart string

// The charts.
const (
	ChartSudden    Chart = "sudden"     // this run against the runner's normal
	ChartConfirmed Chart = "confirmed"  // this run and those just before it
	ChartCreep     Chart = "creep"      // the last runs against an older normal
	ChartWithinRun Chart = "within_run" // a change in the middle of this run
)

// Felt is the part of a run in which a limp shows, where that is not from some moment
// on.
type Felt string

// The parts.
const (
	FeltAtFirst  Felt = "at_first" // it wears off
	FeltDownhill Felt = "downhill"
	FeltFast     Felt = "fast" // above the runner's usual speed
)

// Evidence is what the detector makes of one run: how far its balance and form
// stand from the runner's own normal, and what that rests on. The figures of
// the balance are unknown where there is none to judge.
type Evidence struct {
	Level Level
	// Chart is the one with the strongest evidence; empty at level none.
	Chart Chart
	// LogOdds is the natural log of the odds that a shift is there.
	LogOdds float64
	// PriorLogOdds is the part of it that was known before the run's figures
	// were looked at: pain, a jump in distance.
	PriorLogOdds float64
	// ShortSide is the foot that spends the shorter time on the ground.
	ShortSide Side
	// Balance is the run's own, adjusted for speed, grade and context; Baseline
	// the runner's normal before this run; Shift their difference.
	Balance  Percent
	Baseline Percent
	Shift    Points
	// Band is the half width of the runner's normal: two standard deviations.
	Band Points
	// StanceDifference is the shift as milliseconds between the spared foot
	// and its usual time on the ground (positive: shorter than usual).
	StanceDifference Milliseconds
	// Onset is the moment of a change inside the run, from its start.
	Onset time.Duration
	// Felt is where in the run such a change shows that has no onset.
	Felt Felt
	// BaselineRuns is the number of runs the baseline rests on.
	BaselineRuns int
	// Charts are all charts that could be drawn, with their limits.
	Charts []ChartReading
	Form   Form
	// Quality is the run's own, or suspect_sensor where only the comparison
	// with earlier runs shows the fault.
	Quality Quality
	// Adjustments are what was taken out of the balance, LeftOut what was not used and
	// why.
	Adjustments []Adjustment
	LeftOut     []Omission
}

// Influence is what moves a balance without being a limp.
type Influence string

// The influences.
const (
	BySpeed     Influence = "speed"
	BySlope     Influence = "slope"
	ByTreadmill Influence = "treadmill"
	ByTrail     Influence = "trail"
	ByTrack     Influence = "track"
	BySlide     Influence = "slide"    // from a run's start to its end
	ByWayBack   Influence = "way_back" // where the road slopes to the other side
)

// Adjustment is one influence that was taken out of a balance before it was compared.
type Adjustment struct {
	By Influence
	// Points is by how much it had moved the left foot's share; of slide and way back,
	// which are inside the run, from one part of it to the other.
	Points Points
	// Speed is the run's and Usual the runner's, where it was that; Grade the mean
	// slope of the run.
	Speed, Usual MetresPerSecond
	Grade        Percent
}

// Omitted is a reason why something of a run was not used, or was trusted less.
type Omitted string

// The reasons.
const (
	OmittedByRecording Omitted = "recording"      // what the measurement itself left out: Note says it
	OmittedStrays      Omitted = "strays"         // single minutes far from their neighbours
	OmittedUnsteady    Omitted = "unsteady"       // the minutes scatter so many times as widely as usual
	OmittedNewSensor   Omitted = "new_sensor"     // not the sensor of the run before
	OmittedFaultBefore Omitted = "fault_before"   // the strap was at fault shortly before
	OmittedNoMinutes   Omitted = "no_minutes"     // the minutes are one figure for the whole run
	OmittedLearning    Omitted = "still_learning" // so few runs of those needed are learned
)

// Omission is what was not used of a run, and why.
type Omission struct {
	Why       Omitted
	Count, Of int
	Times     float64
	Note      string
}

// ChartReading is one chart's value beside its limits, all in standard
// deviations of the runner's own noise.
type ChartReading struct {
	Chart Chart   `json:"chart"`
	Value float64 `json:"value"`
	Ask   float64 `json:"ask"`
	Warn  float64 `json:"warn"`
}

// Feature is a trait of the running form other than the balance.
type Feature string

// The features of the form.
const (
	FeatureCadence             Feature = "cadence"
	FeatureStanceTime          Feature = "stance_time"
	FeatureVerticalOscillation Feature = "vertical_oscillation"
	FeatureWalkBreaks          Feature = "walk_breaks"
	FeaturePaceFade            Feature = "pace_fade"
	FeaturePace                Feature = "pace"
)

// Prior is what is known of a run before its figures are looked at.
type Prior struct {
	// LogOdds is added to the natural log odds of a shift: pain raises it.
	LogOdds float64
	// Side is the side the runner says hurts, whose stance would be shorter.
	Side Side
	// Form is added to the natural log odds of another running form: a new pain
	// raises it.
	Form float64
}

// Form says whether the running form differs from the runner's habit, and in
// what.
type Form struct {
	Level Level     `json:"level"`
	What  []Feature `json:"what"`
	// LogOdds is the natural log of the odds that a limp, or what looks like
	// one, has changed the form; what was known beforehand is in it.
	LogOdds float64 `json:"log_odds"`
	// ByPain means that the level was only reached because a new pain was known
	// beforehand.
	ByPain bool `json:"-"`
	// Runs is how many runs the change has lasted, this run counted.
	Runs int `json:"-"`
	// Readings is what was looked at.
	Readings []FormReading `json:"-"`
}

// FormReading is one feature of a run beside the runner's habit of it, in the
// feature's own unit: steps a minute, ms, mm, or hundredths. The pace is a
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
