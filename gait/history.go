package gait

import "time"

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
