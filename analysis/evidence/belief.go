package evidence

import "math"

// level is what is believed of the runner's normal balance, in percent: an
// anchor that stays and a wander around it that is forgotten in some weeks,
// jointly normal.
type level struct {
	anchor, wander     float64 // means
	aVar, wVar, shared float64 // variances, percent squared
}

// mean is the balance to be expected, variance how unsure it is.
func (l *level) mean() float64     { return l.anchor + l.wander }
func (l *level) variance() float64 { return l.aVar + 2*l.shared + l.wVar }

// drift moves the level on: of the wander a share is kept and new comes in.
func (l *level) drift(kept, wander, anchor float64) {
	l.wander *= kept
	l.wVar = kept*kept*l.wVar + (1-kept*kept)*wander
	l.shared *= kept
	l.aVar += anchor
}

// kind is what a hypothesis says began.
type kind uint8

const (
	step kind = iota // a shift that came at once
	ramp             // a shift that grew over some runs
	swap             // another strap, or the same one worn anew: no limp
)

// hypothesis is one story of the last runs: something began age runs ago.
type hypothesis struct {
	kind   kind
	age    int     // 0 in the run in which it began
	size   float64 // points the left share has moved by in the end; 0 for a swap
	weight float64 // its probability
	level  level   // the runner's normal without the shift
}

// shift returns by how much the balance of the run is moved.
func (h *hypothesis) shift(rampRuns int) float64 {
	if h.kind == ramp && h.age+1 < rampRuns {
		return h.size * float64(h.age+1) / float64(rampRuns)
	}
	return h.size
}

// observation is the balance of one run as the belief sees it.
type observation struct {
	balance  float64 // adjusted, percent
	variance float64 // of its mean, from the minutes behind it and from what was taken out
	gap      float64 // how many usual gaps between runs lie before it, at least 1
	// stance is how much likelier the stance time is when the balance has moved
	// than when it has not, by tenths of a point.
	stance [stanceSteps]float64
}

// stanceSteps is one more than the largest shift in tenths of a point.
const stanceSteps = 55

// belief is what is believed under one assumption of the runner's noise: the
// weights of the plain story and of the hypotheses add up to 1.
type belief struct {
	noise, wander float64 // standard deviations, points
	weight        float64 // of the assumption itself
	plain         float64 // the weight of nothing having begun lately
	level         level
	begun         []hypothesis
}

// sizes are the shifts that are looked for, in points, each on both sides, with
// the share of all shifts that have about that size. The shares were chosen on
// made runners, so that a small shift is sooner taken for the strap.
var sizes = [...]struct{ points, share float64 }{{0.75, 0.09}, {1.1, 0.15}, {1.6, 0.22}, {2.4, 0.28}, {3.6, 0.15}, {5.4, 0.11}}

// settings are the rates and spreads all beliefs share.
type settings struct {
	shiftRate, swapRate, endRate float64 // a run
	slipShare, slipFactor        float64
	swapVariance, sensorVariance float64 // of a change of strap, between two sensors
	kept, anchorDrift            float64 // share of the wander kept to the next run, variance the anchor gains
	rampRuns, shiftRuns          int
}

const (
	// endRate is the chance that a shift which is there in full is over by the
	// next run.
	endRate = 0.3
	// rampShare is the share of shifts that come slowly.
	rampShare = 0.2
	// silentOffset is the spread of what a change of the strap that nothing
	// announces does, in points. It is smaller than between two sensors, and held
	// for more frequent than among made runners: so chosen there, because it tells
	// small shifts from limps best.
	silentOffset = 0.5
)

// negligible is the weight below which a hypothesis is forgotten.
const negligible = 1e-5

// predict moves the belief to the next run: the normal wanders, shifts may end
// or grow old, and new ones may begin. While frozen, the normal stands still,
// and no shift grows so old that it becomes the normal.
func (b *belief) predict(next *belief, o *observation, s *settings, frozen bool) {
	begun := next.begun[:0]
	*next = *b
	next.begun = begun
	kept, wander, anchor := math.Pow(s.kept, o.gap), b.wander*b.wander, s.anchorDrift*o.gap
	if frozen {
		kept, anchor = 1, 0
	}
	plain := collapse{}
	plain.add(b.plain, &b.level)
	for _, h := range b.begun {
		if h.age++; frozen {
			h.age = min(h.age, s.shiftRuns-2)
		}
		switch {
		case h.age >= s.shiftRuns:
			h.level.anchor += h.size
			plain.add(h.weight, &h.level)
			continue
		case h.kind == step, h.kind == ramp && h.age >= s.rampRuns:
			plain.add(h.weight*s.endRate, &h.level)
			h.weight *= 1 - s.endRate
		}
		h.level.drift(kept, wander, anchor)
		next.begun = append(next.begun, h)
	}
	next.plain, next.level = plain.weight, plain.level()
	next.level.drift(kept, wander, anchor)
	next.begin(s)
}

// begin adds the stories that begin with this run, in a runner who has not begun
// to limp lately, whatever became of the strap.
func (b *belief) begin(s *settings) {
	well := collapse{}
	well.add(b.plain, &b.level)
	for i := range b.begun {
		if h := &b.begun[i]; h.kind == swap {
			well.add(h.weight, &h.level)
			h.weight *= 1 - s.shiftRate - s.swapRate
		}
	}
	b.plain *= 1 - s.shiftRate - s.swapRate
	l := well.level()
	for _, size := range sizes {
		each := well.weight * s.shiftRate / 2 * size.share
		sudden, slow := each*(1-rampShare), each*rampShare
		b.begun = append(b.begun,
			hypothesis{step, 0, size.points, sudden, l}, hypothesis{step, 0, -size.points, sudden, l},
			hypothesis{ramp, 0, size.points, slow, l}, hypothesis{ramp, 0, -size.points, slow, l})
	}
	l.aVar += s.swapVariance
	b.begun = append(b.begun, hypothesis{swap, 0, 0, well.weight * s.swapRate, l})
}

// update takes the run's balance in and returns how likely it was. Where frozen,
// the weights change and the levels stay: the run is evidence, not normal.
func (b *belief) update(o *observation, s *settings, frozen bool) float64 {
	noise := b.noise*b.noise + o.variance
	like, learned := b.level.observe(o.balance, noise, s)
	if !frozen {
		b.level = learned
	}
	b.plain *= like
	total := b.plain
	for i := range b.begun {
		h := &b.begun[i]
		shift := h.shift(s.rampRuns)
		like, learned = h.level.observe(o.balance-shift, noise, s)
		if !frozen {
			h.level = learned
		}
		h.weight *= like
		if h.kind == ramp || h.kind == step && h.age < stanceRuns {
			h.weight *= o.stance[int(math.Abs(shift)*10)]
		}
		total += h.weight
	}
	b.normalise(total)
	return total
}

// normalise makes the weights add up to 1 and forgets the negligible.
func (b *belief) normalise(total float64) {
	b.plain /= total
	kept := b.begun[:0]
	for _, h := range b.begun {
		if h.weight /= total; h.weight >= negligible {
			kept = append(kept, h)
		}
	}
	b.begun = kept
}

// observe returns how likely the balance is, and the level after it. A run is
// noisy as usual, or the strap has slipped and it is much noisier; the level
// follows the mixture of both, so that a slip moves it little.
func (l *level) observe(balance, noise float64, s *settings) (like float64, next level) {
	off, variance := balance-l.mean(), l.variance()
	good, slipped := 1/(variance+noise), 1/(variance+noise*s.slipFactor*s.slipFactor)
	goodLike := (1 - s.slipShare) * density(off, good)
	slippedLike := s.slipShare * density(off, slipped)
	like = goodLike + slippedLike + impossible
	share := goodLike / like
	gain := share*good + (1-share)*slipped
	between := off * (good - slipped)
	shrink := gain - share*(1-share)*between*between
	a, w := l.aVar+l.shared, l.wVar+l.shared
	return like, level{
		l.anchor + a*gain*off, l.wander + w*gain*off,
		l.aVar - a*a*shrink, l.wVar - w*w*shrink, l.shared - a*w*shrink,
	}
}

// impossible keeps the likelihood of a balance that cannot be from vanishing.
const impossible = 1e-200

// density of a normal distribution, by the inverse of its variance.
func density(off, inverse float64) float64 {
	return math.Exp(-off*off*inverse/2) * math.Sqrt(inverse/(2*math.Pi))
}

// collapse joins several levels into one with their common mean and variance.
type collapse struct {
	weight, anchor, wander float64
	aVar, wVar, shared     float64
}

func (c *collapse) add(weight float64, l *level) {
	c.weight += weight
	a := l.anchor - 50
	c.anchor += weight * a
	c.wander += weight * l.wander
	c.aVar += weight * (l.aVar + a*a)
	c.wVar += weight * (l.wVar + l.wander*l.wander)
	c.shared += weight * (l.shared + a*l.wander)
}

func (c *collapse) level() level {
	a, w := c.anchor/c.weight, c.wander/c.weight
	return level{50 + a, w, c.aVar/c.weight - a*a, c.wVar/c.weight - w*w, c.shared/c.weight - a*w}
}
