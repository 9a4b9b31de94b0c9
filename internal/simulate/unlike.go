package simulate

import (
	"math"
	"math/rand/v2"

	"gaitkeeper/gait"
)

// Turns says where the side slope of the roads changes its side.
type Turns string

// The turns.
const (
	TurnsHalfway  Turns = ""          // at half of the time, as out and back
	TurnsAnywhere Turns = "anywhere"  // once, at 30 to 70 % of the time
	TurnsOften    Turns = "stretches" // every 3 to 18 minutes
	TurnsAround   Turns = "circuits"  // every so many minutes, the same in each run
)

// unlike is what one run has of the nuisances that no method was made for.
type unlike struct {
	turns   []int // seconds at which the side slope changes its side
	warmUp  float64
	moved   move
	flipped bool
	second  bool // the second strap is on
	step    float64
	holes   *rand.Rand // where the recording lacks the balance
	share   float64    // of the seconds that have one
	hole    int        // seconds left of a hole or, below 0, between two
}

// move is a strap that slips at a second and stays so.
type move struct {
	from int
	by   float64
}

func (m move) at(t int) float64 {
	if m.by == 0 || t < m.from {
		return 0
	}
	return m.by
}

// newUnlike draws a run's share of them. Everything is drawn in every run, so
// that one nuisance more or less moves nothing else.
func newUnlike(r Runner, d *day, rng *rand.Rand) unlike {
	n := len(d.plan)
	u := unlike{turns: r.Ground.turns(rng, n), warmUp: normal(rng, float64(r.Noise.WarmUp), float64(r.Noise.WarmUpSD)), step: r.Strap.Step, share: r.Strap.Recorded}
	moves, at, by := rng.Float64() < r.Strap.MoveChance, 0.1+0.8*rng.Float64(), normal(rng, 0, float64(r.Strap.MoveSD))
	if moves {
		u.moved = move{int(at * float64(n)), by}
	}
	u.flipped = rng.Float64() < r.Strap.FlipChance || r.Strap.Upside > 0 && d.index >= r.Strap.Upside
	pair, second, tail := rng.IntN(2) == 0, rng.IntN(2) == 0, chiSquared(rng, r.Noise.RunTail)
	if pair {
		d.offset += float64(r.Habits.Pairs)
	}
	if r.Noise.RunTail > 0 {
		d.offset *= math.Sqrt(r.Noise.RunTail / tail)
	}
	if second && r.Strap.Second != 0 {
		u.second, d.level = true, d.level+float64(r.Strap.Second)
	}
	u.holes = rng
	return u
}

// chiSquared draws from that distribution, of a whole number of degrees.
func chiSquared(rng *rand.Rand, degrees float64) float64 {
	sum := 0.0
	for range int(degrees) {
		x := rng.NormFloat64()
		sum += x * x
	}
	return sum
}

// turns returns the seconds at which the side slope changes its side.
func (g Ground) turns(rng *rand.Rand, n int) []int {
	first, many := 0.3+0.4*rng.Float64(), TurnsOften == g.Turns || TurnsAround == g.Turns
	if !many {
		if g.Turns == TurnsHalfway {
			first = 0.5
		}
		return []int{int(first * float64(n))}
	}
	var turns []int
	for at := 0; ; {
		minutes := 3 + 15*rng.Float64()
		if g.Turns == TurnsAround {
			minutes = 7
		}
		if at += int(60 * minutes); at >= n {
			return turns
		}
		turns = append(turns, at)
	}
}

// lean is 1 where the road leans to one side and -1 where it leans to the other.
func (u *unlike) lean(t int) float64 {
	lean := 1.0
	for _, at := range u.turns {
		if t > at {
			lean = -lean
		}
	}
	return lean
}

// as is the balance as this strap shows and this watch records it.
func (u *unlike) as(shown gait.Percent) gait.Percent {
	if u.flipped {
		shown = 100 - shown
	}
	if u.step > 0 {
		shown = gait.Percent(math.Round(float64(shown)/u.step) * u.step)
	}
	return shown
}

// holeSeconds is how long the recording lacks the balance, at a time.
const holeSeconds = 12

// silent tells whether the recording lacks the balance of this second.
func (u *unlike) silent(int) bool {
	if u.share <= 0 || u.share >= 1 {
		return false
	}
	if u.hole == 0 {
		u.hole = 1 + u.holes.IntN(2*holeSeconds)
		if u.holes.Float64() < u.share {
			u.hole = -u.hole
		}
	}
	if u.hole < 0 {
		u.hole++
		return false
	}
	u.hole--
	return true
}

// slid is the share of the slide at a second of the run, from about -1/2 to 1/2.
func (n Noise) slid(t, length int) float64 {
	if n.SlideMinutes == 0 {
		return float64(t)/float64(length) - 0.5
	}
	return 0.5 - math.Exp(-float64(t)/60/n.SlideMinutes)
}
