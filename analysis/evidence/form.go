package evidence

import (
	"math"
	"slices"

	"gaitkeeper/gait"
)

// trait is one feature of the running form and the runner's habit of it: the
// last healthy runs, and how it moves with speed.
type trait struct {
	feature gait.Feature
	floor   float64 // the least spread it is measured by
	slope   float64 // per m/s
	sure    float64 // information behind the slope
	limit   int     // runs that make the habit
	runs    []float64
	speeds  []float64
	last    float64 // the reading of the run before, in spreads
}

func newTrait(feature gait.Feature, floor, slope, slopeSpread float64, limit int) *trait {
	return &trait{feature: feature, floor: floor, slope: slope, sure: 1 / (slopeSpread * slopeSpread), limit: limit}
}

// habitRuns is how many runs make a habit.
const habitRuns = 5

// reading is a trait of one run against the habit, taken at the usual speed.
type reading struct {
	off    float64 // in the trait's unit
	spread float64
	z      float64 // off in spreads
	known  bool
}

func (t *trait) read(value, speed float64) reading {
	if math.IsNaN(value) || len(t.runs) < habitRuns {
		return reading{}
	}
	usual := middle(t.speeds)
	residuals := make([]float64, len(t.runs))
	for i, v := range t.runs {
		residuals[i] = v - t.atSpeed(t.speeds[i], usual)
	}
	mid := middle(residuals)
	for i, r := range residuals {
		residuals[i] = math.Abs(r - mid)
	}
	n := float64(len(residuals))
	robust := 1.4826 * middle(residuals)
	spread := math.Sqrt((4*t.floor*t.floor + n*robust*robust) / (4 + n))
	spread = max(spread, t.floor) * math.Sqrt(1+1.57/n) // 1.57: variance of a median
	off := value - t.atSpeed(speed, usual) - mid
	return reading{off, spread, off / spread, true}
}

func (t *trait) atSpeed(speed, usual float64) float64 {
	if math.IsNaN(speed) || math.IsNaN(usual) {
		return 0
	}
	return t.slope * (speed - usual)
}

// learn takes a healthy run into the habit.
func (t *trait) learn(value, speed float64) {
	if math.IsNaN(value) {
		return
	}
	if n := len(t.runs); n >= habitRuns && !math.IsNaN(speed) {
		if x := speed - middle(t.speeds); !math.IsNaN(x) {
			info := x * x / (t.floor * t.floor * 4)
			t.sure += info
			t.slope += info / t.sure * ((value-middle(t.runs))/nonZero(x) - t.slope)
		}
	}
	t.runs, t.speeds = append(t.runs, value), append(t.speeds, speed)
	if len(t.runs) > t.limit {
		t.runs, t.speeds = t.runs[1:], t.speeds[1:]
	}
}

func nonZero(x float64) float64 {
	if x == 0 {
		return 1
	}
	return x
}

// forget drops the habit: another sensor measures it now.
func (t *trait) forget() { t.runs, t.speeds, t.last = nil, nil, 0 }

// middle returns the median of the known values, NaN where there is none.
func middle(v []float64) float64 {
	known := make([]float64, 0, len(v))
	for _, x := range v {
		if !math.IsNaN(x) {
			known = append(known, x)
		}
	}
	if len(known) == 0 {
		return math.NaN()
	}
	slices.Sort(known)
	n := len(known)
	return (known[(n-1)/2] + known[n/2]) / 2
}

// form watches the running form beside the balance. It has no left and right.
type form struct {
	cadence, stance, walks, fade *trait
}

func newForm(p gait.AnalysisParams) *form {
	n := p.BaselineRuns
	return &form{
		cadence: newTrait(gait.FeatureCadence, 2.5, 9, 3, n),
		stance:  newTrait(gait.FeatureStanceTime, 4, -33, 8, n),
		walks:   newTrait(gait.FeatureWalkBreaks, 0.04, 0, 1e-6, n),
		fade:    newTrait(gait.FeaturePaceFade, 0.04, 0, 1e-6, n),
	}
}

// figures are the form of one run.
type figures struct{ cadence, stance, speed, walks, fade float64 }

func formFigures(m gait.Measures) figures {
	var cadence, stance, speed []float64
	for _, b := range m.Blocks {
		cadence, stance, speed = append(cadence, float64(b.Cadence)), append(stance, float64(b.StanceTime)), append(speed, float64(b.Speed))
	}
	return figures{middle(cadence), middle(stance), middle(speed), m.WalkShare, fade(speed)}
}

// fade is by what share the last third of the run was slower than the first.
func fade(speed []float64) float64 {
	third := len(speed) / 3
	if third < 3 {
		return math.NaN()
	}
	return 1 - middle(speed[len(speed)-third:])/middle(speed[:third])
}

// judge says whether the form differs from the habit. Cadence and stance time
// are asked about when two runs in a row agree; walking and a fading pace are
// named and mean something only together with pain. The stance time is left out
// where another sensor measured it.
func (f *form) judge(m gait.Measures, limit float64, sameSensor bool) gait.Form {
	out := gait.Form{Level: gait.LevelNone}
	v := formFigures(m)
	if !sameSensor {
		v.stance = math.NaN()
	}
	for _, t := range []struct {
		*trait
		value, speed float64
		oneSided     bool
	}{
		{f.cadence, v.cadence, v.speed, false},
		{f.stance, v.stance, v.speed, false},
		{f.walks, v.walks, math.NaN(), true},
		{f.fade, v.fade, math.NaN(), true},
	} {
		r := t.read(t.value, t.speed)
		size := math.Abs(r.z)
		if t.oneSided {
			size = r.z
		}
		if !r.known || size < limit {
			continue
		}
		out.What = append(out.What, t.feature)
		if !t.oneSided && t.last*r.z > 0 && math.Abs(t.last) >= limit {
			out.Level = gait.LevelAsk
		}
	}
	return out
}

// learn takes the run in; a run that is not healthy only counts as the run
// before the next one.
func (f *form) learn(m gait.Measures, healthy bool) {
	v := formFigures(m)
	f.cadence.last = f.cadence.read(v.cadence, v.speed).z
	f.stance.last = f.stance.read(v.stance, v.speed).z
	if !healthy {
		return
	}
	f.cadence.learn(v.cadence, v.speed)
	f.stance.learn(v.stance, v.speed)
	f.walks.learn(v.walks, math.NaN())
	f.fade.learn(v.fade, math.NaN())
}
