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
	last    [2]float64 // the readings of the run before and the one before that, in spreads
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

// passed keeps the reading for the runs to come.
func (t *trait) passed(r reading) { t.last = [2]float64{r.z, t.last[0]} }

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
	cadence, walks, fade *trait
	// stances are the habits of the stance time by what measures it: a wrist and
	// a strap differ by some 25 ms in the same runner.
	stances map[source]*trait
	runs    int // that make a habit
}

// source is what measured a stance time.
type source struct {
	sensor  gait.Sensor // of a strap or a pod the model: two of the same measure alike
	balance bool        // a strap or a pod, which also measures left and right
}

func newSource(m gait.Measures) source {
	s := source{m.Sensor, m.Quality.Balance != gait.BalanceNone}
	if s.balance {
		s.sensor.Serial = 0
	}
	return s
}

func newForm(p gait.AnalysisParams) *form {
	n := p.BaselineRuns
	return &form{
		cadence: newTrait(gait.FeatureCadence, 2.5, 9, 3, n),
		walks:   newTrait(gait.FeatureWalkBreaks, 0.04, 0, 1e-6, n),
		fade:    newTrait(gait.FeaturePaceFade, 0.04, 0, 1e-6, n),
		stances: map[source]*trait{}, runs: n,
	}
}

// stance is the habit of the stance time with what measured it in the run.
func (f *form) stance(v figures) *trait {
	t, ok := f.stances[v.source]
	if !ok {
		t = newTrait(gait.FeatureStanceTime, 3, -33, 8, f.runs) // 2.9 ms from run to run in a real runner
		f.stances[v.source] = t
	}
	return t
}

// forget drops the habits that the explained change has ended.
func (f *form) forget(why gait.AnswerKind) {
	switch why {
	case gait.AnswerNewStrap, gait.AnswerNewShoes:
		clear(f.stances)
	case gait.AnswerOnPurpose:
		clear(f.stances)
		f.cadence.runs, f.cadence.speeds, f.cadence.last = nil, nil, [2]float64{}
	}
}

// figures are the form of one run.
type figures struct {
	cadence, stance, speed, walks, fade float64
	source                              source
}

func formFigures(m gait.Measures) figures {
	n := len(m.Blocks)
	room := make([]float64, 3*n)
	cadence, stance, speed := room[:n:n], room[n:2*n:2*n], room[2*n:]
	for i, b := range m.Blocks {
		cadence[i], stance[i], speed[i] = float64(b.Cadence), float64(b.StanceTime), float64(b.Speed)
	}
	return figures{
		cadence: middle(cadence), stance: middle(stance), speed: middle(speed),
		walks: m.WalkShare, fade: fade(speed),
		source: newSource(m),
	}
}

// fade is by what share the last third of the run was slower than the first.
func fade(speed []float64) float64 {
	third := len(speed) / 3
	if third < 3 {
		return math.NaN()
	}
	return 1 - middle(speed[len(speed)-third:])/middle(speed[:third])
}

// habits are the figures of one run and how they stand beside the habits.
type habits struct {
	figures
	cadence, stance, walks, fade reading
	lately                       float64 // the cadence of the last three runs, in spreads
}

func (f *form) read(v figures) habits {
	cadence := f.cadence.read(v.cadence, v.speed)
	return habits{
		v, cadence, f.stance(v).read(v.stance, v.speed),
		f.walks.read(v.walks, math.NaN()), f.fade.read(v.fade, math.NaN()),
		(cadence.z + f.cadence.last[0] + f.cadence.last[1]) / 3,
	}
}

// judge says whether the form differs from the habit. Cadence and stance time
// are asked about when two runs in a row agree; walking and a fading pace are
// named and mean something only together with pain.
func (f *form) judge(h *habits, limit float64) gait.Form {
	out := gait.Form{Level: gait.LevelNone}
	lasting := func(r reading, t *trait) {
		if !r.known || math.Abs(r.z) < limit {
			return
		}
		out.What = append(out.What, t.feature)
		if t.last[0]*r.z > 0 && math.Abs(t.last[0]) >= limit {
			out.Level = gait.LevelAsk
		}
	}
	lasting(h.cadence, f.cadence)
	lasting(h.stance, f.stance(h.figures))
	if h.walks.known && h.walks.z >= limit {
		out.What = append(out.What, f.walks.feature)
	}
	if h.fade.known && h.fade.z >= limit {
		out.What = append(out.What, f.fade.feature)
	}
	return out
}

// learn takes the run in; a run that is not healthy only counts as the run
// before the next one.
func (f *form) learn(h *habits, healthy bool) {
	stance := f.stance(h.figures)
	f.cadence.passed(h.cadence)
	stance.passed(h.stance)
	if !healthy {
		return
	}
	v := h.figures
	f.cadence.learn(v.cadence, v.speed)
	stance.learn(v.stance, v.speed)
	f.walks.learn(v.walks, math.NaN())
	f.fade.learn(v.fade, math.NaN())
}
