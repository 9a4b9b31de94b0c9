package simulate

import (
	"math/rand/v2"
	"time"

	"gaitkeeper/gait"
)

// course is what changes from run to run of a season.
type course struct {
	season   Season
	drift    ar1
	driftRNG *rand.Rand
	days     int // since the first run
	start    time.Time
	strap    gait.Sensor
	strapOff float64 // what this strap reads off
	shoesOff float64
	cadence  float64 // times the runner's own
	dying    int     // bad runs left before the strap is replaced
	swapped  bool
	lastDay  int // the day of the run before
}

// day is everything that is settled before one run begins.
type day struct {
	index     int
	start     time.Time
	kind      Kind
	context   gait.Context
	plan      plan
	level     float64 // without the noise of the run
	offset    float64 // the noise of the run
	slide     float64 // from start to end
	spread    float64 // times the runner's own noise inside a run
	cadence   float64 // times the runner's own
	cadenceBy float64 // steps a minute
	stanceBy  float64 // ms
	worn      bool
	bad       bool
	lostFrom  int
	lostTo    int
	lostAt    float64 // what the strap reads without contact
	unlike
}

func newCourse(s Season) *course {
	rng := stream(s.Runner.Seed, streamDrift, 0)
	return &course{
		season: s, driftRNG: rng, drift: newAR1(rng, float64(s.Runner.Noise.DriftSD), max(s.Runner.Noise.DriftRuns, 1)),
		start: s.Start.UTC().Truncate(time.Second), strap: s.Runner.Strap.First, cadence: 1,
	}
}

// next makes the run with the given index; they must be asked for in order.
func (c *course) next(i int) Run {
	rng := stream(c.season.Runner.Seed, streamSeason, i)
	c.wander()
	c.change(rng)
	d := c.day(i, stream(c.season.Runner.Seed, streamDay, i))
	run := c.record(d, stream(c.season.Runner.Seed, streamRun, i))
	c.rest(rng)
	return run
}

// skip lets a run pass without recording it: what it leaves to later runs is
// the same.
func (c *course) skip(i int) {
	rng := stream(c.season.Runner.Seed, streamSeason, i)
	c.wander()
	c.change(rng)
	c.rest(rng)
}

// wander moves the level on: by a run, or by the days since the run before.
func (c *course) wander() {
	steps := 1
	if c.season.Runner.Noise.DriftByDay {
		steps = (c.days+1)/2 - (c.lastDay+1)/2
	}
	for range steps {
		c.drift.next(c.driftRNG)
	}
	c.lastDay = c.days
}

// change lets happen what may happen between two runs.
func (c *course) change(rng *rand.Rand) {
	strap, habits := c.season.Runner.Strap, c.season.Runner.Habits
	swap, die, shoes, retrain := rng.Float64(), rng.Float64(), rng.Float64(), rng.Float64()
	c.swapped = false
	if c.dying > 0 {
		if c.dying--; c.dying == 0 {
			c.newStrap(rng)
		}
	} else if die < strap.DyingChance {
		c.dying = 2 + rng.IntN(3) // bad runs: this one and up to three more
	}
	if swap < strap.SwapChance && c.dying == 0 {
		c.newStrap(rng)
	}
	if shoes < habits.ShoesChance {
		c.shoesOff += normal(rng, 0, float64(habits.ShoesSD))
	}
	if retrain < habits.RetrainChance {
		c.cadence *= 1.05
	}
}

func (c *course) newStrap(rng *rand.Rand) {
	strap := c.season.Runner.Strap
	c.strapOff += normal(rng, 0, float64(strap.SwapSD))
	c.swapped = true
	if rng.Float64() < strap.Announced {
		c.strap = strapModel(rng)
	}
}

// rest moves on to the next run: one to three days later, at most half an hour
// earlier or later in the day than the season's first.
func (c *course) rest(rng *rand.Rand) {
	chance := clip((7/c.season.Runner.Habits.RunsPerWeek-1)/2, 0, 1)
	c.days++
	for range 2 {
		if rng.Float64() < chance {
			c.days++
		}
	}
	late := time.Duration(rng.IntN(3600)-1800) * time.Second
	c.start = c.season.Start.UTC().Truncate(time.Second).AddDate(0, 0, c.days).Add(late)
}

// day settles what one run will be like. Everything is drawn in every run, in
// the same order, so that one nuisance more or less moves nothing else.
func (c *course) day(i int, rng *rand.Rand) day {
	r := c.season.Runner
	d := day{
		index: i, start: c.start, kind: r.Habits.Mix.draw(rng), spread: 1, cadence: c.cadence,
		level:  float64(r.Body.Level) + c.drift.x + c.shoesOff + c.strapOff,
		offset: normal(rng, 0, float64(r.Noise.RunSD)), slide: normal(rng, float64(r.Noise.SlideMean), float64(r.Noise.SlideSD)),
		cadenceBy: normal(rng, 0, float64(r.Noise.CadenceRunSD)), stanceBy: normal(rng, 0, float64(r.Noise.StanceRunSD)),
		worn: rng.Float64() < r.Strap.Worn,
	}
	slip, lost, ill := rng.Float64() < r.Strap.SlipChance, rng.Float64() < r.Strap.ContactLoss, normal(rng, 0, 2)
	d.context = r.Habits.drawContext(rng, d.kind)
	d.plan = newPlan(rng, r.Habits, d.kind)
	if slip {
		d.offset, d.bad = d.offset*r.Strap.SlipFactor, true
	}
	if c.dying > 0 {
		d.offset, d.spread, d.bad = d.offset+ill, 4, true
	}
	if lost {
		d.loseContact(rng)
	}
	d.bad = d.bad && d.worn
	d.unlike = newUnlike(r, &d, stream(r.Seed, streamUnlikeDay, i))
	return d
}

// loseContact picks two to six minutes in the middle of the run, and what the
// strap reads in them: 12 to 47 %, or as far to the other side.
func (d *day) loseContact(rng *rand.Rand) {
	if !d.worn {
		return
	}
	long := 120 + rng.IntN(240)
	d.lostFrom = 300 + rng.IntN(max(1, len(d.plan)-300-long))
	d.lostTo = min(d.lostFrom+long, len(d.plan))
	d.lostAt = 12 + 35*rng.Float64()
	if rng.Float64() < 0.3 {
		d.lostAt = 100 - d.lostAt
	}
}
