package analysis_test

import (
	"testing"

	"gaitkeeper/analysis"
	"gaitkeeper/gait"
)

// TestABalanceInAPartOfTheSecondsIsUsed: real recordings lack it for most of the time.
func TestABalanceInAPartOfTheSecondsIsUsed(t *testing.T) {
	run := steadyRun(45)
	for i := range run.Samples {
		if i%10 >= 3 {
			run.Samples[i].StanceTimeBalance = gait.Unknown[gait.Percent]()
		}
	}
	m := analysis.Measure(run, params)
	if m.Quality.Balance != gait.BalanceOK {
		t.Fatalf("got %+v", m.Quality)
	}
	near(t, "balance", float64(m.Blocks[3].StanceTimeBalance), 50.5, 0.1)
	for i := range run.Samples {
		if i%60 >= 9 {
			run.Samples[i].StanceTimeBalance = gait.Unknown[gait.Percent]()
		}
	}
	if m := analysis.Measure(run, params); m.Quality.Balance != gait.BalanceSuspectSensor {
		t.Errorf("with less than ten seconds in a minute %+v", m.Quality)
	}
}

// TestCoarseStepsMakeAFineMean: in steps of a whole point the balance stands still for
// minutes, and still says more than its steps.
func TestCoarseStepsMakeAFineMean(t *testing.T) {
	run := steadyRun(45)
	for i := range run.Samples {
		run.Samples[i].StanceTimeBalance = 50
		if i%10 < 3 || i/300%2 == 0 && i%10 < 4 { // 50.3 and 50.4
			run.Samples[i].StanceTimeBalance = 51
		}
	}
	change(&run, 1200, 1500, func(s *gait.Sample) { s.StanceTimeBalance = 50 })
	m := analysis.Measure(run, params)
	if m.Quality.Balance != gait.BalanceOK {
		t.Fatalf("got %+v", m.Quality)
	}
	near(t, "balance", float64(m.Blocks[6].StanceTimeBalance), 50.3, 0.2)
	run = steadyRun(45)
	change(&run, 300, 2700, func(s *gait.Sample) { s.StanceTimeBalance = 50.5 })
	if m := analysis.Measure(run, params); m.Quality.Balance != gait.BalanceSuspectSensor {
		t.Errorf("fine steps that stand still: %+v", m.Quality)
	}
}

// TestSlowJoggersAreJudged: 1.8 m/s at 142 steps a minute is no walk.
func TestSlowJoggersAreJudged(t *testing.T) {
	run := steadyRun(45)
	for i := range run.Samples {
		s := &run.Samples[i]
		s.Speed, s.Distance = gait.MetresPerSecond(1.65+0.1*float64(i%4)), gait.Metres(1.8*float64(i))
		s.Cadence = gait.StepsPerMinute(138 + 4*(i%3))
	}
	m := analysis.Measure(run, params)
	if m.Quality.Balance != gait.BalanceOK || len(m.Blocks) != 40 || m.WalkShare != 0 {
		t.Errorf("%d minutes, walked %.2f, %+v", len(m.Blocks), m.WalkShare, m.Quality)
	}
}
