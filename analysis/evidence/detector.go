package evidence

import (
	"math"
	"time"

	"gaitkeeper/gait"
)

// Detector holds what was learned of one runner so far. It is not safe for
// concurrent use.
type Detector struct {
	p        gait.AnalysisParams
	settings settings
	beliefs  beliefs
	adjust   *adjustment
	form     *form
	// minuteNoise is the runner's usual spread of a minute within a run, slide
	// the usual slide from start to end.
	minuteNoise scale
	slide       slide
	kernels     map[int]*kernel
	sensor      gait.Sensor
	last        time.Time // start of the run learned last
	runs        int       // healthy runs with a balance learned
	trouble     int       // runs for which another strap is likely, after a fault
	// ahead is the last judged run, so that learning it need not look again.
	ahead *sight
}

// New returns a detector that has seen no run yet.
func New(p gait.AnalysisParams) *Detector {
	return &Detector{
		p: p,
		settings: settings{
			shiftRate: 1 / p.ShiftEvery, swapRate: 1 / p.StrapEvery, endRate: endRate,
			slipShare: p.SlipShare, slipFactor: p.SlipFactor, swapVariance: p.SensorOffset * p.SensorOffset,
			rampRuns: p.RampRuns, shiftRuns: p.ShiftRuns,
		},
		beliefs: newBeliefs(p.RunNoise, p.Drift), adjust: newAdjustment(p), form: newForm(p),
		minuteNoise: newScale(p.MinuteNoise, 6), slide: newSlide(p.SlideSpread), kernels: map[int]*kernel{},
	}
}

// sight is all that is seen of one run against what was learned before.
type sight struct {
	m           gait.Measures
	series      *series
	row         row     // what may move the balance
	raw         float64 // mean balance, nothing taken out
	taken       float64 // points taken out
	strays      int
	lost        int     // steady minutes without a balance
	before      level   // the normal before the run
	noise       float64 // variance of a run around it
	observation observation
	newSensor   bool
	faulty      bool // farther from the normal than a leg can go
	stance      reading
	after       beliefs
	odds        odds
	change      change
}

// Judge says what the run shows against what was learned before it. It changes
// nothing that a later judgement sees.
func (d *Detector) Judge(m gait.Measures, prior gait.Prior) gait.Evidence {
	e := blank(m)
	e.BaselineRuns = d.runs
	e.Form = d.formOf(m)
	d.ahead = nil
	if m.Quality.Balance != gait.BalanceOK {
		return e
	}
	s := d.look(m)
	d.ahead = s
	d.describe(&e, s, prior)
	return e
}

// Learn takes the run that was judged into the runner's normal. A run that is
// not healthy (a pain of 3 or more, a limp, an illness) is kept out of it but
// still counts as evidence that a shift has begun. An open question or warning
// alone does not make a run unhealthy: the detector itself keeps a shift apart
// from the normal until it is explained or has lasted for long.
func (d *Detector) Learn(m gait.Measures, e gait.Evidence, healthy bool) {
	if d.changed(m) {
		d.form.stance.forget()
	}
	d.form.learn(m, healthy)
	defer func() { d.ahead = nil }()
	if m.Quality.Balance == gait.BalanceSuspectSensor {
		d.trouble = troubleRuns
	}
	if m.Quality.Balance != gait.BalanceOK {
		return
	}
	s := d.ahead
	if s == nil || s.m.Run != m.Run || !s.m.Start.Equal(m.Start) {
		s = d.look(m)
	}
	d.sensor, d.last = d.worn(m), m.Start
	switch {
	case s.faulty:
		d.trouble = troubleRuns
		return
	case !healthy:
		s.after = d.startingFrom(s).after(&s.observation, d.settingsNow(), true)
	}
	if d.trouble = max(d.trouble-1, 0); s.lost >= lostMinutes {
		d.trouble = troubleRuns
	}
	d.beliefs = s.after
	if healthy {
		d.runs++
		d.learnHabits(s, e)
	}
}

// troubleRuns is for how many runs after a fault of the sensor the strap may
// have been changed or worn anew.
const troubleRuns = 3

// lostMinutes is how many minutes without contact make a strap doubtful.
const lostMinutes = 5

// learnHabits learns what moves the balance from a run without a shift.
func (d *Detector) learnHabits(s *sight, e gait.Evidence) {
	d.adjust.learnUsual(s.speedUsual())
	if e.Level != gait.LevelNone {
		return
	}
	if d.runs > d.p.LearningRuns {
		off := s.raw - s.before.mean
		if variance := s.before.variance + s.noise + s.observation.variance; off*off < 9*variance {
			d.adjust.learnRun(s.row, off, variance)
		}
	}
	if s.change.spread > leastSpread {
		d.minuteNoise.learn(s.change.spread * s.change.spread / widthFactor(s.series))
		d.slide.learn(s.change.slid)
		d.adjust.learnMinutes(s.series)
	}
	d.adjust.solve()
}

// leastSpread is the spread of the minutes below which they are no minutes but
// one figure for the whole run.
const leastSpread = 0.005

func widthFactor(s *series) float64 {
	width := (len(s.balance) + longest - 1) / longest
	return math.Pow(float64(width), 2*hurst-2)
}

func (s *sight) speedUsual() float64 {
	f := formFigures(s.m)
	return f.speed
}

// Rebaseline takes the present level for the new normal at once, with room for
// it to settle: the runner has explained the change. Answers that explain
// nothing change nothing.
func (d *Detector) Rebaseline(why gait.AnswerKind) {
	if !why.Explains() {
		return
	}
	d.ahead = nil
	d.beliefs = append(beliefs(nil), d.beliefs...)
	d.beliefs.settle(d.p.RampRuns, d.settings.swapVariance)
	if why == gait.AnswerNewStrap || why == gait.AnswerNewShoes {
		d.form.stance.forget()
	}
	if why == gait.AnswerOnPurpose {
		d.form.cadence.forget()
		d.form.stance.forget()
	}
}

// worn is the sensor of the run, or the one before where the run names none.
func (d *Detector) worn(m gait.Measures) gait.Sensor {
	if m.Sensor == (gait.Sensor{}) {
		return d.sensor
	}
	return m.Sensor
}

// changed tells whether the run was measured by another sensor than the one
// before it.
func (d *Detector) changed(m gait.Measures) bool {
	return d.sensor != (gait.Sensor{}) && d.worn(m) != d.sensor
}
