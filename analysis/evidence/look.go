package evidence

import (
	"math"

	"gaitkeeper/gait"
)

// sight is all that is seen of one run against what was learned before.
type sight struct {
	m      gait.Measures
	judged bool // the balance can be judged; the rest is set only then

	newSensor   bool
	start       beliefs // before the run
	before      level   // the normal before the run
	noise       float64 // variance of a run around it
	series      *series
	raw         float64 // mean balance, nothing taken out
	row         row     // what may move the balance
	strays      int     // minutes that were pulled in
	lost        int     // steady minutes without a balance
	unsteady    bool    // its minutes scatter as no leg's do
	observation observation
	leap        bool // its balance changed in its middle by more than a leg can do
	faulty      bool // that, or farther from the normal than a leg can go
	after       beliefs
	odds        odds
	change      change
}

// look puts the run beside what was learned before it.
func (d *Detector) look(m gait.Measures) *sight {
	s := &sight{m: m, judged: m.Quality.Balance == gait.BalanceOK}
	if !s.judged {
		return s
	}
	s.newSensor = d.straps.changed(m)
	s.start = d.straps.start(d, m)
	s.before, s.noise = s.start.normal()
	s.observation.gap = d.gap(m)
	d.readBalance(s)
	s.faulty = d.runs >= d.p.LearningRuns && math.Abs(s.observation.balance-s.before.mean()) > sensorJump
	d.readChange(s)
	if s.unsteady = s.change.calm > unsteady*s.series.noise; s.unsteady {
		s.change.left, s.change.right = 0, 0
	}
	s.after = s.start.after(d.spare, &s.observation, d.chances(s), false)
	s.odds = s.after.odds(d.warned)
	s.odds.within = s.change.sides().times(1/withinEvery, 1/withinEvery)
	s.leap = math.Abs(s.change.size) > sensorJump && s.odds.within.sum() > 1
	s.faulty = s.faulty || s.leap
	return s
}

// chances are those of the strap in the run, as far as they were learned; a fault
// shortly before makes another strap more likely, and minutes that were lost or
// are unsteady a slip.
func (d *Detector) chances(s *sight) *chances {
	c := &chances{swapRate: d.swaps.rates(strapEvery), swapVariance: swapVariances(), slip: d.slips.share(slipShare, slipRuns)}
	if d.straps.doubtful > 0 {
		c.swapRate[0], c.swapVariance[0] = doubtfulRate, sensorVariance
	}
	if s.lost > 0 || s.unsteady {
		c.slip = max(c.slip, loosely)
	}
	return c
}

// gap is how many usual gaps of up to three days lie before the run: the normal
// drifts on while the runner rests.
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
	s.series = minutes(s.m)
	s.lost = len(s.m.Blocks) - len(s.series.balance)
	speed, grade := d.prepare(s.series)
	s.strays = s.series.pullStrays()
	s.row = d.adjust.row(speed, grade, s.m.Context)
	taken, unsure := d.adjust.points(s.row)
	s.raw, _ = line(s.series.balance)
	n := float64(len(s.series.balance))
	s.observation.balance = s.raw - taken
	s.observation.variance = s.series.noise*s.series.noise*math.Pow(n, 2*hurst-2) + unsure
	d.expect(s, taken, unsure)
}

// expect says where the mean of the run's minutes should lie, shifts that are
// there already included; another strap is given as much room as one that slipped.
func (d *Detector) expect(s *sight, taken, unsure float64) {
	c := d.chances(s)
	level, noise := s.start.ahead(s.observation.gap)
	m := s.series
	m.usual[ofMean] = level.mean() + taken
	m.variance[ofMean] = level.variance() + unsure + noise
	m.loose = level.variance() + unsure + noise*slipFactor*slipFactor
	m.looseShare = c.slip + c.swapRate[0] + c.swapRate[1]
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
	single := s.series.noise / short.noise // spreads of a single minute
	s.change.spread *= single
	s.change.calm *= single
	if s.change.spread <= leastSpread {
		s.change.left, s.change.right = 0, 0
	}
}

// unsteady is how many times the usual spread of the minutes speaks for a strap
// that sits badly or is dying, the ground (trailNoise) left out.
const unsteady = 1.6

// leastSpread is the spread of the minutes below which they are no minutes but
// one figure for the whole run, in points.
const leastSpread = 0.005
