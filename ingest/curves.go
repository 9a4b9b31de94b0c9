package ingest

import (
	"math"
	"slices"
	"time"

	"gaitkeeper/gait"
)

// Heart rate and cadence tell one body from two. The numbers are ours: two
// sensors on one runner differ by a few beats and hardly a step most of the
// time, and one of them is wrong for a while now and then; two runners side by
// side rarely share a heart rate.
const (
	bodyBeats = 6.0  // beats a minute that two sensors on one body may differ by
	bodySteps = 2.0  // steps a minute, likewise
	bodyMost  = 0.6  // one body where the heart rates agree for this share of the time
	bodyFew   = 0.25 // two bodies where they agree for less
	stepsMost = 0.75 // one body where the cadences agree for this share of the time
	bodySides = 1.0  // points of balance that two sensors on one body may differ by

	// Where even the clocks disagree, the curve itself has to be the same: two
	// runs of one runner agree on the whole, never from second to second.
	curveBeats  = 3.0
	curveMost   = 0.8
	curveSides  = 0.5 // points of balance, of one strap that two devices heard
	curveSpread = 8.0 // beats a minute between the lowest and the highest tenth of a curve that is not flat
	flatMost    = 0.95
	curveSteps  = 4.0 // steps a minute, likewise, where no heart rate is known

	// Recordings of the same seconds agree in nearly all of them: a server interpolates,
	// and rounds to metres and beats. Of two runs over the same loop none comes so close.
	sameMetres = 12.0
	sameMost   = 0.9

	// curveSeconds is how many common seconds are needed to tell, and nearSecond
	// how far apart two of them may lie.
	curveSeconds = 60
	nearSecond   = 3
)

// likeness is what heart rate and cadence say of two recordings.
type likeness int

const (
	unclear likeness = iota // not enough is known
	oneBody
	twoBodies
)

// bodies compares two recordings of one time. apart is how much later b began.
// Where only the one of heart rate and cadence agrees, the balance decides, if
// both have it: nobody wears two straps.
func bodies(a, b []gait.Sample, apart time.Duration) likeness {
	heart, beats := agreement(a, b, apart, heartRate, bodyBeats)
	steps, counted := agreement(a, b, apart, cadence, bodySteps)
	heartAgrees, stepsAgree := beats && heart >= bodyMost, counted && steps >= stepsMost
	switch {
	case (!heartAgrees || !stepsAgree) && otherSides(a, b, apart, bodySides, bodyFew):
		return twoBodies
	case heartAgrees, stepsAgree:
		return oneBody
	case beats && (heart < bodyFew || counted && steps < bodyFew):
		return twoBodies
	default:
		return unclear
	}
}

// otherSides reports whether two recordings have a balance each, which agree
// within a tolerance for less than a share of the time.
func otherSides(a, b []gait.Sample, apart time.Duration, tolerance, least float64) bool {
	sides, both := agreement(a, b, apart, balance, tolerance)
	return both && sides < least
}

// sameCurve reports whether two recordings hold one and the same heart rate, second by second, though their
// clocks disagree. apart is how much later b began, less the difference of the clocks. A flat curve fits
// many runs: it counts only where another kind of device wrote it, and every step agrees as well. Without a
// heart rate it is the steps that must be the same, and not flat.
func sameCurve(a, b []gait.Sample, apart time.Duration, otherDevice bool) bool {
	if otherSides(a, b, apart, curveSides, curveMost) {
		return false
	}
	beats, enough := agreement(a, b, apart, heartRate, curveBeats)
	steps, counted := agreement(a, b, apart, cadence, bodySteps)
	switch {
	case !enough:
		return counted && steps >= flatMost && spread(a, cadence) >= curveSteps
	case spread(a, heartRate) >= curveSpread:
		return beats >= curveMost
	default:
		return otherDevice && beats >= flatMost && counted && steps >= flatMost
	}
}

// alike reports whether samples are of the same seconds, by distance and heart rate.
// There is not enough to tell where they have too few in common.
func alike(a, b []gait.Sample) (same, enough bool) {
	if len(a) > len(b) { // the one that was written down rarely is looked up in the other
		a, b = b, a
	}
	metres, enough := agreement(a, b, 0, distance, sameMetres)
	beats, counted := agreement(a, b, 0, heartRate, curveBeats)
	return metres >= sameMost && (!counted || beats >= sameMost), enough
}

func distance(s *gait.Sample) float64  { return float64(s.Distance) }
func heartRate(s *gait.Sample) float64 { return float64(s.HeartRate) }
func cadence(s *gait.Sample) float64   { return float64(s.Cadence) }
func balance(s *gait.Sample) float64   { return float64(s.StanceTimeBalance) }

// agreement is the share of the common seconds in which a figure differs by no
// more than a tolerance; false where there are too few of them.
func agreement(a, b []gait.Sample, apart time.Duration, of func(*gait.Sample) float64, tolerance float64) (share float64, enough bool) {
	offset := int32(math.Round(apart.Seconds()))
	agree, common, j := 0, 0, 0
	for i := range a {
		second := a[i].Second - offset // on the clock of b
		for j < len(b)-1 && b[j+1].Second <= second {
			j++
		}
		if j >= len(b) || second < b[j].Second || second-b[j].Second > nearSecond {
			continue
		}
		apart := math.Abs(of(&a[i]) - of(&b[j]))
		if math.IsNaN(apart) {
			continue
		}
		common++
		if apart <= tolerance {
			agree++
		}
	}
	return float64(agree) / float64(max(common, 1)), common >= curveSeconds
}

// spread is the difference between the lowest and the highest tenth of a figure.
func spread(samples []gait.Sample, of func(*gait.Sample) float64) float64 {
	var known []float64
	for i := range samples {
		if v := of(&samples[i]); !math.IsNaN(v) {
			known = append(known, v)
		}
	}
	if len(known) == 0 {
		return 0
	}
	slices.Sort(known)
	return known[len(known)*9/10] - known[len(known)/10]
}
