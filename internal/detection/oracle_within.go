package main

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"gaitkeeper/internal/simulate"
)

// within is a change inside one run as the oracle weighs it: the minutes are
// fractional noise around an unknown mean and a slide of known spread, and the
// change may begin with any of them.
type within struct {
	// places are the changes that begin with each minute, in minutes whose noise
	// is independent and of spread one, the mean taken out.
	places [][]float64
	// the first is the one that is there
}

// newWithin returns the change that the limp makes inside the run, and the part
// of it that moves the run's mean.
func newWithin(l *look, limp simulate.Limp, r *simulate.Runner) (w within, mean float64) {
	n, spread := len(l.Blocks), minuteSpread(l, r)
	covariance := mat.NewSymDense(n, nil)
	for i := range n {
		for j := i; j < n; j++ {
			slide := float64(r.Noise.SlideSD*r.Noise.SlideSD) * along(i, n) * along(j, n)
			covariance.SetSym(i, j, spread*spread*fractional(j-i, r.Noise.Hurst)+slide)
		}
	}
	var chol mat.Cholesky
	if !chol.Factorize(covariance) {
		return w, 0
	}
	var lower mat.TriDense
	chol.LTo(&lower)
	one := make([]float64, n)
	for i := range one {
		one[i] = 1
	}
	one = whitened(&lower, one)
	length := math.Sqrt(product(one, one))
	add := func(change []float64) (along float64) {
		v := whitened(&lower, change)
		along = product(v, one) / length
		for i := range v {
			v[i] -= along * one[i] / length
		}
		w.places = append(w.places, v)
		return along / length
	}
	mean = add(sizeAt(l, limp))
	for k := 1; k < n; k++ {
		other := limp
		other.At, other.AtShare = 0, (float64(l.Blocks[k].Second)-30)/l.Duration.Seconds()
		add(sizeAt(l, other))
	}
	return w, mean
}

// whitened solves lower times x = v.
func whitened(lower *mat.TriDense, v []float64) []float64 {
	x := make([]float64, len(v))
	for i := range v {
		x[i] = v[i]
		for j := range i {
			x[i] -= lower.At(i, j) * x[j]
		}
		x[i] /= lower.At(i, i)
	}
	return x
}

func product(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

// look draws the run with the change on a side, and returns the log likelihood
// ratios of a change to either side that begins with any minute.
func (w *within) look(side float64, rng *rand.Rand) (left, right float64) {
	if len(w.places) == 0 {
		return 0, 0
	}
	y := make([]float64, len(w.places[0]))
	for i, v := range w.places[0] {
		y[i] = side*v + rng.NormFloat64()
	}
	left, right = math.Inf(-1), math.Inf(-1)
	for _, v := range w.places {
		a, b := product(v, y), product(v, v)/2
		left, right = logSum(left, -a-b), logSum(right, a-b)
	}
	each := math.Log(float64(len(w.places)))
	return left - each, right - each
}
