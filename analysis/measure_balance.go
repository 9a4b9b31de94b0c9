package analysis

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gaitkeeper/gait"
)

// The numbers are ours.
const (
	// balanceMax is how many points a leg can be away from 50: 99 of 100 runners live
	// within 4, and a plain limp is 3 to 5.
	balanceMax = 9.0
	// frozenSeconds is for how long a balance may stand still.
	frozenSeconds = 120.0
	// lostPoints is by how much minutes leave the run's balance and come back where
	// the strap lost contact; measured on real runs of a few runners.
	lostPoints = 2.5
)

// stretch is a part of a run, from one second to another.
type stretch struct{ from, to int32 }

// balanceCheck is what became of a run's balance in the steady seconds.
type balanceCheck struct {
	steady  float64 // seconds of steady running
	valid   float64 // of these, with a balance to believe
	faulty  float64 // of these, with one no leg could produce, or a frozen one
	tooFast float64 // seconds with a cadence that no feet have
	slower  float64 // seconds with another one, of a run
	present bool    // the sensor gave any value at all
	lost    []stretch
}

// checkBalance sets the balance of every second that can be believed. A value is
// dropped only for what sensors do wrong, never because it is far from the
// runner's others.
func checkBalance(seconds []second) *balanceCheck {
	c := &balanceCheck{}
	frozen := frozenSeconds * max(1, resolution(seconds)/fineStep)
	for from := 0; from < len(seconds); {
		to, length := from+1, seconds[from].weight
		b := float64(seconds[from].StanceTimeBalance)
		for to < len(seconds) && float64(seconds[to].StanceTimeBalance) == b {
			length += seconds[to].weight
			to++
		}
		c.take(seconds[from:to], b, length >= frozen)
		from = to
	}
	return c
}

// fineStep is the resolution, in percent, of a balance that never stands still for
// long while a runner runs.
const fineStep = 0.1

// resolution returns the least difference between two balances of the run, in
// percent; 0 where there are no two.
func resolution(seconds []second) float64 {
	least, last := math.Inf(1), math.NaN()
	for i := range seconds {
		b := float64(seconds[i].StanceTimeBalance)
		if step := math.Abs(b - last); step > 0 {
			least = min(least, step)
		}
		if b > 0 {
			last = b
		}
	}
	if math.IsInf(least, 1) {
		return 0
	}
	return math.Round(100*least) / 100
}

// take books a stretch of seconds that all show the balance b.
func (c *balanceCheck) take(seconds []second, b float64, frozen bool) {
	missing := !(b > 0 && b < 100)
	faulty := !missing && (math.Abs(b-50) > balanceMax || frozen)
	c.present = c.present || !missing
	for i := range seconds {
		s := &seconds[i]
		if !missing && !faulty {
			s.balance = b
		}
		switch {
		case s.Cadence > cadenceMax:
			c.tooFast += s.weight
		case s.Cadence >= cadenceMin:
			c.slower += s.weight
		}
		if !s.keep {
			continue
		}
		c.steady += s.weight
		switch {
		case faulty:
			c.faulty += s.weight
			c.lose(s.Second)
		case !missing:
			c.valid += s.weight
		}
	}
}

// lose books a second without contact, joining it to a stretch shortly before.
func (c *balanceCheck) lose(second int32) {
	if n := len(c.lost); n > 0 && second-c.lost[n-1].to <= minute {
		c.lost[n-1].to = second
		return
	}
	c.lost = append(c.lost, stretch{second, second})
}

// dropLostContact takes the balance out of minutes that leave the run's own
// and come back to it: a strap that lost contact reads anything for a while. A
// change that stays may be the runner and is kept, unless it lies beside
// minutes that no leg could make.
func (c *balanceCheck) dropLostContact(blocks []gait.Block) {
	usual := usualOf(blocks)
	away := func(i int) bool { return usualOf(blocks[i:i+1]).off(usual, lostPoints) != 0 }
	faults := slices.Clone(c.lost)
	for from := 0; from < len(blocks); from++ {
		to := from
		for to < len(blocks) && away(to) {
			to++
		}
		if to == from {
			continue
		}
		s := stretch{blocks[from].Second - minute/2, blocks[to-1].Second + minute/2 - 1}
		if comesAndGoes := 4*(to-from) <= usual.minutes && comesBack(blocks, from, to, lostPoints); comesAndGoes || s.touches(faults) {
			c.drop(blocks[from:to])
			c.lost = append(c.lost, s)
		}
		from = to
	}
}

// around is how many minutes before and after strange ones say where the run
// was.
const around = 8

// comesBack reports whether the minutes lie far from those before and from those
// after them, to the same side of both.
func comesBack(blocks []gait.Block, from, to int, limit float64) bool {
	own, after := usualOf(blocks[from:to]), usualOf(blocks[to:min(to+around, len(blocks))])
	if from == 0 {
		return own.off(after, limit) != 0
	}
	before := usualOf(blocks[max(from-around, 0):from])
	return own.off(before, limit)*own.off(after, limit) > 0
}

// usual is what some minutes have in the middle, NaN where that is unknown.
type usual struct {
	balance, speed float64
	minutes        int // with a balance
}

func usualOf(blocks []gait.Block) usual {
	var balances []gait.Percent
	var speeds []gait.MetresPerSecond
	for _, b := range blocks {
		if gait.Known(b.StanceTimeBalance) {
			balances = append(balances, b.StanceTimeBalance)
		}
		speeds = append(speeds, b.Speed)
	}
	return usual{float64(gait.Median(balances)), float64(gait.Median(speeds)), len(balances)}
}

// speedRoom is by how much more the balance may differ for each m/s between
// them, in points: some runners change so much with speed, and the minutes
// between their intervals are no fault of the strap.
const speedRoom = 5

// off reports whether the balance lies farther from the other's than the limit:
// the sign says to which side, 0 is no.
func (u usual) off(other usual, limit float64) float64 {
	if room := speedRoom * math.Abs(u.speed-other.speed); room > 0 { // not where a speed is unknown
		limit += room
	}
	if off := u.balance - other.balance; math.Abs(off) > limit {
		return off
	}
	return 0
}

// beside is how near to a fault, in seconds, a strange minute belongs to it.
const beside = 180

// touches reports whether one of the others, half a minute long at least, lies
// near.
func (s stretch) touches(others []stretch) bool {
	return slices.ContainsFunc(others, func(o stretch) bool {
		return o.to-o.from >= minute/2 && s.from <= o.to+beside && o.from <= s.to+beside
	})
}

func (c *balanceCheck) drop(blocks []gait.Block) {
	for i := range blocks {
		c.faulty += float64(blocks[i].Kept)
		c.valid -= float64(blocks[i].Kept)
		blocks[i].StanceTimeBalance = gait.Unknown[gait.Percent]()
	}
}

// quality sums up how far the run's balance can be trusted.
func (c *balanceCheck) quality(run gait.Run, blocks []gait.Block, p gait.AnalysisParams) gait.Quality {
	balanced := 0
	for _, b := range blocks {
		if gait.Known(b.StanceTimeBalance) {
			balanced++
		}
	}
	quality, why := gait.BalanceOK, c.lostSentence()
	switch {
	case !c.present && run.AverageBalance > 0:
		quality, why = gait.BalanceNone, fmt.Sprintf("only the average of the whole run is there, %.2f %% left: it can be shown, "+
			"but a limp cannot be looked for in it, as the warm-up, walks and stops are in it and the minutes are not", run.AverageBalance)
	case !c.present:
		quality, why = gait.BalanceNone, "no ground contact balance in this run: only a chest strap or a pod measures it"
	case len(blocks) < p.MinBlocks && c.tooFast > c.slower:
		quality, why = gait.BalanceTooShort, fmt.Sprintf("the cadence is above %.0f steps a minute most of the time, more than feet can do: "+
			"the recorder's cadence is wrong, so it cannot be told which minutes are steady running", cadenceMax)
	case len(blocks) < p.MinBlocks:
		quality, why = gait.BalanceTooShort, fmt.Sprintf("%d steady minutes after the warm-up, %d are needed", len(blocks), p.MinBlocks)
	case c.faulty > c.steady/2:
		quality, why = gait.BalanceSuspectSensor, "most of the balance is frozen or beyond what legs can do: check your strap"
	case balanced < p.MinBlocks:
		quality, why = gait.BalanceSuspectSensor, fmt.Sprintf("a balance in %d of %d steady minutes only, %d are needed: check your strap", balanced, len(blocks), p.MinBlocks)
	}
	if run.Truncated {
		why = strings.TrimPrefix(why+"; the recording broke off: only its beginning is here", "; ")
	}
	return gait.Quality{Balance: quality, Reason: why}
}

// lostSentence names the minutes without contact; seconds alone are not worth
// mentioning.
func (c *balanceCheck) lostSentence() string {
	slices.SortFunc(c.lost, func(a, b stretch) int { return int(a.from - b.from) })
	var minutes []string
	for _, s := range c.lost {
		if s.to-s.from < minute/2 {
			continue
		}
		if from, to := s.from/minute+1, s.to/minute+1; from == to {
			minutes = append(minutes, fmt.Sprint(from))
		} else {
			minutes = append(minutes, fmt.Sprintf("%d to %d", from, to))
		}
	}
	switch {
	case len(minutes) == 0:
		return ""
	case len(minutes) > 4:
		minutes = append(minutes[:4], "others")
	}
	return "left out minutes " + strings.Join(minutes, ", ") + ": the strap lost contact"
}
