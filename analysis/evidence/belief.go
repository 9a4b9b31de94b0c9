package evidence

import "math"

// level is what is believed of the runner's normal balance: a normal
// distribution, in percent and percent squared.
type level struct{ mean, variance float64 }

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
const stanceSteps = 37

// belief is what is believed under one assumption of the runner's noise: the
// weights of the plain story and of the hypotheses add up to 1.
type belief struct {
	noise, drift float64 // standard deviations, points
	weight       float64 // of the assumption itself
	plain        float64 // the weight of nothing having begun lately
	level        level
	begun        []hypothesis
}

// sizes are the shifts that are looked for, in points; each on both sides.
var sizes = [...]float64{0.75, 1.1, 1.6, 2.4, 3.6}

// settings are the rates and spreads all beliefs share.
type settings struct {
	shiftRate, swapRate, endRate float64 // a run
	slipShare, slipFactor        float64
	swapVariance                 float64
	rampRuns, shiftRuns          int
}

// endRate is the chance that a shift is over by the next run.
const endRate = 0.2

// negligible is the weight below which a hypothesis is forgotten.
const negligible = 1e-6

// predict moves the belief to the next run: the normal drifts, shifts may end
// or grow old, and new ones may begin. While frozen, the normal stands still,
// and no shift grows so old that it becomes the normal.
func (b *belief) predict(o *observation, s *settings, frozen bool) belief {
	next := *b
	drift := b.drift * b.drift * o.gap
	if frozen {
		drift = 0
	}
	next.begun = make([]hypothesis, 0, len(b.begun)+4*len(sizes)+1)
	plain := collapse{}
	plain.add(b.plain, b.level)
	for _, h := range b.begun {
		if h.age++; frozen {
			h.age = min(h.age, s.shiftRuns-2)
		}
		switch {
		case h.age >= s.shiftRuns:
			plain.add(h.weight, level{h.level.mean + h.size, h.level.variance})
			continue
		case h.kind == step, h.kind == ramp && h.age >= s.rampRuns:
			plain.add(h.weight*s.endRate, h.level)
			h.weight *= 1 - s.endRate
		}
		h.level.variance += drift
		next.begun = append(next.begun, h)
	}
	next.plain, next.level = plain.weight, plain.level()
	next.level.variance += drift
	next.begin(s)
	return next
}

// begin adds the stories that begin with this run.
func (b *belief) begin(s *settings) {
	each := b.plain * s.shiftRate / float64(4*len(sizes))
	for _, size := range sizes {
		b.begun = append(b.begun,
			hypothesis{step, 0, size, each, b.level}, hypothesis{step, 0, -size, each, b.level},
			hypothesis{ramp, 0, size, each, b.level}, hypothesis{ramp, 0, -size, each, b.level})
	}
	b.begun = append(b.begun, hypothesis{swap, 0, 0, b.plain * s.swapRate, level{b.level.mean, b.level.variance + s.swapVariance}})
	b.plain *= 1 - s.shiftRate - s.swapRate
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
		if h.kind != swap {
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
func (l level) observe(balance, noise float64, s *settings) (like float64, next level) {
	off := balance - l.mean
	good, slipped := l.variance+noise, l.variance+noise*s.slipFactor*s.slipFactor
	goodLike := (1 - s.slipShare) * density(off, good)
	slippedLike := s.slipShare * density(off, slipped)
	like = goodLike + slippedLike + impossible
	share := goodLike / like
	goodGain, slippedGain := l.variance/good, l.variance/slipped
	gain := share*goodGain + (1-share)*slippedGain
	spread := off * (goodGain - slippedGain)
	return like, level{l.mean + gain*off, l.variance*(1-gain) + share*(1-share)*spread*spread}
}

// impossible keeps the likelihood of a balance that cannot be from vanishing.
const impossible = 1e-200

func density(off, variance float64) float64 {
	return math.Exp(-off*off/(2*variance)) / math.Sqrt(2*math.Pi*variance)
}

// collapse joins several levels into one with their common mean and variance.
type collapse struct{ weight, sum, squares float64 }

func (c *collapse) add(weight float64, l level) {
	c.weight += weight
	c.sum += weight * l.mean
	c.squares += weight * (l.variance + (l.mean-50)*(l.mean-50))
}

func (c *collapse) level() level {
	mean := c.sum / c.weight
	return level{mean, c.squares/c.weight - (mean-50)*(mean-50)}
}
