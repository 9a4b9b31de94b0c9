package evidence

import (
	"math"

	"gaitkeeper/gait"
)

// look puts the run beside what was learned before it.
func (d *Detector) look(m gait.Measures) *sight {
	s := &sight{m: m, newSensor: d.changed(m)}
	d.readBalance(s)
	start := d.startingFrom(s)
	s.before, s.noise = start.normal()
	s.faulty = d.runs >= d.p.LearningRuns && math.Abs(s.observation.balance-s.before.mean) > d.p.SensorJump
	s.stance = d.stanceOf(m)
	s.observation.stance = s.stance.evidence()
	s.observation.gap = d.gap(m)
	s.after = start.after(&s.observation, d.settingsNow(), false)
	s.odds = s.after.odds()
	d.readChange(s)
	return s
}

// startingFrom returns what was believed before the run, with room for another
// sensor where the run has one.
func (d *Detector) startingFrom(s *sight) beliefs {
	if !s.newSensor {
		return d.beliefs
	}
	wide := make(beliefs, len(d.beliefs))
	for i := range d.beliefs {
		wide[i] = d.beliefs[i]
		wide[i].begun = append([]hypothesis(nil), d.beliefs[i].begun...)
	}
	wide.widen(d.settings.swapVariance)
	return wide
}

// settingsNow are the settings with a change of strap likelier after a fault.
func (d *Detector) settingsNow() *settings {
	s := d.settings
	if d.trouble > 0 {
		s.swapRate = troubleRate
	}
	return &s
}

// troubleRate is the chance a run of another strap shortly after a fault.
const troubleRate = 0.2

// gap is how many usual gaps of two days lie before the run: the normal drifts
// on while the runner rests.
func (d *Detector) gap(m gait.Measures) float64 {
	if d.last.IsZero() {
		return 1
	}
	days := m.Start.Sub(d.last).Hours() / 24
	return max(1, min(10, days/3))
}

// readBalance takes the run's balance together, with what speed, slope and
// context do to it taken out.
func (d *Detector) readBalance(s *sight) {
	s.series = d.minutes(s.m)
	s.lost = len(s.m.Blocks) - len(s.series.balance)
	noise := d.minuteNoise.value()
	s.strays = pullStray(s.series.balance, noise)
	speed, grade := d.prepare(s.series)
	s.row = d.adjust.row(speed, grade, s.m.Context)
	taken, unsure := d.adjust.points(s.row)
	s.raw, _ = line(s.series.balance)
	s.taken = taken
	n := float64(len(s.series.balance))
	s.observation.balance = s.raw - taken
	s.observation.variance = noise*noise*math.Pow(n, 2*hurst-2) + unsure
}

// readChange looks for a change in the middle of the run.
func (d *Detector) readChange(s *sight) {
	short := s.series.shorten()
	n := len(short.balance)
	if n < 2*edge || n < d.p.MinBlocks {
		return
	}
	k, ok := d.kernels[n]
	if !ok {
		k = newKernel(n)
		d.kernels[n] = k
	}
	s.change = scan(short, k)
	if s.change.spread <= leastSpread {
		s.change.left, s.change.right = 0, 0
	}
	s.odds.within = sides{s.change.left, s.change.right}.times(1/d.p.WithinEvery, 1/d.p.WithinEvery)
}

// stanceOf reads the stance time against the runner's habit with this sensor.
func (d *Detector) stanceOf(m gait.Measures) reading {
	if d.changed(m) {
		return reading{}
	}
	v := formFigures(m)
	return d.form.stance.read(v.stance, v.speed)
}

// formOf judges the form; the stance time of another sensor says nothing.
func (d *Detector) formOf(m gait.Measures) gait.Form {
	return d.form.judge(m, d.p.FormLimit, !d.changed(m))
}

const (
	// stancePerPoint is by how much a limp lengthens the mean stance time, in
	// milliseconds a point; an assumption from group studies of sore legs.
	stancePerPoint = 2
	// stanceTrust keeps the stance time a witness, not a judge: shoes and
	// paths move it for many runs at a time.
	stanceTrust = 0.3
)

// evidence returns how much likelier the stance time is with a shift than
// without, by tenths of a point.
func (r reading) evidence() (likelier [stanceSteps]float64) {
	tail := func(off float64) float64 { // Student's t, 4 degrees of freedom
		z := off / r.spread
		return -2.5 * math.Log1p(z*z/4)
	}
	for i := range likelier {
		likelier[i] = 1
		if r.known {
			likelier[i] = math.Exp(stanceTrust * (tail(r.off-stancePerPoint*float64(i)/10) - tail(r.off)))
		}
	}
	return likelier
}
