package simulate

import (
	"math"
	"math/rand/v2"

	"gaitkeeper/gait"
)

// Kind is what a run is for.
type Kind string

// The kinds.
const (
	Easy     Kind = "easy"
	Long     Kind = "long"
	Interval Kind = "interval"
	Tempo    Kind = "tempo"
	Race     Kind = "race"
)

func (m Mix) draw(rng *rand.Rand) Kind {
	kinds := []Kind{Easy, Long, Interval, Tempo, Race}
	x := rng.Float64() * (m.Easy + m.Long + m.Interval + m.Tempo + m.Race)
	for i, weight := range []float64{m.Easy, m.Long, m.Interval, m.Tempo, m.Race} {
		if x -= weight; x < 0 {
			return kinds[i]
		}
	}
	return Easy
}

// plan is what the runner means to do, second by second: the speed as a
// multiple of the easy one, and 0 for walking.
type plan []float64

func newPlan(rng *rand.Rand, h Habits, kind Kind) plan {
	p := make(plan, planSeconds(rng, h, kind))
	for i := range p {
		p[i] = 1
	}
	switch kind {
	case Long:
		p.set(0, len(p), 0.97)
	case Tempo:
		p.set(len(p)/4, len(p)*3/4, 1.18)
	case Race:
		p.set(0, len(p), 1.25)
	case Interval:
		p.intervals(rng)
	case Easy:
	}
	if h.WalkFor > 0 && kind != Interval && kind != Race {
		p.runWalk(rng, h)
	}
	return p
}

func planSeconds(rng *rand.Rand, h Habits, kind Kind) int {
	minutes := lognormal(rng, h.Minutes, h.Spread)
	switch kind {
	case Long:
		minutes *= 1.7
	case Interval:
		minutes = max(minutes, 40)
	case Easy, Tempo, Race:
	}
	return int(60 * clip(minutes, 12, 240))
}

func (p plan) set(from, to int, speed float64) {
	for i := max(from, 0); i < min(to, len(p)); i++ {
		p[i] = speed
	}
}

// intervals: ten minutes easy, three fast and two jogged or walked, ten easy.
func (p plan) intervals(rng *rand.Rand) {
	rest := 0.8
	if rng.Float64() < 0.3 {
		rest = 0
	}
	for t := 600; t+300 <= len(p)-600; t += 300 {
		p.set(t, t+180, 1.35)
		p.set(t+180, t+300, rest)
	}
}

// runWalk puts in walking breaks, each up to a few seconds early or late.
func (p plan) runWalk(rng *rand.Rand, h Habits) {
	run, walk := h.RunFor.Seconds(), h.WalkFor.Seconds()
	for t := 0; t < len(p); {
		t += int(normal(rng, run, 0.15*run))
		stop := t + int(max(10, normal(rng, walk, 0.15*walk)))
		p.set(t, stop, 0)
		t = stop
	}
}

// route is the shape of the ground along the way out; the way back is the same.
type route struct {
	grade [3]float64 // percent
	phase [3]float64
}

// waves are the lengths of the hills in metres.
func waves() [3]float64 { return [3]float64{310, 930, 2700} }

func newRoute(rng *rand.Rand, hills float64) route {
	var r route
	for i := range r.grade {
		r.grade[i] = hills * (0.6 + 0.8*rng.Float64())
		r.phase[i] = 2 * math.Pi * rng.Float64()
	}
	return r
}

// at returns height and grade at a distance along the way out.
func (r route) at(distance float64) (height, grade float64) {
	for i, wave := range waves() {
		sin, cos := math.Sincos(2*math.Pi*distance/wave + r.phase[i])
		height += r.grade[i] / 100 * wave / (2 * math.Pi) * sin
		grade += r.grade[i] * cos
	}
	return height, grade
}

// drawContext decides where a run of this kind takes place.
func (h Habits) drawContext(rng *rand.Rand, kind Kind) gait.Context {
	where, track := rng.Float64(), rng.Float64()
	switch {
	case kind == Interval && track < h.Track:
		return gait.Track
	case kind == Race:
		return gait.Road
	case where < h.Treadmill:
		return gait.Treadmill
	case where < h.Treadmill+h.Trail:
		return gait.Trail
	default:
		return gait.Road
	}
}
