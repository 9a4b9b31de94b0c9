package evidence

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"gaitkeeper/gait"
)

// effects is what moves a runner's balance without being a limp.
const (
	ofSpeed = iota
	ofGrade
	ofTreadmill
	ofTrail
	ofTrack
	effects
)

// adjustment is a Bayesian regression of the balance on the runner's speed,
// the slope and the context. It begins with "no effect, give or take the
// spread over runners" and learns each runner's own.
type adjustment struct {
	prior       [effects]float64 // spread over runners
	information *mat.SymDense    // of the runs: inverse covariance
	weighted    *mat.VecDense
	slope       [effects]float64 // points per unit
	variance    [effects]float64
	speed       float64 // the usual speed, m/s
	runs        int     // behind the usual speed
}

const (
	// usualGrade is the spread over runners of the effect of hills, in points per
	// percent; ours.
	usualGrade = 0.05
	// usualContext is that of treadmill, trail and track, in points; measured on
	// real runs of a few runners.
	usualContext = 0.3
	// speedSlope is the spread of the effect of speed over runners, in points per m/s;
	// ours.
	speedSlope = 0.5
)

// priorTail is the degrees of freedom of the spread over runners.
const priorTail = 4

// usualRuns is how many runs the usual speed is taken from; then it stands, so
// that the normal does not move with it.
const usualRuns = 12

func newAdjustment() *adjustment {
	a := &adjustment{
		prior:       [effects]float64{speedSlope, usualGrade, usualContext, usualContext, usualContext},
		information: mat.NewSymDense(effects, nil), weighted: mat.NewVecDense(effects, nil),
	}
	a.solve()
	return a
}

// solve weighs what the runs say against what is usual over runners. Some
// runners change with speed many times as much as most: the more an effect
// seems to be, the less the usual holds it back (Student's t).
func (a *adjustment) solve() {
	posterior := mat.NewSymDense(effects, nil)
	posterior.CopySym(a.information)
	for i, spread := range a.prior {
		posterior.SetSym(i, i, posterior.At(i, i)+(priorTail+1)/(priorTail*spread*spread+a.slope[i]*a.slope[i]))
	}
	var chol mat.Cholesky
	if !chol.Factorize(posterior) {
		return // cannot be: it begins positive definite and only grows
	}
	var slope mat.VecDense
	var covariance mat.SymDense
	_ = chol.SolveVecTo(&slope, a.weighted)
	_ = chol.InverseTo(&covariance)
	for i := range effects {
		a.slope[i], a.variance[i] = slope.AtVec(i), covariance.At(i, i)
	}
}

// row is a run's or a minute's place in the regression, against the usual.
type row [effects]float64

func (a *adjustment) row(speed, grade float64, context gait.Context) row {
	var r row
	if a.runs > 0 && !math.IsNaN(speed) {
		r[ofSpeed] = speed - a.speed
	}
	if !math.IsNaN(grade) {
		r[ofGrade] = grade
	}
	switch context {
	case gait.Treadmill:
		r[ofTreadmill] = 1
	case gait.Trail:
		r[ofTrail] = 1
	case gait.Track:
		r[ofTrack] = 1
	}
	return r
}

// points is what the row takes out, and how unsure that is.
func (a *adjustment) points(r row) (points, variance float64) {
	for i, x := range r {
		points += a.slope[i] * x
		variance += a.variance[i] * x * x
	}
	return points, variance
}

// learnRun takes in by how much a run's balance, nothing taken out, stood off
// the normal.
func (a *adjustment) learnRun(r row, off, variance float64) {
	for i, x := range r {
		a.weighted.SetVec(i, a.weighted.AtVec(i)+x*off/variance)
		for j := i; j < effects; j++ {
			a.information.SetSym(i, j, a.information.At(i, j)+x*r[j]/variance)
		}
	}
}

// Slopes differ a little from run to run even in one runner, so that no single
// run, however long, says more than these spreads.
const (
	speedSlopeSpread = 0.4  // points per m/s
	gradeSlopeSpread = 0.08 // points per %
	// crowding is by how much the minutes of a run say less than as many
	// independent ones would.
	crowding = 3
	// leastSpeedSpread is the spread of the minutes' speed below which a run
	// says nothing of the effect of speed, in m/s: it is not much more than what
	// the measurement of speed adds, and that makes every effect look smaller.
	leastSpeedSpread = 0.12
)

// learnMinutes takes in how the balance moved with speed and slope within a run,
// beside the straight line that each of them follows from start to end.
func (a *adjustment) learnMinutes(s *series) {
	balance, speed, grade := straightened(s.balance), straightened(s.speed), straightened(s.grade)
	ss, gg, sg := dot(speed, speed), dot(grade, grade), dot(speed, grade)
	sb, gb := dot(speed, balance), dot(grade, balance)
	if ss < float64(len(speed))*leastSpeedSpread*leastSpeedSpread {
		ss, sg, sb = 0, 0, 0
	}
	v := crowding * s.noise * s.noise
	ss, gg, sg, sb, gb = ss/v, gg/v, sg/v, sb/v, gb/v
	// the information of one run, bounded by the spread of slopes: (I + information x spread)^-1
	ts, tg := speedSlopeSpread*speedSlopeSpread, gradeSlopeSpread*gradeSlopeSpread
	m11, m12, m21, m22 := 1+ss*ts, sg*tg, sg*ts, 1+gg*tg
	det := m11*m22 - m12*m21
	i11, i12, i22 := (m22*ss-m12*sg)/det, (m22*sg-m12*gg)/det, (m11*gg-m21*sg)/det
	a.information.SetSym(ofSpeed, ofSpeed, a.information.At(ofSpeed, ofSpeed)+i11)
	a.information.SetSym(ofSpeed, ofGrade, a.information.At(ofSpeed, ofGrade)+i12)
	a.information.SetSym(ofGrade, ofGrade, a.information.At(ofGrade, ofGrade)+i22)
	a.weighted.SetVec(ofSpeed, a.weighted.AtVec(ofSpeed)+(m22*sb-m12*gb)/det)
	a.weighted.SetVec(ofGrade, a.weighted.AtVec(ofGrade)+(m11*gb-m21*sb)/det)
}

// learnUsual takes the run's speed into the usual one while that is young.
func (a *adjustment) learnUsual(speed float64) {
	if math.IsNaN(speed) || a.runs >= usualRuns {
		return
	}
	a.runs++
	a.speed += (speed - a.speed) / float64(a.runs)
}

// usualSpeed is the median of the run's minutes, NaN where none is known.
func usualSpeed(m gait.Measures) float64 {
	var speeds []gait.MetresPerSecond
	for _, b := range m.Blocks {
		speeds = append(speeds, b.Speed)
	}
	return float64(gait.Median(speeds))
}

// straightened returns the values without the straight line through them.
func straightened(v []float64) []float64 {
	mean, tilt := line(v)
	off := make([]float64, len(v))
	for i, x := range v {
		off[i] = x - mean - tilt*(float64(i)/float64(len(v)-1)-0.5)
	}
	return off
}

// line returns the mean of the values and the slope of the straight line
// through them, from start to end.
func line(v []float64) (mean, tilt float64) {
	n := float64(len(v))
	for _, x := range v {
		mean += x / n
	}
	if n < 2 {
		return mean, 0
	}
	var tt float64
	for i, x := range v {
		t := float64(i)/(n-1) - 0.5
		tilt += t * (x - mean)
		tt += t * t
	}
	return mean, tilt / tt
}
