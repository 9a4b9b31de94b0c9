package main

import (
	"math"
	"slices"

	"gaitkeeper/gait"
)

// The methods that runners have today.

// fromEven is the distance of the watch's figure from 50 %: what a fixed limit
// looks at, and Garmin's coloured zones: orange beyond 0.7, red beyond 2.2.
func fromEven() method {
	return method{"distance from 50 %", func(season []look) []reading {
		out := make([]reading, len(season))
		for i := range season {
			out[i] = silent()
			if off := season[i].shown - 50; !math.IsNaN(off) {
				out[i] = readOff(off, math.Abs(off))
			}
		}
		return out
	}, []limit{{"fixed limit, ±2 points", 2, 2}, {"Garmin, red", 2.2, 2.2}, {"Garmin, not green", 0.7, 0.7}}}
}

// plainZ compares the watch's figure with the mean and the standard deviation of
// all runs before it.
func plainZ() method {
	return method{"plain z", func(season []look) []reading {
		out := make([]reading, len(season))
		var sum, squares, n float64
		for i := range season {
			out[i] = silent()
			off := season[i].shown - 50
			if math.IsNaN(off) {
				continue
			}
			if n >= 3 {
				mean := sum / n
				spread := math.Sqrt(max(1e-6, (squares-n*mean*mean)/(n-1)))
				out[i] = readOff(off-mean, math.Abs(off-mean)/spread)
			}
			sum, squares, n = sum+off, squares+off*off, n+1
		}
		return out
	}, []limit{{"plain z, 2 asks, 3 warns", 2, 3}}}
}

// readOff is the reading of a run that lies off by so many points.
func readOff(off, loudness float64) reading {
	r := silent()
	r.ask, r.warn, r.side = loudness, loudness, gait.Right
	if off < 0 {
		r.side = gait.Left
	}
	return r
}

// middle is the median of v, which it leaves as it is, or 0 where v is empty.
func middle(v []float64) float64 {
	if len(v) == 0 {
		return 0
	}
	s := slices.Sorted(slices.Values(v))
	return (s[(len(s)-1)/2] + s[len(s)/2]) / 2
}

// lately compares the watch's figure with the last 20 runs before it, and twoOfTwo
// asks for two such runs in a row to the same side, the nearer of which counts.
func lately() method {
	return method{"z of the last 20 runs", func(season []look) []reading { return againstLately(season, false) }, []limit{{"z of the last 20 runs", 2, 3}}}
}

func twoOfTwo() method {
	return method{"2 of 2", func(season []look) []reading { return againstLately(season, true) }, []limit{{"2 of 2", 2, 3}}}
}

func againstLately(season []look, two bool) []reading {
	out := make([]reading, len(season))
	var before []float64
	for i := range season {
		out[i] = silent()
		now := season[i].shown
		if math.IsNaN(now) {
			continue
		}
		switch n := len(before); {
		case !two && n >= 5:
			out[i] = readOff(zLately(before, now), math.Abs(zLately(before, now)))
		case two && n >= 6:
			a, b := zLately(before[:n-1], before[n-1]), zLately(before[:n-1], now)
			out[i] = readOff(b, 0)
			if a*b > 0 {
				out[i] = readOff(b, min(math.Abs(a), math.Abs(b)))
			}
		}
		before = append(before, now)
	}
	return out
}

// zLately is how far a figure stands from the mean of the last 20 in their standard
// deviations, which begin at the usual 0.4 points.
func zLately(before []float64, now float64) float64 {
	last := before[max(0, len(before)-20):]
	m, squares := mean(last), 0.0
	for _, x := range last {
		squares += (x - m) * (x - m)
	}
	return (now - m) / math.Sqrt((6*0.4*0.4+squares)/float64(5+len(last)))
}
