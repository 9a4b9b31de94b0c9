package form

// habit is what a runner usually does of a feature: a Kalman filter over its
// level and what moves it.
type habit struct {
	key   key
	mean  effects
	cov   [len(effects{})]effects
	scale scale
	runs  int
}

const (
	// tail is the degrees of freedom of the spread from run to run (Student's t).
	tail = 5
	// drift is by how much of the spread the level moves in the usual time
	// between two runs.
	drift = 0.12
)

func newHabit(k key) *habit {
	u := k.feature.usual()
	h := &habit{key: k, mean: u.mean, scale: newScale(u.spread)}
	for i, sd := range u.unsure {
		h.cov[i][i] = sd * sd
	}
	return h
}

// reading is a run beside a habit.
type reading struct {
	habit *habit
	row   effects
	value float64
	off   float64 // beside the habit
	noise float64 // variance of the run, an odd one's wider
	sure  float64 // variance of what was expected
	gain  effects // what the habit learns of it
}

// read puts a run beside the habit as it stands after so many usual pauses.
func (h *habit) read(value float64, row effects, pauses float64) reading {
	r := reading{habit: h, row: row, value: value, off: value - dot(&row, &h.mean)}
	spread := h.scale.variance()
	moved := drift * drift * spread * pauses
	var to effects // cov·row, the level's drift included
	for i := range to {
		to[i] = dot(&h.cov[i], &row)
	}
	to[ofLevel] += moved
	r.sure = dot(&row, &to)
	z := r.off * r.off / (r.sure + spread)
	r.noise = spread * max(1, (tail+z)/(tail+1))
	for i := range to {
		r.gain[i] = to[i] / (r.sure + r.noise)
	}
	return r
}

// variance is that of the run around what was expected.
func (r *reading) variance() float64 { return r.sure + r.noise }

// learn takes the run into the habit.
func (h *habit) learn(r *reading, pauses float64, usual bool) {
	before := h.scale.variance()
	h.cov[ofLevel][ofLevel] += drift * drift * before * pauses
	var to effects
	for i := range to {
		to[i] = dot(&h.cov[i], &r.row)
	}
	for i := range h.mean {
		h.mean[i] += r.gain[i] * r.off
		for j := range h.cov[i] {
			h.cov[i][j] -= r.gain[i] * to[j]
		}
	}
	if h.runs++; usual {
		h.scale.learn(before * r.off * r.off / (r.sure + before))
	}
}

// open lets the habit find a new level at once.
func (h *habit) open() {
	h.cov[ofLevel][ofLevel] += opened * opened * h.scale.variance()
}

// opened is by how many spreads an explained change may have moved the level.
const opened = 4

func dot(a, b *effects) float64 {
	sum := 0.0
	for i, x := range a {
		sum += x * b[i]
	}
	return sum
}

// scale is the runner's own spread from run to run: the usual one counts for
// some runs, and old runs are forgotten.
type scale struct{ sum, weight, least float64 }

const (
	usualRuns   = 5    // for so many runs counts what is usual
	scaleMemory = 0.97 // of a run's part, from run to run
	leastScale  = 0.6  // of the usual spread: nobody runs like a clock
	pulledIn    = 6    // an odd run counts as so many times the variance at most
)

func newScale(spread float64) scale {
	return scale{usualRuns * spread * spread, usualRuns, leastScale * leastScale * spread * spread}
}

func (s *scale) variance() float64 { return max(s.least, s.sum/s.weight) }

func (s *scale) learn(square float64) {
	square = min(square, pulledIn*s.variance())
	s.sum, s.weight = scaleMemory*s.sum+square, scaleMemory*s.weight+1
}
