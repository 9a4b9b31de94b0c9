package main

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"

	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
)

// The oracle is the best that any method could do. It knows the runner's true
// slopes, offsets and spreads, when the strap was changed and whether it slipped
// in the runs before, and of the limp its shape, size and first run; hidden
// are the noise, the side, the minute a change inside a run begins with, whether
// a strap was changed in silence with the first run, and whether the strap slips
// in the limping runs (it sees that too where there are more than hiddenSlips of
// them). It looks once, at the end of the runs the limp should be found in, and
// decides by the likelihood ratio, the best test there is (Neyman and Pearson).
// Nobody knows beforehand which of four kinds of change will come (odd, sudden,
// slow, inside a run), so a method must share its false alarms among them: the
// oracle may make in this one look a quarter of those that the method beside it
// makes in all these runs.

// kinds is the number of kinds of change that share the false alarms.
const kinds = 4

// hiddenSlips is up to how many limping runs every combination of slipped and
// good straps is weighed.
const hiddenSlips = 4

// draws is how often the oracle's look is repeated with other noise.
const draws = 200

// task is what the oracle has before it: the limping runs' means, moved by the
// template and with a common covariance, each with its own noise besides; the
// changes inside the runs; and a strap that may have been changed in silence.
type task struct {
	template []float64
	common   *mat.SymDense
	noise    []runNoise
	inside   []within
	strap    strap
	// stance is the distance that the stance times of the runs make, in standard
	// deviations; 0: they are not looked at.
	stance float64
}

// strap is a change in silence: how far the new one reads off the one before,
// and its chance.
type strap struct{ variance, chance float64 }

// changed is the task's noise with the strap changed before the first run.
func (t *task) changed() []world {
	moved := *t
	n := t.common.SymmetricDim()
	moved.common = mat.NewSymDense(n, nil)
	for i := range n {
		for j := i; j < n; j++ {
			moved.common.SetSym(i, j, t.common.At(i, j)+t.strap.variance)
		}
	}
	return moved.worlds()
}

// runNoise is the variance of one run's mean by itself: when the strap sits
// well, and when it slips, which happens with the given chance.
type runNoise struct{ good, slipped, chance float64 }

// power returns the share of limps found when one healthy look in so many, the
// false alarms, is taken for a limp. Ratios are log likelihood ratios drawn from
// limps: each stands for exp(-ratio) healthy looks that look the same.
func power(ratios []float64, falseAlarm float64) float64 {
	slices.SortFunc(ratios, func(a, b float64) int { return cmp.Compare(b, a) })
	alarms, n := 0.0, float64(len(ratios))
	for i, r := range ratios {
		if alarms += math.Exp(-r) / n; alarms > falseAlarm {
			return float64(i) / n
		}
	}
	return 1
}

// ratios draws looks at the limp and returns their log likelihood ratios.
func (t *task) ratios(rng *rand.Rand) []float64 {
	worlds, changed := t.worlds(), t.changed()
	out := make([]float64, draws)
	y := make([]float64, len(t.template))
	for i := range out {
		side := float64(1 - 2*rng.IntN(2))
		if len(y) > 0 {
			drawWorld(worlds, rng).draw(y, t.template, side, rng)
		}
		left, right := t.density(worlds, y, -1), t.density(worlds, y, 1)
		for k := range t.inside {
			l, r := t.inside[k].look(side, rng)
			left, right = left+l, right+r
		}
		none := logSum(math.Log(1-t.strap.chance)+t.density(worlds, y, 0), math.Log(t.strap.chance)+t.density(changed, y, 0))
		stance := t.stance*(t.stance+rng.NormFloat64()) - t.stance*t.stance/2
		out[i] = logSum(left, right) - math.Ln2 - none + stance
	}
	return out
}

// world is one combination of good and slipped straps in the limping runs.
type world struct {
	chance    float64
	lower     mat.TriDense // of the Cholesky factor
	precision mat.SymDense
	scale     float64 // log of the density's factor
}

// worlds returns every combination; the chances add up to 1.
func (t *task) worlds() []world {
	n := len(t.noise)
	var out []world
	for slips := range 1 << n {
		w := world{chance: 1}
		covariance := mat.NewSymDense(max(1, n), nil)
		if n == 0 {
			return nil
		}
		covariance.CopySym(t.common)
		for i, r := range t.noise {
			v, p := r.good, 1-r.chance
			if slips>>i&1 == 1 {
				v, p = r.slipped, r.chance
			}
			w.chance *= p
			covariance.SetSym(i, i, covariance.At(i, i)+v)
		}
		if w.chance == 0 {
			continue
		}
		var chol mat.Cholesky
		if chol.Factorize(covariance) {
			chol.LTo(&w.lower)
			_ = chol.InverseTo(&w.precision)
			w.scale = math.Log(w.chance) - chol.LogDet()/2
			out = append(out, w)
		}
		if n > hiddenSlips {
			break // the slips are known: all chances are 0 or 1
		}
	}
	return out
}

func drawWorld(worlds []world, rng *rand.Rand) *world {
	x := rng.Float64()
	for i := range worlds {
		if x -= worlds[i].chance; x < 0 {
			return &worlds[i]
		}
	}
	return &worlds[len(worlds)-1]
}

// draw sets y to the means of the limping runs.
func (w *world) draw(y, template []float64, side float64, rng *rand.Rand) {
	white := make([]float64, len(y))
	for i := range white {
		white[i] = rng.NormFloat64()
	}
	for i := range y {
		y[i] = side * template[i]
		for j := range i + 1 {
			y[i] += w.lower.At(i, j) * white[j]
		}
	}
}

// density is the log density of y with the template on one side, but for a
// constant.
func (t *task) density(worlds []world, y []float64, side float64) float64 {
	if len(y) == 0 {
		return 0
	}
	sum := math.Inf(-1)
	for k := range worlds {
		w := &worlds[k]
		square := 0.0
		for i := range y {
			a := y[i] - side*t.template[i]
			square += a * a * w.precision.At(i, i)
			for j := range i {
				square += 2 * a * (y[j] - side*t.template[j]) * w.precision.At(i, j)
			}
		}
		sum = logSum(sum, w.scale-square/2)
	}
	return sum
}

func logSum(a, b float64) float64 {
	if high := max(a, b); !math.IsInf(high, -1) {
		return high + math.Log(math.Exp(a-high)+math.Exp(b-high))
	}
	return math.Inf(-1)
}

// closedForm is the power of the two-sided test of a Gaussian figure that the
// limp moves by d standard deviations.
func closedForm(d, falseAlarm float64) float64 {
	z := distuv.UnitNormal.Quantile(1 - falseAlarm/2)
	return distuv.UnitNormal.CDF(d-z) + distuv.UnitNormal.CDF(-z-d)
}

// sizeAt is the size of the limp in the middle of each minute of the run.
func sizeAt(l *look, limp simulate.Limp) []float64 {
	sizes := make([]float64, len(l.Blocks))
	for i, b := range l.Blocks {
		sizes[i] = limp.SizeAt(l.truth.Index, int(b.Second), int(l.Duration.Seconds()))
	}
	return sizes
}

// minuteSpread is the spread of a minute in the run.
func minuteSpread(l *look, r *simulate.Runner) float64 {
	if l.Context == gait.Trail {
		return float64(r.Noise.MinuteSD) * r.Ground.TrailFactor
	}
	return float64(r.Noise.MinuteSD)
}
