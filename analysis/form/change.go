package form

import "math"

// onset is a run in which a change may have begun, with what the runs since say
// of its size.
type onset struct {
	runs   int  // since, the first counted
	device bool // it was made with a device that was not there before
	trace  [shapes][features]trace
	// followed is how far the habits have gone along with an effect of one.
	followed [shapes][]effects
	// bouts is the log of how much more likely the runs are when every other one of
	// them is hit: by a limp, and by a bad day.
	bouts, badDays float64
}

// shape is how a change comes.
type shape int

const (
	step shape = iota
	ramp
	shapes
)

// rampRuns is in how many runs a growing change is there in full.
const rampRuns = 10

// at is how much of the change is there in the n-th run of it.
func (s shape) at(n int) float64 {
	if s == step {
		return 1
	}
	return min(1, float64(n)/rampRuns)
}

// trace is what the runs since an onset say of an effect of size d: it is
// exp(b·d - a·d²/2) times as likely as none.
type trace struct{ a, b float64 }

// add takes a run in that would show so much of an effect of one.
func (t *trace) add(r *reading, shown float64) {
	t.a += shown * shown / r.variance()
	t.b += shown * r.off / r.variance()
}

// size is what a hypothesis believes of the effect on a feature before the runs.
type size struct {
	mean, spread float64
	// way is 1 where the effect only adds to the feature, -1 where it only takes
	// away from it, 0 where it does either.
	way float64
}

// most bounds what one feature may say, as a log: evidence without end has no
// number.
const most = 100

// factor is how much more likely the runs are with an effect of about that size
// than with none.
func (t trace) factor(s *size) float64 {
	v := s.spread * s.spread
	wider := 1 + t.a*v
	f := math.Exp(min(most, (t.b*t.b*v+2*t.b*s.mean-t.a*s.mean*s.mean)/(2*wider))) / math.Sqrt(wider)
	if s.way != 0 {
		f *= below(s.way*t.effect(s)*math.Sqrt(wider)/s.spread) / below(s.way*s.mean/s.spread)
	}
	return f
}

// below is the chance of a normal figure below so many standard deviations.
func below(z float64) float64 { return math.Erfc(-z/math.Sqrt2) / 2 }

// effect is what the runs make of the size.
func (t trace) effect(s *size) float64 {
	v := s.spread * s.spread
	return (t.b*v + s.mean) / (1 + t.a*v)
}

// shrunk is the size that is reported: by the runs, pulled a little to zero where they
// are few.
func (t trace) shrunk(s *size) float64 {
	v := 9 * s.spread * s.spread
	return t.b * v / (1 + t.a*v)
}

// logAdd is log(exp(a) + exp(b)).
func logAdd(a, b float64) float64 {
	if a < b {
		a, b = b, a
	}
	if math.IsInf(a, -1) {
		return a
	}
	return a + math.Log1p(math.Exp(b-a))
}
