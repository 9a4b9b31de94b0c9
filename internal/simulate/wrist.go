package simulate

import (
	"iter"
	"math"
	"math/rand/v2"
	"time"

	"gaitkeeper/gait"
)

// WristSeason is a row of runs of somebody without a strap: a watch on the
// wrist, or nothing but what Strava hands out. Nothing of it is shared with the
// runners who wear one, nor with what a detector may believe: each figure is
// drawn anew for each runner, from ranges wider than were ever measured.
type WristSeason struct {
	Seed  uint64
	Start time.Time
	Runs  int
	// Life is what befalls the runner from the run LifeFrom on; empty: nothing.
	Life     Life
	LifeFrom int
	// Change is what a sore leg does from the run ChangeFrom on (0: never).
	Change     FormChange
	ChangeFrom int
	// StreamsAlone leaves out what Strava does not hand out.
	StreamsAlone bool
}

// FormChange is what a sore leg does to the form of a run.
type FormChange struct {
	Cadence float64 // in hundredths, at the same speed
	Stance  float64 // ms, at the same speed
	Slower  float64 // in hundredths
	Fade    float64 // hundredths that the pace falls by from start to end
	Walk    float64 // hundredths of the time, beside what is walked anyway
	// Grows is the number of runs in which it grows (0: there at once).
	Grows int
	// EveryOther leaves out every second run.
	EveryOther bool
}

// in is how much of the change is there in the n-th run since it began, from 0.
func (c FormChange) in(n int) float64 {
	switch {
	case n < 0, c.EveryOther && n%2 == 1:
		return 0
	case c.Grows > 0:
		return min(1, float64(n+1)/float64(c.Grows))
	default:
		return 1
	}
}

// wristRunner is what makes the runs of one runner what they are.
type wristRunner struct {
	easy, cadence, cadenceSlope, cadenceGrade   float64
	stance, stanceSlope, stanceGrade, stiffness float64
	bounce                                      float64
	dynamics, heartKnown                        bool
	heart, heartSlope, heartCreep               float64
	// spreads from run to run, and how much of it is left in the next run
	cadenceSD, stanceSD, paceSD, heartSD, fadeSD, kept float64
	fade, walk, stops                                  float64
	// shares of the kinds of runs
	long, tempo, interval, treadmill, trail float64
	treadmillReads                          float64 // times the true speed
	hills, gpsNoise, gpsBias                float64
	spares                                  bool // runs easier where a leg hurts, not only slower
	minutes, perWeek                        float64
	// a year's swing, and where in it the season begins
	swingPace, swingCadence, swingStance, phase float64
	trend                                       float64 // hundredths of pace in a year
	watch                                       gait.Sensor
}

func newWristRunner(rng *rand.Rand) wristRunner {
	u := func(low, high float64) float64 { return low + (high-low)*rng.Float64() }
	r := wristRunner{
		easy: u(1.95, 3.7), cadenceSlope: u(3, 16), cadenceGrade: u(-0.6, 0.9),
		stance: u(210, 310), stanceSlope: u(-80, -15), stanceGrade: u(-2, 2), stiffness: u(0, 1.5),
		bounce: u(60, 120), dynamics: rng.Float64() < 0.6, heartKnown: rng.Float64() < 0.85,
		heart: u(130, 165), heartSlope: u(15, 45), heartCreep: u(0, 12),
		cadenceSD: u(0.8, 3), stanceSD: u(2, 6), paceSD: u(1.5, 5), heartSD: u(1.5, 7), fadeSD: u(1.5, 6), kept: u(0, 0.6),
		fade: u(-2, 5), stops: u(0, 0.03), long: u(0, 0.25), tempo: u(0, 0.15), interval: u(0, 0.2), trail: u(0, 0.15),
		treadmillReads: normal(rng, 1, 0.05), hills: u(0.2, 2.5), gpsNoise: u(0.05, 0.25), gpsBias: u(0.2, 1.5),
		minutes: u(28, 60), perWeek: u(2.5, 5.5),
		swingPace: u(0, 4), swingCadence: u(0, 2.5), swingStance: u(0, 5), phase: u(0, 2*math.Pi), trend: normal(rng, 0, 4),
		watch: gait.Sensor{Manufacturer: makerGarmin, Product: productWatch, Serial: 1 + rng.Uint32N(1<<30)},
	}
	r.cadence = clip(normal(rng, 166, 9)+8*(r.easy-2.8), 146, 196)
	switch x := rng.Float64(); {
	case x < 0.6:
		r.walk = u(0, 0.01)
	case x < 0.9:
		r.walk = u(0.01, 0.06)
	default:
		r.walk = u(0.06, 0.15)
	}
	if rng.Float64() < 0.3 {
		r.treadmill = u(0.05, 0.3)
	}
	r.spares = rng.Float64() < 0.4
	return r
}

// All makes the runs, oldest first.
func (s WristSeason) All() iter.Seq[gait.Run] { return s.From(0) }

// From makes the runs from the one with index first on, the same that All makes.
func (s WristSeason) From(first int) iter.Seq[gait.Run] {
	return func(yield func(gait.Run) bool) {
		r := newWristRunner(stream(s.Seed, streamWrist, 0))
		life := newWristLife(s.Life, stream(s.Seed, streamWristLife, 0))
		start, days := s.Start.UTC().Truncate(time.Second), stream(s.Seed, streamWristDays, 0)
		var mood wristMood
		for i := range s.Runs {
			d := r.day(start.Sub(s.Start), stream(s.Seed, streamWristRun, i), &mood)
			life.befall(&d, i-s.LifeFrom)
			if i >= s.ChangeFrom && s.ChangeFrom > 0 {
				d.sore(s.Change, s.Change.in(i-s.ChangeFrom))
			}
			if i >= first && !yield(d.run(start, s.StreamsAlone)) {
				return
			}
			rest := 7 / r.perWeek * (0.5 + days.Float64())
			if s.Life == LongBreak && i == s.LifeFrom-1 {
				rest = eightWeeks
			}
			start = start.Add(time.Duration(max(1, math.Round(rest))*24*60) * time.Minute)
		}
	}
}

// eightWeeks is the time without running of a long break, in days.
const eightWeeks = 56

// wristMood is what is left from run to run of how the runner runs.
type wristMood struct{ cadence, stance, pace float64 }

func (m *wristMood) next(rng *rand.Rand, r wristRunner) {
	push := math.Sqrt(1 - r.kept*r.kept)
	m.cadence = r.kept*m.cadence + push*rng.NormFloat64()
	m.stance = r.kept*m.stance + push*rng.NormFloat64()
	m.pace = r.kept*m.pace + push*rng.NormFloat64()
}

// wristDay is one run as it is going to be.
type wristDay struct {
	wristRunner
	rng     *rand.Rand
	kind    Kind
	context gait.Context
	seconds int
	// known tells whether a treadmill is called one.
	known bool
	// reads is the watch's speed as a share of the true one.
	reads                        float64
	faster                       float64 // share of the usual speed at the same effort
	cadenceBy, stanceBy, heartBy float64
	fadeBy, walkBy               float64 // shares
	cadenceTimes, longer, effort float64
	climbs                       float64 // times the usual hills
	stanceReads, cadenceReads    float64 // by the watch
	bounceReads                  float64
	runFor, walkFor              float64 // seconds, of a plan
}

func (r wristRunner) day(since time.Duration, rng *rand.Rand, mood *wristMood) wristDay {
	mood.next(rng, r)
	swing := math.Sin(2*math.Pi*since.Hours()/24/365 + r.phase)
	d := wristDay{
		wristRunner: r, rng: rng, context: gait.Road, known: true,
		reads: 1 + normal(rng, 0, r.gpsBias/100), cadenceTimes: 1, longer: 1, effort: 1, climbs: 1,
		faster:    1 + (r.paceSD*mood.pace+r.swingPace*swing+r.trend*since.Hours()/24/365)/100,
		cadenceBy: r.cadenceSD*mood.cadence + r.swingCadence*swing, stanceBy: r.stanceSD*mood.stance - r.swingStance*swing,
		heartBy: normal(rng, 0, r.heartSD), fadeBy: normal(rng, r.fade, r.fadeSD) / 100,
		walkBy: r.walk * math.Exp(normal(rng, 0, 0.5)),
	}
	d.kind = r.kindOf(rng.Float64())
	d.seconds = int(60 * clip(lognormal(rng, r.minutes, 0.25), 14, 150))
	switch x := rng.Float64(); {
	case d.kind == Easy && x < r.treadmill:
		d.ontoTreadmill(r.treadmillReads)
	case x > 1-r.trail:
		d.context, d.climbs, d.faster = gait.Trail, 3, 0.9*d.faster
	}
	return d
}

func (r wristRunner) kindOf(x float64) Kind {
	switch {
	case x < r.long:
		return Long
	case x < r.long+r.tempo:
		return Tempo
	case x < r.long+r.tempo+r.interval:
		return Interval
	case x < r.long+r.tempo+r.interval+0.02:
		return Race
	default:
		return Easy
	}
}

func (d *wristDay) ontoTreadmill(reads float64) {
	d.context, d.climbs, d.reads = gait.Treadmill, 0, reads
}

// sore lets a leg hurt by so much of the change.
func (d *wristDay) sore(c FormChange, share float64) {
	d.cadenceTimes *= 1 + share*c.Cadence/100
	d.stanceBy += share * c.Stance
	if slower := 1 - share*c.Slower/100; d.spares {
		d.effort *= slower // and the heart beats slower, too
	} else {
		d.faster *= slower
	}
	d.fadeBy += share * c.Fade / 100
	d.walkBy += share * c.Walk / 100
}
