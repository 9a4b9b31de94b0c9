package main

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// manyRatios draws the oracle's looks at the task again and again.
func manyRatios(t *task, rounds int) []float64 {
	rng := rand.New(rand.NewPCG(3, 4))
	var all []float64
	for range rounds {
		all = append(all, t.ratios(rng)...)
	}
	return all
}

// TestOracleAgreesWithTheFormula: where the noise is Gaussian, the two-sided test
// has a power that is known in closed form.
func TestOracleAgreesWithTheFormula(t *testing.T) {
	covariance := mat.NewSymDense(2, []float64{0.5, 0.2, 0.2, 0.4})
	one := task{template: []float64{1, 2}, common: covariance, noise: []runNoise{{good: 0.5}, {good: 0.3}}, inside: []within{{places: [][]float64{{math.Sqrt(1.5)}}}}}
	var precision mat.Dense
	if err := precision.Inverse(mat.NewDense(2, 2, []float64{1, 0.2, 0.2, 0.7})); err != nil {
		t.Fatal(err)
	}
	s := mat.NewVecDense(2, one.template)
	d := math.Sqrt(mat.Inner(s, &precision, s) + 1.5)
	ratios := manyRatios(&one, 300)
	for _, falseAlarm := range []float64{0.2, 0.02, 0.002} {
		if got, want := power(ratios, falseAlarm), closedForm(d, falseAlarm); math.Abs(got-want) > 0.015 {
			t.Errorf("distance %.2f at %v false alarms: power %.3f, want %.3f", d, falseAlarm, got, want)
		}
	}
}

// TestOracleAgreesWithMonteCarlo: with a strap that may slip, the limit that the
// oracle implies is tried on healthy runs and on limps that are drawn plainly.
func TestOracleAgreesWithMonteCarlo(t *testing.T) {
	one := task{template: []float64{3}, common: mat.NewSymDense(1, []float64{0.1}), noise: []runNoise{{0.15, 0.15 * 16, 0.03}}}
	const falseAlarm = 0.01
	got := power(manyRatios(&one, 300), falseAlarm)
	// one run and one size: the ratio grows with the distance from the normal
	// level, so the test is a limit on that distance
	rng, ratio := rand.New(rand.NewPCG(5, 6)), one.ratio()
	var healthy, limping []float64
	for range 400_000 {
		variance := 0.25
		if rng.Float64() < 0.03 {
			variance = 0.1 + 0.15*16
		}
		x := math.Sqrt(variance) * rng.NormFloat64()
		healthy, limping = append(healthy, ratio(x)), append(limping, ratio(3+x))
	}
	limit := matchedShare(healthy, falseAlarm)
	hits := 0.0
	for _, r := range limping {
		if r >= limit {
			hits++
		}
	}
	if want := hits / float64(len(limping)); math.Abs(got-want) > 0.01 {
		t.Errorf("power %.3f, by plain drawing %.3f", got, want)
	}
	if g := closedForm(3/math.Sqrt(0.25), falseAlarm); got > g {
		t.Errorf("power %.3f: a strap that slips cannot make more of it than %.3f", got, g)
	}
}

// ratio returns the log likelihood ratio of one run's mean.
func (t *task) ratio() func(y float64) float64 {
	w := t.worlds()
	return func(y float64) float64 {
		at := func(side float64) float64 { return t.density(w, []float64{y}, side) }
		return logSum(at(-1), at(1)) - math.Ln2 - at(0)
	}
}

// matchedShare is the limit that a share of the values reaches.
func matchedShare(values []float64, share float64) float64 {
	low, high := -100.0, 100.0
	for range 60 {
		mid, n := (low+high)/2, 0.0
		for _, v := range values {
			if v >= mid {
				n++
			}
		}
		if n > share*float64(len(values)) {
			low = mid
		} else {
			high = mid
		}
	}
	return high
}

func TestAShiftBehindAnUnknownLevelIsSeenAgainstTheRunsBefore(t *testing.T) {
	// three runs before and one after, level spread 1.3, own noise 0.2: the
	// variance of the next run's common part is that of a mean's error
	all := mat.NewSymDense(4, nil)
	for i := range 4 {
		for j := i; j < 4; j++ {
			all.SetSym(i, j, levelSpread*levelSpread)
		}
	}
	got := given(all, []float64{0.2, 0.2, 0.2}).At(0, 0)
	if want := 1 / (1/(levelSpread*levelSpread) + 3/0.2); math.Abs(got-want) > 1e-9 {
		t.Errorf("variance %.4f, want %.4f", got, want)
	}
}

// TestOracleDoesNotKnowTheMinute: among 20 minutes whose changes do not resemble
// each other, the limit that the oracle implies is tried on healthy looks.
func TestOracleDoesNotKnowTheMinute(t *testing.T) {
	const places, distance, falseAlarm = 20, 4.0, 0.01
	w := within{places: make([][]float64, places)}
	for i := range w.places {
		w.places[i] = make([]float64, places)
		w.places[i][i] = distance
	}
	one := task{common: mat.NewSymDense(1, nil), inside: []within{w}}
	ratios := manyRatios(&one, 100)
	got := power(ratios, falseAlarm)
	rng := rand.New(rand.NewPCG(7, 8))
	healthy := make([]float64, 20_000)
	for i := range healthy {
		l, r := w.look(0, rng)
		healthy[i] = logSum(l, r) - math.Ln2
	}
	limit, hits := matchedShare(healthy, falseAlarm), 0.0
	for _, r := range ratios {
		if r >= limit {
			hits++
		}
	}
	if want := hits / float64(len(ratios)); math.Abs(got-want) > 0.04 {
		t.Errorf("power %.3f, by plain drawing %.3f", got, want)
	}
	if known := closedForm(distance, falseAlarm); got > known-0.1 {
		t.Errorf("power %.3f, %.3f for one who knows the minute", got, known)
	}
}

// TestOracleAgainstAStrap: a strap that may have been changed takes some of the
// power, and the stance times give some of it back.
func TestOracleAgainstAStrap(t *testing.T) {
	one := task{template: []float64{2}, common: mat.NewSymDense(1, []float64{0.1}), noise: []runNoise{{good: 0.1}}}
	free := power(manyRatios(&one, 50), 0.05)
	one.strap = strap{0.49, 1}
	strapped := power(manyRatios(&one, 50), 0.05)
	one.stance = 2
	if witnessed := power(manyRatios(&one, 50), 0.05); !(free > strapped+0.1) || !(witnessed > strapped+0.1) {
		t.Errorf("power %.2f without a strap, %.2f with one, %.2f with the stance times too", free, strapped, witnessed)
	}
}

func TestSilentStrapIsTheWholeCovariance(t *testing.T) {
	one := task{common: mat.NewSymDense(2, []float64{0.3, 0.1, 0.1, 0.3}), noise: make([]runNoise, 2), strap: strap{0.5, 1}}
	w := one.changed()[0]
	want := mat.NewSymDense(2, []float64{0.8, 0.6, 0.6, 0.8})
	var identity mat.Dense
	identity.Mul(&w.precision, want)
	if math.Abs(identity.At(0, 0)-1) > 1e-9 || math.Abs(identity.At(0, 1)) > 1e-9 {
		t.Errorf("precision %v", mat.Formatted(&w.precision))
	}
}
