package evidence

import (
	"math"
	"slices"
)

// The runner's own noise and wander are not known beforehand: every pair of
// these factors on the usual ones is an assumption, and the runs decide how
// far each is believed.
var (
	noiseFactors  = [...]float64{0.6, 1, 1.6}
	wanderFactors = [...]float64{0.7, 1.4}
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

func newBeliefs(noise, wander float64) beliefs {
	var all beliefs
	n := float64(len(noiseFactors) * len(wanderFactors))
	for _, nf := range noiseFactors {
		for _, df := range wanderFactors {
			all = append(all, belief{
				noise: noise * nf, wander: wander * df, weight: 1 / n, plain: 1,
				level: level{anchor: 50, aVar: populationSpread * populationSpread, wVar: wander * wander * df * df},
			})
		}
	}
	return all
}

// after returns the beliefs after one more run, in the room of others that are
// no longer needed; the receiver stays as it is.
func (all beliefs) after(room beliefs, o *observation, s *settings, frozen bool) beliefs {
	next := slices.Grow(room[:0], len(all))[:len(all)]
	sum := 0.0
	for i := range all {
		all[i].predict(&next[i], o, s, frozen)
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
		c.add(b.weight*b.plain, &b.level)
		for j := range b.begun {
			c.add(b.weight*b.begun[j].weight, &b.begun[j].level)
		}
		noise += b.weight * b.noise * b.noise
	}
	return c.level(), noise
}

// ahead returns the balance expected of the next run with the shifts as they are
// now, neither ended nor grown, with the variance of the level and of the noise.
func (all beliefs) ahead(gap float64, s *settings) (l level, noise float64) {
	var c collapse
	kept := math.Pow(s.kept, gap)
	for i := range all {
		b := &all[i]
		now := b.shifted(s.rampRuns)
		now.drift(kept, b.wander*b.wander, s.anchorDrift*gap)
		c.add(b.weight, &now)
		noise += b.weight * b.noise * b.noise
	}
	return c.level(), noise
}

// shifted returns the level with the shift that each story tells.
func (b *belief) shifted(rampRuns int) level {
	var c collapse
	c.add(b.plain, &b.level)
	for _, h := range b.begun {
		h.level.anchor += h.shift(rampRuns)
		c.add(h.weight, &h.level)
	}
	return c.level()
}

// widened returns the beliefs with room for another sensor under every story.
func (all beliefs) widened(variance float64) beliefs {
	wide := slices.Clone(all)
	for i := range wide {
		wide[i].level.aVar += variance
		wide[i].begun = slices.Clone(wide[i].begun)
		for j := range wide[i].begun {
			wide[i].begun[j].level.aVar += variance
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
		b.level, b.plain, b.begun = b.shifted(rampRuns), 1, nil
		b.level.aVar += variance
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
			o.normal.add(w, &h.level)
		}
	}
	against = max(against, 1e-300)
	f := 1 / against
	o.sudden, o.confirmed, o.creep = o.sudden.times(f, f), o.confirmed.times(f, f), o.creep.times(f, f)
	return o
}
