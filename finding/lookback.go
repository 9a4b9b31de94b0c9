package finding

import (
	"time"

	"gaitkeeper/gait"
)

// LookBack is what a whole history looks like.
type LookBack struct {
	// From and To are the starts of the first and the last run.
	From, To time.Time
	Runs     int
	// Sided is the number of runs that tell left from right, SidedFrom the
	// start of the first.
	Sided     int
	SidedFrom time.Time
	// Changes are the times the gait changed, oldest first.
	Changes []Change
	// Odd is how often something was worth a question and no more.
	Odd int
}

// Change is one time the gait changed.
type Change struct {
	// Run shows it best of those that were as loud as any, Start is when the
	// first one began.
	Run   gait.RunID
	Start time.Time
	// Runs is how many it lasted; Open tells that it is not over.
	Runs int
	Open bool
	// Side is the foot that spent the shorter time on the ground, by Shift of the
	// balance and by Shorter; no side where there is no left and right.
	Side    gait.Side
	Shift   gait.Points
	Shorter gait.Milliseconds
	// What differed from the habit beside the balance.
	What []gait.Feature
}
