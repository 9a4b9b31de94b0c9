package analysis

import (
	"math"
	"slices"

	"gaitkeeper/gait"
)

// blockSeconds is how many good seconds make a minute count; ours.
const blockSeconds = 40

// blocks gathers the steady seconds in minutes. A minute begins with the first
// steady second after the minute before it, so that the running parts of a run with
// walking breaks still make minutes.
func blocks(seconds []second) []gait.Block {
	var out []gait.Block
	for from := nextKept(seconds, 0); from < len(seconds); {
		to := from
		for to < len(seconds) && seconds[to].Second < seconds[from].Second+minute {
			to++
		}
		b := gather(seconds[from:to], func(s *second) bool { return s.keep })
		if int(b.Kept) < blockSeconds {
			from = nextStretch(seconds, from)
			continue
		}
		out = append(out, b)
		from = nextKept(seconds, to)
	}
	return out
}

func nextKept(seconds []second, from int) int {
	for from < len(seconds) && !seconds[from].keep {
		from++
	}
	return from
}

// nextStretch returns where the next stretch of steady running begins.
func nextStretch(seconds []second, from int) int {
	for from < len(seconds) && seconds[from].keep {
		from++
	}
	return nextKept(seconds, from)
}

// warmUp is the block over the first part of the run.
func warmUp(seconds []second, p gait.AnalysisParams) gait.Block {
	to := 0
	for to < len(seconds) && float64(seconds[to].Second) < p.WarmUp {
		to++
	}
	return gather(seconds[:to], func(s *second) bool { return s.keep || !s.slow })
}

// gather makes one block of the seconds that belong to it.
func gather(seconds []second, belongs func(*second) bool) gait.Block {
	var kept, middle, balanced float64
	own, balances := make([]*second, 0, len(seconds)), make([]float64, 0, len(seconds))
	for i := range seconds {
		s := &seconds[i]
		if !belongs(s) {
			continue
		}
		own = append(own, s)
		kept += s.weight
		middle += s.weight * float64(s.Second)
		if !math.IsNaN(s.balance) {
			balanced += s.weight
			balances = append(balances, s.balance)
		}
	}
	b := gait.Block{
		Kept:                int32(math.Round(kept)),
		Speed:               medianOf(own, func(s *second) gait.MetresPerSecond { return s.Speed }),
		Grade:               medianOf(own, func(s *second) gait.Percent { return gait.Percent(s.grade) }),
		Cadence:             medianOf(own, func(s *second) gait.StepsPerMinute { return s.Cadence }),
		StanceTime:          medianOf(own, func(s *second) gait.Milliseconds { return s.StanceTime }),
		StanceTimeBalance:   gait.Unknown[gait.Percent](),
		VerticalOscillation: medianOf(own, func(s *second) gait.Millimetres { return s.VerticalOscillation }),
		HeartRate:           medianOf(own, func(s *second) gait.BeatsPerMinute { return s.HeartRate }),
	}
	if kept > 0 {
		b.Second = int32(math.Round(middle / kept))
	}
	if balanced >= leastBalanced {
		b.StanceTimeBalance = gait.Percent(midmean(balances))
	}
	return b
}

// medianOf returns the median of one figure of the seconds.
func medianOf[U ~float64](seconds []*second, figure func(*second) U) U {
	values := make([]U, len(seconds))
	for i, s := range seconds {
		values[i] = figure(s)
	}
	return gait.Median(values)
}

// leastBalanced is how many seconds with a balance a minute needs to have one.
const leastBalanced = 10

// midmean returns the mean of the middle half of the values, which it sorts: odd
// seconds count as little as in the median, and values in coarse steps still make
// a fine one.
func midmean(v []float64) float64 {
	slices.Sort(v)
	n := len(v)
	sum := 0.0
	for _, x := range v[n/4 : n-n/4] {
		sum += x
	}
	return sum / float64(n-2*(n/4))
}
