package evidence

import "math"

// harms is the number of kinds of harmless changes inside a run, none included.
const harms = 4

// harm is a kind of change inside a run that means nothing: its spread in points,
// and the share of this runner's runs that have one.
type harm struct{ spread, share float64 }

// harmless is what changes inside a run without being a limp: roads that turn to
// their other side, a strap that moves. How many of this runner's runs have a
// change of each kind is learned (multinomial, with a Dirichlet prior).
type harmless struct{ runs [harms]float64 }

// newHarmless begins with what is usual over runners.
func newHarmless() harmless {
	return harmless{[harms]float64{4, 4, 1, 0.25}}
}

// spreads are those of the kinds of changes, in points.
func (h *harmless) spreads() [harms]float64 { return [harms]float64{0, 0.2, 0.5, 1.2} }

// of returns the kinds for a run in which something else moves the balance as well,
// by a spread in points.
func (h *harmless) of(beside float64) (out [harms]harm) {
	all := 0.0
	for _, n := range h.runs {
		all += n
	}
	for i, spread := range h.spreads() {
		out[i] = harm{spread, h.runs[i] / all}
		if i > 0 {
			out[i].spread = math.Hypot(spread, beside)
		}
	}
	return out
}

// learn takes in how far each kind is believed of a run, were there no limp. A run
// that was asked about counts in full: a runner who has such a change and does not
// limp has more of them. What was seen long ago is forgotten.
func (h *harmless) learn(believed [harms]float64) {
	usual := newHarmless()
	for i := range h.runs {
		h.runs[i] = usual.runs[i] + (h.runs[i]-usual.runs[i])*harmlessMemory + believed[i]
	}
}

// harmlessMemory is how much of what was learned is kept from run to run.
const harmlessMemory = 0.98
