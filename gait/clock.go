package gait

import "time"

// Clock is how far the time that a recorder wrote can be believed.
type Clock string

// The states of a clock.
const (
	ClockOK     Clock = ""       // nothing speaks against it
	ClockFuture Clock = "future" // the run lies ahead of now
	ClockUnset  Clock = "unset"  // nobody ever set it: the run lies in 1989
	ClockJumped Clock = "jumped" // it jumped in the middle of the run
)

// String is the state as JSON prints it: "ok" where nothing speaks against it.
func (c Clock) String() string {
	if c == ClockOK {
		return "ok"
	}
	return string(c)
}

// Believed reports whether a run of this state has its place in time. One that
// has not counts for nothing and is named wherever runs are listed.
func (c Clock) Believed() bool { return c != ClockFuture && c != ClockUnset }

const (
	// firstYear is the first year that a recorder can have meant: clocks that
	// were never set begin in 1970, 1980, 1989 or 2000, and no watch wrote FIT
	// files before 2003. It is our own judgement.
	firstYear = 2001
	// farAhead is the time ahead that no wrong zone explains: such a date stays
	// wrong when it has come. It is our own judgement, and long enough for a
	// server whose own clock has stood still for some days.
	farAhead = 7 * 24 * time.Hour
	// setYear is the year this was written: a server's own clock that is before
	// it says nothing about others.
	setYear = 2026
)

// ClockAt is the state of the run's clock as seen at a moment. A run that has
// not ended by then lies in the future; once its hour has come it does not.
func (r Run) ClockAt(now time.Time) Clock {
	switch {
	case !r.Clock.Believed():
		return r.Clock
	case r.Signals != 0 && r.Start.Year() < firstYear:
		return ClockUnset
	case r.End().After(now):
		return ClockFuture
	default:
		return r.Clock
	}
}

// ClockTaken is what to keep of the run's clock as it is taken in: that it was
// never set, or is too far ahead to be right when its date has come.
func (r Run) ClockTaken(now time.Time) Clock {
	seen := r.ClockAt(now)
	if seen == ClockFuture && (r.Start.Sub(now) < farAhead || now.Year() < setYear) {
		return r.Clock
	}
	return seen
}

// NotOverYet reports whether a run that lies in the future may be right: it counts
// once it is over.
func (r Run) NotOverYet(now time.Time) bool {
	return r.ClockAt(now) == ClockFuture && r.Start.Sub(now) < farAhead && r.Clock != ClockFuture
}
