package ingest

import (
	"math"
	"slices"
	"time"

	"gaitkeeper/gait"
)

// Two recordings are likely of one activity when they overlap for at least this
// share of the shorter one and their distances differ by no more than this share
// and this length. The numbers are ours: two watches on one runner differ by a few
// per cent, a treadmill and a wrist by up to twenty. An entry typed in with a
// rounded hour overlaps less, but then length and distance agree closely.
const (
	overlapShare  = 0.5
	distanceShare = 0.2
	distanceSlack = gait.Metres(200)

	roundedOverlap = 0.2
	roundedShare   = 0.05
)

// Two recordings are told to be one in spite of their clocks when their lengths
// and distances agree so closely. The numbers are ours: a server that was given
// a watch's file tells both to the second and to the metre, or nearly.
const (
	lengthSlack = 5 * time.Second
	equalLength = 0.01
	equalSlack  = gait.Metres(20)
	equalShare  = 0.01

	zoneStep  = 30 * time.Minute // zones differ by half hours, nearly all
	zoneSlack = 2 * time.Second
	zoneMost  = 14 * time.Hour
	// Two recordings of one activity were started within startSlack of each other,
	// and share so much of the longer one.
	startSlack   = 5 * time.Minute
	shiftedShare = 0.7
)

// claim is how far times and distances say that two recordings are one.
type claim int

const (
	two     claim = iota
	ifAlike       // at one time, but not equally far: one where heart rate or cadence agree
	likely        // one, unless heart rate and cadence are those of two
	atOnce        // likely, and begun in the same second
)

// claimOf says of a and b, which do not hide their starts, whether they record
// one activity.
func claimOf(a, b gait.Run) claim {
	if a.Start.Unix() == b.Start.Unix() { // nobody begins two runs in one second
		if typedIn(a) && typedIn(b) && !closely(a, b) {
			return two // but many are typed in at noon
		}
		return atOnce
	}
	shorter := min(length(a), length(b))
	share := float64(overlap(a, b)) / max(float64(shorter), 1)
	switch {
	case share <= 0, !sideBySide(a, b):
		return two
	case share < overlapShare && share >= roundedOverlap && sourcesDiffer(a, b) && closely(a, b):
		return likely
	case share < overlapShare:
		return two
	}
	da, db := a.Distance, b.Distance
	if !gait.Known(da) || !gait.Known(db) {
		return likely
	}
	if a.Truncated || b.Truncated { // compare what both have seen
		da, db = perDuration(a, shorter), perDuration(b, shorter)
	}
	if gait.Metres(math.Abs(float64(da-db))) <= max(distanceSlack, distanceShare*max(da, db)) {
		return likely
	}
	return ifAlike
}

// typedIn reports whether nothing of a run was recorded.
func typedIn(r gait.Run) bool { return r.Signals == 0 && len(r.Samples) == 0 }

// closely reports whether a and b are about equally long and far.
func closely(a, b gait.Run) bool {
	return near(float64(length(a)), float64(length(b)), roundedShare) && near(float64(a.Distance), float64(b.Distance), roundedShare)
}

// sideBySide reports whether a and b begin or end within the time that one of
// them ran: else the one lies in a pause of the other, such as a run that was
// saved, or gone on with, the day after.
func sideBySide(a, b gait.Run) bool {
	ran := max(a.Duration, b.Duration)
	return a.Start.Sub(b.Start).Abs() <= ran || a.End().Sub(b.End()).Abs() <= ran
}

// near reports whether two figures differ by no more than a share of the larger.
func near(a, b, share float64) bool { return math.Abs(a-b) <= share*max(a, b) }

// mayBeSame reports whether a and b, which do not agree about the time, may
// still be one: one of them hides its start and the other began on that day, or
// they began a zone apart; and they are equally long and far. A source does not
// have one activity twice, at two times.
func mayBeSame(a, b gait.Run) bool {
	if !sourcesDiffer(a, b) || !equal(a, b) {
		return false
	}
	switch {
	case a.StartHidden && b.StartHidden:
		return a.Start.Equal(b.Start)
	case a.StartHidden:
		return withinDay(a.Start, b.Start)
	case b.StartHidden:
		return withinDay(b.Start, a.Start)
	default:
		return zoneApart(a.Start.Sub(b.Start).Abs())
	}
}

// withinDay reports whether t lies on the day that begins at midnight.
func withinDay(midnight, t time.Time) bool {
	const day = 24 * time.Hour
	since := t.Sub(midnight)
	return since >= -time.Minute && since < day
}

func zoneApart(apart time.Duration) bool {
	steps := apart.Round(zoneStep)
	return steps <= zoneMost && (apart-steps).Abs() <= zoneSlack
}

// clockShift is by how many whole hours or half hours the clocks of a and b must
// disagree if they are of one activity, which two hands have started: b is then
// about as long as a, and at one time with it. False where no shift makes it so.
func clockShift(a, b gait.Run) (time.Duration, bool) {
	apart := b.Start.Sub(a.Start)
	shift := apart.Round(zoneStep)
	if a.StartHidden || b.StartHidden || shift == 0 || shift.Abs() > zoneMost || (apart-shift).Abs() > startSlack {
		return 0, false
	}
	b.Start = b.Start.Add(-shift)
	return shift, float64(overlap(a, b)) >= shiftedShare*float64(max(length(a), length(b)))
}

// equal reports whether the lengths and the distances agree.
func equal(a, b gait.Run) bool {
	if !gait.Known(a.Distance) || !gait.Known(b.Distance) {
		return false
	}
	apart := gait.Metres(math.Abs(float64(a.Distance - b.Distance)))
	return min((a.Duration-b.Duration).Abs(), (length(a)-length(b)).Abs()) <= max(lengthSlack, time.Duration(equalLength*float64(length(a)))) &&
		apart <= max(equalSlack, equalShare*max(a.Distance, b.Distance))
}

// difference ranks recordings that may be the same: 0 for equal ones.
func difference(a, b gait.Run) float64 {
	return math.Abs(float64(a.Distance-b.Distance)) + (a.Duration - b.Duration).Abs().Seconds()
}

// sourcesDiffer reports whether no source has both a and b.
func sourcesDiffer(a, b gait.Run) bool {
	for _, o := range a.Origins {
		if slices.ContainsFunc(b.Origins, func(p gait.Origin) bool { return o.Source == p.Source }) {
			return false
		}
	}
	return true
}

// perDuration is the distance of r in a stretch of the given length.
func perDuration(r gait.Run, stretch time.Duration) gait.Metres {
	if l := length(r); l > 0 {
		return r.Distance * gait.Metres(float64(stretch)/float64(l))
	}
	return r.Distance
}

func length(r gait.Run) time.Duration { return r.End().Sub(r.Start) }

func overlap(a, b gait.Run) time.Duration {
	from, to := a.Start, a.End()
	if b.Start.After(from) {
		from = b.Start
	}
	if b.End().Before(to) {
		to = b.End()
	}
	return to.Sub(from)
}
