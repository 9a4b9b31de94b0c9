package evidence

import (
	"math"
	"slices"

	"gaitkeeper/gait"
)

// minutes reads the minutes with a balance from the run.
func minutes(m gait.Measures) *series {
	s := &series{rough: 1}
	if m.Context == gait.Trail {
		s.rough = trailNoise
	}
	half := m.Duration.Seconds() / 2
	var speeds, grades []float64
	for _, b := range m.Blocks {
		if !gait.Known(b.StanceTimeBalance) {
			continue
		}
		s.second = append(s.second, float64(b.Second))
		s.balance = append(s.balance, float64(b.StanceTimeBalance))
		s.turn = append(s.turn, side(m, float64(b.Second), half))
		s.start = append(s.start, math.Exp(-float64(b.Second)/startSeconds))
		speeds = append(speeds, float64(b.Speed))
		grades = append(grades, float64(b.Grade))
	}
	s.speed, s.grade = speeds, grades
	return s
}

// startSeconds is the time after which two thirds of what the beginning of a run
// does to the balance have gone.
const startSeconds = 600

// side is -1/2 on the way out of a road run and 1/2 on the way back: a road
// slopes to its edge, and on the way back the other foot runs lower. Elsewhere
// it is 0.
func side(m gait.Measures, second, half float64) float64 {
	switch {
	case m.Context != gait.Road:
		return 0
	case second < half:
		return -0.5
	default:
		return 0.5
	}
}

// prepare centres speed and slope on the run and fills in what is known of the
// runner.
func (d *Detector) prepare(s *series) (speed, grade float64) {
	s.downhill, s.fast = felt(s, d.adjust.speed)
	speed, grade = centre(s.speed), centre(s.grade)
	s.noise = d.minuteNoise.value() * s.rough
	s.harmless = d.harmless.of(slopeDoubt * d.adjust.slope[ofSpeed] * spreadOf(s.speed))
	s.usual = [columns]float64{ofSlide: d.slide.mean, ofStart: d.beginning.mean, ofTurn: d.turn.mean, bySpeed: d.adjust.slope[ofSpeed], byGrade: d.adjust.slope[ofGrade]}
	s.variance = [columns]float64{
		ofSlide: d.slide.ahead(), ofStart: d.beginning.ahead(), ofTurn: d.turn.ahead(),
		bySpeed: d.adjust.variance[ofSpeed] + speedSlopeSpread*speedSlopeSpread,
		byGrade: d.adjust.variance[ofGrade] + gradeSlopeSpread*gradeSlopeSpread,
	}
	return speed, grade
}

// felt is how far each minute is downhill, and faster than the usual speed.
func felt(s *series, usual float64) (downhill, quick []float64) {
	share := func(x float64) float64 {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return 0
		}
		return max(0, min(1, x))
	}
	for i := range s.speed {
		downhill = append(downhill, share(-s.grade[i]/steep))
		quick = append(quick, share((s.speed[i]/usual-1)/fast))
	}
	return downhill, quick
}

// trailNoise is how many times wider the minutes of a trail run scatter.
const trailNoise = 1.4

// slopeDoubt is the share of what speed does to the balance that may be
// otherwise in one run.
const slopeDoubt = 0.25

// centre takes the mean of the known values from all of them and returns it;
// unknown values become the mean.
func centre(v []float64) float64 {
	sum, n := 0.0, 0.0
	for _, x := range v {
		if !math.IsNaN(x) {
			sum, n = sum+x, n+1
		}
	}
	mean := sum / n // NaN where none is known
	for i, x := range v {
		if math.IsNaN(x) {
			v[i] = 0
		} else {
			v[i] = x - mean
		}
	}
	return mean
}

// spreadOf is the spread of values whose mean is 0.
func spreadOf(v []float64) float64 { return math.Sqrt(dot(v, v) / float64(len(v))) }

// strayLimit is how many usual spreads a minute may stand off its neighbours.
const strayLimit = 4

// otherSpeed and otherGrade are by how much a minute's speed and slope must differ
// from its neighbours' to be another one, in m/s and percent.
const otherSpeed, otherGrade = 0.3, 1.0

// pullStrays pulls in minutes that stand alone when speed and slope are taken
// out, and returns how many there were.
func (s *series) pullStrays() int {
	expected := make([]float64, len(s.balance))
	for i := range s.balance {
		expected[i] = s.usual[bySpeed]*s.speed[i] + s.usual[byGrade]*s.grade[i]
		s.balance[i] -= expected[i]
	}
	strays := pullStray(s.balance, s.speed, s.grade, s.noise)
	for i := range s.balance {
		s.balance[i] += expected[i]
	}
	return strays
}

// pullStray replaces minutes that stand alone far from their neighbours by the
// neighbours' median (Hampel's filter) and returns how many there were. A
// change that stays is left as it is, and so is a minute at another speed or slope.
func pullStray(v, speed, grade []float64, spread float64) int {
	limit := strayLimit * max(spread, 0.1)
	mids, count := make([]float64, len(v)), 0
	for i := range v {
		mids[i] = around(v, i)
	}
	for i, mid := range mids {
		alike := math.Abs(speed[i]-around(speed, i)) < otherSpeed && math.Abs(grade[i]-around(grade, i)) < otherGrade
		if alike && math.Abs(v[i]-mid) > limit {
			v[i] = mid
			count++
		}
	}
	return count
}

// around is the median of the values beside the i-th and itself.
func around(v []float64, i int) float64 {
	const reach = 3
	var room [2*reach + 1]float64
	window := append(room[:0], v[max(0, i-reach):min(len(v), i+reach+1)]...)
	slices.Sort(window)
	n := len(window)
	return (window[(n-1)/2] + window[n/2]) / 2
}

// shorten joins neighbouring minutes until the series is no longer than the
// scan looks at.
func (s *series) shorten() *series {
	width := (len(s.balance) + longest - 1) / longest
	if width <= 1 {
		return s
	}
	short := *s
	join := func(v []float64) []float64 {
		var out []float64
		for from := 0; from+width <= len(v); from += width {
			sum := 0.0
			for _, x := range v[from : from+width] {
				sum += x
			}
			out = append(out, sum/float64(width))
		}
		return out
	}
	short.second, short.balance, short.start, short.turn = join(s.second), join(s.balance), join(s.start), join(s.turn)
	short.speed, short.grade, short.downhill, short.fast = join(s.speed), join(s.grade), join(s.downhill), join(s.fast)
	short.noise = s.noise * math.Pow(float64(width), hurst-1)
	return &short
}

// scale is a variance learned from run to run, beginning at what is usual. It
// forgets slowly, and no single run moves it far.
type scale struct{ variance, weight, prior float64 }

// scaleMemory is how much of a scale is kept from run to run.
const scaleMemory = 0.97

func newScale(spread, weight float64) scale { return scale{spread * spread, weight, weight} }

func (s *scale) learn(variance float64) { s.learnShare(variance, 1) }

func (s *scale) learnShare(variance, share float64) {
	variance = min(variance, 6*s.variance)
	kept := s.weight * scaleMemory
	s.variance = (kept*s.variance + share*variance) / (kept + share)
	s.weight = max(kept+share, s.prior)
}

func (s *scale) value() float64 { return math.Sqrt(max(s.variance, 1e-4)) }

// habit is an effect on the runs of this runner: its mean, how sure that is,
// and its spread from run to run.
type habit struct {
	mean, unsure float64 // points, points squared
	spread       scale
}

const (
	// usualSlide is the spread over runners of the usual slide, in points.
	usualSlide = 0.35
	// slideSpread is how much the slide differs from run to run, in points; measured
	// on real runs of a few runners.
	slideSpread = 0.5
	// camber is what the road's side slope does to the balance, over runners, in
	// points; ours. That it does: Elmer and Asbill 2024.
	camber = 0.3
	// usualStart and startSpread are those over runners and from run to run of
	// what the beginning of a run does.
	usualStart, startSpread = 0.4, 0.25
	// turnSpread is by how much the effect of the way back differs from run to
	// run, in points: most runners keep to their roads.
	turnSpread = 0.09
)

// habitMemory is by how much a habit grows less sure from run to run, as a
// share of its spread.
const habitMemory = 0.02

// newHabit begins with no effect, give or take its spread over runners.
func newHabit(runners, runs float64) habit {
	return habit{unsure: runners * runners, spread: newScale(runs, 6)}
}

// ahead is the variance of the effect on the next run.
func (h *habit) ahead() float64 { return h.unsure + h.spread.variance }

// learn takes in what one run says of the effect; share is how far the run is
// believed to be a usual one.
func (h *habit) learn(e effect, share float64) {
	if e.variance > 100*h.ahead() {
		return
	}
	spread := h.spread.variance
	all := h.unsure + spread + e.variance
	off := e.points - h.mean
	limit := 3 * math.Sqrt(all)
	off = max(-limit, min(limit, off))
	// what this run's own effect is believed to have been, around the mean
	gain := spread / all
	h.spread.learnShare(gain*gain*off*off+spread*(1-gain), share)
	gain = share * h.unsure / all
	h.mean += gain * off
	h.unsure = h.unsure*(1-gain) + habitMemory*spread
}
