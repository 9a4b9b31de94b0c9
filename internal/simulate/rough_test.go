package simulate_test

import (
	"testing"

	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
)

// TestRoughRunsArePlausible: whatever the nuisances, a run could have come from
// a watch.
func TestRoughRunsArePlausible(t *testing.T) {
	kinds, contexts := map[simulate.Kind]int{}, map[gait.Context]int{}
	for seed := range uint64(15) {
		for run := range (simulate.Season{Runner: simulate.NewRoughRunner(seed), Start: start, Runs: 6}).All() {
			kinds[run.Truth.Kind]++
			contexts[run.Context]++
			plausible(t, run)
		}
	}
	if len(kinds) != 5 || len(contexts) != 4 {
		t.Errorf("kinds %v, contexts %v: some never came", kinds, contexts)
	}
}

func plausible(t *testing.T, run simulate.Run) {
	t.Helper()
	if worn := run.Signals.Has(gait.SignalStanceTimeBalance); worn == (run.Sensor == gait.Sensor{}) && !run.Signals.Has(gait.SignalStanceTime) {
		t.Errorf("sensor %+v with %v", run.Sensor, run.Signals)
	}
	if flat := !run.Signals.Has(gait.SignalAltitude); flat != (run.Context == gait.Treadmill) {
		t.Errorf("%s run with %v", run.Context, run.Signals)
	}
	last := run.Samples[len(run.Samples)-1]
	if float64(last.Second) != run.Duration.Seconds() || last.Distance != run.Distance {
		t.Errorf("the run of %v and %v m ends with %+v", run.Duration, run.Distance, last)
	}
	for i, s := range run.Samples {
		if i > 0 && (s.Second <= run.Samples[i-1].Second || s.Distance < run.Samples[i-1].Distance) {
			t.Fatalf("second %d: time or distance runs backwards", s.Second)
		}
		switch {
		case s.Speed < 0 || s.Speed > 7, s.Cadence < 80 || s.Cadence > 240, s.HeartRate < 60 || s.HeartRate > 205,
			s.StanceTime < 120 || s.StanceTime > 720, s.StanceTimeBalance < 0 || s.StanceTimeBalance > 100,
			s.StepLength < 0 || s.StepLength > 2500, s.Altitude < 0 || s.Altitude > 500:
			t.Fatalf("seed's run %d, second %d: %+v", run.Truth.Index, s.Second, s)
		}
	}
}
