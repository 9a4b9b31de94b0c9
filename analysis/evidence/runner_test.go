package evidence_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"gaitkeeper/gait"
)

// runner makes runs with the noise of real ones: a level of his own that
// drifts, a spread from run to run, straps that slip now and then, and minutes
// that are fractional noise around a slide.
type runner struct {
	*rand.Rand
	normal, drift, noise, minute, slide, slope, grade, slip float64
	wander                                                  float64
	start                                                   time.Time
	sensor                                                  gait.Sensor
	hurst                                                   [][]float64
}

func newRunner(seed uint64) *runner {
	r := &runner{Rand: rand.New(rand.NewPCG(seed, 1)), start: time.Date(2024, 1, 1, 7, 0, 0, 0, time.UTC), sensor: gait.Sensor{Serial: 1}}
	r.normal = 50 + 1.3*r.NormFloat64()
	r.slip = 0.03
	r.drift = 0.40 * math.Exp(0.3*r.NormFloat64())
	r.noise = 0.36 * math.Exp(0.3*r.NormFloat64())
	r.minute = 0.38 * math.Exp(0.3*r.NormFloat64())
	r.slide = -0.1 + 0.3*r.NormFloat64()
	r.slope = 0.5 * r.NormFloat64()
	r.grade = 0.05 * r.NormFloat64()
	r.wander = r.drift * r.NormFloat64()
	return r
}

// run makes the next run: every tenth is of intervals, some are on the
// treadmill.
func (r *runner) run() gait.Measures {
	minutes := int(math.Exp(math.Log(40) + 0.4*r.NormFloat64()))
	minutes = max(13, min(150, minutes))
	m := newMeasures(r.start, time.Duration(minutes)*time.Minute)
	m.Sensor = r.sensor
	r.start = r.start.Add(time.Duration(20+r.IntN(50)) * time.Hour)
	r.wander = r.wander*0.95 + r.drift*math.Sqrt(1-0.95*0.95)*r.NormFloat64()
	spread := r.noise
	if r.Float64() < r.slip {
		spread *= 4
	}
	balance := r.normal + r.wander + spread*r.NormFloat64()
	slid := r.slide + 0.5*r.NormFloat64()
	pace, intervals := 2.9+0.2*r.NormFloat64(), r.Float64() < 0.1
	if r.Float64() < 0.1 {
		m.Context = gait.Treadmill
		balance += 0.2
	}
	stance := 250 + 3*r.NormFloat64()
	noise, hills := r.fractional(minutes-5), r.fractional(minutes-5)
	for i := range minutes - 5 {
		speed, grade := pace+0.08*r.NormFloat64(), 1.5*hills[i]
		if intervals && i > 5 && i/3%2 == 0 {
			speed += 0.9
		}
		if m.Context == gait.Treadmill {
			grade = 0
		}
		m.Blocks = append(m.Blocks, gait.Block{
			Second: int32(330 + 60*i), Kept: 60, Speed: gait.MetresPerSecond(speed), Grade: gait.Percent(grade),
			Cadence:    gait.StepsPerMinute(170 + 9*(speed-2.9) + r.NormFloat64()),
			StanceTime: gait.Milliseconds(stance - 33*(speed-2.9) + 2*r.NormFloat64()),
			StanceTimeBalance: gait.Percent(balance + r.minute*noise[i] + slid*(float64(i)/float64(minutes-5)-0.5) +
				r.slope*(speed-2.9) + r.grade*grade),
		})
	}
	return finish(m)
}

func (r *runner) season(n int) []gait.Measures {
	runs := make([]gait.Measures, n)
	for i := range runs {
		runs[i] = r.run()
	}
	return runs
}

// fractional returns fractional noise of unit spread, H = 0.73 (Hosking's method).
func (r *runner) fractional(n int) []float64 {
	power := func(k int) float64 { return math.Pow(math.Abs(float64(k)), 1.46) }
	for len(r.hurst) < n { // the regression of each minute on those before it
		k := len(r.hurst)
		cov := func(lag int) float64 { return (power(lag+1) - 2*power(lag) + power(lag-1)) / 2 }
		phi := make([]float64, k+1) // phi[k] holds the variance left
		if k == 0 {
			phi[0] = 1
		} else {
			before := r.hurst[k-1]
			num := cov(k)
			for j := range k - 1 {
				num -= before[j] * cov(k-1-j)
			}
			last := num / before[k-1]
			phi[k-1] = last
			for j := range k - 1 {
				phi[j] = before[j] - last*before[k-2-j]
			}
			phi[k] = before[k-1] * (1 - last*last)
		}
		r.hurst = append(r.hurst, phi)
	}
	out := make([]float64, n)
	for k := range n {
		phi := r.hurst[k]
		out[k] = math.Sqrt(phi[k]) * r.NormFloat64()
		for j := range k {
			out[k] += phi[j] * out[k-1-j]
		}
	}
	return out
}

func newMeasures(start time.Time, duration time.Duration) gait.Measures {
	return gait.Measures{
		Run: gait.NewRunID(start), Start: start, Duration: duration, Context: gait.Road,
		Quality: gait.Quality{Balance: gait.BalanceOK},
	}
}

func finish(m gait.Measures) gait.Measures {
	if len(m.Blocks) < params.MinBlocks {
		m.Quality.Balance = gait.BalanceTooShort
	}
	return m
}

// omits tells whether something was not used for one of the reasons.
func omits(e gait.Evidence, why ...gait.Omitted) bool {
	return slices.ContainsFunc(e.LeftOut, func(o gait.Omission) bool { return slices.Contains(why, o.Why) })
}

// adjusts tells whether an influence was taken out.
func adjusts(e gait.Evidence, by gait.Influence) bool {
	return slices.ContainsFunc(e.Adjustments, func(a gait.Adjustment) bool { return a.By == by })
}
