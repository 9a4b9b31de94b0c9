package evidence

import "math"

// kind is what a hypothesis says began.
type kind uint8

const (
	step kind = iota // a shift that came at once
	ramp             // a shift that grew over some runs
	swap             // another strap, or the same one worn anew: no limp
)

// hypothesis is one story of the last runs: something began age runs ago. A shift
// may come and go: on and off are the probabilities that it is there in the last
// run, or is not and may come back.
type hypothesis struct {
	kind    kind
	side    int8 // of a shift: -1 takes from the left share
	age     int  // 0 in the run in which it began; runs from which it is away do not count
	on, off float64
	level   level // the runner's normal without the shift, and its size
}

func (h *hypothesis) weight() float64 { return h.on + h.off }

// share returns how much of the shift is there when it is on.
func (h *hypothesis) share(rampRuns int) float64 {
	switch {
	case h.kind == swap:
		return 0
	case h.kind == ramp && h.age+1 < rampRuns:
		return float64(h.age+1) / float64(rampRuns)
	default:
		return 1
	}
}

// newsRuns is for how many runs a shift that is there in full is news. It is still
// remembered then, so that its end is none.
const newsRuns = 10

// news tells whether the story is one of a shift that is worth a word.
func (h *hypothesis) news(s *settings) bool {
	return h.kind != swap && h.full(s) < newsRuns
}

// full is for how many runs the shift has been there in full.
func (h *hypothesis) full(s *settings) int {
	if h.kind == ramp {
		return h.age - s.rampRuns
	}
	return h.age
}

// observation is the balance of one run as the belief sees it.
type observation struct {
	balance  float64 // adjusted, percent
	variance float64 // of its mean, from the minutes behind it and from what was taken out
	gap      float64 // how many usual gaps between runs lie before it, at least 1
}

// belief is what is believed under one assumption of the runner's noise: the
// weights of the plain story and of the hypotheses add up to 1.
type belief struct {
	noise, wander float64 // standard deviations, points
	quicker       float64 // how many times sooner than usual the wander is forgotten
	usual, weight float64 // of the assumption itself, before any run and now
	plain         float64 // the weight of nothing having begun lately
	level         level
	begun         []hypothesis
}

// limps are the sizes of a shift that would be a limp: mean and spread of two
// bell curves, in points, on either side, each with its share of all shifts.
// Nobody has measured the limps of runners.
var limps = [...]struct{ mean, spread, share float64 }{{1.4, 0.45, 0.5}, {3, 1.1, 0.5}}

// settings are the rates and spreads all beliefs share.
type settings struct {
	shiftRate, swapRate          float64 // a run
	slipShare, slipFactor        float64
	swapVariance, sensorVariance float64 // of a change of strap, between two sensors
	kept, anchorDrift            float64 // share of the wander kept to the next run, variance the anchor gains
	rampRuns, shiftRuns          int
}

const (
	// pauseRate is the chance that a shift which is there in full is not in the
	// next run; returnRate that it then is again in the one after, endRate that it
	// is over for good.
	pauseRate, returnRate, endRate = 0.35, 0.35, 0.2
	// rampShare is the share of shifts that come slowly; of injuries it is 8 % (Garmin-RUNSAFE).
	rampShare = 0.15
	// silentOffset is the spread of what a change of the strap that nothing
	// announces does, in points.
	silentOffset = 0.5
	// negligible is the weight below which a hypothesis is forgotten, and an
	// assumption's hypotheses are not followed.
	negligible = 1e-5
)

// predict moves the belief to the next run: the normal wanders, shifts may pause
// or grow old, and new ones may begin. While frozen, the normal stands still,
// and no shift grows so old that it is no news.
func (b *belief) predict(next *belief, o *observation, s *settings, frozen bool) {
	begun := next.begun[:0]
	*next = *b
	next.begun = begun
	kept, wander, anchor := math.Pow(s.kept, o.gap*b.quicker), b.wander*b.wander, s.anchorDrift*o.gap
	if frozen {
		kept, anchor = 1, 0
	}
	plain := collapse{}
	plain.add(b.plain, &b.level)
	for _, h := range b.begun {
		still := h.kind == step && h.on <= h.off || frozen && h.full(s) >= newsRuns-2
		if !still {
			h.age++
		}
		switch alone := h.level.without(); {
		case h.full(s) >= s.shiftRuns:
			whole := h.level.with(1)
			if h.kind == swap {
				whole = alone
			}
			plain.add(h.on, &whole)
			plain.add(h.off, &alone)
			continue
		case h.kind != swap && h.share(s.rampRuns) == 1:
			plain.add(h.off*endRate, &alone)
			h.on, h.off = h.on*(1-pauseRate)+h.off*returnRate, h.on*pauseRate+h.off*(1-endRate-returnRate)
		}
		h.level.drift(kept, wander, anchor)
		next.begun = append(next.begun, h)
	}
	next.plain, next.level = plain.weight, plain.level()
	next.level.drift(kept, wander, anchor)
	if b.weight > negligible {
		next.begin(s)
	}
}

// begin adds the stories that begin with this run, in a runner who has not begun
// to limp lately, whatever became of the strap.
func (b *belief) begin(s *settings) {
	well := collapse{}
	well.add(b.plain, &b.level)
	for i := range b.begun {
		if h := &b.begun[i]; h.kind == swap {
			well.add(h.on, &h.level)
			h.on *= 1 - s.shiftRate - s.swapRate
		}
	}
	b.plain *= 1 - s.shiftRate - s.swapRate
	l := well.level()
	for _, limp := range limps {
		each := well.weight * s.shiftRate / 2 * limp.share
		l.cov.ss = limp.spread * limp.spread
		for side := int8(-1); side <= 1; side += 2 {
			l.size = float64(side) * limp.mean
			b.begun = append(b.begun,
				hypothesis{step, side, 0, each * (1 - rampShare), 0, l},
				hypothesis{ramp, side, 0, each * rampShare, 0, l})
		}
	}
	l.size, l.cov.ss = 0, 0
	l.cov.aa += s.swapVariance
	b.begun = append(b.begun, hypothesis{swap, 0, 0, well.weight * s.swapRate, 0, l})
}

// update takes the run's balance in and returns how likely it was. Where frozen,
// the weights change and the levels stay: the run is evidence, not normal.
func (b *belief) update(o *observation, s *settings, frozen bool) float64 {
	noise := b.noise*b.noise + o.variance
	like, learned := b.level.observe(o.balance, 0, noise, s)
	if !frozen {
		b.level = learned
	}
	b.plain *= like
	total := b.plain
	for i := range b.begun {
		h := &b.begun[i]
		h.observe(o.balance, noise, s, frozen)
		total += h.weight()
	}
	b.normalise(total)
	return total
}

// observe weighs the story by the balance, and lets its level follow: the shift
// is in it or is not, as far as either is believed.
func (h *hypothesis) observe(balance, noise float64, s *settings, frozen bool) {
	like, there := h.level.observe(balance, h.share(s.rampRuns), noise, s)
	h.on *= like
	if h.off == 0 {
		if !frozen {
			h.level = there
		}
		return
	}
	like, gone := h.level.observe(balance, 0, noise, s)
	h.off *= like
	if frozen {
		return
	}
	c := collapse{}
	c.add(h.on, &there)
	c.add(h.off, &gone)
	h.level = c.level()
}

// normalise makes the weights add up to 1 and forgets the negligible.
func (b *belief) normalise(total float64) {
	b.plain /= total
	kept := b.begun[:0]
	for _, h := range b.begun {
		h.on, h.off = h.on/total, h.off/total
		if h.weight() >= negligible {
			kept = append(kept, h)
		}
	}
	b.begun = kept
}
