package main

import (
	"fmt"
	"math"
	"slices"
)

// interval is a figure with its 95 % confidence interval.
type interval struct{ value, low, high float64 }

// wilson is the share with Wilson's interval.
func (s share) wilson() interval {
	const z = 1.96
	n := float64(max(1, s.trials))
	p := s.value()
	mid, half := p+z*z/(2*n), z*math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	f := 1 / (1 + z*z/n)
	return interval{p, max(0, f*(mid-half)), min(1, f*(mid+half))}
}

// String prints a share with its interval.
func (i interval) String() string {
	return fmt.Sprintf("%s (%s to %s)", chance(i.value), chance(i.low), chance(i.high))
}

// per100 prints a rate of 100 runs with its interval.
func (i interval) per100() string {
	return fmt.Sprintf("%.1f (%.1f to %.1f)", 100*i.value, 100*i.low, 100*i.high)
}

// bootstrap is the rate over all runners with an interval from drawing runners, not
// runs: the runs of one runner are alike.
func bootstrap(runners []perRunner) interval {
	const draws = 1000
	rate := func(pick func(i int) int) float64 {
		hits, runs := 0.0, 0.0
		for i := range runners {
			r := runners[pick(i)]
			hits, runs = hits+r.hits, runs+r.runs
		}
		return hits / max(1, runs)
	}
	out := interval{value: rate(func(i int) int { return i })}
	if len(runners) == 0 {
		return out
	}
	rng := random(uint64(len(runners)), 1)
	drawn := make([]float64, draws)
	for d := range drawn {
		drawn[d] = rate(func(int) int { return rng.IntN(len(runners)) })
	}
	slices.Sort(drawn)
	out.low, out.high = drawn[draws/40], drawn[draws-1-draws/40]
	return out
}
