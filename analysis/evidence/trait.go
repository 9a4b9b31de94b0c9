package evidence

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"gaitkeeper/gait"
)

// trait is one feature of the running form and the runner's habit of it: a
// Bayesian regression of the last healthy runs on speed and on the treadmill,
// where speed is measured otherwise than on the road.
type trait struct {
	feature gait.Feature
	floor   float64 // the least spread it is measured by
	// slope is what speed usually does, per m/s, slopeSpread its spread over
	// runners.
	slope, slopeSpread float64
	limit              int // runs that make the habit
	runs               []outing
	last               [2]float64 // the readings of the run before and the one before that, in spreads
}

// outing is a trait in one run. An unknown speed is a usual one.
type outing struct {
	value, speed float64
	treadmill    bool
}

func newTrait(feature gait.Feature, floor, slope, slopeSpread float64, limit int) *trait {
	return &trait{feature: feature, floor: floor, slope: slope, slopeSpread: slopeSpread, limit: limit}
}

const (
	// habitRuns is how many runs make a habit.
	habitRuns = 5
	// freshRuns is how many of the last runs are not yet part of it, so that a
	// limp which has just begun is not held against itself.
	freshRuns = 2
	// treadmillSpread is by how many floors a treadmill may move a trait.
	treadmillSpread = 3
	// floorRuns is for how many runs the floor counts beside the runs' spread.
	floorRuns = 4
	// standOut is from how many spreads on a run is pulled in.
	standOut = 2
)

// reading is a trait of one run against the habit, taken at the run's speed.
type reading struct {
	off    float64 // in the trait's unit
	spread float64
	z      float64 // off in spreads
	known  bool
}

func (t *trait) read(o outing) reading {
	runs := t.runs[:max(len(t.runs)-freshRuns, min(len(t.runs), habitRuns))]
	if math.IsNaN(o.value) || len(runs) < habitRuns {
		return reading{}
	}
	h := t.habitOf(runs)
	x := h.row(o)
	off, unsure := o.value-dot(x[:], h.effects[:]), 0.0
	for i := range x {
		unsure += x[i] * dot(h.unsure[i][:], x[:])
	}
	spread := h.spread * math.Sqrt(1+unsure)
	return reading{off, spread, off / spread, true}
}

// formRow is a run's place in the regression: one, its speed against the usual
// one, and whether it was on the treadmill.
type formRow [3]float64

// formHabit is what the runs say of a trait: its value at the usual speed, and
// what speed and the treadmill do to it.
type formHabit struct {
	speed   float64 // the usual one, m/s, NaN where none is known
	effects formRow
	unsure  [3]formRow // covariance of the effects, in squares of the spread
	spread  float64    // from run to run
}

func (h *formHabit) row(o outing) formRow {
	x := formRow{1}
	if !math.IsNaN(o.speed) && !math.IsNaN(h.speed) {
		x[1] = o.speed - h.speed
	}
	if o.treadmill {
		x[2] = 1
	}
	return x
}

// habitOf fits the regression, beginning at what is usual. Runs that stand out
// are pulled in (Huber), so that one odd run is no habit.
func (t *trait) habitOf(runs []outing) *formHabit {
	h := &formHabit{speed: usualOf(runs), effects: formRow{0, t.slope, 0}}
	n := len(runs)
	rows, off := make([]formRow, n), make([]float64, n)
	for r, o := range runs {
		rows[r] = h.row(o)
		off[r] = o.value - dot(rows[r][:], h.effects[:])
	}
	h.effects[0] = middle(off)
	h.unsure = t.unsure(rows)
	pulled := make([]float64, n)
	for range 100 { // a few rounds, as a rule
		before := h.effects
		t.pull(pulled, runs, rows, h)
		said := formRow{0, t.slope * t.sure()[1], 0}
		for r, row := range rows {
			for i, x := range row {
				said[i] += x * pulled[r]
			}
		}
		for i := range h.effects {
			h.effects[i] = dot(h.unsure[i][:], said[:])
		}
		if h.still(before, t.floor/1000) {
			break
		}
	}
	squares := 0.0
	for r, row := range rows {
		squares += square(pulled[r] - dot(row[:], h.effects[:]))
	}
	h.spread = max(t.floor, t.pooled(squares/float64(n-1), n))
	return h
}

// still tells whether the effects lie within a limit of what they were before.
func (h *formHabit) still(before formRow, limit float64) bool {
	for i, effect := range h.effects {
		if math.Abs(effect-before[i]) > limit {
			return false
		}
	}
	return true
}

// sure is what is known of the effects before any run, in inverse squares of the
// spread: nothing of the value itself.
func (t *trait) sure() formRow {
	return formRow{0, square(t.floor / t.slopeSpread), square(1.0 / treadmillSpread)}
}

// unsure is how unsure the effects are after the runs: the inverse of a matrix
// that is positive definite, because there are runs, and what they do not tell
// is known beforehand.
func (t *trait) unsure(rows []formRow) (out [3]formRow) {
	information := mat.NewSymDense(len(out), nil)
	for i, known := range t.sure() {
		information.SetSym(i, i, known)
	}
	for _, row := range rows {
		for i, x := range row {
			for j := i; j < len(row); j++ {
				information.SetSym(i, j, information.At(i, j)+x*row[j])
			}
		}
	}
	var chol mat.Cholesky
	var inverse mat.SymDense
	chol.Factorize(information)
	_ = chol.InverseTo(&inverse)
	for i := range out {
		for j := range out {
			out[i][j] = inverse.At(i, j)
		}
	}
	return out
}

// pull fills in the runs' values, with those that stand out brought nearer to
// the habit.
func (t *trait) pull(pulled []float64, runs []outing, rows []formRow, h *formHabit) {
	size := make([]float64, len(runs))
	for r, o := range runs {
		size[r] = math.Abs(o.value - dot(rows[r][:], h.effects[:]))
	}
	limit := standOut * t.pooled(square(1.4826*middle(size)), len(runs)) // the median of the sizes as a standard deviation
	for r, o := range runs {
		habit := dot(rows[r][:], h.effects[:])
		pulled[r] = habit + max(-limit, min(limit, o.value-habit))
	}
}

// pooled is the spread with what is usual counted in.
func (t *trait) pooled(variance float64, runs int) float64 {
	n := float64(runs)
	return math.Sqrt((floorRuns*t.floor*t.floor + n*variance) / (floorRuns + n))
}

// usualOf is the mean of the speeds that are known, NaN where none is.
func usualOf(runs []outing) float64 {
	sum, n := 0.0, 0.0
	for _, o := range runs {
		if !math.IsNaN(o.speed) {
			sum, n = sum+o.speed, n+1
		}
	}
	return sum / n
}

func square(x float64) float64 { return x * x }

// passed keeps the reading for the runs to come.
func (t *trait) passed(r reading) { t.last = [2]float64{r.z, t.last[0]} }

// learn takes a healthy run into the habit.
func (t *trait) learn(o outing) {
	if math.IsNaN(o.value) {
		return
	}
	t.runs = append(t.runs, o)
	if len(t.runs) > t.limit+freshRuns {
		t.runs = t.runs[1:]
	}
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
