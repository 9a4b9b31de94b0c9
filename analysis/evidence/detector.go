package evidence

import (
	"math"
	"time"

	"gaitkeeper/gait"
)

// Detector holds what was learned of one runner so far. It is not safe for
// concurrent use.
type Detector struct {
	p       gait.AnalysisParams
	beliefs beliefs
	spare   beliefs // room for the next
	adjust  *adjustment
	straps  straps
	// minuteNoise is the runner's usual spread of a minute within a run, slide
	// the usual slide from start to end, turn what the way back does.
	minuteNoise            scale
	slide, beginning, turn habit
	harmless               harmless
	swaps                  swaps
	slips                  frequency
	// scatter is the spread of healthy runs around what was expected of them.
	scatter scale
	kernels map[int]*kernel
	last    time.Time // start of the run learned last
	runs    int       // healthy runs with a balance learned
	warned  bool      // of the run learned last
	// ahead is the last judged run, so that learning it need not look again.
	ahead *sight
}

// usualUnsure is what the mean over the minutes of a run adds to its scatter,
// in points, before the runner's own is known.
const usualUnsure = 0.2

const (
	// anchorDrift is the variance the normal gains from run to run for good, in
	// points squared; ours.
	anchorDrift = 0.03 * 0.03
	// usualMinute is the usual spread of the minutes within a run before the
	// runner's own is known, in points; measured on real runs of a few runners.
	usualMinute = 0.40
	// usualRunNoise is the usual spread of the balance from run to run, in points, and
	// usualWander that of the normal's slow wander, of which wanderKept is left in the
	// next run; measured on real runs of a few runners.
	usualRunNoise, usualWander, wanderKept = 0.36, 0.40, 0.95
	// shiftRate is the share of runs in which an injury begins (Garmin-RUNSAFE: 1,820
	// injuries in 588,071 sessions), withinEvery in how many a shift begins in the
	// middle, and strapEvery from how many on the strap reads otherwise; the last two
	// are ours.
	shiftRate, withinEvery, strapEvery = 1 / 400.0, 130.0, 250.0
	// slipShare is the usual share of runs in which the strap sits badly, slipFactor
	// how much wider these spread; measured on real runs of a few runners.
	slipShare, slipFactor = 0.03, 4.0
	// sensorVariance is that between two sensors on the same runner, in points
	// squared, sensorJump how far from the normal a run is the sensor's, in points; ours.
	sensorVariance, sensorJump = 0.7 * 0.7, 6.0
	// rampRuns is how many runs a shift takes that comes slowly; ours.
	rampRuns = 14
	// ShiftRuns is how many runs a shift lasts unexplained before it is the new
	// normal; ours.
	ShiftRuns = 16
	// painRoom is the most by which pain lowers the limits, in log odds; ours.
	painRoom = 1.5
)

// New returns a detector that has seen no run yet.
func New(p gait.AnalysisParams) *Detector {
	return &Detector{
		p:       p,
		beliefs: newBeliefs(usualRunNoise, usualWander), adjust: newAdjustment(), straps: straps{away: map[gait.Sensor]segment{}},
		minuteNoise: newScale(usualMinute, 6), scatter: newScale(math.Hypot(usualRunNoise, usualUnsure), 6), slide: newHabit(usualSlide, slideSpread), beginning: newHabit(usualStart, startSpread), harmless: newHarmless(), turn: newHabit(2*camber, turnSpread), kernels: map[int]*kernel{},
	}
}

// Judge says what the run shows against what was learned before it. It changes
// nothing that a later judgement sees.
func (d *Detector) Judge(m gait.Measures, prior gait.Prior) gait.Evidence {
	s := d.look(m)
	d.ahead = s
	e := blank(m)
	e.BaselineRuns = d.runs
	if s.judged {
		d.describe(&e, s, prior)
	}
	return e
}

// Learn takes the run that was judged into the runner's normal. A run that is
// not healthy (a pain of 3 or more, a limp, an illness) is kept out of it but
// still counts as evidence that a shift has begun. An open question or warning
// alone does not make a run unhealthy: the detector itself keeps a shift apart
// from the normal until it is explained or has lasted for long.
func (d *Detector) Learn(m gait.Measures, e gait.Evidence, healthy bool) {
	s := d.ahead
	if s == nil || s.m.Run != m.Run || !s.m.Start.Equal(m.Start) {
		s = d.look(m)
	}
	d.ahead = nil
	if s.faulty || m.Quality.Balance == gait.BalanceSuspectSensor {
		d.straps.doubt()
	}
	if s.faulty || !s.judged {
		return
	}
	if !healthy {
		s.after = s.start.after(d.spare, &s.observation, d.chances(s), true)
	}
	d.straps.wear(d, s)
	if healthy {
		d.swaps.learn(s.after)
		d.slips.learn(s.after.slipped(), slipMemory)
	}
	d.beliefs, d.spare, d.last, d.warned = s.after, d.beliefs, m.Start, e.Level == gait.LevelWarn
	if healthy {
		d.runs++
		d.learnHabits(s, e)
	}
}

// learnHabits learns what moves the balance from a run without a shift.
func (d *Detector) learnHabits(s *sight, e gait.Evidence) {
	d.adjust.learnUsual(usualSpeed(s.m))
	if s.change.spread > leastSpread {
		share := 1 / (1 + s.odds.within.sum())
		d.harmless.learn(s.change.harm)
		d.slide.learn(s.change.slid, share)
		d.beginning.learn(s.change.start, share)
		d.turn.learn(s.change.turn, share)
		d.adjust.learnMinutes(s.series)
		d.adjust.solve()
	}
	if e.Level != gait.LevelNone {
		return
	}
	if d.runs > d.p.LearningRuns {
		expected := s.observation.balance - s.before.mean()
		d.scatter.learn(expected * expected)
		off := s.raw - s.before.mean()
		if variance := s.before.variance() + s.noise + s.observation.variance; off*off < 9*variance {
			d.adjust.learnRun(s.row, off, variance)
		}
	}
	if s.change.spread > leastSpread {
		spread := s.change.spread / s.series.rough
		d.minuteNoise.learn(spread * spread)
	}
	d.adjust.solve()
}

// Rebaseline takes the present level for the new normal at once, with room for
// it to settle: the runner has explained the change. Answers that explain
// nothing change nothing.
func (d *Detector) Rebaseline(why gait.AnswerKind) {
	if !why.Explains() {
		return
	}
	d.ahead = nil
	d.beliefs = d.beliefs.settled()
}
