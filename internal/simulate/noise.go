package simulate

import (
	"math"
	"math/rand/v2"

	"gaitkeeper/gait"
)

// ar1 is noise with a memory: an autoregressive series of the first order.
type ar1 struct{ keep, push, x float64 }

// newAR1 starts a series of the given spread that forgets in tau steps.
func newAR1(rng *rand.Rand, sd, tau float64) ar1 {
	keep := math.Exp(-1 / tau)
	return ar1{keep: keep, push: sd * math.Sqrt(1-keep*keep), x: sd * rng.NormFloat64()}
}

func (a *ar1) next(rng *rand.Rand) float64 {
	a.x = a.keep*a.x + a.push*rng.NormFloat64()
	return a.x
}

// fractional is noise whose means over longer times shrink slower than chance
// would have it (fractional Gaussian noise), made of series that forget in ten
// seconds to three quarters of an hour.
type fractional [5]ar1

// newFractional starts a noise whose 60-second means have the spread minuteSD.
// Each series' share of the variance goes with tau^(2H-2).
func newFractional(rng *rand.Rand, minuteSD, hurst float64) fractional {
	var weights, taus [5]float64
	total := 0.0
	for i := range weights {
		taus[i] = 10 * math.Pow(4, float64(i))
		weights[i] = math.Pow(taus[i], 2*hurst-2)
		total += weights[i] * meanVariance(60, taus[i])
	}
	var f fractional
	for i := range f {
		f[i] = newAR1(rng, minuteSD*math.Sqrt(weights[i]/total), taus[i])
	}
	return f
}

func (f *fractional) next(rng *rand.Rand) float64 {
	sum := 0.0
	for i := range f {
		sum += f[i].next(rng)
	}
	return sum
}

// meanVariance is the variance of the mean over a time of a series of variance
// one that forgets in tau.
func meanVariance(over, tau float64) float64 {
	q := tau / over
	return 2 * q * (1 - q*(1-math.Exp(-1/q)))
}

// strapFilter is what a strap makes of the balance: smoothed over ten seconds,
// in steps of 1/32 %, each value held for one to five seconds.
type strapFilter struct {
	smooth float64
	shown  gait.Percent
	hold   int
}

func newStrapFilter(balance float64) strapFilter {
	return strapFilter{smooth: balance, shown: steps32(balance)}
}

// next returns what the strap shows after one more second of running. While
// the runner walks it is not asked, and the old value stands.
func (f *strapFilter) next(rng *rand.Rand, balance float64) gait.Percent {
	f.smooth += (balance - f.smooth) * (1 - math.Exp(-1.0/10))
	if f.hold--; f.hold <= 0 {
		f.shown = steps32(f.smooth)
		f.hold = 1 + rng.IntN(5)
	}
	return f.shown
}

func steps32(balance float64) gait.Percent {
	return gait.Percent(clip(math.Round(balance*32)/32, 0, 100))
}
