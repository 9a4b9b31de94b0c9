package evidence

import (
	"math"
	"slices"
)

// The runner's own noise and drift are not known beforehand: every pair of
// these factors on the usual ones is an assumption, and the runs decide how
// far each is believed.
var (
	noiseFactors = [...]float64{0.6, 1, 1.6}
	driftFactors = [...]float64{0.7, 1.8}
)

// memory is how much of an assumption's standing is kept from run to run.
const memory = 0.98

// beliefs are one belief for each assumption of the runner's noise; their
// weights add up to 1.
type beliefs []belief

// populationSpread is the spread of the balance over runners, in points: 40 %
// of runners lie within 0.75 of even, 90 % within 2.25 (the colour zones of a
// watch maker).
const populationSpread = 1.3

func newBeliefs(noise, drift float64) beliefs {
	var all beliefs
	n := float64(len(noiseFactors) * len(driftFactors))
	for _, nf := range noiseFactors {
		for _, df := range driftFactors {
			all = append(all, belief{
				noise: noise * nf, drift: drift * df, weight: 1 / n, plain: 1,
				level: level{50, populationSpread * populationSpread},
			})
		}
	}
	return all
}

// after returns the beliefs after one more run; the receiver stays as it is.
func (all beliefs) after(o *observation, s *settings, frozen bool) beliefs {
	next := make(beliefs, len(all))
	sum := 0.0
	for i := range all {
		next[i] = all[i].predict(o, s, frozen)
		like := next[i].update(o, s, frozen)
		next[i].weight = math.Pow(all[i].weight, memory) * like
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
		c.add(b.weight*b.plain, b.level)
		for _, h := range b.begun {
			c.add(b.weight*h.weight, h.level)
		}
		noise += b.weight * b.noise * b.noise
	}
	return c.level(), noise
}

// widened returns the beliefs with room for another sensor under every story.
func (all beliefs) widened(variance float64) beliefs {
	wide := slices.Clone(all)
	for i := range wide {
		wide[i].level.variance += variance
		wide[i].begun = slices.Clone(wide[i].begun)
		for j := range wide[i].begun {
			wide[i].begun[j].level.variance += variance
		}
	}
	return wide
}

// settled returns the beliefs with the present level under every story as the
// normal, the stories forgotten.
func (all beliefs) settled(rampRuns int, variance float64) beliefs {
	now := slices.Clone(all)
	for i := range now {
		b := &now[i]
		var c collapse
		c.add(b.plain, b.level)
		for _, h := range b.begun {
			c.add(h.weight, level{h.level.mean + h.shift(rampRuns), h.level.variance})
		}
		b.level, b.plain, b.begun = c.level(), 1, nil
		b.level.variance += variance
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

func (s *sides) add(shift, odds float64) {
	if shift < 0 {
		s.left += odds
	} else {
		s.right += odds
	}
}

func (s sides) sum() float64 { return s.left + s.right }

func (s sides) times(left, right float64) sides { return sides{s.left * left, s.right * right} }

// odds sums the beliefs up.
func (all beliefs) odds() odds {
	var o odds
	against := 0.0
	for i := range all {
		b := &all[i]
		against += b.weight * b.plain
		for j := range b.begun {
			h := &b.begun[j]
			w := b.weight * h.weight
			switch {
			case h.kind == swap:
				against += w
				continue
			case h.age == 0:
				o.sudden.add(h.size, w)
			case h.kind == step:
				o.confirmed.add(h.size, w)
			default:
				o.creep.add(h.size, w)
			}
			o.normal.add(w, h.level)
		}
	}
	against = max(against, 1e-300)
	f := 1 / against
	o.sudden, o.confirmed, o.creep = o.sudden.times(f, f), o.confirmed.times(f, f), o.creep.times(f, f)
	return o
}
