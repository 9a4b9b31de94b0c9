package gait

import "time"

// Walk is one walk as a phone in the pocket measured it. It has no side: the phone
// tells how many of the steps were uneven, not which foot.
type Walk struct {
	Start time.Time
	// Length is 0 where the sender did not say it.
	Length time.Duration
	// Share is how much of the walk was uneven, 0 to 1.
	Share float64
	// Phone is the model of the phone and where it was carried, as far as known.
	Phone string
}

const (
	// unevenShare is the share from which a walk counts as uneven. Means of the
	// shares jump with single walks; how many walks are uneven does not.
	unevenShare = 0.10
	// wholeShare is one that no walk has: a fault of the measurement.
	wholeShare = 0.999
)

// Uneven reports whether the walk counts as uneven.
func (w Walk) Uneven() bool { return w.Share >= unevenShare }

// Faulty reports whether the phone cannot have measured the walk.
func (w Walk) Faulty() bool { return !(w.Share >= 0 && w.Share < wholeShare) }

// Walking is what a runner's walks say as of a moment.
type Walking struct {
	// Level is ask where they have become uneven, and never more.
	Level Level
	// Judged means that there are enough earlier weeks to compare with.
	Judged bool
	// Share is the share of uneven walks in the last seven days, Usual that of the
	// weeks before.
	Share, Usual float64
	// Walks and Days are how many there were in these seven days, and on how many
	// of them; UsualWalks the number in a usual week.
	Walks, Days, UsualWalks int
	// LogOdds is the natural log of the odds that they have become uneven.
	LogOdds float64
	// Since is the day from which they have, at midnight; zero at level none.
	Since time.Time
	// Asked is the day of which the walks were enough to ask; zero at level none.
	Asked time.Time
	// Fine is for how many days in a row, with walks, they have been as before.
	Fine int
}

// WalkWeek is one week of walks.
type WalkWeek struct {
	Start         time.Time // its Monday
	Walks, Uneven int
	// Usual is the share of uneven walks that was usual then, Uncommon the one
	// above which a week stands out; 0 where they were not known yet.
	Usual, Uncommon float64
	// Asked means that the walks had become uneven in it.
	Asked bool
}
