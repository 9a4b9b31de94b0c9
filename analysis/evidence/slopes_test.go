package evidence_test

import (
	"slices"
	"testing"

	"gaitkeeper/gait"
)

func TestHillsAndSpeedAreTakenOut(t *testing.T) {
	r := steady(14)
	r.slope, r.grade = 1.2, 0.25
	runs := r.season(40)
	last := r.run()
	for i := range last.Blocks { // uphill and slow in the second half
		if b := &last.Blocks[i]; i > len(last.Blocks)/2 {
			b.Grade, b.Speed = 5, 2.2
			b.StanceTimeBalance += gait.Percent(5*r.grade + (2.2-2.9)*r.slope)
		}
	}
	e := replay(append(runs, last))[40]
	if e.Level != gait.LevelNone || !adjusts(e, gait.BySlope) {
		t.Errorf("got %s %s %v", e.Level, e.Chart, e.Adjustments)
	}
}

// faster makes the second half of the run faster, as the runner's balance has it.
func (r *runner) faster(m gait.Measures, by float64) gait.Measures {
	m.Blocks = slices.Clone(m.Blocks)
	for i := len(m.Blocks) / 2; i < len(m.Blocks); i++ {
		b := &m.Blocks[i]
		b.Speed += gait.MetresPerSecond(by)
		b.StanceTimeBalance += gait.Percent(by * r.slope)
		b.Cadence += gait.StepsPerMinute(9 * by)
		b.StanceTime -= gait.Milliseconds(33 * by)
	}
	return m
}

// TestASteepSlopeIsLearned: the balance of one runner in twenty moves with speed
// several times as much as that of others. Questions about the first quick runs
// do not keep it from being learned, and runs at one speed say nothing of it.
func TestASteepSlopeIsLearned(t *testing.T) {
	for seed := range uint64(8) {
		r := steady(30 + seed)
		r.slope = -4.5
		var runs []gait.Measures
		for i := range 40 {
			if m := r.run(); i%5 == 4 {
				runs = append(runs, r.faster(m, 0.6))
			} else {
				runs = append(runs, m)
			}
		}
		for i, e := range replay(runs)[10:] {
			if e.Chart == gait.ChartWithinRun {
				t.Errorf("runner %d: run %d was asked about for its quick half (log odds %.1f)", seed, i+10, e.LogOdds)
			}
		}
	}
}

// TestAChangeOfPaceHidesNoLimp: what speed does is taken out, and what is left
// is weighed.
func TestAChangeOfPaceHidesNoLimp(t *testing.T) {
	found := 0
	for seed := range uint64(8) {
		r := steady(50 + seed)
		r.slope = -0.8
		runs := append(r.season(40), r.faster(r.run(), 0.5))
		last := &runs[40]
		half := float64(last.Blocks[len(last.Blocks)/2].Second)
		*last = limping(*last, func(b gait.Block) float64 {
			if float64(b.Second) < half {
				return 0
			}
			return -2.5
		})
		if e := replay(runs)[40]; e.Level != gait.LevelNone && e.ShortSide == gait.Left {
			found++
		}
	}
	if found < 6 {
		t.Errorf("found %d of 8", found)
	}
}
