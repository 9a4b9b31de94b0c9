package simulate

import (
	"math"
	"math/rand/v2"

	"gaitkeeper/gait"
)

// Life is what befalls a healthy runner in the middle of a season.
type Life string

// The lives.
const (
	PlainLife       Life = ""
	NewWatch        Life = "a new watch"
	NewShoes        Life = "new shoes"
	RunWalkPlan     Life = "a plan of running and walking"
	SeasonSwing     Life = "a large seasonal swing"
	TreadmillWinter Life = "a winter on the treadmill"
	Retraining      Life = "cadence retraining"
	HillyHoliday    Life = "holidays in the hills"
	IntervalBlock   Life = "a block of intervals"
	Heat            Life = "weeks of heat"
	Illness         Life = "an illness"
	PoorGPS         Life = "poor satellite reception"
	Taper           Life = "a taper and a race"
	// Those below tuned nothing.
	SlowFriend Life = "often with a slower friend"
	Pram       Life = "pushing a pram"
	Ice        Life = "weeks on ice and snow"
	LongBreak  Life = "back after eight weeks"
)

// Lives returns every life.
func Lives() []Life {
	return []Life{
		PlainLife, NewWatch, NewShoes, RunWalkPlan, SeasonSwing, TreadmillWinter, Retraining,
		HillyHoliday, IntervalBlock, Heat, Illness, PoorGPS, Taper,
	}
}

// UnseenLives returns the lives on which nothing was tuned.
func UnseenLives() []Life { return []Life{SlowFriend, Pram, Ice, LongBreak} }

// wristLife is one life with its figures drawn.
type wristLife struct {
	kind                           Life
	runs                           int // that it lasts; 0: for good
	cadence, stance, bounce, reads float64
	pace, fade, walk, heart        float64
	grows                          int
	told                           bool // the watch's number, the treadmill
	runFor, walkFor                float64
	watch                          gait.Sensor
	hills, share                   float64
}

func newWristLife(kind Life, rng *rand.Rand) wristLife {
	u := func(low, high float64) float64 { return low + (high-low)*rng.Float64() }
	either := func(low, high float64) float64 { return u(low, high) * float64(1-2*rng.IntN(2)) }
	return wristLife{
		kind: kind, runs: 5 + rng.IntN(20), told: rng.Float64() < 0.6,
		cadence: either(0, 2), stance: either(4, 25), bounce: either(2, 15), reads: 1 + either(0, 0.03),
		pace: u(2, 7), fade: u(0, 4), walk: u(0, 6), heart: u(3, 14), grows: 1 + rng.IntN(12),
		runFor: u(60, 480), walkFor: u(30, 120), hills: u(2, 5), share: u(0.5, 1),
		watch: gait.Sensor{Manufacturer: makerGarmin, Product: productWatch + 1, Serial: 1 + rng.Uint32N(1<<30)},
	}
}

// befall does to the n-th run since it began what the life does; before that n
// is negative.
func (l wristLife) befall(d *wristDay, n int) {
	if l.kind == SeasonSwing {
		d.faster *= 1 + 0.015*l.pace*math.Sin(float64(n)/18)
		d.cadenceBy += 2 * l.cadence * math.Sin(float64(n)/18+0.3)
		d.stanceBy += 0.4 * l.stance * math.Sin(float64(n)/18)
		return
	}
	if n < 0 {
		return
	}
	short := n < l.runs
	switch l.kind {
	case NewWatch:
		d.cadenceReads, d.stanceReads, d.bounceReads = l.cadence, l.stance, l.bounce
		if d.reads *= l.reads; l.told {
			d.watch = l.watch
		}
	case NewShoes:
		d.cadenceBy += 0.8 * l.cadence
		d.stanceBy += 0.25 * l.stance
	case RunWalkPlan:
		d.runFor, d.walkFor = l.runFor, l.walkFor
		d.faster *= 1.03
	case TreadmillWinter:
		if n < 10+2*l.runs && d.rng.Float64() < l.share {
			d.ontoTreadmill(1 + 4*(l.reads-1))
			d.known = l.told
		}
	case Retraining:
		d.cadenceTimes *= 1 + 0.01*(3+0.3*l.pace+l.fade)*min(1, float64(n+1)/float64(l.grows))
	case HillyHoliday:
		if n < min(10, l.runs) {
			d.climbs, d.faster, d.walkBy = l.hills, 0.95*d.faster, d.walkBy+l.walk/100
		}
	case IntervalBlock:
		if n < 2*l.runs && d.rng.Float64() < 0.5 {
			d.kind = Interval
		}
	case Heat:
		if short {
			d.heartBy += l.heart
			d.faster *= 1 - l.pace/100
			d.fadeBy += l.fade / 100
			d.walkBy += 0.5 * l.walk / 100
		}
	case Illness:
		if n < 3+l.runs/4 {
			d.heartBy += l.heart
			d.faster *= 1 - 1.5*l.pace/100
			d.longer *= 0.7
			d.walkBy += l.walk / 100
		}
	case PoorGPS:
		if short {
			d.gpsNoise *= 4
			d.reads *= 1 + normal(d.rng, 0, 0.03)
		}
	case Taper:
		if short {
			d.longer *= 0.6
			d.faster *= 1.03
		}
		if n == l.runs {
			d.kind = Race
		}
	default:
		l.befallUnseen(d, n)
	}
}

// befallUnseen is befall of the lives that tuned nothing.
func (l wristLife) befallUnseen(d *wristDay, n int) {
	switch l.kind {
	case SlowFriend:
		if n < 2*l.runs && d.rng.Float64() < 0.5 {
			d.effort *= 1 - 0.02*l.pace
		}
	case Pram:
		if n < 2*l.runs && d.rng.Float64() < l.share {
			d.faster *= 1 - l.pace/100
			d.cadenceTimes *= 1 + 0.004*l.cadence
			d.heartBy += 0.3 * l.heart
		}
	case Ice:
		if n < l.runs {
			d.faster *= 1 - 0.7*l.pace/100
			d.cadenceTimes *= 1.01 + 0.003*l.fade
			d.stanceBy += 0.3 * l.stance
			d.walkBy += 0.3 * l.walk / 100
		}
	case LongBreak:
		back := math.Exp(-float64(n) / float64(l.runs))
		d.heartBy += l.heart * back
		d.faster *= 1 - 1.3*l.pace/100*back
		d.cadenceBy += l.cadence
		d.walkBy += l.walk / 100 * back
		d.fadeBy += l.fade / 100 * back
	}
}
