package main

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"gaitkeeper/internal/simulate"
)

// levelSpread is that of the balance over runners, in points: all the oracle
// knows of a runner's level before the first run.
const levelSpread = 1.3

// newTask sets the oracle its task: the history up to the onset is known to be
// healthy, the runs from there on limp or do not.
func newTask(history []look, onset int, r *simulate.Runner, l simulate.Limp) task {
	seen := make([]int, 0, len(history)) // the runs with a balance; first those before the onset
	var own []float64
	var t task
	for i := range history {
		run := &history[i]
		if !run.strapped() || len(run.Blocks) == 0 {
			continue
		}
		noise := noiseOf(run, r)
		seen = append(seen, i)
		if i < onset {
			own = append(own, noise.known(run.truth.BadStrap).good)
			continue
		}
		moved := sizeAt(run, l)
		mean := moved[0]
		if moved[len(moved)-1] > moved[0] {
			change, m := newWithin(run, l, r)
			t.inside, mean = append(t.inside, change), m
		}
		t.template, t.noise = append(t.template, mean), append(t.noise, noise)
	}
	if len(t.noise) > hiddenSlips {
		for i := range t.noise {
			run := &history[seen[len(own)+i]]
			t.noise[i] = t.noise[i].known(run.truth.BadStrap)
		}
	}
	t.common = given(shared(history, seen, r), own)
	t.strap = strap{float64(r.Strap.SwapSD * r.Strap.SwapSD), r.Strap.SwapChance * (1 - r.Strap.Announced)}
	return t
}

// noiseOf is the noise of the run's mean: that from run to run, and that of the
// minutes behind it.
func noiseOf(l *look, r *simulate.Runner) runNoise {
	spread, run := minuteSpread(l, r), float64(r.Noise.RunSD*r.Noise.RunSD)
	minutes := spread * spread * math.Pow(float64(len(l.Blocks)), 2*r.Noise.Hurst-2)
	factor := r.Strap.SlipFactor * r.Strap.SlipFactor
	return runNoise{minutes + run, minutes + run*factor, r.Strap.SlipChance}
}

// known is the noise where the oracle sees whether the strap slipped.
func (n runNoise) known(slipped bool) runNoise {
	if slipped {
		return runNoise{good: n.slipped}
	}
	return runNoise{good: n.good}
}

// shared is the covariance of what the runs have in common: the runner's level,
// its drift, and the strap that was changed.
func shared(history []look, seen []int, r *simulate.Runner) *mat.SymDense {
	strap := make([]int, len(history)) // its number
	for i := 1; i < len(history); i++ {
		if strap[i] = strap[i-1]; history[i].truth.NewStrap {
			strap[i]++
		}
	}
	drift, swap := float64(r.Noise.DriftSD*r.Noise.DriftSD), float64(r.Strap.SwapSD*r.Strap.SwapSD)
	covariance := mat.NewSymDense(max(1, len(seen)), nil)
	for a, i := range seen {
		for b := a; b < len(seen); b++ {
			j := seen[b]
			v := levelSpread*levelSpread + drift*math.Exp(-float64(j-i)/max(1, r.Noise.DriftRuns))
			v += swap * float64(min(strap[i], strap[j])) // the changes that both have seen
			covariance.SetSym(a, b, v)
		}
	}
	return covariance
}

// given is the covariance of the later runs' common part when the earlier ones
// have been seen, each with its own noise.
func given(all *mat.SymDense, own []float64) *mat.SymDense {
	before, n := len(own), all.SymmetricDim()
	later := n - before
	if later <= 0 {
		return mat.NewSymDense(1, nil)
	}
	out := mat.NewSymDense(later, nil)
	out.CopySym(all.SliceSym(before, n))
	if before == 0 {
		return out
	}
	seen := mat.NewSymDense(before, nil)
	seen.CopySym(all.SliceSym(0, before))
	for i, v := range own {
		seen.SetSym(i, i, seen.At(i, i)+v)
	}
	cross := mat.NewDense(before, later, nil)
	for i := range before {
		for j := range later {
			cross.Set(i, j, all.At(i, before+j))
		}
	}
	var chol mat.Cholesky
	var solved, explained mat.Dense
	if !chol.Factorize(seen) || chol.SolveTo(&solved, cross) != nil {
		return out
	}
	explained.Mul(cross.T(), &solved)
	for i := range later {
		for j := i; j < later; j++ {
			out.SetSym(i, j, out.At(i, j)-explained.At(i, j))
		}
	}
	return out
}

// along is the place of minute i of n, from -0.5 to 0.5.
func along(i, n int) float64 { return (float64(i)+0.5)/float64(n) - 0.5 }

// fractional is the correlation of fractional Gaussian noise at a lag.
func fractional(lag int, hurst float64) float64 {
	p := func(k int) float64 { return math.Pow(math.Abs(float64(k)), 2*hurst) }
	return (p(lag+1) - 2*p(lag) + p(lag-1)) / 2
}

// stancePerPoint is by how much a made limp lengthens the stance time, in
// milliseconds a point.
const stancePerPoint = 2

// stanceDistance is how far the limp moves the stance times of its runs, in
// standard deviations, for one who knows the usual stance time exactly.
func stanceDistance(t *task, r *simulate.Runner) float64 {
	squared := 0.0
	for _, size := range t.template {
		d := stancePerPoint * size / float64(r.Noise.StanceRunSD)
		squared += d * d
	}
	return math.Sqrt(squared)
}
