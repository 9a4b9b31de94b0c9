package evidence_test

import (
	"math"
	"testing"

	"gaitkeeper/analysis/evidence"
	"gaitkeeper/gait"
)

// grown moves the balance by points from a second of the run on, at once or
// over ten minutes.
func grown(m gait.Measures, from int32, points float64, slowly bool) gait.Measures {
	return moved(m, func(b gait.Block) float64 {
		since := float64(b.Second - from)
		switch {
		case since < 0:
			return 0
		case slowly:
			return points * min(1, since/600)
		default:
			return points
		}
	})
}

// TestChangeThatComesSlowlyInsideARun: what a step in the middle of a run would
// be, only grown over ten minutes, is dated from its beginning, not its middle.
func TestChangeThatComesSlowlyInsideARun(t *testing.T) {
	for _, slowly := range []bool{false, true} {
		r := steady(41)
		d := evidence.New(params)
		feed(d, r.season(30), gait.Prior{}, true)
		m := r.run()
		for len(m.Blocks) < 40 {
			m = r.run()
		}
		from := m.Blocks[len(m.Blocks)/2].Second - 30
		e := d.Judge(grown(m, from, -2.2, slowly), gait.Prior{})
		off := e.Onset.Seconds() - float64(from)
		if e.Level == gait.LevelNone || e.Chart != gait.ChartWithinRun || e.ShortSide != gait.Left || math.Abs(off) > 150 {
			t.Errorf("slowly %v: %s by %s, %s, %.0f s from its beginning, log odds %.1f", slowly, e.Level, e.Chart, e.ShortSide, off, e.LogOdds)
		}
	}
}

// TestLimpAfterAChangeOfStrap: a strap that reads otherwise for weeks, and was
// never announced, does not hide a limp.
func TestLimpAfterAChangeOfStrap(t *testing.T) {
	const runners = 20
	mean := 0.0
	for seed := range uint64(runners) {
		r := steady(50 + seed)
		d := evidence.New(params)
		feed(d, r.season(30), gait.Prior{}, true)
		r.normal += 1.4
		feed(d, r.season(12), gait.Prior{}, true)
		mean += feed(d, allMoved(r.season(3), 1.5), gait.Prior{}, true)[2].LogOdds / runners
	}
	if mean < params.WarnLogOdds {
		t.Errorf("log odds of the limps %.1f at the mean", mean)
	}
}

// TestLargeLimpIsWarnedOfAtOnce: five points are no fault of the strap yet.
func TestLargeLimpIsWarnedOfAtOnce(t *testing.T) {
	warned := 0
	for seed := range uint64(10) {
		r := steady(60 + seed)
		d := evidence.New(params)
		feed(d, r.season(30), gait.Prior{}, true)
		if e := d.Judge(limping(r.run(), by(4.8)), gait.Prior{}); e.Level == gait.LevelWarn {
			warned++
		}
	}
	if warned < 8 {
		t.Errorf("warned of %d of 10 large limps in their first run", warned)
	}
}

// TestLostContactHidesNoLimp: a strap that lost contact in one run is the same
// in the next.
func TestLostContactHidesNoLimp(t *testing.T) {
	odds := func(lost bool) float64 {
		r := steady(12)
		d := evidence.New(params)
		feed(d, r.season(25), gait.Prior{}, true)
		m := r.run()
		for i := 4; lost && i < 10; i++ {
			m.Blocks[i].StanceTimeBalance = gait.Unknown[gait.Percent]()
		}
		feed(d, []gait.Measures{m}, gait.Prior{}, true)
		es := feed(d, allMoved(r.season(3), -2), gait.Prior{}, true)
		return es[2].LogOdds
	}
	if whole, lost := odds(false), odds(true); lost < whole-0.7 {
		t.Errorf("log odds %.1f, and %.1f after a run that lost contact", whole, lost)
	}
}

// withinRun is how loudly a change inside the run speaks.
func withinRun(e gait.Evidence) float64 {
	for _, c := range e.Charts {
		if c.Chart == gait.ChartWithinRun {
			return c.Value
		}
	}
	return 0
}

// TestTheSideIsReadAgainstTheNormal: a run that leaves what the runs before it were
// spares the foot it moves away from; one that begins off them and comes back to
// them spares the other. The runs before may limp themselves.
func TestTheSideIsReadAgainstTheNormal(t *testing.T) {
	const runners = 12
	for name, limped := range map[string]int{"healthy": 0, "limping for days": 5} {
		leaves, comes := 0, 0
		for seed := range uint64(runners) {
			r := steady(70 + seed)
			d := evidence.New(params)
			feed(d, r.season(30), gait.Prior{}, true)
			before := 0.0
			if limped > 0 {
				before = -3
			}
			feed(d, allMoved(r.season(limped), before), gait.Prior{}, true)
			m := moved(r.run(), by(before))
			for len(m.Blocks) < 30 {
				m = moved(r.run(), by(before))
			}
			from := m.Blocks[len(m.Blocks)/2].Second - 30
			if e := d.Judge(grown(m, from, -2, false), gait.Prior{}); e.Chart != gait.ChartWithinRun || e.ShortSide == gait.Left {
				leaves++
			}
			if e := d.Judge(grown(moved(m, by(2)), from, -2, false), gait.Prior{}); e.Chart != gait.ChartWithinRun || e.ShortSide == gait.Right {
				comes++
			}
		}
		if leaves < runners-1 || comes < runners-1 {
			t.Errorf("%s: of %d on the right side where the run leaves the runs before %d, where it comes back to them %d", name, runners, leaves, comes)
		}
	}
}

// TestARunThatIsOffFromItsBeginningHasNoChangeInIt: a strap that slipped moves
// the whole run.
func TestARunThatIsOffFromItsBeginningHasNoChangeInIt(t *testing.T) {
	for seed := range uint64(10) {
		r := steady(80 + seed)
		d := evidence.New(params)
		feed(d, r.season(30), gait.Prior{}, true)
		if v := withinRun(d.Judge(moved(r.run(), by(-3)), gait.Prior{})); v > 1.5 {
			t.Errorf("runner %d: %.1f", seed, v)
		}
	}
}

// TestWhatIsTakenOutIsExpectedOfTheMean: on a treadmill that moves the balance, the
// side is read against what treadmill runs are.
func TestWhatIsTakenOutIsExpectedOfTheMean(t *testing.T) {
	const runners = 10
	right := 0
	inside := func(m gait.Measures) gait.Measures {
		m.Context = gait.Treadmill
		return moved(m, by(1))
	}
	for seed := range uint64(runners) {
		r := steady(100 + seed)
		d := evidence.New(params)
		for i := range 60 {
			m := r.run()
			if i%3 == 0 {
				m = inside(m)
			}
			feed(d, []gait.Measures{m}, gait.Prior{}, true)
		}
		m := inside(r.run())
		for len(m.Blocks) < 30 {
			m = inside(r.run())
		}
		from := m.Blocks[len(m.Blocks)/2].Second - 30
		if e := d.Judge(grown(m, from, -2, false), gait.Prior{}); e.ShortSide == gait.Left {
			right++
		}
	}
	if right < runners-2 {
		t.Errorf("%d of %d on the right side", right, runners)
	}
}

// TestLimpThatIsFeltInPartOfARun: one that warms off evenly, or is felt only downhill
// or only where it is fast, stands out in the run though it moves its mean by little, and is told
// apart.
func TestLimpThatIsFeltInPartOfARun(t *testing.T) {
	const runners = 20
	for name, c := range map[string]struct {
		felt  func(b gait.Block) float64
		least float64 // on the chart, at the mean
		part  gait.Felt
	}{
		"warms off":     {func(b gait.Block) float64 { return max(0, 1-float64(b.Second)/1800) }, 0.6, gait.FeltAtFirst},
		"only downhill": {func(b gait.Block) float64 { return max(0, min(1, float64(-b.Grade))) }, 2.5, gait.FeltDownhill},
		"only fast":     {func(b gait.Block) float64 { return max(0, min(1, float64(b.Speed-3.1)/0.2)) }, 0.9, gait.FeltFast},
	} {
		mean, inside, told := 0.0, 0, 0
		for seed := range uint64(runners) {
			r := steady(90 + seed)
			r.noise = 1 // the mean of a run says little
			d := evidence.New(params)
			feed(d, r.season(30), gait.Prior{}, true)
			m := r.run()
			for m.Context != gait.Road || len(m.Blocks) < 30 {
				m = r.run()
			}
			for i := range m.Blocks { // up and down, easy and fast
				m.Blocks[i].Grade = gait.Percent(2 * math.Sin(float64(i)))
				m.Blocks[i].Speed += gait.MetresPerSecond(0.2 + 0.2*math.Sin(float64(i)/1.3))
			}
			e := d.Judge(moved(m, func(b gait.Block) float64 { return -1.6 * c.felt(b) }), gait.Prior{})
			mean += withinRun(e) / runners
			if e.Chart == gait.ChartWithinRun {
				inside++
				if e.Felt == c.part {
					told++
				}
			}
		}
		if mean < c.least || told == 0 || 2*told < inside {
			t.Errorf("%s: %.2f at the mean, %d of %d told as that", name, mean, told, inside)
		}
	}
}
