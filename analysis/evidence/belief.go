package evidence

import "math"

// kind is what a hypothesis says began.
type kind uint8

const (
	step  kind = iota // a shift that came at once and mostly stays
	bouts             // a shift that comes and goes
	ramp              // a shift that grew over some runs
	swap              // the strap reads otherwise: no limp
	jump              // the same, by more
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

// harmless reports whether the story is one of the strap.
func (h *hypothesis) harmless() bool { return h.kind >= swap }

// share returns how much of the shift is there when it is on.
func (h *hypothesis) share() float64 {
	switch {
	case h.harmless():
		return 0
	case h.kind == ramp && h.age+1 < rampRuns:
		return float64(h.age+1) / rampRuns
	default:
		return 1
	}
}

// newsRuns is for how many runs a shift that is there in full is news. It is still
// remembered then, so that its end is none.
const newsRuns = 5

// news reports whether the story is one of a shift that is worth mentioning.
func (h *hypothesis) news() bool {
	return !h.harmless() && h.full() < newsRuns
}

// full is for how many runs the shift has been there in full.
func (h *hypothesis) full() int {
	if h.kind == ramp {
		return h.age - rampRuns
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
	// settled is the weight of the stories that have become the normal with this
	// run, by what the strap would have had to do.
	settled [straplike]float64
	// slipped is how far the strap is believed to have sat badly in this run, had
	// nothing begun.
	slipped float64
}

// limps are the sizes of a shift that would be a limp: mean and spread of two
// bell curves, in points, on either side, each with its share of all shifts.
// Nobody has measured the limps of runners.
var limps = [...]struct{ mean, spread, share float64 }{{1.4, 0.45, 0.5}, {3, 1.1, 0.5}}

// anyLimp is one bell curve for both, for the shifts that are less frequent.
var anyLimp = struct{ mean, spread float64 }{1.9, 0.8}

// chances are those of the strap in one run.
type chances struct {
	swapRate     [straplike]float64 // of changes of the strap that nothing announces
	swapVariance [straplike]float64 // of what they do
	slip         float64            // that it sits badly
}

// straplike is the number of kinds of changes of the strap, from swap on.
const straplike = 2

// rhythm is how a shift that is there in full comes and goes, as chances a run: that
// it is away in the next one, and there again in the one after that, or over for good.
type rhythm struct{ pause, again, end float64 }

var (
	steady   = rhythm{0.06, 0.35, 0.3}
	changing = rhythm{0.45, 0.45, 0.1}
)

func (h *hypothesis) rhythm() rhythm {
	if h.kind == bouts {
		return changing
	}
	return steady
}

const (
	// boutShare is the share of shifts that come and go, rampShare of those that come
	// slowly; of injuries the latter is 8 % (Garmin-RUNSAFE).
	boutShare, rampShare = 0.3, 0.15
	// negligible is the weight below which a hypothesis is forgotten, and an
	// assumption's hypotheses are not followed.
	negligible = 1e-5
)

// predict moves the belief to the next run: the normal wanders, shifts may pause
// or grow old, and new ones may begin. While frozen, the normal stands still,
// and no shift grows so old that it is no news.
func (b *belief) predict(next *belief, o *observation, c *chances, frozen bool) {
	begun := next.begun[:0]
	*next = *b
	next.begun, next.settled = begun, [straplike]float64{}
	kept, wander, anchor := math.Pow(wanderKept, o.gap*b.quicker), b.wander*b.wander, anchorDrift*o.gap
	if frozen {
		kept, anchor = 1, 0
	}
	plain := collapse{}
	plain.add(b.plain, &b.level)
	for _, h := range b.begun {
		still := h.kind == bouts && h.on <= h.off || frozen && h.full() >= newsRuns-2
		if !still {
			h.age++
		}
		switch alone := h.level.without(); {
		case h.full() >= ShiftRuns:
			whole := h.level.with(1)
			if h.harmless() {
				whole = alone
			}
			plain.add(h.on, &whole)
			plain.add(h.off, &alone)
			next.settle(&h, c)
			continue
		case !h.harmless() && h.share() == 1:
			r := h.rhythm()
			plain.add(h.off*r.end, &alone)
			h.on, h.off = h.on*(1-r.pause)+h.off*r.again, h.on*r.pause+h.off*(1-r.again-r.end)
		}
		h.level.drift(kept, wander, anchor)
		next.begun = append(next.begun, h)
	}
	next.plain, next.level = plain.weight, plain.level()
	next.level.drift(kept, wander, anchor)
	if b.weight > negligible {
		next.begin(c)
	}
}

// settle books a story that has become the normal. A shift that nobody has
// explained or suffered from was the strap, by the one or the other kind of change.
func (b *belief) settle(h *hypothesis, c *chances) {
	if h.harmless() {
		b.settled[h.kind-swap] += h.on
		return
	}
	var like [straplike]float64
	all := 0.0
	for k := range like {
		like[k] = c.swapRate[k] * density(h.level.size, 1/c.swapVariance[k])
		all += like[k]
	}
	for k := range like {
		b.settled[k] += h.on * like[k] / all
	}
}

// begin adds the stories that begin with this run, in a runner who has not begun
// to limp lately, whatever became of the strap.
func (b *belief) begin(c *chances) {
	none := 1 - shiftRate
	for _, rate := range c.swapRate {
		none -= rate
	}
	well := collapse{}
	well.add(b.plain, &b.level)
	b.plain *= none
	for i := range b.begun {
		if h := &b.begun[i]; h.harmless() {
			well.add(h.on, &h.level)
			h.on *= none
		}
	}
	normal := well.level()
	for side := int8(-1); side <= 1; side += 2 {
		each := well.weight * shiftRate / 2
		shift := func(k kind, weight, mean, spread float64) {
			l := normal
			l.size, l.cov.ss = float64(side)*mean, spread*spread
			b.begun = append(b.begun, hypothesis{k, side, 0, each * weight, 0, l})
		}
		for _, limp := range limps {
			shift(step, (1-rampShare-boutShare)*limp.share, limp.mean, limp.spread)
		}
		shift(bouts, boutShare, anyLimp.mean, anyLimp.spread)
		shift(ramp, rampShare, anyLimp.mean, anyLimp.spread)
	}
	for k, rate := range c.swapRate {
		l := normal
		l.size, l.cov.ss = 0, 0
		l.cov.aa += c.swapVariance[k]
		b.begun = append(b.begun, hypothesis{swap + kind(k), 0, 0, well.weight * rate, 0, l})
	}
}

// update takes the run's balance in and returns how likely it was. Where frozen,
// the weights change and the levels stay: the run is evidence, not normal.
func (b *belief) update(o *observation, slip float64, frozen bool) float64 {
	noise := b.noise*b.noise + o.variance
	like, slipped, learned := b.level.observe(o.balance, 0, noise, slip)
	b.slipped = slipped
	if !frozen {
		b.level = learned
	}
	b.plain *= like
	total := b.plain
	for i := range b.begun {
		h := &b.begun[i]
		h.observe(o.balance, noise, slip, frozen)
		total += h.weight()
	}
	b.normalise(total)
	return total
}

// observe weighs the story by the balance, and lets its level follow: the shift
// is in it or is not, as far as either is believed.
func (h *hypothesis) observe(balance, noise, slip float64, frozen bool) {
	like, _, there := h.level.observe(balance, h.share(), noise, slip)
	h.on *= like
	if h.off == 0 {
		if !frozen {
			h.level = there
		}
		return
	}
	like, _, gone := h.level.observe(balance, 0, noise, slip)
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
