package form_test

import (
	"math"
	"math/rand/v2"
	"time"

	"gaitkeeper/analysis/form"
	"gaitkeeper/gait"
)

// ask is where the fold asks in these tests: the program's own default.
var ask = gait.DefaultParams().Analysis.AskLogOdds

// runner makes the figures of runs with a watch at the wrist.
type runner struct {
	rng    *rand.Rand
	start  time.Time
	sensor gait.Sensor
	// streams leaves out what Strava does not hand out.
	streams bool
	runs    int
}

// sore is what a leg does to the form.
type sore struct{ cadence, stance, slower, fade, walk float64 }

func plainLimp() sore { return sore{-3.3, 8, 0.06, 0.08, 0.06} }

func newRunner(seed uint64) *runner {
	return &runner{
		rng: rand.New(rand.NewPCG(seed, 1)), start: time.Date(2026, 1, 5, 7, 0, 0, 0, time.UTC),
		sensor: gait.Sensor{Manufacturer: "garmin", Product: 1, Serial: 5},
	}
}

// run makes the figures of the next run.
func (r *runner) run(s sore) gait.Measures {
	r.runs++
	r.start = r.start.Add(48 * time.Hour)
	n := func(sd float64) float64 { return sd * r.rng.NormFloat64() }
	pace, heart := math.Exp(0.03*r.rng.NormFloat64()), n(3)
	cadence, stance, fade := n(1.8), n(3), 0.02+n(0.03)
	m := gait.Measures{
		Run: gait.NewRunID(r.start), Start: r.start, Duration: 40 * time.Minute, Context: gait.Road, Sensor: r.sensor,
		WalkShare: max(0, 0.01+n(0.01)) + s.walk, Quality: gait.Quality{Balance: gait.BalanceNone},
	}
	for i := range 30 {
		share := float64(i)/30 - 0.5
		speed := 2.8 * pace * (1 - s.slower) * (1 - 1.5*(fade+s.fade)*share) * (1 + n(0.02))
		b := gait.Block{
			Second: int32(330 + 60*i), Kept: 60, Speed: gait.MetresPerSecond(speed), Grade: gait.Percent(n(1)),
			Cadence:             gait.StepsPerMinute(168 + 8*(speed-2.8) + cadence + s.cadence + n(1.5)),
			StanceTime:          gait.Milliseconds(250 - 40*(speed-2.8) + stance + s.stance + n(2)),
			VerticalOscillation: gait.Millimetres(88 + n(2)), HeartRate: gait.BeatsPerMinute(148 + heart),
			StanceTimeBalance: gait.Unknown[gait.Percent](),
		}
		if r.streams {
			b.StanceTime, b.VerticalOscillation = gait.Unknown[gait.Milliseconds](), gait.Unknown[gait.Millimetres]()
		}
		m.Blocks = append(m.Blocks, b)
	}
	if r.streams {
		m.Sensor = gait.Sensor{}
	}
	return m
}

func (r *runner) season(n int) []gait.Measures {
	runs := make([]gait.Measures, n)
	for i := range runs {
		runs[i] = r.run(sore{})
	}
	return runs
}

// read folds runs, all healthy, and returns what is said of each.
func read(f *form.Fold, runs ...gait.Measures) []gait.Form {
	out := make([]gait.Form, len(runs))
	for i, m := range runs {
		out[i] = f.Judge(m, 0)
		f.Learn(m, true)
	}
	return out
}

// asked returns the number of the first run that is asked about, from 1; 0 where
// none is.
func asked(forms []gait.Form) int {
	for i, f := range forms {
		if f.Level != gait.LevelNone {
			return i + 1
		}
	}
	return 0
}
