package evidence_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gaitkeeper/analysis/evidence"
	"gaitkeeper/gait"
)

func TestWhatNoLegCanDoIsTheSensor(t *testing.T) {
	r := steady(10)
	d, other := evidence.New(params), evidence.New(params)
	runs := r.season(20)
	feed(d, runs, gait.Prior{}, true)
	feed(other, runs, gait.Prior{}, true)
	e := feed(d, []gait.Measures{moved(r.run(), by(-7))}, gait.Prior{}, true)[0]
	if e.Level != gait.LevelNone || e.Quality.Balance != gait.BalanceSuspectSensor || !strings.Contains(e.Quality.Reason, "check your strap") {
		t.Errorf("got %s %+v", e.Level, e.Quality)
	}
	next := r.run()
	if a, b := d.Judge(next, gait.Prior{}), other.Judge(next, gait.Prior{}); math.Abs(float64(a.Baseline-b.Baseline)) > 1e-9 {
		t.Errorf("the faulty run moved the normal from %.2f to %.2f", b.Baseline, a.Baseline)
	}
}

func TestNewLevelAfterAFaultIsTheStrap(t *testing.T) {
	r := steady(11)
	runs := append(r.season(20), moved(r.run(), by(-8)))
	for _, m := range r.season(6) {
		runs = append(runs, moved(m, by(1.2)))
	}
	if es := replay(runs); loudest(es) != gait.LevelNone {
		t.Errorf("got %s", loudest(es))
	}
}

func TestTwoStrapsInTurnAreTwoLevels(t *testing.T) {
	r := steady(12)
	var runs []gait.Measures
	for i := range 40 {
		m := r.run()
		if i/3%2 == 1 {
			m = moved(m, by(2))
			m.Sensor.Serial = 2
		}
		runs = append(runs, m)
	}
	if es := replay(runs); loudest(es[9:]) != gait.LevelNone { // both straps are known by then
		t.Errorf("got %s", loudest(es))
	}
}

func TestUsualSlideIsNoChange(t *testing.T) {
	r := steady(13)
	r.slide = -1.5
	es := replay(r.season(40))
	if loudest(es[5:]) != gait.LevelNone {
		t.Errorf("got %s", loudest(es))
	}
}

// tilted moves the balance on the way back as the other side of the road does.
func tilted(m gait.Measures, points float64) gait.Measures {
	half := m.Duration.Seconds() / 2
	return moved(m, func(b gait.Block) float64 {
		if m.Context != gait.Road || float64(b.Second) < half {
			return 0
		}
		return points
	})
}

func TestWayBackOnASlopingRoadIsNoChange(t *testing.T) {
	r := steady(21)
	d := evidence.New(params)
	var asked int
	for i, m := range r.season(30) {
		m = tilted(m, 1.4)
		e := d.Judge(m, gait.Prior{})
		if d.Learn(m, e, true); i >= 3 && e.Level != gait.LevelNone {
			asked++
		}
	}
	if asked > 1 {
		t.Errorf("asked %d times about the way back", asked)
	}
	if e := d.Judge(tilted(r.run(), -1.4), gait.Prior{}); e.Chart != gait.ChartWithinRun {
		t.Errorf("the other way round it is a change: got %s %s", e.Level, e.Chart)
	}
}

func TestUnsteadyMinutesAreTheStrap(t *testing.T) {
	r := steady(22)
	d := evidence.New(params)
	feed(d, r.season(25), gait.Prior{}, true)
	m := moved(r.run(), by(1.8))
	calm := d.Judge(m, gait.Prior{})
	for i := range m.Blocks {
		m.Blocks[i].StanceTimeBalance += gait.Percent(1.5 * float64(1-i%3))
	}
	e := d.Judge(m, gait.Prior{})
	if e.LogOdds > calm.LogOdds-0.5 || !omits(e, gait.OmittedUnsteady) {
		t.Errorf("log odds %.1f steady and %.1f unsteady, left out %v", calm.LogOdds, e.LogOdds, e.LeftOut)
	}
}

// TestTrailsScatterWider: minutes that would be unsteady on the road are as
// usual on a trail.
// TestAShortRunFarOffIsNotUnsteady: how far the whole run lies from the normal
// says nothing of how its minutes scatter.
func TestAShortRunFarOffIsNotUnsteady(t *testing.T) {
	for seed := range uint64(10) {
		r := steady(90 + seed)
		d := evidence.New(params)
		feed(d, r.season(30), gait.Prior{}, true)
		m := moved(r.run(), by(-5))
		m.Blocks = m.Blocks[:8]
		e := d.Judge(m, gait.Prior{})
		if omits(e, gait.OmittedUnsteady, gait.OmittedFaultBefore) {
			t.Errorf("runner %d: left out %v", seed, e.LeftOut)
		}
	}
}

// TestOneFigureForARunIsNoMinutes: runs without minutes of their own teach nothing
// of how minutes scatter.
func TestOneFigureForARunIsNoMinutes(t *testing.T) {
	r := steady(91)
	d, flat := evidence.New(params), r.season(25)
	for _, m := range flat {
		for i := range m.Blocks {
			m.Blocks[i] = m.Blocks[0]
			m.Blocks[i].Second = int32(330 + 60*i)
		}
	}
	feed(d, flat, gait.Prior{}, true)
	if e := d.Judge(r.run(), gait.Prior{}); omits(e, gait.OmittedUnsteady, gait.OmittedFaultBefore) {
		t.Errorf("the first run with minutes: left out %v", e.LeftOut)
	}
}

func TestTrailsScatterWider(t *testing.T) {
	r := steady(23)
	d := evidence.New(params)
	feed(d, r.season(25), gait.Prior{}, true)
	said := map[gait.Context]bool{}
	for _, context := range []gait.Context{gait.Road, gait.Trail} {
		m := r.run()
		m.Context = context
		for i := range m.Blocks {
			m.Blocks[i].StanceTimeBalance += gait.Percent(0.6 * float64(1-i%3))
		}
		said[context] = omits(d.Judge(m, gait.Prior{}), gait.OmittedUnsteady)
	}
	if !said[gait.Road] || said[gait.Trail] {
		t.Errorf("unsteady: %v", said)
	}
}

func TestTreadmillOffsetIsLearned(t *testing.T) {
	r := steady(15)
	var runs []gait.Measures
	for i := range 60 {
		m := r.run()
		if m.Context = gait.Road; i%3 == 0 {
			m = moved(m, by(0.8))
			m.Context = gait.Treadmill
		}
		runs = append(runs, m)
	}
	es := replay(runs)
	if loudest(es[20:]) != gait.LevelNone || !adjusts(es[57], gait.ByTreadmill) {
		t.Errorf("got %s, %v", loudest(es), es[57].Adjustments)
	}
	difference := 0.0 // between treadmill and road, once learned
	for i := 30; i < 60; i += 3 {
		difference += (float64(es[i].Balance) - float64(es[i+1].Balance+es[i+2].Balance)/2) / 10
	}
	if math.Abs(difference) > 0.5 {
		t.Errorf("treadmill and road still differ by %.2f points of 0.8", difference)
	}
}

func TestPainLowersTheLimitsOnItsSideOnly(t *testing.T) {
	r := steady(16)
	d := evidence.New(params)
	feed(d, r.season(30), gait.Prior{}, true)
	neutral := r.run()
	if e := d.Judge(neutral, gait.Prior{LogOdds: 6}); e.Level != gait.LevelNone {
		t.Errorf("pain alone makes %s", e.Level)
	}
	m := limping(neutral, by(-2.2))
	plain := d.Judge(m, gait.Prior{})
	same, opposite := d.Judge(m, gait.Prior{LogOdds: 4, Side: gait.Left}), d.Judge(m, gait.Prior{LogOdds: 4, Side: gait.Right})
	denied := d.Judge(m, gait.Prior{LogOdds: -3})
	if !same.Level.Above(plain.Level) || opposite.Level != plain.Level || denied.Level != gait.LevelNone {
		t.Errorf("plain %s, same side %s, opposite %s, denied %s", plain.Level, same.Level, opposite.Level, denied.Level)
	}
	if !(same.LogOdds > opposite.LogOdds) || same.Charts[0].Ask >= plain.Charts[0].Ask {
		t.Errorf("odds %v and %v, limits %v and %v", same.LogOdds, opposite.LogOdds, same.Charts[0], plain.Charts[0])
	}
}

func TestWithoutBalanceThereIsNoSide(t *testing.T) {
	r := steady(17)
	var runs []gait.Measures
	for i := range 40 {
		m := r.run()
		m.Quality = gait.Quality{Balance: gait.BalanceNone, Reason: "no left/right balance"}
		for j := range m.Blocks {
			b := &m.Blocks[j]
			if b.StanceTimeBalance = gait.Unknown[gait.Percent](); i >= 35 {
				b.Cadence += 15
				b.StanceTime += 30
			}
		}
		runs = append(runs, m)
	}
	es := replay(runs)
	for i, e := range es {
		if e.ShortSide != gait.NoSide || e.Level != gait.LevelNone || gait.Known(e.Shift) || gait.Known(e.StanceDifference) {
			t.Errorf("run %d: %+v", i, e)
		}
	}
}

func TestWristAndStrapStanceTimesAreNotPooled(t *testing.T) {
	r := steady(19)
	var runs []gait.Measures
	for i := range 40 {
		m := r.run()
		if i%2 == 1 { // the strap stayed at home; the wrist measures 25 ms more
			m.Sensor, m.Quality.Balance = gait.Sensor{}, gait.BalanceNone
			for j := range m.Blocks {
				m.Blocks[j].StanceTime += 25
				m.Blocks[j].StanceTimeBalance = gait.Unknown[gait.Percent]()
			}
		}
		runs = append(runs, m)
	}
	for i, e := range replay(runs) {
		if e.Form.Level != gait.LevelNone {
			t.Errorf("run %d: %+v", i, e.Form)
		}
	}
}

func TestLogOddsAreAlwaysFinite(t *testing.T) {
	figure := rapid.OneOf(rapid.Float64Range(-1e3, 1e3), rapid.Just(math.NaN()), rapid.Just(50.0))
	rapid.Check(t, func(t *rapid.T) {
		d := evidence.New(params)
		start := time.Unix(1e9, 0).UTC()
		for range rapid.IntRange(1, 4).Draw(t, "runs") {
			start = start.Add(time.Duration(rapid.IntRange(0, 1e6).Draw(t, "gap")) * time.Second)
			m := newMeasures(start, time.Hour)
			odd := gait.Block{
				Kept: 60, Speed: gait.MetresPerSecond(figure.Draw(t, "speed")), Grade: gait.Percent(figure.Draw(t, "grade")),
				Cadence: gait.StepsPerMinute(figure.Draw(t, "cadence")), StanceTime: gait.Milliseconds(figure.Draw(t, "stance")),
			}
			for i := range rapid.IntRange(0, 20).Draw(t, "minutes") {
				odd.Second, odd.StanceTimeBalance = int32(60*i), gait.Percent(figure.Draw(t, "balance"))
				m.Blocks = append(m.Blocks, odd)
			}
			m = finish(m)
			e := d.Judge(m, gait.Prior{LogOdds: rapid.Float64Range(-1e3, 1e3).Draw(t, "prior")})
			if math.IsNaN(e.LogOdds) || math.IsInf(e.LogOdds, 0) {
				t.Fatalf("log odds %v", e.LogOdds)
			}
			for _, c := range e.Charts {
				if math.IsNaN(c.Value+c.Ask+c.Warn) || math.IsInf(c.Value+c.Ask+c.Warn, 0) {
					t.Fatalf("chart %+v", c)
				}
			}
			d.Learn(m, e, true)
		}
		calm := newRunner(1).season(4)
		for i := range calm {
			calm[i].Start = start.Add(time.Duration(i+1) * 48 * time.Hour)
		}
		if es := feed(d, calm, gait.Prior{}, true); math.IsNaN(es[3].LogOdds) || math.IsNaN(float64(es[3].Baseline)) {
			t.Fatalf("odd runs have poisoned the detector: %+v", es[3])
		}
	})
}

func TestRunThatLostContactIsTrustedLess(t *testing.T) {
	r := steady(20)
	d := evidence.New(params)
	feed(d, r.season(25), gait.Prior{}, true)
	m := limping(r.run(), by(3.4))
	whole := d.Judge(m, gait.Prior{})
	for i := range 2 {
		m.Blocks[i].StanceTimeBalance = gait.Unknown[gait.Percent]()
	}
	m.Quality.Reason = "left out minutes 6 to 7: the strap lost contact"
	e := d.Judge(m, gait.Prior{})
	if whole.Level == gait.LevelNone || e.LogOdds > whole.LogOdds-1 || !omits(e, gait.OmittedByRecording) {
		t.Errorf("log odds %.1f whole and %.1f with gaps, left out %v", whole.LogOdds, e.LogOdds, e.LeftOut)
	}
}

// TestTheStanceTimeHasNoSayInAShift: whether limps lengthen or shorten the mean
// stance time is not known.
func TestTheStanceTimeHasNoSayInAShift(t *testing.T) {
	r := steady(23)
	d := evidence.New(params)
	feed(d, r.season(25), gait.Prior{}, true)
	m := limping(r.run(), by(-2))
	usual := d.Judge(m, gait.Prior{})
	for _, longer := range []gait.Milliseconds{-16, 16} {
		other := m
		other.Blocks = slices.Clone(m.Blocks)
		for i := range other.Blocks {
			other.Blocks[i].StanceTime += longer
		}
		if e := d.Judge(other, gait.Prior{}); e.LogOdds != usual.LogOdds {
			t.Errorf("log odds %.1f, and %.1f with a stance longer by %v ms", usual.LogOdds, e.LogOdds, longer)
		}
	}
}
