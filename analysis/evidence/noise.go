package evidence

import (
	"math"
	"slices"
)

// The runner's own noise and wander are not known beforehand: every pair of
// these factors on the usual ones is an assumption, with the share of runners of
// whom it holds, and the runs decide how far each is believed.
var (
	noiseFactors  = [...]factor{{0.65, 0.35}, {1.1, 0.4}, {1.9, 0.2}, {3.3, 0.05}}
	wanderFactors = [...]struct {
		factor
		quicker float64 // how many times sooner it is forgotten
	}{{factor{1, 0.85}, 1}, {factor{1.6, 0.15}, 3}}
)

// factor is how many times the usual one something is, and how often.
type factor struct{ times, share float64 }

// memory is how much of an assumption's standing is kept from run to run; the
// rest is what it had before any run.
const memory = 0.98

// beliefs are one belief for each assumption of the runner's noise; their
// weights add up to 1.
type beliefs []belief

// populationSpread is the spread of the balance over runners, in points: 40 %
// of runners lie within 0.75 of even, 90 % within 2.25 (the colour zones of a
// watch maker).
const populationSpread = 1.3

func newBeliefs(noise, wander float64) beliefs {
	var all beliefs
	for _, nf := range noiseFactors {
		for _, df := range wanderFactors {
			all = append(all, belief{
				noise: noise * nf.times, wander: wander * df.times, quicker: df.quicker, usual: nf.share * df.share, weight: nf.share * df.share, plain: 1,
				level: level{anchor: 50, cov: covariance{aa: populationSpread * populationSpread, ww: wander * wander * df.times * df.times}},
			})
		}
	}
	return all
}

// after returns the beliefs after one more run, in the room of others that are
// no longer needed; the receiver stays as it is.
func (all beliefs) after(room beliefs, o *observation, c *chances, frozen bool) beliefs {
	next := slices.Grow(room[:0], len(all))[:len(all)]
	sum := 0.0
	for i := range all {
		all[i].predict(&next[i], o, c, frozen)
		like := next[i].update(o, c.slip, frozen)
		next[i].weight = math.Pow(all[i].weight, memory) * math.Pow(all[i].usual, 1-memory) * like
		sum += next[i].weight
	}
	for i := range next {
		next[i].weight /= sum
	}
	return next
}

// normal returns the balance expected of the next run, shifts left out, with
// the variance of the level and of the noise.
func (all beliefs) normal() (l level, noise float64) {
	var c collapse
	for i := range all {
		b := &all[i]
		c.add(b.weight*b.plain, &b.level)
		for j := range b.begun {
			alone := b.begun[j].level.without()
			c.add(b.weight*b.begun[j].weight(), &alone)
		}
		noise += b.weight * b.noise * b.noise
	}
	return c.level(), noise
}

// ahead returns the balance expected of the next run with the shifts as they are
// now, neither ended nor grown, with the variance of the level and of the noise.
func (all beliefs) ahead(gap float64) (l level, noise float64) {
	var c collapse
	for i := range all {
		b := &all[i]
		kept := math.Pow(wanderKept, gap*b.quicker)
		now := b.shifted()
		now.drift(kept, b.wander*b.wander, anchorDrift*gap)
		c.add(b.weight, &now)
		noise += b.weight * b.noise * b.noise
	}
	return c.level(), noise
}

// shifted returns the level with the shift that each story tells.
func (b *belief) shifted() level {
	var c collapse
	c.add(b.plain, &b.level)
	for i := range b.begun {
		h := &b.begun[i]
		there, gone := h.level.with(h.share()), h.level.without()
		c.add(h.on, &there)
		c.add(h.off, &gone)
	}
	return c.level()
}

// widened returns the beliefs with room for another sensor under every story.
func (all beliefs) widened(variance float64) beliefs {
	wide := slices.Clone(all)
	for i := range wide {
		wide[i].level.cov.aa += variance
		wide[i].begun = slices.Clone(wide[i].begun)
		for j := range wide[i].begun {
			wide[i].begun[j].level.cov.aa += variance
		}
	}
	return wide
}

// settled returns the beliefs with the present level under every story as the
// normal, with room to move by as much as another sensor would; the stories are
// forgotten.
func (all beliefs) settled() beliefs {
	now := slices.Clone(all)
	for i := range now {
		b := &now[i]
		b.level, b.plain, b.begun = b.shifted(), 1, nil
		b.level.cov.aa += sensorVariance
	}
	return now
}

// odds are the weights of the shifts by what they look like and by side, as
// odds against no shift.
type odds struct {
	sudden, confirmed, creep, within sides
	// normal is the runner's normal under the shifts.
	normal collapse
}

// sides are the odds of a shift towards either side: shorter stance left and
// right.
type sides struct{ left, right float64 }

func (s *sides) add(side int8, odds float64) {
	if side < 0 {
		s.left += odds
	} else {
		s.right += odds
	}
}

func (s sides) sum() float64 { return s.left + s.right }

func (s sides) times(left, right float64) sides { return sides{s.left * left, s.right * right} }

// stillThere is the least odds at which a shift that was warned of, however old, is
// held to be there still.
const stillThere = 1

// odds sums the beliefs up: the odds of what is news or, where a shift was warned of
// that is likely there still, of a shift of any age.
func (all beliefs) odds(warned bool) odds {
	if warned {
		if o := all.sum(func(h *hypothesis) bool { return !h.harmless() }); o.sum() >= stillThere {
			return o
		}
	}
	return all.sum((*hypothesis).news)
}

// sum returns the odds of the stories that count against all others.
func (all beliefs) sum(counts func(*hypothesis) bool) odds {
	var o odds
	against := 0.0
	for i := range all {
		b := &all[i]
		against += b.weight * b.plain
		for j := range b.begun {
			h := &b.begun[j]
			w := b.weight * h.on
			against += b.weight * h.off
			switch {
			case !counts(h):
				against += w
				continue
			case h.kind == ramp:
				o.creep.add(h.side, w)
			case h.age == 0:
				o.sudden.add(h.side, w)
			default:
				o.confirmed.add(h.side, w)
			}
			alone := h.level.without()
			o.normal.add(w, &alone)
		}
	}
	against = max(against, 1e-300)
	f := 1 / against
	o.sudden, o.confirmed, o.creep = o.sudden.times(f, f), o.confirmed.times(f, f), o.creep.times(f, f)
	return o
}
