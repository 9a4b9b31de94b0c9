package evidence

import (
	"math"
	"slices"

	"gaitkeeper/gait"
)

// minutes reads the minutes with a balance from the run.
func (d *Detector) minutes(m gait.Measures) *series {
	s := &series{}
	var speeds, grades []float64
	for _, b := range m.Blocks {
		if !gait.Known(b.StanceTimeBalance) {
			continue
		}
		s.second = append(s.second, float64(b.Second))
		s.balance = append(s.balance, float64(b.StanceTimeBalance))
		speeds = append(speeds, float64(b.Speed))
		grades = append(grades, float64(b.Grade))
	}
	s.speed, s.grade = speeds, grades
	return s
}

// prepare centres speed and slope on the run, pulls in stray minutes and fills
// in what is known of the runner.
func (d *Detector) prepare(s *series) (speed, grade float64) {
	speed, grade = centre(s.speed), centre(s.grade)
	s.noise, s.slide = d.minuteNoise.value(), d.slide.mean
	s.slideVariance = d.slide.spread.variance
	s.slopes = [2]float64{d.adjust.variance[ofSpeed] + speedSlopeSpread*speedSlopeSpread, d.adjust.variance[ofGrade] + gradeSlopeSpread*gradeSlopeSpread}
	return speed, grade
}

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

// strayLimit is how many usual spreads a minute may stand off its neighbours.
const strayLimit = 4

// pullStray replaces minutes that stand alone far from their neighbours by the
// neighbours' median (Hampel's filter) and returns how many there were. A
// change that stays is left as it is.
func pullStray(v []float64, spread float64) int {
	const reach = 3
	limit := strayLimit * max(spread, 0.1)
	mids := make([]float64, len(v))
	var room [2*reach + 1]float64
	for i := range v {
		window := append(room[:0], v[max(0, i-reach):min(len(v), i+reach+1)]...)
		slices.Sort(window)
		n := len(window)
		mids[i] = (window[(n-1)/2] + window[n/2]) / 2
	}
	count := 0
	for i, mid := range mids {
		if math.Abs(v[i]-mid) > limit {
			v[i] = mid
			count++
		}
	}
	return count
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
	short.second, short.balance, short.speed, short.grade = join(s.second), join(s.balance), join(s.speed), join(s.grade)
	short.noise = s.noise * math.Pow(float64(width), hurst-1)
	return &short
}

// scale is a variance learned from run to run, beginning at what is usual. It
// forgets slowly, and no single run moves it far.
type scale struct{ variance, weight, prior float64 }

// scaleMemory is how much of a scale is kept from run to run.
const scaleMemory = 0.97

func newScale(spread, weight float64) scale { return scale{spread * spread, weight, weight} }

func (s *scale) learn(variance float64) {
	variance = min(variance, 6*s.variance)
	kept := s.weight * scaleMemory
	s.variance = (kept*s.variance + variance) / (kept + 1)
	s.weight = max(kept+1, s.prior)
}

func (s *scale) value() float64 { return math.Sqrt(max(s.variance, 1e-4)) }

// slide is the runner's usual slide of the balance from start to end of a run
// and its spread from run to run.
type slide struct {
	mean   float64
	weight float64
	spread scale
}

// slidePrior is for how many runs "no slide" counts.
const slidePrior = 3

func newSlide(spread float64) slide { return slide{weight: slidePrior, spread: newScale(spread, 6)} }

func (s *slide) learn(slid float64) {
	off := slid - s.mean
	limit := 3 * s.spread.value()
	s.spread.learn(off * off)
	s.weight = s.weight*scaleMemory + 1
	s.mean += max(-limit, min(limit, off)) / s.weight
}
