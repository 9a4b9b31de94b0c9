package gait

import (
	"time"
)

// Measures are the figures of one run that the fold needs. They depend on the
// run's samples alone, never on other runs.
type Measures struct {
	Run RunID
	// Method is the version of the measurement that made the figures; figures
	// of an older method are taken again from the samples.
	Method   int
	Start    time.Time
	Duration time.Duration
	Distance Metres
	Context  Context
	Signals  Signals
	Sensor   Sensor
	// Truncated: only the beginning of the run is here.
	Truncated bool
	// Blocks are the steady minutes after the warm-up, in the order of time.
	Blocks []Block
	// WarmUp is the mean over the first minutes, which the blocks leave out.
	WarmUp Block
	// WalkShare is the share of the time spent walking, 0 to 1.
	WalkShare float64
	// Ascent is the climb over the whole run.
	Ascent Metres
	// Quality says whether the balance of this run can be judged.
	Quality Quality
}

// BalanceQuality is how far a run's balance can be trusted.
type BalanceQuality string

// The qualities of a balance.
const (
	BalanceOK            BalanceQuality = "ok"
	BalanceNone          BalanceQuality = "none"
	BalanceTooShort      BalanceQuality = "too_short"
	BalanceSuspectSensor BalanceQuality = "suspect_sensor"
)

// Quality says how far a run's balance can be trusted, and why not further.
type Quality struct {
	Balance BalanceQuality `json:"balance"`
	Reason  string         `json:"reason"`
}

// History is everything the fold looks at: the whole time line of one runner.
// The order within each slice does not matter.
type History struct {
	Runs     []Measures
	Excluded map[RunID]bool
	Pain     []Pain
	Answers  []Answer
	// Walks are those that a phone has measured.
	Walks []Walk
	// Races are the days of races, at midnight in Zone.
	Races []time.Time
	// Zone is the runner's time zone, in which days begin and end. Nil is UTC.
	Zone *time.Location
}
