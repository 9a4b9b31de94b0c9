package analysis

import (
	"math"
	"slices"

	"gaitkeeper/gait"
)

// blockSeconds is how many good seconds make a minute count; ours.
const blockSeconds = 40

// blocks gathers the steady seconds in minutes, and returns them with the
// spread of the cadence around its minute's median. A minute begins with the
// first steady second after the minute before it, so that the running parts
// of a run with walking breaks still make minutes.
func blocks(seconds []second) ([]gait.Block, gait.StepsPerMinute) {
	var out []gait.Block
	var sum, weight float64
	g := newGatherer(minute)
	for from := nextKept(seconds, 0); from < len(seconds); {
		to := from
		for to < len(seconds) && seconds[to].Second < seconds[from].Second+minute {
			to++
		}
		b := g.gather(seconds[from:to])
		if int(b.Kept) < blockSeconds {
			from = nextStretch(seconds, from)
			continue
		}
		out = append(out, b)
		s, w := g.cadenceSpread(float64(b.Cadence))
		sum, weight = sum+s, weight+w
		from = nextKept(seconds, to)
	}
	return out, gait.StepsPerMinute(math.Sqrt(sum / weight))
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
	g := newGatherer(to)
	g.warmUp = true
	return g.gather(seconds[:to])
}

// gatherer makes one block after the other, reusing its room.
type gatherer struct {
	warmUp                                 bool // takes every running second
	speed, grade, cadence, stance, balance []float64
	bounce, heart                          []float64
}

// newGatherer makes one for blocks of so many seconds.
func newGatherer(seconds int) *gatherer {
	room := func() []float64 { return make([]float64, 0, seconds) }
	return &gatherer{speed: room(), grade: room(), cadence: room(), stance: room(), balance: room(), bounce: room(), heart: room()}
}

func (g *gatherer) gather(seconds []second) gait.Block {
	g.speed, g.grade, g.cadence = g.speed[:0], g.grade[:0], g.cadence[:0]
	g.stance, g.balance, g.bounce, g.heart = g.stance[:0], g.balance[:0], g.bounce[:0], g.heart[:0]
	var kept, middle, balanced float64
	for i := range seconds {
		s := &seconds[i]
		if !s.keep && (!g.warmUp || s.slow) {
			continue
		}
		kept += s.weight
		middle += s.weight * float64(s.Second)
		g.speed = appendKnown(g.speed, float64(s.Speed))
		g.grade = appendKnown(g.grade, s.grade)
		g.cadence = appendKnown(g.cadence, float64(s.Cadence))
		g.stance = appendKnown(g.stance, float64(s.StanceTime))
		g.bounce = appendKnown(g.bounce, float64(s.VerticalOscillation))
		g.heart = appendKnown(g.heart, float64(s.HeartRate))
		if !math.IsNaN(s.balance) {
			balanced += s.weight
			g.balance = append(g.balance, s.balance)
		}
	}
	b := gait.Block{
		Kept: int32(math.Round(kept)), Speed: gait.MetresPerSecond(median(g.speed)), Grade: gait.Percent(median(g.grade)),
		Cadence: gait.StepsPerMinute(median(g.cadence)), StanceTime: gait.Milliseconds(median(g.stance)),
		StanceTimeBalance:   gait.Unknown[gait.Percent](),
		VerticalOscillation: gait.Millimetres(median(g.bounce)), HeartRate: gait.BeatsPerMinute(median(g.heart)),
	}
	if kept > 0 {
		b.Second = int32(math.Round(middle / kept))
	}
	if balanced >= leastBalanced {
		b.StanceTimeBalance = gait.Percent(midmean(g.balance))
	}
	return b
}

// cadenceSpread returns the squares of the last block's cadences around mid,
// and their number.
func (g *gatherer) cadenceSpread(mid float64) (sum, n float64) {
	for _, c := range g.cadence {
		sum += (c - mid) * (c - mid)
	}
	return sum, float64(len(g.cadence))
}

func appendKnown(to []float64, v float64) []float64 {
	if math.IsNaN(v) {
		return to
	}
	return append(to, v)
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

// median returns the middle of the values, which it reorders, or NaN where
// there is none.
func median(v []float64) float64 {
	if len(v) == 0 {
		return math.NaN()
	}
	mid := len(v) / 2
	upper := selectNth(v, mid)
	if len(v)%2 == 1 {
		return upper
	}
	lower := v[0]
	for _, x := range v[1:mid] {
		lower = max(lower, x)
	}
	return (lower + upper) / 2
}

// selectNth returns the n-th smallest value; the smaller ones end up before it
// (Hoare's selection).
func selectNth(v []float64, n int) float64 {
	low, high := 0, len(v)-1
	for low < high {
		pivot := v[(low+high)/2]
		i, j := low, high
		for i <= j {
			for v[i] < pivot {
				i++
			}
			for v[j] > pivot {
				j--
			}
			if i <= j {
				v[i], v[j] = v[j], v[i]
				i++
				j--
			}
		}
		switch {
		case n <= j:
			high = j
		case n >= i:
			low = i
		default:
			return v[n]
		}
	}
	return v[n]
}
