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

var ( // read only
	limitSudden = chartLimit{4.74, 7.9}
	limitTwo    = chartLimit{2.28, 3.8}
	limitFour   = chartLimit{2.47, 4.1}
	limitInside = chartLimit{3.9, 4.8}
)

// charts joins the four; the loudness is the largest share of its limit that one
// of them reaches.
func charts() method {
	return method{"charts", func(season []look) []reading {
		c := newChartist()
		out := make([]reading, len(season))
		for i := range season {
			out[i] = c.read(&season[i])
		}
		return out
	}, []limit{{"classic charts", 1, 1}}}
}

// chartist is the charts' state from run to run.
type chartist struct {
	sensor  gait.Sensor
	y       []float64 // adjusted balances of this sensor, oldest first
	fresh   float64   // variance added while the sensor is new
	sinceIt int
	spreads []float64 // of the minutes
	ridge   *ridge
}

func newChartist() *chartist { return &chartist{ridge: newRidge()} }

// read charts the run and then takes it in.
func (c *chartist) read(l *look) reading {
	n, raw, row := chartFigures(l)
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
	y := raw - c.ridge.points(row)
	r := c.judge(y, n, l)
	if len(c.y) >= 5 {
		m, s := c.normal(0)
		if off := raw - m; math.Abs(off) < 4*s+1 {
			c.ridge.learn(row, off, 0.4*0.4)
		}
	}
	c.y, c.spreads = append(c.y, y), append(c.spreads, l.scan.spread)
	return r
}

// judge draws the charts.
func (c *chartist) judge(y float64, minutes int, l *look) reading {
	if len(c.y) < 3 {
		return silent()
	}
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
	take(c.z(y, 0)/short, limitSudden)
	if len(c.y) >= 5 {
		now, before := c.z(y, 1), c.z(c.y[len(c.y)-1], 1)
		if now*before > 0 {
			take(math.Copysign(min(math.Abs(now), math.Abs(before)), now), limitTwo)
		}
	}
	if len(c.y) >= 20 {
		last := append([]float64{y}, c.y[len(c.y)-3:]...)
		m, s := c.normalOf(c.y[max(0, len(c.y)-52) : len(c.y)-12])
		take((middle(last)-m)/s, limitFour)
	}
	before := r.ask
	take(l.scan.sign*l.scan.loudness/c.minuteSpread(), limitInside)
	if r.ask > before {
		r.onset = l.scan.onset
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

// chartFigures returns the number of minutes with a balance, their mean balance
// and what may have moved it.
func chartFigures(l *look) (minutes int, balance float64, row [5]float64) {
	n := 0.0
	for _, b := range l.Blocks {
		if !gait.Known(b.StanceTimeBalance) {
			continue
		}
		n++
		balance += float64(b.StanceTimeBalance)
		if gait.Known(b.Speed) {
			row[0] += float64(b.Speed) - 2.8
		}
		if gait.Known(b.Grade) {
			row[1] += float64(b.Grade)
		}
	}
	if n == 0 {
		return 0, 0, row
	}
	row[0], row[1] = row[0]/n, row[1]/n
	switch l.Context {
	case gait.Treadmill:
		row[2] = 1
	case gait.Trail:
		row[3] = 1
	case gait.Track:
		row[4] = 1
	}
	return int(n), balance / n, row
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

func (r *ridge) points(row [5]float64) float64 {
	var chol mat.Cholesky
	var slopes mat.VecDense
	if !chol.Factorize(r.information) || chol.SolveVecTo(&slopes, r.weighted) != nil {
		return 0
	}
	return mat.Dot(&slopes, mat.NewVecDense(5, row[:]))
}

func (r *ridge) learn(row [5]float64, off, variance float64) {
	for i, x := range row {
		r.weighted.SetVec(i, r.weighted.AtVec(i)+x*off/variance)
		for j := i; j < 5; j++ {
			r.information.SetSym(i, j, r.information.At(i, j)+x*row[j]/variance)
		}
	}
}
