package main

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"gaitkeeper/gait"
)

// The classic charts: this run (Shewhart), two runs in a row, the median of four
// against a guarded reference, and a scan inside the run. Their limits were
// found on simulated runs at two questions and 0.2 warnings for 100 healthy ones.
type chartLimit struct{ ask, warn float64 }

func (c *chartist) limits() (sudden, two, four, inside chartLimit) {
	return chartLimit{4.74, 7.9}, chartLimit{2.28, 3.8}, chartLimit{2.47, 4.1}, chartLimit{3.9, 4.8}
}

// charts joins the first three, and the fourth where the scan inside the run is
// wanted; the loudness is the largest share of its limit that one of them reaches.
func charts(name string, inside bool) method {
	white := newWhitening()
	return method{name, func(season []look) []reading {
		c := &chartist{ridge: newRidge(), white: white, inside: inside}
		out := make([]reading, len(season))
		for i := range season {
			out[i] = c.read(&season[i])
		}
		return out
	}, []limit{{name, 1, 1}}}
}

// chartist is the charts' state from run to run.
type chartist struct {
	sensor  gait.Sensor
	y       []float64 // adjusted balances of this sensor, oldest first
	fresh   float64   // variance added while the sensor is new
	sinceIt int
	spreads []float64 // of the minutes
	ridge   *ridge
	white   *whitening
	inside  bool // the scan inside the run counts
}

// read charts the run and then takes it in.
func (c *chartist) read(l *look) reading {
	minutes, seconds, rows := chartMinutes(l)
	n := len(minutes)
	if l.Quality.Balance != gait.BalanceOK || n == 0 {
		return silent()
	}
	if l.Sensor != c.sensor {
		if len(c.y) > 0 {
			c.fresh, c.sinceIt = 0.49, 0
		}
		c.sensor = l.Sensor
	}
	if c.sinceIt++; c.sinceIt == 6 && c.fresh > 0 { // the old sensor's runs have served
		c.y, c.fresh = c.y[max(0, len(c.y)-5):], 0
	}
	raw, row := mean(minutes), meanRow(rows)
	slopes := c.ridge.slopes()
	for i := range minutes {
		minutes[i] -= points(slopes, rows[i])
	}
	y, inside := mean(minutes), scanned{}
	if c.inside {
		inside = c.white.scan(minutes, seconds)
	}
	r := c.judge(y, n, inside)
	if len(c.y) >= 5 {
		m, s := c.normal(0)
		if off := raw - m; math.Abs(off) < 4*s+1 {
			c.ridge.learn(row, off, 0.4*0.4)
		}
	}
	c.y, c.spreads = append(c.y, y), append(c.spreads, inside.spread)
	return r
}

// judge draws the charts.
func (c *chartist) judge(y float64, minutes int, inside scanned) reading {
	if len(c.y) < 3 {
		return silent()
	}
	sudden, two, four, within := c.limits()
	young := 1.0
	if len(c.y) < 8 {
		young = 1.25
	}
	r := readOff(0, 0)
	r.warn = 0
	take := func(value float64, limit chartLimit) {
		if a := math.Abs(value) / limit.ask / young; a > r.ask {
			r.ask, r.side, r.onset = a, readOff(value, 0).side, 0
		}
		r.warn = max(r.warn, math.Abs(value)/limit.warn/young)
	}
	short := max(1, math.Sqrt(0.35*0.35+0.25*math.Pow(float64(minutes), 2*scanHurst-2))/0.40)
	take(c.z(y, 0)/short, sudden)
	if len(c.y) >= 5 {
		now, before := c.z(y, 1), c.z(c.y[len(c.y)-1], 1)
		if now*before > 0 {
			take(math.Copysign(min(math.Abs(now), math.Abs(before)), now), two)
		}
	}
	if len(c.y) >= 20 {
		last := append([]float64{y}, c.y[len(c.y)-3:]...)
		m, s := c.normalOf(c.y[max(0, len(c.y)-52) : len(c.y)-12])
		take((middle(last)-m)/s, four)
	}
	if !c.inside {
		return r
	}
	before := r.ask
	take(inside.sign*inside.loudness/c.minuteSpread(), within)
	if r.ask > before {
		r.onset = inside.onset
	}
	return r
}

// z is how far y stands from the runs before it, the last skip of them left
// out, in standard deviations.
func (c *chartist) z(y float64, skip int) float64 {
	m, s := c.normal(skip)
	n := float64(min(20, len(c.y)-skip))
	return (y - m) / math.Sqrt((s*s+c.fresh)*(1+1.57/n))
}

func (c *chartist) normal(skip int) (m, s float64) {
	v := c.y[:len(c.y)-skip]
	return c.normalOf(v[max(0, len(v)-20):])
}

// normalOf is the median of the runs and their spread, both shrunk to what is
// usual over runners.
func (c *chartist) normalOf(v []float64) (m, s float64) {
	n := float64(len(v))
	m = middle(v)
	away := make([]float64, len(v))
	for i := range v {
		away[i] = math.Abs(v[i] - m)
	}
	mad := 1.4826 * middle(away)
	variance := (6*0.4*0.4 + n*mad*mad) / (6 + n)
	if n < 8 {
		m = 50 + (m-50)*1.69/(1.69+variance/n)
	}
	return m, math.Sqrt(variance)
}

// minuteSpread is the runner's usual one, shrunk to what is usual over runners.
func (c *chartist) minuteSpread() float64 {
	n := float64(len(c.spreads))
	return (6*0.40 + n*middle(c.spreads)) / (6 + n)
}

// chartMinutes returns the minutes with a balance, where they lie, and what may
// have moved them: speed, slope and context.
func chartMinutes(l *look) (minutes []float64, seconds []int32, rows [][5]float64) {
	for _, b := range l.Blocks {
		if !gait.Known(b.StanceTimeBalance) {
			continue
		}
		var row [5]float64
		if gait.Known(b.Speed) {
			row[0] = float64(b.Speed) - 2.8
		}
		if gait.Known(b.Grade) {
			row[1] = float64(b.Grade)
		}
		switch l.Context {
		case gait.Treadmill:
			row[2] = 1
		case gait.Trail:
			row[3] = 1
		case gait.Track:
			row[4] = 1
		}
		minutes, seconds, rows = append(minutes, float64(b.StanceTimeBalance)), append(seconds, b.Second), append(rows, row)
	}
	return minutes, seconds, rows
}

func mean(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x
	}
	return sum / float64(max(1, len(v)))
}

func meanRow(rows [][5]float64) (row [5]float64) {
	for _, r := range rows {
		for i := range row {
			row[i] += r[i] / float64(len(rows))
		}
	}
	return row
}

// ridge is a regression of the balance on speed, slope and context, shrunk
// towards no effect.
type ridge struct {
	information *mat.SymDense
	weighted    *mat.VecDense
}

func newRidge() *ridge {
	r := &ridge{mat.NewSymDense(5, nil), mat.NewVecDense(5, nil)}
	for i, spread := range [5]float64{0.5, 0.05, 0.3, 0.3, 0.3} {
		r.information.SetSym(i, i, 1/(spread*spread))
	}
	return r
}

func (r *ridge) slopes() (slopes [5]float64) {
	var chol mat.Cholesky
	var solved mat.VecDense
	if chol.Factorize(r.information) && chol.SolveVecTo(&solved, r.weighted) == nil {
		for i := range slopes {
			slopes[i] = solved.AtVec(i)
		}
	}
	return slopes
}

// points is what the row moves the balance by.
func points(slopes, row [5]float64) float64 {
	sum := 0.0
	for i := range row {
		sum += slopes[i] * row[i]
	}
	return sum
}

func (r *ridge) learn(row [5]float64, off, variance float64) {
	for i, x := range row {
		r.weighted.SetVec(i, r.weighted.AtVec(i)+x*off/variance)
		for j := i; j < 5; j++ {
			r.information.SetSym(i, j, r.information.At(i, j)+x*row[j]/variance)
		}
	}
}
