package analysis_test

import (
	"testing"
	"time"

	"gaitkeeper/analysis"
	"gaitkeeper/analysis/evidence"
	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
)

// TestMadeLimpIsWarnedOfInTwoRuns goes from samples to evidence: nothing before
// the limp, a warning with the right side in its second run at the latest.
func TestMadeLimpIsWarnedOfInTwoRuns(t *testing.T) {
	start := time.Date(2025, 1, 1, 7, 0, 0, 0, time.UTC)
	for seed, side := range []gait.Side{gait.Left, gait.Right} {
		d := evidence.New(params)
		for i, run := range simulate.LimpSeason(uint64(seed), start, 22, 20, 2, side) {
			m := analysis.Measure(run, params)
			e := d.Judge(m, gait.Prior{})
			d.Learn(m, e, true)
			switch {
			case i < 20 && e.Level != gait.LevelNone:
				t.Errorf("%s: %s in run %d, before the limp", side, e.Level, i)
			case i == 21 && (e.Level != gait.LevelWarn || e.ShortSide != side):
				t.Errorf("got %s %s in the second run, want a warning that names %s", e.Level, e.ShortSide, side)
			}
		}
	}
}
