package simulate

import (
	"math"
	"math/rand/v2"
	"time"

	"gaitkeeper/gait"
)

// Walker is how somebody's everyday walks look to a phone: most show nothing, a few
// are uneven, and some days and weeks have more of those than others.
type Walker struct {
	Seed uint64
	// Rate is the share of uneven walks in a usual week, WeekSpread the spread of
	// its logarithm from week to week, DaySpread how far the walks of a day hang
	// together (the intraclass correlation).
	Rate, WeekSpread, DaySpread float64
	// Walks is how many a day with any has, WithWalks the share of such days.
	Walks     float64
	WithWalks float64
	// Odd is how often a day has something carried in it that makes many walks
	// uneven; Away how often a week begins in which the phone stays at home.
	Odd, Away float64
}

// NewWalker draws a walker.
func NewWalker(seed uint64) Walker {
	rng := stream(seed, streamWalker, 0)
	return Walker{
		Seed: seed, Rate: lognormal(rng, 0.04, 0.4), WeekSpread: 0.2 + 0.4*rng.Float64(), DaySpread: 0.01 + 0.08*rng.Float64(),
		Walks: 8 + 16*rng.Float64(), WithWalks: 0.7 + 0.28*rng.Float64(), Odd: 0.03 * rng.Float64(), Away: 0.03 * rng.Float64(),
	}
}

// Days makes the walks of so many days from start on. more is by how much a larger
// share of them is uneven on a day; nil is never.
func (w Walker) Days(start time.Time, days int, more func(day int) float64) []gait.Walk {
	rng := stream(w.Seed, streamWalker, 1)
	var walks []gait.Walk
	rate, home := w.Rate, 0
	for day := range days {
		if day%7 == 0 {
			rate = w.Rate * math.Exp(w.WeekSpread*rng.NormFloat64())
			if rng.Float64() < w.Away {
				home = 7 + rng.IntN(14)
			}
		}
		home--
		n := w.count(rng)
		share := correlated(rng, min(rate, 0.5), w.DaySpread)
		if rng.Float64() < w.Odd {
			share = 0.2 + 0.6*rng.Float64()
		}
		if more != nil {
			share = min(1, share+more(day)*(1-share))
		}
		if home > 0 {
			n = 0
		}
		for range n {
			walks = append(walks, gait.Walk{
				Start:  start.Add(time.Duration(day)*24*time.Hour + time.Duration(7*3600+rng.IntN(14*3600))*time.Second),
				Length: time.Duration(15+rng.IntN(200)) * time.Second, Share: shown(rng, rng.Float64() < share), Phone: "iPhone16,1",
			})
		}
	}
	return walks
}

// count is how many walks a day has.
func (w Walker) count(rng *rand.Rand) int {
	if rng.Float64() > w.WithWalks {
		return 0
	}
	return max(1, int(lognormal(rng, w.Walks, 0.6)))
}

// shown is the share that the phone shows of an uneven walk, or of another.
func shown(rng *rand.Rand, uneven bool) float64 {
	percent := 0.0
	switch {
	case uneven:
		percent = min(99, 10+12*rng.ExpFloat64())
	case rng.Float64() < 0.2:
		percent = float64(1 + rng.IntN(9))
	}
	return math.Floor(percent) / 100
}

// correlated draws the share of a day (the beta distribution, by two gamma ones).
func correlated(rng *rand.Rand, mean, spread float64) float64 {
	size := 1/spread - 1
	a, b := gamma(rng, mean*size), gamma(rng, (1-mean)*size)
	return a / (a + b)
}

// gamma draws from the gamma distribution of unit scale (Marsaglia and Tsang 2000).
func gamma(rng *rand.Rand, shape float64) float64 {
	if shape < 1 {
		return gamma(rng, shape+1) * math.Pow(rng.Float64(), 1/shape)
	}
	d := shape - 1.0/3
	c := 1 / math.Sqrt(9*d)
	for {
		x := rng.NormFloat64()
		v := (1 + c*x) * (1 + c*x) * (1 + c*x)
		if v > 0 && math.Log(1-rng.Float64()) < x*x/2+d-d*v+d*math.Log(v) {
			return d * v
		}
	}
}
