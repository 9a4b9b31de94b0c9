package analysis

import (
	"math/bits"
	"slices"
	"time"

	"gaitkeeper/analysis/rules"
	"gaitkeeper/analysis/walking"
	"gaitkeeper/gait"
)

// checkpoint is a state to go on from: as it was before the event with the number.
// Nobody changes it.
type checkpoint struct {
	event int
	state state
}

// With folds another state of the same history. It is what [Replay] makes of h
// with the same parameters, but what both histories begin with is not folded
// again: a run more at the end costs one run. The fold itself stays as it is.
func (f *Fold) With(h gait.History) *Fold {
	next := newFold(h, f.params, f.newDetector)
	from, other := 0, firstOther(f.history.Walks, h.Walks)
	if f.sameRunner(h) {
		from = min(common(f.events, next.events), next.upTo(other))
	}
	if next.walks = f.walks; !other.IsZero() || f.history.Zone != h.Zone {
		next.walks = walking.New(h.Walks, h.Zone)
	}
	checkpoints := slices.Clone(f.checkpoints)
	for checkpoints[len(checkpoints)-1].event > from {
		checkpoints = checkpoints[:len(checkpoints)-1]
	}
	return next.goOn(checkpoints, f.Assessments)
}

// sameRunner reports whether what a history says of the runner, beside what
// happened, is the same.
func (f *Fold) sameRunner(h gait.History) bool {
	return f.history.Zone == h.Zone && slices.EqualFunc(f.history.Races, inOrder(h.Races), time.Time.Equal)
}

// upTo is the number of events before a moment; all of them before a zero one.
func (f *Fold) upTo(t time.Time) int {
	if t.IsZero() {
		return len(f.events)
	}
	n, _ := slices.BinarySearchFunc(f.events, t, func(e event, t time.Time) int { return e.at.Compare(t) })
	return max(0, n-1) // a run is judged at its end
}

// firstOther is the start of the first walk that two lists do not share; zero where
// they are the same.
func firstOther(a, b []gait.Walk) time.Time {
	for i := range max(len(a), len(b)) {
		switch {
		case i >= len(a):
			return b[i].Start
		case i >= len(b):
			return a[i].Start
		case a[i] != b[i]:
			if a[i].Start.Before(b[i].Start) {
				return a[i].Start
			}
			return b[i].Start
		}
	}
	return time.Time{}
}

// common is the number of events that two time lines begin with.
func common(a, b []event) int {
	n := min(len(a), len(b))
	for i := range n {
		if !a[i].same(&b[i]) {
			return i
		}
	}
	return n
}

// worthMarking reports whether the state before an event is kept: at the end,
// one event before it, two, four and so on, so that a late word about a run
// costs about as many runs as lie after it.
func worthMarking(event, events int) bool {
	left := events - event
	return bits.OnesCount(uint(left)) <= 1
}

// thin drops checkpoints that are about as far from the end as an older one.
func thin(checkpoints []checkpoint, events int) []checkpoint {
	var kept []checkpoint
	last := -1
	for _, m := range checkpoints {
		if far := bits.Len(uint(events - m.event)); far != last {
			kept, last = append(kept, m), far
		}
	}
	return kept
}

// clone returns a state that goes on by itself.
func (s *state) clone() state {
	c := *s
	c.detector = s.detector.clone()
	c.runs = slices.Clip(s.runs)
	c.courses, c.places = nil, make(map[gait.Spot]*rules.SiteHistory, len(s.places))
	for _, course := range s.courses {
		own := course.Clone()
		c.courses = append(c.courses, own)
		c.places[own.Spot] = own
	}
	c.episodes.all = slices.Clone(s.episodes.all)
	if e := c.episodes.open(); e != nil {
		e.Signs = slices.Clip(e.Signs)
	}
	return c
}
