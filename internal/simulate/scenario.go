package simulate

import (
	"math"

	"gaitkeeper/gait"
)

// Scenario is a world in which one thing is unlike what a method believes.
type Scenario struct {
	Name string
	// Tunes tells that settings may be chosen on it; figures are taken on others.
	Tunes bool
	// change makes the runner one of this world; strength lies from 0 to 1.
	change func(r *Runner, strength float64)
}

// Runner draws the runner of [NewUnlikeRunner] with this seed, in this world.
func (s Scenario) Runner(seed uint64) Runner {
	r := NewUnlikeRunner(seed)
	s.change(&r, stream(seed, streamUnlike, 1).Float64())
	return r
}

// Scenarios are the worlds unlike the one of [NewRoughRunner].
func Scenarios() []Scenario { return append(tuningScenarios(), figureScenarios()...) }

func tuningScenarios() []Scenario {
	return []Scenario{
		{"as they come", true, func(*Runner, float64) {}},
		{"a variable runner", true, func(r *Runner, x float64) {
			r.Noise.RunSD, r.Noise.DriftSD = gait.Points(0.7+0.5*x), 0.6
		}},
		{"roads that turn anywhere", true, func(r *Runner, x float64) {
			r.Ground.Camber, r.Ground.Turns = leaning(r, 0.25+0.25*x), TurnsAnywhere
		}},
		{"roads that turn often", true, func(r *Runner, x float64) {
			r.Ground.Camber, r.Ground.Turns = leaning(r, 0.25+0.25*x), TurnsOften
		}},
		{"slides that bend", true, func(r *Runner, x float64) { r.Noise.SlideSD, r.Noise.SlideMinutes = 0.8, 6+15*x }},
		{"a strap that moves in a run", true, func(r *Runner, x float64) { r.Strap.MoveChance, r.Strap.MoveSD = 0.10+0.08*x, 1 }},
		{"a strap put on anew each time", true, func(r *Runner, x float64) { r.Noise.RunSD, r.Noise.RunTail = gait.Points(0.35+0.25*x), 3 }},
		{"firmware that steps", true, func(r *Runner, _ float64) {
			r.Strap.SwapChance, r.Strap.SwapSD, r.Strap.Announced = 1.0/50, 1.2, 0
		}},
		{"fast drift", true, func(r *Runner, x float64) { r.Noise.DriftSD, r.Noise.DriftRuns = 0.7, 4+6*x }},
	}
}

func figureScenarios() []Scenario {
	return []Scenario{
		{"roads around a block", false, func(r *Runner, x float64) {
			r.Ground.Camber, r.Ground.Turns = leaning(r, 0.25+0.25*x), TurnsAround
		}},
		{"a long warm-up", false, func(r *Runner, x float64) {
			r.Noise.WarmUp, r.Noise.WarmUpSD, r.Noise.WarmUpMinutes = leaning(r, 0.8+0.6*x), 0.4, 8+10*x
		}},
		{"drift by the calendar", false, func(r *Runner, x float64) {
			r.Noise.DriftByDay, r.Noise.DriftSD, r.Noise.DriftRuns, r.Habits.RunsPerWeek = true, 0.6, 10+20*x, 2.6
		}},
		{"shoes in turn", false, func(r *Runner, x float64) { r.Habits.Pairs = leaning(r, 0.4+0.5*x) }},
		{"two straps, alike to the watch", false, func(r *Runner, x float64) { r.Strap.Second = leaning(r, 0.5+0.5*x) }},
		{"two straps, told apart", false, func(r *Runner, x float64) { r.Strap.Second, r.Strap.Named = leaning(r, 0.5+1*x), true }},
		{"a strap upside down now and then", false, func(r *Runner, x float64) { r.Strap.FlipChance = 0.02 + 0.04*x }},
		{"steps of half a point", false, func(r *Runner, _ float64) { r.Strap.Step = 0.5 }},
		{"steps of a whole point", false, func(r *Runner, _ float64) { r.Strap.Step = 1 }},
		{"a balance for 4 seconds of 10", false, func(r *Runner, x float64) { r.Strap.Recorded = 0.25 + 0.3*x }},
		{"a slow jogger", false, func(r *Runner, x float64) {
			r.Body.EasySpeed, r.Body.Cadence, r.Body.CadenceSlope = gait.MetresPerSecond(1.75+0.2*x), 152, 9
			r.Habits.WalkFor = 0
		}},
		{"steep hills", false, func(r *Runner, x float64) { r.Ground.Hills, r.Body.GradeSlope = 2+x, leaning2(r, 0.08) }},
		{"short runs", false, func(r *Runner, _ float64) { r.Habits.Minutes = 24 }},
		{"a level of 53 %", false, func(r *Runner, x float64) { r.Body.Level = gait.Percent(52.5 + x) }},
		{"a strap upside down for good", false, func(r *Runner, x float64) { r.Strap.Upside = 30 + int(40*x) }},
	}
}

// leaning gives the size a sign by the runner.
func leaning(r *Runner, size float64) gait.Points { return gait.Points(leaning2(r, size)) }

func leaning2(r *Runner, size float64) float64 {
	if stream(r.Seed, streamUnlike, 2).IntN(2) == 0 {
		return -size
	}
	return size
}

// NewUnlikeRunner draws a runner of whom nothing is as a method believes: every
// figure is a range, drawn anew for each runner and wider than that of
// [NewRoughRunner], whose other figures stay.
func NewUnlikeRunner(seed uint64) Runner {
	r := NewRoughRunner(seed)
	rng := stream(seed, streamUnlike, 0)
	r.Body.LimpStance, r.Body.LimpCadence = -3+6*rng.Float64(), -1.5+3*rng.Float64()
	felt := stream(seed, streamUnlike, 3)
	r.Body.LimpSlope, r.Body.LimpPace = 0.5*math.Pow(8, felt.Float64()), 0.04+0.16*felt.Float64()
	n := &r.Noise
	n.RunSD, n.DriftSD = gait.Points(lognormal(rng, 0.38, 0.4)), gait.Points(lognormal(rng, 0.40, 0.4))
	n.DriftRuns, n.DriftByDay = 6*math.Pow(8, rng.Float64()), rng.IntN(2) == 0
	if rng.Float64() < 0.4 {
		n.RunTail = float64(3 + rng.IntN(4))
	}
	n.MinuteSD, n.Hurst = gait.Points(lognormal(rng, 0.36, 0.4)), 0.66+0.24*rng.Float64()
	n.SlideMean, n.SlideSD = gait.Points(normal(rng, 0, 0.35)), gait.Points(lognormal(rng, 0.4, 0.4))
	if rng.IntN(2) == 0 {
		n.SlideMinutes = 5 + 25*rng.Float64()
	}
	n.WarmUp, n.WarmUpSD, n.WarmUpMinutes = gait.Points(normal(rng, 0, 0.3)), 0.2, 3+9*rng.Float64()
	r.Ground.Turns = [...]Turns{TurnsHalfway, TurnsAnywhere, TurnsAnywhere, TurnsOften, TurnsAround}[rng.IntN(5)]
	r.Ground.Camber = gait.Points(normal(rng, 0, 0.25))
	s := &r.Strap
	s.Worn = max(s.Worn, 0.8)
	s.MoveChance, s.MoveSD = 0.04*rng.Float64(), 0.8
	s.SwapSD, s.SlipChance, s.SlipFactor = 0.9, 0.06*rng.Float64(), 2+4*rng.Float64()
	if rng.Float64() < 0.1 {
		s.FlipChance = 0.01
	}
	if rng.Float64() < 0.15 {
		s.Recorded = 0.4 + 0.5*rng.Float64()
	}
	if rng.Float64() < 0.2 {
		s.Step = [...]float64{0.1, 0.1, 0.2, 0.5}[rng.IntN(4)]
	}
	r.Habits.Pairs = gait.Points(normal(rng, 0, 0.15))
	return r
}
