package evidence_test

import (
	"math"
	"testing"

	"gaitkeeper/analysis/evidence"
	"gaitkeeper/gait"
)

// stanced sets the stance time of every minute.
func stanced(runs []gait.Measures, stance func(gait.Measures, gait.Block) float64) []gait.Measures {
	for _, m := range runs {
		for i := range m.Blocks {
			m.Blocks[i].StanceTime = gait.Milliseconds(stance(m, m.Blocks[i]))
		}
	}
	return runs
}

// TestStanceTimeIsTakenAtTheRunnersSpeedAndTreadmill: a runner whose stance
// shortens twice as much with speed as most, and whose treadmill shows another
// speed than the watch, stands no longer or shorter for that.
func TestStanceTimeIsTakenAtTheRunnersSpeedAndTreadmill(t *testing.T) {
	r := steady(25)
	stance := func(m gait.Measures, b gait.Block) float64 {
		stance := 250 - 60*float64(b.Speed-2.9)
		if m.Context == gait.Treadmill {
			stance += 15
		}
		return stance
	}
	d := evidence.New(params)
	runs := r.season(40)
	for i := range runs {
		if i%4 == 0 {
			runs[i].Context = gait.Treadmill
		}
	}
	feed(d, stanced(runs, stance), gait.Prior{}, true)
	fast, inside := r.run(), r.run()
	fast.Context, inside.Context = gait.Road, gait.Treadmill
	for i := range fast.Blocks {
		fast.Blocks[i].Speed += 0.6
	}
	for name, m := range map[string]gait.Measures{"fast": fast, "treadmill": inside} {
		stanced([]gait.Measures{m}, stance)
		if e := d.Judge(m, gait.Prior{}); math.Abs(float64(e.StanceTimeShift)) > 6 {
			t.Errorf("%s: stance time off by %.1f ms", name, e.StanceTimeShift)
		}
	}
}

// TestLimpIsNotItsOwnHabit: the first runs of a limp are not what the next ones
// are held against.
func TestLimpIsNotItsOwnHabit(t *testing.T) {
	r := steady(26)
	longer := 0.0
	stance := func(_ gait.Measures, b gait.Block) float64 { return 250 + longer - 33*float64(b.Speed-2.9) }
	d := evidence.New(params)
	feed(d, stanced(r.season(10), stance), gait.Prior{}, true)
	longer = 6
	es := feed(d, stanced(allMoved(r.season(3), -2), stance), gait.Prior{}, true)
	if first, third := es[0].StanceTimeShift, es[2].StanceTimeShift; third < first-0.2 {
		t.Errorf("stance longer by %.1f ms in the first run, by %.1f in the third", first, third)
	}
}

// TestOneOddStanceTimeIsNoHabit: a run that stands far off moves the habit
// little.
func TestOneOddStanceTimeIsNoHabit(t *testing.T) {
	r := steady(27)
	stance := func(longer float64) func(gait.Measures, gait.Block) float64 {
		return func(_ gait.Measures, b gait.Block) float64 { return 250 + longer - 33*float64(b.Speed-2.9) }
	}
	d := evidence.New(params)
	feed(d, stanced(r.season(6), stance(0)), gait.Prior{}, true)
	feed(d, stanced(r.season(1), stance(60)), gait.Prior{}, true)
	es := feed(d, stanced(r.season(4), stance(0)), gait.Prior{}, true)
	if off := float64(es[3].StanceTimeShift); math.Abs(off) > 2 {
		t.Errorf("after one odd run the usual stance time is off by %.1f ms", off)
	}
}

// TestASpeedThatBecomesKnownChangesNoHabit: a foot pod that is taken along for the
// first time makes nobody stand longer.
func TestASpeedThatBecomesKnownChangesNoHabit(t *testing.T) {
	r := steady(28)
	d := evidence.New(params)
	runs := r.season(25)
	for _, m := range runs {
		for i := range m.Blocks {
			m.Blocks[i].Speed = gait.Unknown[gait.MetresPerSecond]()
		}
	}
	feed(d, runs, gait.Prior{}, true)
	for i, e := range feed(d, r.season(4), gait.Prior{}, true) {
		if math.Abs(float64(e.StanceTimeShift)) > 25 || e.Form.Level != gait.LevelNone {
			t.Errorf("run %d with a speed: stance time off by %.1f ms, form %+v", i, e.StanceTimeShift, e.Form)
		}
	}
}
