package evidence_test

import (
	"testing"

	"gaitkeeper/analysis/evidence"
	"gaitkeeper/gait"
)

// TestAShiftThatStaysGrowsLikelier: each run in which a shift is still there
// speaks for it, and not for another strap.
func TestAShiftThatStaysGrowsLikelier(t *testing.T) {
	const runners, runs = 30, 5
	var mean [runs]float64
	for seed := range uint64(runners) {
		r := steady(900 + seed)
		d := evidence.New(params)
		feed(d, r.season(35), gait.Prior{}, true)
		for i, e := range feed(d, allMoved(r.season(runs), 1.6), gait.Prior{}, true) {
			mean[i] += e.LogOdds / runners
		}
	}
	if mean[runs-1] < mean[1] || mean[runs-1] < params.WarnLogOdds+0.5 {
		t.Errorf("mean log odds from run to run: %.2f", mean)
	}
}

// TestAWarnedShiftStaysAWarning: a runner who limps on without a word is not well
// after five runs.
func TestAWarnedShiftStaysAWarning(t *testing.T) {
	const runners, runs = 20, 14
	silent := 0
	for seed := range uint64(runners) {
		r := steady(900 + seed)
		d := evidence.New(params)
		feed(d, r.season(35), gait.Prior{}, true)
		for _, e := range feed(d, allMoved(r.season(runs), 2.5), gait.Prior{}, true)[2:] {
			if !e.Level.Above(gait.LevelNone) {
				silent++
			}
		}
	}
	if silent > runners*(runs-2)/20 {
		t.Errorf("%d of %d runs with a limp that was warned of say nothing", silent, runners*(runs-2))
	}
}

// TestAStrapThatJumpsOftenIsWarnedOfLess: a runner whose strap reads otherwise
// every 20 runs, who never says why and is never in pain, is warned of the first
// jumps and of few of the later ones.
func TestAStrapThatJumpsOftenIsWarnedOfLess(t *testing.T) {
	const runners, jumps = 20, 10
	var warned [jumps]int
	for seed := range uint64(runners) {
		r := steady(950 + seed)
		d := evidence.New(params)
		feed(d, r.season(30), gait.Prior{}, true)
		for jump := range jumps {
			r.normal += 1.7 * float64(1-2*(jump%2))
			if loudest(feed(d, r.season(20), gait.Prior{}, true)) == gait.LevelWarn {
				warned[jump]++
			}
		}
	}
	if first, last := warned[0]+warned[1], warned[jumps-2]+warned[jumps-1]; last > first/2 || first < runners {
		t.Errorf("of %d runners so many were warned, jump by jump: %v", runners, warned)
	}
}

// TestASlipIsJudgedByTheStrap: one run far off says a limp where the strap has always
// sat well, and not even a question where it slips every twelfth run.
func TestASlipIsJudgedByTheStrap(t *testing.T) {
	const runners = 20
	odd := func(seed uint64, slips bool) float64 {
		r := steady(700 + seed)
		d := evidence.New(params)
		for i := range 84 {
			m := r.run()
			if slips && i%12 == 5 {
				m = moved(m, by(3*float64(1-2*(i/12%2))))
			}
			feed(d, []gait.Measures{m}, gait.Prior{}, true)
		}
		return d.Judge(moved(r.run(), by(-3)), gait.Prior{}).LogOdds
	}
	well, badly := 0.0, 0.0
	for seed := range uint64(runners) {
		well += odd(seed, false) / runners
		badly += odd(seed, true) / runners
	}
	if well < params.WarnLogOdds || badly > params.AskLogOdds {
		t.Errorf("mean log odds of a run 3 points off: %.2f where the strap sits well, %.2f where it slips", well, badly)
	}
}
