package main

import (
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"

	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
)

// The oracle is the best that any method could do: it knows the runner's true
// slopes, offsets and spreads, which runs the strap slipped in and when it was
// changed, and the limp's shape and onset; only the level, the noise and the
// side are hidden from it. It decides by the likelihood ratio of Gaussian noise
// and looks once.

// power is the chance of a two-sided test to find a shift d standard deviations
// large at the given chance of a false alarm.
func power(d, falseAlarm float64) float64 {
	z := distuv.UnitNormal.Quantile(1 - falseAlarm/2)
	return distuv.UnitNormal.CDF(d-z) + distuv.UnitNormal.CDF(-z-d)
}

// distance is the squared distance between the history with and without the
// limp, in standard deviations: what the minutes of single runs say of a change
// inside them, and what the means of the runs say.
func distance(history []look, r simulate.Runner, l simulate.Limp) float64 {
	var seen []int
	var template, noise []float64
	inside := 0.0
	for i := range history {
		n := len(history[i].Blocks)
		if !history[i].strapped() || n == 0 {
			continue
		}
		spread := float64(r.Noise.MinuteSD)
		if history[i].Context == gait.Trail {
			spread *= r.Ground.TrailFactor
		}
		moved, variance := sizeAt(&history[i], l), spread*spread*math.Pow(float64(n), 2*r.Noise.Hurst-2)
		if within := moved[n-1] - moved[0]; within > 0 {
			d, mean := insideRun(moved, r.Noise, spread)
			inside += d
			moved = []float64{mean}
		}
		run := float64(r.Noise.RunSD)
		if history[i].truth.BadStrap {
			run *= r.Strap.SlipFactor
		}
		seen, template, noise = append(seen, i), append(template, moved[0]), append(noise, variance+run*run)
	}
	return inside + contrast(template, runCovariance(history, seen, noise, r))
}

// sizeAt is the size of the limp in the middle of each minute of the run.
func sizeAt(l *look, limp simulate.Limp) []float64 {
	sizes := make([]float64, len(l.Blocks))
	for i, b := range l.Blocks {
		sizes[i] = limp.SizeAt(l.truth.Index, int(b.Second), int(l.Duration.Seconds()))
	}
	return sizes
}

// insideRun weighs a change inside a run, whose minutes are fractional noise
// around an unknown mean and a slide of known spread. It returns the squared
// distance that the contrast within the run gives, and the part of the change
// that moves the run's mean.
func insideRun(moved []float64, noise simulate.Noise, spread float64) (squared, mean float64) {
	n := len(moved)
	covariance := mat.NewSymDense(n, nil)
	for i := range n {
		for j := i; j < n; j++ {
			slide := float64(noise.SlideSD*noise.SlideSD) * along(i, n) * along(j, n)
			covariance.SetSym(i, j, spread*spread*fractional(j-i, noise.Hurst)+slide)
		}
	}
	return contrast(moved, covariance), weighed(moved, covariance)
}

// along is the place of minute i of n, from -0.5 to 0.5.
func along(i, n int) float64 { return (float64(i)+0.5)/float64(n) - 0.5 }

// fractional is the correlation of fractional Gaussian noise at a lag.
func fractional(lag int, hurst float64) float64 {
	p := func(k int) float64 { return math.Pow(math.Abs(float64(k)), 2*hurst) }
	return (p(lag+1) - 2*p(lag) + p(lag-1)) / 2
}

// runCovariance is that of the means of the runs seen: each run's own noise,
// the drift they share, and the strap that some have in common.
func runCovariance(history []look, seen []int, noise []float64, r simulate.Runner) *mat.SymDense {
	strap := make([]int, len(history)) // number of the strap
	for i := 1; i < len(history); i++ {
		strap[i] = strap[i-1]
		if history[i].truth.NewStrap {
			strap[i]++
		}
	}
	drift, swap := float64(r.Noise.DriftSD*r.Noise.DriftSD), float64(r.Strap.SwapSD*r.Strap.SwapSD)
	covariance := mat.NewSymDense(len(seen), nil)
	for a, i := range seen {
		for b := a; b < len(seen); b++ {
			j := seen[b]
			v := drift * math.Exp(-float64(j-i)/r.Noise.DriftRuns)
			if strap[i] == strap[j] && strap[i] > 0 {
				v += swap
			}
			if a == b {
				v += noise[a]
			}
			covariance.SetSym(a, b, v)
		}
	}
	return covariance
}

// contrast is s'Ps - (s'P1)^2 / 1'P1 with P the inverse of the covariance: how
// far, squared, the template s stands from noise with an unknown mean.
func contrast(template []float64, covariance *mat.SymDense) float64 {
	ss, so, oo := forms(template, covariance)
	return max(0, ss-so*so/oo)
}

// weighed is the template's mean with the weights of the best estimate of a
// common mean.
func weighed(template []float64, covariance *mat.SymDense) float64 {
	_, so, oo := forms(template, covariance)
	return so / oo
}

func forms(template []float64, covariance *mat.SymDense) (ss, so, oo float64) {
	n := len(template)
	if n == 0 {
		return 0, 0, 1
	}
	var chol mat.Cholesky
	if !chol.Factorize(covariance) {
		return 0, 0, 1
	}
	s, ones := mat.NewVecDense(n, template), mat.NewVecDense(n, nil)
	for i := range n {
		ones.SetVec(i, 1)
	}
	var ps, po mat.VecDense
	_ = chol.SolveVecTo(&ps, s)
	_ = chol.SolveVecTo(&po, ones)
	return mat.Dot(s, &ps), mat.Dot(s, &po), mat.Dot(ones, &po)
}
